//! Looks into a finished EPUB.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use super::xml::{self, Element, Kid};

/// An EPUB, unpacked.
pub struct Epub {
    /// By path, in the order of the archive's directory.
    pub files: Vec<(String, Vec<u8>)>,
    /// The package document.
    pub package: Element,
    /// Its folder, with a `/` at the end unless empty.
    folder: String,
}

/// An entry of the contents.
#[derive(Debug, PartialEq, Eq)]
pub struct NavEntry {
    /// From 0.
    pub depth: usize,
    /// As shown, white space made even.
    pub title: String,
}

/// All words of a book: those of the text and, apart, those of the notes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Outside notes, without note marks.
    pub text: Vec<String>,
    /// In notes, without their marks and back links.
    pub notes: Vec<String>,
}

impl Epub {
    /// Unpacks a file.
    ///
    /// # Panics
    /// When it is no EPUB: a test has failed then.
    pub fn open(bytes: &[u8]) -> Epub {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an EPUB is a zip archive");
        let mut files = Vec::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).expect("each entry can be opened");
            let mut content = Vec::new();
            file.read_to_end(&mut content)
                .expect("each entry can be unpacked");
            files.push((file.name().to_owned(), content));
        }
        let mut epub = Epub {
            files,
            package: Element::default(),
            folder: String::new(),
        };
        let container = epub.xml("META-INF/container.xml");
        let path = container.all("rootfile")[0]
            .attr("full-path")
            .expect("the container names the package")
            .to_owned();
        epub.folder = path
            .rsplit_once('/')
            .map_or(String::new(), |(folder, _)| format!("{folder}/"));
        epub.package = epub.xml(&path);
        epub
    }

    /// A file's bytes.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files
            .iter()
            .find(|(name, _)| name == path)
            .map(|(_, bytes)| bytes.as_slice())
    }

    /// A file as XML.
    ///
    /// # Panics
    /// When it is missing or not well formed.
    pub fn xml(&self, path: &str) -> Element {
        let bytes = self
            .file(path)
            .unwrap_or_else(|| panic!("the EPUB has no {path}"));
        let text = std::str::from_utf8(bytes).expect("XML is UTF-8");
        xml::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The documents in reading order: path and content.
    pub fn spine(&self) -> Vec<(String, Element)> {
        let manifest: BTreeMap<&str, &str> = self
            .package
            .all("item")
            .iter()
            .filter_map(|item| Some((item.attr("id")?, item.attr("href")?)))
            .collect();
        self.package
            .all("itemref")
            .iter()
            .filter_map(|item| manifest.get(item.attr("idref")?))
            .map(|href| format!("{}{href}", self.folder))
            .map(|path| (path.clone(), self.xml(&path)))
            .collect()
    }

    /// The contents, as `nav` gives them.
    pub fn contents(&self) -> Vec<NavEntry> {
        let document = self.navigation();
        let navs = document.all("nav");
        let toc = navs
            .iter()
            .find(|nav| nav.is("toc"))
            .expect("a nav has its contents");
        let mut entries = Vec::new();
        list(toc, 0, &mut entries);
        entries
    }

    /// What of the markup would stop who goes from heading to heading, from link to link or from note to note: levels left
    /// out, headings without words or pictures, ids given twice, and names and links that lead to nothing in the book.
    pub fn stumbles(&self) -> Vec<String> {
        let mut found = Vec::new();
        let contents = self.contents();
        let mute = contents.iter().filter(|entry| entry.title.is_empty());
        found.extend(
            mute.map(|entry| format!("contents: an entry without words, {} deep", entry.depth)),
        );
        let spine = self.spine();
        let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (path, document) in &spine {
            let own = ids.entry(path).or_default();
            document.each(&mut |element| {
                let id = element.attr("id");
                found.extend(
                    id.filter(|id| !own.insert(id))
                        .map(|id| format!("{path}: #{id} twice")),
                );
            });
        }
        for (path, document) in &spine {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let mut above = None;
            document.each(&mut |element| {
                for name in ["aria-labelledby", "aria-details"] {
                    let to = element
                        .attr(name)
                        .filter(|to| !ids[path.as_str()].contains(to));
                    found.extend(to.map(|to| format!("{path}: {name} {to} is nowhere")));
                }
                let href = element.attr("href").filter(|to| !to.contains(':'));
                let href = href.filter(|_| element.name == "a");
                if let Some((file, id)) = href.map(|to| to.split_once('#').unwrap_or((to, ""))) {
                    let target = match file {
                        "" => path.clone(),
                        file => format!("{folder}/{file}"),
                    };
                    let there = ids.get(target.as_str());
                    if !there.is_some_and(|ids| id.is_empty() || ids.contains(id)) {
                        found.push(format!("{path}: {file}#{id} is nowhere"));
                    }
                }
                let level = element
                    .name
                    .strip_prefix('h')
                    .and_then(|n| n.parse::<u8>().ok());
                let Some(level) = level else { return };
                if above.is_some_and(|above| level > above + 1) {
                    found.push(format!(
                        "{path}: h{level} below h{}",
                        above.unwrap_or_default()
                    ));
                }
                above = Some(level);
                if element.text().trim().is_empty() && element.all("img").is_empty() {
                    found.push(format!("{path}: h{level} without words"));
                }
            });
        }
        found
    }

    /// The pages of the print, as `nav` gives them: where each begins, and what it is called.
    pub fn page_list(&self) -> Vec<(String, String)> {
        let document = self.navigation();
        let navs = document.all("nav");
        let lists = navs.iter().filter(|nav| nav.is("page-list"));
        let links = lists.flat_map(|list| list.all("a"));
        links
            .map(|link| {
                let href = link.attr("href").expect("a link leads somewhere");
                (format!("{}{href}", self.folder), link.text())
            })
            .collect()
    }

    fn navigation(&self) -> Element {
        let item = self.package.all("item").into_iter().find(|item| {
            item.attr("properties")
                .is_some_and(|p| p.split(' ').any(|one| one == "nav"))
        });
        let href = item
            .and_then(|item| item.attr("href"))
            .expect("an EPUB has a nav");
        self.xml(&format!("{}{href}", self.folder))
    }

    /// The words of all documents but those that recto makes itself.
    pub fn words(&self) -> Words {
        let mut found = Found::default();
        for (_, document) in self.spine() {
            for body in document.all("body") {
                collect(body, None, &mut found);
            }
            found.turn();
        }
        let split = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        Words {
            text: split(&found.text),
            notes: split(&found.called),
        }
    }
}

