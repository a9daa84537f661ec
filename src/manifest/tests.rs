//! Whole books, loaded from memory.

use super::*;
use crate::diag::Sink;
use crate::model::Matter;
use crate::source::{MemoryWorld, Sources};

fn world(files: &[(&str, &str)]) -> MemoryWorld {
    files
        .iter()
        .fold(MemoryWorld::new(0), |world, (path, text)| {
            world.with(path, *text)
        })
}

/// Loads a book; what was found, as `path:line:column code: message (hints)`.
fn load_with(
    files: &[(&str, &str)],
    file: Option<&str>,
    settings: &[(&str, &str)],
) -> (Option<Project>, Vec<String>) {
    let (sources, sink) = (Sources::new(), Sink::new());
    let entry = Entry {
        file: file.map(str::to_owned),
        name: file.unwrap_or("salt-road").to_owned(),
    };
    let settings: Vec<(String, String)> = settings
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    let project = load(&world(files), &sources, &entry, &settings, &sink);
    let found = sink.finish(&sources).into_iter().map(|d| {
        let place = d.at.and_then(|at| sources.place(at));
        let place = place.map(|p| format!("{}:{}:{} ", p.path, p.line, p.column));
        let hints: String = d.hints.iter().map(|hint| format!(" ({hint})")).collect();
        format!(
            "{}{}: {}{hints}",
            place.unwrap_or_default(),
            d.code.name(),
            d.message
        )
    });
    (project, found.collect())
}

fn faults(yaml: &str) -> Vec<String> {
    load_with(
        &[
            ("book.yaml", yaml),
            ("one.md", "# One\n"),
            ("two.md", "# Two\n"),
        ],
        None,
        &[],
    )
    .1
}

fn files(spine: &[SpineItem]) -> Vec<String> {
    let shown = spine.iter().map(|item| match &item.kind {
        SpineKind::File { path, .. } => format!("{:?} {path}", item.matter),
        SpineKind::Part { title } => format!("part {title}"),
        SpineKind::Draft { title } => format!("draft {title}"),
        SpineKind::EndPart => String::from("end"),
    });
    shown.collect()
}

const WHOLE: &str = "\
title: The Salt Road
subtitle: A Novel
authors:
  - Ada Lind
  - {name: Jo Berg, role: translator, sort: \"Berg, Jo\"}
language: en-GB
direction: ltr
date: 2026-11-01
publisher: Lind & Berg
rights: © 2026 Ada Lind
description: One paragraph for the shops.
subjects: [Fiction, Travel]
series: {name: Roads, position: 2}
identifiers: {isbn-epub: 978-3-16-148410-0, doi: doi:10.1/x, uuid: urn:uuid:00000000-0000-4000-8000-000000000000}
cover: ./images/cover.jpg
front: [dedication.md]
chapters:
  - one.md
  - part: The Road Out
    chapters: [two.md, three.md]
  - four.md
back: [afterword.md]
generate: [half-title, title-page, copyright, contents]
contents: {depth: 3}
numbering: {chapters: roman, sections: false, figures: per-chapter}
notes: chapter
bibliography: [refs.bib]
citation-style: chicago-author-date
theme: report
style:
  body: {family: EB Garamond, size: 11pt}
system-fonts: true
version: 1.10
variables: {press: Salt, year: 2026}
editions:
  ebook: {format: epub, title: The Salt Road (ebook)}
  screen: {format: pdf, trim: a5, notes: foot}
  print:
    format: pdf
    trim: 6x9in
    margins: {inner: 54pt}
    style: {body: {size: 12pt}}
check: {deny: [missing-alt, warnings], allow: [heading-skip]}
";

const WHOLE_FILES: &[(&str, &str)] = &[
    ("book.yaml", WHOLE),
    ("dedication.md", ""),
    ("one.md", ""),
    ("two.md", ""),
    ("three.md", ""),
    ("four.md", ""),
    ("afterword.md", ""),
    ("refs.bib", ""),
    ("images/cover.jpg", ""),
    ("fonts/own.otf", ""),
];

#[test]
fn every_key_of_a_whole_book_is_read() {
    let (project, found) = load_with(WHOLE_FILES, None, &[]);
    assert_eq!(found, [""; 0]);
    let project = project.unwrap();
    let book = &project.book;
    let meta = &book.metadata;
    assert_eq!(
        (meta.title.as_str(), meta.subtitle.as_deref()),
        ("The Salt Road", Some("A Novel"))
    );
    assert_eq!(meta.names("aut").collect::<Vec<_>>(), ["Ada Lind"]);
    assert_eq!(meta.contributors[1].role, "trl");
    assert_eq!(meta.contributors[1].sort.as_deref(), Some("Berg, Jo"));
    assert_eq!(meta.language.tag(), "en-GB");
    assert_eq!(meta.series[0].position.as_deref(), Some("2"));
    assert_eq!(meta.identifiers.doi.as_deref(), Some("10.1/x"));
    assert_eq!(
        meta.identifiers.uuid.as_deref(),
        Some("00000000-0000-4000-8000-000000000000")
    );
    assert_eq!(meta.cover.as_ref().unwrap().value, "images/cover.jpg");
    assert_eq!(
        files(&book.spine),
        [
            "Front dedication.md",
            "Body one.md",
            "part The Road Out",
            "Body two.md",
            "Body three.md",
            "end",
            "Body four.md",
            "Back afterword.md"
        ]
    );
    use Generated::{Contents, Copyright, HalfTitle, TitlePage};
    assert_eq!(book.generate, [HalfTitle, TitlePage, Copyright, Contents]);
    assert_eq!(book.contents_depth, 3);
    assert_eq!(book.numbering.chapters, Numeral::Roman);
    assert!(book.numbering.figures_per_chapter);
    assert_eq!(book.notes, NotePlace::Chapter);
    assert_eq!(book.theme.as_ref().unwrap().value, "report");
    assert_eq!(book.fonts.as_ref().unwrap().value, "fonts");
    assert!(book.system_fonts);
    assert_eq!(book.variables["version"], "1.10");
    assert_eq!(book.variables["year"], "2026");
    assert_eq!(book.variables["author"], "Ada Lind");
    assert_eq!(book.levels[&Code::HeadingSkip], Level::Allow);
    assert_eq!(book.levels[&Code::MissingAlt], Level::Deny);
    assert_eq!(book.levels[&Code::DeadLink], Level::Deny);

    let names: Vec<&str> = project
        .editions
        .iter()
        .map(|e| e.file_name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "the-salt-road-ebook.epub",
            "the-salt-road-screen.pdf",
            "the-salt-road-print.pdf"
        ]
    );
    let [ebook, screen, print] = &project.editions[..] else {
        panic!()
    };
    assert_eq!(ebook.manifest.metadata.title, "The Salt Road (ebook)");
    assert_eq!(screen.manifest.notes, NotePlace::Foot);
    let keys: Vec<&str> = print
        .manifest
        .style
        .iter()
        .map(|f| f.key.name.as_str())
        .collect();
    assert_eq!(keys, ["style", "style", "trim", "margins"]);
    assert_eq!(
        print.manifest.style[1].node.to_string(),
        r#"{"body": {"size": "12pt"}}"#
    );
}

