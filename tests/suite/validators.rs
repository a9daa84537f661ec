//! `--with`: validators from outside, made up here, and the real ones where they are installed.

use std::path::{Path, PathBuf};

use super::support::run::{recto, transcript};
use super::support::tools;

const BOOK: &[(&str, &str)] = &[
    (
        "book.yaml",
        "title: The Scale\nlanguage: en\neditions:\n  e: {format: epub}\n  p: {format: pdf, trim: a5}\n",
    ),
    ("one.md", "# One\n\nA first chapter, which is short.\n"),
    (
        "two.md",
        "# Two\n\nSir, or Arthur, for I hope it is you.\n\n## Later {#later}\n\nYou have found an ounce in the pound.\n",
    ),
];

/// A folder with the book and a program that says what it is told to.
fn folder(script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("book")).unwrap();
    for (name, text) in BOOK {
        std::fs::write(folder.path().join("book").join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("judge.sh"), script).unwrap();
    folder
}

fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = recto(folder, arguments).output().unwrap();
    transcript(&output)
}

#[test]
fn what_a_validator_says_is_told_at_the_manuscript() {
    let report = r#"{"checker": {}, "messages": [
        {"ID": "RSC-005", "severity": "ERROR", "message": "Error while parsing file: too heavy.",
         "locations": [{"path": "OEBPS/text/two.xhtml", "line": 12, "column": 3}]},
        {"ID": "OPF-053", "severity": "WARNING", "message": "no date",
         "locations": [{"path": "book.epub", "line": -1, "column": -1}]},
        {"ID": "ACC-1", "severity": "USAGE", "message": "hm", "locations": []}]}"#;
    // It reads the file that it is given, and reports where it is told to.
    let script =
        format!("head -c 2 \"$1\" | grep -q PK || exit 9\ncat >\"$2\" <<'E'\n{report}\nE\n");
    let folder = folder(&script);
    let with = [
        "check",
        "book",
        "--with",
        "epubcheck=sh judge.sh {file} {report}",
    ];
    let text = said(folder.path(), &with);
    assert!(text.contains("book/two.md:"), "{text}");
    assert!(
        text.contains("error[epubcheck]: EPUBCheck RSC-005: too heavy (it is in `the-scale.epub/OEBPS/text/two.xhtml`, line 12)"),
        "{text}"
    );
    assert!(
        text.contains("warning[epubcheck]: EPUBCheck OPF-053: no date, in `the-scale.epub`"),
        "{text}"
    );
    assert!(text.ends_with("exit 1\n"), "{text}");
    // No output is left behind, and levels hold for what others say too.
    assert!(!folder.path().join("book/out").exists());
    let text = said(
        folder.path(),
        &[&with[..], &["--allow", "epubcheck"]].concat(),
    );
    assert_eq!(text, "stderr:\n  found nothing\nexit 0\n");
}

#[test]
fn a_page_leads_to_the_manuscript() {
    let report = r#"{"report": {"jobs": [{"validationResult": [{"compliant": false, "details": {"ruleSummaries": [
        {"specification": "ISO 1", "clause": "7.1", "testNumber": 3, "status": "failed", "failedChecks": 1, "description": "d",
         "checks": [{"status": "failed", "context": "root/document[0]/pages[LAST](1 0 obj PDPage)", "errorMessage": "too light"}]}]}}]}]}}"#;
    // The chapters begin on the third page and, if not on the fourth, behind a blank one on the fifth.
    for page in 0..9 {
        let script = format!(
            "cat <<'E'\n{}\nE\n",
            report.replace("LAST", &page.to_string())
        );
        let folder = folder(&script);
        let with = [
            "check",
            "book",
            "--to",
            "pdf",
            "--with",
            "verapdf=sh judge.sh {file}",
        ];
        let text = said(folder.path(), &with);
        assert!(text.contains("veraPDF 7.1-3: too light"), "{text}");
        if text.contains("book/two.md:1:3: error[verapdf]") {
            return;
        }
    }
    panic!("no page begins with the second chapter");
}

