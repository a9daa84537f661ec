//! Pages and structure as text, for tests and for those who look.

use std::fmt::Write as _;

use super::frame::{Frame, Item, LinkTarget, Owner};
use super::galley::{ChildKind, Galley};
use super::pages::{Label, PageList};
use super::structure::{ElementId, Kid, Numbering, Structure, Tag};
use crate::unit::{Abs, Point, Side};

/// A flow's children, one below the other, each with its height and what a page end behind it costs.
pub fn galley(galley: &Galley) -> String {
    let mut out = String::from("flow\n");
    for child in &galley.children {
        let shown = match &child.kind {
            ChildKind::Space { height, stretch } => {
                let grows = if *stretch { " or a line more" } else { "" };
                format!("space {}{grows}", round(*height))
            }
            ChildKind::Break => "break".to_owned(),
            ChildKind::Block(block) => {
                let size = block.frame.size;
                let mut text = String::new();
                words(&block.frame, &mut text);
                format!(
                    "block {}x{} {text:?}",
                    round(size.width),
                    round(size.height)
                )
            }
            ChildKind::Float(float) => {
                let size = float.frame.size;
                let mut text = String::new();
                words(&float.frame, &mut text);
                let (width, height) = (round(size.width), round(size.height));
                format!("float {width}x{height} {} {text:?}", float.places)
            }
            ChildKind::Lines(lines) => {
                let paragraph = &lines.paragraph;
                let counts = paragraph
                    .settings
                    .iter()
                    .map(|setting| setting.lines.len().to_string());
                let mut text = String::new();
                for frame in paragraph.frames(paragraph.best, ..) {
                    words(&frame, &mut text);
                    text.push('/');
                }
                let grid = if lines.grid { "" } else { " off grid" };
                format!(
                    "lines {} of {}, best {}{grid} {text:?}",
                    counts.collect::<Vec<_>>().join(" or "),
                    round(lines.leading),
                    paragraph.settings[paragraph.best].lines.len()
                )
            }
        };
        let panel = child
            .panel
            .map_or(String::new(), |panel| format!(" on panel {panel}"));
        let keep = if child.end_cost > 0.0 {
            format!(" end {:.1e}", child.end_cost)
        } else {
            String::new()
        };
        let _ = writeln!(out, "  {} {shown}{panel}{keep}", round(child.x));
        for beside in &child.beside {
            let mut text = String::new();
            words(&beside.frame, &mut text);
            if !text.is_empty() {
                let _ = writeln!(out, "    beside {} {text:?}", round(beside.x));
            }
        }
    }
    for note in &galley.margins {
        let mut text = String::new();
        words(&note.frame, &mut text);
        let _ = writeln!(out, "  margin {} {text:?}", round(note.frame.size.height));
    }
    for note in &galley.notes {
        out.push_str("  note\n");
        for line in &note.lines {
            let mut text = String::new();
            words(&line.frame, &mut text);
            let _ = writeln!(out, "    {} {} {text:?}", round(line.x), round(line.height));
        }
    }
    out
}

fn words(frame: &Frame, text: &mut String) {
    for (_, item) in &frame.items {
        match item {
            Item::Group(inner) | Item::Turned(inner) | Item::Clipped(inner) => words(inner, text),
            Item::Glyphs { run, .. } => text.push_str(&run.text),
            Item::Image { .. } => text.push_str("[image]"),
            _ => {}
        }
    }
}

/// Every page: its side, its number, and each line of text with its place.
pub fn pages(list: &PageList) -> String {
    let mut out = String::new();
    for (number, page) in list.pages.iter().enumerate() {
        let side = match page.side {
            Side::Recto => "recto",
            Side::Verso => "verso",
        };
        let label = match page.label {
            Label::Roman(n) => format!("roman {n}"),
            Label::Arabic(n) => format!("arabic {n}"),
        };
        let _ = writeln!(out, "page {number} {side} {label} folio {:?}", page.folio);
        let mut lines: Vec<Line> = Vec::new();
        collect(&page.frame, Point::ZERO, list, &mut lines);
        for line in lines {
            let _ = writeln!(
                out,
                "  {} {} {}",
                round(line.at.x),
                round(line.at.y),
                line.text
            );
        }
    }
    out
}

/// A line of text, or what else stands on a page.
struct Line {
    at: Point,
    text: String,
    is_text: bool,
    /// Where its last run ends.
    end: Abs,
}

/// Text that stands so far behind what is before it on its line is in another column.
const COLUMN: Abs = Abs::pt(8.0);

