//! What an edition says that is a cover: the keys that no other edition has.
//!
//! In: the edition's own keys. Out: a [`Wrap`]. Some keys have the names of a book's, where they mean the front and the
//! back of the text: a cover has no text.

use super::{chapters, values};
use crate::diag::Sink;
use crate::source::{Span, Spanned};
use crate::unit::Abs;
use crate::yaml::{self, Node, Value};

/// The keys of a cover.
pub(super) const KEYS: &[&str] = &[
    "for",
    "pages",
    "front",
    "front-text",
    "wrap",
    "back",
    "back-image",
    "spine",
    "spine-width",
    "spine-direction",
    "price",
    "barcode",
    "barcode-size",
];

/// What is said of a cover that goes round the whole book.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wrap {
    /// Where the author speaks of it.
    pub at: Option<Span>,
    /// The edition that it goes round: its trim, its paper, its pages.
    pub edition: Option<Spanned<String>>,
    /// How many pages the book has; counted if it does not say.
    pub pages: Option<u32>,
    /// What stands on the front.
    pub front: Front,
    /// Whether title and authors are printed on the front, over whatever is there; if it does not say, where there is no
    /// picture.
    pub front_text: Option<bool>,
    /// A picture all round: back, spine and front.
    pub wrap: Option<Spanned<String>>,
    /// What stands on the back.
    pub back: Back,
    /// A picture on the back: the author's portrait, the publisher's mark.
    pub back_image: Option<Spanned<String>>,
    /// Whether there is a text on the spine.
    pub spine: bool,
    /// How wide the spine is, if the printer told.
    pub spine_width: Option<Abs>,
    /// How the text on the spine is turned; by the custom of the language if it does not say.
    pub spine_direction: Option<SpineDirection>,
    /// What the book costs.
    pub price: Option<Spanned<Price>>,
    /// The barcode; by the printer's custom if it does not say.
    pub barcode: Option<Barcode>,
    /// How large the barcode is, in percent of what the standard calls 100.
    pub barcode_size: u8,
}

/// What stands on the front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Front {
    /// The book's own cover picture, if it has one.
    #[default]
    Cover,
    /// A picture, by its path.
    Image(Spanned<String>),
    /// No picture.
    Plain,
}

/// What stands on the back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Back {
    /// The book's description, if it has one.
    #[default]
    Description,
    /// A Markdown file, by its path.
    File(Spanned<String>),
    /// Markdown.
    Text(Spanned<String>),
    /// Nothing.
    Blank,
}

/// How a text on the spine is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpineDirection {
    /// It begins at the head.
    Down,
    /// It begins at the foot.
    Up,
}

/// A price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// As written.
    pub text: String,
    /// ISO 4217's three letters.
    pub currency: String,
    /// In hundredths.
    pub hundredths: u32,
}

/// Who makes the barcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Barcode {
    /// It is drawn here.
    Own,
    /// The printer puts it on: its place is left free.
    Space,
    /// There is none.
    None,
}

/// The sizes of a barcode that tills read, in percent (GS1 General Specifications, table 5.12.3-1).
const SIZES: (u8, u8) = (80, 200);

/// The most pages of any book.
const MOST_PAGES: f64 = 10_000.0;

