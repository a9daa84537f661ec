//! A finished EPUB as a value: what its files say, with the place of each thing said.

use std::collections::BTreeMap;

use super::address::Target;
use super::archive::Entry;
use super::css::Sheet;
use super::media::{Medium, Raster};
use super::tree::{Node, Tree};
use crate::source::Span;

/// An EPUB, opened.
#[derive(Debug)]
pub struct Publication {
    /// The file's name.
    pub name: String,
    /// Its place in the texts read: an empty text that stands for the file.
    pub at: Span,
    /// How large the file is, in bytes.
    pub bytes: u64,
    /// The archive.
    pub container: Container,
    /// What the package document says; empty if there is none that can be read.
    pub package: Package,
    /// The navigation document of EPUB 3.
    pub nav: Option<Nav>,
    /// The contents of EPUB 2, which EPUB 3 may have besides.
    pub ncx: Option<Ncx>,
    /// The documents of text (XHTML) and drawings (SVG): those of the spine in its order, then the others by their paths.
    pub documents: Vec<Document>,
    /// The media overlays, by their paths.
    pub overlays: Vec<Overlay>,
    /// The style sheets, by path.
    pub sheets: BTreeMap<String, StyleFile>,
}

impl Publication {
    /// A document by its path.
    pub fn document(&self, path: &str) -> Option<&Document> {
        let at = self.container.documents.get(path)?;
        self.documents.get(*at)
    }

    /// The item of the manifest with this path.
    pub fn item(&self, path: &str) -> Option<&Item> {
        let at = self.package.by_path.get(path)?;
        self.package.items.get(*at)
    }

    /// The documents in reading order, those that are not `linear` among them.
    pub fn spine(&self) -> impl Iterator<Item = &Document> {
        let paths = self.package.spine.iter().filter_map(|place| place.item);
        let paths = paths.filter_map(|item| self.package.items.get(item)?.target.path());
        paths.filter_map(|path| self.document(path))
    }

    /// The place for a finding about a file: its beginning if it is a text that was read, else the book.
    pub fn place(&self, path: &str) -> Span {
        self.container.texts.get(path).copied().unwrap_or(self.at)
    }
}

/// The archive and what lies in `META-INF`.
#[derive(Debug, Default)]
pub struct Container {
    /// In the order of the archive's directory, folders among them.
    pub entries: Vec<Entry>,
    /// What each file is, by path; of two with one name the first. Folders are left out.
    pub files: BTreeMap<String, File>,
    /// The first bytes of `mimetype`, if there is one.
    pub mimetype: Option<Vec<u8>>,
    /// `META-INF/container.xml`.
    pub tree: Option<Tree>,
    /// `META-INF/encryption.xml`.
    pub encryption: Option<Tree>,
    /// Which files are hidden, by path.
    pub hidden: BTreeMap<String, Hidden>,
    /// Where the texts begin that were read, by path.
    pub texts: BTreeMap<String, Span>,
    /// Where in the list of documents each is, by path.
    pub(super) documents: BTreeMap<String, usize>,
}

/// A file of the container.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Its place among the entries.
    pub entry: usize,
    /// In bytes, unpacked.
    pub bytes: u64,
    /// What it is by its first bytes; of a hidden file, nothing.
    pub medium: Option<Medium>,
    /// As it describes itself, if it is a picture of pixels.
    pub raster: Option<Raster>,
    /// Whether it could be unpacked.
    pub is_sound: bool,
}

/// How a file is hidden from who reads the archive (OCF 3.3, 4.2.6.3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// What is done to it.
    pub by: Cipher,
    /// Where that is said.
    pub at: Span,
}

/// What is done to a hidden file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cipher {
    /// A font whose first bytes are changed, by EPUB's own way or Adobe's.
    Obfuscated,
    /// Anything else: protection against copying.
    Encrypted,
}

/// The generations of EPUB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 2.0 and 2.0.1.
    Two,
    /// 3.0 to 3.3.
    #[default]
    Three,
}

