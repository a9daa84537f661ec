//! Pages as a printer cuts and binds them: their size, their number, what stands too near to an edge.

use std::collections::BTreeMap;

use super::{Print, breach, pages};
use crate::check::pdf::{Page, Rect};
use crate::diag::{Code, Sink};
use crate::profile::{Profile, Rule};
use crate::unit::{Abs, Sides, Size};

/// Sizes that differ by less are one, in points: inches and millimetres do not meet exactly.
const NEAR: f64 = 1.0;

/// Text may reach so far into a margin, in points: marks hang out of lines, and letters out of their boxes.
const HANG: f64 = 2.0;

/// A page as it is cut: its trim on the sheet, and what runs beyond it.
struct Cut {
    trim: Rect,
    sheet: Rect,
}

impl Cut {
    fn width(&self) -> f64 {
        self.trim[2] - self.trim[0]
    }

    fn height(&self) -> f64 {
        self.trim[3] - self.trim[1]
    }

    fn size(&self) -> Size {
        Size {
            width: Abs::pt(self.width()),
            height: Abs::pt(self.height()),
        }
    }

    /// By how much the sheet is wider and higher than the trim.
    fn beyond(&self) -> (f64, f64) {
        let [left, bottom, right, top] = self.sheet;
        (right - left - self.width(), top - bottom - self.height())
    }
}

pub(super) fn judge(print: Print<'_>, profile: &Profile, sink: &Sink) {
    let cuts: Vec<Option<Cut>> = print
        .pdf
        .pages
        .iter()
        .map(|page| cut(page, profile))
        .collect();
    let Some(first) = cuts.iter().flatten().next() else {
        return;
    };
    // The size that most pages have.
    let mut sizes: BTreeMap<(i64, i64), (usize, &Cut)> = BTreeMap::new();
    for cut in cuts.iter().flatten() {
        let key = (cut.width().round() as i64, cut.height().round() as i64);
        sizes.entry(key).or_insert((0, cut)).0 += 1;
    }
    let most = sizes.values().max_by_key(|(count, _)| *count);
    let usual = most.map_or(first, |(_, cut)| cut);
    alike(print, &cuts, usual, profile, sink);
    trim(print, usual, profile, sink);
    count(print, usual, profile, sink);
    margins(print, &cuts, usual, profile, sink);
}

/// The cut of a page: its own if it says one; else the sheet, or the sheet without what is to bleed, whichever the printer offers.
fn cut(page: &Page, profile: &Profile) -> Option<Cut> {
    let sheet = page.media?;
    if let Some(trim) = page.boxes.get("TrimBox") {
        let own = Cut { trim: *trim, sheet };
        // Many tools write the trim as large as the sheet.
        let (wide, high) = own.beyond();
        if wide > NEAR || high > NEAR {
            return Some(own);
        }
    }
    let whole = Cut { trim: sheet, sheet };
    let offers = |cut: &Cut| {
        profile
            .limits
            .offers(cut.size())
            .is_some_and(|rule| rule.value)
    };
    let Some(bleed) = profile.sheet.bleed.filter(|_| !offers(&whole)) else {
        return Some(whole);
    };
    let [left, bottom, right, top] = sheet;
    // On which side the spine is does not matter for the size.
    let bled = Cut {
        trim: [
            left + bleed.inner.to_pt(),
            bottom + bleed.foot.to_pt(),
            right - bleed.outer.to_pt(),
            top - bleed.head.to_pt(),
        ],
        sheet,
    };
    Some(if offers(&bled) { bled } else { whole })
}

/// `152.4 × 228.6 mm`.
fn shown(size: Size) -> String {
    let side = |side: Abs| (side.to_mm() * 10.0).round() / 10.0;
    format!("{} × {} mm", side(size.width), side(size.height))
}

