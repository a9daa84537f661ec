//! What a printer would send back, found in the set pages.
//!
//! In: the pages and the profile. Out: findings: the number of pages and the trim, type that is too small, text that is
//! not printed in one black ink, fonts that may not go into a file. Each kind of text is named once, at its first place
//! in the manuscript.

use std::collections::BTreeMap;

use super::Kit;
use super::place::{self, Origins, Text};
use crate::diag::{Code, Diagnostic, Sink};
use crate::profile::{ColorSpace, Embedding, Profile, Rule};
use crate::source::Span;
use crate::theme::{Color, Theme};
use crate::typeset::frame::Owner;
use crate::typeset::pages::PageList;
use crate::unit::{Abs, Size};

/// A colour with no more red, green or blue than this, of 255, looks like black: its inks are seen only where they do not
/// meet.
const NEARLY_BLACK: u8 = 64;

/// Type that is smaller by less than this is not: sizes are parts of parts of points.
const ROUNDING: Abs = Abs::pt(0.01);

/// Proofs a book's pages.
pub fn proof(list: &PageList, theme: &Theme, profile: &Profile, kit: Kit<'_>, sink: &Sink) {
    licences(list, profile, kit, sink);
    if !profile.prints() {
        return;
    }
    trim(theme, profile, kit, sink);
    count(list, theme, profile, kit, sink);
    texts(list, profile, kit, sink);
}

/// Where the last layer of the book says a key of its looks.
fn said(kit: Kit<'_>, name: &str) -> Option<Span> {
    let style = kit.edition.book.manifest.style.iter().rev();
    let at = |fragment: &crate::yaml::Fragment| match fragment.key.name.as_str() {
        "page" => fragment.node.get(name)?.at,
        key if key == name => fragment.node.at,
        _ => None,
    };
    style.into_iter().find_map(at)
}

fn trim(theme: &Theme, profile: &Profile, kit: Kit<'_>, sink: &Sink) {
    let trim = theme.page.trim;
    let Some(Rule { value: false, sure }) = profile.limits.offers(trim) else {
        return;
    };
    let at = said(kit, "trim").or_else(|| place::of_profile(kit));
    let (width, height) = (place::measure(trim.width), place::measure(trim.height));
    let message = format!("{} has no trim of {width} by {height}", profile.printer);
    let found = profile.finding(Code::TrimNotOffered, at, "limits.trims", sure, message);
    // The nearest: the sum of both sides' differences.
    let far = |size: &&Size| (size.width - trim.width).abs() + (size.height - trim.height).abs();
    sink.push(match profile.limits.trims.value.iter().min_by_key(far) {
        Some(near) => found.hint(format!("the nearest is `trim: {}`", as_written(*near))),
        None => found,
    });
}

/// A size as a book.yaml writes it: in inches where these are round, else in millimetres.
fn as_written(size: Size) -> String {
    let in_units = |unit: Abs| {
        let side = |side: Abs| (side.ratio(unit) * 100.0).round() / 100.0;
        let (width, height) = (side(size.width), side(size.height));
        let near = |side: f64, of: Abs| (unit.scale(side) - of).abs() < ROUNDING;
        let exact = near(width, size.width) && near(height, size.height);
        (exact, format!("{width}x{height}"))
    };
    match (in_units(Abs::inches(1.0)), in_units(Abs::mm(1.0))) {
        ((true, inches), _) => format!("{inches}in"),
        (_, (_, mm)) => format!("{mm}mm"),
    }
}

fn count(list: &PageList, theme: &Theme, profile: &Profile, kit: Kit<'_>, sink: &Sink) {
    let pages = list.pages.len() as u32;
    let Some(paper) = &profile.paper else { return };
    let Some(Rule { value, sure }) = paper.range(theme.page.trim) else {
        return;
    };
    let (least, most) = value;
    if (least..=most).contains(&pages) {
        return;
    }
    let purpose = &kit.edition.book.manifest.purpose;
    let at = purpose.paper.as_ref().and_then(|paper| paper.at);
    let at = at.or_else(|| place::of_profile(kit));
    let message = format!(
        "the book has {pages} pages; {} takes {least} to {most} of this trim on the paper `{}`",
        profile.printer, paper.name
    );
    let rule = format!("papers.{}.pages", paper.name);
    let found = profile.finding(Code::PageCount, at, &rule, sure, message);
    let fits = profile.papers.iter().find(|paper| {
        let range = paper.range(theme.page.trim);
        range.is_some_and(|Rule { value, .. }| (value.0..=value.1).contains(&pages))
    });
    sink.push(match fits {
        Some(paper) => found.hint(format!("the paper `{}` takes so many", paper.name)),
        None if pages > most => found.hint("take a larger trim or smaller type"),
        None => found.hint("add pages, or take a smaller trim or larger type"),
    });
}

/// What may be wrong with a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Small,
    Rich,
    Coloured,
}

/// A kind of text with a fault: where it is first, and its worst.
struct Case {
    page: usize,
    owner: Owner,
    size: Abs,
    color: Color,
}

