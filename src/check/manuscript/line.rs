//! A chapter's running text, flat: what a reader reads in one go.
//!
//! In: a chapter's blocks and notes. Out: [`Line`]s in reading order, each with its text, its language and the way from every byte
//! back to the Markdown. Code, formulas, pictures, addresses and what is struck out are one [`OBJECT`] each, so that no rule takes
//! the words beside them for neighbours.

mod trail;
mod typed;

use std::sync::OnceLock;

use unicode_normalization::char::is_combining_mark;

use crate::model::{Attrs, Block, BlockKind, Chapter, Inline, InlineKind, LITERAL, Lang, NodeId};
use crate::source::{Sources, Span};
use trail::Trail;

/// Stands for something that is not read as words: Unicode's own sign for that.
pub(super) const OBJECT: char = '\u{FFFC}';

/// What a line is a line of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A paragraph of the text.
    Paragraph,
    /// A paragraph within a quotation, a list or a container.
    Inner,
    /// A line of verse.
    Verse,
    /// A heading.
    Heading,
    /// A term, a caption, a table's cell, a title: what stands by itself.
    Apart,
}

/// A stretch of running text.
#[derive(Debug)]
pub(super) struct Line {
    /// Its words; a line end that the author asked for is `\n`.
    pub text: String,
    /// The language of its words.
    pub lang: Lang,
    /// What it is a line of.
    pub form: Form,
    /// 0 for the chapter's text; each note has its own number.
    pub region: u32,
    /// Where each stretch of text begins in `text`, and which node it is of.
    pieces: Vec<(usize, NodeId)>,
    /// How its text is found in the Markdown; known once it was asked for.
    trails: OnceLock<Vec<Trail>>,
}

/// A word in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'l> {
    /// As printed: letters and digits, with hyphens and apostrophes between them.
    pub text: &'l str,
    /// The first byte in the line.
    pub start: usize,
}

impl Word<'_> {
    /// The byte after its last.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

impl Line {
    /// Its words, in order.
    pub fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let mut rest = 0;
        std::iter::from_fn(move || {
            let start = rest + self.text[rest..].find(char::is_alphanumeric)?;
            let mut end = start;
            let mut chars = self.text[start..].char_indices().peekable();
            while let Some((at, c)) = chars.next() {
                let joins = matches!(c, '-' | '’' | '\'' | '\u{2011}' | '\u{AD}');
                let inside = joins && chars.peek().is_some_and(|(_, c)| c.is_alphanumeric());
                if !(c.is_alphanumeric() || inside || is_combining_mark(c)) {
                    break;
                }
                end = start + at + c.len_utf8();
            }
            rest = end;
            Some(Word {
                text: &self.text[start..end],
                start,
            })
        })
    }

    /// The place of some bytes in the Markdown: exactly, where the author typed what is printed, else that of the stretch of text
    /// around them.
    pub fn span(
        &self,
        start: usize,
        end: usize,
        chapter: &Chapter,
        sources: &Sources,
    ) -> Option<Span> {
        let (from, from_is_exact) = self.point(start, chapter, sources)?;
        let last = self.text[..end]
            .char_indices()
            .next_back()
            .map_or(start, |(at, _)| at);
        let (to, to_is_exact) = self.point(last.max(start), chapter, sources)?;
        // A line end of the Markdown is of no stretch.
        Some(match (from_is_exact, to_is_exact) {
            (true, false) => from,
            _ => from.to(to),
        })
    }

    /// What was typed for the character at a byte, where that is known exactly, and what before it.
    pub fn typed(
        &self,
        at: usize,
        chapter: &Chapter,
        sources: &Sources,
    ) -> Option<(Option<char>, char)> {
        let (span, true) = self.point(at, chapter, sources)? else {
            return None;
        };
        let file = sources.get(span.file)?;
        let (before, after) = file.text.split_at_checked(span.start as usize)?;
        Some((before.chars().next_back(), after.chars().next()?))
    }

    /// The place of the character at a byte, and whether it is exactly that.
    fn point(&self, at: usize, chapter: &Chapter, sources: &Sources) -> Option<(Span, bool)> {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at);
        let piece = piece.checked_sub(1)?;
        let whole = chapter.spans.get(self.pieces.get(piece)?.1)?;
        let exact = || {
            let trails = || trail::trails(&self.text, &self.pieces, chapter, sources);
            let trail = self.trails.get_or_init(trails).get(piece)?;
            let typed = &sources.get(whole.file)?.text;
            let typed = trail.typed(&self.text, at, typed.get(..whole.end as usize)?)?;
            Some(Span::new(whole.file, typed.start, typed.end))
        };
        Some(exact().map_or((whole, false), |exact| (exact, true)))
    }
}

/// A chapter's lines in reading order; `book` is the book's language.
pub(super) fn lines(chapter: &Chapter, book: &Lang) -> Vec<Line> {
    let mut reader = Reader {
        out: Vec::new(),
        region: 0,
    };
    let lang = chapter.lang.as_ref().unwrap_or(book);
    reader.blocks(&chapter.blocks, lang, Form::Paragraph);
    for note in &chapter.notes {
        reader.region += 1;
        reader.blocks(&note.blocks, lang, Form::Paragraph);
    }
    reader.out
}

struct Reader {
    out: Vec<Line>,
    region: u32,
}

