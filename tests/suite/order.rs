//! Without its style sheet the EPUB reads in order: every text of the manuscript once, notes where they belong.
//!
//! What is expected comes from the dump of the model, what is there from the markup alone, in document order over the spine.
//! What recto adds of its own (numbers, labels, marks of notes) is left out on both sides; that it stands where it belongs,
//! the comparison with the PDF's structure shows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use recto::model::Lang;
use recto::resolve::Words;

use super::support::built::{build, own_books};
use super::support::epub::Epub;
use super::support::run::recto;
use super::support::tools;
use super::support::xml::{Element, Kid};

/// A line of a dump, with those below it that stand further in.
struct Node {
    line: String,
    kids: Vec<Node>,
}

impl Node {
    fn word(&self) -> &str {
        self.line.split(' ').next().unwrap_or_default()
    }

    /// What stands in quotation marks, outside braces, but for the values of some keys.
    fn strings(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut rest = self.line.as_str();
        while let Some(at) = rest.find(['"', '{']) {
            if rest[at..].starts_with('{') {
                break;
            }
            let silent = ["alt=", "name=", "file="]
                .iter()
                .any(|key| rest[..at].ends_with(key));
            let (text, after) = string(&rest[at + 1..]);
            if !silent {
                found.push(text);
            }
            rest = after;
        }
        found
    }
}

/// A string up to its quotation mark, and what follows.
fn string(text: &str) -> (String, &str) {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (out, &text[at + 1..]),
            '\\' => match chars.next().map_or('\\', |(_, c)| c) {
                'u' => {
                    let code: String = chars
                        .by_ref()
                        .map(|(_, c)| c)
                        .skip(1)
                        .take_while(|c| *c != '}')
                        .collect();
                    let code = u32::from_str_radix(&code, 16).ok();
                    out.extend(code.and_then(char::from_u32));
                }
                'n' | 't' | 'r' => out.push(' '),
                c => out.push(c),
            },
            c => out.push(c),
        }
    }
    (out, "")
}

/// The chapters of a dump.
fn tree(dump: &str) -> Vec<Node> {
    let mut open: Vec<Node> = vec![Node {
        line: String::new(),
        kids: Vec::new(),
    }];
    let close = |open: &mut Vec<Node>, depth: usize| {
        while open.len() > depth {
            let node = open.pop().expect("it is longer than that");
            let last = open.last_mut().expect("the root stays");
            last.kids.push(node);
        }
    };
    for line in dump.lines().filter(|line| !line.trim().is_empty()) {
        let depth = (line.len() - line.trim_start().len()) / 2;
        close(&mut open, depth + 1);
        open.push(Node {
            line: line.trim_start().to_owned(),
            kids: Vec::new(),
        });
    }
    close(&mut open, 1);
    open.remove(0).kids
}

/// The words of nodes in reading order, and the notes they call.
#[derive(Default)]
struct Said {
    text: String,
    calls: Vec<usize>,
}

impl Said {
    fn all(&mut self, nodes: &[Node]) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &Node) {
        match node.word() {
            word if word.starts_with('"') => self.text.extend(node.strings()),
            "Only" if node.line.starts_with("Only Pdf") => {}
            // Its tokens are parts of its text.
            "Code" => self.text.extend(node.strings()),
            "Math" | "Ref" | "Cite" => self.text.extend(node.strings().pop()),
            "NoteCall" => {
                let index: Option<usize> = node.line.split(' ').nth(1).and_then(|n| n.parse().ok());
                self.calls.extend(index);
            }
            // HTML has it first.
            "Table" => {
                let (captions, rows): (Vec<_>, Vec<_>) =
                    node.kids.iter().partition(|kid| kid.word() == "Caption");
                captions
                    .into_iter()
                    .chain(rows)
                    .for_each(|kid| self.node(kid));
            }
            "Note" => {}
            _ => self.all(&node.kids),
        }
    }
}

/// Letters and signs alone: how lines are parted, is no matter here.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What recto adds, by classes.
const ADDED: &[&str] = &[
    "chapter-number",
    "part-number",
    "section-number",
    "caption-label",
    "note-call",
    "note-mark",
    "note-return",
    "missing-image",
];

fn has(element: &Element, class: &str) -> bool {
    let classes = element.attr("class").unwrap_or_default();
    classes.split(' ').any(|one| one == class)
}

fn is_note(element: &Element) -> bool {
    element.name == "aside" && (has(element, "footnote") || has(element, "margin-note"))
}

/// The author's words in an element, without notes.
fn read(element: &Element, words: &[&str], out: &mut String) {
    for kid in &element.kids {
        match kid {
            Kid::Text(text) => out.push_str(text),
            Kid::Element(inner) => {
                let box_to_tick = inner.attr("role") == Some("img");
                let title = has(inner, "admonition-title") || inner.name == "summary";
                let made = title && words.contains(&inner.text().as_str());
                let added = made || ADDED.iter().any(|class| has(inner, class));
                if !(is_note(inner) || box_to_tick || added || inner.is("ordinal")) {
                    read(inner, words, out);
                }
            }
        }
    }
}

