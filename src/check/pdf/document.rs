//! A PDF as its readers see it, whatever objects it is made of.

use std::collections::{BTreeMap, BTreeSet};

use super::feature::Features;
use crate::source::Span;

/// A finished PDF. Pages, fonts, elements and pictures are known by their index here.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file's name.
    pub name: String,
    /// Its place in the texts read: an empty text that stands for the file.
    pub at: Span,
    /// As the catalog or, if that says nothing, the header has it: 1.7 is `(1, 7)`.
    pub version: (u8, u8),
    /// The document information: `Title`, `Author` and so on, as texts.
    pub info: BTreeMap<String, String>,
    /// The metadata in XML.
    pub xmp: Option<Xmp>,
    /// The language of the whole, as it stands there.
    pub lang: Option<String>,
    /// Whether viewers are to show the title instead of the file's name.
    pub shows_title: bool,
    /// Whether the file says that it is tagged.
    pub marked: bool,
    /// In reading order.
    pub pages: Vec<Page>,
    /// All fonts of the file.
    pub fonts: Vec<Font>,
    /// All pictures that pages show.
    pub images: Vec<Image>,
    /// The tree of tags.
    pub structure: Option<Structure>,
    /// The outline, from the top.
    pub outline: Vec<Entry>,
    /// Named destinations.
    pub destinations: BTreeMap<String, Target>,
    /// What the colours are meant for.
    pub intents: Vec<Intent>,
    /// Programs that the file runs, each as `JavaScript in …`.
    pub actions: Vec<String>,
    /// What readers of an encrypted file may not do; `None` if it is not encrypted.
    pub forbidden: Option<Vec<&'static str>>,
    /// What it uses that standards restrict.
    pub(crate) features: Features,
}

/// Metadata in XML (XMP); what is not there is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xmp {
    /// Whether it is XML at all.
    pub is_sound: bool,
    /// `dc:title`, in its default language.
    pub title: Option<String>,
    /// `dc:creator`, in order.
    pub creators: Vec<String>,
    /// `dc:description`, in its default language.
    pub description: Option<String>,
    /// `dc:language`.
    pub languages: Vec<String>,
    /// `pdf:Keywords`.
    pub keywords: Option<String>,
    /// `pdf:Producer`.
    pub producer: Option<String>,
    /// `xmp:CreatorTool`.
    pub tool: Option<String>,
    /// `xmp:CreateDate`.
    pub created: Option<String>,
    /// `xmp:ModifyDate`.
    pub modified: Option<String>,
    /// The part of PDF/UA that is claimed.
    pub ua: Option<String>,
    /// The part and the level of PDF/A that are claimed: `2b`.
    pub archive: Option<String>,
    /// The PDF/X that is claimed: `PDF/X-4`.
    pub press: Option<String>,
}

/// A rectangle in points: left, bottom, right, top.
pub type Rect = [f64; 4];

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The number of its object.
    pub object: u32,
    /// What it is called: its label, or its number from 1 where the file has no labels.
    pub label: String,
    /// The page's own box; `None` if it has none that is a rectangle.
    pub media: Option<Rect>,
    /// The other boxes that are given: `CropBox`, `BleedBox`, `TrimBox`, `ArtBox`.
    pub boxes: BTreeMap<&'static str, Rect>,
    /// What it shows in letters, in the order of its content.
    pub text: Vec<Stretch>,
    /// Pieces of content by the marks that tags know them by, and how often each occurs. Of a form, see [`Page::forms`].
    pub marks: BTreeMap<u32, u32>,
    /// The same of forms that the page draws and that have tags of their own, by the number of the form's object.
    pub forms: BTreeMap<u32, BTreeMap<u32, u32>>,
    /// Of the marks those whose content says its own language.
    pub spoken: BTreeSet<u32>,
    /// What is neither tagged nor decoration: how many strings, pictures and drawings.
    pub untagged: [u32; 3],
    /// Colour spaces that it uses.
    pub colours: BTreeSet<Colour>,
    /// Colours that stand in for inks of their own, or in which transparency is blended.
    pub alternates: BTreeSet<Colour>,
    /// The colours of the page's own output intent, as PDF 2.0 has them.
    pub meant: Option<String>,
    /// Pictures that it shows.
    pub images: Vec<Placed>,
    /// Its links and other notes on it.
    pub annotations: Vec<Annotation>,
    /// The key of its tags in the tree that leads from content to tags.
    pub parents: Option<i64>,
}

