//! The thumb index: a tab at the outer edge, a step further down for each part or chapter.
//!
//! In: the book's parts or chapters, a page's side and where it stands in the book. Out: the tab on the page's frame.

use std::collections::BTreeMap;

use super::heads::{PageFacts, chapter_title};
use crate::model::{Chapter, ChapterId, ChapterRole, Matter, NodeId, NodeRef};
use crate::theme::{Color, Thumb};
use crate::typeset::plan::Plan;
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Size};

/// How much of the outer margin a tab takes, and its most: what a thumb covers.
const WIDTH: (f64, Abs) = (0.5, Abs::pt(24.0));
/// A tab is at most so many times as high as it is wide.
const HEIGHT: f64 = 1.5;
/// How much of its step down a tab takes where there are many: the rest keeps it from the next.
const SHARE: f64 = 0.9;
/// The least step, in lines of the role's type; with more parts than that gives room for, the steps begin again at the
/// top.
const LEAST: f64 = 1.4;
/// A tab without a colour of its own.
const INK: Color = Color {
    r: 0x40,
    g: 0x40,
    b: 0x40,
};

/// The tabs of a book.
pub struct Tabs {
    kind: Thumb,
    count: usize,
    /// The tab of each chapter, or of each part.
    of: BTreeMap<ChapterId, usize>,
    /// What may stand on each, the likeliest first.
    labels: Vec<Vec<String>>,
}

/// A tab on a page.
pub struct Tab {
    /// Its upper left corner, from that of the page.
    pub at: Point,
    /// How large it is.
    pub size: Size,
    /// The part of it that is left when the page is trimmed.
    pub seen: (Abs, Abs),
    /// Its colour.
    pub color: Color,
    /// Which it is.
    pub number: usize,
}

impl Tabs {
    /// The tabs that a theme asks for.
    pub fn of(plan: &Plan<'_>) -> Tabs {
        let kind = plan.page.thumb;
        let mut tabs = Tabs {
            kind,
            count: 0,
            of: BTreeMap::new(),
            labels: Vec::new(),
        };
        let mut current = None;
        for (id, chapter) in (0u32..).map(ChapterId).zip(&plan.edition.book.chapters) {
            let begins = match kind {
                Thumb::None => return tabs,
                Thumb::Part => chapter.role == ChapterRole::Part,
                Thumb::Chapter => stands(chapter) && chapter.depth == 0,
            };
            if begins {
                current = Some(tabs.count);
                tabs.count += 1;
                tabs.labels.push(labels(plan, id));
            } else if !stands(chapter) {
                current = None;
            }
            if let Some(current) = current.filter(|_| begins || kind == Thumb::Chapter) {
                tabs.of.insert(id, current);
            }
        }
        tabs
    }

    /// The tab of a page; `outer` is its right edge.
    pub fn tab(
        &self,
        plan: &Plan<'_>,
        style: &Style,
        facts: &PageFacts,
        outer_is_right: bool,
    ) -> Option<Tab> {
        let place = match self.kind {
            Thumb::None => None,
            Thumb::Part => facts.part,
            Thumb::Chapter => facts.chapter,
        };
        let number = *self.of.get(&place?)?;
        let width = plan.page.margins.outer.scale(WIDTH.0).min(WIDTH.1);
        let depth = plan.page.depth();
        let least = style.leading.scale(LEAST).max(Abs::pt(1.0));
        let rows = (depth.raw() / least.raw()).max(1) as usize;
        let rows = rows.min(self.count.max(1));
        let step = depth / rows as i64;
        let height = step.scale(SHARE).min(width.scale(HEIGHT));
        let y = plan.page.margins.head + step * (number % rows) as i64;
        let edge = plan.page.trim.width;
        // Over the trim, so that the edge is inked.
        let over = plan.page.bleed.outer;
        let (x, seen) = if outer_is_right {
            (edge - width, (edge - width, edge))
        } else {
            (-over, (Abs::ZERO, width))
        };
        Some(Tab {
            at: Point::new(x, y),
            size: Size::new(width + over, height),
            seen,
            color: style.background.unwrap_or(INK),
            number,
        })
    }

    /// What may stand on a tab, the likeliest first.
    pub fn labels(&self, number: usize) -> &[String] {
        self.labels.get(number).map_or(&[], Vec::as_slice)
    }
}

/// Whether a chapter is one that a reader looks up: of the text, or behind it.
fn stands(chapter: &Chapter) -> bool {
    use ChapterRole as R;
    chapter.matter != Matter::Front && !matches!(chapter.role, R::Part | R::Cover | R::Colophon)
}

/// A number as it is printed, else in figures; or a title of a letter or two, as dictionaries have.
fn labels(plan: &Plan<'_>, id: ChapterId) -> Vec<String> {
    let node = NodeRef {
        chapter: id,
        node: NodeId(0),
    };
    let mut labels = Vec::new();
    if let Some(number) = plan.edition.facts.numbers.get(&node) {
        // A number in words is for titles.
        if !number.text.contains(char::is_lowercase) {
            labels.push(number.text.clone());
        }
        labels.extend(number.parts.last().map(u32::to_string));
    } else {
        labels.push(chapter_title(plan, id));
    }
    labels
}