#[test]
fn all_faults_are_found_in_one_run_each_at_its_place() {
    let found = faults(
        "titel: X\nauthors: 3\nlanguage: english please\ndate: 1 May\nnotes: sidewards\nseries: {nam: Roads}\nnumbering:\n  chapters: latin\n  depth: 2\n\
         identifiers:\n  isbn-epub: 978-3-16-148410-1\n  isbn-print: none\ncontents: {depth: 9}\ngenerate: [index, contnets]\n\
         check: {deny: [missing-alts]}\nsystem-fonts: yes\neditions:\n  a: {format: azw3}\n  b: {format: pdf, theem: novel}\n  c: {}\n  print: {format: pdf, profile: kdp, margins: 3, bleed: wide, standard: [ua-1, x-5], marks: crap}\n",
    );
    assert_eq!(
        found,
        [
            "book.yaml:1:1 missing-title: the book has no title (add `title: …`)",
            "book.yaml:1:1 unknown-key: there is no key `titel` (did you mean `title`?)",
            "book.yaml:2:10 wrong-type: `authors` must be a name, or a mapping with `name`, `role` and `sort`, not a number",
            "book.yaml:3:11 invalid-value: `english please` is not a language tag (write a BCP 47 tag such as `en-GB`, `de` or `zh-Hant`)",
            "book.yaml:4:7 invalid-value: `1 May` is not a date (write it as `2026-11-01`, `2026-11` or `2026`)",
            "book.yaml:5:8 invalid-value: `notes` cannot be `sidewards` (allowed: `foot`, `chapter`, `book`)",
            "book.yaml:6:9 invalid-value: the series has no name (add `name: …`)",
            "book.yaml:6:10 unknown-key: `series` has no key `nam` (did you mean `name`?)",
            "book.yaml:8:13 invalid-value: `chapters` cannot be `latin` (allowed: `arabic`, `roman`, `lower-roman`, `alpha`, `words`, `none`, `true`, `false`)",
            "book.yaml:9:3 unknown-key: `numbering` has no key `depth` (known here: `parts`, `chapters`, `sections`, `figures`, `exercises`, `notes`)",
            "book.yaml:11:14 invalid-value: the check digit of the ISBN `978-3-16-148410-1` is wrong (compare it with the number you were given)",
            "book.yaml:12:15 invalid-value: `none` is not an ISBN (an ISBN has 13 digits (or 10), which hyphens may part)",
            "book.yaml:13:19 invalid-value: `depth` cannot be `9` (allowed: a whole number from 1 to 6)",
            "book.yaml:14:19 invalid-value: `generate` cannot be `contnets` (did you mean `contents`?) (allowed: `half-title`, `title-page`, `copyright`, `contents`, `notes`, `bibliography`, `index`, `colophon`)",
            "book.yaml:15:16 invalid-value: there is no diagnostic `missing-alts` (did you mean `missing-alt`?)",
            "book.yaml:16:15 wrong-type: `system-fonts` must be `true` or `false`, not text (write `true`)",
            "book.yaml:18:15 invalid-value: `format` cannot be `azw3` (allowed: `epub`, `pdf`, `cover`, `onix`)",
            "book.yaml:19:20 unknown-key: `b` has no key `theem` (did you mean `theme`?)",
            "book.yaml:20:3 invalid-value: the edition `c` has no format (add `format: epub`, `format: pdf`, `format: cover` or `format: onix`)",
            "book.yaml:21:47 wrong-type: `margins` must be a mapping, not a number",
            "book.yaml:21:57 wrong-type: `bleed` must be `true` or `false`, not text (how far it runs, and over which edges, the profile says)",
            "book.yaml:21:80 invalid-value: `standard` cannot be `x-5` (did you mean `x-4`?) (allowed: `ua-1`, `ua-2`, `a-2a`, `a-2u`, `a-2b`, `a-4`, `x-1a`, `x-4`)",
            "book.yaml:21:93 invalid-value: `marks` cannot be `crap` (did you mean `crop`?) (allowed: `crop`, `bars`, `none`)",
        ]
    );
}

