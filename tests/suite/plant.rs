//! Every fault that can be planted in a book is found at its line, and the book without it does not raise it.
//!
//! In: the cases of `cases/codes`, and a real book. Each case's fault is planted into a copy of the book, alone: its Markdown at the
//! end of a chapter (`whole` behind the fence: as a chapter), its keys into `book.yaml` or `book.toml`, its files beside them.
//! Then the same with what the case has for good. Out: whether the code was found where it was planted; how often it was said of
//! the good twin; how often of the untouched book.
//!
//! More words behind a case's fence: `own`, it is of recto's own Markdown or keys, which an mdBook has not; `anywhere`, where it
//! shows is not known in another book; `without=KEY`, the fault is that this key is not there; `unplanted`, it is no fault of a book.
//!
//! `PLANT=path/to/book` names another book (one with a `book.yaml`, an mdBook, or a folder of chapters), `RECTO=path/to/recto`
//! another program; the table is printed: `tests/plantings.sh` does it for several.

mod bed;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;
use recto::diag::{Code, Family};

use super::support::case::{self, Case};
use super::support::run::program;
use bed::{Bed, Planted};

/// A finding: its path, its line, its code. Without a place, the first two are nothing.
type Found = (String, usize, String);

/// What came of one planting.
struct Row {
    code: String,
    /// Where it was planted.
    place: String,
    found: bool,
    /// Findings of the code where the good twin was planted.
    twin: usize,
    /// Findings of the code in the book as it was.
    untouched: usize,
}

/// What the program finds in a folder.
fn findings(folder: &Path, arguments: &[&str]) -> Vec<Found> {
    let mut command = program(folder, arguments);
    let output = command.args(["--format", "concise", "-v"]).output();
    let said = output.expect("the program runs").stderr;
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    said.lines().filter_map(finding).collect()
}

/// `a/b.md:3:1: warning[code]: …`
fn finding(line: &str) -> Option<Found> {
    let levels = ["error[", "warning[", "note["];
    let (at, level) = levels
        .iter()
        .filter_map(|level| Some((line.find(level)?, level)))
        .min()?;
    let code = line[at + level.len()..].split_once(']')?.0.to_owned();
    let Some(place) = line[..at].strip_suffix(": ") else {
        return (at == 0).then(|| (String::new(), 0, code));
    };
    let mut parts = place.rsplitn(3, ':');
    let (_, line, path) = (parts.next()?, parts.next()?, parts.next()?);
    Some((path.to_owned(), line.parse().ok()?, code))
}

/// What the untouched book raises under these arguments; each is asked once.
fn untouched(bed: &Bed, arguments: &[&str]) -> &'static [Found] {
    type Known = BTreeMap<String, &'static OnceLock<Vec<Found>>>;
    static KNOWN: Mutex<Known> = Mutex::new(BTreeMap::new());
    let key = format!("{} {}", bed.book().display(), arguments.join(" "));
    let cell = *KNOWN
        .lock()
        .expect("no code under this lock panics")
        .entry(key)
        .or_insert_with(|| Box::leak(Box::default()));
    cell.get_or_init(|| {
        let copy = bed.copy();
        findings(copy.path(), arguments)
    })
}