/// The package document.
#[derive(Debug, Default)]
pub struct Package {
    /// Its path.
    pub path: String,
    /// All of it; `None` if there is none.
    pub tree: Option<Tree>,
    /// Which rules it keeps to.
    pub version: Version,
    /// The identifier that the package calls unique: its text, white space at its ends left out.
    pub identifier: Option<String>,
    /// In order.
    pub metadata: Vec<Meta>,
    /// The manifest, in order.
    pub items: Vec<Item>,
    /// Where in the manifest each id is; of two equal ones the first.
    pub by_id: BTreeMap<String, usize>,
    /// The same by the paths of the files.
    pub by_path: BTreeMap<String, usize>,
    /// The spine, in order.
    pub spine: Vec<Itemref>,
    /// The same by the paths of the files; of two equal ones the first.
    pub in_spine: BTreeMap<String, usize>,
    /// The id of the NCX that the spine names.
    pub toc: Option<(String, Span)>,
    /// The `guide` of EPUB 2: kind, title, where it leads.
    pub guide: Vec<Reference>,
}

impl Package {
    /// Whether all of it could be read, so that what it does not name is not named.
    pub fn is_whole(&self) -> bool {
        self.tree.as_ref().is_some_and(|tree| tree.is_whole)
    }

    /// What is said under a name, such as `dc:title` or `dcterms:modified`, of the book itself.
    pub fn said<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Meta> {
        let of = move |meta: &&Meta| meta.name == name && meta.refines.is_none();
        self.metadata.iter().filter(of)
    }
}

/// An element of the metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// `dc:title`; of a `meta` its `property`, or its `name` in EPUB 2; of a `link` its `rel`.
    pub name: String,
    /// What it says, white space made even.
    pub value: String,
    /// Its id.
    pub id: Option<String>,
    /// What it says something of: the address as written.
    pub refines: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// Where it stands.
    pub at: Span,
    /// Its number in the package's tree.
    pub node: u32,
}

/// An item of the manifest.
#[derive(Clone, Debug)]
pub struct Item {
    /// What the spine calls it.
    pub id: String,
    /// The address as written.
    pub href: String,
    /// Where that leads.
    pub target: Target,
    /// Its media type, as written.
    pub media_type: String,
    /// `nav`, `cover-image` and their like.
    pub properties: Vec<String>,
    /// The id of the item to take where this one cannot be shown.
    pub fallback: Option<String>,
    /// Where it stands.
    pub at: Span,
    /// Where its address stands.
    pub href_at: Span,
    /// Its number in the package's tree.
    pub node: u32,
}

impl Item {
    /// Whether it has a property.
    pub fn has(&self, property: &str) -> bool {
        self.properties.iter().any(|one| one == property)
    }

    /// Its media type as types are compared: in lower case and without parameters.
    pub fn kind(&self) -> String {
        let plain = self.media_type.split(';').next().unwrap_or_default();
        plain.trim().to_ascii_lowercase()
    }

    /// Whether reading systems show it as a page of the spine without a fallback.
    pub fn is_document(&self, version: Version) -> bool {
        let kind = self.kind();
        let also: &[&str] = match version {
            Version::Three => &["image/svg+xml"],
            Version::Two => &["application/x-dtbook+xml", "text/x-oeb1-document"],
        };
        kind == "application/xhtml+xml" || also.contains(&kind.as_str())
    }
}

/// A place of the spine.
#[derive(Clone, Debug)]
pub struct Itemref {
    /// The item's id, as written.
    pub idref: String,
    /// The item, if there is one of this id.
    pub item: Option<usize>,
    /// Whether it is read in its turn.
    pub is_linear: bool,
    /// Where it stands.
    pub at: Span,
}

/// What an address in a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A link to follow.
    Link,
    /// A picture.
    Image,
    /// A style sheet.
    Style,
    /// A program.
    Script,
    /// Sound or film.
    Media,
    /// A document in a document: `iframe`, `object`, `embed`.
    Embedded,
    /// Part of a drawing, by `use`.
    Part,
    /// Where words are taken from: `cite`.
    Cited,
}