fn texts(list: &PageList, profile: &Profile, kit: Kit<'_>, sink: &Sink) {
    let least = profile.limits.text.map_or(Abs::ZERO, |rule| rule.value);
    let inks = profile.file.color;
    let faults = |size: Abs, color: Color, level: bool| {
        // Superior and inferior figures are smaller than the text that they belong to; nobody counts them.
        let small = level && size + ROUNDING < least;
        let dark = color.r.max(color.g).max(color.b) <= NEARLY_BLACK;
        let hue = !color.is_grey() && inks != ColorSpace::Rgb;
        [
            (small, Fault::Small),
            (hue && dark && inks == ColorSpace::Cmyk, Fault::Rich),
            (hue && !(dark && inks == ColorSpace::Cmyk), Fault::Coloured),
        ]
    };
    let mut origins = None;
    let mut cases: BTreeMap<(&'static str, Fault), Case> = BTreeMap::new();
    for (number, page) in list.pages.iter().enumerate() {
        place::walk(page, |text| {
            let Text {
                run,
                color,
                owner,
                level,
                ..
            } = text;
            for (is, fault) in faults(run.size, color, level) {
                if !is {
                    continue;
                }
                let origins = origins.get_or_insert_with(|| Origins::of(list));
                let role = origins.role(list, page, owner);
                let case = cases.entry((role, fault)).or_insert(Case {
                    page: number,
                    owner,
                    size: run.size,
                    color,
                });
                case.size = case.size.min(run.size);
            }
        });
    }
    let Some(origins) = origins else { return };
    for ((role, fault), case) in &cases {
        let page = &list.pages[case.page];
        let at = origins.span(list, page, case.owner, kit);
        let at = at.or_else(|| place::of_profile(kit));
        let which = match page.folio.as_str() {
            "" => String::new(),
            folio => format!(", first on page {folio}"),
        };
        let found = tell(*fault, case, role, &which, profile, at);
        sink.push(found.on_page(page.folio.as_str()));
    }
}

fn tell(
    fault: Fault,
    case: &Case,
    role: &str,
    which: &str,
    profile: &Profile,
    at: Option<Span>,
) -> Diagnostic {
    let printer = &profile.printer;
    let Color { r, g, b } = case.color;
    match fault {
        Fault::Small => {
            let rule = profile.limits.text.unwrap_or_default();
            let message = format!(
                "{role} is set in {}{which}: {printer} asks for {} at least",
                case.size, rule.value
            );
            let found = profile.finding(Code::SmallText, at, "limits.text", rule.sure, message);
            found.hint("give its role a larger `size` under `style:`")
        }
        Fault::Rich => {
            let message = format!(
                "{role} is nearly black, `#{r:02x}{g:02x}{b:02x}`{which}: it is printed in four inks, which never meet exactly"
            );
            let found = profile.finding(Code::RichBlack, at, "file.color", true, message);
            found.hint("give its role `color: black`, which is printed in one")
        }
        Fault::Coloured => {
            let message = match profile.file.color {
                ColorSpace::Grey => format!(
                    "{role} is coloured, `#{r:02x}{g:02x}{b:02x}`{which}: it is printed in a grey of dots"
                ),
                _ => format!(
                    "{role} is coloured, `#{r:02x}{g:02x}{b:02x}`{which}: it is printed in several inks, in dots"
                ),
            };
            let found = profile.finding(Code::ColouredText, at, "file.color", true, message);
            found.hint("give its role `color: black`, or allow it where the type is large enough")
        }
    }
}

/// Fonts that may not go into a file, for a press or for a screen.
fn licences(list: &PageList, profile: &Profile, kit: Kit<'_>, sink: &Sink) {
    let faces = kit.fonts.iter().map(|(_, face)| face);
    for (face, file) in faces.zip(&list.fonts) {
        if file.data.is_empty() {
            continue;
        }
        let subset = profile.file.embedding == Embedding::Subset;
        let licence = face.licence();
        let in_part = (subset && licence.is_whole_only())
            .then_some("forbids to embed a part of it, as this PDF does");
        let Some(why) = licence.forbids().or(in_part) else {
            continue;
        };
        let message = format!("the licence of the font `{}` {why}", face.name());
        let at = said(kit, "style").or_else(|| place::of_profile(kit));
        let found = Diagnostic::new(Code::FontLicence, at, message);
        sink.push(found.hint(
            "ask its maker for a licence and a file without the restriction, or take another font",
        ));
    }
}

/// Says so if a file is larger than the printer takes.
pub fn weigh(bytes: usize, profile: &Profile, kit: Kit<'_>, sink: &Sink) {
    let Some(Rule { value, sure }) = profile.limits.file else {
        return;
    };
    if bytes as u64 <= value {
        return;
    }
    let mega = |bytes: u64| bytes.div_ceil(1_000_000);
    let message = format!(
        "the file has {} MB; {} takes {} MB",
        mega(bytes as u64),
        profile.printer,
        mega(value)
    );
    let at = place::of_profile(kit);
    let found = profile.finding(Code::LargeFile, at, "limits.file", sure, message);
    sink.push(found.hint("save its photographs at the size in which they are printed"));
}