impl Reader {
    fn blocks(&mut self, blocks: &[Block], lang: &Lang, form: Form) {
        for block in blocks {
            let lang = own(block.attrs.as_deref(), lang);
            self.block(block, &lang, form);
        }
    }

    fn block(&mut self, block: &Block, lang: &Lang, form: Form) {
        let inner = match form {
            Form::Apart => Form::Apart,
            _ => Form::Inner,
        };
        match &block.kind {
            BlockKind::Paragraph(content) => self.line(content, lang, form),
            BlockKind::Heading { content, .. } => self.line(content, lang, Form::Heading),
            BlockKind::Quote(blocks) => self.blocks(blocks, lang, inner),
            BlockKind::Only { blocks, .. } => self.blocks(blocks, lang, form),
            BlockKind::List(list) => {
                for item in &list.items {
                    self.blocks(&item.blocks, lang, inner);
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    for term in &definition.terms {
                        self.line(term, lang, Form::Apart);
                    }
                    for body in &definition.bodies {
                        self.blocks(body, lang, inner);
                    }
                }
            }
            BlockKind::Figure(figure) => {
                let lang = own(Some(&figure.image.attrs), lang);
                self.line(&figure.caption, &lang, Form::Apart);
            }
            BlockKind::Table(table) => {
                for cell in table
                    .head
                    .iter()
                    .chain(&table.body)
                    .flat_map(|row| &row.cells)
                {
                    self.blocks(&cell.blocks, lang, Form::Apart);
                }
                self.line(&table.caption, lang, Form::Apart);
            }
            BlockKind::Verse(stanzas) => {
                for line in stanzas.iter().flat_map(|stanza| &stanza.lines) {
                    self.line(&line.content, lang, Form::Verse);
                }
            }
            BlockKind::Container(container) => {
                self.line(&container.title, lang, Form::Apart);
                self.blocks(&container.blocks, lang, inner);
            }
            BlockKind::Code(_)
            | BlockKind::SceneBreak
            | BlockKind::PageBreak
            | BlockKind::Math { .. }
            | BlockKind::Contents => {}
        }
    }

    fn line(&mut self, content: &[Inline], lang: &Lang, form: Form) {
        if content.is_empty() {
            return;
        }
        let mut line = Line {
            text: String::new(),
            lang: lang.clone(),
            form,
            region: self.region,
            pieces: Vec::new(),
            trails: OnceLock::new(),
        };
        self.inlines(content, &mut line);
        self.out.push(line);
    }

    fn inlines(&mut self, content: &[Inline], line: &mut Line) {
        for inline in content {
            match &inline.kind {
                InlineKind::Text(text) => {
                    line.pieces.push((line.text.len(), inline.id));
                    line.text.extend(text.chars().filter(|c| *c != LITERAL));
                }
                InlineKind::SoftBreak => line.text.push(' '),
                InlineKind::HardBreak => line.text.push('\n'),
                InlineKind::Span { attrs, content } if foreign(attrs, line) => {
                    line.text.push(OBJECT);
                    let lang = own(Some(attrs), &line.lang);
                    self.line(content, &lang, Form::Apart);
                }
                InlineKind::Link { to, content, .. } if is_address(to, content) => {
                    line.text.push(OBJECT);
                }
                InlineKind::Only { content, .. } => {
                    line.text.push(OBJECT);
                    self.inlines(content, line);
                    line.text.push(OBJECT);
                }
                InlineKind::Strike(_)
                | InlineKind::Kbd(_)
                | InlineKind::Sub(_)
                | InlineKind::Sup(_)
                | InlineKind::Code { .. }
                | InlineKind::Math { .. }
                | InlineKind::Cite { .. }
                | InlineKind::Ref { .. }
                | InlineKind::NoteCall(_)
                | InlineKind::Image(_) => line.text.push(OBJECT),
                other => self.inlines(other.content(), line),
            }
        }
    }
}

fn own(attrs: Option<&Attrs>, lang: &Lang) -> Lang {
    attrs
        .and_then(|attrs| attrs.lang.clone())
        .unwrap_or_else(|| lang.clone())
}

/// A span in a language that is not its line's.
fn foreign(attrs: &Attrs, line: &Line) -> bool {
    attrs.lang.as_ref().is_some_and(|lang| *lang != line.lang)
}

/// A link that shows its own address.
fn is_address(to: &str, content: &[Inline]) -> bool {
    match content {
        [only] => matches!(&only.kind, InlineKind::Text(text)
            if text.contains("://") || to.strip_prefix("mailto:").unwrap_or(to) == text),
        _ => false,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A line of one text.
    pub fn of(text: &str, lang: &str) -> Line {
        Line {
            text: text.to_owned(),
            lang: Lang::new(lang).expect("tests name languages"),
            form: Form::Paragraph,
            region: 0,
            pieces: Vec::new(),
            trails: OnceLock::new(),
        }
    }

    #[test]
    fn words_keep_their_hyphens_and_apostrophes() {
        let line = of("—The whale-boat’s, ‘n’ 3.5 the dogs’ état- x", "en");
        let words: Vec<&str> = line.words().map(|word| word.text).collect();
        assert_eq!(
            words,
            [
                "The",
                "whale-boat’s",
                "n",
                "3",
                "5",
                "the",
                "dogs",
                "état",
                "x"
            ]
        );
    }
}
