//! Flows: runs of chapters between forced page ends, each laid out on its own and at the same time as the others.

use std::collections::BTreeSet;
use std::ops::Range;

use super::frame::{DestId, FontId, Frame, Item};
use super::galley::opening::title_roles;
use super::galley::stick::Stick;
use super::galley::{Galley, Mark};
use super::page::collect::collect;
use super::page::column::Column;
use super::page::compose::{Area, compose};
use super::page::figures::figures;
use super::page::findings::Pages;
use super::page::paginate::{Begins, Cut, Cuts, paginate};
use super::page::starts;
use super::plan::Plan;
use super::report::PageFigures;
use super::shape::Shaper;
use super::structure::{Element, ElementId, Structure, Tag};
use crate::diag::Sink;
use crate::manifest::NotePlace;
use crate::model::{BlockKind, Chapter, ChapterId, ChapterRole, Locus, Matter, NodeId, NodeRef};
use crate::theme::{Break, Spread};
use crate::unit::{Abs, Point, Side};

/// A run of chapters.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Their places in the book.
    pub chapters: Range<usize>,
    /// Where its first page stands.
    pub open_on: Break,
    /// Its pages change with the page numbers of others.
    pub reads_folios: bool,
}

/// A flow on pages.
#[derive(Debug, Default)]
pub struct Laid {
    /// Its pages' type areas.
    pub areas: Vec<Area>,
    /// What begins on its pages, by [`Area::marks`]; given by [`Cast::finish`].
    pub marks: Vec<Mark>,
    /// What a screen reader reads; given by [`Cast::finish`].
    pub structure: Structure,
    /// Where links lead: on which of its pages, and where in the type area.
    pub anchors: Vec<(DestId, usize, Point)>,
    /// The fonts of its glyphs.
    pub fonts: BTreeSet<FontId>,
    /// What each page is like.
    pub figures: Vec<PageFigures>,
    /// Notes for which there is no room in the margins of its pages.
    pub refused: Vec<NodeRef>,
    /// The notes at the feet of its pages, in order.
    pub notes: Vec<NodeRef>,
    /// For the notes at the end of a book: those on each page.
    pub endnotes: Vec<Vec<NodeRef>>,
    /// Where in the book's text each page begins; given by [`Cast::finish`].
    pub starts: Vec<Option<Locus>>,
}

/// Cuts the book into flows.
pub fn flows(plan: &Plan<'_>) -> Vec<Flow> {
    let mut flows: Vec<Flow> = Vec::new();
    let mut before: Option<&Chapter> = None;
    for (index, chapter) in plan.edition.book.chapters.iter().enumerate() {
        if chapter.role == ChapterRole::Cover && chapter.blocks.is_empty() {
            continue;
        }
        let open_on = open_on(plan, ChapterId(index as u32), chapter, before);
        let here = open_on == Break::Here;
        let reads_folios = chapter
            .blocks
            .iter()
            .any(|block| block.kind == BlockKind::Contents);
        match flows
            .last_mut()
            .filter(|flow| here && flow.chapters.end == index)
        {
            Some(flow) => {
                flow.chapters.end = index + 1;
                flow.reads_folios |= reads_folios;
            }
            None => flows.push(Flow {
                chapters: index..index + 1,
                open_on: if here { Break::Page } else { open_on },
                reads_folios,
            }),
        }
        before = Some(chapter);
    }
    flows
}

