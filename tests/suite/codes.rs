//! A good and a bad case for every code: `cases/codes/*.test`.
//!
//! A case names its code behind the fence; in it stands a little book with the fault. A file with the remark `(good)` stands for
//! the one of its name in the book without the fault; with `(bad)` it is in the book with the fault alone. A book has the title
//! `A Book` and is in English unless it says otherwise. Both are checked by `recto check .`, or by the case's own command
//! (`$ recto …`; `$ good recto …` and `$ bad recto …` where they differ). What is expected: the findings of the code in the bad
//! book, then behind `good:` whatever else the good one raises. A good book that raises the code is a failure, as is a bad one
//! that does not.
//!
//! The codes of finished files have their cases where these files are made worse: [`elsewhere`] names the lists that those tests
//! go through. Each code must have a case in one of them.

use std::collections::BTreeMap;
use std::path::Path;

use recto::diag::Code;
use recto::shop::{self, Wares};

use super::support::book::Book;
use super::support::case::{self, Case};
use super::support::run::program;

/// By code, how many bad cases raise it and how many good ones do not, by the tests that make finished files worse one by one
/// and see that the file as it was raises nothing; by those of other validators; and by the one here that needs no book.
fn elsewhere() -> BTreeMap<&'static str, [usize; 2]> {
    let here = ["shop-notes"];
    let validators = super::validators::CASES.iter().map(|case| case.0);
    let publications = super::finished::codes();
    let documents = super::documents::codes();
    let mut counts = BTreeMap::new();
    for code in here
        .into_iter()
        .chain(validators)
        .chain(publications)
        .chain(documents)
    {
        let [bad, good] = counts.entry(code).or_insert([0; 2]);
        *bad += 1;
        *good = 1;
    }
    counts
}

/// What recto writes always has the links; this is how an EPUB of another origin looks to a shop.
#[test]
fn a_shop_sees_notes_without_their_links_back() {
    let kindle = shop::builtin("kindle").expect("recto knows this shop");
    let raised = |first: bool| {
        let wares = Wares {
            note_links: Some(first),
            ..Wares::default()
        };
        let found = shop::judge(&wares, &kindle, None);
        found.iter().any(|found| found.code == Code::ShopNotes)
    };
    assert!(raised(false) && !raised(true));
}

/// What the bad book says of the code, and what else the good one says.
pub fn told(case: &Case) -> String {
    let name = case.options.first().map_or("", String::as_str);
    assert!(Code::named(name).is_some(), "there is no code `{name}`");
    let (bad, good) = std::thread::scope(|scope| {
        let bad = scope.spawn(|| findings(&of(&case.input, "bad")));
        let good = findings(&of(&case.input, "good"));
        (bad.join().expect("a run of the program ends"), good)
    });
    let mark = format!("[{name}]: ");
    let of_code = |line: &&String| line.contains(&mark);
    let mut out: String = bad
        .iter()
        .filter(of_code)
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(
        !out.is_empty(),
        "the bad book does not raise it, but\n{}",
        bad.join("\n")
    );
    for line in bad.iter().chain(&good) {
        let stopped = line.trim_end_matches(')').ends_with('.');
        assert!(
            !stopped,
            "a message and its hints end without a full stop: {line}"
        );
    }
    let wrong: Vec<_> = good.iter().filter(of_code).collect();
    assert!(wrong.is_empty(), "the good book raises it: {wrong:?}");
    good.iter()
        .for_each(|line| out.push_str(&format!("good: {line}\n")));
    out
}

/// What of a case's input one of the two books has: its own files and commands, and those without a remark.
pub fn of(input: &str, which: &str) -> String {
    let mut out = String::from("==> book.yaml <==\ntitle: A Book\nlanguage: en\n");
    if !input.starts_with("==> ") {
        out.push_str("==> one.md <==\n");
    }
    let mut wanted = true;
    for line in input.lines() {
        let bare = line.trim_end();
        if let Some(name) = bare
            .strip_prefix("==> ")
            .and_then(|rest| rest.strip_suffix(" <=="))
        {
            let (name, remarks) = name.split_once(" (").unwrap_or((name, ")"));
            let remarks = remarks.trim_end_matches(')').split(", ");
            let (books, remarks): (Vec<&str>, Vec<&str>) =
                remarks.partition(|remark| matches!(*remark, "good" | "bad"));
            wanted = books.is_empty() || books.contains(&which);
            if wanted {
                out.push_str(&match remarks.join(", ") {
                    remarks if remarks.is_empty() => format!("==> {name} <==\n"),
                    remarks => format!("==> {name} ({remarks}) <==\n"),
                });
            }
            continue;
        } else if let Some(command) = bare.strip_prefix("$ ") {
            let own = command
                .strip_prefix(which)
                .filter(|rest| rest.starts_with(" recto"));
            match own {
                Some(own) => out.push_str(&format!("${own}\n")),
                None if command.starts_with("recto ") => out.push_str(&format!("{bare}\n")),
                None => {}
            }
            continue;
        }
        if wanted {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// What the program says of a little book.
fn findings(input: &str) -> Vec<String> {
    let mut book = Book::parse(input, "one.md");
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    // A file that comes again is written over the one before.
    book.write(scratch.path());
    if book.commands.is_empty() {
        book.commands.push("recto check .".to_owned());
    }
    let words = book
        .commands
        .iter()
        .map(|command| command.split_whitespace().skip(1));
    words
        .flat_map(|words| said(scratch.path(), &words.collect::<Vec<_>>()))
        .collect()
}

/// The findings of a command.
fn said(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let mut command = program(folder, arguments);
    let output = command.args(["--format", "concise", "-v"]).output();
    let said = output.expect("the program was built for this test").stderr;
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    let levels = ["error[", "warning[", "note["];
    let finding = |line: &&str| {
        levels
            .iter()
            .any(|level| line.starts_with(level) || line.contains(&format!(": {level}")))
    };
    said.lines().filter(finding).map(str::to_owned).collect()
}

/// Each case is a bad book and a good one: `told` fails where the first does not raise its code or the second does.
#[test]
fn every_code_has_a_good_and_a_bad_case() {
    let mut counts = elsewhere();
    for case in case::cases("codes") {
        let code = case.options.first().and_then(|name| Code::named(name));
        let code = code.expect("a case begins with its code").name();
        let [bad, good] = counts.entry(code).or_insert([0; 2]);
        let differs = of(&case.input, "bad") != of(&case.input, "good");
        assert!(differs, "the case of `{code}` has one book only");
        *bad += 1;
        *good += 1;
    }
    let lacking: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.name())
        .filter(|name| counts.get(name).is_none_or(|counts| counts.contains(&0)))
        .collect();
    assert!(
        lacking.is_empty(),
        "no good and bad case under tests/suite/cases/codes: {}",
        lacking.join(", ")
    );
    let [bad, good] = counts
        .values()
        .fold([0; 2], |sum, [bad, good]| [sum[0] + bad, sum[1] + good]);
    println!(
        "{} codes: {bad} bad cases and {good} good ones",
        counts.len()
    );
}
