//! What the author says of the book as a whole, and how it looks in CSS.

use std::fmt::Write as _;

use recto::epub::css;
use recto::manifest::{self, Entry, Manifest, Project, SpineKind};
use recto::theme;

use super::world::Desk;
use crate::support::case::Case;

fn load(desk: &Desk, case: &Case) -> Option<Project> {
    let entry = Entry {
        file: case.option("file").map(str::to_owned),
        name: "the-folder".to_owned(),
    };
    let settings: Vec<_> = case
        .options
        .iter()
        .filter_map(|option| option.strip_prefix("set:")?.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    manifest::load(&desk.world, &desk.sources, &entry, &settings, &desk.sink)
}

/// The spine, the editions and the findings; `file=one.md` builds one file, `set:key=value` is `--set`.
pub fn manifest(case: &Case) -> String {
    let desk = Desk::new(&case.input, "book.yaml");
    let mut out = String::new();
    if let Some(project) = load(&desk, case) {
        book(&project.book, &mut out);
        for edition in &project.editions {
            let _ = writeln!(out, "edition {}: {}", edition.name, edition.file_name);
            let wrap = edition.manifest.wrap.as_ref();
            if let Some(book) = wrap.and_then(|wrap| wrap.edition.as_ref()) {
                let _ = writeln!(out, "  round {}", book.value);
            }
            if edition.manifest.metadata.title != project.book.metadata.title {
                let _ = writeln!(out, "  title {}", edition.manifest.metadata.title);
            }
            for fragment in &edition.manifest.style {
                if !project.book.style.contains(fragment) {
                    let _ = writeln!(out, "  style {}: {}", fragment.key.name, fragment.node);
                }
            }
        }
    }
    out + &desk.findings()
}

fn book(book: &Manifest, out: &mut String) {
    let metadata = &book.metadata;
    let _ = writeln!(out, "title {}", metadata.title);
    for one in &metadata.contributors {
        let sort = one
            .sort
            .as_deref()
            .map_or(String::new(), |sort| format!(", sorted {sort}"));
        let _ = writeln!(out, "{} {}{sort}", one.role, one.name);
    }
    let _ = writeln!(out, "language {:?}", metadata.language);
    for item in &book.spine {
        let _ = write!(out, "{}{:?} ", "  ".repeat(item.depth.into()), item.matter);
        let _ = match &item.kind {
            SpineKind::File {
                path,
                title,
                numbered,
            } => {
                let title = title
                    .as_ref()
                    .map_or(String::new(), |title| format!(" \"{title}\""));
                let numbered = match numbered {
                    None => "",
                    Some(true) => " numbered",
                    Some(false) => " unnumbered",
                };
                writeln!(out, "{path}{title}{numbered}")
            }
            SpineKind::Part { title } => writeln!(out, "part \"{title}\""),
            SpineKind::Draft { title } => writeln!(out, "draft \"{title}\""),
            SpineKind::EndPart => writeln!(out, "end of the part"),
        };
    }
    for fragment in &book.style {
        let _ = writeln!(out, "style {}: {}", fragment.key.name, fragment.node);
    }
}

/// The rules of the style sheets whose selectors hold one of the words behind the fence.
pub fn css(case: &Case) -> String {
    let input = format!("==> one.md <==\n# One\n==> book.yaml <==\n{}", case.input);
    let desk = Desk::new(&input, "book.yaml");
    let project = load(&desk, case).expect("a book with a chapter can be loaded");
    let (theme, style) = (project.book.theme.as_ref(), &project.book.style);
    let theme = theme::load(theme, style, &desk.world, &desk.sources, &desk.sink);
    let sheets = css::sheets(&theme, "", css::Writing::default());
    let mut out = String::new();
    let mut query = "";
    let both = sheets
        .plain
        .split_inclusive("}\n")
        .chain(sheets.fine.split_inclusive("}\n"));
    for rule in both {
        let inner = match rule.split_once(" {\n") {
            Some((first, rest)) if first.starts_with('@') => {
                query = first;
                rest
            }
            _ => rule,
        };
        let rule = inner
            .rsplit("*/")
            .next()
            .unwrap_or(inner)
            .trim_start_matches('\n');
        let selector = rule.split('{').next().unwrap_or_default();
        if case
            .options
            .iter()
            .any(|word| selector.split([' ', ',']).any(|one| one.trim() == word))
        {
            if !query.is_empty() {
                out.push_str(&format!("{query}:\n"));
            }
            out.push_str(rule);
        }
    }
    out + &desk.findings()
}
