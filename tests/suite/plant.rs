//! Every fault that can be planted in a book is found at its line, and the book without it does not raise it.
//!
//! In: the cases of `cases/codes`, and a real book. Each case's fault is planted into a copy of the book, alone: its Markdown at the
//! end of a chapter (`whole` behind the fence: as a chapter), its keys into `book.yaml` or `book.toml`, its files beside them.
//! Then the same with what the case has for good. Faults of finished files are put into those that the book is built as
//! (`finished`: `ebook`, `paper`), and what is no line of a book is done to all of it (`whole`). Out: whether the code was found where
//! it was planted; how often it was said of the good twin; how often of the untouched book.
//!
//! More words behind a case's fence: `own`, it is of recto's own Markdown or keys, which an mdBook has not; `anywhere`, where it
//! shows is not known in another book; `without=KEY`, the fault is that this key is not there;
//! `unplanted`, its fault is put into a book elsewhere.
//!
//! `PLANT=path/to/book` names another book (one with a `book.yaml`, an mdBook, or a folder of chapters), `RECTO=path/to/recto`
//! another program; the table is printed: `tests/plantings.sh` does it for several.

mod bed;
mod ebook;
mod finished;
mod paper;
mod whole;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;
use recto::diag::{Code, Family};

use super::support::case::{self, Case};
use super::support::run::program;
use bed::{Bed, Planted};

/// A finding. Without a place, its path is empty and its line 0.
#[derive(Clone, Debug)]
pub struct Found {
    path: String,
    line: usize,
    column: usize,
    code: String,
    message: String,
}

/// What came of one planting.
pub struct Row {
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
    let (code, message) = line[at + level.len()..].split_once("]: ")?;
    let mut found = Found {
        path: String::new(),
        line: 0,
        column: 0,
        code: code.to_owned(),
        message: message.to_owned(),
    };
    if let Some(place) = line[..at].strip_suffix(": ") {
        let mut parts = place.rsplitn(3, ':');
        found.column = parts.next()?.parse().ok()?;
        found.line = parts.next()?.parse().ok()?;
        found.path = parts.next()?.to_owned();
    } else if at > 0 {
        return None;
    }
    Some(found)
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
        .filter(|found| found.code == *code)
        .map(|found| bad.moved(&found.path, found.line));
    let all = ask(&bad);
    let is_at = |(path, line): &(String, usize)| {
        let mut found = all.iter().filter(|found| found.code == *code);
        found.any(|found| case.has("anywhere") || (found.path == *path && found.line == *line))
    };
    let first = places.clone().next()?;
    let found = places.find(is_at);
    let (path, line) = found.clone().unwrap_or(first);
    let twin = ask(&good);
    let twin = twin
        .iter()
        .filter(|found| found.code == *code && good.holds(&found.path, found.line));
    let words = words(&bad);
    // What is planted beside a command is not there in the untouched book.
    let plain: Vec<&str> = match words.iter().any(|word| word == "--to") {
        true => words.iter().map(String::as_str).collect(),
        false => vec!["check", "."],
    };
    let untouched = untouched(bed, &plain)
        .iter()
        .filter(|found| found.code == *code);
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
    let mut rows: Vec<Row> = rows.into_iter().flatten().collect();
    rows.extend(finished::rows(&bed));
    rows.extend(whole::rows(&bed));
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
    let is_planted = |code: &&Code| rows.iter().any(|row| row.code == code.name());
    let lacking = Code::ALL.iter().filter(|code| !is_planted(code));
    let lacking: Vec<&str> = lacking.map(|code| code.name()).collect();
    if !lacking.is_empty() {
        let _ = writeln!(
            out,
            "of keys or Markdown that such a book has not: {}",
            lacking.join(", ")
        );
    }
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
    // So many checks of all of it take too long.
    let novella = Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscripts/novella");
    let short = bed::cut(&novella, 4);
    let (table, wrong, rows) = table(short.path());
    println!("{table}");
    assert!(wrong.is_empty(), "{wrong:?}");
    let raised: Vec<&str> = rows
        .iter()
        .filter(|row| row.untouched > 0)
        .map(|row| row.code.as_str())
        .collect();
    assert!(raised.is_empty(), "the untouched book raises {raised:?}");
    let is_planted = |code: &&Code| rows.iter().any(|row| row.code == code.name());
    let lacking: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !is_planted(code))
        .map(|code| code.name())
        .collect();
    assert!(
        lacking.is_empty(),
        "no case of `cases/codes` and no fault below `plant` puts these into a book: {lacking:?}"
    );
}
