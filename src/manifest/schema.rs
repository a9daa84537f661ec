//! The keys of a book: what each may say.
//!
//! In: the book's tree, with an edition's keys and the command line's laid over it. Out: a [`Manifest`]. Every fault is
//! reported; the default stands in for what cannot be used.

use std::collections::BTreeMap;
use std::path::Path;

use super::chapters::{self, SpineReader};
use super::{
    ExerciseNumbers, Generated, Manifest, NoteNumbers, NotePlace, Numbering, SpineItem, levels,
    metadata, values,
};
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{AnswerPlace, Dialect, Matter, Numeral};
use crate::profile::Purpose;
use crate::source::{Spanned, World};
use crate::yaml::{self, Node, Value};

/// The keys of a book, in the order in which a person would write them.
pub(super) const BOOK_KEYS: &[&str] = &[
    "title",
    "subtitle",
    "title-sort",
    "title-scripts",
    "short-title",
    "edition-statement",
    "authors",
    "language",
    "direction",
    "date",
    "publisher",
    "rights",
    "description",
    "subjects",
    "series",
    "identifiers",
    "accessibility",
    "cover",
    "front",
    "chapters",
    "back",
    "generate",
    "contents",
    "numbering",
    "notes",
    "answers",
    "bibliography",
    "citation-style",
    "hyphenation",
    "theme",
    "style",
    "fonts",
    "system-fonts",
    "obfuscate-fonts",
    "shops",
    "images",
    "editions",
    "file-name",
    "version",
    "variables",
    "check",
    "markdown",
    "trim",
    "margins",
    "page",
    "profile",
    "paper",
    "bleed",
    "standard",
    "marks",
    "icc",
    "page-list",
    "proof",
];

/// Other names of keys, as other tools have them.
pub(super) const ALIASES: &[(&str, &str)] = &[
    ("author", "authors"),
    ("lang", "language"),
    ("languages", "language"),
    ("keywords", "subjects"),
];

/// Keys that the theme reads.
pub(super) const THEME_KEYS: &[&str] = &["style", "trim", "margins", "page"];

/// What the loader knows of a book beside its keys.
pub(super) struct Setup<'a> {
    /// The book's folder.
    pub world: &'a dyn World,
    /// Where faults go.
    pub sink: &'a Sink,
    /// The title of a book without one.
    pub title: String,
    /// How many chapters one file has, where it is the book.
    pub chapters: usize,
    /// The spine, where a file other than the tree gives it (one `.md`, `SUMMARY.md`).
    pub spine: Option<Vec<SpineItem>>,
    /// The Markdown's dialect, unless the book says otherwise.
    pub dialect: Dialect,
    /// The theme, unless the book names one.
    pub theme: Option<&'static str>,
    /// What is numbered, unless the book says so.
    pub numbering: Numbering,
}

const NUMERALS: &[(&str, Numeral)] = &[
    ("arabic", Numeral::Arabic),
    ("roman", Numeral::Roman),
    ("lower-roman", Numeral::LowerRoman),
    ("alpha", Numeral::Alpha),
    ("words", Numeral::Words),
    ("none", Numeral::None),
    ("true", Numeral::Arabic),
    ("false", Numeral::None),
];

const GENERATED: &[(&str, Generated)] = &[
    ("half-title", Generated::HalfTitle),
    ("title-page", Generated::TitlePage),
    ("copyright", Generated::Copyright),
    ("contents", Generated::Contents),
    ("notes", Generated::Notes),
    ("bibliography", Generated::Bibliography),
    ("index", Generated::Index),
    ("colophon", Generated::Colophon),
];

/// How far down sections are numbered by `sections: true`.
const SECTIONS_TO: u8 = 3;

/// How deep the printed contents go unless the book says so: chapters and their sections.
const CONTENTS_DEPTH: u8 = 2;

