//! Reports as the real programs write them, and the way back to a manuscript.

use std::collections::BTreeMap;

use super::*;
use crate::diag::Sink;
use crate::source::{Sources, Span};
use std::sync::Arc;

const EPUBCHECK: &str = include_str!("../../../tests/suite/validators/epubcheck.json");
const ACE: &str = include_str!("../../../tests/suite/validators/ace.json");
const VERAPDF: &str = include_str!("../../../tests/suite/validators/verapdf.json");
const QPDF: &str = include_str!("../../../tests/suite/validators/qpdf.txt");

fn said(report: &str) -> Said {
    Said {
        report: report.to_owned(),
        printed: String::new(),
        exit: Some(0),
    }
}

/// A line each: how bad, where, the rule, what.
fn lines(validator: Validator, said: &Said) -> String {
    let found = complaints(validator, said).unwrap();
    let line = |one: &Complaint| {
        let at = match &one.at {
            Where::File => String::from("-"),
            Where::Page(page) => format!("page {page}"),
            Where::Inner { path, spot } => format!("{path} {spot:?}"),
        };
        format!(
            "{} [{at}] {}: {} (+{})\n",
            one.severity.name(),
            one.rule,
            one.message,
            one.more
        )
    };
    found.iter().map(line).collect()
}

#[test]
fn epubcheck_is_read() {
    let text = lines(Validator::EpubCheck, &said(EPUBCHECK));
    let first: Vec<String> = text
        .lines()
        .map(|line| line.chars().take(110).collect())
        .collect();
    assert_eq!(
        first,
        [
            "warning [OEBPS/content.opf Line(12, 29)] OPF-053: Date value \"yesterday\" does not follow recommended syntax as",
            "error [OEBPS/text/08-the-letter.xhtml Line(13, 21)] RSC-005: Duplicate ID \"the-letter\" (+0)",
            "error [OEBPS/text/08-the-letter.xhtml Line(17, 101)] RSC-005: Duplicate ID \"the-letter\" (+0)",
            "error [OEBPS/text/08-the-letter.xhtml Line(17, 48)] RSC-005: element \"blink\" not allowed here; expected the el",
            "error [OEBPS/text/08-the-letter.xhtml Line(17, 33)] RSC-007: Referenced resource \"OEBPS/text/nowhere.xhtml\" co",
        ]
    );
    // What lists all of HTML is cut short.
    assert!(
        text.lines().all(|line| line.chars().count() < 400),
        "{text}"
    );
    // A program that judges many files may print a list.
    let list = format!("[{EPUBCHECK},{EPUBCHECK}]");
    assert_eq!(lines(Validator::EpubCheck, &said(&list)), text.repeat(2));
}

#[test]
fn ace_is_read() {
    assert_eq!(
        lines(Validator::Ace, &said(ACE)),
        "error [text/08-the-letter.xhtml Element(\"/4/2[_08-the-letter]/6/4/4\")] blink: Element is visible (+0)\n\
         warning [text/08-the-letter.xhtml Element(\"/4/2[_08-the-letter]/6/6[x1]\")] heading-order: Heading order invalid (+0)\n\
         error [text/08-the-letter.xhtml Element(\"/4/2[_08-the-letter]/6/10/2\")] image-alt: Element does not have an alt attribute (+0)\n"
    );
}

#[test]
fn verapdf_is_read() {
    let wanted = "error [-] 5-1: The document metadata stream doesn't contain PDF/UA Identification Schema (+0)\n\
                  error [page 1] 7.1-3: Content is neither marked as Artifact nor tagged as real content (+1396)\n\
                  error [page 4] 7.1-3: Content is neither marked as Artifact nor tagged as real content (+0)\n";
    assert_eq!(lines(Validator::VeraPdf, &said(VERAPDF)), wanted);
    // Older ones print one result, not a list.
    let one = VERAPDF
        .replace("\"validationResult\":[{", "\"validationResult\":{")
        .replace("\"compliant\":false}]", "\"compliant\":false}");
    assert_eq!(lines(Validator::VeraPdf, &said(&one)), wanted);
    let broken = "{\"report\":{\"jobs\":[{\"taskException\":{\"type\":\"PARSE\",\
                  \"exceptionMessage\":\"Exception: Couldn't parse stream caused by exception: Pages not found\"}}]}}";
    assert_eq!(
        complaints(Validator::VeraPdf, &said(broken)),
        Err(
            "it cannot read the file: Couldn't parse stream caused by exception: Pages not found"
                .into()
        )
    );
}

