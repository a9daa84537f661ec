//! The printed page.

use crate::diag::Sink;
use crate::unit::{Abs, Em, Length, Point, Rect, Sides, Size};
use crate::yaml::{self, Key, Node};

use super::cover::CoverSpec;
use super::ends::PageEnds;
use super::float::FloatLimits;
use super::margins::Margins;
use super::notes::{self, NoteSpec};
use super::schema;

/// Between columns where no theme says it: what keeps the eye in its column, at the sizes of books.
pub const COLUMN_GAP: Length = Length::Em(Em::new(1.5));

/// The page and its furniture.
#[derive(Clone, Debug, PartialEq)]
pub struct PageSpec {
    /// After trimming.
    pub trim: Size,
    /// From the trim to the type area.
    pub margins: Sides<Abs>,
    /// How far colour and pictures run over the trim. No theme says it: it is the printer's to ask for.
    pub bleed: Sides<Abs>,
    /// Whether left and right pages differ. A one-sided page has its `inner` margin on the left and no blank versos.
    pub spread: Spread,
    /// The line above the text on left-hand pages.
    pub head_verso: Head,
    /// The line above the text on right-hand pages.
    pub head_recto: Head,
    /// From the baseline of the running head to the top of the type area.
    pub head_gap: Abs,
    /// Between two columns of text; parts of an em are the text's.
    pub column_gap: Length,
    /// What heads in the manner of dictionaries name.
    pub terms: Terms,
    /// What the tabs at the outer edge stand for.
    pub thumb: Thumb,
    /// Where the folio stands.
    pub folio: FolioPlace,
    /// From the bottom of the type area to the baseline of a folio at the foot.
    pub folio_gap: Abs,
    /// No running head, and the folio at the foot or nowhere, on a page that opens a chapter.
    pub bare_openings: bool,
    /// What page ends weigh.
    pub ends: PageEnds,
    /// Notes.
    pub notes: NoteSpec,
    /// What pages take of figures and tables that float.
    pub floats: FloatLimits,
    /// The cover.
    pub cover: CoverSpec,
}

/// Whether left and right pages differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spread {
    /// A bound book.
    Facing,
    /// Loose sheets, screens.
    Single,
}

/// What a running head says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Head {
    /// Nothing.
    #[default]
    None,
    /// The book's title.
    Title,
    /// The first author.
    Author,
    /// The part's title.
    Part,
    /// The chapter's title.
    Chapter,
    /// The title of a section on the page or before it: of the first on left-hand pages, of the last on right-hand ones.
    Section,
    /// The first of the page's [`Terms`], as dictionaries have it.
    FirstTerm,
    /// The last of them.
    LastTerm,
    /// Both.
    Terms,
}

/// What running heads in the manner of dictionaries name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Terms {
    /// Terms of definition lists.
    #[default]
    Definitions,
    /// Headings of sections.
    Sections,
}

/// What the tabs of a thumb index stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Thumb {
    /// There are none.
    #[default]
    None,
    /// One for each part.
    Part,
    /// One for each chapter.
    Chapter,
}

/// Where a folio stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FolioPlace {
    /// In the running head's line, at the outer edge.
    #[default]
    HeadOuter,
    /// At the foot, in the middle.
    FootCenter,
    /// At the foot, at the outer edge.
    FootOuter,
    /// Nowhere.
    None,
}

impl PageSpec {
    /// The type area's width: the measure of running text.
    pub fn measure(&self) -> Abs {
        self.trim.width - self.margins.inner - self.margins.outer
    }

    /// The type area's height.
    pub fn depth(&self) -> Abs {
        self.trim.height - self.margins.head - self.margins.foot
    }

    /// Where the type area begins on a page whose spine is at its left, or at its right.
    pub fn area(&self, spine_left: bool) -> Point {
        let left = if spine_left {
            self.margins.inner
        } else {
            self.margins.outer
        };
        Point::new(left, self.margins.head)
    }

    /// The trim and the bleed around it, of a page whose spine is at its left, or at its right.
    pub fn bled(&self, spine_left: bool) -> Rect {
        let bleed = &self.bleed;
        let left = if spine_left { bleed.inner } else { bleed.outer };
        Rect {
            at: Point::new(-left, -bleed.head),
            size: Size::new(
                self.trim.width + bleed.inner + bleed.outer,
                self.trim.height + bleed.head + bleed.foot,
            ),
        }
    }
}

