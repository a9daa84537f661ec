//! Running heads, folios and the thumb index.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::heads::PageFacts;
use super::thumb::Tabs;
use crate::diag::Sink;
use crate::model::{ChapterId, ChapterRole, Role};
use crate::theme::{FolioPlace, Justify};
use crate::typeset::frame::{Artifact, Frame, Item, Owner};
use crate::typeset::galley::stick::Stick;
use crate::typeset::paragraph::{Cx, Voice};
use crate::typeset::plan::Plan;
use crate::typeset::shape::Shaper;
use crate::typeset::structure::{ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Side};

/// No line of any page holds more characters: what is longer is cut before it is measured word by word.
const LONGEST: usize = 240;

/// No tab of a thumb index holds more characters than this and one more.
const LONGEST_TAB: usize = 4;

/// What a text of the furniture is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Head,
    Folio,
    Tab,
}

/// Makes what stands around the text.
pub struct Furniture<'c> {
    plan: &'c Plan<'c>,
    cx: Option<Cx<'c>>,
    head: Arc<Style>,
    folio: Arc<Style>,
    thumb: Arc<Style>,
    /// Texts that were set: heads come again and again.
    set: BTreeMap<(Sort, String), Arc<Frame>>,
    tabs: Tabs,
}

impl<'c> Furniture<'c> {
    /// For the pages of a plan.
    pub fn new(plan: &'c Plan<'c>, shaper: &'c Shaper<'c>, sink: &'c Sink) -> Furniture<'c> {
        let head = plan.style(Role::RunningHead, &[], &plan.body);
        let folio = plan.style(Role::Folio, &[], &plan.body);
        Furniture {
            plan,
            cx: plan.context(shaper, sink, ChapterId(0), Tag::Document),
            head,
            folio,
            thumb: plan.style(Role::Thumb, &[], &plan.body),
            set: BTreeMap::new(),
            tabs: Tabs::of(plan),
        }
    }

    /// Puts a running head and a folio on a page's frame, whose type area begins at `area`.
    pub fn furnish(
        &mut self,
        frame: &mut Frame,
        area: Point,
        side: Side,
        folio: &str,
        facts: &PageFacts,
    ) {
        let page = self.plan.page;
        let bare = facts.opening && page.bare_openings || facts.covered;
        let wanted = if side == Side::Recto {
            page.head_recto
        } else {
            page.head_verso
        };
        let outer_is_right = (side == Side::Recto) != self.plan.rtl;
        let in_head = page.folio == FolioPlace::HeadOuter && !bare;
        let baseline = area.y - page.head_gap;
        let mut taken = Abs::ZERO;
        if !folio.is_empty() && page.folio != FolioPlace::None {
            let text = self.text(folio, Sort::Folio, Abs::MAX);
            let width = text.size.width;
            let (x, y) = if in_head {
                taken = width + self.head.size() * 2;
                (
                    outer(area.x, self.plan.measure, width, outer_is_right),
                    baseline,
                )
            } else {
                let y = area.y + page.depth() + page.folio_gap;
                // A folio of the head goes to the foot of an opening page, in the middle.
                let x = if page.folio == FolioPlace::FootOuter {
                    outer(area.x, self.plan.measure, width, outer_is_right)
                } else {
                    area.x + (self.plan.measure - width) / 2
                };
                (x, y)
            };
            frame.push_frame(Point::new(x, y - text.baseline), text);
        }
        if bare {
            return;
        }
        let title = facts.title(self.plan, wanted, side);
        if title.is_empty() || self.head.hidden {
            return;
        }
        // A centred head keeps clear of the folio on both sides.
        let room = match self.head.align {
            Justify::Center => self.plan.measure - taken * 2,
            _ => self.plan.measure - taken,
        };
        let text = self.text(&title, Sort::Head, room);
        let width = text.size.width;
        let x = match self.head.align {
            Justify::Center => area.x + (self.plan.measure - width) / 2,
            // At the spine, so that head and folio stand at the two ends of the line.
            _ if in_head => outer(area.x, self.plan.measure, width, !outer_is_right),
            _ => outer(area.x, self.plan.measure, width, outer_is_right),
        };
        frame.push_frame(Point::new(x, baseline - text.baseline), text);
    }

    /// Puts the page's tab of the thumb index on its frame, if it has one.
    pub fn index(&mut self, frame: &mut Frame, side: Side, facts: &PageFacts) {
        let outer_is_right = (side == Side::Recto) != self.plan.rtl;
        let style = &self.thumb;
        let Some(tab) = self.tabs.tab(self.plan, style, facts, outer_is_right) else {
            return;
        };
        let item = Item::Rule {
            size: tab.size,
            color: tab.color,
            owner: Owner::Artifact(Artifact::Layout),
        };
        frame.push(tab.at, item);
        let (left, right) = tab.seen;
        // The longest that there is room for.
        for label in self.tabs.labels(tab.number).to_owned() {
            if label.chars().nth(LONGEST_TAB).is_some() {
                continue;
            }
            let text = self.line(&label, Sort::Tab);
            let room = right - left;
            if text.size.width + self.thumb.size() / 2 > room {
                continue;
            }
            let x = left + (room - text.size.width) / 2;
            // Capitals and figures in the middle.
            let face = self.plan.fonts.face(self.thumb.text.face);
            let cap = face.metrics().cap_height.at(self.thumb.size());
            let y = tab.at.y + (tab.size.height + cap) / 2 - text.baseline;
            frame.push_frame(Point::new(x, y), text);
            return;
        }
    }

    /// A text on a line, shortened at a word's end if it has not enough room.
    fn text(&mut self, text: &str, sort: Sort, room: Abs) -> Arc<Frame> {
        if text.chars().nth(LONGEST).is_some() {
            let cut: String = text.chars().take(LONGEST - 1).collect();
            return self.text(&format!("{cut}\u{2026}"), sort, room);
        }
        let frame = self.line(text, sort);
        if frame.size.width <= room {
            return frame;
        }
        match text
            .trim_end_matches('\u{2026}')
            .trim_end()
            .rsplit_once(' ')
        {
            Some((shorter, _)) => {
                let shorter =
                    shorter.trim_end_matches([',', ';', ':', '.', '\u{2014}', '\u{2013}', ' ']);
                self.text(&format!("{shorter}\u{2026}"), sort, room)
            }
            None => frame,
        }
    }

    /// A text on a line, however long.
    fn line(&mut self, text: &str, sort: Sort) -> Arc<Frame> {
        let key = (sort, text.to_owned());
        if let Some(frame) = self.set.get(&key) {
            return Arc::clone(frame);
        }
        let (style, artifact) = match sort {
            Sort::Folio => (&self.folio, Artifact::Footer),
            Sort::Head => (&self.head, Artifact::Header),
            Sort::Tab => (&self.thumb, Artifact::Header),
        };
        let style = style.clone();
        let Some(cx) = &mut self.cx else {
            return Arc::default();
        };
        let mut stick = Stick::new(cx, self.plan, self.plan.measure, ElementId(0));
        let frame = stick.label(text, &style, Voice::Artifact(artifact));
        self.set.insert(key, Arc::clone(&frame));
        frame
    }
}

/// Where a text of a width stands at the outer (right) or the other edge.
fn outer(left: Abs, measure: Abs, width: Abs, right: bool) -> Abs {
    if right { left + measure - width } else { left }
}

/// Whether pages of a role have neither running head nor folio.
pub fn is_plain(role: ChapterRole) -> bool {
    role.is_preliminary() || role == ChapterRole::Part
}
