//! The front of a cover, in type: title, subtitle, authors, publisher, in one of the ways that a theme may ask for.

use super::sheet::inset;
use super::words::{Fitted, Line};
use super::{Cover, bar};
use crate::diag::Code;
use crate::model::Role;
use crate::theme::{CoverAuthor, CoverFront};
use crate::typeset::frame::Frame;
use crate::typeset::structure::{ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Point, Rect, Size};

/// How much of the front is left free on either side of a label, in parts of its width.
const BESIDE_LABEL: (i64, i64) = (1, 8);
/// How far down a label or a band may reach, in parts of the front.
const DEEPEST: f64 = 0.9;
/// More authors than this stand on one line.
const AUTHORS: usize = 3;
/// How much smaller than the title its ornament is.
const ORNAMENT: f64 = 0.5;

impl Cover<'_> {
    /// Sets the front, unless its picture says all.
    pub(super) fn front(&mut self) {
        if !self.wrap.front_text.unwrap_or(!self.is_pictured()) {
            return;
        }
        let spec = self.plan.page.cover;
        let element = self.element(ElementId(0), Tag::Sect, None);
        let panel = self.role(Role::CoverPanel, &self.style);
        let around = match spec.front {
            CoverFront::Plain => (*self.style).clone(),
            _ => panel.clone(),
        };
        let face = self.sheet.face(self.sheet.front());
        let area = inset(face, self.margin);
        let mut title = self.title(&around);
        if spec.author == CoverAuthor::Title {
            title.extend(self.authors(&around));
        }
        match spec.front {
            CoverFront::Label => self.label(&title, &panel, face, element),
            CoverFront::Band => {
                let (head, foot) = self.ends(area, element);
                self.band(&title, &panel, (area, head, foot), element);
            }
            CoverFront::Plain => {
                let (head, foot) = self.ends(area, element);
                let from = face.at.y + face.size.height.scale(spec.from);
                let top = from.max(head);
                let room = Size::new(area.size.width, foot - top);
                let fitted = self.fitted(&title, room, element);
                self.put(Point::new(area.at.x, top), fitted);
            }
        }
    }

    /// The title and what belongs to it.
    fn title(&self, around: &Style) -> Vec<Line> {
        let meta = &self.plan.edition.book.manifest.metadata;
        let style = self.role(Role::CoverTitle, around);
        let mut lines = vec![Line {
            words: meta.title.clone(),
            style: style.clone(),
            tag: Some(Tag::Heading(1)),
        }];
        if let Some(subtitle) = &meta.subtitle {
            lines.push(Line {
                words: subtitle.clone(),
                style: self.role(Role::CoverSubtitle, around),
                tag: Some(Tag::P),
            });
        }
        if let Some(ornament) = style.ornament.clone().filter(|o| !o.trim().is_empty()) {
            let mut style = super::words::grown(&style, ORNAMENT);
            style.before = style.leading / 2;
            lines.push(Line {
                words: ornament.to_string(),
                style,
                tag: None,
            });
        }
        lines
    }

    /// The authors, each on a line; many together.
    fn authors(&self, around: &Style) -> Vec<Line> {
        let meta = &self.plan.edition.book.manifest.metadata;
        let names: Vec<&str> = meta.names("aut").collect();
        let style = self.role(Role::CoverAuthor, around);
        let texts = if names.len() > AUTHORS {
            vec![names.join(", ")]
        } else {
            names.into_iter().map(str::to_owned).collect()
        };
        let line = |(at, words): (usize, String)| {
            let mut style = style.clone();
            if at > 0 {
                style.before = Abs::ZERO;
            }
            Line {
                words,
                style,
                tag: Some(Tag::P),
            }
        };
        texts.into_iter().enumerate().map(line).collect()
    }

    /// The publisher.
    fn publisher(&self, around: &Style) -> Option<Line> {
        let meta = &self.plan.edition.book.manifest.metadata;
        Some(Line {
            words: meta.publisher.clone()?,
            style: self.role(Role::CoverPublisher, around),
            tag: Some(Tag::P),
        })
    }

    /// Sets what stands at the head and at the foot of the front; returns the heights between which there is room.
    fn ends(&mut self, area: Rect, element: ElementId) -> (Abs, Abs) {
        let spec = self.plan.page.cover;
        let around = self.style.clone();
        let third = Size::new(area.size.width, area.size.height / 4);
        let (mut top, mut bottom) = (area.at.y, area.at.y + area.size.height);
        if spec.author == CoverAuthor::Head {
            let lines = self.authors(&around);
            let fitted = self.fitted(&lines, third, element);
            let height = fitted.column.size.height;
            self.put(area.at, fitted);
            top += height + around.leading;
        }
        let mut lines = Vec::new();
        if spec.author == CoverAuthor::Foot {
            lines.extend(self.authors(&around));
        }
        lines.extend(self.publisher(&around));
        if !lines.is_empty() {
            let fitted = self.fitted(&lines, third, element);
            bottom -= fitted.column.size.height;
            self.put(Point::new(area.at.x, bottom), fitted);
            bottom -= around.leading;
        }
        (top, bottom)
    }

    /// A label with all that the front says, in the middle between the spine and the fore edge.
    fn label(&mut self, title: &[Line], panel: &Style, face: Rect, element: ElementId) {
        let spec = self.plan.page.cover;
        let beside = face.size.width.fraction(BESIDE_LABEL.0, BESIDE_LABEL.1);
        let beside = beside.max(self.case.rules.safety.value);
        let width = (face.size.width - beside * 2).max(Abs::pt(1.0));
        let pad = panel.padding.min(width / 5);
        let top = face.size.height.scale(spec.from).max(beside);
        let most = face.size.height.scale(DEEPEST) - top;
        let inner = width - pad * 2;
        let publisher: Vec<Line> = self.publisher(panel).into_iter().collect();
        let foot = self.fitted(&publisher, Size::new(inner, most / 5), element);
        let gap = if publisher.is_empty() { Abs::ZERO } else { pad };
        let taken = pad * 2 + gap + foot.column.size.height;
        let fitted = self.fitted(title, Size::new(inner, most - taken), element);
        let (words, below) = (fitted.column.size.height, foot.column.size.height);
        let least = face.size.height.scale(spec.height);
        let height = (words + taken).max(least);
        let field = Rect {
            at: Point::new(face.at.x + beside, face.at.y + top),
            size: Size::new(width, height),
        };
        self.field(field, panel);
        let x = field.at.x + pad;
        // In the middle of what the publisher leaves.
        let free = height - taken - words;
        self.put(Point::new(x, field.at.y + pad + free / 2), fitted);
        let y = field.at.y + height - pad - below;
        self.put(Point::new(x, y), foot);
        self.taken.push(field);
    }

    /// A band from the spine to the edge, with the title on it.
    fn band(
        &mut self,
        title: &[Line],
        panel: &Style,
        (area, head, foot): (Rect, Abs, Abs),
        element: ElementId,
    ) {
        let spec = self.plan.page.cover;
        let front = self.sheet.bleeding(self.sheet.front());
        let height = self.sheet.panel.height;
        let pad = panel.padding.min(area.size.width / 6);
        let at_head = spec.from <= 0.0;
        let top = height
            .scale(spec.from)
            .max(if at_head { Abs::ZERO } else { head });
        let room = Size::new(area.size.width, foot - top - pad * 2);
        let fitted = self.fitted(title, room, element);
        let words = fitted.column.size.height;
        let deep = height.scale(spec.height).max(words + pad * 2);
        let start = if at_head { front.at.y } else { top };
        let field = Rect {
            at: Point::new(front.at.x, start),
            size: Size::new(front.size.width, top + deep - start),
        };
        self.field(field, panel);
        // At the foot of a field that begins at the edge; in the middle of a band.
        let free = deep - words - pad * 2;
        let above = if at_head { free } else { free / 2 };
        self.put(Point::new(area.at.x, top + pad + above), fitted);
        self.taken.push(field);
    }

    /// A field of colour with its frames.
    pub(super) fn field(&mut self, field: Rect, style: &Style) {
        if let Some(color) = style.background {
            self.frame.push(field.at, bar(field.size, color));
        }
        let line = style.text.color;
        // Within the field, as the lines of a label are: the finer one inside.
        let outer = inset(field, style.padding / 4);
        outline(&mut self.frame, outer, style.frame, line);
        let inner = inset(outer, style.frame + style.frame.max(style.rule) * 2);
        outline(&mut self.frame, inner, style.rule, line);
    }

    /// Sets lines into a room; tells if there was not enough.
    fn fitted(&mut self, lines: &[Line], room: Size, element: ElementId) -> Fitted {
        let fitted = self.lines(lines, room, element);
        if !fitted.fits && !lines.is_empty() {
            let said: String = lines[0].words.chars().take(40).collect();
            self.tell(
                Code::CoverOverflow,
                format!("`{said}` does not fit on the front of the cover"),
                "shorten it, or make the front of a picture with `front:`",
            );
        }
        fitted
    }

    /// Puts lines on the cover.
    fn put(&mut self, at: Point, fitted: Fitted) {
        if fitted.column.items.is_empty() {
            return;
        }
        self.taken.push(Rect {
            at,
            size: fitted.column.size,
        });
        self.frame.push_frame(at, fitted.column);
    }
}

/// Draws the four sides of a rectangle, the lines within it.
fn outline(on: &mut Frame, rect: Rect, thick: Abs, color: crate::theme::Color) {
    let Rect { at, size } = rect;
    if thick <= Abs::ZERO || size.width <= thick * 2 || size.height <= thick * 2 {
        return;
    }
    let across = Size::new(size.width, thick);
    let down = Size::new(thick, size.height - thick * 2);
    let bottom = at.y + size.height - thick;
    on.push(at, bar(across, color));
    on.push(Point::new(at.x, bottom), bar(across, color));
    on.push(Point::new(at.x, at.y + thick), bar(down, color));
    let right = at.x + size.width - thick;
    on.push(Point::new(right, at.y + thick), bar(down, color));
}