/// Reads a cover's keys; `at` is where the cover is named.
pub(super) fn read(own: &Node, at: Option<Span>, sink: &Sink) -> Wrap {
    let get = |key: &str| own.get(key).filter(|node| !node.is_null());
    let path = |key: &str| get(key).and_then(|node| path(node, key, sink));
    let flag = |key: &str| get(key).and_then(|node| values::flag(node, key, sink));
    let no = |key: &str| get(key).is_some_and(|node| node.bool() == Some(false));
    let directions = [
        ("top-to-bottom", SpineDirection::Down),
        ("bottom-to-top", SpineDirection::Up),
    ];
    let barcodes = [
        ("own", Barcode::Own),
        ("space", Barcode::Space),
        ("none", Barcode::None),
        ("false", Barcode::None),
    ];
    let (smallest, largest) = SIZES;
    Wrap {
        at,
        edition: get("for").and_then(|node| values::spanned(node, "for", sink)),
        pages: get("pages").and_then(|node| pages(node, sink)),
        front: if no("front") {
            Front::Plain
        } else {
            path("front").map_or(Front::Cover, Front::Image)
        },
        front_text: flag("front-text"),
        wrap: path("wrap"),
        back: get("back").map_or(Back::Description, |node| back(node, sink)),
        back_image: path("back-image"),
        spine: flag("spine").unwrap_or(true),
        spine_width: get("spine-width").and_then(|node| width(node, sink)),
        spine_direction: get("spine-direction")
            .and_then(|node| values::word(node, "spine-direction", &directions, sink)),
        price: get("price").and_then(|node| price(node, sink)),
        barcode: get("barcode").and_then(|node| values::word(node, "barcode", &barcodes, sink)),
        barcode_size: get("barcode-size")
            .and_then(percent)
            .and_then(|node| values::whole(&node, "barcode-size", smallest, largest, sink))
            .unwrap_or(100),
    }
}

impl Wrap {
    /// The pictures on it, each with its place; `cover` is the book's own.
    pub fn pictures<'w>(
        &'w self,
        cover: Option<&'w Spanned<String>>,
    ) -> impl Iterator<Item = &'w Spanned<String>> {
        let all = [
            self.front_picture(cover),
            self.wrap.as_ref(),
            self.back_image.as_ref(),
        ];
        all.into_iter().flatten()
    }

    /// The picture on the front; `cover` is the book's own. A picture all round has its own front.
    pub fn front_picture<'w>(
        &'w self,
        cover: Option<&'w Spanned<String>>,
    ) -> Option<&'w Spanned<String>> {
        match &self.front {
            Front::Image(image) => Some(image),
            Front::Cover => cover.filter(|_| self.wrap.is_none()),
            Front::Plain => None,
        }
    }
}

fn path(node: &Node, key: &str, sink: &Sink) -> Option<Spanned<String>> {
    if node.bool() == Some(false) {
        return None;
    }
    let written = values::spanned(node, key, sink)?;
    Some(Spanned {
        value: chapters::clean(&written.value),
        at: written.at,
    })
}

/// A file's name, or Markdown: names of files end in `.md` and are of one line.
fn back(node: &Node, sink: &Sink) -> Back {
    if node.bool() == Some(false) {
        return Back::Blank;
    }
    let Some(written) = values::spanned(node, "back", sink) else {
        return Back::Description;
    };
    let name = written.value.to_ascii_lowercase();
    let is_file = name.ends_with(".md") || name.ends_with(".markdown");
    if is_file && !written.value.contains('\n') {
        Back::File(Spanned {
            value: chapters::clean(&written.value),
            at: written.at,
        })
    } else {
        Back::Text(written)
    }
}

fn pages(node: &Node, sink: &Sink) -> Option<u32> {
    let number = node.number();
    let pages = number.filter(|n| n.fract() == 0.0 && (1.0..=MOST_PAGES).contains(n));
    if pages.is_none() {
        let message = format!("`pages` cannot be `{}`", node.text().unwrap_or_default());
        let hint = "write how many pages the book has, or leave it out: recto counts them";
        sink.push(values::invalid(node.at, message, hint));
    }
    pages.map(|pages| pages as u32)
}

fn width(node: &Node, sink: &Sink) -> Option<Abs> {
    let text = values::text(node, "spine-width", sink)?;
    let width = text.parse::<Abs>().ok();
    // From a leaflet to the thickest book that a machine binds.
    let width = width.filter(|width| (Abs::ZERO..=Abs::mm(150.0)).contains(width));
    if width.is_none() {
        let message = format!("a spine is not `{text}` wide");
        sink.push(values::invalid(
            node.at,
            message,
            "write what the printer told, such as `18.4mm` or `0.72in`",
        ));
    }
    width
}

