//! Finds a shop by its name.
//!
//! In: a built-in shop's name or one of its other names, or a YAML file in the book's folder. Out: the [`Shop`]. A file may
//! say with `extends:` whose rules it adds its own to.

use crate::diag::{Code, Sink};
use crate::source::{Sources, Spanned, World};
use crate::yaml::{Layered, Node};

use super::{Shop, read};

/// The shops inside the program, by name.
pub const BUILTIN: &[(&str, &str)] = &[
    ("apple-books", include_str!("builtin/apple-books.yaml")),
    ("kobo", include_str!("builtin/kobo.yaml")),
    ("google-play", include_str!("builtin/google-play.yaml")),
    ("kindle", include_str!("builtin/kindle.yaml")),
    ("ingram", include_str!("builtin/ingram.yaml")),
    ("draft2digital", include_str!("builtin/draft2digital.yaml")),
    ("bookbaby", include_str!("builtin/bookbaby.yaml")),
    ("tolino", include_str!("builtin/tolino.yaml")),
    ("eu", include_str!("builtin/eu.yaml")),
];

/// What authors call them too. A printer's name means the shop of the same house: an EPUB is not printed.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("apple", "apple-books"),
    ("ibooks", "apple-books"),
    ("kobo-writing-life", "kobo"),
    ("rakuten-kobo", "kobo"),
    ("google", "google-play"),
    ("google-books", "google-play"),
    ("amazon", "kindle"),
    ("kdp", "kindle"),
    ("ingramspark", "ingram"),
    ("d2d", "draft2digital"),
    ("tolino-media", "tolino"),
    ("eaa", "eu"),
    ("accessibility-act", "eu"),
];

/// A shop's rules in layers.
const SHOPS: Layered = Layered {
    noun: "shop",
    unknown: Code::UnknownShop,
    builtin: BUILTIN,
};

/// A shop inside the program, by its name or another one.
pub fn builtin(name: &str) -> Option<Shop> {
    let name = own_name(name);
    let layer = SHOPS.builtin(name)?;
    Some(read::shop(name, &[layer], &Sink::new()))
}

/// Finds a shop; `None`, with a diagnostic, if there is none of this name.
pub fn load(
    name: &Spanned<String>,
    world: &dyn World,
    sources: &Sources,
    sink: &Sink,
) -> Option<Shop> {
    let name = Spanned {
        value: own_name(&name.value).to_owned(),
        at: name.at,
    };
    let (mut layers, base) = SHOPS.chain(&name, world, sources, sink);
    layers.extend::<Option<Node>>(base.and_then(|base| SHOPS.builtin(base)));
    if layers.is_empty() {
        return None;
    }
    Some(read::shop(&name.value, &layers, sink))
}

/// The name that a shop has here.
fn own_name(name: &str) -> &str {
    let mut others = OTHER_NAMES.iter();
    others
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
        .map_or(name, |(_, own)| own)
}
