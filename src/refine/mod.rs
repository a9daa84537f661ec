//! Makes typed text into printed text, chapter by chapter.
//!
//! In: a [`Chapter`] as the author typed it. Out: the same chapter with
//! 1. its language, where its letters plainly belong to another script than the book's (`language`),
//! 2. quotation marks, apostrophes, dashes and dots as its language has them (`quotes`, `dashes`),
//! 3. the spaces that its language sets around them (`spaces`),
//! 4. its code coloured (`highlight`).
//!
//! A chapter knows its language and each span its own; code, mathematics and addresses stay as typed. Nothing here
//! looks at another chapter, and nothing fails.

mod dashes;
mod highlight;
mod language;
mod line;
mod quotes;
mod spaces;

use crate::model::{Attrs, Block, BlockKind, Chapter, Inline, Lang};

/// Refines a chapter. `lang` is the book's language; `smart` is off for authors who want what they typed.
pub fn refine(mut chapter: Chapter, lang: &Lang, smart: bool) -> Chapter {
    if chapter.lang.is_none() {
        chapter.lang = language::guess(&chapter, lang);
    }
    let lang = chapter.lang.clone().unwrap_or_else(|| lang.clone());
    let pen = Pen { smart };
    pen.blocks(&mut chapter.blocks, &lang);
    for note in &mut chapter.notes {
        pen.blocks(&mut note.blocks, &lang);
    }
    chapter
}

/// Walks the blocks and hands each stretch of running inlines to `line`.
struct Pen {
    smart: bool,
}

impl Pen {
    fn blocks(&self, blocks: &mut [Block], lang: &Lang) {
        for block in blocks {
            let own = own_lang(block.attrs.as_deref(), lang);
            self.block(&mut block.kind, &own);
        }
    }

    fn block(&self, kind: &mut BlockKind, lang: &Lang) {
        match kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                self.line(content, lang)
            }
            BlockKind::Quote(blocks) | BlockKind::Only { blocks, .. } => self.blocks(blocks, lang),
            BlockKind::List(list) => list
                .items
                .iter_mut()
                .for_each(|item| self.blocks(&mut item.blocks, lang)),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    definition
                        .terms
                        .iter_mut()
                        .for_each(|term| self.line(term, lang));
                    definition
                        .bodies
                        .iter_mut()
                        .for_each(|body| self.blocks(body, lang));
                }
            }
            BlockKind::Code(code) => {
                code.tokens = highlight::tokens(code.lang.as_deref(), &code.text)
            }
            BlockKind::Figure(figure) => self.line(
                &mut figure.caption,
                &own_lang(Some(&figure.image.attrs), lang),
            ),
            BlockKind::Table(table) => {
                for cell in table
                    .head
                    .iter_mut()
                    .chain(&mut table.body)
                    .flat_map(|row| &mut row.cells)
                {
                    self.blocks(&mut cell.blocks, lang);
                }
                self.line(&mut table.caption, lang);
            }
            BlockKind::Verse(stanzas) => {
                for line in stanzas.iter_mut().flat_map(|stanza| &mut stanza.lines) {
                    self.line(&mut line.content, lang);
                }
            }
            BlockKind::Container(container) => {
                self.line(&mut container.title, lang);
                self.blocks(&mut container.blocks, lang);
            }
            BlockKind::SceneBreak
            | BlockKind::PageBreak
            | BlockKind::Math { .. }
            | BlockKind::Contents => {}
        }
    }

    fn line(&self, content: &mut [Inline], lang: &Lang) {
        line::quote(content, lang);
        if self.smart && !content.is_empty() {
            line::refine(content, lang);
        }
    }
}

/// The quotation marks that a language's text is given: outer opening and closing, inner opening and closing.
pub fn quotation_marks(lang: &Lang) -> [&'static str; 4] {
    *quotes::marks(lang)
}

fn own_lang(attrs: Option<&Attrs>, lang: &Lang) -> Lang {
    attrs
        .and_then(|attrs| attrs.lang.clone())
        .unwrap_or_else(|| lang.clone())
}
