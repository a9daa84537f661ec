//! The sheets, one after the other.

mod spread;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Case;
use super::entry::Said;
use super::form::{EDGE, Form};
use super::key::Title;
use super::noted::{Findings, Noted};
use super::scribe::Scribe;
use super::tray::Tray;
use crate::font::FaceId;
use crate::typeset::Setting;
use crate::typeset::frame::{Artifact, DestId, Frame};
use crate::typeset::pages::{Dest, Label, OutlineEntry, Page, PageList};
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::{ElementId, Numbering, Tag};
use crate::unit::{Abs, Point, Rect, Side, Size};

/// Below the line that a sheet begins with.
const BELOW_HEAD: Abs = Abs::mm(16.0);
/// A destination is shown with so much above it.
const ABOVE_DEST: Abs = Abs::pt(48.0);

/// Something to be put into columns.
pub(super) struct Slip {
    /// What it looks like.
    pub frame: Frame,
    /// The finding that it is of.
    pub number: Option<usize>,
}

/// Makes the sheets.
pub(super) struct Imposer<'a, 'c> {
    pub setting: &'a Setting,
    pub case: &'a Case<'a>,
    pub scribe: Scribe<'c>,
    pub findings: Arc<Findings<'a>>,
    pub form: Form,
    sheets: Vec<Frame>,
    /// By page of the book: its sheet, and where on it.
    beds: Vec<(u32, Point)>,
    dests: Vec<Dest>,
}

impl<'a, 'c> Imposer<'a, 'c> {
    /// Finds what there is to mark.
    pub(super) fn new(
        setting: &'a Setting,
        case: &'a Case<'a>,
        scribe: Scribe<'c>,
    ) -> Imposer<'a, 'c> {
        let list = &setting.pages;
        let trim = list.pages.first().map_or(Size::ZERO, |page| page.trim);
        Imposer {
            findings: Arc::new(Findings::of(list, case)),
            form: Form::new(trim, setting.grid.facing, list.info.rtl),
            sheets: Vec::new(),
            beds: Vec::with_capacity(list.pages.len()),
            dests: list.dests.clone(),
            setting,
            case,
            scribe,
        }
    }

    /// All sheets.
    pub(super) fn impose(mut self) -> PageList {
        let list = &self.setting.pages;
        let key = self.dest(0, String::from("proof.key"));
        for (sort, name) in [(ENTRY, "entry"), (MARK, "mark")] {
            for number in 1..=self.findings.all.len() {
                let id = self.dest(0, format!("proof.{name}.{number}"));
                debug_assert_eq!(id, self.known(sort, number));
            }
        }
        self.key();
        let section = self.scribe.section(false);
        for pages in self.form.spreads(&list.pages) {
            self.spread(pages, section);
        }
        self.heads();
        for (dest, place) in list.dests.iter().zip(&mut self.dests) {
            if let Some((sheet, at)) = self.beds.get(dest.page as usize) {
                (place.page, place.at) = (*sheet, dest.at + *at);
            }
        }
        let mut outline = vec![OutlineEntry {
            depth: 0,
            title: String::from("Proof"),
            dest: key,
        }];
        outline.extend(list.outline.iter().cloned());
        let mut info = list.info.clone();
        info.title = format!("{} (proof)", info.title);
        // Sheets are not bound.
        info.rtl = false;
        let mut used = BTreeSet::new();
        self.sheets.iter().for_each(|sheet| sheet.fonts(&mut used));
        let mut fonts = list.fonts.clone();
        for id in used {
            if let Some(font) = fonts.get_mut(usize::from(id.0))
                && font.data.is_empty()
            {
                font.data = self.case.fonts.face(FaceId(id.0)).data();
            }
        }
        let size = self.form.size;
        let sheet = |(frame, number): (Frame, u32)| Page {
            side: Side::Recto,
            folio: String::new(),
            label: Label::Arabic(number),
            trim: size,
            bleed: Rect {
                at: Point::ZERO,
                size,
            },
            frame: Arc::new(frame),
            element_base: 0,
            slot_base: 0,
        };
        PageList {
            pages: self.sheets.into_iter().zip(1..).map(sheet).collect(),
            structure: self.scribe.finish(),
            dests: self.dests,
            outline,
            info,
            fonts,
            images: list.images.clone(),
        }
    }