/// Whether all pages are of one size.
fn alike(print: Print<'_>, cuts: &[Option<Cut>], usual: &Cut, profile: &Profile, sink: &Sink) {
    let size = |cut: &Cut| (cut.width(), cut.height());
    let differs = |cut: &Cut| {
        let (one, other) = (size(cut), size(usual));
        (one.0 - other.0).abs() > NEAR || (one.1 - other.1).abs() > NEAR
    };
    let odd = cuts.iter().zip(&print.pdf.pages);
    let odd = odd.filter(|(cut, _)| cut.as_ref().is_none_or(differs));
    let labels: Vec<&str> = odd.map(|(_, page)| page.label.as_str()).collect();
    if labels.is_empty() {
        return;
    }
    let message = format!(
        "{} of `{}` are not as large as the others, {}",
        pages(&labels),
        print.pdf.name,
        shown(usual.size())
    );
    let found = breach(print, profile, Code::PageSize, ("sheet", true), message);
    sink.push(found.hint("give all pages one size; spreads are not taken"));
}

fn trim(print: Print<'_>, usual: &Cut, profile: &Profile, sink: &Sink) {
    let name = &print.pdf.name;
    if let Some(Rule { value: false, sure }) = profile.limits.offers(usual.size()) {
        let message = format!(
            "the pages of `{name}` are {}, which {} does not offer",
            shown(usual.size()),
            profile.printer
        );
        let rule = ("limits.trims", sure);
        sink.push(breach(print, profile, Code::TrimNotOffered, rule, message));
    }
    // What runs beyond the trim.
    let (wide, high) = usual.beyond();
    if wide <= NEAR && high <= NEAR {
        return;
    }
    let bleed = profile.sheet.bleed.unwrap_or_default();
    let asked = (
        (bleed.inner + bleed.outer).to_pt(),
        (bleed.head + bleed.foot).to_pt(),
    );
    let fits = (wide - asked.0).abs() <= NEAR && (high - asked.1).abs() <= NEAR;
    let marks = profile.sheet.marks;
    let takes_marks = marks.is_none_or(|rule| rule.value) && wide >= asked.0 && high >= asked.1;
    if fits || takes_marks {
        return;
    }
    let mm = |points: f64| (Abs::pt(points).to_mm() * 10.0).round() / 10.0;
    let message = format!(
        "the sheets of `{name}` are {} mm wider and {} mm higher than what is cut out of them; {} takes {} and {} mm of bleed",
        mm(wide),
        mm(high),
        profile.printer,
        mm(asked.0),
        mm(asked.1)
    );
    let sure = marks.is_none_or(|rule| rule.sure);
    let found = breach(
        print,
        profile,
        Code::PageSize,
        ("sheet.bleed", sure),
        message,
    );
    sink.push(found.hint("export it without marks, with the printer's bleed or with none"));
}

fn count(print: Print<'_>, usual: &Cut, profile: &Profile, sink: &Sink) {
    let number = print.pdf.pages.len() as u32;
    let name = &print.pdf.name;
    let papers: Vec<_> = match &profile.paper {
        // Of a book whose paper is not known, one has to fit.
        Some(_) if profile.papers.len() > 1 => profile.papers.iter().collect(),
        paper => paper.iter().collect(),
    };
    let ranges: Vec<Rule<(u32, u32)>> = papers
        .iter()
        .filter_map(|paper| paper.range(usual.size()))
        .collect();
    let fits = |rule: &Rule<(u32, u32)>| (rule.value.0..=rule.value.1).contains(&number);
    if !ranges.is_empty() && !ranges.iter().any(fits) {
        let least = ranges.iter().map(|rule| rule.value.0).min().unwrap_or(0);
        let most = ranges.iter().map(|rule| rule.value.1).max().unwrap_or(0);
        let sure = ranges.iter().all(|rule| rule.sure);
        let message = format!(
            "`{name}` has {number} pages; {} takes {least} to {most} of this size",
            profile.printer
        );
        sink.push(breach(
            print,
            profile,
            Code::PageCount,
            ("papers", sure),
            message,
        ));
    }
    let last = print.pdf.pages.last();
    let blank = last.is_none_or(|page| page.text.is_empty() && page.images.is_empty());
    let (odd, printed) = (!number.is_multiple_of(2), !blank);
    let why = match (
        profile.sheet.even && odd,
        profile.sheet.last_blank && printed,
    ) {
        (true, _) => format!(
            "`{name}` has {number} pages; {} binds an even number",
            profile.printer
        ),
        (false, true) => format!(
            "the last page of `{name}` is printed; {} wants it blank",
            profile.printer
        ),
        (false, false) => return,
    };
    let rule = match profile.sheet.even && odd {
        true => "sheet.even",
        false => "sheet.last-blank",
    };
    let found = breach(print, profile, Code::LastPage, (rule, true), why);
    sink.push(found.hint("add a blank page; some printers do it themselves"));
}

