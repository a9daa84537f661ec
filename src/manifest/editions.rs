//! The editions of a book, each with its own touches laid over the book's keys.

use std::collections::BTreeSet;

use super::schema::{self, ALIASES, BOOK_KEYS, Setup, THEME_KEYS};
use super::{
    Edition, Format, Generated, Manifest, SpineItem, SpineKind, Wrap, levels, names, record,
    values, wrap,
};
use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::source::Spanned;
use crate::yaml::{self, Fragment, Key, Node, Value};

/// Gives keys that other tools call otherwise their own names, unless the book has both.
pub(super) fn rename_aliases(tree: &mut Node, aliases: &[(&str, &str)]) {
    for (alias, name) in aliases {
        if tree.get(name).is_some() {
            continue;
        }
        let Value::Map(entries) = &mut tree.value else {
            return;
        };
        if let Some((key, _)) = entries.iter_mut().find(|(key, _)| key.name == *alias) {
            key.name = (*name).to_owned();
        }
    }
}

/// A key that none of `known` is; it may be another name of one that is given too.
pub(super) fn unknown_key<'a>(
    key: &Key,
    of: Option<&str>,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    match ALIASES.iter().find(|(alias, _)| *alias == key.name) {
        Some((alias, name)) => {
            let message = format!("`{alias}` is another name of `{name}`, which is given too");
            Diagnostic::new(Code::UnknownKey, key.at, message).hint("keep one of them")
        }
        None => yaml::unknown_key(key, of, known),
    }
}

/// The keys that the theme reads, of each layer, the lowest first.
pub(super) fn fragments(layers: &[&Node], sink: &Sink) -> Vec<Fragment> {
    let mut out = Vec::new();
    for layer in layers {
        for name in THEME_KEYS {
            let Some((key, node)) = layer.entry(name) else {
                continue;
            };
            match (&node.value, *name) {
                (Value::Null, _) => continue,
                (Value::Map(_), _) | (Value::Text(_) | Value::Number(..), "trim") => {}
                (_, "trim") => {
                    sink.push(yaml::wrong_type(
                        node,
                        name,
                        "a size such as `a5`, or a mapping with `width` and `height`",
                    ));
                    continue;
                }
                _ => {
                    sink.push(yaml::wrong_type(node, name, "a mapping"));
                    continue;
                }
            }
            out.push(Fragment {
                key: key.clone(),
                node: node.clone(),
            });
        }
    }
    out
}

/// The pages made where the book does not say which: a title page if the book has a title of its own; and in print, where
/// no reading system shows them, contents if there is more than one chapter.
pub(super) fn pages_made(
    tree: &Node,
    manifest: &Manifest,
    setup: &Setup<'_>,
    format: Format,
) -> Vec<Generated> {
    let is_text = |item: &&SpineItem| !matches!(item.kind, SpineKind::EndPart);
    let files = manifest.spine.iter().filter(is_text).count();
    let many = files.max(setup.chapters) > 1;
    let mut pages = Vec::new();
    if many || tree.get("title").is_some_and(|node| !node.is_null()) {
        pages.push(Generated::TitlePage);
    }
    if many && format == Format::Pdf {
        pages.push(Generated::Contents);
    }
    pages
}

/// All editions, in their order. `base` is the book's tree, `set` the command line's, `tree` the one over the other.
pub(super) fn editions(base: &Node, set: &Node, tree: &Node, setup: &Setup<'_>) -> Vec<Edition> {
    let sink = setup.sink;
    let mut listed = match base.entry("editions") {
        Some((_, node)) if matches!(node.value, Value::Map(_)) && !node.entries().is_empty() => {
            node.clone()
        }
        Some((_, node)) if !node.is_null() && !matches!(node.value, Value::Map(_)) => {
            sink.push(yaml::wrong_type(
                node,
                "editions",
                "a mapping of names to editions, such as `ebook: {format: epub}`",
            ));
            both()
        }
        _ => both(),
    };
    if let Some(node) = set.get("editions") {
        listed.overlay(node);
    }
    let mut set = set.clone();
    remove(&mut set, "editions");
    let mut out: Vec<Edition> = listed
        .entries()
        .iter()
        .filter_map(|(key, node)| edition(key, node, &listed, base, &set, tree, setup))
        .collect();
    name_files(&mut out, tree, sink);
    super::pagination::check(&mut out, sink);
    out
}