#[test]
fn qpdf_is_read() {
    let printed = |text: &str, exit| Said {
        report: String::from("checking q2.pdf\nPDF Version: 1.7\n"),
        printed: text.to_owned(),
        exit: Some(exit),
    };
    assert_eq!(
        lines(Validator::Qpdf, &printed(QPDF, 3)),
        "warning [-] : unknown token while reading object; treating as string (object 116 0, offset 50251) (+0)\n\
         warning [-] : too many errors; giving up on reading object (object 116 0, offset 50339) (+0)\n\
         warning [-] : file is damaged (+0)\n"
    );
    assert_eq!(lines(Validator::Qpdf, &printed("", 0)), "");
    for (text, exit) in [("", 2), ("", 1), ("sh: qpdf: not found", 127)] {
        let said = printed(text, exit);
        assert!(complaints(Validator::Qpdf, &said).is_err(), "{text} {exit}");
    }
}

#[test]
fn what_is_no_report_is_refused() {
    let others = [Validator::EpubCheck, Validator::Ace, Validator::VeraPdf];
    for text in [
        "",
        "Exception in thread main",
        "{",
        "[1]",
        "{}",
        "7",
        "{\"report\":{}}",
    ] {
        for validator in others {
            let found = complaints(validator, &said(text));
            assert!(found.is_err(), "{validator:?}: {text}: {found:?}");
        }
    }
    for validator in others {
        assert!(complaints(validator, &said(&"[".repeat(100_000))).is_err());
    }
    // A line before it does no harm.
    let late = format!("Picked up JAVA_TOOL_OPTIONS: -Xmx1g\n{EPUBCHECK}");
    assert!(complaints(Validator::EpubCheck, &said(&late)).is_ok());
}

const CHAPTER: &str = "\
# The Letter {#letter}

Sir, or Arthur, for I hope it is you.

## Later

You have found an ounce in the
pound, and I know it.

![](scale.png)
";

const INNER: &str = "\
<?xml version=\"1.0\"?>
<!DOCTYPE html>
<html><head><title>x</title></head>
<body><section id=\"s\"><h1 id=\"letter\">The Letter</h1>
<p>Sir, or Arthur, for <blink>I hope</blink> it is you.</p>
<!-- <p> -->
<h2 id=\"later\">Later</h2>
<p>You have found an ounce in the pound, and I know it.</p>
<p><img src=\"../images/scale.png\"/></p>
</section></body></html>
";

