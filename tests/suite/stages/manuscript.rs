//! A chapter's model, and its words as they will be printed.

use std::collections::BTreeMap;

use recto::manuscript::{self, Script};
use recto::model::{Chapter, Dialect, Lang, Matter, dump, plain};
use recto::refine;

use super::world::Desk;
use crate::support::case::Case;

/// Parses `one.md`. Options: `plain` without extensions, `mdbook`, `rough` without smart punctuation, `front`, `back`.
fn chapter(desk: &Desk, case: &Case) -> Option<Chapter> {
    let dialect = Dialect {
        extensions: !case.has("plain"),
        smart: !case.has("rough"),
        mdbook: case.has("mdbook"),
    };
    let variables = BTreeMap::from([
        ("title".to_owned(), "The Salt Road".to_owned()),
        ("version".to_owned(), "1.2 *beta*".to_owned()),
    ]);
    let path = case.option("file").unwrap_or("one.md");
    let (world, sources, sink) = (&desk.world, &desk.sources, &desk.sink);
    let (file, text) = manuscript::read(world, sources, path, None, &dialect, &variables, sink)?;
    let script = Script {
        file,
        path: path.to_owned(),
        text,
        matter: match () {
            () if case.has("front") => Matter::Front,
            () if case.has("back") => Matter::Back,
            () => Matter::Body,
        },
        depth: 0,
        title: None,
        numbered: None,
    };
    Some(manuscript::parse(&script, &dialect, sink))
}

/// The model of a chapter, and what was found. `quiet` leaves the model out.
pub fn manuscript(case: &Case) -> String {
    let desk = Desk::new(&case.input, "one.md");
    let chapter = chapter(&desk, case);
    let dump = chapter
        .filter(|_| !case.has("quiet"))
        .map(|chapter| dump(&chapter, &desk.sources));
    dump.unwrap_or_default() + &desk.findings()
}

/// A chapter's words after refining, in the book's `lang=`; with `model`, the whole model.
pub fn refine(case: &Case) -> String {
    let desk = Desk::new(&case.input, "one.md");
    let lang = Lang::new(case.option("lang").unwrap_or("en")).expect("a case's language is one");
    let Some(chapter) = chapter(&desk, case) else {
        return desk.findings();
    };
    let chapter = refine::refine(chapter, &lang, !case.has("rough"));
    let mut out = String::new();
    if case.has("model") {
        out.push_str(&dump(&chapter, &desk.sources));
    } else {
        if let Some(lang) = &chapter.lang {
            out.push_str(&format!("[{lang}]\n"));
        }
        for c in plain(&chapter).chars() {
            // Spaces that look alike are told apart.
            match c {
                '\u{A0}' => out.push('~'),
                '\u{202F}' => out.push('_'),
                c => out.push(c),
            }
        }
    }
    out + &desk.findings()
}
