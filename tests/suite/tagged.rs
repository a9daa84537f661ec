//! What a finished PDF's structure tree holds, read by another library: for a screen and for an archive.

use std::collections::BTreeMap;
use std::path::Path;

use lopdf::{Dictionary, Document, Object, ObjectId};
use recto::pdf;
use recto::profile::{Profile, Standard};

use super::pdf::everything;
use super::support::run::recto;
use super::support::tools;

/// A file and its tree.
struct Tree {
    document: Document,
    /// In reading order: how deep, and what it is.
    elements: Vec<(usize, Dictionary)>,
}

impl Tree {
    fn of(bytes: &[u8]) -> Tree {
        let document = Document::load_mem(bytes).expect("what was just written can be read");
        let catalog = document.catalog().expect("a PDF has a catalogue");
        let root = catalog.get_deref(b"StructTreeRoot", &document);
        let root = root.and_then(Object::as_dict).expect("it is tagged");
        let mut elements = Vec::new();
        collect(&document, root.get(b"K").ok(), 0, &mut elements);
        Tree { document, elements }
    }

    /// The elements of a name.
    fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Dictionary> {
        let all = self.elements.iter().map(|(_, element)| element);
        all.filter(move |element| text_of(element, b"S") == name)
    }

    /// The names, in reading order.
    fn names(&self) -> Vec<String> {
        let all = self.elements.iter();
        all.map(|(_, element)| text_of(element, b"S")).collect()
    }

    /// On how many pages an element's own text and that of what it holds stands.
    fn pages(&self, element: &Dictionary) -> usize {
        let mut pages = Vec::new();
        pages_of(&self.document, element, &mut pages);
        pages.sort_unstable();
        pages.dedup();
        pages.len()
    }
}

fn collect(
    document: &Document,
    kid: Option<&Object>,
    depth: usize,
    elements: &mut Vec<(usize, Dictionary)>,
) {
    let Some(kid) = kid.map(|kid| document.dereference(kid).map_or(kid, |(_, kid)| kid)) else {
        return;
    };
    match kid {
        Object::Array(kids) => kids
            .iter()
            .for_each(|kid| collect(document, Some(kid), depth, elements)),
        Object::Dictionary(element) if element.has(b"S") => {
            elements.push((depth, element.clone()));
            collect(document, element.get(b"K").ok(), depth + 1, elements);
        }
        _ => {}
    }
}

fn pages_of(document: &Document, element: &Dictionary, pages: &mut Vec<ObjectId>) {
    let own = |dict: &Dictionary| dict.get(b"Pg").and_then(Object::as_reference).ok();
    let kids = element.get(b"K").and_then(Object::as_array);
    for kid in kids.into_iter().flatten() {
        let kid = document.dereference(kid).map_or(kid, |(_, kid)| kid);
        match kid {
            Object::Integer(_) => pages.extend(own(element)),
            Object::Dictionary(kid) if kid.has(b"S") => pages_of(document, kid, pages),
            Object::Dictionary(kid) => pages.extend(own(kid)),
            _ => {}
        }
    }
}

/// A name or a string of a dictionary.
fn text_of(dict: &Dictionary, key: &[u8]) -> String {
    match dict.get(key) {
        Ok(Object::Name(name)) => String::from_utf8_lossy(name).into_owned(),
        Ok(text @ Object::String(..)) => lopdf::decode_text_string(text).unwrap_or_default(),
        _ => String::new(),
    }
}

const DOT: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>"#;

/// A book of one file, built by the real program: the PDF, and what was said.
fn build(text: &str, settings: &[&str]) -> (Vec<u8>, String) {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    std::fs::write(folder.path().join("one.md"), text).expect("a fresh folder can be written");
    std::fs::write(folder.path().join("dot.svg"), DOT).expect("a fresh folder can be written");
    let mut command = recto(
        folder.path(),
        &["build", "one.md", "--to", "pdf", "--set", "file-name=one"],
    );
    for setting in settings {
        command.args(["--set", setting]);
    }
    let output = command.output().expect("the program was built for this");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let made = std::fs::read(folder.path().join("one.pdf"));
    (made.unwrap_or_else(|_| panic!("no PDF:\n{said}")), said)
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes
        .windows(words.len())
        .any(|here| here == words.as_bytes())
}

