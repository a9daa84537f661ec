//! Reports, judged by the schemas of those who defined their formats, and by our own.

use std::path::{Path, PathBuf};

use super::support::book::Book;
use super::support::run::recto;
use super::support::tools;

/// A book that raises findings of every form: with a page, with labels and hints, in several files, with characters that every
/// format has to escape.
const ODD: &str = r#"==> book.yaml (escaped) <==
title: "X <&> \xe2\x80\xae"
titel: Y
editions:
  a: {format: pdf, trim: {width: 60mm, height: 90mm}}
  b: {format: epub}
==> a b.md (escaped) <==
# One

![A map](mpa]]>.png) and ![](<m%p,:.png>), [s](#on), [s](#on).

Call[^1].

[^1]: First.

[^1]: Second "one" <&>.

A caf\xe9 \x07 bell.\0
==> ü.md <==
# Two

### Three

A line with 11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111 in it.
==> fonts/Broken.otf <==
none
"#;

/// One without findings.
const CLEAN: &str = "==> book.yaml <==\ntitle: X\n==> one.md <==\n# One\n";

/// What is checked, in a folder in which `odd` and `clean` are.
const RUNS: &[&[&str]] = &[
    &["odd"],
    &["clean"],
    &["clean", "--to", "cover"],
    &["odd", "clean", "odd/a b.md", "--set", "titel=Z"],
];

/// How a judge knows a format by its file.
const FORMATS: &[&str] = &["sarif", "junit", "json", "gitlab"];

fn python() -> PathBuf {
    folder().join("venv/bin/python")
}

fn folder() -> PathBuf {
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default());
    let tools = std::env::var_os("TOOLS").map(PathBuf::from);
    tools.unwrap_or_else(|| home().join(".cache/validators"))
}

/// Asks the judge; `None` where it is not installed.
fn judge(arguments: &[String]) -> Option<(bool, String)> {
    judge_by("src/diag/render/report.schema.json", arguments)
}

/// The same by another schema of ours for the format `json`.
pub fn judge_by(schema: &str, arguments: &[String]) -> Option<(bool, String)> {
    let test = "reports are valid";
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports/judge.py");
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join(schema);
    let output = std::process::Command::new(python())
        .arg(script)
        .arg(folder().join("schemas"))
        .arg(ours)
        .args(arguments)
        .output();
    let Ok(output) = output else {
        tools::skipped(test, "the validators' Python");
        return None;
    };
    if output.status.code() == Some(3) {
        tools::skipped(test, "what tests/reports/install.sh fetches");
        return None;
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    Some((output.status.success(), said))
}

#[test]
fn every_report_is_valid() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let mut arguments = Vec::new();
    Book::parse(ODD, "x.md").write(&scratch.path().join("odd"));
    Book::parse(CLEAN, "x.md").write(&scratch.path().join("clean"));
    for (number, run) in RUNS.iter().enumerate() {
        let mut words = vec![String::from("check"), String::from("-q")];
        words.extend(run.iter().map(|word| (*word).to_owned()));
        for format in FORMATS {
            words.extend([
                String::from("--report"),
                format!("{format}={number}.{format}"),
            ]);
            let path = scratch.path().join(format!("{number}.{format}"));
            arguments.push(format!("{format}={}", path.display()));
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = recto(scratch.path(), &words).output();
        let output = output.expect("the program was built for this test");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{run:?}: {said}"
        );
    }
    let report = |name: &str| {
        std::fs::read_to_string(scratch.path().join(name)).expect("the report was written")
    };
    let (odd, none) = (report("0.json"), report("2.json"));
    for part in ["\"page\":\"", "\"labels\":[{", "\"path\":\"odd/ü.md\""] {
        assert!(odd.contains(part), "no finding has {part}: {odd}");
    }
    assert!(none.contains("\"place\":null"), "{none}");
    if let Some((valid, said)) = judge(&arguments) {
        assert!(valid, "{said}");
    }
}

/// A judge that lets everything pass would be no judge.
#[test]
fn the_judge_refuses_what_is_wrong() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let wrong = [
        ("sarif", "{\"version\": \"2.1.0\", \"runs\": [{}]}"),
        ("junit", "<testsuites><testsuite name=\"x\"/></testsuites>"),
        ("json", "{\"version\": 2}"),
        ("gitlab", "[{}]"),
    ];
    for (format, text) in wrong {
        let path = scratch.path().join(format);
        std::fs::write(&path, text).expect("there is room for a file");
        match judge(&[format!("{format}={}", path.display())]) {
            Some((valid, said)) => assert!(!valid && said.contains(": "), "{format}: {said}"),
            None => return,
        }
    }
}

/// The same run says the same in every format, byte for byte, on one thread and on many.
#[test]
fn reports_are_repeatable() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    Book::parse(ODD, "x.md").write(scratch.path());
    let run = |jobs: &str, format: &str| {
        let words = ["check", "--jobs", jobs, "--format", format];
        let output = recto(scratch.path(), &words).output();
        output.expect("the program was built for this test").stderr
    };
    for format in FORMATS {
        assert_eq!(run("1", format), run("4", format), "{format}");
    }
}