/// What is made of a book that lists no editions.
fn both() -> Node {
    let edition = |format: &str| {
        let key = |name: &str| Key {
            name: name.to_owned(),
            at: None,
        };
        let value = Node::made(Value::Text(format.to_owned()));
        (
            key(format),
            Node::made(Value::Map(vec![(key("format"), value)])),
        )
    };
    Node::made(Value::Map(vec![edition("epub"), edition("pdf")]))
}

fn remove(tree: &mut Node, name: &str) {
    if let Value::Map(entries) = &mut tree.value {
        entries.retain(|(key, _)| key.name != name);
    }
}

fn edition(
    key: &Key,
    node: &Node,
    listed: &Node,
    base: &Node,
    set: &Node,
    tree: &Node,
    setup: &Setup<'_>,
) -> Option<Edition> {
    let sink = setup.sink;
    let name = &key.name;
    let mut own = match &node.value {
        Value::Map(_) => node.clone(),
        // `pdf:` alone is the edition of that name.
        Value::Null => Node {
            value: Value::Map(Vec::new()),
            at: node.at,
        },
        _ => {
            sink.push(yaml::wrong_type(
                node,
                name,
                "a mapping such as `{format: pdf}`",
            ));
            return None;
        }
    };
    rename_aliases(&mut own, ALIASES);
    let format = format(key, &own, sink);
    let known = || {
        let own = match format {
            Some(Format::Cover) => wrap::KEYS,
            Some(Format::Onix) => record::KEYS,
            _ => &[],
        };
        let shared = BOOK_KEYS.iter().filter(|key| **key != "editions");
        ["format"].iter().chain(own).chain(shared).copied()
    };
    for (key, _) in own.entries() {
        if !known().any(|name| name == key.name) {
            sink.push(unknown_key(key, Some(name), known()));
        }
    }
    let format = format?;
    let mut merged = tree.clone();
    let mut layers = vec![base];
    let mut cover = None;
    if format == Format::Cover {
        let mut said = wrap::read(&own, key.at, sink);
        wrap::KEYS.iter().for_each(|key| remove(&mut own, key));
        let around = goes_round(key, &mut said, listed, tree, sink);
        cover = Some(said);
        // What it goes round says how large it is and how it looks.
        if let Some(around) = around {
            merged.overlay(around);
            layers.push(around);
        }
    }
    let mut told = None;
    if format == Format::Onix {
        told = Some(record::read(&own, key, listed, sink));
        record::KEYS.iter().for_each(|key| remove(&mut own, key));
    }
    merged.overlay(&own);
    merged.overlay(set);
    let spine = ["front", "chapters", "back"]
        .iter()
        .all(|key| own.get(key).is_none());
    let over = Setup {
        spine: match format {
            // They have no text of the book's.
            Format::Cover | Format::Onix => Some(Vec::new()),
            _ if spine => setup.spine.clone(),
            _ => None,
        },
        title: setup.title.clone(),
        numbering: setup.numbering.clone(),
        ..*setup
    };
    let mut manifest = schema::manifest(&merged, &over);
    manifest.wrap = cover;
    manifest.record = told;
    layers.extend([&own, set]);
    manifest.style = fragments(&layers, sink);
    manifest.levels = levels::layered(&layers);
    if matches!(format, Format::Cover | Format::Onix) {
        manifest.generate = Vec::new();
    } else if merged.get("generate").is_none() {
        manifest.generate = pages_made(&merged, &manifest, setup, format);
    }
    let file_name = merged
        .get("file-name")
        .and_then(|node| values::text(node, "file-name", sink))
        .unwrap_or_else(|| manifest.metadata.title.clone());
    Some(Edition {
        name: name.clone(),
        format,
        file_name,
        manifest,
    })
}

