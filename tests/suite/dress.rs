//! The EPUB's markup and its style sheet know each other, and the markup says all without it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::support::book::Book;
use super::support::built::{built, own_books};
use super::support::css;
use super::support::epub::Epub;
use super::support::run::recto;
use super::support::xml::Element;

/// What the sampler has no use for: a cover, numbers of all kinds, emphasis in titles, an image that is not there.
const REST: &str = include_str!("cases/epub/rest.book");

fn read(path: PathBuf) -> (String, Epub) {
    let bytes = std::fs::read(&path).expect("an output can be read");
    (path.display().to_string(), Epub::open(&bytes))
}

/// The project's own books.
fn epubs() -> Vec<(String, Epub)> {
    let books = own_books();
    books
        .iter()
        .map(|book| read(built(book).epub.clone()))
        .collect()
}

/// A book of all constructs, and one of what is left, in a theme.
fn dressed(theme: &str) -> Vec<(String, Epub)> {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let rest = folder.path().join("rest");
    Book::parse(REST, "one.md").write(&rest);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let books = [root.join("manuscripts/sampler"), rest];
    let outputs = books.iter().map(|book| {
        let out = folder
            .path()
            .join("out")
            .join(book.file_name().expect("it has a name"));
        let output = recto(root, &["build", "-q", "--to", "epub", "--theme", theme])
            .arg(book)
            .arg("-o")
            .arg(&out)
            .output()
            .expect("the program was built for this test");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(out.is_dir(), "{theme}: nothing was made:\n{said}");
        let mut files = std::fs::read_dir(&out)
            .expect("an output can be listed")
            .flatten();
        files.next().expect("a book was made").path()
    });
    outputs.map(read).collect()
}

/// All style sheets of a book.
fn styles(epub: &Epub) -> String {
    let sheets = epub.files.iter().filter(|(name, _)| name.ends_with(".css"));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("a style sheet is UTF-8");
    sheets.map(|(_, bytes)| text(bytes)).collect()
}

fn documents(epub: &Epub) -> Vec<Element> {
    let pages = epub
        .files
        .iter()
        .filter(|(name, _)| name.ends_with(".xhtml"));
    pages.map(|(path, _)| epub.xml(path)).collect()
}

fn worn(element: &Element, classes: &mut BTreeSet<String>) {
    if let Some(list) = element.attr("class") {
        classes.extend(list.split_whitespace().map(str::to_owned));
    }
    element.elements().for_each(|inner| worn(inner, classes));
}

/// Each class of a book's markup has a rule in its style sheet, each rule of it an element of the book.
fn fits(name: &str, epub: &Epub) {
    let documents = documents(epub);
    let selectors = css::selectors(&styles(epub));
    let ruled: BTreeSet<&str> = selectors.iter().flat_map(|s| css::classes(s)).collect();
    let mut classes = BTreeSet::new();
    for document in &documents {
        worn(document, &mut classes);
    }
    let bare: Vec<_> = classes
        .iter()
        .filter(|class| !ruled.contains(class.as_str()))
        .collect();
    assert!(bare.is_empty(), "{name}: classes without a rule: {bare:?}");
    let idle = |selector: &&String| !documents.iter().any(|d| css::selects(selector, d));
    let idle: Vec<_> = selectors.iter().filter(idle).collect();
    assert!(idle.is_empty(), "{name}: rules without a use: {idle:?}");
}

#[test]
fn every_class_has_a_rule_and_every_rule_a_use() {
    for (name, epub) in epubs() {
        fits(&name, &epub);
    }
}

/// In each theme; and what a theme says at all, a book of all constructs hears.
#[test]
fn every_theme_dresses_every_construct() {
    for (theme, _) in recto::theme::BUILTIN {
        let books = dressed(theme);
        let mut heard = BTreeSet::new();
        for (name, epub) in &books {
            fits(&format!("{theme}: {name}"), epub);
            heard.extend(css::selectors(&styles(epub)));
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let dump = recto(
            root,
            &["dump", "css", "manuscripts/sampler", "--theme", theme],
        )
        .output();
        let sheet = dump.expect("the program was built for this test").stdout;
        let sheet = String::from_utf8(sheet).expect("a style sheet is UTF-8");
        let said = css::selectors(&sheet);
        assert!(said.len() > 100, "{theme}: {sheet}");
        let idle: Vec<_> = said.iter().filter(|one| !heard.contains(*one)).collect();
        assert!(idle.is_empty(), "{theme}: no construct hears {idle:?}");
    }
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
            let moves = MOVING.contains(&property)
                && !(property == "float" && matches!(value, "left" | "inline-start" | "none"));
            assert!(!moves, "{name}: {property}: {value}");
            let ornament = |text: &str| !text.chars().any(char::is_alphanumeric);
            if property == "content" {
                let silent = matches!(value, "none" | "attr(data-line)" | "attr(data-line) / \"\"")
                    || ornament(value);
                assert!(silent, "{name}: text in the style sheet: {value}");
            }
        }
        // Nothing is hidden but line ends, where lines are blocks.
        for (selector, inside) in css::rules(&styles) {
            let hides = inside.contains("display: none") || inside.contains("visibility");
            let shown = selector.split(',').all(|one| one.trim().ends_with("br"));
            assert!(!hides || shown, "{name}: {selector} {{{inside}}}");
        }
    }
}
