//! Pages made by hand, for the PDF writer alone: words set crudely, one glyph a letter, in the bundled fonts.

use std::path::Path;
use std::sync::Arc;

use recto::model::Lang;
use recto::theme::Color;
use recto::typeset::frame::{Artifact, FontId, Frame, Glyph, Item, Owner, Run};
use recto::typeset::pages::{FontFile, Info, Label, Page, PageList};
use recto::typeset::structure::{Element, ElementId, SlotId, Structure, Tag};
use recto::unit::{Abs, Point, Rect, Side, Size};
use skrifa::MetadataProvider;

/// The page's size.
pub const TRIM: Size = Size::new(Abs::pt(300.0), Abs::pt(400.0));
/// The distance of lines.
const LEADING: Abs = Abs::pt(14.0);
/// The margin on all sides.
const MARGIN: Abs = Abs::pt(30.0);

/// Makes pages.
pub struct Maker {
    /// What is made.
    pub list: PageList,
    frame: Frame,
    /// The next baseline.
    pub y: Abs,
}

impl Maker {
    /// With these fonts, from `fonts/`.
    pub fn new(fonts: &[&str]) -> Maker {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let fonts = fonts
            .iter()
            .map(|name| FontFile {
                data: std::fs::read(root.join(name))
                    .expect("the font is part of the source")
                    .into(),
                index: 0,
                name: Path::new(name)
                    .file_stem()
                    .expect("a file has a name")
                    .to_string_lossy()
                    .into_owned(),
                settings: Vec::new(),
            })
            .collect();
        Maker {
            list: PageList {
                structure: Structure::new(Tag::Document),
                info: Info {
                    title: "Of Pages & Marks".to_owned(),
                    authors: vec!["Ada Lind".to_owned(), "Jo Berg".to_owned()],
                    subject: Some("A test.".to_owned()),
                    lang: Lang::new("en-GB").expect("it is a tag"),
                    date: 1_600_000_000,
                    ..Info::default()
                },
                fonts,
                ..PageList::default()
            },
            frame: Frame::new(TRIM),
            y: MARGIN,
        }
    }

    /// Opens an element.
    pub fn open(&mut self, parent: ElementId, tag: Tag) -> ElementId {
        self.list.structure.open(parent, Element::new(tag))
    }

    /// Opens an element with a stretch of text.
    pub fn slot(&mut self, parent: ElementId, tag: Tag) -> SlotId {
        let element = self.open(parent, tag);
        self.list.structure.slot(element)
    }

    /// Shapes a word: `(letters, text)` per glyph, where the glyph is that of the letter and stands for the text.
    pub fn shape(&self, font: usize, size: Abs, parts: &[(char, &str)]) -> Run {
        let file = &self.list.fonts[font];
        let face = skrifa::FontRef::from_index(&file.data, file.index).expect("it is a font");
        let (letters, metrics) = (
            face.charmap(),
            face.glyph_metrics(
                skrifa::instance::Size::new(size.to_pt() as f32),
                skrifa::instance::LocationRef::default(),
            ),
        );
        let glyphs = parts
            .iter()
            .map(|(letter, text)| {
                let id = letters.map(*letter).unwrap_or_default();
                let advance = metrics.advance_width(id).unwrap_or_default();
                Glyph {
                    id: id.to_u32() as u16,
                    bytes: text.len() as u16,
                    advance: Abs::pt(f64::from(advance)).raw() as i32,
                    dx: 0,
                    dy: 0,
                }
            })
            .collect();
        Run {
            font: FontId(font as u16),
            size,
            expansion: 1000,
            text: parts.iter().map(|(_, text)| *text).collect(),
            glyphs,
            rtl: false,
            from: None,
        }
    }

    /// A run of plain text.
    pub fn run(&self, font: usize, text: &str) -> Run {
        let mut buffers = vec![[0; 4]; text.chars().count()];
        let parts: Vec<(char, &str)> = text
            .chars()
            .zip(&mut buffers)
            .map(|(letter, buffer)| (letter, &*letter.encode_utf8(buffer)))
            .collect();
        self.shape(font, Abs::pt(11.0), &parts)
    }

    /// Puts a run at a place.
    pub fn put(&mut self, at: Point, run: Run, owner: Owner) {
        self.frame.push(
            at,
            Item::Glyphs {
                run: Arc::new(run),
                color: Color::BLACK,
                owner,
            },
        );
    }

    /// Sets a line and goes to the next.
    pub fn line(&mut self, slot: SlotId, run: Run) -> Point {
        self.y += LEADING;
        let at = Point::new(MARGIN, self.y);
        self.put(at, run, Owner::Slot(slot));
        at
    }

    /// Sets a line of plain text in the first font.
    pub fn text(&mut self, slot: SlotId, text: &str) -> Point {
        let run = self.run(0, text);
        self.line(slot, run)
    }

    /// Puts any thing at a place.
    pub fn push(&mut self, at: Point, item: Item) {
        self.frame.push(at, item);
    }

    /// Ends the page, with its number at the foot.
    pub fn end_page(&mut self, label: Label) {
        let folio = match label {
            Label::Roman(number) | Label::Arabic(number) => number.to_string(),
        };
        let run = self.run(0, &folio);
        let at = Point::new(TRIM.width.fraction(1, 2), TRIM.height - MARGIN);
        self.put(at, run, Owner::Artifact(Artifact::Footer));
        let frame = std::mem::replace(&mut self.frame, Frame::new(TRIM));
        let side = if self.list.pages.len().is_multiple_of(2) {
            Side::Recto
        } else {
            Side::Verso
        };
        self.list.pages.push(Page {
            side,
            folio,
            label,
            trim: TRIM,
            bleed: Rect {
                at: Point::ZERO,
                size: TRIM,
            },
            frame: Arc::new(frame),
            element_base: 0,
            slot_base: 0,
        });
        self.y = MARGIN;
    }
}