#[test]
fn a_picture_without_words_takes_the_claim_away() {
    let (bytes, said) = build("# Dots\n\nOne: ![a dot](dot.svg)\n", &[]);
    assert!(holds(&bytes, "<pdfuaid:part>1<") && holds(&bytes, "<pdfaid:part>2<"));
    assert!(!said.contains("warning"), "{said}");
    for picture in ["![](dot.svg)", "One: ![ ](dot.svg)"] {
        let (bytes, said) = build(&format!("# Dots\n\n{picture}\n"), &[]);
        assert!(!holds(&bytes, "<pdfuaid:part"), "{picture}");
        assert!(holds(&bytes, "<pdfaid:part>2<"), "{picture}");
        assert!(said.contains("one.md:3:"), "{picture}: {said}");
        assert!(said.contains("missing-alt"), "{picture}: {said}");
    }
    let (bytes, said) = build("# Dots\n\n![](dot.svg){decorative}\n", &[]);
    assert!(holds(&bytes, "<pdfuaid:part>1<") && !said.contains("missing-alt"));
    assert!(!Tree::of(&bytes).names().contains(&"Figure".to_owned()));
}

#[test]
fn what_runs_over_pages_is_one_element() {
    let sentence = "Salt is dug out of the hills and carried over the pass. ".repeat(40);
    let items = "- a sack of salt\n".repeat(60);
    let rows = "| salt | tin |\n".repeat(60);
    let code = "let salt = 1;\n".repeat(60);
    let text = format!(
        "# Salt\n\n{sentence}\n\n{items}\n| What | For |\n|---|---|\n{rows}\n```rust\n{code}```\n\n\
         A call.[^a]\n\n[^a]: {sentence}\n"
    );
    let (bytes, said) = build(&text, &["trim={width: 90mm, height: 120mm}"]);
    let tree = Tree::of(&bytes);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in tree.names() {
        *counts.entry(name).or_default() += 1;
    }
    for (name, count) in [
        ("L", 1),
        ("LI", 60),
        ("LBody", 60),
        ("Table", 1),
        ("THead", 1),
        ("TBody", 1),
        ("TR", 61),
        ("TH", 2),
        ("TD", 120),
        ("Code", 1),
        ("Note", 1),
        // The paragraph, items, cells, code, the call's, the note's.
        ("P", 1 + 60 + 122 + 1 + 1 + 1),
    ] {
        assert_eq!(counts.get(name), Some(&count), "{name}\n{said}");
    }
    for name in ["L", "Table", "Code", "Note"] {
        let element = tree.named(name).next().expect("there is one");
        assert!(tree.pages(element) > 1, "{name} stands on one page");
    }
    let long = tree.named("P").next().expect("there is one");
    assert!(tree.pages(long) > 1, "the paragraph stands on one page");
}

