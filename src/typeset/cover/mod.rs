//! Sets a cover: the one sheet that goes round a book, its back to the left, its front to the right (of a book that is
//! read from right to left the other way round), the spine between.
//!
//! In: an [`Edition`] whose only chapter is the text on the back, a [`Theme`], the [`Fonts`] at hand, and the [`Case`]: what
//! the printer asks and how thick the book is. Out: a [`PageList`] of one page.
//!
//! Steps: the sheet is measured (`sheet`); the front is built of a picture or of type (`front`), the back of its text, a
//! picture and the barcode (`back`, `barcode`, `ean`), the spine of a line that is turned (`spine`); colours, patterns
//! and pictures are put behind (`ground`); and what stands too near an edge or a fold is told (`clear`).

mod back;
mod barcode;
mod clear;
mod ean;
mod front;
mod ground;
mod sheet;
mod spine;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Sink};
use crate::font::Fonts;
use crate::manifest::Wrap;
use crate::model::{ChapterId, Role};
use crate::profile::{CoverRules, Rule};
use crate::resolve::Edition;
use crate::source::{Sources, Span};
use crate::theme::{CoverFront, Theme};
use crate::unit::{Abs, Point, Rect, Side, Size};

use super::frame::{Artifact, Frame, Item, Owner};
use super::page::finalize::info;
use super::pages::{Label, Page, PageList};
use super::paragraph::Cx;
use super::plan::Plan;
use super::shape::Shaper;
use super::structure::{Element, ElementId, Tag};
use super::style::Style;
use sheet::Sheet;

/// What a cover is made for.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// What the printer asks.
    pub rules: &'a CoverRules,
    /// What the printer is called in messages.
    pub printer: &'a str,
    /// How many pages the book has, where that is known.
    pub pages: Option<u32>,
    /// How wide the spine is, and whether that is sure.
    pub spine: Rule<Abs>,
    /// Where the author speaks of the cover.
    pub at: Option<Span>,
}

/// How wide the fronts are that themes are made for.
const DESIGNED: Abs = Abs::inches(5.5);
/// How far type may grow and shrink with the front: from a pocket book to a poster.
const GROWTH: (f64, f64) = (0.5, 4.0);

/// What all parts of a cover are set with.
struct Cover<'c> {
    plan: &'c Plan<'c>,
    wrap: &'c Wrap,
    case: &'c Case<'c>,
    cx: Cx<'c>,
    sheet: Sheet,
    /// How many times larger than designed everything is.
    scale: f64,
    /// The cover as a whole.
    style: Arc<Style>,
    /// From where the cover is cut or folded to what is read.
    margin: Abs,
    /// What is behind everything else.
    ground: Frame,
    /// What stands on it.
    frame: Frame,
    /// Where no pattern goes.
    taken: Vec<Rect>,
}

/// Sets a cover. Never fails: what does not fit is made smaller or left out, and told. `None` only for an edition that
/// is no cover, or has no chapter.
pub fn cover(
    edition: &Edition,
    theme: &Theme,
    fonts: &Fonts,
    case: &Case<'_>,
    timestamp: i64,
    sources: &Sources,
    sink: &Sink,
) -> Option<PageList> {
    let wrap = edition.book.manifest.wrap.as_ref()?;
    let plan = Plan::new(edition, theme, fonts, sources);
    let shaper = Shaper::hyphenating(fonts, super::exceptions(edition));
    let cx = plan.context(&shaper, sink, ChapterId(0), Tag::Document)?;
    let sheet = Sheet::new(plan.page.trim, case.spine.value, case.rules, plan.rtl);
    let (least, most) = GROWTH;
    let scale = sheet.panel.width.ratio(DESIGNED).clamp(least, most);
    let style = Arc::new(words::grown(
        &plan.style(Role::Cover, &[], &plan.body),
        scale,
    ));
    // A margin leaves two thirds of the front at least.
    let margin = style.padding.max(case.rules.safety.value);
    let margin = margin.min(sheet.panel.width / 6);
    let mut cover = Cover {
        plan: &plan,
        wrap,
        case,
        cx,
        sheet,
        scale,
        style,
        margin,
        ground: Frame::new(sheet.trim()),
        frame: Frame::new(sheet.trim()),
        taken: Vec::new(),
    };
    cover.pictures();
    cover.front();
    cover.back();
    cover.spine();
    cover.pattern();
    let (mut frame, on_it, structure) = (cover.ground, cover.frame, cover.cx.structure);
    frame.baseline = Abs::ZERO;
    frame.push_frame(Point::ZERO, on_it);
    clear::check(&frame, &sheet, case, &plan, sink);
    shaper.report(sources, sink);
    let mut used = BTreeSet::new();
    frame.fonts(&mut used);
    Some(PageList {
        pages: vec![Page {
            side: Side::Recto,
            folio: String::new(),
            label: Label::Arabic(1),
            trim: sheet.trim(),
            bleed: sheet.whole(),
            frame: Arc::new(frame),
            element_base: 0,
            slot_base: 0,
        }],
        structure,
        dests: Vec::new(),
        outline: Vec::new(),
        info: info(&plan, timestamp),
        fonts: plan.font_files(&used),
        images: plan.image_files(),
    })
}

impl Cover<'_> {
    /// A style of the cover, grown with the front.
    fn role(&self, role: Role, around: &Style) -> Style {
        words::grown(&self.plan.style(role, &[], around), self.scale)
    }

    /// Opens an element of the document.
    fn element(&mut self, parent: ElementId, tag: Tag, alt: Option<String>) -> ElementId {
        let mut element = Element::new(tag);
        element.alt = alt;
        self.cx.structure.open(parent, element)
    }

    /// Whether texts on the front and the back have a field of their own behind them.
    fn is_label(&self) -> bool {
        self.plan.page.cover.front == CoverFront::Label
    }

    /// Tells something of the cover.
    fn tell(&self, code: Code, message: String, hint: &str) {
        let told = Diagnostic::new(code, self.case.at, message);
        self.cx.sink.push(told.hint(hint));
    }
}

/// A coloured rectangle that nobody reads.
fn bar(size: Size, color: crate::theme::Color) -> Item {
    Item::Rule {
        size,
        color,
        owner: Owner::Artifact(Artifact::Layout),
    }
}
