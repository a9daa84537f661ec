//! The book as a whole: flows one after the other on left and right pages, numbered, furnished, linked.
//!
//! In: all flows, laid out. Out: the [`PageList`] and the [`PageMap`]. First each flow gets its pages ([`sheets`]): which
//! side, which number, where a page is left blank. From that alone page numbers follow ([`page_map`]), so that contents
//! can be laid again before anything else is made.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::furniture::{Furniture, is_plain};
use super::heads::{PageFacts, chapter_title};
use crate::diag::Sink;
use crate::model::{ChapterId, Matter, NodeId, NodeRef, Role, Target, plain_in};
use crate::numeral::roman;
use crate::resolve::{Folio, PageMap};
use crate::theme::{Break, Spread};
use crate::typeset::flow::{Cast, Flow, Laid};
use crate::typeset::frame::{DestId, FontId, Frame};
use crate::typeset::galley::Covers;
use crate::typeset::notes::running_head;
use crate::typeset::pages::{Dest, Info, Label, OutlineEntry, Page, PageList};
use crate::typeset::paragraph::font_of;
use crate::typeset::plan::Plan;
use crate::typeset::report::Report;
use crate::typeset::shape::Shaper;
use crate::typeset::structure::{ElementId, Structure, Tag};
use crate::unit::{Abs, Point, Side};

/// A page of the book.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// The flow and its page; `None` where it is blank.
    pub content: Option<(usize, usize)>,
    /// Left or right.
    pub side: Side,
    /// Its number.
    pub label: Label,
}

/// Puts the flows' pages in order.
pub fn sheets(plan: &Plan<'_>, flows: &[Flow], casts: &[Cast]) -> Vec<Sheet> {
    let facing = plan.page.spread == Spread::Facing;
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut number = 0;
    let mut arabic = false;
    let next_side = |sheets: &[Sheet]| {
        if !facing || sheets.len().is_multiple_of(2) {
            Side::Recto
        } else {
            Side::Verso
        }
    };
    let push = |sheets: &mut Vec<Sheet>, content, arabic: bool, number: u32| {
        let side = next_side(sheets);
        let label = if arabic {
            Label::Arabic(number)
        } else {
            Label::Roman(number)
        };
        sheets.push(Sheet {
            content,
            side,
            label,
        });
    };
    for (index, (flow, cast)) in flows.iter().zip(casts).enumerate() {
        if cast.pages(Side::Recto) == 0 {
            continue;
        }
        let body = plan
            .edition
            .book
            .chapters
            .get(flow.chapters.start)
            .is_none_or(|chapter| chapter.matter != Matter::Front);
        if facing && flow.open_on == Break::Recto && sheets.len() % 2 == 1 {
            number += 1;
            push(&mut sheets, None, arabic, number);
        }
        if body && !arabic {
            arabic = true;
            number = 0;
        }
        for page in 0..cast.pages(next_side(&sheets)) {
            number += 1;
            push(&mut sheets, Some((index, page)), arabic, number);
        }
    }
    sheets
}

/// On which side each flow's first page stands.
pub fn sides(sheets: &[Sheet], flows: usize) -> Vec<Side> {
    let mut sides = vec![Side::Recto; flows];
    for sheet in sheets {
        if let Some((flow, 0)) = sheet.content {
            sides[flow] = sheet.side;
        }
    }
    sides
}

/// The numbers of each flow's pages, as they are printed.
pub fn folios(sheets: &[Sheet], flows: usize) -> Vec<Vec<String>> {
    let mut folios = vec![Vec::new(); flows];
    for sheet in sheets {
        if let Some((flow, _)) = sheet.content {
            folios[flow].push(printed(sheet.label));
        }
    }
    folios
}

/// The printed page of every place.
pub fn page_map(
    plan: &Plan<'_>,
    flows: &[Flow],
    laid: &[(Side, Laid)],
    sheets: &[Sheet],
) -> PageMap {
    let laid: Vec<&Laid> = laid.iter().map(|(_, laid)| laid).collect();
    let places = places(plan, flows, &laid, sheets);
    let folio = |(node, (page, _)): (NodeRef, (u32, Point))| {
        let sheet = sheets.get(page as usize)?;
        let text = printed(sheet.label);
        Some((node, Folio { text, page }))
    };
    PageMap(plan.places().zip(places).filter_map(folio).collect())
}

