//! How each stage is shown: one small function per stage, from a case to a dump.
//!
//! To add a stage: write its function in a file under `stages/`, name it in the list below, put cases into
//! `cases/<stage>/`.

mod dumps;
mod glyphs;
mod lines;
mod manifest;
mod manuscript;
mod whole;
mod world;

pub use lines::{frames, inline};
pub use world::Desk;

use super::support::book::Book;
use super::support::case::{self, Case};
use super::support::run::{recto, transcript};

/// One test per stage, and the list of all stages.
macro_rules! stages {
    ($($(#[doc = $doc:literal])* $stage:ident => $adapter:path,)*) => {
        const STAGES: &[&str] = &[$(stringify!($stage)),*];

        $($(#[doc = $doc])*
        #[test]
        fn $stage() {
            case::run(stringify!($stage), $adapter);
        })*
    };
}

stages! {
    /// What the author says of the book as a whole.
    manifest => manifest::manifest,
    /// What no chapter knows alone: order, numbers, anchors, links, contents, images.
    facts => whole::facts,
    /// The EPUB, unpacked.
    epub => whole::epub,
    /// What the EPUB says of its accessibility.
    access => whole::access,
    /// What the book trade is told.
    onix => super::onix::shown,
    /// A theme's roles in the EPUB.
    css => manifest::css,
    /// Where words may be broken.
    hyphens => lines::hyphens,
    /// Where lines end, by numbers alone.
    breaks => lines::breaks,
    /// Which glyphs words become.
    glyphs => glyphs::glyphs,
    /// What stands where in lines.
    lines => lines::lines,
    /// Markdown to the model.
    manuscript => manuscript::manuscript,
    /// Typed text to printed text.
    refine => manuscript::refine,
    /// What is set, before it is cut into pages.
    galley => dumps::galley,
    /// Where the pages of the PDF begin in the EPUB.
    pagestarts => whole::page_starts,
    /// The pages, line by line.
    pages => dumps::pages,
    /// The sheets of a proof.
    proof => dumps::proof,
    /// What goes round a printed book.
    cover => dumps::cover,
    /// What a screen reader reads of the PDF.
    structure => dumps::structure,
    /// Every code: a book that raises it, and one that does not.
    codes => super::codes::told,
    /// The command: a little book, commands, and what each said.
    cli => command,
}

#[test]
fn every_folder_of_cases_has_a_stage() {
    let entries = std::fs::read_dir(case::folder()).into_iter().flatten();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(STAGES.contains(&name.as_str()), "cases/{name} has no stage");
    }
}

/// Besides `recto …`, a case may `ls FOLDER` and `cat FILE`.
fn command(case: &Case) -> String {
    let book = Book::parse(&case.input, "input.md");
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    // A folder's name is the title of a book that has no other.
    let folder = &scratch.path().join("the-folder");
    std::fs::create_dir(folder).expect("a fresh folder can be written");
    book.write(folder);
    let mut out = String::new();
    for command in &book.commands {
        if book.commands.len() > 1 {
            out.push_str(&format!("$ {command}\n"));
        }
        let mut words = command.split_whitespace();
        let program = words.next().unwrap_or_default();
        let arguments: Vec<&str> = words.collect();
        match (program, arguments.as_slice()) {
            ("recto", arguments) => {
                let output = recto(folder, arguments)
                    .output()
                    .expect("the program was built for this test");
                out.push_str(&transcript(&output));
            }
            ("ls", [path]) => {
                let mut names: Vec<_> = std::fs::read_dir(folder.join(path))
                    .into_iter()
                    .flatten()
                    .flatten()
                    .map(|entry| entry.file_name().to_string_lossy().into_owned())
                    .collect();
                names.sort();
                names
                    .iter()
                    .for_each(|name| out.push_str(&format!("{name}\n")));
            }
            ("cat", [path]) => match std::fs::read(folder.join(path)) {
                Ok(bytes) => out.push_str(&String::from_utf8_lossy(&bytes)),
                Err(error) => out.push_str(&format!("{:?}\n", error.kind())),
            },
            _ => panic!("a case cannot run `{command}`"),
        }
    }
    out
}