/// Where a chapter begins: as the theme says of its title, else as is the custom.
fn open_on(plan: &Plan<'_>, id: ChapterId, chapter: &Chapter, before: Option<&Chapter>) -> Break {
    use ChapterRole as R;
    let node = NodeRef {
        chapter: id,
        node: NodeId(0),
    };
    let numbered = plan.edition.facts.numbers.contains_key(&node);
    let (role, _) = title_roles(chapter, numbered);
    let style = plan.style(role, &chapter.attrs.classes, &plan.body);
    let first_of_body =
        chapter.matter == Matter::Body && before.is_none_or(|before| before.matter != Matter::Body);
    let custom = match chapter.role {
        R::HalfTitle | R::TitlePage | R::Dedication | R::Epigraph | R::Contents | R::Part => {
            Break::Recto
        }
        R::Copyright => Break::Page,
        _ if chapter.depth > 0 => Break::Here,
        _ => Break::Page,
    };
    let mut open_on = match chapter.role {
        R::HalfTitle | R::TitlePage | R::Copyright | R::Dedication | R::Epigraph => custom,
        _ => style.open_on.unwrap_or(custom),
    };
    let after_page = before.is_none_or(|before| {
        before.role.is_preliminary()
            || matches!(before.role, R::Part | R::Contents)
            || before.matter != chapter.matter
    });
    if open_on == Break::Here && after_page {
        open_on = Break::Page;
    }
    // The text begins on page 1, which is a right-hand page.
    if first_of_body {
        open_on = Break::Recto;
    }
    if open_on == Break::Recto && plan.page.spread == Spread::Single {
        open_on = Break::Page;
    }
    open_on
}

/// Sets a flow's galley, with the structure that goes with it.
pub fn set<'c>(
    flow: &Flow,
    plan: &'c Plan<'c>,
    shaper: &'c Shaper<'c>,
    sink: &'c Sink,
) -> (Galley, Structure) {
    let chapters = &plan.edition.book.chapters;
    let single = flow.chapters.len() == 1;
    let tag = |chapter: &Chapter| {
        if chapter.role == ChapterRole::Part {
            Tag::Part
        } else {
            Tag::Sect
        }
    };
    let first = ChapterId(flow.chapters.start as u32);
    let Some(mut cx) = plan.context(shaper, sink, first, Tag::Div) else {
        return Default::default();
    };
    let mut stick = Stick::new(&mut cx, plan, plan.measure, ElementId(0));
    for index in flow.chapters.clone() {
        let Some(chapter) = chapters.get(index) else {
            continue;
        };
        let id = ChapterId(index as u32);
        stick.cx.enter(id, chapter);
        let node = NodeRef {
            chapter: id,
            node: NodeId(0),
        };
        let outer = stick.room;
        let mut element = Element::of(tag(chapter), node);
        element.lang.clone_from(&chapter.lang);
        if single {
            if let Some(root) = stick.cx.structure.elements.first_mut() {
                *root = element;
            }
        } else {
            stick.room.parent = stick.cx.structure.open(outer.parent, element);
        }
        stick.chapter(chapter);
        if chapter.role == ChapterRole::Notes && plan.edition.book.notes() == NotePlace::Book {
            stick.book_notes(id);
        }
        stick.room = outer;
    }
    let galley = stick.finish();
    (galley, cx.structure)
}

/// A flow whose page ends are known, for either side on which it may begin.
#[derive(Debug, Default)]
pub struct Cast {
    galley: Galley,
    structure: Structure,
    column: Column,
    cuts: Cuts,
    /// The notes of the whole book stand in it.
    endnotes: bool,
}

/// Sets a flow and finds its page ends.
pub fn cast<'c>(flow: &Flow, plan: &'c Plan<'c>, shaper: &'c Shaper<'c>, sink: &'c Sink) -> Cast {
    let (galley, structure) = set(flow, plan, shaper, sink);
    let column = collect(&galley, plan);
    // What stands before the others is not known yet, so neither is their first page's side.
    let begins = match flow.open_on {
        Break::Recto => Begins::On(Side::Recto),
        _ => Begins::Anywhere,
    };
    let cuts = paginate(&column, begins);
    let endnotes = plan.edition.book.notes() == NotePlace::Book
        && flow.chapters.clone().any(|index| {
            let chapter = plan.edition.book.chapters.get(index);
            chapter.is_some_and(|chapter| chapter.role == ChapterRole::Notes)
        });
    Cast {
        galley,
        structure,
        column,
        cuts,
        endnotes,
    }
}

