//! A file of several chapters: one from each heading of the first level to the next.
//!
//! What stands before the first heading is a chapter of its own, unless it only opens that heading's (an epigraph). Each
//! piece gets the notes that it calls, and numbers of its own for its nodes.

use super::number::Walk;
use super::{opening, role};
use crate::model::{Block, BlockKind, Chapter, Note, NoteKind, Spans, plain_inlines};

/// The chapters of a file; the chapter as it is if there is only one.
pub fn split(mut chapter: Chapter) -> Vec<Chapter> {
    let mut cuts = cuts(&chapter.blocks);
    if cuts.is_empty() {
        return vec![chapter];
    }
    let mut rest = std::mem::take(&mut chapter.blocks);
    let notes = std::mem::take(&mut chapter.notes);
    let spans = std::mem::take(&mut chapter.spans);
    let mut pieces = Vec::with_capacity(cuts.len() + 1);
    while let Some(cut) = cuts.pop() {
        pieces.push(rest.split_off(cut));
    }
    pieces.push(rest);
    pieces.reverse();
    let mut out = Vec::with_capacity(pieces.len());
    for (index, blocks) in pieces.into_iter().enumerate() {
        let mut piece = chapter.clone();
        piece.blocks = blocks;
        if index > 0 {
            // What the file's header and the list of chapters say of it is said of its first chapter.
            piece.title = None;
            let heading = piece.opening().map(plain_inlines).unwrap_or_default();
            piece.role = role::of_heading(&heading, piece.matter).unwrap_or_default();
        }
        opening::raise(&mut piece.blocks);
        number(&mut piece, &notes, &spans);
        out.push(piece);
    }
    out
}

/// The blocks that begin a further chapter, in order.
fn cuts(blocks: &[Block]) -> Vec<usize> {
    let is_start = |block: &Block| matches!(block.kind, BlockKind::Heading { level: 1, .. });
    let opens = |block: &Block| {
        matches!(block.kind, BlockKind::Container(_) | BlockKind::Only { .. })
            || block.is_opening_picture()
    };
    let Some(first) = blocks.iter().position(is_start) else {
        return Vec::new();
    };
    let preamble = !blocks[..first].iter().all(opens);
    let from = if preamble { first } else { first + 1 };
    let later = blocks.iter().enumerate().skip(from);
    later
        .filter(|(_, block)| is_start(block))
        // The picture above a title is its chapter's.
        .map(|(at, _)| at - usize::from(at > 0 && blocks[at - 1].is_opening_picture()))
        .collect()
}

/// Numbers the nodes of a piece and gives it its notes.
pub(super) fn number(piece: &mut Chapter, notes: &[Note], spans: &Spans) {
    let start = piece.blocks.first().and_then(|block| spans.get(block.id));
    let mut walk = Walk::new(&spans.0, notes.len());
    walk.blocks(&mut piece.blocks);
    let mut next = 0;
    // A note may call others: the list grows as it is walked.
    while let Some(index) = walk.order.get(next).copied() {
        next += 1;
        let Some(mut note) = notes.get(index).cloned() else {
            continue;
        };
        walk.node(&mut note.id);
        note.kind = walk.kind(next - 1, note.kind == NoteKind::Margin);
        walk.blocks(&mut note.blocks);
        piece.notes.push(note);
    }
    let start = start.or_else(|| spans.0.first().copied());
    piece.spans = Spans(start.into_iter().chain(walk.new).collect());
}

#[cfg(test)]
mod tests {
    use crate::diag::Sink;
    use crate::manuscript::{Script, parse, split};
    use crate::model::{Chapter, ChapterRole, Dialect, Matter, dump};
    use crate::source::{Expanded, Sources};

    fn pieces(text: &str) -> (Vec<Chapter>, Sources) {
        let (sources, sink) = (Sources::new(), Sink::new());
        let file = sources.add("one.md", text);
        let script = Script {
            file: file.id,
            path: "one.md".to_owned(),
            text: Expanded::whole(file.id, text),
            matter: Matter::Body,
            depth: 0,
            title: None,
            numbered: None,
        };
        (split(parse(&script, &Dialect::default(), &sink)), sources)
    }

    #[test]
    fn a_file_of_three_chapters_is_three() {
        let (pieces, sources) = pieces(
            "---\ntitle: X\n---\nBefore.\n\n# One\n\nA[^b] b[^a].\n\n[^a]: First[^c].\n[^b]: Second.\n[^c]: Third.\n\n# Afterword\n\nC[^a].\n",
        );
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces[0].title.as_deref(), Some("X"));
        assert_eq!(pieces[1].title, None);
        assert_eq!(pieces[2].role, ChapterRole::Afterword);
        let notes = |piece: &Chapter| {
            piece
                .notes
                .iter()
                .filter_map(|n| n.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(notes(&pieces[0]), [""; 0]);
        assert_eq!(notes(&pieces[1]), ["b", "a", "c"]);
        assert_eq!(notes(&pieces[2]), ["a", "c"]);
        let last = dump(&pieces[2], &sources);
        assert!(last.contains("Heading 1 @14:1"), "{last}");
        assert_eq!(pieces[2].blocks[0].id.0, 1);
        assert_eq!(
            pieces[2].spans.get(pieces[2].blocks[0].id),
            Some(pieces[2].spans.0[0])
        );
    }

    #[test]
    fn one_chapter_stays_as_it_is() {
        for text in [
            "# One\n\n## Two\n",
            "Text\n",
            "::: epigraph\nWords\n:::\n\n# One\n",
            "> # Quoted\n\n> # Twice\n",
            "",
        ] {
            assert_eq!(pieces(text).0.len(), 1, "{text}");
        }
    }
}