#[test]
fn missing_and_repeated_chapters_are_named() {
    let (project, found) = load_with(
        &[
            (
                "book.yaml",
                "title: X\nchapters: [tow.md, one.md, ./one.md, ../out.md, sub]\nback:\n  - {part: P, chapters: [3.md]}\n",
            ),
            ("one.md", ""),
            ("sub/two.md", ""),
        ],
        None,
        &[],
    );
    assert_eq!(
        files(&project.unwrap().book.spine),
        ["Body one.md", "part P"]
    );
    assert_eq!(
        found,
        [
            "book.yaml:2:12 missing-chapter: there is no file `tow.md` (did you mean `sub/two.md`?)",
            "book.yaml:2:28 duplicate-chapter: `one.md` is listed twice; only the first counts (remove one of them)",
            "book.yaml:2:38 outside-folder: `../out.md` lies outside the book's folder (copy it into the folder, or build with `--allow-outside` if you trust this book)",
            "book.yaml:2:49 missing-chapter: `sub` is a folder, not a file (list the files in it)",
            "book.yaml:4:26 missing-chapter: there is no file `3.md` (mend the name, or add the file)",
        ]
    );
}

#[test]
fn a_folder_of_markdown_is_a_book() {
    let (project, found) = load_with(
        &[
            ("02.md", ""),
            ("01.md", ""),
            ("README.md", ""),
            ("notes.txt", ""),
            (".x.md", ""),
        ],
        None,
        &[],
    );
    assert_eq!(found, [""; 0]);
    let project = project.unwrap();
    assert_eq!(project.book.metadata.title, "Salt road");
    assert_eq!(files(&project.book.spine), ["Body 01.md", "Body 02.md"]);
    let outputs: Vec<_> = project
        .editions
        .iter()
        .map(|e| (e.file_name.as_str(), e.manifest.generate.clone()))
        .collect();
    assert_eq!(
        outputs,
        [
            ("salt-road.epub", vec![Generated::TitlePage]),
            (
                "salt-road.pdf",
                vec![Generated::TitlePage, Generated::Contents]
            )
        ]
    );
    let (project, _) = load_with(&[("README.md", "")], None, &[]);
    assert_eq!(files(&project.unwrap().book.spine), ["Body README.md"]);
    let (project, found) = load_with(&[("x.txt", "")], None, &[]);
    assert!(project.is_none());
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn front_and_back_are_no_chapters() {
    let yaml = "title: X\nfront: [b.md]\nback: c.md\n";
    let (project, found) = load_with(
        &[
            ("book.yaml", yaml),
            ("a.md", ""),
            ("b.md", ""),
            ("c.md", ""),
        ],
        None,
        &[],
    );
    assert_eq!(found, [""; 0]);
    assert_eq!(
        files(&project.unwrap().book.spine),
        ["Front b.md", "Body a.md", "Back c.md"]
    );
}

#[test]
fn one_file_is_a_book() {
    let text =
        "---\ntitle: Essay\nauthor: Ada\nlang: de\nclass: x\ntrim: a5\nchapter: z\n---\n# One\n";
    let (project, found) = load_with(&[("essay.md", text)], Some("essay.md"), &[]);
    assert_eq!(
        found,
        ["essay.md:7:1 unknown-key: there is no key `chapter` (did you mean `chapters`?)"]
    );
    let project = project.unwrap();
    let meta = &project.book.metadata;
    assert_eq!(
        (
            meta.title.as_str(),
            meta.language.tag(),
            meta.names("aut").next()
        ),
        ("Essay", "de", Some("Ada"))
    );
    assert_eq!(project.book.style[0].key.name, "trim");
    assert_eq!(project.book.generate, [Generated::TitlePage]);
    let (project, found) = load_with(&[("essay.md", "# On *Salt*\n")], Some("essay.md"), &[]);
    assert_eq!(found, [""; 0]);
    let project = project.unwrap();
    assert_eq!(project.book.metadata.title, "On Salt");
    assert_eq!(project.editions[1].file_name, "on-salt.pdf");
    assert_eq!(project.book.generate, []);
    let (project, _) = load_with(&[("salt.md", "# One\n\n# Two\n")], Some("salt.md"), &[]);
    let book = project.unwrap().book;
    assert_eq!(book.metadata.title, "Salt");
    assert_eq!(book.generate, [Generated::TitlePage, Generated::Contents]);
}

#[test]
fn settings_lie_over_everything_and_their_faults_have_a_place() {
    let yaml = "title: X\neditions:\n  a: {format: pdf, title: Y}\n";
    let files = [("book.yaml", yaml), ("one.md", "")];
    let (project, found) = load_with(
        &files,
        None,
        &[
            ("title", "Z"),
            ("style.body.size", "12pt"),
            ("notes", "here"),
            ("editions.a.notes", "book"),
        ],
    );
    assert_eq!(
        found,
        ["--set:1:7 invalid-value: `notes` cannot be `here` (allowed: `foot`, `chapter`, `book`)"]
    );
    let project = project.unwrap();
    assert_eq!(project.editions[0].manifest.metadata.title, "Z");
    assert_eq!(
        project.editions[0].manifest.style[0].node.to_string(),
        r#"{"body": {"size": "12pt"}}"#
    );
    let (_, found) = load_with(&files, None, &[("titel", "[x")]);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("--set:1:"), "{found:?}");
    let (project, _) = load_with(&[("one.md", "")], None, &[("editions.pdf.trim", "a5")]);
    assert_eq!(
        project.unwrap().editions[1].manifest.style[0].key.name,
        "trim"
    );
}