/// Where each place that links lead to stands: its page, and where in the type area. What stands nowhere is on the
/// first page of its chapter, or the nearest.
fn places(plan: &Plan<'_>, flows: &[Flow], laid: &[&Laid], sheets: &[Sheet]) -> Vec<(u32, Point)> {
    let mut firsts: Vec<Option<u32>> = vec![None; flows.len()];
    for (page, sheet) in (0u32..).zip(sheets) {
        if let Some((flow, 0)) = sheet.content {
            firsts[flow] = Some(page);
        }
    }
    let mut found: Vec<Option<(u32, Point)>> = vec![None; plan.places().count()];
    for (flow, laid) in laid.iter().enumerate() {
        let Some(first) = firsts[flow] else { continue };
        for (dest, page, at) in &laid.anchors {
            let here = (first + *page as u32, *at);
            if let Some(place) = found.get_mut(dest.0 as usize) {
                place.get_or_insert(here);
            }
        }
    }
    let of_chapter = |node: NodeRef| {
        let chapter = node.chapter.0 as usize;
        let flow = flows.iter().position(|flow| flow.chapters.end > chapter)?;
        firsts[flow..].iter().flatten().next().copied()
    };
    let last = (sheets.len() as u32).saturating_sub(1);
    plan.places()
        .zip(found)
        .map(|(node, place)| {
            place.unwrap_or_else(|| (of_chapter(node).unwrap_or(last), Point::ZERO))
        })
        .collect()
}

/// A number as it is printed.
pub fn printed(label: Label) -> String {
    match label {
        Label::Arabic(number) => number.to_string(),
        Label::Roman(number) => roman(number).to_lowercase(),
    }
}

/// Makes the book's pages.
pub fn finalize<'c>(
    plan: &'c Plan<'c>,
    shaper: &'c Shaper<'c>,
    (flows, laid): (&[Flow], Vec<Laid>),
    sheets: &[Sheet],
    timestamp: i64,
    sink: &'c Sink,
) -> (PageList, Report) {
    let places = places(plan, flows, &laid.iter().collect::<Vec<_>>(), sheets);
    let mut structure = Structure::new(Tag::Document);
    let mut fonts = BTreeSet::new();
    let mut bases = Vec::with_capacity(laid.len());
    let mut areas = Vec::with_capacity(laid.len());
    let mut part = None;
    let mut part_element = ElementId(0);
    let mut contexts = Vec::with_capacity(laid.len());
    let mut report = Report::default();
    let mut figures = Vec::with_capacity(laid.len());
    let mut endnotes = Vec::with_capacity(laid.len());
    for (flow, laid) in flows.iter().zip(laid) {
        let id = ChapterId(flow.chapters.start as u32);
        let is_part = laid
            .structure
            .elements
            .first()
            .is_some_and(|root| root.tag == Tag::Part);
        if is_part || !in_part(plan, id) {
            (part, part_element) = (None, ElementId(0));
        }
        let base = structure.adopt(part_element, laid.structure);
        if is_part {
            (part, part_element) = (Some(id), ElementId(base.0));
        }
        bases.push(base);
        fonts.extend(laid.fonts);
        contexts.push((part, laid.marks));
        areas.push(laid.areas);
        figures.push(laid.figures);
        endnotes.push(laid.endnotes);
    }
    structure.step_headings();
    fonts.extend(furniture_fonts(plan));
    let mut furniture = Furniture::new(plan, shaper, sink);
    let trim = plan.page.trim;
    let mut pages = Vec::with_capacity(sheets.len());
    let mut facts = PageFacts::default();
    for (number, sheet) in (0u32..).zip(sheets) {
        let mut frame = Frame::new(trim);
        frame.baseline = Abs::ZERO;
        let mut folio = String::new();
        let mut bases_here = (0, 0);
        if let Some((flow, page)) = sheet.content {
            let area = std::mem::take(&mut areas[flow][page]);
            if let Some(found) = figures[flow].get_mut(page) {
                let mut found = std::mem::take(found);
                found.page = number;
                found.side = sheet.side;
                report.pages.push(found);
            }
            bases_here = bases[flow];
            let at = plan.page.area(plan.spine_left(sheet.side));
            let (part, marks) = &contexts[flow];
            if page == 0 {
                facts.enter(ChapterId(flows[flow].chapters.start as u32));
            }
            facts.turn(marks, area.marks.clone());
            facts.part = *part;
            let notes = endnotes[flow].get(page);
            facts.notes = notes.and_then(|notes| running_head(plan, notes));
            facts.opening = page == 0;
            facts.covered = area.covered != Covers::Nothing;
            let is_plate = matches!(area.covered, Covers::Page | Covers::PageTo(_));
            let chapter = facts.chapter.and_then(|id| plan.edition.book.chapter(id));
            frame.push_frame(at, area.frame);
            // The outer margin is right of a right-hand page, and of a loose sheet.
            let right = (sheet.side == Side::Recto) != plan.rtl;
            let gap = plan.page.notes.margin_gap;
            for (top, note) in area.margin {
                let x = if right || plan.page.spread == Spread::Single {
                    at.x + plan.measure + gap
                } else {
                    at.x - gap - note.size.width
                };
                frame.push_frame(Point::new(x, at.y + top), note);
            }
            if !is_plate && chapter.is_none_or(|chapter| !is_plain(chapter.role)) {
                folio = printed(sheet.label);
                furniture.furnish(&mut frame, at, sheet.side, &folio, &facts);
            }
            if !is_plate {
                furniture.index(&mut frame, sheet.side, &facts);
            }
        }
        pages.push(Page {
            side: sheet.side,
            folio,
            label: sheet.label,
            trim,
            bleed: plan.page.bled(plan.spine_left(sheet.side)),
            frame: Arc::new(frame),
            element_base: bases_here.0,
            slot_base: bases_here.1,
        });
    }
    let dests = dests(plan, &places, sheets, &structure);
    let list = PageList {
        pages,
        structure,
        dests,
        outline: outline(plan),
        info: info(plan, timestamp),
        fonts: plan.font_files(&fonts),
        images: plan.image_files(),
    };
    (list, report)
}

