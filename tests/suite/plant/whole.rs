//! Faults that are no lines in a book: a folder without chapters, pages that moved, an output that cannot be written, and what
//! validators from outside say of it.

use std::path::Path;

use rayon::prelude::*;
use tempfile::TempDir;

use super::bed::Bed;
use super::ebook::Ebook;
use super::{Found, Row, findings};
use crate::validators::CASES;

/// A paragraph that moves the ends of pages.
const MUCH: &str = "Nobody had written these words before, and now they stand here, so that all that follows them stands further down. ";

/// All of them, planted into a book.
pub fn rows(bed: &Bed) -> Vec<Row> {
    let own: [fn(&Bed) -> Row; 4] = [empty, moved, shut, traced];
    let mut rows: Vec<Row> = own.par_iter().map(|plant| plant(bed)).collect();
    let said = CASES
        .par_iter()
        .filter(|(code, ..)| *code != "epubcheck")
        .map(|case| judged(bed, case));
    rows.extend(said.collect::<Vec<_>>());
    rows
}

fn row(code: &str, place: String, found: bool, twin: &[Found]) -> Row {
    let twin = twin.iter().filter(|found| found.code == code).count();
    Row {
        code: code.to_owned(),
        place,
        found,
        twin,
        // The twin is the book as it is.
        untouched: twin,
    }
}

fn is_of(code: &str) -> impl Fn(&Found) -> bool {
    move |found| found.code == code
}

/// A folder with the book's settings and none of its chapters.
fn empty(bed: &Bed) -> Row {
    let code = "empty-book";
    let bad = tempfile::tempdir().expect("there is room for a temporary folder");
    let name = bed.unlisted(bad.path());
    let all = findings(bad.path(), &["check", "."]);
    let found = all
        .iter()
        .any(|found| found.code == code && found.path == name);
    let good = bed.copy();
    let twin = findings(good.path(), &["check", ".", "--to", "epub"]);
    row(code, format!("{name}:1"), found, &twin)
}

/// Pages that were told before a paragraph was put into the first lines of a chapter.
fn moved(bed: &Bed) -> Row {
    let code = "moved-page-break";
    let copy = bed.copy();
    let frozen = ["check", ".", "--to", "pdf", "--freeze-pages", "pages.yaml"];
    findings(copy.path(), &[&frozen[..], &["--update-freeze"]].concat());
    let twin = findings(copy.path(), &frozen);
    let chapter = bed.middle();
    let path = copy.path().join(chapter);
    let old = std::fs::read_to_string(&path).expect("a chapter can be read");
    let at = old.find("\n\n").map_or(old.len(), |at| at + 2);
    let new = format!("{}{}\n\n{}", &old[..at], MUCH.repeat(30), &old[at..]);
    std::fs::write(&path, new).expect("the copy can be written");
    let line = old[..at].lines().count() + 1;
    // The next page ends behind these words.
    let all = findings(copy.path(), &frozen);
    let here = |found: &Found| found.path == *chapter && found.line >= line;
    let found = all.iter().any(|found| found.code == code && here(found));
    row(code, format!("{chapter}:{line}"), found, &twin)
}

/// A folder stands where the EPUB is to be.
fn shut(bed: &Bed) -> Row {
    let code = "cannot-write";
    let make = |stands: bool| {
        let copy = bed.copy();
        let path = copy
            .path()
            .join(if stands { "shut/planted.epub" } else { "open" });
        std::fs::create_dir_all(path).expect("the copy can be written");
        let words = [
            "build",
            ".",
            "--to",
            "epub",
            "-o",
            "shut",
            "--set",
            "file-name=planted",
        ];
        findings(
            copy.path(),
            &[&words[..], &["--allow", "outside-folder"]].concat(),
        )
    };
    let found = make(true).iter().any(is_of(code));
    row(code, "shut/planted.epub".to_owned(), found, &make(false))
}

/// A copy with a script in it, and what is found when it is asked.
fn with(copy: &TempDir, validator: &str, script: &str) -> Vec<Found> {
    std::fs::write(copy.path().join("judge.sh"), script).expect("the copy can be written");
    let command = format!("{validator}=sh judge.sh {{file}}");
    let format = if matches!(validator, "epubcheck" | "ace") {
        "epub"
    } else {
        "pdf"
    };
    findings(
        copy.path(),
        &["check", ".", "--to", format, "--with", &command],
    )
}

/// What EPUBCheck says of a line of a document is told at the line of the manuscript that it comes from.
fn traced(bed: &Bed) -> Row {
    let code = "epubcheck";
    let copy = bed.copy();
    let chapter = bed.middle().to_owned();
    let path = copy.path().join(&chapter);
    let mut text = std::fs::read_to_string(&path).expect("a chapter can be read");
    text.truncate(text.trim_end().len());
    text.push_str("\n\nThe words of this paragraph are nowhere else.\n");
    std::fs::write(&path, &text).expect("the copy can be written");
    let line = text.lines().count();
    let words = [
        "build",
        ".",
        "--to",
        "epub",
        "-o",
        "made",
        "--set",
        "file-name=planted",
    ];
    findings(
        copy.path(),
        &[&words[..], &["--allow", "outside-folder"]].concat(),
    );
    let bytes = std::fs::read(copy.path().join("made/planted.epub")).expect("the book is built");
    let (inner, at) =
        Ebook::open(&bytes, true).holding("The words of this paragraph are nowhere else");
    let report =
        |messages: String| format!("echo '{{\"checker\": {{}}, \"messages\": [{messages}]}}'\n");
    let said = format!(
        "{{\"ID\": \"R\", \"severity\": \"ERROR\", \"message\": \"m\", \"locations\": [{{\"path\": \"{inner}\", \"line\": {at}, \"column\": 4}}]}}"
    );
    let bad = with(&copy, "epubcheck", &report(said));
    let found = bad
        .iter()
        .any(|found| found.code == code && found.path == chapter && found.line == line);
    if !found {
        println!("{code}: wanted {chapter}:{line}, found {bad:#?}");
    }
    row(
        code,
        format!("{chapter}:{line}"),
        found,
        &with(&copy, "epubcheck", &report(String::new())),
    )
}

/// What others say of the whole file.
fn judged(bed: &Bed, (code, validator, bad, good): &(&str, &str, &str, &str)) -> Row {
    let copy = bed.copy();
    let found = with(&copy, validator, bad).iter().any(is_of(code));
    row(
        code,
        "the book".to_owned(),
        found,
        &with(&copy, validator, good),
    )
}

impl Bed {
    /// Its settings alone, written into a folder; how their file is called.
    fn unlisted(&self, folder: &Path) -> String {
        let (name, list) = match self.is_mdbook() {
            true => ("book.toml", "src/SUMMARY.md"),
            false => ("book.yaml", ""),
        };
        let settings = std::fs::read_to_string(self.book().join(name)).unwrap_or_default();
        let kept = super::bed::without(&settings, &["front", "chapters", "back"]);
        std::fs::write(folder.join(name), kept).expect("a fresh folder can be written");
        if self.is_mdbook() {
            std::fs::create_dir(folder.join("src")).expect("a fresh folder can be written");
            std::fs::write(folder.join(list), "# Summary\n")
                .expect("a fresh folder can be written");
        }
        name.to_owned()
    }
}