#[test]
fn a_validator_that_says_nothing_is_an_error() {
    let folder = folder("echo oh >&2\nexit 1\n");
    let check = |with: &str| said(folder.path(), &["check", "book", "--with", with]);
    assert_eq!(
        check("ace=no-such-ace"),
        "stderr:\n  error[missing-validator]: Ace is not installed: there is no `no-such-ace` (install it, or say how it is called: `--with ace=COMMAND`)\n  1 error\nexit 1\n"
    );
    assert_eq!(
        check("ace=sh judge.sh"),
        "stderr:\n  error[failed-validator]: Ace could not judge `the-scale.epub`: it reports nothing (it says: oh)\n  1 error\nexit 1\n"
    );
    let text = check("acee");
    assert!(
        text.contains("`acee` is none of epubcheck, ace, verapdf, qpdf"),
        "{text}"
    );
    assert!(text.ends_with("exit 2\n"), "{text}");
}

/// A code, the validator, what it does about a bad file, and about a good one.
pub const CASES: &[(&str, &str, &str, &str)] = &[
    (
        "epubcheck",
        "epubcheck",
        r#"echo '{"checker": {}, "messages": [{"ID": "R", "severity": "FATAL", "message": "m"}]}'"#,
        r#"echo '{"checker": {}, "messages": []}'; exit 1"#,
    ),
    (
        "ace",
        "ace",
        r#"echo '{"assertions": [{"earl:testSubject": {"url": "a.xhtml"}, "assertions": [
            {"earl:test": {"earl:impact": "minor"}, "earl:result": {"earl:outcome": "fail"}}]}]}'"#,
        r#"echo '{"assertions": [{"earl:testSubject": {"url": "a.xhtml"}, "assertions": []}]}'"#,
    ),
    (
        "verapdf",
        "verapdf",
        r#"echo '{"report": {"jobs": [{"validationResult": {"compliant": false, "statement": "no"}}]}}'"#,
        r#"echo '{"report": {"jobs": [{"validationResult": {"compliant": true}}]}}'"#,
    ),
    (
        "qpdf",
        "qpdf",
        "echo 'WARNING: a.pdf (object 3 0, offset 9): no end' >&2; exit 3",
        "echo 'PDF Version: 1.7'",
    ),
    ("failed-validator", "qpdf", "kill -9 $$", "exit 0"),
    (
        "failed-validator",
        "ace",
        "echo '{\"assertions\": 7}'",
        "echo '{\"assertions\": []}'",
    ),
];

#[test]
fn every_code_has_a_bad_and_a_good_file() {
    for (code, validator, bad, good) in CASES {
        let raised = |script: &str| {
            let folder = folder(script);
            let with = format!("{validator}=sh judge.sh {{file}}");
            let text = said(folder.path(), &["check", "book", "-v", "--with", &with]);
            text.contains(&format!("[{code}]: "))
        };
        assert!(raised(bad), "{code}: {bad}");
        assert!(!raised(good), "{code}: {good}");
    }
}

/// A validator's script among those of the tests, if its tool is installed.
fn script(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/validators");
    let path = path.canonicalize().ok()?.join(name);
    (path.is_file() && tools::on_path("java")).then_some(path)
}

#[test]
fn real_validators_are_asked() {
    let folder = folder("");
    if tools::on_path("qpdf") {
        let text = said(folder.path(), &["check", "book", "--with", "qpdf"]);
        assert_eq!(text, "stderr:\n  found nothing\nexit 0\n");
        std::fs::write(folder.path().join("cut.pdf"), "%PDF-1.7\nnothing\n").unwrap();
        let text = said(folder.path(), &["check", "cut.pdf", "--with", "qpdf"]);
        assert!(
            text.contains("warning[qpdf]: qpdf: file is damaged"),
            "{text}"
        );
    } else {
        tools::skipped("real_validators_are_asked", "qpdf");
    }
    let Some(epubcheck) = script("epubcheck.sh") else {
        return tools::skipped("real_validators_are_asked", "EPUBCheck");
    };
    let command = format!("epubcheck={} --json {{file}}", epubcheck.display());
    let text = said(folder.path(), &["check", "book", "--with", &command]);
    assert_eq!(text, "stderr:\n  found nothing\nexit 0\n");
    std::fs::write(folder.path().join("cut.epub"), "PK\u{3}\u{4} nothing").unwrap();
    let text = said(folder.path(), &["check", "cut.epub", "--with", &command]);
    assert!(text.contains("error[epubcheck]: EPUBCheck PKG-"), "{text}");
}