/// Plants a case into a book; `None` where it cannot be.
fn plant(bed: &Bed, case: &Case, number: usize) -> Option<Row> {
    let code = case.options.first()?;
    if case.has("unplanted") || (bed.is_mdbook() && case.has("own")) {
        return None;
    }
    let expected: Vec<Found> = case.expected.lines().filter_map(finding).collect();
    let bad = bed.plant(case, "bad", number);
    let good = bed.plant(case, "good", number);
    let known = Code::named(code);
    let words = |planted: &Planted| -> Vec<String> {
        match planted.command.as_deref() {
            Some(command) => command.split_whitespace().map(str::to_owned).collect(),
            None if known.is_some_and(|code| code.family() == Family::Manuscript) => {
                ["check", ".", "--to", "epub"].map(str::to_owned).to_vec()
            }
            None => ["check", "."].map(str::to_owned).to_vec(),
        }
    };
    let ask = |planted: &Planted| {
        let words = words(planted);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        findings(planted.folder(), &words)
    };
    let mut places = expected
        .iter()
        .filter(|(.., of)| of == code)
        .map(|(path, line, _)| bad.moved(path, *line));
    let all = ask(&bad);
    let is_at = |(path, line): &(String, usize)| {
        let mut found = all.iter().filter(|(.., of)| of == code);
        found.any(|(other, at, _)| case.has("anywhere") || (other == path && at == line))
    };
    let first = places.clone().next()?;
    let found = places.find(is_at);
    let (path, line) = found.clone().unwrap_or(first);
    let twin = ask(&good);
    let twin = twin
        .iter()
        .filter(|(path, line, of)| of == code && good.holds(path, *line));
    let words = words(&bad);
    // What is planted beside a command is not there in the untouched book.
    let plain: Vec<&str> = match words.iter().any(|word| word == "--to") {
        true => words.iter().map(String::as_str).collect(),
        false => vec!["check", "."],
    };
    let untouched = untouched(bed, &plain).iter().filter(|(.., of)| of == code);
    Some(Row {
        code: code.clone(),
        place: match path.is_empty() {
            true => "the book".to_owned(),
            false => format!("{path}:{line}"),
        },
        found: found.is_some(),
        twin: twin.count(),
        untouched: untouched.count(),
    })
}

/// The table of a book; and the codes that were not found, or said of a good twin.
fn table(book: &Path) -> (String, Vec<String>, Vec<Row>) {
    let bed = Bed::new(book);
    let cases = case::cases("codes");
    let numbered: Vec<(usize, &Case)> = cases.iter().enumerate().collect();
    let rows: Vec<Option<Row>> = numbered
        .par_iter()
        .map(|(number, case)| plant(&bed, case, *number))
        .collect();
    let rows: Vec<Row> = rows.into_iter().flatten().collect();
    let mut out = format!(
        "\n{}\n{:<22} {:<44} found  good twin  untouched\n",
        book.display(),
        "code",
        "planted at"
    );
    let mut wrong = Vec::new();
    for row in &rows {
        let found = if row.found { "yes" } else { "NO" };
        let _ = writeln!(
            out,
            "{:<22} {:<44} {found:<6} {:<10} {}",
            row.code, row.place, row.twin, row.untouched
        );
        if !row.found {
            wrong.push(format!("{} is not found", row.code));
        }
        if row.twin > 0 {
            wrong.push(format!("{} is said of its good twin", row.code));
        }
    }
    let found = rows.iter().filter(|row| row.found).count();
    let _ = writeln!(out, "{} planted, {found} found at their places", rows.len());
    (out, wrong, rows)
}

#[test]
fn what_is_planted_is_found_and_nothing_else() {
    if let Some(book) = std::env::var_os("PLANT") {
        let (table, wrong, _) = table(Path::new(&book));
        println!("{table}");
        wrong.iter().for_each(|wrong| println!("{wrong}"));
        assert!(
            !wrong.iter().any(|wrong| wrong.ends_with("found")),
            "{wrong:?}"
        );
        return;
    }
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscripts/novella");
    let (table, wrong, rows) = table(&book);
    println!("{table}");
    assert!(wrong.is_empty(), "{wrong:?}");
    let raised: Vec<&str> = rows
        .iter()
        .filter(|row| row.untouched > 0)
        .map(|row| row.code.as_str())
        .collect();
    assert!(raised.is_empty(), "the untouched book raises {raised:?}");
}

/// An own book raises nothing but notes; these are those that are in the nature of a book.
#[test]
fn every_code_is_planted_or_says_why_not() {
    let planted = |case: &Case| !case.has("unplanted");
    let cases = case::cases("codes");
    let lacking: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| {
            matches!(
                code.family(),
                Family::Manuscript | Family::Layout | Family::Press
            )
        })
        .map(|code| code.name())
        .filter(|name| {
            let mut of_code = cases.iter().filter(|case| case.options[0] == *name);
            !of_code.any(planted)
        })
        .collect();
    // A book without chapters is no book to plant anything in; where the pages of another book begin, no case can know; and the
    // others are faults of finished PDFs, which recto does not make.
    let finished = [
        "page-size",
        "last-page",
        "press-colours",
        "press-extras",
        "press-standard",
    ];
    assert_eq!(lacking[..2], ["empty-book", "moved-page-break"]);
    assert_eq!(lacking[2..], finished);
}