/// The fonts of running heads and folios.
fn furniture_fonts(plan: &Plan<'_>) -> impl Iterator<Item = FontId> {
    [Role::RunningHead, Role::Folio, Role::Thumb]
        .map(|role| font_of(plan.style(role, &[], &plan.body).text.face))
        .into_iter()
}

/// Whether a chapter stands in a part: its entry is deeper than its own nesting asks for.
fn in_part(plan: &Plan<'_>, id: ChapterId) -> bool {
    let node = NodeRef {
        chapter: id,
        node: NodeId(0),
    };
    let depth = plan
        .edition
        .book
        .chapter(id)
        .map_or(0, |chapter| chapter.depth);
    let entry = plan.edition.facts.toc.iter().find(|entry| entry.to == node);
    entry.is_some_and(|entry| entry.depth > depth)
}

fn dests(
    plan: &Plan<'_>,
    places: &[(u32, Point)],
    sheets: &[Sheet],
    structure: &Structure,
) -> Vec<Dest> {
    let elements = structure.by_origin();
    let anchors = &plan.edition.facts.anchors;
    let dest = |(node, (page, at)): (NodeRef, &(u32, Point))| {
        let side = sheets
            .get(*page as usize)
            .map_or(Side::Recto, |sheet| sheet.side);
        let id = anchors.get(&node).map_or("", String::as_str);
        let mut name = format!("c{}.", node.chapter.0);
        for c in id.chars() {
            match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => name.push(c),
                c => name.push_str(&format!("~{:x}~", u32::from(c))),
            }
        }
        Dest {
            name,
            page: *page,
            at: plan.page.area(plan.spine_left(side)) + *at,
            element: element_at(&elements, node),
        }
    };
    plan.places().zip(places).map(dest).collect()
}

/// The element of a node; of one without, that of the nearest node before it in its chapter.
fn element_at(elements: &[(NodeRef, ElementId)], node: NodeRef) -> ElementId {
    let after = elements.partition_point(|(origin, _)| *origin <= node);
    let before = elements[..after].last();
    let same = before.filter(|(origin, _)| origin.chapter == node.chapter);
    same.map_or(ElementId(0), |(_, element)| *element)
}

fn outline(plan: &Plan<'_>) -> Vec<OutlineEntry> {
    let mut outline: Vec<OutlineEntry> = Vec::new();
    for entry in &plan.edition.facts.toc {
        let dest: Option<DestId> = plan.dest(entry.to);
        let Some(dest) = dest else { continue };
        let title = plain_in(&entry.title, Target::Pdf);
        let title = match (entry.number.is_empty(), title.is_empty()) {
            (true, true) => chapter_title(plan, entry.to.chapter),
            (true, false) => title,
            (false, true) => entry.number.clone(),
            (false, false) => format!("{} {title}", entry.number),
        };
        let deepest = outline.last().map_or(0, |last| last.depth + 1);
        outline.push(OutlineEntry {
            depth: entry.depth.min(deepest),
            title,
            dest,
        });
    }
    outline
}

/// What the PDF says of itself.
pub fn info(plan: &Plan<'_>, timestamp: i64) -> Info {
    let meta = &plan.edition.book.manifest.metadata;
    let title = match &meta.subtitle {
        Some(subtitle) => format!("{}: {subtitle}", meta.title),
        None => meta.title.clone(),
    };
    Info {
        title,
        authors: meta.names("aut").map(str::to_owned).collect(),
        subject: meta.description.clone(),
        // A code says nothing to a person.
        keywords: meta
            .subjects
            .iter()
            .filter_map(|subject| subject.name.clone())
            .collect(),
        lang: meta.language.clone(),
        date: timestamp,
        publisher: meta.publisher.clone(),
        rights: meta.rights.clone(),
        rtl: meta.rtl,
    }
}