/// Text that stands nearer to an edge than the printer allows.
fn margins(print: Print<'_>, cuts: &[Option<Cut>], usual: &Cut, profile: &Profile, sink: &Sink) {
    let (wide, high) = usual.beyond();
    let bleeds = wide > NEAR || high > NEAR;
    let number = print.pdf.pages.len() as u32;
    let Rule { value: least, sure } = profile.sheet.least_margins(number, bleeds);
    // Heads and folios may stand nearer to the head and the foot, unless the printer says that they may not.
    let all = profile
        .sheet
        .furniture_inside
        .is_some_and(|rule| rule.value);
    let language = print.pdf.lang.as_deref().unwrap_or_default();
    let leftwards = ["ar", "fa", "he", "ur", "yi", "ckb", "dv", "ps", "sd", "ug"];
    let rtl = leftwards.contains(&language.split('-').next().unwrap_or_default());
    // By side: the narrowest, and the pages.
    let mut narrow: BTreeMap<&str, (f64, Vec<&str>)> = BTreeMap::new();
    for (at, (cut, page)) in cuts.iter().zip(&print.pdf.pages).enumerate() {
        let Some(cut) = cut else { continue };
        let recto = at % 2 == 0;
        let spine_left = recto != rtl || !profile.sheet.bound;
        let room = room(page, cut, spine_left);
        let sides = [
            ("inner", room.inner, least.inner, true),
            ("outer", room.outer, least.outer, true),
            ("head", room.head, least.head, all),
            ("foot", room.foot, least.foot, all),
        ];
        for (side, room, least, holds) in sides {
            // What is beyond the trim is cut off, as marks are.
            if holds && (0.0..least.to_pt() - HANG).contains(&room) {
                let (worst, labels) = narrow.entry(side).or_insert((room, Vec::new()));
                *worst = worst.min(room);
                labels.push(&page.label);
            }
        }
    }
    for (side, (worst, labels)) in narrow {
        let asked = match side {
            "inner" => least.inner,
            "outer" => least.outer,
            "head" => least.head,
            _ => least.foot,
        };
        let mm = |length: Abs| (length.to_mm() * 10.0).round() / 10.0;
        let message = format!(
            "on {} of `{}` text stands {} mm from the {side} edge; {} asks for {} mm in a book of {number} pages",
            pages(&labels),
            print.pdf.name,
            mm(Abs::pt(worst)),
            profile.printer,
            mm(asked)
        );
        let rule = match side {
            "inner" => "sheet.inside",
            _ => "sheet.margins",
        };
        let found = breach(print, profile, Code::NarrowMargin, (rule, sure), message);
        sink.push(found.hint("make the margin wider"));
    }
}

/// How far the text of a page stays from the edges of its trim, in points; infinitely far if there is none.
fn room(page: &Page, cut: &Cut, spine_left: bool) -> Sides<f64> {
    let [left, bottom, right, top] = cut.trim;
    let mut room = [f64::INFINITY; 4];
    let shown = page.text.iter().filter(|text| text.is_visible);
    for text in shown.filter(|text| text.text.chars().any(char::is_alphanumeric)) {
        for [x, y] in [text.from, text.to] {
            // Marks lie outside the trim.
            if x < left || x > right || y < bottom || y > top {
                continue;
            }
            room[0] = room[0].min(x - left);
            room[1] = room[1].min(right - x);
            room[2] = room[2].min(top - y);
            room[3] = room[3].min(y - bottom);
        }
    }
    let (inner, outer) = match spine_left {
        true => (room[0], room[1]),
        false => (room[1], room[0]),
    };
    Sides {
        inner,
        outer,
        head: room[2],
        foot: room[3],
    }
}
