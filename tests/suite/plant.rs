//! Every fault that can be planted in a manuscript is found at its line, and the manuscript without it does not raise it.
//!
//! The faults are planted into copies of our own books, at the ends of their chapters. `PLANT=path/to/book` names another book (one with
//! a `book.yaml`, an mdBook, or a folder of chapters), `RECTO=path/to/recto` another program; the table is printed:
//! `PLANT=… RECTO=… cargo test --test suite planted -- --nocapture`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::support::run::recto;

/// What is planted: the code; the Markdown; the number of the line in it that is to be named, from 0.
type Fault = (&'static str, &'static str, usize);

/// Faults of any Markdown.
const FAULTS: &[Fault] = &[
    (
        "placeholder-text",
        "The house had eleven windows.\nTODO: count them again.",
        1,
    ),
    (
        "doubled-word",
        "They came at last to the\nthe harbour of the town.",
        0,
    ),
    ("doubled-space", "It stands\non p.&nbsp; 7 of the book.", 1),
    (
        "odd-hyphen",
        "A moonraker, a moonraker, a moonraker, a moonraker, a moonraker, a moonraker,\na moonraker, a moonraker, a moonraker, a moonraker and\none moon-raker.",
        2,
    ),
    (
        "odd-name",
        "They saw Wolverstone, Wolverstone, Wolverstone, Wolverstone, Wolverstone, Wolverstone, Wolverstone,\nand Wolverstone, Wolverstone, Wolverstone, Wolverstone, Wolverstone, Wolverstone, Wolverstone, Wolverstone,\nand Wolverstone, Wolverstone, Wolverstone, Wolverstone, Wolverstone,\nand Wovlerstone.",
        3,
    ),
    (
        "unbalanced-bracket",
        "He went home\n(as he had said and nobody minded.",
        1,
    ),
    (
        "unbalanced-quote",
        "“Come in, she said.\n\nThe door stood open.",
        0,
    ),
    (
        "empty-link",
        "It is written\n[](https://example.org/) in the book.",
        1,
    ),
    (
        "poor-alt",
        "A picture:\n![IMG_1234.png](IMG_1234.png) and a word.",
        1,
    ),
    (
        "missing-alt",
        "A picture:\n![](IMG_1234.png) and a word.",
        1,
    ),
    (
        "missing-image",
        "A picture:\n![A map](no-such-map.png) and a word.",
        1,
    ),
    (
        "remote-image",
        "A picture:\n![A map](https://example.org/map.png) and a word.",
        1,
    ),
    ("dead-link", "See\n[there](#no-such-place-in-the-book).", 1),
    ("undefined-note", "A word\nwith a call[^no-such-note].", 1),
    ("unused-note", "A word.\n\n[^never-called]: A note.", 2),
    (
        "duplicate-note",
        "A word[^said-twice].\n\n[^said-twice]: A note.\n\n[^said-twice]: Another.",
        4,
    ),
    ("heading-skip", "## Planted\n\n#### Too deep", 2),
    ("html-dropped", "A word\n\n<marquee>runs</marquee>", 2),
    ("script-dropped", "A word\n\n<script>run()</script>", 2),
];

/// Faults of what only recto's own Markdown has.
const OWN_FAULTS: &[Fault] = &[
    (
        "duplicate-id",
        "[One]{#planted-twice}.\n\n[Two]{#planted-twice}.",
        2,
    ),
    ("unknown-variable", "A word\nand {{no-such-variable}}.", 1),
    ("missing-include", "{{include no-such-file.md}}", 0),
    ("stray-container-end", "A word.\n\n:::", 2),
    ("unclosed-container", "::: note\nA word.", 0),
];

/// The program that is asked.
fn program(folder: &Path, arguments: &[&str]) -> Command {
    match std::env::var_os("RECTO") {
        Some(path) => {
            let mut command = Command::new(path);
            command.args(arguments).current_dir(folder);
            command
        }
        None => recto(folder, arguments),
    }
}

/// A finding: path, line, code.
type Found = (String, usize, String);

fn findings(folder: &Path) -> Vec<Found> {
    let arguments = ["check", ".", "--to", "epub", "--format", "concise", "-v"];
    let output = program(folder, &arguments)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.lines().filter_map(finding).collect()
}

/// `a/b.md:3:1: warning[code]: …`
fn finding(line: &str) -> Option<Found> {
    let (place, rest) = line.split_once(": ")?;
    let code = rest.split_once('[')?.1.split_once(']')?.0;
    let mut parts = place.rsplitn(3, ':');
    let (_, line, path) = (parts.next()?, parts.next()?, parts.next()?);
    Some((path.to_owned(), line.parse().ok()?, code.to_owned()))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a fresh folder can be written");
    for entry in std::fs::read_dir(from)
        .expect("the book is there")
        .flatten()
    {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true => copy(&path, &to),
            false => {
                std::fs::copy(&path, &to).expect("the book can be read");
            }
        }
    }
}