fn list(parent: &Element, depth: usize, entries: &mut Vec<NavEntry>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "ol" => element
                .elements()
                .for_each(|item| list(item, depth, entries)),
            "a" | "span" => {
                let title = element
                    .text()
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                entries.push(NavEntry { depth, title });
            }
            _ => {}
        }
        // What follows the entry itself lies one deeper.
        if matches!(element.name.as_str(), "a" | "span") {
            let below: Vec<_> = parent.elements().filter(|e| e.name == "ol").collect();
            for inner in below {
                inner
                    .elements()
                    .for_each(|item| list(item, depth + 1, entries));
            }
            return;
        }
    }
}

/// Pages that the PDF makes in its own way.
const GENERATED: &[&str] = &[
    "cover",
    "halftitlepage",
    "titlepage",
    "copyright-page",
    "toc",
    "landmarks",
    "page-list",
];
/// Marks and links that a note brings with it.
const NOTE_MARKS: &[&str] = &["noteref", "doc-noteref", "backlink", "doc-backlink"];
/// Elements that stand in a line: no space around them.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr", "ruby", "rt",
    "rp",
];

/// The words of documents under way.
#[derive(Default)]
struct Found {
    text: String,
    /// The notes of the document at hand, by their ids.
    notes: BTreeMap<String, String>,
    /// The notes that its calls lead to.
    calls: Vec<String>,
    /// The notes of the documents before, in the order of their calls.
    called: String,
}

impl Found {
    /// Whatever was found last: the note of this id, or the text.
    fn out(&mut self, note: Option<&str>) -> &mut String {
        match note {
            Some(id) => self.notes.entry(id.to_owned()).or_default(),
            None => &mut self.text,
        }
    }

    /// The document is over.
    fn turn(&mut self) {
        for call in std::mem::take(&mut self.calls) {
            self.called
                .push_str(&self.notes.remove(&call).unwrap_or_default());
        }
        let rest = std::mem::take(&mut self.notes);
        self.called.extend(rest.into_values());
    }
}

fn collect(element: &Element, note: Option<&str>, found: &mut Found) {
    if element.is("noteref") {
        let href = element.attr("href").unwrap_or_default();
        found.calls.push(href.trim_start_matches('#').to_owned());
    }
    // Print says it unseen, in the words that stand for the picture.
    if element.name == "details" {
        return;
    }
    if GENERATED
        .iter()
        .chain(NOTE_MARKS)
        .any(|word| element.is(word))
    {
        return;
    }
    let class = element.attr("class").unwrap_or_default();
    let beside = class.split(' ').any(|class| class == "margin-note");
    if beside {
        // It stands where it is called.
        let id = element.attr("id").unwrap_or_default();
        found.calls.push(id.to_owned());
    }
    let begins = ["footnote", "endnote", "doc-footnote"].map(|word| element.is(word));
    let note = if beside || begins.contains(&true) {
        Some(element.attr("id").unwrap_or_default())
    } else {
        note
    };
    for kid in &element.kids {
        match kid {
            Kid::Text(text) => found.out(note).push_str(text),
            Kid::Element(inner) if INLINE.contains(&inner.name.as_str()) => {
                collect(inner, note, found)
            }
            Kid::Element(inner) => {
                found.out(note).push(' ');
                collect(inner, note, found);
                found.out(note).push(' ');
            }
        }
    }
}

#[test]
fn words_come_without_marks_and_generated_pages() {
    let body = xml::parse(
        "<body><section epub:type='titlepage'>No</section><p>One t<em>w</em>o<a epub:type='noteref' href='#a'>1</a><a epub:type='noteref' href='#b'>2</a>.</p>\
         <aside epub:type='footnote' id='b'><p>Four</p></aside><aside epub:type='footnote' id='a'><p><a role='doc-backlink'>1</a> Three</p></aside></body>",
    )
    .expect("well formed");
    let mut found = Found::default();
    collect(&body, None, &mut found);
    found.turn();
    assert_eq!(
        found.text.split_whitespace().collect::<Vec<_>>(),
        ["One", "two."]
    );
    assert_eq!(
        found.called.split_whitespace().collect::<Vec<_>>(),
        ["Three", "Four"]
    );
}