/// Reads a book's keys. Unknown keys were reported before, where it is known which are right.
pub(super) fn manifest(tree: &Node, setup: &Setup<'_>) -> Manifest {
    let sink = setup.sink;
    let metadata = metadata::read(tree, &setup.title, sink);
    let spine = spine(tree, setup);
    let get = |key: &str| tree.get(key);
    let fonts = get("fonts")
        .and_then(|node| values::spanned(node, "fonts", sink))
        .or_else(|| {
            let there = setup
                .world
                .list(Path::new("fonts"))
                .is_ok_and(|names| !names.is_empty());
            there.then(|| Spanned {
                value: String::from("fonts"),
                at: None,
            })
        });
    let theme = get("theme")
        .and_then(|node| values::spanned(node, "theme", sink))
        .or_else(|| {
            let value = setup.theme?.to_owned();
            Some(Spanned { value, at: None })
        });
    let notes = get("notes")
        .and_then(|node| note_place(node, sink))
        .unwrap_or_default();
    Manifest {
        generate: get("generate")
            .map(|node| generated(node, sink))
            .unwrap_or_default(),
        contents_depth: contents_depth(get("contents"), sink),
        numbering: numbering(get("numbering"), &setup.numbering, notes, sink),
        notes,
        answers: get("answers")
            .and_then(|node| values::word(node, "answers", ANSWERS, sink))
            .unwrap_or_default(),
        bibliography: get("bibliography")
            .map(|node| files(node, "bibliography", setup))
            .unwrap_or_default(),
        citation_style: get("citation-style")
            .and_then(|node| values::text(node, "citation-style", sink)),
        hyphenation: get("hyphenation")
            .map(|node| super::hyphenation::read(node, sink))
            .unwrap_or_default(),
        theme,
        style: Vec::new(),
        fonts,
        system_fonts: get("system-fonts")
            .and_then(|node| values::flag(node, "system-fonts", sink))
            .unwrap_or(false),
        obfuscate_fonts: get("obfuscate-fonts")
            .and_then(|node| values::flag(node, "obfuscate-fonts", sink)),
        variables: variables(tree, &metadata, sink),
        levels: get("check")
            .map(|node| levels::read(node, sink))
            .unwrap_or_default(),
        dialect: dialect(get("markdown"), setup.dialect, sink),
        purpose: Purpose::read(tree, sink),
        accessibility: super::accessibility::read(tree, sink),
        shops: get("shops")
            .map(|node| super::shops::shops(node, sink))
            .unwrap_or_default(),
        images: get("images").and_then(|node| super::shops::images(node, sink)),
        page_list: get("page-list")
            .map(|node| super::pagination::read(node, sink))
            .unwrap_or_default(),
        proof: get("proof")
            .and_then(|node| values::flag(node, "proof", sink))
            .unwrap_or(false),
        wrap: None,
        record: None,
        spine,
        metadata,
    }
}

fn spine(tree: &Node, setup: &Setup<'_>) -> Vec<SpineItem> {
    if let Some(spine) = &setup.spine {
        return spine.clone();
    }
    let mut reader = SpineReader::new(setup.world, setup.sink);
    let (front, back) = (tree.get("front"), tree.get("back"));
    if let Some(front) = front {
        reader.list(front, "front", Matter::Front);
    }
    match tree.get("chapters").filter(|node| !node.is_null()) {
        Some(chapters) => reader.list(chapters, "chapters", Matter::Body),
        None => {
            let besides = [chapters::named(front), chapters::named(back)].concat();
            reader.whole_folder(&besides);
        }
    }
    if let Some(back) = back {
        reader.list(back, "back", Matter::Back);
    }
    reader.finish()
}