#[test]
fn pdf_2_has_namespaces_and_leads_to_elements() {
    let maker = everything();
    let mut profile = Profile::screen();
    profile.file.standards = vec![Standard::Ua2, Standard::A4];
    let bytes = pdf::write(&maker.list, &profile).expect("the fonts can be embedded");
    assert!(bytes.starts_with(b"%PDF-2.0\n"));
    for said in [
        "<pdfuaid:part>2<",
        "<pdfuaid:rev>2024<",
        "<pdfaid:part>4<",
        "<pdfaid:rev>2020<",
    ] {
        assert!(holds(&bytes, said), "{said}");
    }
    for not_said in ["pdfaid:conformance>", "pdfaExtension:schemas>"] {
        assert!(!holds(&bytes, not_said), "{not_said}");
    }
    let tree = Tree::of(&bytes);
    assert!(!tree.document.trailer.has(b"Info"));
    let modern = |name: &str| {
        let old = ["BlockQuote", "Quote", "Code", "Reference", "TOC", "TOCI"];
        !old.contains(&name)
    };
    for (_, element) in &tree.elements {
        let name = text_of(element, b"S");
        assert_eq!(element.has(b"NS"), modern(&name), "{name}");
        assert_ne!(name, "Note");
    }
    assert!(tree.named("FENote").next().is_some());
    // Links and bookmarks name an element besides the page.
    let led: Vec<&Dictionary> = tree
        .document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"A").ok()?.as_dict().ok())
        .filter(|action| text_of(action, b"S") == "GoTo")
        .collect();
    assert_eq!(led.len(), 3);
    for action in led {
        let place = action.get(b"SD").and_then(Object::as_array);
        let element = place.expect("it leads to an element")[0].as_reference();
        let element = tree
            .document
            .get_dictionary(element.expect("by its object"));
        assert_eq!(text_of(element.expect("which is there"), b"S"), "Sect");
        assert!(action.has(b"D"));
    }
}
#[test]
fn entries_of_contents_and_calls_refer_to_what_they_name() {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    for (name, text) in [
        (
            "book.yaml",
            "title: Salt\ngenerate: [contents]\neditions:\n  pdf: {format: pdf, standard: [ua-2, a-4]}\n",
        ),
        ("a.md", "# Wells\n\nA call.[^a]\n\n[^a]: A note.\n"),
        ("b.md", "# Roads\n\nWords.\n"),
    ] {
        std::fs::write(folder.path().join(name), text).expect("a fresh folder can be written");
    }
    let output = recto(folder.path(), &["build", "-o", "out"]).output();
    let output = output.expect("the program was built for this");
    assert!(output.status.success(), "{output:?}");
    let bytes = std::fs::read(Path::new(folder.path()).join("out/salt.pdf"));
    let tree = Tree::of(&bytes.expect("it was written"));
    let referred = |element: &Dictionary| -> String {
        let refs = element.get(b"Ref").and_then(Object::as_array);
        let first = refs.expect("it refers to something")[0].as_reference();
        let to = tree.document.get_dictionary(first.expect("to an object"));
        text_of(to.expect("that is there"), b"S")
    };
    let entries: Vec<String> = tree.named("TOCI").map(referred).collect();
    assert_eq!(entries, ["Sect", "Sect"]);
    assert_eq!(
        tree.named("Reference").last().map(referred).as_deref(),
        Some("FENote")
    );
    assert_eq!(
        tree.named("FENote").next().map(referred).as_deref(),
        Some("Reference")
    );
}

/// All constructs in each other, as far as they go.
const NESTING: &str = include_str!("support/nesting.md");

#[test]
fn verapdf_finds_nothing_wherever_things_stand_in_each_other() {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    std::fs::write(folder.path().join("all.md"), NESTING).expect("a fresh folder can be written");
    std::fs::write(folder.path().join("dot.svg"), DOT).expect("a fresh folder can be written");
    let pdf = |name: &str, rest: &str| format!("  {name}: {{format: pdf, {rest}}}\n");
    let editions = [
        ("old", "theme: novel"),
        ("old-end", "notes: book, theme: manual"),
        ("new", "standard: [ua-2, a-4]"),
        ("new-end", "standard: [ua-2, a-4], notes: book"),
        (
            "new-chapter",
            "standard: [ua-2, a-4], notes: chapter, theme: report",
        ),
        ("known", "standard: [ua-1, a-2u]"),
        ("shown", "standard: a-2b"),
    ];
    let editions: String = editions
        .iter()
        .map(|(name, rest)| pdf(name, rest))
        .collect();
    let book = format!(
        "title: Nesting\ngenerate: [half-title, title-page, copyright, contents, notes]\n\
         chapters: [{{part: All, chapters: [all.md]}}]\neditions:\n{editions}"
    );
    std::fs::write(folder.path().join("book.yaml"), book).expect("a fresh folder can be written");
    let output = recto(folder.path(), &["build", "-o", "out", "-q"]).output();
    let output = output.expect("the program was built for this");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let file = |name: &str| folder.path().join(format!("out/nesting-{name}.pdf"));
    for (flavours, names) in [
        ("ua1,2a", ["old", "old-end"].as_slice()),
        ("ua2,4", &["new", "new-end", "new-chapter"]),
        ("ua1,2u", &["known"]),
        ("2b", &["shown"]),
    ] {
        let files: Vec<_> = names.iter().map(|name| file(name)).collect();
        let test = "verapdf_finds_nothing_wherever_things_stand_in_each_other";
        if let Some(verdict) = tools::verapdf(test, flavours, &files) {
            assert!(verdict.passed, "{flavours}:\n{}", verdict.said);
        }
    }
}
