//! What running heads say of a page.
//!
//! In: what begins on each page, in order. Out: for each page the titles and terms that its head may name: those that
//! begin on it, or else those that go on from before.

use std::ops::Range;

use crate::model::{BlockKind, ChapterId, NodeId, NodeRef, Target, plain_in};
use crate::theme::{Head, Terms};
use crate::typeset::galley::{Mark, MarkKind};
use crate::typeset::plan::Plan;
use crate::unit::Side;

/// What the furniture of a page depends on.
#[derive(Clone, Debug, Default)]
pub struct PageFacts {
    /// The part it stands in.
    pub part: Option<ChapterId>,
    /// The chapter: the first that begins on it, else the one that goes on.
    pub chapter: Option<ChapterId>,
    /// A chapter begins on it.
    pub opening: bool,
    /// A picture covers the place of the running head.
    pub covered: bool,
    /// What is said instead of titles: to which pages the notes on it belong.
    pub notes: Option<String>,
    sections: Ends,
    terms: Ends,
    /// The chapter at the page's end.
    last_chapter: Option<ChapterId>,
}

/// The first and the last of a kind that begin on a page; where none does, the one that goes on.
#[derive(Clone, Debug, Default)]
struct Ends {
    first: Option<String>,
    last: Option<String>,
    /// `first` began on this page.
    fresh: bool,
}

impl Ends {
    fn turn(&mut self) {
        self.first.clone_from(&self.last);
        self.fresh = false;
    }

    fn begin(&mut self, title: &str) {
        self.last = Some(title.to_owned());
        if !std::mem::replace(&mut self.fresh, true) {
            self.first.clone_from(&self.last);
        }
    }
}

impl PageFacts {
    /// A chapter begins at the top of the next page.
    pub fn enter(&mut self, chapter: ChapterId) {
        self.last_chapter = Some(chapter);
        (self.sections, self.terms) = Default::default();
    }

    /// Goes on to a page, on which these of a flow's marks stand.
    pub fn turn(&mut self, marks: &[Mark], here: Range<u32>) {
        self.sections.turn();
        self.terms.turn();
        self.chapter = self.last_chapter;
        let here = marks.get(here.start as usize..here.end as usize);
        for (at, mark) in here.unwrap_or_default().iter().enumerate() {
            if at == 0 {
                self.chapter = Some(mark.chapter);
            }
            self.last_chapter = Some(mark.chapter);
            match &mark.kind {
                MarkKind::Chapter if at == 0 => (self.sections, self.terms) = Default::default(),
                MarkKind::Chapter => (self.sections.last, self.terms.last) = (None, None),
                MarkKind::Section(title) => self.sections.begin(title),
                MarkKind::Term(term) => self.terms.begin(term),
            }
        }
    }

    /// What a head says on a page of a side.
    pub fn title(&self, plan: &Plan<'_>, head: Head, side: Side) -> String {
        let metadata = &plan.edition.book.manifest.metadata;
        let chapter = || self.chapter.map(|id| short_title(plan, id));
        let guide = match plan.page.terms {
            Terms::Definitions => &self.terms,
            Terms::Sections => &self.sections,
        };
        let told = |title: &Option<String>| title.clone().filter(|title| !title.is_empty());
        let found = match head {
            Head::None => None,
            _ if self.notes.is_some() => self.notes.clone(),
            Head::Title => Some(metadata.title.clone()),
            Head::Author => metadata.names("aut").next().map(str::to_owned),
            Head::Part => self.part.map(|part| short_title(plan, part)),
            Head::Chapter => chapter(),
            // Of several on a page the left-hand head names the first, the right-hand one the last: so a reader who
            // turns the pages over knows what lies between.
            Head::Section if side == Side::Verso => told(&self.sections.first).or_else(chapter),
            Head::Section => told(&self.sections.last).or_else(chapter),
            Head::FirstTerm => told(&guide.first).or_else(chapter),
            Head::LastTerm => told(&guide.last).or_else(chapter),
            Head::Terms => match (told(&guide.first), told(&guide.last)) {
                (Some(first), Some(last)) if first != last => {
                    Some(format!("{first}\u{2009}\u{2013}\u{2009}{last}"))
                }
                (first, last) => first.or(last).or_else(chapter),
            },
        };
        match head {
            Head::None | Head::Chapter => found.unwrap_or_default(),
            _ => found.unwrap_or_else(|| metadata.title.clone()),
        }
    }
}

/// What a chapter is called in running heads: by its header or its heading shorter than in the text.
fn short_title(plan: &Plan<'_>, id: ChapterId) -> String {
    let chapter = plan.edition.book.chapter(id);
    let said = chapter.and_then(|chapter| {
        let headings = chapter.blocks.iter();
        let mut headings = headings.filter(|b| matches!(b.kind, BlockKind::Heading { .. }));
        let attrs = headings.next().and_then(|heading| heading.attrs.as_deref());
        let of_heading = attrs.and_then(|attrs| attrs.get("short-title"));
        chapter.short_title.as_deref().or(of_heading)
    });
    said.map_or_else(|| chapter_title(plan, id), str::to_owned)
}

/// A chapter's title, without markup and number.
pub fn chapter_title(plan: &Plan<'_>, id: ChapterId) -> String {
    let node = NodeRef {
        chapter: id,
        node: NodeId(0),
    };
    let entry = plan.edition.facts.toc.iter().find(|entry| entry.to == node);
    entry.map_or_else(String::new, |entry| {
        let title = plain_in(&entry.title, Target::Pdf);
        if title.is_empty() {
            entry.number.clone()
        } else {
            title
        }
    })
}
