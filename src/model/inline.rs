//! What stands in a line.

use super::{Attrs, NodeId, Target};

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inline {
    /// Its number in the chapter.
    pub id: NodeId,
    /// What it is.
    pub kind: InlineKind,
}

/// What an inline is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum InlineKind {
    /// Words. White space in it was collapsed; no line ends.
    Text(String),
    /// A line end of the Markdown: a space.
    SoftBreak,
    /// A line end that the author asked for.
    HardBreak,
    /// `*…*`
    Emph(Vec<Inline>),
    /// `**…**`
    Strong(Vec<Inline>),
    /// `~~…~~`
    Strike(Vec<Inline>),
    /// `H~2~O`
    Sub(Vec<Inline>),
    /// `x^2^`
    Sup(Vec<Inline>),
    /// `[…]{.smallcaps}`
    SmallCaps(Vec<Inline>),
    /// `<u>`, `<ins>`
    Underline(Vec<Inline>),
    /// `<mark>`
    Mark(Vec<Inline>),
    /// `<kbd>`
    Kbd(Vec<Inline>),
    /// `<q>`; `refine` puts the language's quotation marks into its content.
    Quoted(Vec<Inline>),
    /// `<abbr title=…>`; `expansion` is the title.
    Abbr {
        /// What it stands for.
        expansion: Option<String>,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// `[…]{…}` with attributes of no meaning of their own but language, classes and an id; also an empty anchor.
    Span {
        /// Never empty of all attributes.
        attrs: Box<Attrs>,
        /// May be empty: an anchor.
        content: Vec<Inline>,
    },
    /// `` `…` ``
    Code {
        /// As typed, line ends as spaces.
        text: String,
        /// What was hung on it.
        attrs: Box<Attrs>,
    },
    /// `[…](…)`, `<…>`
    Link {
        /// As written, decoded: `#sec-method`, `two.md#x`, `https://…`. `resolve` says where it leads.
        to: String,
        /// The tool tip.
        title: Option<String>,
        /// What was hung on it.
        attrs: Box<Attrs>,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// An image among words.
    Image(Box<Image>),
    /// A note's mark; the index of the note in [`super::Chapter::notes`].
    NoteCall(u32),
    /// `$…$`; `display` for `$$…$$`.
    Math {
        /// LaTeX.
        tex: String,
        /// On a line of its own.
        display: bool,
        /// `{#eq-…}`.
        attrs: Box<Attrs>,
    },
    /// `[@key, p. 3]` and its kin, with the text to show until citations are resolved.
    Cite {
        /// In which form.
        form: CiteForm,
        /// Keys, each with its locator and the words around it, as written.
        keys: Vec<String>,
        /// As typed.
        plain: String,
    },
    /// `@fig-map`, `[-@fig-map]`, `{page=#sec}`.
    Ref {
        /// The id referred to, without `@` or `#`.
        to: String,
        /// Which part of it to show.
        form: RefForm,
        /// What to show until it is resolved.
        plain: String,
    },
    /// `[salt]{index="salt!trade"}`; its content stays in the text.
    Index {
        /// What to enter.
        mark: IndexMark,
        /// What is shown; may be empty.
        content: Vec<Inline>,
    },
    /// `[…]{only=pdf}`: for one format alone.
    Only {
        /// The format.
        target: Target,
        /// What is shown there.
        content: Vec<Inline>,
    },
}

/// How a citation was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CiteForm {
    /// `[@a; @b]`
    Bracketed,
    /// `@a says`
    InText,
    /// `[-@a]`
    WithoutAuthor,
}

/// How a reference was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefForm {
    /// `@fig-map`: "Figure 2"
    Full,
    /// `[-@fig-map]`: "2"
    NumberOnly,
    /// `{page=#sec}`: the page in print, a link in the EPUB
    Page,
}

/// An index entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IndexMark {
    /// As written in `index="…"`; `None` takes the marked words.
    pub entry: Option<String>,
}

/// An image, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Image {
    /// Where it comes from.
    pub source: ImageSource,
    /// The alternative text; empty if none was given.
    pub alt: String,
    /// The title in quotation marks.
    pub title: Option<String>,
    /// `width=80%`, `decorative` and the like.
    pub attrs: Attrs,
}

impl Image {
    /// What it shows, in words, if its author said so.
    pub fn described(&self) -> Option<&str> {
        Some(self.alt.as_str()).filter(|alt| !alt.trim().is_empty())
    }

    /// The author says that it only adorns.
    pub fn is_decorative(&self) -> bool {
        self.attrs.get("decorative").is_some() || self.attrs.has_class("decorative")
    }
}

/// Where an image comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImageSource {
    /// A file, relative to the book's folder, cleaned of `./` and `../` unless it leads out of it.
    File(String),
    /// Somewhere recto does not go: the network, `data:`, nowhere. As written.
    Elsewhere(String),
}