#[test]
fn an_mdbook_is_a_book() {
    let toml = "[book]\ntitle = \"Nomicon\"\nauthors = [\"A\", \"B\"]\nlanguage = \"en\"\nauthor = 1\ntext-direction = \"rtl\"\n[output.html]\nsmart-punctuation = false\n[output.recto]\ntrim = \"a5\"\nedition = 3\n";
    let (project, found) = load_with(
        &[
            ("book.toml", toml),
            ("src/SUMMARY.md", "# Summary\n[I](i.md)\n- [A](a.md)\n"),
            ("src/i.md", ""),
            ("src/a.md", ""),
        ],
        None,
        &[],
    );
    assert_eq!(
        found,
        [
            "book.toml:5:1 unknown-key: `book` has no key `author` (did you mean `authors`?) (keys for recto stand under `[output.recto]`)",
            "book.toml:11:1 unknown-key: there is no key `edition` (did you mean `editions`?)",
        ]
    );
    let book = project.unwrap().book;
    assert_eq!(files(&book.spine), ["Front src/i.md", "Body src/a.md"]);
    assert!(book.dialect.mdbook && !book.dialect.smart && book.metadata.rtl);
    assert_eq!(book.theme.unwrap().value, "manual");
    assert_eq!(book.style[0].node.to_string(), "\"a5\"");
    assert_eq!(book.spine[0].matter, Matter::Front);
    let (_, found) = load_with(&[("book.toml", "[book\ntitle = 'x\n")], None, &[]);
    assert!(found[0].starts_with("book.toml:1:6 bad-yaml"), "{found:?}");
}

#[test]
fn bad_texts_do_no_harm() {
    for yaml in [
        "",
        "- a\n",
        "title: [x",
        "a: &a [*a]\n",
        "title: {}\nauthors: [[[]]]\nchapters: {a: b}\neditions: [x]\n",
        "chapters:\n - part: [x]\n   chapters: 3\n - {}\n - [x]\n",
        "editions: {a: 3, b: {editions: {}}, pdf: , PDF!: {format: pdf}}\n",
        "check: 3\nvariables: [x]\nstyle: x\ntrim: [1]\ncontents: x\n",
    ] {
        let found = faults(yaml);
        assert!(!found.is_empty(), "{yaml}");
    }
}
