//! The EPUB's markup and its style sheet know each other, and the markup says all without it.

use std::collections::BTreeSet;

use super::support::built::{build, built, own_books};
use super::support::epub::Epub;
use super::support::xml::Element;

/// What the manuscripts have no use for: figures of each kind by class, an image that is not there.
const REST: &str =
    "# Rest\n\n[1]{.lining} [2]{.old-style} [3]{.tabular}\n\n![A map](no-such.png)\n";

/// The project's own books, and one with the rest.
fn epubs() -> Vec<(String, Epub)> {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a fresh folder can be written");
    };
    write("book.yaml", "title: Rest\ngenerate: []\n");
    write("one.md", REST);
    let rest = build(folder.path(), &folder.path().join("out"), &[]).epub;
    own_books()
        .iter()
        .map(|book| built(book).epub.clone())
        .chain([rest])
        .map(|path| {
            let bytes = std::fs::read(&path).expect("an output can be read");
            (path.display().to_string(), Epub::open(&bytes))
        })
        .collect()
}

/// All style sheets of a book, without comments.
fn styles(epub: &Epub) -> String {
    let sheets = epub.files.iter().filter(|(name, _)| name.ends_with(".css"));
    let mut all = String::new();
    for (_, bytes) in sheets {
        let mut rest = std::str::from_utf8(bytes).expect("a style sheet is UTF-8");
        while let Some((before, comment)) = rest.split_once("/*") {
            all.push_str(before);
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        }
        all.push_str(rest);
    }
    all
}

/// The classes that selectors name.
fn ruled(styles: &str) -> BTreeSet<String> {
    let selectors = styles.split('}').filter_map(|rule| rule.rsplit_once('{'));
    let mut classes = BTreeSet::new();
    for (selector, _) in selectors {
        for part in selector.split('.').skip(1) {
            let of_name = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_');
            let name: String = part.chars().take_while(of_name).collect();
            // `0.5em` in a query is no class.
            if name.starts_with(char::is_alphabetic) {
                classes.insert(name);
            }
        }
    }
    classes
}

fn worn(element: &Element, classes: &mut BTreeSet<String>) {
    if let Some(list) = element.attr("class") {
        classes.extend(list.split_whitespace().map(str::to_owned));
    }
    element.elements().for_each(|inner| worn(inner, classes));
}

#[test]
fn every_class_has_a_rule_and_every_rule_a_use() {
    let (mut all_rules, mut all_worn) = (BTreeSet::new(), BTreeSet::new());
    for (name, epub) in epubs() {
        let rules = ruled(&styles(&epub));
        let mut classes = BTreeSet::new();
        for (path, _) in &epub.files {
            if path.ends_with(".xhtml") {
                worn(&epub.xml(path), &mut classes);
            }
        }
        let bare: Vec<_> = classes.difference(&rules).collect();
        assert!(bare.is_empty(), "{name}: classes without a rule: {bare:?}");
        all_rules.extend(rules);
        all_worn.extend(classes);
    }
    let idle: Vec<_> = all_rules.difference(&all_worn).collect();
    assert!(idle.is_empty(), "rules without a use: {idle:?}");
}

/// Reading systems that show no style sheet, or read aloud, follow the markup: nothing may be moved out of its order by style,
/// and nothing said by style alone but ornaments and the numbers of lines of code. (That the markup's order is the right one,
/// the comparison with the PDF's structure shows.)
#[test]
fn nothing_is_said_or_ordered_by_style_alone() {
    const MOVING: &[&str] = &[
        "position",
        "order",
        "flex-direction",
        "float",
        "grid-area",
        "top",
        "bottom",
    ];
    for (name, epub) in epubs() {
        let styles = styles(&epub);
        let declarations = styles
            .split(['{', '}', ';'])
            .filter_map(|part| part.split_once(':'));
        for (property, value) in declarations {
            let (property, value) = (property.trim(), value.trim());
            // A tall first letter stands where its word begins.
            let moves =
                MOVING.contains(&property) && (property, value) != ("float", "inline-start");
            assert!(!moves, "{name}: {property}: {value}");
            let ornament = |text: &str| !text.chars().any(char::is_alphanumeric);
            if property == "content" {
                let silent = matches!(value, "none" | "attr(data-line)") || ornament(value);
                assert!(silent, "{name}: text in the style sheet: {value}");
            }
        }
    }
}
