//! What is different between two copies of a book.

use crate::unit::Rect;

/// A kind of finished file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Pages.
    Pdf,
    /// Documents.
    Epub,
}

impl Kind {
    /// As files of the kind end.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Epub => "epub",
        }
    }

    /// What a copy of it is counted in.
    pub fn unit(self) -> &'static str {
        match self {
            Kind::Pdf => "page",
            Kind::Epub => "document",
        }
    }
}

/// All that is different between an old copy and a new one. Nothing in it: they show the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// What was compared.
    pub kind: Kind,
    /// What the pages, or documents, of the old copy are called, and those of the new.
    pub names: (Vec<String>, Vec<String>),
    /// Pages, or documents, that changed, in the order of the new copy.
    pub parts: Vec<PartChange>,
    /// Stretches of text that changed, in order.
    pub texts: Vec<TextChange>,
    /// What the files say of themselves, what they link to, what they show.
    pub facts: Vec<Fact>,
}

impl Changes {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.texts.is_empty() && self.facts.is_empty()
    }

    /// How many pages, or documents, changed, were added, were removed.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |of: fn(&PartChange) -> bool| self.parts.iter().filter(|part| of(part)).count();
        (
            count(|part| part.old.is_some() && part.new.is_some()),
            count(|part| part.old.is_none()),
            count(|part| part.new.is_none()),
        )
    }
}

/// A page, or a document of an EPUB, that changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartChange {
    /// Its number in the old copy, from 0; `None` if it was added.
    pub old: Option<usize>,
    /// Its number in the new copy, from 0; `None` if it was removed.
    pub new: Option<usize>,
    /// The text that changed on it: numbers of [`Changes::texts`].
    pub texts: Vec<usize>,
    /// The lines of the new page that begin or end at other words, from 1. Lines whose words changed, but no others, are not among
    /// them.
    pub lines: Vec<usize>,
    /// Where it begins now, if that is elsewhere.
    pub begins: Option<Moved>,
    /// Where it ends now, if that is elsewhere.
    pub ends: Option<Moved>,
    /// What else is different to the eye.
    pub looks: Vec<Look>,
    /// Where on the pages that is.
    pub marks: Marks,
}

impl PartChange {
    /// Whether it is in both copies and nothing is different.
    pub fn is_empty(&self) -> bool {
        self.old.is_some()
            && self.new.is_some()
            && self.texts.is_empty()
            && self.lines.is_empty()
            && self.begins.is_none()
            && self.ends.is_none()
            && self.looks.is_empty()
    }
}

/// A page's beginning or end that is at other words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The first words of the old page, or its last.
    pub was: String,
    /// Those of the new one.
    pub is: String,
    /// By how many lines it comes later in the text; below zero: earlier. 0: by less than a line.
    pub lines: i64,
}

/// What is different to the eye, beside words and lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// The page's size.
    Size,
    /// Lines of the new page, from 1, that have the same words at other places, in another size or colour.
    Setting(Vec<usize>),
    /// Pictures.
    Pictures,
    /// Rules, grounds, drawings.
    Drawings,
    /// Running heads, as they were and as they are.
    Heads(String, String),
    /// A document's markup alone.
    Markup,
}

/// Where on two pages something is different.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// On the old page.
    pub old: Vec<(Mark, Rect)>,
    /// On the new one.
    pub new: Vec<(Mark, Rect)>,
}

/// What a place on a page is marked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Words that are gone.
    Gone,
    /// Words that have come.
    Come,
    /// A line that is broken elsewhere.
    Line,
    /// Another look.
    Look,
}

/// A stretch of text that is another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextChange {
    /// What stood there; empty if it was inserted.
    pub old: String,
    /// What stands there; empty if it was deleted.
    pub new: String,
    /// How many words that was and is.
    pub words: (u32, u32),
    /// The words before it, and behind it.
    pub around: (String, String),
    /// Where it was.
    pub was: Place,
    /// Where it is.
    pub is: Place,
}

/// A place in a copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The page's, or the document's, number from 0.
    pub part: usize,
    /// The line, or the paragraph, from 1; 0 if there is none.
    pub line: usize,
}

/// Something that a copy says of itself, or shows, and that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it belongs to.
    pub about: About,
    /// What it is: `title`; of a link, the words it stands on.
    pub name: String,
    /// As it was; `None` if it was not there.
    pub old: Option<String>,
    /// As it is; `None` if it is not there.
    pub new: Option<String>,
    /// Where it was and is.
    pub places: (Option<usize>, Option<usize>),
}

/// What a fact belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The book's metadata.
    Metadata,
    /// The outline, or the navigation document.
    Contents,
    /// Page labels, or the page list.
    Labels,
    /// The size of pages.
    Size,
    /// Pictures.
    Pictures,
    /// Running heads.
    Heads,
    /// Links.
    Links,
    /// Style sheets, fonts and whatever else an EPUB holds.
    Resources,
}

impl About {
    /// In one word.
    pub fn name(self) -> &'static str {
        match self {
            About::Metadata => "metadata",
            About::Contents => "contents",
            About::Labels => "labels",
            About::Size => "size",
            About::Pictures => "pictures",
            About::Heads => "heads",
            About::Links => "links",
            About::Resources => "resources",
        }
    }
}