/// `90` or `90%`, as a number.
fn percent(node: &Node) -> Option<Node> {
    let text = node.text()?.trim();
    let bare = text.strip_suffix('%').map_or(text, str::trim_end);
    let value = match bare.parse::<f64>() {
        Ok(number) => Value::Number(number, bare.to_owned()),
        Err(_) => return Some(node.clone()),
    };
    Some(Node { value, at: node.at })
}

/// `USD 14.99`, `14.99 USD`, `£9.99`.
fn price(node: &Node, sink: &Sink) -> Option<Spanned<Price>> {
    if matches!(node.value, Value::Map(_) | Value::List(_)) {
        sink.push(yaml::wrong_type(
            node,
            "price",
            "a price such as `USD 14.99`",
        ));
        return None;
    }
    let text = values::text(node, "price", sink)?;
    let found = read_price(&text);
    if found.is_none() {
        let message = format!("`{text}` is not a price");
        sink.push(values::invalid(
            node.at,
            message,
            "write the currency's three letters and the price, such as `USD 14.99`",
        ));
    }
    Some(Spanned {
        value: found?,
        at: node.at,
    })
}

fn read_price(text: &str) -> Option<Price> {
    let is_amount = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let from = text.find(is_amount)?;
    let (before, rest) = text.split_at(from);
    let to = rest.find(|c| !is_amount(c)).unwrap_or(rest.len());
    let (amount, after) = rest.split_at(to);
    let name = match (before.trim(), after.trim()) {
        (name, "") | ("", name) => name,
        _ => return None,
    };
    let currency = match name {
        "$" | "US$" => "USD".to_owned(),
        "£" => "GBP".to_owned(),
        "€" => "EUR".to_owned(),
        name if name.len() == 3 && name.bytes().all(|b| b.is_ascii_alphabetic()) => {
            name.to_ascii_uppercase()
        }
        _ => return None,
    };
    let (whole, part) = amount.split_once(['.', ',']).unwrap_or((amount, "00"));
    let hundredths = match part.len() {
        1 => part.parse::<u32>().ok()? * 10,
        2 => part.parse::<u32>().ok()?,
        _ => return None,
    };
    let whole = whole.parse::<u32>().ok()?;
    Some(Price {
        text: text.to_owned(),
        currency,
        hundredths: whole.checked_mul(100)?.checked_add(hundredths)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read() {
        let read = |text: &str| read_price(text).map(|price| (price.currency, price.hundredths));
        let found = |currency: &str, hundredths| Some((currency.to_owned(), hundredths));
        assert_eq!(read("USD 14.99"), found("USD", 1499));
        assert_eq!(read("14,99 eur"), found("EUR", 1499));
        assert_eq!(read("£9.5"), found("GBP", 950));
        assert_eq!(read("CAD 20"), found("CAD", 2000));
        for bad in [
            "14.99",
            "USD",
            "USD 1.234",
            "US 3",
            "USD 3 EUR",
            "USD 99999999999",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_cover_says_what_stands_on_it() {
        let sources = crate::source::Sources::new();
        let sink = Sink::new();
        let text = "{front: false, back: ./blurb.md, barcode-size: 90%, price: USD 3, pages: 0, spine-width: wide}";
        let node = yaml::read(&sources.add("x", text), &sink).unwrap();
        let wrap = read(&node, None, &sink);
        assert_eq!(wrap.front, Front::Plain);
        assert!(matches!(&wrap.back, Back::File(file) if file.value == "blurb.md"));
        assert_eq!(
            (wrap.barcode_size, wrap.pages, wrap.spine_width),
            (90, None, None)
        );
        assert!(wrap.spine);
        assert_eq!(sink.finish(&sources).len(), 2);
    }
}