    /// A destination that is placed later.
    fn dest(&mut self, page: u32, name: String) -> DestId {
        self.dests.push(Dest {
            name,
            page,
            at: Point::ZERO,
            element: ElementId(0),
        });
        DestId(self.dests.len() as u32 - 1)
    }

    /// The destination of a finding's entry or mark.
    fn known(&self, sort: usize, number: usize) -> DestId {
        // Behind the book's own there is that of the key.
        let first = self.setting.pages.dests.len() + 1;
        DestId((first + sort * self.findings.all.len() + number - 1) as u32)
    }

    fn lead(&mut self, sort: usize, number: usize, sheet: u32, y: Abs) {
        let id = self.known(sort, number);
        if let Some(dest) = self.dests.get_mut(id.0 as usize) {
            dest.page = sheet;
            dest.at = Point::new(Abs::ZERO, (y - ABOVE_DEST).max(Abs::ZERO));
        }
    }

    /// A new sheet, behind the others.
    pub(super) fn sheet(&mut self) -> u32 {
        self.sheets.push(Frame {
            baseline: Abs::ZERO,
            ..Frame::new(self.form.size)
        });
        self.sheets.len() as u32 - 1
    }

    /// What stands on a sheet.
    pub(super) fn on(&mut self, sheet: u32) -> &mut Frame {
        &mut self.sheets[sheet as usize]
    }

    /// A sheet's columns, all of it below its first line.
    pub(super) fn tray(&self) -> Tray {
        let size = self.form.size;
        Tray::new(
            Point::new(EDGE, BELOW_HEAD),
            Size::new(size.width - EDGE * 2, size.height - EDGE - BELOW_HEAD),
        )
    }

    /// Puts slips into columns of a sheet, and what has no room there onto sheets behind it.
    pub(super) fn lay(&mut self, mut slips: Vec<Slip>, mut sheet: u32, mut tray: Tray) {
        loop {
            let heights: Vec<Abs> = slips.iter().map(|slip| slip.frame.size.height).collect();
            let mut places = tray.share(&heights);
            if places.is_empty() && tray == self.tray() {
                // It is higher than any sheet: it stands there as far as it does.
                places.push(Point::new(EDGE, BELOW_HEAD));
            }
            let rest = slips.split_off(places.len().min(slips.len()));
            for (slip, at) in slips.into_iter().zip(places) {
                if let Some(number) = slip.number {
                    self.lead(ENTRY, number, sheet, at.y);
                }
                self.on(sheet).push_frame(at, slip.frame);
            }
            if rest.is_empty() {
                return;
            }
            slips = rest;
            sheet = self.sheet();
            tray = self.tray();
        }
    }

    /// Entries of findings, each as wide as a column.
    pub(super) fn entries(
        &mut self,
        noted: &[Noted<'_>],
        width: Abs,
        parent: ElementId,
    ) -> Vec<Slip> {
        if noted.is_empty() {
            return Vec::new();
        }
        let numbering = Numbering::Decimal;
        let list = self.scribe.open(parent, Tag::List { numbering });
        let mut said = Said::new();
        let mut slips = Vec::with_capacity(noted.len());
        for noted in noted {
            let back = noted.stand.map(|_| self.known(MARK, noted.number));
            let (scribe, case) = (&mut self.scribe, self.case);
            slips.push(Slip {
                frame: scribe.entry(noted, case, width, list, back, &mut said),
                number: Some(noted.number),
            });
        }
        slips
    }

    /// What each sheet is called.
    fn heads(&mut self) {
        let style = self.scribe.looks.head.clone();
        let voice = Voice::Artifact(Artifact::Header);
        let title = Title::of(self.setting, self.case);
        let left = self.scribe.line(&title.short, &style, voice);
        let count = self.sheets.len();
        for number in 0..count {
            let text = format!("proof, {} · sheet {} of {count}", title.date, number + 1);
            let right = self.scribe.line(&text, &style, voice);
            let x = self.form.size.width - EDGE - right.size.width;
            let frame = &mut self.sheets[number];
            frame.push_frame(Point::new(EDGE, EDGE), Arc::clone(&left));
            frame.push_frame(Point::new(x, EDGE), right);
        }
    }
}

/// The destinations of entries, and those of marks.
const ENTRY: usize = 0;
const MARK: usize = 1;