impl Cast {
    /// How many pages it has, if the first is on this side.
    pub fn pages(&self, side: Side) -> usize {
        self.cuts.on(side).len()
    }

    /// Puts its pages together, the first on this side.
    pub fn lay(&self, side: Side, plan: &Plan<'_>) -> Laid {
        let notes = self.galley.notes.iter();
        let mut laid = Laid {
            notes: notes.flat_map(|note| note.notes.iter().copied()).collect(),
            refused: self.galley.refused.clone(),
            ..Laid::default()
        };
        let facing = plan.page.spread == Spread::Facing;
        for (page, cut) in self.cuts.on(side).iter().enumerate() {
            let here = match side {
                Side::Recto if facing && page % 2 == 1 => Side::Verso,
                Side::Verso if page % 2 == 1 => Side::Recto,
                side => side,
            };
            let area = compose(&self.galley, &self.column, cut, here, plan);
            laid.find(&area.frame, Point::ZERO, page);
            for (top, note) in &area.margin {
                laid.find(note, Point::new(Abs::ZERO, *top), page);
            }
            laid.refused.extend(&area.refused);
            laid.figures
                .push(figures(&self.galley, &self.column, cut, &area, plan));
            laid.areas.push(area);
            if self.endnotes {
                laid.endnotes.push(endnotes(&self.galley, cut, plan));
            }
        }
        laid
    }

    /// Gives what was set to its pages, now that nothing will be set anew.
    pub fn finish(self, laid: &mut Laid, flow: &Flow, plan: &Plan<'_>) {
        laid.starts = starts::of_flow(&laid.areas, flow, &self.structure, &plan.edition.book);
        laid.structure = self.structure;
        laid.marks = self.galley.marks;
    }

    /// Tells the author of what is wrong with lines and pages as they were laid, the first on this side; `folios` are the
    /// pages' numbers as they are printed.
    pub fn report(
        &self,
        (side, laid): (Side, &Laid),
        folios: &[String],
        plan: &Plan<'_>,
        sink: &Sink,
    ) {
        Pages {
            galley: &self.galley,
            column: &self.column,
            cuts: self.cuts.on(side),
            areas: &laid.areas,
            side,
            folios,
            plan,
        }
        .report(sink);
    }
}

/// The notes that stand on a page as text.
fn endnotes(galley: &Galley, cut: &Cut, plan: &Plan<'_>) -> Vec<NodeRef> {
    let end = cut.to.item as usize + usize::from(cut.to.line > 0);
    let here = galley.children.get(cut.from.item as usize..end);
    let mut notes: Vec<NodeRef> = Vec::new();
    for child in here.unwrap_or_default() {
        let Some(chapter) = plan.edition.book.chapter(child.origin.chapter) else {
            continue;
        };
        // A chapter's notes are numbered behind its text, each before what is in it.
        let behind = chapter
            .notes
            .partition_point(|note| note.id <= child.origin.node);
        let note = behind.checked_sub(1).map(|at| NodeRef {
            node: chapter.notes[at].id,
            ..child.origin
        });
        if note != notes.last().copied() {
            notes.extend(note);
        }
    }
    notes
}

impl Laid {
    /// Finds the places that links lead to, and the fonts in use.
    fn find(&mut self, frame: &Frame, at: Point, page: usize) {
        for (place, item) in &frame.items {
            match item {
                Item::Anchor(dest) => self.anchors.push((*dest, page, at + *place)),
                Item::Glyphs { run, .. } => {
                    self.fonts.insert(run.font);
                }
                Item::Group(inner) | Item::Clipped(inner) => self.find(inner, at + *place, page),
                Item::Turned(inner) => {
                    // Found as if it were upright, then turned: its right is the page's top.
                    let from = self.anchors.len();
                    self.find(inner, Point::ZERO, page);
                    for (_, _, found) in &mut self.anchors[from..] {
                        let up = inner.size.width - found.x;
                        *found = at + *place + Point::new(found.y, up);
                    }
                }
                _ => {}
            }
        }
    }
}
