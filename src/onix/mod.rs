//! What the book trade is told of a book: an ONIX for Books 3.1 message, with reference names.
//!
//! In: a [`Message`]: the products that are made of the book, each with what its edition says and what came of making it.
//! Out: the message as XML, the same for the same book; nothing if something is lacking that no shop can do without.
//! Steps: [`write()`] looks for what is lacking and writes the header; `product` writes a product in the order of the blocks
//! that ONIX numbers; `description` says what the book is, `access` how accessible, `trade` who sells it and what it is
//! related to; `codes` holds the lists' codes, `xml` is the one serializer. Codes are those of issue 75 of EDItEUR's code
//! lists (October 2026); each is named where it stands, with the number of its list.

mod access;
mod codes;
mod description;
mod product;
mod trade;

use crate::diag::{Code, Diagnostic, Sink};
use crate::manifest::{Manifest, Record, date_of, isbn13};
use crate::markup::Element;
use crate::resolve::access::Access;
use crate::unit::{Abs, Size};

/// The namespace of release 3.1 with reference names.
const NAMESPACE: &str = "http://ns.editeur.org/onix/3.1/reference";

/// What is told.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// What the author says of the record.
    pub record: &'a Record,
    /// What can be bought.
    pub products: Vec<Product<'a>>,
    /// Seconds since 1970: when it is sent.
    pub timestamp: i64,
}

/// Something that can be bought.
#[derive(Clone, Debug)]
pub struct Product<'a> {
    /// What its edition is called in book.yaml.
    pub name: &'a str,
    /// What its edition says.
    pub manifest: &'a Manifest,
    /// What it is.
    pub form: Form<'a>,
}

/// What a product is.
#[derive(Clone, Copy, Debug)]
pub enum Form<'a> {
    /// An EPUB, and what may be claimed of its accessibility.
    Epub(&'a Access),
    /// A printed book.
    Print(Bound),
}

/// A printed book as a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// All pages, blank ones among them.
    pub pages: u32,
    /// A page.
    pub trim: Size,
    /// How thick it is, if that is known for sure.
    pub spine: Option<Abs>,
    /// Between boards.
    pub cased: bool,
}

impl Product<'_> {
    /// Its ISBN: 13 digits.
    fn isbn(&self) -> Option<String> {
        let ids = &self.manifest.metadata.identifiers;
        let written = match self.form {
            Form::Epub(_) => ids.isbn_epub.as_deref(),
            Form::Print(_) => ids.isbn_print.as_deref(),
        };
        isbn13(written?)
    }
}

/// Writes a message: see the module. What is lacking goes to `sink`.
pub fn write(message: &Message<'_>, sink: &Sink) -> Option<String> {
    if lacks(message, sink) {
        return None;
    }
    let first = message.products.first()?;
    let publisher = first.manifest.metadata.publisher.as_deref()?;
    let sender = Element::new("Sender")
        .leaf("SenderName", publisher)
        .leaf_some("EmailAddress", message.record.email.as_deref());
    let header = Element::new("Header")
        .child(sender)
        .leaf("SentDateTime", &date_time(message.timestamp));
    let mut out = Element::new("ONIXMessage")
        .with("release", "3.1")
        .with("xmlns", NAMESPACE)
        .child(header);
    for product in &message.products {
        out.push(product::product(product, message)?);
    }
    Some(out.xml("\t"))
}

/// Says what no shop can do without and is lacking; whether anything is.
fn lacks(message: &Message<'_>, sink: &Sink) -> bool {
    let mut found = false;
    let mut tell = |what: String, hint: &str| {
        found = true;
        let told = Diagnostic::new(Code::IncompleteRecord, message.record.at, what);
        sink.push(told.hint(hint));
    };
    if message.products.is_empty() {
        tell(
            "the record has nothing to tell of: no edition has an ISBN".to_owned(),
            "add `isbn-epub` or `isbn-print` under `identifiers:`; a PDF counts as a printed book if it has a `profile`, or is the only one",
        );
    }
    for product in &message.products {
        let metadata = &product.manifest.metadata;
        let name = product.name;
        if product.isbn().is_none() {
            let key = match product.form {
                Form::Epub(_) => "isbn-epub",
                Form::Print(_) => "isbn-print",
            };
            tell(
                format!("the record tells of `{name}`, which has no ISBN"),
                &format!("add `{key}` under `identifiers:`, of the book or of that edition"),
            );
        }
        for (lacking, key, hint) in [
            (
                metadata.publisher.is_none(),
                "publisher",
                "add `publisher:`; who publishes a book alone gives a name of their own",
            ),
            (
                metadata.date.is_none(),
                "date",
                "add `date:` with the day on which the book comes out",
            ),
        ] {
            if lacking {
                tell(
                    format!("the record tells of `{name}`, which has no {key}"),
                    hint,
                );
            }
        }
    }
    for (at, product) in message.products.iter().enumerate() {
        let same = |other: &&Product<'_>| other.isbn().is_some() && other.isbn() == product.isbn();
        if let Some(other) = message.products[..at].iter().find(same) {
            tell(
                format!("`{}` and `{}` have one ISBN", other.name, product.name),
                "give each an ISBN of its own, or name under `for:` the editions that the record tells of",
            );
        }
    }
    found
}

/// Seconds since 1970 as `20261101T120000Z`.
fn date_time(timestamp: i64) -> String {
    let (year, month, day) = date_of(timestamp.div_euclid(86_400));
    let seconds = timestamp.rem_euclid(86_400);
    format!(
        "{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}