/// Where a server has a checkout, its paths begin there; elsewhere where the command was run.
#[test]
fn servers_get_paths_of_their_checkout() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let book = scratch.path().join("books/salt");
    Book::parse("==> one.md <==\n![](x.png)\n", "x.md").write(&book);
    let first = |folder: &Path, words: &[&str], checkout: Option<&Path>| {
        let words = [&["check", "--format", "github"][..], words].concat();
        let mut command = recto(folder, &words);
        if let Some(checkout) = checkout {
            command.env("GITHUB_WORKSPACE", checkout);
        }
        let output = command
            .output()
            .expect("the program was built for this test");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let file = said.split_once("file=").map(|(_, rest)| rest.to_owned());
        let file = file.unwrap_or_else(|| panic!("no file in {said}"));
        file.split(',').next().unwrap_or_default().to_owned()
    };
    let there = scratch.path().display().to_string();
    let whole = format!("{there}/books/salt");
    assert_eq!(first(&book, &["."], None), "one.md");
    assert_eq!(first(&book, &[&whole], None), "one.md");
    assert_eq!(
        first(scratch.path(), &["books/salt"], None),
        "books/salt/one.md"
    );
    assert_eq!(
        first(&book, &["."], Some(scratch.path())),
        "books/salt/one.md"
    );
    assert_eq!(
        first(&book, &["one.md"], Some(scratch.path())),
        "books/salt/one.md"
    );
}

/// In a workflow of GitHub nobody has to ask for annotations.
#[test]
fn github_is_recognised() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    Book::parse("==> one.md <==\n![](x.png)\n", "x.md").write(scratch.path());
    let said = |words: &[&str]| {
        let mut command = recto(scratch.path(), words);
        let output = command.env("GITHUB_ACTIONS", "true").output();
        let output = output.expect("the program was built for this test");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(said(&["check"]).starts_with("::warning file=one.md,line=1"));
    assert!(said(&["check", "--format", "concise"]).starts_with("one.md:1:1: "));
}

/// Any finding, at any place of any text, makes documents that programs can read, and lines that stay lines.
mod anything {
    use std::path::Path;

    use proptest::prelude::*;
    use recto::check::Baseline;
    use recto::diag::render::{Format, Map, Report, Subject, render};
    use recto::diag::{Code, Diagnostic, findings};
    use recto::source::{Sources, Span};

    fn elements(text: &str) -> usize {
        let mut reader = quick_xml::Reader::from_str(text);
        let mut count = 0;
        loop {
            match reader.read_event().expect("it is XML") {
                quick_xml::events::Event::Eof => return count,
                quick_xml::events::Event::Start(start) => {
                    count += usize::from(start.name().as_ref() == "testcase");
                }
                _ => {}
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn makes_a_report(
            path in "[^-]\\PC{0,11}",
            text in any::<String>(),
            places in prop::collection::vec((0usize..80, 0usize..80, any::<String>(), any::<String>()), 1..6),
        ) {
            let sources = Sources::new();
            let file = sources.add(path, text);
            let found: Vec<Diagnostic> = places
                .into_iter()
                .map(|(start, length, message, hint)| {
                    let at = Span::new(file.id, start, start + length);
                    let found = Diagnostic::new(Code::MissingImage, at, message);
                    found.label(at, hint.clone()).hint(hint).on_page("xii")
                })
                .collect();
            let number = found.len();
            let found = findings(found, &sources);
            let mut prints: Vec<_> = found.iter().map(|one| &one.fingerprint).collect();
            prints.sort();
            prints.dedup();
            prop_assert_eq!(prints.len(), number);
            let subject = Subject {
                name: ".",
                found: found.iter().collect(),
                map: Map { sources: &sources, root: Path::new("a") },
            };
            let report = Report { subjects: vec![subject], editions: &[], known: 0, exit: 1 };
            let of = |format| render(&report, format, false);
            for (format, list) in [(Format::Json, "/findings"), (Format::Sarif, "/runs/0/results"), (Format::Gitlab, "")] {
                let value: serde_json::Value = serde_json::from_str(&of(format)).expect("it is JSON");
                let list = value.pointer(list).and_then(serde_json::Value::as_array);
                prop_assert_eq!(list.map(Vec::len), Some(number));
            }
            prop_assert_eq!(elements(&of(Format::Junit)), number);
            for format in [Format::Concise, Format::Github] {
                let lines = of(format);
                prop_assert_eq!(lines.matches('\n').count(), number, "{}", lines);
                prop_assert!(!lines.contains(|c: char| c.is_control() && c != '\n'), "{:?}", lines);
            }
        }

        #[test]
        fn is_no_baseline_or_one(text in any::<String>()) {
            let _ = Baseline::read("known.yaml", &text);
            let _ = Baseline::read("known.yaml", &format!("version: 1\nknown:\n{text}"));
        }
    }
}
