//! What `recto diff` writes for programs and for the eye. What it tells of books is in `cases/cli/diff.test`.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::reports::judge_by;
use super::support::book::Book;
use super::support::run::recto;

/// Two states of a book: text, a title, a link, a picture and a page differ.
const BOOKS: &str = r#"==> old/book.yaml <==
title: "Salt <&> Road"
language: en
==> old/one.md <==
# One

Upon the wide sea there was a ship. See [the port](https://example.org/port).

![A port](tests.png)
==> old/tests.png (copy manuscripts/sampler/images/map.png) <==
==> new/book.yaml <==
title: "Salt <&> Roads"
language: en
==> new/one.md <==
# One

Upon the wide ocean there was a <ship>. See [the port](https://example.org/haven).

# Two

Nothing of it was <b>there</b> before.
"#;

/// Builds both books into `a` and `b`.
fn built(folder: &Path) {
    let picture =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscripts/sampler/images"));
    let mut names: Vec<_> = picture
        .expect("the sampler has pictures")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".png"))
        .collect();
    names.sort();
    let books = BOOKS.replace("map.png", &names[0]);
    Book::parse(&books, "x.md").write(folder);
    for (book, out) in [("old", "a"), ("new", "b")] {
        let output = recto(folder, &["build", "-q", book, "-o", out]).output();
        let output = output.expect("the program was built for this test");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
    }
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = recto(folder, arguments).output();
    let output = output.expect("the program was built for this test");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code(), said)
}

#[test]
fn the_document_for_programs_keeps_to_its_schema() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    built(scratch.path());
    let (code, text) = run(
        scratch.path(),
        &[
            "diff",
            "a",
            "b",
            "--format",
            "json",
            "--report",
            "json=x.json",
        ],
    );
    assert_eq!(code, Some(1));
    let written = std::fs::read_to_string(scratch.path().join("x.json"));
    assert_eq!(written.expect("the report was written"), text);
    let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let pdf = &value["files"][0];
    assert_eq!(pdf["kind"], "pdf");
    assert_eq!(value["summary"]["exit"], 1);
    let texts = pdf["texts"].as_array().expect("it is a list");
    let has = |old: &str, new: &str| {
        texts
            .iter()
            .any(|text| text["old"] == old && text["new"] == new)
    };
    assert!(has("sea", "ocean"), "{text}");
    let facts = pdf["facts"].as_array().expect("it is a list");
    for about in ["metadata", "contents", "pictures", "links"] {
        assert!(
            facts.iter().any(|fact| fact["about"] == about),
            "{about}: {text}"
        );
    }
    let (_, schema) = run(scratch.path(), &["explain", "--schema", "diff"]);
    assert!(serde_json::from_str::<serde_json::Value>(&schema).is_ok());
    let report = format!("json={}", scratch.path().join("x.json").display());
    if let Some((valid, said)) = judge_by("src/diff/render/diff.schema.json", &[report]) {
        assert!(valid, "{said}");
    }
}

#[test]
fn the_page_for_the_eye_needs_nothing_else() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    built(scratch.path());
    let arguments = [
        "diff", "a", "b", "--to", "pdf", "--html", "x.html", "-j", "1",
    ];
    run(scratch.path(), &arguments);
    let read = |name: &str| {
        std::fs::read_to_string(scratch.path().join(name)).expect("the page was written")
    };
    let page = read("x.html");
    for wrong in [
        "<script",
        "<link",
        "@import",
        "url(",
        "<b>there",
        "src=\"http",
        "href=\"http",
    ] {
        assert!(!page.contains(wrong), "it has {wrong}");
    }
    assert!(page.contains("Salt &lt;&amp;&gt; Roads"));
    assert!(page.contains("<del>sea</del> <ins>ocean</ins>"));
    let pictures: Vec<&str> = page.split("data:image/png;base64,").skip(1).collect();
    assert!(pictures.len() >= 3, "{} pictures", pictures.len());
    for picture in pictures {
        let code = picture.split('"').next().unwrap_or_default();
        let bytes = STANDARD.decode(code).expect("it is base64");
        let picture = image::load_from_memory(&bytes).expect("it is a picture");
        assert_eq!(picture.width(), 720);
        let grey = picture.to_luma8();
        // The page is white, and there is something on it.
        assert!(grey.pixels().any(|pixel| pixel.0[0] < 128));
        assert!(grey.get_pixel(2, 2).0[0] > 250);
    }
    for mark in [
        "<i class=\"gone\" style=\"left:",
        "<i class=\"come\" style=\"left:",
    ] {
        assert!(page.contains(mark), "it has no {mark}");
    }
    // Every time the same, on however many threads.
    run(
        scratch.path(),
        &[
            "diff", "a", "b", "--to", "pdf", "--html", "y.html", "-j", "4",
        ],
    );
    assert_eq!(page, read("y.html"));
    run(
        scratch.path(),
        &[
            "diff", "a", "b", "--to", "pdf", "--html", "z.html", "--most", "0",
        ],
    );
    let plain = read("z.html");
    assert!(!plain.contains("data:image") && plain.contains("<ins>ocean</ins>"));
}