/// Letters that are shown at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// What they say; U+FFFD for what the file does not tell.
    pub text: String,
    /// The font; `None` if the file has no such.
    pub font: Option<usize>,
    /// Their size on the page in points.
    pub size: f64,
    /// Where they begin and end on the page, in points from its lower left corner.
    pub from: [f64; 2],
    /// See [`Stretch::from`].
    pub to: [f64; 2],
    /// The mark by which tags know them.
    pub mark: Option<u32>,
    /// Whether they are decoration: a folio, a running head.
    pub is_artifact: bool,
    /// Whether they are shown at all; text behind a scan is not.
    pub is_visible: bool,
}

/// How a colour is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    /// Of a device, in greys.
    Grey,
    /// Of a device, for screens.
    Rgb,
    /// Of a device, in four inks.
    Cmyk,
    /// By a profile or a measured space.
    Measured,
    /// An ink of its own.
    Spot,
    /// A pattern.
    Pattern,
}

/// A font.
#[derive(Clone, Debug, Default)]
pub struct Font {
    /// The number of its object; 0 if it has none.
    pub object: u32,
    /// Its name, without the mark of a subset.
    pub name: String,
    /// Whether it is marked as a subset.
    pub is_subset: bool,
    /// What it is: `Type1`, `TrueType`, `Type3`, `CIDFontType0`, `CIDFontType2` and so on.
    pub kind: String,
    /// The font's program.
    pub program: Program,
    /// Whether it says which characters its codes are.
    pub has_unicode: bool,
    /// Whether letters in it can be seen; those behind a scan cannot.
    pub is_visible: bool,
    /// The pages that show it, and the codes that they show.
    pub pages: BTreeSet<usize>,
    /// Codes shown that stand for no character that is told, with the first page of each and the mark there.
    pub lost: BTreeMap<u32, (usize, Option<u32>)>,
    /// Codes shown for which the program has no glyph, with the first page of each.
    pub notdef: BTreeMap<u32, usize>,
}

/// What the file has of a font's program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Program {
    /// Nothing.
    #[default]
    Missing,
    /// None is needed: the file draws the letters itself.
    Drawn,
    /// One that cannot be read, and why.
    Broken(String),
    /// One with so many glyphs.
    Sound(u32),
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The number of its object; 0 for one that stands in a page's content.
    pub object: u32,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// `None` for a stencil, or where its own file says it.
    pub colour: Option<Colour>,
}

/// A picture on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Which.
    pub image: usize,
    /// Its width and height on the page in points.
    pub size: [f64; 2],
}

/// A note on a page: a link, a form's field, a comment.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// The number of its object; 0 if it has none.
    pub object: u32,
    /// `Link`, `Widget`, `Text` and so on.
    pub kind: String,
    /// Where on the page.
    pub rect: Option<Rect>,
    /// What it says of itself to who does not see it.
    pub contents: Option<String>,
    /// Of a form's field: what it is called.
    pub field: Option<String>,
    /// Where it leads.
    pub target: Option<Target>,
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// Its key in the tree that leads from content to tags.
    pub parent: Option<i64>,
}

/// Where something leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// To a page.
    Page {
        /// Which.
        page: usize,
        /// How high on it, in points from its foot, if it says.
        top: Option<f64>,
    },
    /// To the web.
    Web(String),
    /// To another file.
    File(String),
    /// To the next or first page, or to what a viewer does.
    Viewer,
    /// Nowhere, and why.
    Nowhere(String),
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it says.
    pub title: String,
    /// 0 at the top.
    pub depth: usize,
    /// Where it leads; `None` for one that only holds others.
    pub target: Option<Target>,
}