fn generated(node: &Node, sink: &Sink) -> Vec<Generated> {
    let items = match &node.value {
        Value::Null | Value::Bool(false) => return Vec::new(),
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut out = Vec::new();
    for item in items {
        let made = values::word(item, "generate", GENERATED, sink);
        out.extend(made.filter(|made| !out.contains(made)));
    }
    out
}

fn contents_depth(node: Option<&Node>, sink: &Sink) -> u8 {
    let depth = node.and_then(|node| match &node.value {
        Value::Number(..) => values::whole(node, "contents", 1, 6, sink),
        _ => {
            values::mapping(node, "contents", &["depth"], sink);
            node.get("depth")
                .and_then(|node| values::whole(node, "depth", 1, 6, sink))
        }
    });
    depth.unwrap_or(CONTENTS_DEPTH)
}

fn numbering(node: Option<&Node>, default: &Numbering, place: NotePlace, sink: &Sink) -> Numbering {
    let mut numbering = default.clone();
    let Some(node) = node else { return numbering };
    match node.value {
        Value::Null => return numbering,
        Value::Bool(false) => return Numbering::default(),
        Value::Bool(true) => {
            numbering.chapters = Numeral::Arabic;
            numbering.sections_to = SECTIONS_TO;
            return numbering;
        }
        _ => {}
    }
    values::mapping(
        node,
        "numbering",
        &[
            "parts",
            "chapters",
            "sections",
            "figures",
            "exercises",
            "notes",
        ],
        sink,
    );
    let numeral = |key: &str| {
        node.get(key)
            .and_then(|node| values::word(node, key, NUMERALS, sink))
    };
    if let Some(numeral) = numeral("parts") {
        numbering.parts = numeral;
    }
    if let Some(numeral) = numeral("chapters") {
        numbering.chapters = numeral;
    }
    if let Some(node) = node.get("sections") {
        let to = match node.value {
            Value::Bool(true) => Some(SECTIONS_TO),
            Value::Bool(false) => Some(1),
            Value::Number(..) => values::whole(node, "sections", 1, 6, sink),
            Value::Null => None,
            _ => {
                sink.push(yaml::wrong_type(
                    node,
                    "sections",
                    "`true`, `false` or a heading level from 2 to 6",
                ));
                None
            }
        };
        numbering.sections_to = to.unwrap_or(numbering.sections_to);
    }
    if let Some(node) = node.get("figures") {
        let words = [("per-chapter", true), ("per-book", false), ("true", false)];
        numbering.figures_per_chapter =
            values::word(node, "figures", &words, sink).unwrap_or(numbering.figures_per_chapter);
    }
    if let Some(node) = node.get("exercises") {
        let words = [
            ("per-chapter", ExerciseNumbers::Chapter),
            ("per-book", ExerciseNumbers::Book),
            ("none", ExerciseNumbers::None),
            ("false", ExerciseNumbers::None),
        ];
        numbering.exercises =
            values::word(node, "exercises", &words, sink).unwrap_or(numbering.exercises);
    }
    if let Some(node) = node.get("notes") {
        let words = [
            ("chapter", NoteNumbers::Chapter),
            ("book", NoteNumbers::Book),
            ("page", NoteNumbers::Page),
            ("symbols", NoteNumbers::Symbols),
        ];
        let found = values::word(node, "notes", &words, sink).unwrap_or(numbering.notes);
        let by_page = matches!(found, NoteNumbers::Page | NoteNumbers::Symbols);
        if by_page && place != NotePlace::Foot {
            sink.push(values::invalid(
                node.at,
                "notes at the end of a chapter or of the book have no page to be numbered by",
                "write `chapter` or `book` here, or `notes: foot`",
            ));
        } else {
            numbering.notes = found;
        }
    }
    numbering
}

/// Where answers may stand.
const ANSWERS: &[(&str, AnswerPlace)] = &[
    ("here", AnswerPlace::Here),
    ("chapter", AnswerPlace::Chapter),
    ("book", AnswerPlace::Book),
];

fn note_place(node: &Node, sink: &Sink) -> Option<NotePlace> {
    let words = [
        ("foot", NotePlace::Foot),
        ("chapter", NotePlace::Chapter),
        ("book", NotePlace::Book),
    ];
    values::word(node, "notes", &words, sink)
}

/// Names of files that must be there.
fn files(node: &Node, name: &str, setup: &Setup<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for file in values::texts(node, name, setup.sink) {
        let path = chapters::clean(&file.value);
        if setup.world.exists(Path::new(&path)) {
            out.push(path);
        } else {
            let found = Diagnostic::new(
                Code::UnreadableFile,
                file.at,
                format!("there is no file `{path}`"),
            );
            setup
                .sink
                .push(found.hint(format!("mend the name under `{name}`, or add the file")));
        }
    }
    out
}

fn variables(tree: &Node, metadata: &super::Metadata, sink: &Sink) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let authors: Vec<&str> = metadata.names("aut").collect();
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.insert(name.to_owned(), value.to_owned());
        }
    };
    put("title", Some(&metadata.title));
    put("subtitle", metadata.subtitle.as_deref());
    put("date", metadata.date.as_deref());
    put("publisher", metadata.publisher.as_deref());
    put("rights", metadata.rights.as_deref());
    put("language", Some(metadata.language.tag()));
    put(
        "author",
        (!authors.is_empty()).then(|| authors.join(", ")).as_deref(),
    );
    if let Some(version) = tree.get("version") {
        put("version", values::text(version, "version", sink).as_deref());
    }
    if let Some(node) = tree.get("variables") {
        match &node.value {
            Value::Null => {}
            Value::Map(entries) => {
                for (key, value) in entries {
                    let text = match value.bool() {
                        Some(flag) => Some(flag.to_string()),
                        None => values::text(value, &key.name, sink),
                    };
                    put(&key.name, text.as_deref());
                }
            }
            _ => sink.push(yaml::wrong_type(
                node,
                "variables",
                "a mapping of names to texts",
            )),
        }
    }
    out
}

fn dialect(node: Option<&Node>, default: Dialect, sink: &Sink) -> Dialect {
    let mut dialect = default;
    if let Some(node) = node {
        values::mapping(node, "markdown", &["extensions", "smart"], sink);
        let flag = |key: &str| node.get(key).and_then(|node| values::flag(node, key, sink));
        dialect.extensions = flag("extensions").unwrap_or(dialect.extensions);
        dialect.smart = flag("smart").unwrap_or(dialect.smart);
    }
    dialect
}