/// An address in a document.
#[derive(Clone, Debug)]
pub struct Reference {
    /// What it is for.
    pub role: Role,
    /// As written.
    pub address: String,
    /// Where it leads.
    pub target: Target,
    /// What it says: a link's words, a guide's title.
    pub label: String,
    /// What kinds of place it is said to lead to, by `epub:type`, or the kind in a guide.
    pub types: Vec<String>,
    /// The element, by its number in the tree.
    pub node: u32,
    /// Where it stands.
    pub at: Span,
}

/// A content document.
#[derive(Debug)]
pub struct Document {
    /// Its path in the container.
    pub path: String,
    /// All of it.
    pub tree: Tree,
    /// Whether it is a drawing: SVG rather than XHTML.
    pub is_drawing: bool,
    /// What its `title` says, white space made even.
    pub title: Option<String>,
    /// The language of its root.
    pub lang: Option<String>,
    /// The elements with ids, by the id; of two equal ones the first.
    pub ids: BTreeMap<String, u32>,
    /// All addresses, in order.
    pub references: Vec<Reference>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// What it says by `style` elements and attributes, with the place of each in the document's text.
    pub styles: Vec<(usize, Sheet)>,
}

impl Document {
    /// The element with an id.
    pub fn by_id(&self, id: &str) -> Option<Node<'_>> {
        self.tree.node(*self.ids.get(id)?)
    }

    /// Whether it names a style sheet.
    pub fn is_styled(&self) -> bool {
        self.references
            .iter()
            .any(|reference| reference.role == Role::Style)
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// From 1.
    pub level: u8,
    /// Its words, white space made even; what stands for pictures in it counts.
    pub words: String,
    /// Its start tag.
    pub at: Span,
    /// Its number in the tree.
    pub node: u32,
}

/// The navigation document.
#[derive(Debug, Default)]
pub struct Nav {
    /// Its path.
    pub path: String,
    /// Its lists, in order.
    pub lists: Vec<NavList>,
}

impl Nav {
    /// The first list of a kind: `toc`, `page-list`, `landmarks`.
    pub fn list(&self, kind: &str) -> Option<&NavList> {
        self.lists.iter().find(|list| list.kind == kind)
    }
}

/// A `nav` element.
#[derive(Clone, Debug, Default)]
pub struct NavList {
    /// Its `epub:type`; empty if it has none.
    pub kind: String,
    /// Its number in the document's tree.
    pub node: u32,
    /// Its entries, in order.
    pub entries: Vec<NavEntry>,
}

/// An entry of a list that leads somewhere.
#[derive(Clone, Debug)]
pub struct NavEntry {
    /// From 0.
    pub depth: usize,
    /// Its words, white space made even.
    pub label: String,
    /// Where it leads; `None` for a heading among the entries.
    pub target: Option<Target>,
    /// `epub:type`, of a landmark.
    pub types: Vec<String>,
    /// Where it stands.
    pub at: Span,
}

/// The contents of EPUB 2.
#[derive(Debug)]
pub struct Ncx {
    /// Its path.
    pub path: String,
    /// All of it.
    pub tree: Tree,
    /// The identifier of the book it is of: `dtb:uid`, and where that stands.
    pub uid: Option<(String, Span)>,
    /// Its entries, in order.
    pub points: Vec<NavEntry>,
    /// The pages of a printed book, in order.
    pub pages: Vec<NavEntry>,
}

/// A media overlay: which sound reads which text.
#[derive(Debug)]
pub struct Overlay {
    /// Its path.
    pub path: String,
    /// All of it.
    pub tree: Tree,
}

/// A style sheet of its own.
#[derive(Debug)]
pub struct StyleFile {
    /// What it says.
    pub sheet: Sheet,
    /// Its text's beginning.
    pub at: Span,
}

impl StyleFile {
    /// A place in it.
    pub fn span(&self, at: &std::ops::Range<usize>) -> Span {
        Span::new(self.at.file, at.start, at.end)
    }
}