/// The chapters that a book's list names, or all where it has none.
fn chapters(book: &Path) -> Vec<PathBuf> {
    let list = ["book.yaml", "src/SUMMARY.md"]
        .iter()
        .find_map(|name| std::fs::read_to_string(book.join(name)).ok());
    let named = list.filter(|list| list.contains(".md"));
    let mut out = Vec::new();
    for folder in [book.to_owned(), book.join("src")] {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let is_chapter = name.ends_with(".md") && !matches!(&*name, "SUMMARY.md" | "README.md");
            if is_chapter && named.as_ref().is_none_or(|list| list.contains(&name)) {
                out.push(path);
            }
        }
    }
    out.sort();
    assert!(!out.is_empty(), "{} has no chapters", book.display());
    out
}

/// Plants every fault, prints the table, and gives what was missed and what the untouched book raises.
fn plant(book: &Path) -> (Vec<&'static str>, BTreeSet<String>) {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let folder = scratch.path().join("book");
    copy(book, &folder);
    let before = findings(&folder);
    let mdbook = folder.join("book.toml").exists();
    let faults: Vec<Fault> = match mdbook {
        true => FAULTS.to_vec(),
        false => FAULTS.iter().chain(OWN_FAULTS).copied().collect(),
    };
    let chapters = chapters(&folder);
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscripts/report/images/lines.png");
    let mut wanted: Vec<(&'static str, String, usize)> = Vec::new();
    for (index, (code, text, line)) in faults.into_iter().enumerate() {
        let path = &chapters[index % chapters.len()];
        let old = std::fs::read_to_string(path).expect("a chapter is UTF-8");
        let new = format!("{}\n\n{text}\n", old.trim_end());
        std::fs::write(path, new).expect("the copy can be written");
        std::fs::copy(&picture, path.with_file_name("IMG_1234.png"))
            .expect("the copy can be written");
        wanted.push((
            code,
            shown(&folder, path),
            old.trim_end().lines().count() + 2 + line,
        ));
    }
    let has_list = ["book.yaml", "book.toml"].iter().any(|name| {
        let text = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        *name == "book.toml" && !text.is_empty() || text.contains("chapters:")
    });
    let stray = has_list.then(|| chapters[0].with_file_name("planted-stray.md"));
    if let Some(stray) = &stray {
        std::fs::write(stray, "# Forgotten\n").expect("the copy can be written");
        wanted.push(("unused-file", shown(&folder, stray), 1));
    }
    let mut after = findings(&folder);
    // Of some editions nobody knows what the others include: the files are looked for in a run of all.
    if stray.is_some() {
        let output = program(&folder, &["check", ".", "--format", "concise", "-v"]).output();
        let output = output.expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        after.extend(
            said.lines()
                .filter_map(finding)
                .filter(|(_, _, code)| code == "unused-file"),
        );
    }
    let mut missed = Vec::new();
    println!(
        "\n{}\n{:<22} planted at{:<30} found  raised untouched",
        book.display(),
        "code",
        ""
    );
    for (code, path, line) in wanted {
        let found = after.contains(&(path.clone(), line, code.to_owned()));
        let untouched = before.iter().filter(|(_, _, other)| other == code).count();
        let mark = if found { "yes" } else { "NO" };
        println!(
            "{code:<22} {:<40} {mark:<6} {untouched}",
            format!("{path}:{line}")
        );
        if !found {
            missed.push(code);
        }
    }
    let raised = before
        .into_iter()
        .map(|(path, line, code)| format!("{path}:{line}: {code}"));
    (missed, raised.collect())
}

/// A path as findings name it.
fn shown(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    path.to_string_lossy().into_owned()
}

#[test]
fn what_is_planted_is_found_and_nothing_else() {
    if let Some(book) = std::env::var_os("PLANT") {
        let (missed, raised) = plant(Path::new(&book));
        raised.iter().for_each(|line| println!("untouched: {line}"));
        assert!(missed.is_empty(), "not found: {missed:?}");
        return;
    }
    for name in ["novella", "manual"] {
        let book = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("manuscripts")
            .join(name);
        let (missed, raised) = plant(&book);
        assert!(missed.is_empty(), "{name}: not found: {missed:?}");
        assert!(raised.is_empty(), "{name}: {raised:?}");
    }
}
