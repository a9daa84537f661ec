//! Running heads and folios.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Sink;
use crate::model::{ChapterId, ChapterRole, NodeId, NodeRef, Role, plain_inlines};
use crate::theme::{FolioPlace, Head, Justify};
use crate::typeset::frame::{Artifact, Frame};
use crate::typeset::galley::stick::Stick;
use crate::typeset::paragraph::{Cx, Voice};
use crate::typeset::plan::Plan;
use crate::typeset::shape::Shaper;
use crate::typeset::structure::{ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Side};

/// No line of any page holds more characters: what is longer is cut before it is measured word by word.
const LONGEST: usize = 240;

/// Makes what stands above and below the text.
pub struct Furniture<'c> {
    plan: &'c Plan<'c>,
    cx: Option<Cx<'c>>,
    head: Arc<Style>,
    folio: Arc<Style>,
    /// Texts that were set: heads come again and again.
    set: BTreeMap<(bool, String), Arc<Frame>>,
}

/// What the furniture of a page depends on.
#[derive(Clone, Debug, Default)]
pub struct PageFacts {
    /// The part it stands in.
    pub part: Option<ChapterId>,
    /// The chapter.
    pub chapter: Option<ChapterId>,
    /// The section's title, if one was begun.
    pub section: Option<String>,
    /// A chapter begins on it.
    pub opening: bool,
    /// What is said instead of titles: to which pages the notes on it belong.
    pub notes: Option<String>,
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
            set: BTreeMap::new(),
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
        let bare = facts.opening && page.bare_openings;
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
            let text = self.text(folio, true, Abs::MAX);
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
        let title = self.title(wanted, facts);
        if title.is_empty() || self.head.hidden {
            return;
        }
        // A centred head keeps clear of the folio on both sides.
        let room = match self.head.align {
            Justify::Center => self.plan.measure - taken * 2,
            _ => self.plan.measure - taken,
        };
        let text = self.text(&title, false, room);
        let width = text.size.width;
        let x = match self.head.align {
            Justify::Center => area.x + (self.plan.measure - width) / 2,
            // At the spine, so that head and folio stand at the two ends of the line.
            _ if in_head => outer(area.x, self.plan.measure, width, !outer_is_right),
            _ => outer(area.x, self.plan.measure, width, outer_is_right),
        };
        frame.push_frame(Point::new(x, baseline - text.baseline), text);
    }

    fn title(&self, head: Head, facts: &PageFacts) -> String {
        let metadata = &self.plan.edition.book.manifest.metadata;
        let of = |chapter: Option<ChapterId>| {
            chapter
                .map(|id| chapter_title(self.plan, id))
                .unwrap_or_default()
        };
        match head {
            Head::None => String::new(),
            _ if let Some(notes) = &facts.notes => notes.clone(),
            Head::Title => metadata.title.clone(),
            Head::Author => metadata
                .names("aut")
                .next()
                .unwrap_or(&metadata.title)
                .to_owned(),
            Head::Part => match facts.part {
                Some(part) => of(Some(part)),
                None => metadata.title.clone(),
            },
            Head::Chapter => of(facts.chapter),
            Head::Section => facts
                .section
                .clone()
                .filter(|title| !title.is_empty())
                .unwrap_or_else(|| of(facts.chapter)),
        }
    }

    /// A text on a line, shortened at a word's end if it has not enough room.
    fn text(&mut self, text: &str, folio: bool, room: Abs) -> Arc<Frame> {
        if text.chars().nth(LONGEST).is_some() {
            return self.text(
                &format!(
                    "{}\u{2026}",
                    text.chars().take(LONGEST - 1).collect::<String>()
                ),
                folio,
                room,
            );
        }
        let key = (folio, text.to_owned());
        let frame = match self.set.get(&key) {
            Some(frame) => Arc::clone(frame),
            None => {
                let style = if folio {
                    self.folio.clone()
                } else {
                    self.head.clone()
                };
                let artifact = if folio {
                    Artifact::Footer
                } else {
                    Artifact::Header
                };
                let Some(cx) = &mut self.cx else {
                    return Arc::default();
                };
                let mut stick = Stick::new(cx, self.plan, self.plan.measure, ElementId(0));
                let frame = stick.label(text, &style, Voice::Artifact(artifact));
                self.set.insert(key, Arc::clone(&frame));
                frame
            }
        };
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
                self.text(&format!("{shorter}\u{2026}"), folio, room)
            }
            None => frame,
        }
    }
}

/// Where a text of a width stands at the outer (right) or the other edge.
fn outer(left: Abs, measure: Abs, width: Abs, right: bool) -> Abs {
    if right { left + measure - width } else { left }
}

/// A chapter's title in running heads, without markup and number.
pub fn chapter_title(plan: &Plan<'_>, id: ChapterId) -> String {
    let node = NodeRef {
        chapter: id,
        node: NodeId(0),
    };
    let entry = plan.edition.facts.toc.iter().find(|entry| entry.to == node);
    entry.map_or_else(String::new, |entry| {
        let title = plain_inlines(&entry.title);
        if title.is_empty() {
            entry.number.clone()
        } else {
            title
        }
    })
}

/// Whether pages of a role have neither running head nor folio.
pub fn is_plain(role: ChapterRole) -> bool {
    use ChapterRole as R;
    matches!(
        role,
        R::Cover
            | R::HalfTitle
            | R::TitlePage
            | R::Copyright
            | R::Dedication
            | R::Epigraph
            | R::Part
    )
}
