//! Two EPUBs.
//!
//! In: a finished EPUB, opened by [`check::epub`](crate::check::epub). Out: an [`Ebook`]: its words in reading order, what it says of itself,
//! where it leads and what it holds; and of two, what is different ([`compare()`]).

mod compare;

use std::collections::BTreeMap;
use std::ops::Range;

use super::words::Words;
use crate::check::epub::{Document, NavEntry, Node, Publication, Role, Space, Target};

pub use compare::compare;

/// A finished EPUB as a reader has it.
#[derive(Debug, Default)]
pub struct Ebook {
    documents: Vec<Part>,
    words: Words,
    metadata: BTreeMap<String, String>,
    contents: Vec<Lead>,
    pages: Vec<Lead>,
    landmarks: Vec<Lead>,
    links: Vec<Lead>,
    pictures: Vec<Shown>,
    /// By path: the checksum and the size of what is no document.
    resources: BTreeMap<String, (u32, u64)>,
}

/// A document of the spine.
#[derive(Debug, Default)]
struct Part {
    path: String,
    /// Where its paragraphs begin.
    paragraphs: Vec<u32>,
    words: Range<u32>,
    /// The checksum of its file.
    checksum: u32,
}

/// Something that leads somewhere.
#[derive(Debug)]
struct Lead {
    depth: usize,
    label: String,
    aim: Aim,
    /// The document it stands in, if that is of the spine.
    part: Option<usize>,
}

/// Where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Aim {
    /// To the first word at a place or behind it; with the address.
    Word(u32, String),
    /// Anywhere else.
    Address(String),
}

impl Aim {
    fn shown(&self) -> &str {
        match self {
            Aim::Word(_, address) | Aim::Address(address) => address,
        }
    }

    fn is_out(&self) -> bool {
        matches!(self, Aim::Address(_))
    }
}

/// A picture in a document.
#[derive(Debug)]
struct Shown {
    checksum: u32,
    path: String,
    words: String,
    part: usize,
}

/// Elements that begin a paragraph.
const BLOCKS: [&str; 31] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "dt",
    "dd",
    "td",
    "th",
    "caption",
    "figcaption",
    "pre",
    "div",
    "blockquote",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "nav",
    "body",
    "table",
    "ul",
    "ol",
    "dl",
    "figure",
    "summary",
    "hgroup",
];

/// Elements whose text nobody reads.
const UNREAD: [&str; 4] = ["head", "script", "style", "template"];

/// Where the words of a document begin: by the byte of its text, in order.
type Starts = Vec<(u32, u32)>;

/// Reads it.
pub fn read(publication: &Publication) -> Ebook {
    let mut book = Ebook::default();
    let mut starts: BTreeMap<&str, (usize, Starts)> = BTreeMap::new();
    let documents: Vec<&Document> = publication.spine().collect();
    for document in &documents {
        let (part, begins) = text(document, publication, &mut book.words);
        starts.insert(&document.path, (book.documents.len(), begins));
        book.documents.push(part);
    }
    let aim = |target: &Target| aim(target, publication, &starts, &book.words);
    let lead = |entry: &NavEntry| Lead {
        depth: entry.depth,
        label: entry.label.clone(),
        aim: entry
            .target
            .as_ref()
            .map_or(Aim::Address(String::new()), aim),
        part: None,
    };
    let list = |kind: &str| -> Vec<Lead> {
        let list = publication.nav.as_ref().and_then(|nav| nav.list(kind));
        list.into_iter()
            .flat_map(|list| &list.entries)
            .map(lead)
            .collect()
    };
    let (mut contents, mut page_list) = (list("toc"), list("page-list"));
    if let (None, Some(old)) = (&publication.nav, &publication.ncx) {
        contents = old.points.iter().map(lead).collect();
        page_list = old.pages.iter().map(lead).collect();
    }
    let landmarks = list("landmarks");
    let (mut links, mut pictures) = (Vec::new(), Vec::new());
    for (part, document) in documents.iter().enumerate() {
        for reference in &document.references {
            match reference.role {
                Role::Link => links.push(Lead {
                    depth: 0,
                    label: document
                        .tree
                        .node(reference.node)
                        .map_or(String::new(), Node::words),
                    aim: aim(&reference.target),
                    part: Some(part),
                }),
                Role::Image => {
                    let path = reference.target.path().unwrap_or(&reference.address);
                    let node = document.tree.node(reference.node);
                    pictures.push(Shown {
                        checksum: file(publication, path).map_or(0, |file| file.0),
                        path: path.to_owned(),
                        words: node
                            .and_then(|node| node.attr("alt"))
                            .unwrap_or_default()
                            .to_owned(),
                        part,
                    });
                }
                _ => {}
            }
        }
    }
    Ebook {
        metadata: metadata(publication),
        contents,
        pages: page_list,
        landmarks,
        links,
        pictures,
        resources: resources(publication),
        ..book
    }
}

/// The checksum and size of a file.
fn file(publication: &Publication, path: &str) -> Option<(u32, u64)> {
    let file = publication.container.files.get(path)?;
    let entry = publication.container.entries.get(file.entry)?;
    Some((entry.crc, entry.size))
}

