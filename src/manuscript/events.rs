//! From Markdown's events to frames.
//!
//! In: a text. Out: frames opened and closed, words taken in. Each event that opens something opens one frame, and its
//! end closes that frame with all that was opened above it since (by HTML or `:::` that was never closed).

use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag,
};

use super::builder::{Builder, Features, Place};
use super::frame::{Kind, Opener};
use super::mask::{self, Hide};
use crate::model::{Align, Attrs, BlockKind, ContainerKind, Inline, InlineKind, ListKind, Target};

/// What of pulldown-cmark's extensions a dialect needs. Its sub- and superscripts do not work inside words and its
/// heading attributes know no escapes, so those are read here.
pub(super) fn options(features: Features) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    if features.extensions {
        options |= Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST;
    }
    if features.scholarly {
        options |= Options::ENABLE_MATH;
    }
    options
}

/// What to hide from the parser.
pub(super) fn hide(features: Features) -> Hide {
    Hide {
        extensions: features.extensions,
        subscripts: features.scholarly,
    }
}

/// An HTML block's text and where its lines stand in the source.
#[derive(Default)]
pub(super) struct HtmlText {
    pub text: String,
    pub lines: Vec<(usize, usize)>,
}

impl<'a> Builder<'a> {
    /// Reads the whole text.
    pub fn events(&mut self) {
        let options = options(self.features);
        let masked: &'a str = self.masked;
        // The frames that events opened, innermost last: how many stood below each.
        let mut open: Vec<usize> = Vec::new();
        let mut html: Option<HtmlText> = None;
        for (event, range) in Parser::new_ext(masked, options).into_offset_iter() {
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    self.flush();
                    html = Some(HtmlText::default());
                }
                Event::End(pulldown_cmark::TagEnd::HtmlBlock) => {
                    if let Some(html) = html.take() {
                        self.html_block(&html, range);
                    }
                }
                Event::Html(text) => {
                    // A hidden `:::` line stays hidden: its place tells what it is.
                    let restored = if text.trim_start().starts_with("<?") {
                        text.into_string()
                    } else {
                        self.restore(&text, range.clone()).into_owned()
                    };
                    if let Some(html) = &mut html {
                        html.lines.push((html.text.len(), range.start));
                        html.text.push_str(&restored);
                    }
                }
                Event::Start(tag) => {
                    let left = self.start(tag, range);
                    open.push(left);
                }
                Event::End(_) => {
                    // Events are balanced; were they not, the root would stay.
                    if let Some(left) = open.pop() {
                        self.close_to(left);
                    }
                }
                Event::Text(text) => self.text(&text, range),
                Event::Code(text) => {
                    let text = self.restore(&text, range.clone()).into_owned();
                    let text = super::builder::legal(&text).into_owned();
                    self.thing(
                        InlineKind::Code {
                            text,
                            attrs: Box::default(),
                        },
                        range,
                    );
                }
                Event::InlineMath(text) => self.math(&text, false, range),
                Event::DisplayMath(text) => self.math(&text, true, range),
                Event::InlineHtml(_) => self.html_inline(range),
                Event::FootnoteReference(name) => {
                    let number = self.note_number(&name, &range);
                    self.thing(InlineKind::NoteCall(number as u32), range);
                }
                Event::SoftBreak => self.line_end(InlineKind::SoftBreak, range),
                Event::HardBreak => self.line_end(InlineKind::HardBreak, range),
                Event::Rule => {
                    if self.prepare_block() {
                        self.block(BlockKind::SceneBreak, Attrs::default(), range);
                    }
                }
                Event::TaskListMarker(done) => self.task(done),
            }
        }
        self.close_to(1);
        self.report_left_out();
    }

    /// Opens what an event opens; how many frames stand below it.
    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) -> usize {
        if matches!(tag, Tag::Paragraph)
            && let Kind::Item { loose, .. } = &mut self.host().kind
        {
            *loose = true;
        }
        let inline = match tag {
            Tag::Emphasis => Some(Kind::Emph),
            Tag::Strong => Some(Kind::Strong),
            Tag::Strikethrough => Some(Kind::Strike),
            Tag::Subscript => Some(Kind::Sub),
            Tag::Superscript => Some(Kind::Sup),
            Tag::Link {
                link_type,
                ref dest_url,
                ref title,
                ..
            } => {
                let to = self.restore(dest_url, range.clone()).into_owned();
                Some(Kind::Link {
                    to: match link_type {
                        LinkType::Email => format!("mailto:{to}"),
                        _ => to,
                    },
                    title: self.title(title, &range),
                    shortcut: matches!(link_type, LinkType::Shortcut | LinkType::Collapsed),
                })
            }
            Tag::Image {
                ref dest_url,
                ref title,
                ..
            } => Some(Kind::Image {
                to: self.restore(dest_url, range.clone()).into_owned(),
                title: self.title(title, &range),
            }),
            _ => None,
        };
        if let Some(kind) = inline {
            self.flush();
            self.prepare_inline(range.start);
            let raw = matches!(self.host().kind, Kind::Pre { .. } | Kind::Code { .. });
            let kind = if raw { Kind::Flat } else { kind };
            let left = self.frames.len();
            let is_link = matches!(kind, Kind::Link { .. });
            self.open(kind, Opener::Markdown, Attrs::default(), range);
            if is_link && matches!(self.top().kind, Kind::Link { .. }) {
                self.links += 1;
            }
            return left;
        }
        let room = match tag {
            // Parts stand in what was opened for them.
            Tag::Item
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell => {
                self.flush();
                true
            }
            _ => self.prepare_block(),
        };
        let left = self.frames.len();
        let none = Attrs::default();
        let by = Opener::Markdown;
        if !room {
            self.open(Kind::Flat, by, none, range);
            return left;
        }
        match tag {
            Tag::Item => self.open_part(
                Kind::Item {
                    task: None,
                    loose: false,
                },
                by,
                none,
                range,
            ),
            Tag::DefinitionListTitle => self.open_part(Kind::Term, by, none, range),
            Tag::DefinitionListDefinition => self.open_part(Kind::Body, by, none, range),
            Tag::TableHead => self.open_part(row(true), by, none, range),
            Tag::TableRow => self.open_part(row(false), by, none, range),
            Tag::TableCell => {
                let cell = Kind::Cell {
                    header: false,
                    align: None,
                    columns: 1,
                    rows: 1,
                };
                self.open_part(cell, by, none, range);
            }
            Tag::FootnoteDefinition(name) => {
                self.open(Kind::Note(name.to_string()), by, none, range);
            }
            tag => {
                let kind = self.block_kind(tag, &range);
                self.open(kind, by, none, range);
            }
        }
        left
    }

    fn block_kind(&self, tag: Tag<'_>, range: &Range<usize>) -> Kind {
        match tag {
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::BlockQuote(None) => Kind::Quote,
            Tag::BlockQuote(Some(kind)) => Kind::Alert(match kind {
                BlockQuoteKind::Note => ContainerKind::Note,
                BlockQuoteKind::Tip => ContainerKind::Tip,
                BlockQuoteKind::Important => ContainerKind::Important,
                BlockQuoteKind::Warning => ContainerKind::Warning,
                BlockQuoteKind::Caution => ContainerKind::Caution,
            }),
            Tag::CodeBlock(kind) => Kind::Code {
                info: match kind {
                    CodeBlockKind::Indented => None,
                    CodeBlockKind::Fenced(info) => {
                        Some(self.restore(&info, range.clone()).into_owned())
                    }
                },
                text: String::new(),
            },
            Tag::List(start) => Kind::List {
                kind: self.list_kind(start, range),
                loose: false,
                items: Vec::new(),
            },
            Tag::DefinitionList => Kind::Definitions(Vec::new()),
            Tag::Table(aligns) => Kind::Table {
                aligns: aligns.into_iter().map(align).collect(),
                head: Vec::new(),
                body: Vec::new(),
                caption: Vec::new(),
            },
            // Inlines and parts were opened before; headers are read elsewhere.
            _ => Kind::Flat,
        }
    }

    fn list_kind(&self, start: Option<u64>, range: &Range<usize>) -> ListKind {
        match start {
            None => ListKind::Bullet,
            Some(start) => {
                let sign = self.text[range.clone()]
                    .trim_start()
                    .trim_start_matches(|c: char| c.is_ascii_digit());
                ListKind::Ordered {
                    start,
                    delimiter: if sign.starts_with(')') { ')' } else { '.' },
                }
            }
        }
    }

    fn title(&self, title: &str, range: &Range<usize>) -> Option<String> {
        (!title.is_empty()).then(|| self.restore(title, range.clone()).into_owned())
    }

    /// Adds an inline that is no word.
    pub fn thing(&mut self, kind: InlineKind, range: Range<usize>) {
        self.flush();
        if let Kind::Pre { .. } | Kind::Code { .. } = self.host().kind {
            if let InlineKind::Code { text, .. } = kind {
                self.push_text(&text, range);
            }
            return;
        }
        self.prepare_inline(range.start);
        let end = range.end;
        let inline = self.inline(kind, range);
        self.add_inline(inline, end);
    }

    fn math(&mut self, text: &str, display: bool, range: Range<usize>) {
        // `$5/$6` are two prices.
        let is_price = !display && self.text[range.end..].starts_with(|c: char| c.is_ascii_digit());
        if is_price {
            self.flush();
            self.prepare_inline(range.start);
            self.push_source(range);
            return;
        }
        let tex = self.restore(text, range.clone()).trim().to_owned();
        self.thing(
            InlineKind::Math {
                tex,
                display,
                attrs: Box::default(),
            },
            range,
        );
    }

    fn line_end(&mut self, kind: InlineKind, range: Range<usize>) {
        self.flush();
        if let Kind::Pre { .. } | Kind::Code { .. } = self.host().kind {
            self.push_text("\n", range);
            return;
        }
        self.end_scripts();
        self.prepare_inline(range.start);
        let inline = self.inline(kind, range);
        self.host().pieces.push(super::frame::Piece::Inline(inline));
    }

    /// `[x]` at the start of an item.
    fn task(&mut self, done: bool) {
        let item = self
            .frames
            .iter_mut()
            .rev()
            .take(3)
            .find_map(|frame| match &mut frame.kind {
                Kind::Item { task, .. } => Some(task),
                _ => None,
            });
        if let Some(task) = item {
            *task = Some(done);
        }
    }

    /// Reads inline Markdown that stands nowhere in the text byte by byte: a title in an attribute.
    pub fn words(&mut self, text: &str, at: Range<usize>) -> Vec<Inline> {
        let place = Place::At(self.span(at.clone()));
        self.nested_words(text, place, |_| at.clone())
    }

    /// Reads inline Markdown that stands in the text.
    pub fn words_in(&mut self, range: Range<usize>) -> Vec<Inline> {
        let place = match self.place {
            Place::Chapter(text, from) => Place::Chapter(text, from + range.start),
            at => at,
        };
        let text: &'a str = self.text;
        let start = range.start;
        self.nested_words(&text[range], place, |inner| {
            inner.start + start..inner.end + start
        })
    }

    fn nested_words(
        &mut self,
        text: &str,
        place: Place<'_>,
        to_outer: impl Fn(Range<usize>) -> Range<usize>,
    ) -> Vec<Inline> {
        let masked = mask::mask(text, options(self.features), hide(self.features));
        let mut inner = Builder::new(text, &masked, place, self.path, self.features, self.sink);
        inner.nested = true;
        inner.events();
        let mut line = Vec::new();
        for block in inner
            .frames
            .pop()
            .map(|root| root.blocks)
            .unwrap_or_default()
        {
            line.extend(match block.kind {
                // Alone in its line an image is a figure, but not in a title.
                BlockKind::Figure(figure) => Vec::from([Inline {
                    id: block.id,
                    kind: InlineKind::Image(Box::new(figure.image)),
                }]),
                _ => super::finish::words_of(block),
            });
        }
        let first_note = self.notes.len() as u32;
        for mut note in inner.notes {
            note.range = to_outer(note.range);
            if let Some(blocks) = &mut note.blocks {
                super::number::shift_blocks(blocks, self.ranges.len() as u32, first_note);
            }
            self.notes.push(note);
        }
        super::number::shift(&mut line, self.ranges.len() as u32, first_note);
        self.ranges.extend(inner.ranges.into_iter().map(to_outer));
        line
    }

    /// A title that is one for a format alone, say, wraps blocks.
    pub fn only(&mut self, target: Option<Target>, from: usize, range: Range<usize>) {
        let Some(target) = target else { return };
        let host = self.host();
        let blocks = host.blocks.split_off(from.min(host.blocks.len()));
        self.block(BlockKind::Only { target, blocks }, Attrs::default(), range);
    }
}

fn row(head: bool) -> Kind {
    Kind::Row {
        head,
        cells: Vec::new(),
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}