/// What EPUBCheck and Ace say of a chapter, told: each at its line and column of a text.
fn told(file: Option<&str>, at: Where) -> (String, Vec<String>) {
    let sources = Sources::new();
    let chapter = sources.add("letter.md", CHAPTER);
    let inner = sources.add("a.epub/OEBPS/text/letter.xhtml", INNER);
    let heading = |text: &str| {
        let at = CHAPTER.find(text).unwrap();
        Span::new(chapter.id, at, at + text.len())
    };
    let ids = [
        ("letter", heading("# The Letter {#letter}")),
        ("later", heading("## Later")),
    ];
    let ids: BTreeMap<String, Span> = ids.map(|(id, at)| (id.to_owned(), at)).into();
    let origin = Origin {
        at: Some(Span::new(chapter.id, 0, 0)),
        ids,
    };
    let origins = Origins {
        texts: [("OEBPS/text/letter.xhtml".to_owned(), origin)].into(),
        pages: vec![
            ("i".to_owned(), Some(heading("# The"))),
            ("ii".to_owned(), None),
        ],
    };
    let texts = |path: &str| -> Option<Inner> {
        let known = "OEBPS/text/letter.xhtml";
        known
            .ends_with(path)
            .then(|| (known.to_owned(), Arc::clone(&inner)))
    };
    let own = file.map(|name| Span::new(sources.add(name, "").id, 0, 0));
    let judged = Judged {
        name: "a.epub",
        at: own,
        texts: &texts,
        origins: own.is_none().then_some(&origins),
    };
    let complaint = Complaint {
        rule: "R-1".to_owned(),
        severity: Severity::Error,
        message: "wrong".to_owned(),
        at,
        more: 0,
        hint: String::new(),
    };
    let sink = Sink::new();
    tell(Validator::EpubCheck, &[complaint], judged, &sources, &sink);
    let found = sink.finish(&sources).remove(0);
    let place = found.at.and_then(|at| sources.place(at));
    let place = place.map_or("-".to_owned(), |at| {
        format!("{}:{}:{}", at.path, at.line, at.column)
    });
    let page = found.page.map(|page| format!(" p. {page}"));
    (
        format!("{place}{} {}", page.unwrap_or_default(), found.message),
        found.hints,
    )
}

#[test]
fn complaints_lead_back_to_the_manuscript() {
    let line = |line, column| Where::Inner {
        path: "OEBPS/text/letter.xhtml".to_owned(),
        spot: Spot::Line(line, column),
    };
    let element = |cfi: &str| Where::Inner {
        path: "text/letter.xhtml".to_owned(),
        spot: Spot::Element(cfi.to_owned()),
    };
    let cases = [
        // The end of `<blink>`: the words behind it.
        (line(5, 30), "letter.md:3:21"),
        (line(8, 4), "letter.md:7:1"),
        // A picture has no words: the heading before it.
        (line(9, 37), "letter.md:5:1"),
        (line(4, 39), "letter.md:1:3"),
        (line(1, 1), "letter.md:1:1"),
        (line(99, 99), "letter.md:5:1"),
        (element("/4/2[s]/4/2"), "letter.md:3:21"),
        (element("/4/2[s]/8"), "letter.md:7:1"),
        (element("/4/2[s]/10/2"), "letter.md:5:1"),
        (element("/no/such"), "letter.md:1:1"),
        (element("/4/2/40"), "letter.md:1:1"),
    ];
    for (at, place) in cases {
        let shown = format!("{at:?}");
        let (text, hints) = told(None, at);
        assert_eq!(text, format!("{place} EPUBCheck R-1: wrong"), "{shown}");
        assert!(
            hints[0].starts_with("it is in `a.epub/OEBPS/text/letter.xhtml`"),
            "{hints:?}"
        );
    }
    let elsewhere = Where::Inner {
        path: "OEBPS/content.opf".to_owned(),
        spot: Spot::Line(12, 29),
    };
    assert_eq!(
        told(None, elsewhere).0,
        "- EPUBCheck R-1: wrong, in `a.epub/OEBPS/content.opf`, line 12"
    );
    assert_eq!(
        told(None, Where::File).0,
        "- EPUBCheck R-1: wrong, in `a.epub`"
    );
    assert_eq!(
        told(None, Where::Page(1)).0,
        "letter.md:1:1 p. i EPUBCheck R-1: wrong"
    );
    assert_eq!(
        told(None, Where::Page(2)).0,
        "- p. ii EPUBCheck R-1: wrong, in `a.epub`"
    );
    assert_eq!(
        told(None, Where::Page(9)).0,
        "- EPUBCheck R-1: wrong, on page 9 of `a.epub`"
    );
    // Of a file that lies there, the file inside it.
    assert_eq!(
        told(Some("a.epub"), line(8, 4)).0,
        "a.epub/OEBPS/text/letter.xhtml:8:1 EPUBCheck R-1: wrong"
    );
    assert_eq!(
        told(Some("a.epub"), Where::Page(9)).0,
        "a.epub:1:1 EPUBCheck R-1: wrong, on page 9"
    );
}