/// A page on its way through the layers.
#[derive(Clone, Debug)]
pub(super) struct PageDraft {
    trim: Size,
    margins: Margins,
    spread: Spread,
    head_verso: Head,
    head_recto: Head,
    head_gap: Abs,
    column_gap: Length,
    terms: Terms,
    thumb: Thumb,
    folio: FolioPlace,
    folio_gap: Abs,
    bare_openings: bool,
    ends: PageEnds,
    notes: NoteSpec,
    floats: FloatLimits,
    cover: CoverSpec,
}

impl Default for PageDraft {
    /// A plain A5 page.
    fn default() -> PageDraft {
        PageDraft {
            trim: Size::new(Abs::mm(148.0), Abs::mm(210.0)),
            margins: Margins::default(),
            spread: Spread::Facing,
            head_verso: Head::None,
            head_recto: Head::None,
            head_gap: Abs::pt(14.0),
            column_gap: COLUMN_GAP,
            terms: Terms::Definitions,
            thumb: Thumb::None,
            folio: FolioPlace::FootCenter,
            folio_gap: Abs::pt(28.0),
            bare_openings: true,
            ends: PageEnds::STRICT,
            notes: NoteSpec::default(),
            floats: FloatLimits::default(),
            cover: CoverSpec::default(),
        }
    }
}

/// The smallest and largest trim that any press or screen here asks for, in points: a stamp and a poster.
const TRIM_LIMITS: (f64, f64) = (72.0, 7200.0);

fn trim(node: &Node) -> Result<Size, String> {
    let wanted =
        || "a size such as `a5`, `6x9in` or `{width: 148mm, height: 210mm}` is wanted".to_owned();
    let size = if let Some(text) = node.text() {
        text.parse().map_err(|_| wanted())?
    } else {
        let side = |key: &str| {
            node.get(key)
                .and_then(Node::text)
                .and_then(|text| text.parse().ok())
                .ok_or_else(wanted)
        };
        Size::new(side("width")?, side("height")?)
    };
    let fits = |side: Abs| (TRIM_LIMITS.0..=TRIM_LIMITS.1).contains(&side.to_pt());
    if fits(size.width) && fits(size.height) {
        Ok(size)
    } else {
        Err("a page is between 1 and 100 inches wide and high".to_owned())
    }
}

/// A part of the page's depth: not all of it, since some lines of text are to stand there too.
fn share(node: &Node) -> Result<f64, String> {
    let percent = node.text().and_then(|text| text.trim().strip_suffix('%'));
    let part = percent.and_then(|percent| percent.trim().parse::<f64>().ok());
    part.filter(|part| (10.0..=90.0).contains(part))
        .map(|part| part / 100.0)
        .ok_or_else(|| "a part of the page from `10%` to `90%` is wanted".to_owned())
}

/// The keys of a page.
const KEYS: &[&str] = &[
    "trim",
    "margins",
    "spread",
    "head-verso",
    "head-recto",
    "head-gap",
    "column-gap",
    "terms",
    "thumb",
    "folio",
    "folio-gap",
    "bare-openings",
    "ends",
    "notes",
    "float-count",
    "float-share",
    "float-page",
    "cover",
];