fn collect(frame: &Frame, at: Point, list: &PageList, lines: &mut Vec<Line>) {
    for (place, item) in &frame.items {
        let here = at + *place;
        let mark = |text: String| Line {
            at: here,
            text,
            is_text: false,
            end: here.x,
        };
        match item {
            Item::Group(inner) => collect(inner, here, list, lines),
            Item::Turned(inner) => {
                lines.push(mark("turned".to_owned()));
                collect(inner, here, list, lines);
            }
            Item::Clipped(inner) => {
                let (width, height) = (round(inner.size.width), round(inner.size.height));
                lines.push(mark(format!("clipped to {width}x{height}")));
                collect(inner, here, list, lines);
            }
            Item::Glyphs { run, owner, .. } => {
                let sort = match owner {
                    Owner::Slot(_) => "",
                    Owner::Artifact(_) => "~",
                };
                let end = here.x + run.width();
                match lines.last_mut().filter(|line| {
                    line.is_text
                        && line.at.y == here.y
                        && line.text.starts_with('~') == (sort == "~")
                        && (sort == "~" || here.x - line.end < COLUMN)
                }) {
                    Some(line) => {
                        line.text.push_str(&run.text);
                        line.end = end;
                    }
                    None => lines.push(Line {
                        at: here,
                        text: format!("{sort}{}", run.text),
                        is_text: true,
                        end,
                    }),
                }
            }
            Item::Rule { size, .. } => lines.push(mark(format!(
                "rule {}x{}",
                round(size.width),
                round(size.height)
            ))),
            Item::Path { points, .. } => lines.push(mark(format!("path of {}", points.len()))),
            Item::Image { image, size, .. } => lines.push(mark(format!(
                "image {} {}x{}",
                image.0,
                round(size.width),
                round(size.height)
            ))),
            Item::Link { target, .. } => {
                let target = match target {
                    LinkTarget::Dest(dest) => list
                        .dests
                        .get(dest.0 as usize)
                        .map_or("?", |dest| dest.name.as_str()),
                    LinkTarget::Url(url) => url,
                };
                lines.push(mark(format!("link {target}")));
            }
            Item::Anchor(dest) => {
                let name = list
                    .dests
                    .get(dest.0 as usize)
                    .map_or("?", |dest| dest.name.as_str());
                lines.push(mark(format!("anchor {name}")));
            }
        }
    }
}

/// In points with one decimal at most.
fn round(length: Abs) -> String {
    format!("{}", (length.to_pt() * 10.0).round() / 10.0)
}

/// The structure as an indented tree, each slot with its text.
pub fn structure(list: &PageList) -> String {
    let tree = &list.structure;
    let mut slots = vec![String::new(); tree.slots as usize];
    for page in &list.pages {
        texts(&page.frame, page.slot_base, &mut slots);
    }
    let mut out = String::new();
    element(tree, ElementId(0), 0, &slots, &mut out);
    out
}

fn texts(frame: &Frame, base: u32, slots: &mut [String]) {
    for (_, item) in &frame.items {
        match item {
            Item::Group(inner) | Item::Turned(inner) | Item::Clipped(inner) => {
                texts(inner, base, slots);
            }
            Item::Glyphs {
                run,
                owner: Owner::Slot(slot),
                ..
            } => {
                if let Some(text) = slots.get_mut((slot.0 + base) as usize) {
                    text.push_str(&run.text);
                }
            }
            _ => {}
        }
    }
}

/// Deeper than the model's blocks and inlines together can be: a fault elsewhere must not overflow the stack here.
const DEEPEST: usize = 1000;

fn element(tree: &Structure, id: ElementId, depth: usize, slots: &[String], out: &mut String) {
    let Some(element_here) = tree.elements.get(id.0 as usize).filter(|_| depth < DEEPEST) else {
        return;
    };
    let indent = "  ".repeat(depth);
    let _ = write!(out, "{indent}{}", name(&element_here.tag));
    if let Some(lang) = &element_here.lang {
        let _ = write!(out, " lang={lang}");
    }
    if let Some(alt) = &element_here.alt {
        let _ = write!(out, " alt={alt:?}");
    }
    if let Some(actual) = &element_here.actual {
        let _ = write!(out, " actual={actual:?}");
    }
    if let Some(expansion) = &element_here.expansion {
        let _ = write!(out, " expansion={expansion:?}");
    }
    out.push('\n');
    for kid in &element_here.kids {
        match kid {
            Kid::Element(id) => element(tree, *id, depth + 1, slots, out),
            Kid::Slot(slot) => {
                let text = slots.get(slot.0 as usize).map_or("", String::as_str);
                let _ = writeln!(out, "{indent}  {text:?}");
            }
        }
    }
}

fn name(tag: &Tag) -> String {
    match tag {
        Tag::Heading(level) => format!("H{level}"),
        Tag::List { numbering } => match numbering {
            Numbering::Disc => "List".to_owned(),
            other => format!("List {other:?}")
                .to_lowercase()
                .replacen('l', "L", 1),
        },
        Tag::TableHeader { row, columns, rows } => {
            format!(
                "TableHeader of the {} {columns}x{rows}",
                if *row { "row" } else { "column" }
            )
        }
        Tag::TableCell { columns, rows } => format!("TableCell {columns}x{rows}"),
        tag => format!("{tag:?}"),
    }
}