/// What the colours of a file are meant for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// `GTS_PDFX`, `GTS_PDFA1` and so on.
    pub kind: String,
    /// The name of the printing condition.
    pub condition: Option<String>,
    /// What its profile is for: `prtr`, `mntr` and so on.
    pub class: Option<String>,
    /// The colours of its profile: `RGB`, `CMYK`, `GRAY`; `None` if there is no profile in the file.
    pub space: Option<String>,
}

/// The tree of tags, each element with its number in it.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// In reading order; an element stands before its kids.
    pub elements: Vec<Element>,
    /// For which tags others stand.
    pub roles: BTreeMap<String, String>,
    /// From the keys of pages, forms and annotations to elements, by the numbers of their objects.
    pub parents: BTreeMap<i64, Vec<u32>>,
}

/// An element of the tree.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// The number of its object; 0 if it has none.
    pub object: u32,
    /// Its tag, as it stands there.
    pub tag: String,
    /// The standard tag for which that stands; empty if for none.
    pub role: String,
    /// The element that it is in; `None` at the top.
    pub parent: Option<usize>,
    /// Whether its tag is of a vocabulary that it names.
    pub has_space: bool,
    /// What it holds, in order.
    pub kids: Vec<Kid>,
    /// `Alt`.
    pub alt: Option<String>,
    /// `ActualText`.
    pub actual: Option<String>,
    /// `Lang`.
    pub lang: Option<String>,
    /// How many columns and rows a cell takes.
    pub spans: [u32; 2],
    /// Whether it says for which cells it is the header.
    pub has_scope: bool,
    /// Whether it says which cells are its headers.
    pub has_headers: bool,
    /// By which others know it.
    pub id: Option<Vec<u8>>,
}

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kid {
    /// Another element.
    Element(usize),
    /// Content of a page by its mark; of a form on it, by the number of the form's object too.
    Content {
        /// The page; `None` if it says none that there is.
        page: Option<usize>,
        /// The form, if it is in one.
        form: Option<u32>,
        /// The mark.
        mark: u32,
    },
    /// An annotation or another object, by its number.
    Object(u32),
}

impl Document {
    /// The label of a page; empty if there is no such page.
    pub(crate) fn label(&self, page: usize) -> &str {
        self.pages.get(page).map_or("", |page| &page.label)
    }

    /// Whether it says that it keeps to PDF/X.
    pub fn claims_press(&self) -> bool {
        let claimed = self.xmp.as_ref().is_some_and(|xmp| xmp.press.is_some());
        let mut intents = self.intents.iter();
        claimed
            || self.info.contains_key("GTS_PDFXVersion")
            || intents.any(|intent| intent.kind == "GTS_PDFX")
    }

    /// Whether it is made for a press: it says so, or it has no tags, claims to be no PDF/UA, and says where its pages are trimmed.
    pub fn is_for_press(&self) -> bool {
        let trimmed = |page: &Page| page.boxes.contains_key("TrimBox");
        let read_aloud = self.xmp.as_ref().is_some_and(|xmp| xmp.ua.is_some());
        self.claims_press()
            || self.structure.is_none() && !read_aloud && self.pages.iter().any(trimmed)
    }
}

impl Page {
    /// What the page shows in words, without what is decoration: lines end in a line feed, and a gap wide enough for it is a space.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut last: Option<&Stretch> = None;
        let shown = self.text.iter();
        for stretch in shown.filter(|stretch| !stretch.is_artifact && !stretch.text.is_empty()) {
            if let Some(last) = last {
                let size = last.size.max(stretch.size).max(1.0);
                let up = (stretch.from[1] - last.to[1]).abs();
                let along = (stretch.from[0] - last.to[0]).abs();
                // A line is lower by more than a raised figure is; a word space is rarely under an eighth of an em.
                if up > size * 0.6 {
                    words.push('\n');
                } else if along > size * 0.12 && !words.ends_with(char::is_whitespace) {
                    words.push(' ');
                }
            }
            words.push_str(&stretch.text);
            last = Some(stretch);
        }
        words
    }
}
