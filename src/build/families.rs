//! The font families at hand, for `recto fonts`.

use std::collections::BTreeMap;

use super::{Press, Request, fonts, judged};
use crate::diag::{Diagnostic, Sink};
use crate::font::FaceOrigin;
use crate::manifest::{self, Manifest};
use crate::source::Spanned;

/// Families are sorted by their origin, the book's own first, then by name without case.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Family {
    rank: u8,
    sorted: String,
    name: String,
    origin: String,
}

/// A line per family: its name, its styles, where it comes from. Where there is no book, the bundled ones and those of a
/// folder `fonts` are listed.
pub fn list_fonts(press: Press<'_>, request: &Request) -> (String, Vec<Diagnostic>) {
    let sink = Sink::new();
    let is_book = ["book.yaml", "book.yml", "book.toml"]
        .iter()
        .any(|name| press.world.exists(name.as_ref()));
    let loaded = (is_book || request.entry.file.is_some())
        .then(|| {
            manifest::load(
                press.world,
                press.sources,
                &request.entry,
                &request.settings,
                &sink,
            )
        })
        .flatten();
    let manifest = loaded.map_or_else(
        || Manifest {
            fonts: press.world.list("fonts".as_ref()).is_ok().then(|| Spanned {
                value: String::from("fonts"),
                at: None,
            }),
            ..Manifest::default()
        },
        |project| project.book,
    );
    let fonts = fonts(&[&manifest], press, &sink).remove(0);
    let mut families: BTreeMap<Family, Vec<(u16, bool, String)>> = BTreeMap::new();
    for (_, face) in fonts.iter().filter(|(_, face)| face.leads()) {
        let (rank, origin) = match face.origin() {
            FaceOrigin::Book(path) => (0, path.rsplit_once('/').map_or(".", |(folder, _)| folder)),
            FaceOrigin::Bundled => (1, "bundled"),
            FaceOrigin::System(_) => (2, "system"),
        };
        let key = Family {
            rank,
            sorted: face.family().to_lowercase(),
            name: face.family().to_owned(),
            origin: origin.to_owned(),
        };
        families.entry(key).or_default().push((
            face.weight(),
            face.italic(),
            face.style().to_owned(),
        ));
    }
    let width = families
        .keys()
        .map(|family| family.name.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (Family { name, origin, .. }, mut styles) in families {
        styles.sort();
        styles.dedup();
        let styles: Vec<String> = styles.into_iter().map(|(_, _, style)| style).collect();
        text.push_str(&format!(
            "{name:width$}  {origin:8}  {}\n",
            styles.join(", ")
        ));
    }
    (
        text,
        judged(&sink, &request.levels, &manifest, press.sources),
    )
}
