//! What an edition says that is a record for the book trade: the keys that no other edition has.
//!
//! In: the edition's own keys, and the editions that the book lists. Out: a [`Record`].

use super::values;
use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::source::{Span, Spanned};
use crate::yaml::{Key, Node};

/// The keys of a record.
pub(super) const KEYS: &[&str] = &["for", "status", "imprint", "email"];

/// What is said of a record for the book trade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Where the author speaks of it.
    pub at: Option<Span>,
    /// The editions that it tells of; all that have an ISBN if it does not say.
    pub editions: Vec<Spanned<String>>,
    /// Whether they have come out; by the date if it does not say.
    pub status: Option<Status>,
    /// The publisher's imprint, if it has another name.
    pub imprint: Option<String>,
    /// Whom to ask.
    pub email: Option<String>,
}

/// Whether a book has come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not yet.
    Forthcoming,
    /// It can be had.
    Active,
}

const STATUSES: &[(&str, Status)] = &[
    ("forthcoming", Status::Forthcoming),
    ("active", Status::Active),
];

/// Reads a record's keys; `key` is where it is named, `listed` are the book's editions.
pub(super) fn read(own: &Node, key: &Key, listed: &Node, sink: &Sink) -> Record {
    let get = |name: &str| own.get(name).filter(|node| !node.is_null());
    let text = |name: &str| get(name).and_then(|node| values::text(node, name, sink));
    let mut editions: Vec<Spanned<String>> = get("for")
        .map(|node| values::texts(node, "for", sink))
        .unwrap_or_default();
    let names = || {
        let others = listed.entries().iter().map(|(key, _)| key.name.as_str());
        others.filter(|name| *name != key.name)
    };
    editions.retain(|edition| {
        let known = names().any(|name| name == edition.value);
        if !known {
            let message = format!("there is no edition `{}` to tell of", edition.value);
            let told = Diagnostic::new(Code::InvalidValue, edition.at, message);
            sink.push(match nearest(&edition.value, names()) {
                Some(near) => told.hint(format!("did you mean `{near}`?")),
                None => told.hint("name editions of the book"),
            });
        }
        known
    });
    Record {
        at: key.at,
        editions,
        status: get("status").and_then(|node| values::word(node, "status", STATUSES, sink)),
        imprint: text("imprint"),
        email: text("email"),
    }
}