fn notes<'a>(element: &'a Element, out: &mut Vec<&'a Element>) {
    for inner in element.elements() {
        if is_note(inner) {
            out.push(inner);
        } else {
            notes(inner, out);
        }
    }
}

fn same(place: &str, there: &str, expected: &str) {
    let (there, expected) = (letters(there), letters(expected));
    if there == expected {
        return;
    }
    let common = there
        .chars()
        .zip(expected.chars())
        .take_while(|(a, b)| a == b);
    let from = common.count().saturating_sub(40);
    let part = |text: &str| text.chars().skip(from).take(120).collect::<String>();
    panic!(
        "{place}: there is\n  {}\nfor\n  {}",
        part(&there),
        part(&expected)
    );
}

/// Notes of the text stand at its end, in the order of their first calls; those of a table right below it.
fn in_their_places(place: &str, body: &Element) {
    let calls: Vec<String> = body
        .all("a")
        .into_iter()
        .filter(|a| a.is("noteref"))
        .filter_map(|a| Some(a.attr("href")?.trim_start_matches('#').to_owned()))
        .collect();
    let rank = |note: &Element| {
        let id = note.attr("id").unwrap_or_default();
        calls.iter().position(|call| call == id)
    };
    let section = body.elements().next().expect("a document has a section");
    let groups = section.all("section");
    let ends: Vec<_> = groups
        .iter()
        .filter(|group| has(group, "footnotes"))
        .collect();
    assert!(ends.len() < 2, "{place}: notes in two places");
    if let Some(end) = ends.first() {
        let last = section.elements().last().expect("it has one");
        assert!(has(last, "footnotes"), "{place}: words behind the notes");
        let ranks: Vec<_> = end.elements().map(rank).collect();
        assert!(
            ranks.iter().all(Option::is_some),
            "{place}: a note without a call"
        );
        assert!(
            ranks.is_sorted(),
            "{place}: notes in another order than their calls: {ranks:?}"
        );
    }
    below_tables(place, body);
}

fn below_tables(place: &str, element: &Element) {
    let mut before = "";
    for inner in element.elements() {
        assert!(
            !has(inner, "table-notes") || before == "table",
            "{place}: a table's notes below a {before}"
        );
        before = &inner.name;
        below_tables(place, inner);
    }
}

fn reads(book: &Path) {
    let name = book.file_name().unwrap_or_default().to_string_lossy();
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let settings = ["--set", "generate=[]", "--set", "answers=here"];
    let made = build(book, folder.path(), &settings);
    let epub = Epub::open(&std::fs::read(made.epub).expect("an output can be read"));
    let dump = recto(Path::new(env!("CARGO_MANIFEST_DIR")), &["dump", "model"])
        .arg(book)
        .args(settings)
        .output()
        .expect("the program was built for this test");
    let chapters = tree(&String::from_utf8_lossy(&dump.stdout));
    let mut spine = epub.spine();
    spine.retain(|(_, document)| !document.all("section").iter().any(|s| s.is("cover")));
    assert_eq!(
        spine.len(),
        chapters.len(),
        "{name}: documents for chapters"
    );
    for ((path, document), chapter) in spine.iter().zip(&chapters) {
        let place = format!("{name}: {path}");
        let mut expected = Said::default();
        let titled = chapter.kids.iter().any(|kid| kid.word() == "Heading");
        if !titled {
            expected.text.extend(chapter.strings());
        }
        expected.all(&chapter.kids);
        let lang = document
            .attr("lang")
            .and_then(Lang::new)
            .unwrap_or_default();
        let own = Words::of(&lang);
        let words = [
            own.note,
            own.tip,
            own.important,
            own.warning,
            own.caution,
            own.exercise,
            own.answer,
            own.description,
        ];
        let body = document.all("body")[0];
        let mut there = String::new();
        read(body, &words, &mut there);
        same(&place, &there, &expected.text);
        in_their_places(&place, body);

        // Each note that is called, also by another, once.
        let bodies: Vec<&Node> = chapter.kids.iter().filter(|k| k.word() == "Note").collect();
        let mut called = BTreeSet::new();
        let mut texts: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(index) = expected.calls.pop() {
            if called.insert(index) {
                let mut note = Said::default();
                note.all(&bodies[index].kids);
                *texts.entry(letters(&note.text)).or_default() += 1;
                expected.calls.extend(note.calls);
            }
        }
        let mut found = Vec::new();
        notes(body, &mut found);
        for note in found {
            let mut text = String::new();
            read(note, &words, &mut text);
            let left = texts.get_mut(&letters(&text)).filter(|left| **left > 0);
            *left.unwrap_or_else(|| panic!("{place}: a note too many: {text}")) -= 1;
        }
        texts.retain(|_, left| *left > 0);
        assert!(texts.is_empty(), "{place}: notes are missing: {texts:?}");
    }
}

#[test]
fn own_books_read_in_order() {
    for book in own_books() {
        reads(&book);
    }
}

#[test]
fn other_books_read_in_order() {
    for name in ["nomicon", "multilingual"] {
        if let Some(book) = tools::corpus(&format!("order: {name}"), name) {
            reads(&book);
        }
    }
}