/// Adds a document's words.
fn text(document: &Document, publication: &Publication, words: &mut Words) -> (Part, Starts) {
    let first = words.len();
    let (mut paragraphs, mut starts) = (Vec::new(), Starts::new());
    let tree = &document.tree;
    let mut breaks = tree
        .nodes()
        .filter(|node| node.name() == "br")
        .map(|node| node.span().start)
        .peekable();
    let mut block = None;
    // A paragraph's text, and where in it each stretch of the document begins.
    let mut open = (String::new(), Vec::new());
    for (stretch, said) in tree.texts() {
        let Some(owner) = tree.node(stretch.owner) else {
            continue;
        };
        if unread(owner) {
            continue;
        }
        let at = tree.place(stretch).start;
        let own = paragraph(owner);
        if block != Some(own) {
            close(&mut open, words, &mut paragraphs, &mut starts);
            block = Some(own);
        }
        while breaks.next_if(|place| *place < at).is_some() {
            open.0.push(' ');
        }
        open.1.push((open.0.len(), at));
        open.0.push_str(said);
    }
    close(&mut open, words, &mut paragraphs, &mut starts);
    let part = Part {
        path: document.path.clone(),
        paragraphs,
        words: first..words.len(),
        checksum: file(publication, &document.path).map_or(0, |file| file.0),
    };
    (part, starts)
}

/// Adds a paragraph's words.
fn close(
    (text, stretches): &mut (String, Vec<(usize, u32)>),
    words: &mut Words,
    paragraphs: &mut Vec<u32>,
    starts: &mut Starts,
) {
    let before = words.len();
    words.read(text);
    if words.len() > before {
        paragraphs.push(before);
    }
    // The first word that begins at a stretch or behind it.
    let mut word = before;
    let mut seen = 0;
    for (from, at) in stretches.drain(..) {
        let mut passed = Words::default();
        passed.read(&text[seen..from]);
        word += passed.len();
        seen = from;
        starts.push((at, word.min(words.len())));
    }
    text.clear();
}

fn unread(node: Node<'_>) -> bool {
    std::iter::once(node)
        .chain(node.ancestors())
        .any(|node| node.space() == Space::Xhtml && UNREAD.contains(&node.name()))
}

/// The element that a text is a paragraph of.
fn paragraph(node: Node<'_>) -> u32 {
    let mut all = std::iter::once(node).chain(node.ancestors());
    all.find(|node| BLOCKS.contains(&node.name()))
        .map_or(0, Node::number)
}

/// Where an address leads.
fn aim(
    target: &Target,
    publication: &Publication,
    starts: &BTreeMap<&str, (usize, Starts)>,
    words: &Words,
) -> Aim {
    let Target::Inside { path, fragment } = target else {
        return Aim::Address(match target {
            Target::Remote(address) | Target::Data(address) | Target::Other(address) => {
                address.clone()
            }
            Target::Nowhere(_) | Target::Inside { .. } => String::from("nowhere"),
        });
    };
    let address = match fragment {
        Some(fragment) => format!("{path}#{fragment}"),
        None => path.clone(),
    };
    let Some((_, begins)) = starts.get(path.as_str()) else {
        return Aim::Address(address);
    };
    let at = match fragment {
        None => 0,
        Some(id) => match publication
            .document(path)
            .and_then(|document| document.by_id(id))
        {
            Some(node) => node.span().start,
            None => return Aim::Address(address),
        },
    };
    let behind = begins.partition_point(|(start, _)| *start < at);
    let word = begins.get(behind).map(|(_, word)| *word);
    Aim::Word(word.unwrap_or(words.len()), address)
}

/// What the package says of the book, by name; several of one are joined.
fn metadata(publication: &Publication) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let ids: BTreeMap<String, &str> = publication
        .package
        .metadata
        .iter()
        .filter_map(|meta| Some((format!("#{}", meta.id.as_ref()?), meta.name.as_str())))
        .collect();
    for meta in &publication.package.metadata {
        let name = match &meta.refines {
            // Ids come from counting, and say nothing.
            Some(refined) => {
                let of = ids.get(refined).copied().unwrap_or(refined);
                format!("{} of {of}", meta.name)
            }
            None => meta.name.clone(),
        };
        let values = found.entry(name).or_default();
        if !values.is_empty() {
            values.push_str("; ");
        }
        values.push_str(&meta.value);
    }
    found
}

/// Files that are no documents of the spine and do not tell of the book itself.
fn resources(publication: &Publication) -> BTreeMap<String, (u32, u64)> {
    let package = &publication.package;
    let own = |path: &str| {
        path == package.path
            || path == "mimetype"
            || publication.nav.as_ref().is_some_and(|nav| nav.path == path)
            || publication.ncx.as_ref().is_some_and(|ncx| ncx.path == path)
            || package.in_spine.contains_key(path)
    };
    let paths = publication.container.files.keys().filter(|path| !own(path));
    paths
        .filter_map(|path| Some((path.clone(), file(publication, path)?)))
        .collect()
}
