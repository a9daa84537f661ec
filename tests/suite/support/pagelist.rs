//! The pages of the print, as the EPUB tells them and as the pages of the PDF are.

use super::epub::Epub;
use super::xml::{Element, Kid};

/// A page of the print in the EPUB.
#[derive(Debug)]
pub struct Anchor {
    /// What the list calls it, and what the anchor does.
    pub labels: [String; 2],
    /// What the anchor stands in: names of elements, the innermost last.
    pub inside: Vec<String>,
    /// Its place among all words, in bytes of [`Paged::words`].
    pub at: usize,
}

/// The words of an EPUB, in their order, without notes and their marks, and its pages.
#[derive(Debug, Default)]
pub struct Paged {
    pub words: String,
    /// In the order of the page list.
    pub anchors: Vec<Anchor>,
    /// In the order of the text: the id with its file, the place, the label, the elements around.
    found: Vec<(String, usize, String, Vec<String>)>,
}

/// Elements that begin no word of their own.
const INLINE: &[&str] = &[
    "a", "abbr", "code", "del", "em", "ins", "kbd", "mark", "q", "s", "span", "strong", "sub",
    "sup", "u",
];

impl Paged {
    /// Reads an EPUB; panics where its page list leads nowhere.
    pub fn of(epub: &Epub) -> Paged {
        let mut paged = Paged::default();
        for (path, document) in epub.spine() {
            for body in document.all("body") {
                paged.read(body, &path, &mut Vec::new());
            }
        }
        let list = epub.page_list();
        assert_eq!(
            list.len(),
            paged.found.len(),
            "as many anchors as pages in the list"
        );
        for (href, label) in list {
            let mut found = paged.found.iter().filter(|(id, ..)| *id == href);
            let (_, at, own, inside) = found.next().expect("the page list leads to an anchor");
            assert!(found.next().is_none(), "two anchors are {href}");
            paged.anchors.push(Anchor {
                labels: [label, own.clone()],
                inside: inside.clone(),
                at: *at,
            });
        }
        paged
    }

    /// The words behind a page's anchor.
    pub fn behind(&self, anchor: &Anchor) -> &str {
        &self.words[anchor.at..]
    }

    fn read(&mut self, element: &Element, path: &str, around: &mut Vec<String>) {
        if element.is("pagebreak") {
            assert!(element.is("doc-pagebreak") && element.text().is_empty());
            let id = element.attr("id").expect("an anchor has an id");
            let label = element.attr("aria-label").expect("an anchor has a label");
            let href = format!("{path}#{id}");
            let found = (href, self.words.len(), label.to_owned(), around.clone());
            return self.found.push(found);
        }
        let words = ["noteref", "backlink", "footnote"];
        if words.iter().any(|word| element.is(word)) || element.attr("role") == Some("note") {
            return;
        }
        around.push(element.name.clone());
        for kid in &element.kids {
            match kid {
                Kid::Element(element) => self.read(element, path, around),
                Kid::Text(text) => self.words.push_str(text),
            }
        }
        around.pop();
        if !INLINE.contains(&element.name.as_str()) {
            self.words.push('\n');
        }
    }
}

/// The letters of a text: what is the same in print, however lines end and whatever marks are added.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// The pages of a dump: the printed number and the words, those that the page repeats or adds left out.
pub fn print_pages(dump: &str) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = Vec::new();
    for line in dump.lines() {
        if let Some(page) = line.strip_prefix("page ") {
            let mut words = page.split(' ');
            let (style, number) = (words.nth(2), words.next().unwrap_or_default());
            let label = match style {
                Some("roman") => roman(number.parse().expect("a page has a number")),
                _ => number.to_owned(),
            };
            pages.push((label, String::new()));
            continue;
        }
        let text = line.trim_start().splitn(3, ' ').nth(2).unwrap_or_default();
        let is_mark = ["anchor ", "link ", "rule ", "path ", "image ", "~", "clip"]
            .iter()
            .any(|mark| text.starts_with(mark));
        if let (Some((_, words)), true, false) = (pages.last_mut(), line.starts_with("  "), is_mark)
        {
            words.push_str(text);
            words.push('\n');
        }
    }
    pages
}

/// Up to 39, which is enough for the matter before a text.
fn roman(number: usize) -> String {
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    format!("{}{}", "x".repeat(number / 10), ones[number % 10])
}
