//! Answers to exercises, gathered where the book wants them.
//!
//! In: the book's chapters, where answers are to stand, their heading. Out: the chapters, the answers taken out of the text and
//! put at the end of their chapter, or into chapters of their own behind the text, one for each chapter that has some. An answer
//! belongs to the exercise that it names (`for=`), else to the one that it stands in or behind: it then names that.

use std::sync::Arc;

use super::split::number;
use crate::model::{
    AnswerPlace, Block, BlockKind, Chapter, ChapterRole, Container, ContainerKind, Inline,
    InlineKind, Matter, NodeId, Origin,
};

/// The key by which an answer names its exercise; `resolve` reads it.
const ANSWERED: &str = "for";

/// A node that the manuscript does not have: its place is the chapter's.
const MADE: NodeId = NodeId(u32::MAX);

/// Gathers the answers of a book; `title` is what those of a chapter are called, or of the book.
pub fn gather(
    chapters: Vec<Arc<Chapter>>,
    place: AnswerPlace,
    title: &dyn Fn(Option<&Chapter>) -> String,
) -> Vec<Arc<Chapter>> {
    if place == AnswerPlace::Here {
        return chapters;
    }
    let mut out = Vec::with_capacity(chapters.len());
    let mut sets = Vec::new();
    for (index, chapter) in chapters.into_iter().enumerate() {
        if !chapter.blocks.iter().any(holds_answer) {
            out.push(chapter);
            continue;
        }
        let mut own = (*chapter).clone();
        let mut taken = Taken {
            chapter: index,
            ..Taken::default()
        };
        taken.from(&mut own.blocks);
        match place {
            AnswerPlace::Here | AnswerPlace::Chapter => {
                let level = own.blocks.iter().find_map(|block| match block.kind {
                    BlockKind::Heading { level, .. } => Some(level + 1),
                    _ => None,
                });
                let words = vec![made(InlineKind::Text(title(Some(&own))))];
                own.blocks.push(heading(level.unwrap_or(2).min(6), words));
                own.blocks.append(&mut taken.answers);
            }
            AnswerPlace::Book => sets.push(Arc::new(set(&own, taken.answers))),
        }
        let (notes, spans) = (
            std::mem::take(&mut own.notes),
            std::mem::take(&mut own.spans),
        );
        number(&mut own, &notes, &spans);
        out.push(Arc::new(own));
    }
    if !sets.is_empty() {
        let words = vec![made(InlineKind::Text(title(None)))];
        let mut answers = Chapter {
            origin: Origin::Made("answers".to_owned()),
            blocks: vec![heading(1, words)],
            ..behind(&sets[0])
        };
        answers.blocks[0].id = NodeId(1);
        let at = out.iter().rposition(|chapter| !is_apparatus(chapter));
        let at = at.map_or(0, |at| at + 1);
        out.splice(at..at, std::iter::once(Arc::new(answers)).chain(sets));
    }
    out
}

/// The answers of a chapter as one below the book's.
fn set(chapter: &Chapter, answers: Vec<Block>) -> Chapter {
    let title = match (chapter.opening(), &chapter.title) {
        (Some(content), _) => content.to_vec(),
        (None, Some(title)) => vec![made(InlineKind::Text(title.clone()))],
        (None, None) => Vec::new(),
    };
    let mut set = Chapter {
        origin: chapter.origin.clone(),
        depth: 1,
        listed: Some(false),
        lang: chapter.lang.clone(),
        blocks: answers,
        ..behind(chapter)
    };
    if !title.is_empty() {
        set.blocks.insert(0, heading(1, title));
    }
    number(&mut set, &chapter.notes, &chapter.spans);
    set
}

/// A chapter of the back matter without a word.
fn behind(chapter: &Chapter) -> Chapter {
    Chapter::made(chapter.origin.clone(), Matter::Back, ChapterRole::Other)
}

/// What stands behind answers.
fn is_apparatus(chapter: &Chapter) -> bool {
    use ChapterRole as R;
    chapter.matter == Matter::Back
        && matches!(
            chapter.role,
            R::Notes | R::Glossary | R::Bibliography | R::Index | R::Colophon | R::Errata
        )
        || chapter.role == R::AboutTheAuthor
}

fn made(kind: InlineKind) -> Inline {
    Inline { id: MADE, kind }
}

fn heading(level: u8, content: Vec<Inline>) -> Block {
    Block {
        id: MADE,
        attrs: None,
        kind: BlockKind::Heading { level, content },
    }
}

/// Whether an answer stands somewhere in a block; not in a list or a quotation, where it is part of what is told.
fn holds_answer(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Container(container) => {
            container.kind == ContainerKind::Answer || container.blocks.iter().any(holds_answer)
        }
        _ => false,
    }
}

/// Answers on their way.
#[derive(Default)]
struct Taken {
    /// The chapter's place in the book: ids must be the book's only ones.
    chapter: usize,
    /// How many exercises came by.
    count: u32,
    /// The name of the last.
    exercise: Option<String>,
    answers: Vec<Block>,
}

impl Taken {
    fn from(&mut self, blocks: &mut Vec<Block>) {
        for mut block in std::mem::take(blocks) {
            let BlockKind::Container(Container {
                kind,
                blocks: inside,
                ..
            }) = &mut block.kind
            else {
                blocks.push(block);
                continue;
            };
            match kind {
                ContainerKind::Answer => {
                    let attrs = block.attrs.get_or_insert_default();
                    if let Some(exercise) = &self.exercise {
                        let named = attrs.rest.entry(ANSWERED.to_owned());
                        let named = named.or_insert_with(|| exercise.clone());
                        attrs.id.get_or_insert_with(|| format!("answer-{named}"));
                    }
                    self.answers.push(block);
                    continue;
                }
                ContainerKind::Exercise => {
                    self.count += 1;
                    let name = format!("exercise-{}-{}", self.chapter + 1, self.count);
                    let attrs = block.attrs.get_or_insert_default();
                    self.exercise = Some(attrs.id.get_or_insert(name).clone());
                    self.from(inside);
                }
                _ => self.from(inside),
            }
            blocks.push(block);
        }
    }
}
