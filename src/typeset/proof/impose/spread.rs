//! A sheet with two pages, or one.

use std::ops::Range;
use std::sync::Arc;

use super::super::form::EDGE;
use super::super::ground::{Ground, bleeds};
use super::super::lift::lifted;
use super::super::marks::{self, Bed};
use super::super::tray::Tray;
use super::{ENTRY, Imposer, MARK};
use crate::typeset::frame::{Artifact, Frame, Item};
use crate::typeset::page::finalize::printed;
use crate::typeset::pages::Page;
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::ElementId;
use crate::unit::{Abs, Point, Side, Size};

/// From what is around the pages to the list below, and to the numbers above.
const ROOM: (Abs, Abs) = (Abs::mm(7.0), Abs::pt(4.0));

impl<'a> Imposer<'a, '_> {
    /// Two pages that face each other, or one; their marks, and what was found on them.
    pub(super) fn spread(&mut self, pages: Range<usize>, section: ElementId) {
        let setting = self.setting;
        let findings = Arc::clone(&self.findings);
        let sheet = self.sheet();
        let mut foot = self.form.foot();
        for number in pages.clone() {
            let page = &setting.pages.pages[number];
            let right = self.form.is_right(page.side);
            let at = self.form.place(page.side);
            self.page(sheet, page, at);
            foot = foot.max(at.y + page.bleed.at.y + page.bleed.size.height);
            self.beds.push((sheet, at));
            let found = findings.on(&(number..number + 1));
            let bed = Bed {
                page,
                at,
                area: self.ground(page).area(page.trim),
                right,
                sheet: self.form.size,
            };
            for noted in found {
                let line = noted.stand.and_then(|stand| stand.line);
                let y = line.map_or(Abs::ZERO, |line| line.at.y);
                self.lead(MARK, noted.number, sheet, at.y + y);
            }
            let found: Vec<_> = found
                .iter()
                .map(|noted| (noted, self.known(ENTRY, noted.number)))
                .collect();
            let frame = &mut self.sheets[sheet as usize];
            marks::draw(&mut self.scribe, frame, &bed, &found, section);
        }
        let top = foot + ROOM.0;
        let size = Size::new(
            self.form.size.width - EDGE * 2,
            self.form.size.height - EDGE - top,
        );
        let tray = Tray::new(Point::new(EDGE, top), size);
        let slips = self.entries(findings.on(&pages), tray.width(), section);
        self.lay(slips, sheet, tray);
    }

    fn ground(&self, page: &Page) -> Ground<'a> {
        Ground {
            grid: &self.setting.grid,
            safety: self.case.safety,
            spine_left: (page.side == Side::Recto) != self.setting.pages.info.rtl
                || !self.setting.grid.facing,
        }
    }

    /// A page with its lines, and its number above it.
    fn page(&mut self, sheet: u32, page: &Page, at: Point) {
        let ground = self.ground(page);
        let mut clip = page.bleed;
        if self.form.facing {
            // Beyond the spine there is the other page.
            let (left, right) = (clip.at.x, clip.at.x + clip.size.width);
            let (left, right) = match ground.spine_left {
                true => (left.max(Abs::ZERO), right),
                false => (left, right.min(page.trim.width)),
            };
            clip.at.x = left;
            clip.size.width = right - left;
        }
        let mut shown = Frame::new(clip.size);
        shown.push_frame(
            Point::new(Abs::ZERO - clip.at.x, Abs::ZERO - clip.at.y),
            lifted(page),
        );
        let frame = &mut self.sheets[sheet as usize];
        ground.under(frame, page, at);
        frame.push(at + clip.at, Item::Clipped(Arc::new(shown)));
        ground.around(frame, page, at);
        let blank = if page.frame.items.is_empty() {
            " · blank"
        } else {
            ""
        };
        let text = format!("{}{blank}", printed(page.label));
        let style = self.scribe.looks.folio.clone();
        let voice = Voice::Artifact(Artifact::Header);
        let line = self.scribe.line(&text, &style, voice);
        let above = if bleeds(page) {
            page.bleed.at.y
        } else {
            Abs::ZERO
        };
        let place = Point::new(
            at.x + (page.trim.width - line.size.width) / 2,
            at.y + above - ROOM.1 - line.size.height,
        );
        self.on(sheet).push_frame(place, line);
    }
}