impl PageDraft {
    /// Takes one key of the page in.
    pub fn lay(&mut self, key: &Key, node: &Node, sink: &Sink) {
        let heads = [
            ("none", Head::None),
            ("title", Head::Title),
            ("author", Head::Author),
            ("part", Head::Part),
            ("chapter", Head::Chapter),
            ("section", Head::Section),
            ("first-term", Head::FirstTerm),
            ("last-term", Head::LastTerm),
            ("terms", Head::Terms),
        ];
        let terms = [
            ("definitions", Terms::Definitions),
            ("sections", Terms::Sections),
        ];
        let thumbs = [
            ("none", Thumb::None),
            ("part", Thumb::Part),
            ("chapter", Thumb::Chapter),
        ];
        let places = [
            ("head-outer", FolioPlace::HeadOuter),
            ("foot-center", FolioPlace::FootCenter),
            ("foot-outer", FolioPlace::FootOuter),
            ("none", FolioPlace::None),
        ];
        let spreads = [("facing", Spread::Facing), ("single", Spread::Single)];
        let absolute = |node: &Node| match schema::length(node)? {
            Length::Abs(abs) => Ok(abs),
            _ => Err("an absolute length such as `14pt` is wanted".to_owned()),
        };
        let outcome = match key.name.as_str() {
            "trim" => trim(node).map(|trim| self.trim = trim),
            "margins" => return self.margins.lay(node, sink),
            "ends" => return self.ends.lay(key, node, sink),
            "notes" => return self.notes.lay(key, node, sink),
            "cover" => return self.cover.lay(key, node, sink),
            "spread" => schema::choice(node, &spreads).map(|spread| self.spread = spread),
            "head-verso" => schema::choice(node, &heads).map(|head| self.head_verso = head),
            "head-recto" => schema::choice(node, &heads).map(|head| self.head_recto = head),
            "head-gap" => absolute(node).map(|gap| self.head_gap = gap),
            "column-gap" => notes::positive(node).map(|gap| self.column_gap = gap),
            "terms" => schema::choice(node, &terms).map(|terms| self.terms = terms),
            "thumb" => schema::choice(node, &thumbs).map(|thumb| self.thumb = thumb),
            "folio" => schema::choice(node, &places).map(|place| self.folio = place),
            "folio-gap" => absolute(node).map(|gap| self.folio_gap = gap),
            "float-count" => schema::number(node, 20).map(|n| self.floats.most = n.into()),
            "float-share" => share(node).map(|share| self.floats.share = share),
            "float-page" => share(node).map(|share| self.floats.alone = share),
            "bare-openings" => schema::flag(node).map(|bare| self.bare_openings = bare),
            _ => return sink.push(yaml::unknown_key(key, Some("page"), KEYS.iter().copied())),
        };
        if let Err(wanted) = outcome {
            sink.push(schema::invalid(key, node, &wanted));
        }
    }

    /// The size of the page.
    pub fn trim(&self) -> Size {
        self.trim
    }

    /// The page, with its margins in lengths.
    pub fn settle(&self) -> PageSpec {
        PageSpec {
            trim: self.trim,
            margins: self.margins.settle(self.trim),
            bleed: Sides::default(),
            spread: self.spread,
            head_verso: self.head_verso,
            head_recto: self.head_recto,
            head_gap: self.head_gap,
            column_gap: self.column_gap,
            terms: self.terms,
            thumb: self.thumb,
            folio: self.folio,
            folio_gap: self.folio_gap,
            bare_openings: self.bare_openings,
            ends: self.ends,
            notes: self.notes,
            floats: self.floats,
            cover: self.cover,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bleed_lies_around_the_trim_on_either_side() {
        let mut page = PageDraft::default().settle();
        page.trim = Size::new(Abs::pt(200.0), Abs::pt(300.0));
        page.bleed = Sides {
            inner: Abs::ZERO,
            outer: Abs::pt(9.0),
            head: Abs::pt(8.0),
            foot: Abs::pt(7.0),
        };
        let size = Size::new(Abs::pt(209.0), Abs::pt(315.0));
        let at = |x: f64| Point::new(Abs::pt(x), Abs::pt(-8.0));
        assert_eq!(page.bled(true), Rect { at: at(0.0), size });
        assert_eq!(page.bled(false), Rect { at: at(-9.0), size });
    }

    #[test]
    fn trims_read() {
        let read = |text: &str| {
            let sources = crate::source::Sources::new();
            let node = yaml::read(&sources.add("x", text), &Sink::new()).unwrap();
            trim(&node).map(|size| (size.width.to_string(), size.height.to_string()))
        };
        let found = |width: &str, height: &str| Ok((width.to_owned(), height.to_owned()));
        assert_eq!(read("6x9in"), found("432pt", "648pt"));
        assert_eq!(read("5.5x8.5in"), found("396pt", "612pt"));
        assert_eq!(read("5.5in x 8.5in"), found("396pt", "612pt"));
        assert_eq!(read("A5"), found("419.528pt", "595.276pt"));
        assert_eq!(
            read("{width: 100mm, height: 200mm}"),
            found("283.465pt", "566.929pt")
        );
        for bad in ["a9", "6x9", "1x1mm", "3", "{width: 1mm}"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