/// The edition that a cover goes round: the one it names; else the only PDF for a press; else the only PDF. What is
/// found is put in its place.
fn goes_round<'n>(
    key: &Key,
    said: &mut Wrap,
    listed: &'n Node,
    tree: &Node,
    sink: &Sink,
) -> Option<&'n Node> {
    let is_pdf = |(key, node): &&(Key, Node)| {
        let is_proof = node.get("proof").and_then(Node::bool) == Some(true);
        let format = node.get("format").and_then(Node::text);
        !is_proof && format.unwrap_or(&key.name) == "pdf"
    };
    let pdfs: Vec<&(Key, Node)> = listed.entries().iter().filter(is_pdf).collect();
    let found = match &said.edition {
        Some(name) => {
            let names = || pdfs.iter().map(|(key, _)| key.name.as_str());
            let found = pdfs.iter().find(|(key, _)| key.name == name.value);
            if found.is_none() {
                let message = format!("there is no PDF edition `{}` to go round", name.value);
                let told = Diagnostic::new(Code::InvalidValue, name.at, message);
                sink.push(match nearest(&name.value, names()) {
                    Some(near) => told.hint(format!("did you mean `{near}`?")),
                    None => told.hint("name a PDF edition of the book"),
                });
            }
            found
        }
        None => {
            let printed = |(_, node): &&&(Key, Node)| {
                let own = node.get("profile").or_else(|| tree.get("profile"));
                own.is_some_and(|node| !node.is_null())
            };
            let printed: Vec<_> = pdfs.iter().filter(printed).collect();
            match (printed.as_slice(), pdfs.as_slice()) {
                ([only], _) => Some(*only),
                (_, [only]) => Some(only),
                _ => {
                    if said.pages.is_none() && said.spine_width.is_none() {
                        sink.push(values::invalid(
                            key.at,
                            format!("the cover `{}` does not say what it goes round", key.name),
                            "add `for:` with the name of a PDF edition, or `pages:` with their number",
                        ));
                    }
                    None
                }
            }
        }
    };
    said.edition = found.map(|(key, _)| Spanned {
        value: key.name.clone(),
        at: said.edition.as_ref().and_then(|name| name.at),
    });
    found.map(|(_, node)| node)
}

fn format(key: &Key, node: &Node, sink: &Sink) -> Option<Format> {
    let formats = [
        ("epub", Format::Epub),
        ("pdf", Format::Pdf),
        ("cover", Format::Cover),
        ("onix", Format::Onix),
    ];
    match node.get("format").filter(|node| !node.is_null()) {
        Some(node) => values::word(node, "format", &formats, sink),
        None => {
            let found = formats.iter().find(|(name, _)| *name == key.name);
            if found.is_none() {
                let message = format!("the edition `{}` has no format", key.name);
                sink.push(values::invalid(
                    key.at,
                    message,
                    "add `format: epub`, `format: pdf`, `format: cover` or `format: onix`",
                ));
            }
            found.map(|(_, format)| *format)
        }
    }
}

/// Gives each edition its file's name. Until now `file_name` holds the name that was asked for.
fn name_files(editions: &mut [Edition], tree: &Node, sink: &Sink) {
    let kind = |edition: &Edition| (edition.format, edition.manifest.proof);
    let kinds: Vec<(Format, bool)> = editions.iter().map(kind).collect();
    let mut taken = BTreeSet::new();
    for edition in editions.iter_mut() {
        let ending = edition.format.ending();
        let stem = edition.file_name.strip_suffix(&format!(".{ending}"));
        let stem = names::safe(stem.unwrap_or(&edition.file_name));
        let alike = kinds.iter().filter(|other| **other == kind(edition));
        let own = names::safe(&edition.name);
        let name = match (alike.count() == 1, kind(edition)) {
            // Beside the PDF that it goes round, or shows.
            (true, (Format::Cover, _)) => format!("{stem}-cover"),
            (true, (_, true)) => format!("{stem}-proof"),
            (true, _) => stem,
            (false, (_, true)) if !own.ends_with("proof") => format!("{stem}-{own}-proof"),
            (false, _) => format!("{stem}-{own}"),
        };
        edition.file_name = format!("{name}.{ending}");
        // Some file systems take `A.pdf` and `a.pdf` for one file; names are in lower case already.
        if !taken.insert(edition.file_name.clone()) {
            let at = tree
                .get("editions")
                .and_then(|node| node.entry(&edition.name))
                .and_then(|(key, _)| key.at);
            let message = format!("two editions would be written to `{}`", edition.file_name);
            sink.push(values::invalid(
                at,
                message,
                "give one of them another name",
            ));
            let mut number = 2;
            while !taken.insert(format!("{name}-{number}.{ending}")) {
                number += 1;
            }
            edition.file_name = format!("{name}-{number}.{ending}");
        }
    }
}
