//! Pages that are not to move.
//!
//! In: where the pages of a PDF edition begin, and the pages as they were frozen. Out: the pages as they are now, and a finding for each
//! page break that moved, at the words with which the page begins now. A break is at its old place if the words on one of its sides
//! are the old ones: a misprint mended beside it moves nothing.

use std::collections::BTreeMap;

use crate::check::FrozenPage;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{
    Block, BlockKind, Chapter, ChapterRole, Inline, InlineKind, LITERAL, Locus, NodeId, Origin,
    Visit, walk_blocks,
};
use crate::resolve::{Edition, PageStarts};
use crate::source::{Sources, Span};

/// Words by which a page's beginning and end are known: five in a row are seldom twice near each other.
const WORDS: usize = 5;

/// A page, and where it begins.
pub(super) type Placed = (FrozenPage, Option<Span>);

/// The pages of an edition.
pub(super) fn pages(edition: &Edition, starts: &PageStarts, sources: &Sources) -> Vec<Placed> {
    let mut texts: BTreeMap<u32, Words> = BTreeMap::new();
    let chapters = &edition.book.chapters;
    for start in &starts.0 {
        let Some(id) = start.at.map(|at| at.node.chapter.0) else {
            continue;
        };
        if let Some(chapter) = chapters.get(id as usize) {
            texts.entry(id).or_insert_with(|| Words::of(chapter));
        }
    }
    let mut out = Vec::with_capacity(starts.0.len());
    for (number, start) in starts.0.iter().enumerate() {
        let mut page = FrozenPage {
            page: start.label.clone(),
            ..FrozenPage::default()
        };
        let next = starts.0.get(number + 1).and_then(|next| next.at);
        // A blank page begins where the next one does.
        let at = start.at.filter(|at| next != Some(*at));
        let chapter = at.and_then(|at| chapters.get(at.node.chapter.0 as usize));
        let (Some(at), Some(chapter)) = (at, chapter) else {
            out.push((page, None));
            continue;
        };
        let words = &texts[&at.node.chapter.0];
        if let Origin::File(_, path) = &chapter.origin {
            page.file = path.clone();
        }
        let end = next.filter(|next| next.node.chapter == at.node.chapter);
        if chapter.role == ChapterRole::Contents {
            // Its places are entries.
            page.begins = format!("entry {}", at.byte + 1);
            page.ends = end.map_or(String::new(), |end| format!("entry {}", end.byte));
            out.push((page, None));
            continue;
        }
        page.begins = words.behind(words.offset(at));
        page.ends = words.before(end.map_or(words.end, |end| words.offset(end)));
        out.push((page, span(chapter, at, words, sources)));
    }
    out
}

/// The place of a page's first word in the manuscript.
fn span(chapter: &Chapter, at: Locus, words: &Words, sources: &Sources) -> Option<Span> {
    let span = chapter.spans.get(at.node.node)?;
    let text = words.text.get(words.offset(at)..)?;
    let first = text.split(char::is_whitespace).next().unwrap_or_default();
    let file = sources.get(span.file)?;
    let start = span.start as usize + at.byte as usize;
    // What the author wrote may have other marks than what is set; then the node as a whole is the place.
    let exact = file
        .text
        .get(start..)
        .is_some_and(|rest| !first.is_empty() && rest.starts_with(first));
    match exact {
        true => Some(Span::new(span.file, start, start + first.len())),
        false => Some(span),
    }
}

/// The words of a chapter, and where each node begins in them.
#[derive(Default)]
struct Words {
    text: String,
    nodes: BTreeMap<NodeId, usize>,
    /// Where its notes begin.
    end: usize,
}

impl Words {
    fn of(chapter: &Chapter) -> Words {
        let mut words = Words::default();
        walk_blocks(&chapter.blocks, &mut words);
        words.end = words.text.len();
        for note in &chapter.notes {
            words.text.push('\n');
            walk_blocks(&note.blocks, &mut words);
        }
        words
    }

    fn offset(&self, at: Locus) -> usize {
        let near = self.nodes.range(..=at.node.node).next_back();
        let start = near.map_or(0, |(node, start)| match *node == at.node.node {
            true => start + at.byte as usize,
            false => *start,
        });
        let mut start = start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        start
    }

    fn behind(&self, at: usize) -> String {
        let words = self.text[at..].split_whitespace();
        words.take(WORDS).collect::<Vec<_>>().join(" ")
    }

    fn before(&self, at: usize) -> String {
        let words = self.text[..at].split_whitespace().rev();
        let mut words: Vec<&str> = words.take(WORDS).collect();
        words.reverse();
        words.join(" ")
    }

    fn push(&mut self, text: &str) {
        self.text.extend(
            text.chars()
                .map(|c| if c == LITERAL { '\u{200b}' } else { c }),
        );
    }
}

impl Visit<'_> for Words {
    fn block(&mut self, block: &Block) {
        self.text.push('\n');
        self.nodes.insert(block.id, self.text.len());
        match &block.kind {
            BlockKind::Code(code) => self.push(&code.text),
            BlockKind::Math { tex } => self.push(tex),
            _ => {}
        }
    }

    fn inline(&mut self, inline: &Inline) {
        self.nodes.insert(inline.id, self.text.len());
        match &inline.kind {
            InlineKind::Text(text)
            | InlineKind::Code { text, .. }
            | InlineKind::Math { tex: text, .. }
            | InlineKind::Ref { plain: text, .. }
            | InlineKind::Cite { plain: text, .. } => self.push(text),
            InlineKind::SoftBreak | InlineKind::HardBreak => self.text.push(' '),
            _ => {}
        }
    }
}

/// Tells which page breaks are not where they were.
pub(super) fn judge(edition: &str, frozen: &[FrozenPage], now: &[Placed], sink: &Sink) {
    let by_label: BTreeMap<&str, usize> = frozen
        .iter()
        .enumerate()
        .rev()
        .map(|(at, page)| (page.page.as_str(), at))
        .collect();
    let mut new = Vec::new();
    for (number, (page, at)) in now.iter().enumerate() {
        let Some(was) = by_label.get(page.page.as_str()).copied() else {
            new.push((&page.page, *at));
            continue;
        };
        let ends = |at: usize| frozen.get(at).map(|page| page.ends.as_str());
        let before = was.checked_sub(1).and_then(ends);
        let behind = number.checked_sub(1).and_then(|at| now.get(at));
        let behind = behind.map(|(page, _)| page.ends.as_str());
        let same_before = before == behind && before.is_some_and(|words| !words.is_empty());
        let was = &frozen[was];
        // A blank page begins with no words, so that it can have no other beginning.
        let printed = !was.begins.is_empty() && !page.begins.is_empty();
        if was.begins == page.begins || same_before && printed {
            continue;
        }
        let words = |text: &str| match text {
            "" => String::from("blank"),
            text => format!("with `{text}`"),
        };
        let name = &page.page;
        let message = match page.begins.as_str() {
            "" => format!(
                "page {name} of `{edition}` is blank; it began {}",
                words(&was.begins)
            ),
            begins => format!(
                "page {name} of `{edition}` begins with `{begins}`; it {} {}",
                if was.begins.is_empty() {
                    "was"
                } else {
                    "began"
                },
                words(&was.begins)
            ),
        };
        sink.push(moved(*at, message).on_page(name.clone()));
    }
    let labels: Vec<&str> = now.iter().map(|(page, _)| page.page.as_str()).collect();
    let gone: Vec<&str> = frozen
        .iter()
        .map(|page| page.page.as_str())
        .filter(|label| !labels.contains(label))
        .collect();
    if let Some((first, at)) = new.first() {
        let message = format!(
            "`{edition}` has {} that {} not there: {first} on",
            pages_of(new.len()),
            were(new.len())
        );
        sink.push(moved(*at, message));
    }
    if let Some(first) = gone.first() {
        let message = format!("`{edition}` has lost {}: {first} on", pages_of(gone.len()));
        sink.push(moved(None, message));
    }
}

fn pages_of(number: usize) -> String {
    super::counted(number, "page")
}

fn were(number: usize) -> &'static str {
    if number == 1 { "was" } else { "were" }
}

fn moved(at: Option<Span>, message: String) -> Diagnostic {
    Diagnostic::new(Code::MovedPageBreak, at, message).hint(
        "make the text before it as long as it was, or write the pages anew with `--update-freeze`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn page(label: &str, begins: &str, ends: &str) -> FrozenPage {
        FrozenPage {
            page: label.into(),
            begins: begins.into(),
            ends: ends.into(),
            file: String::new(),
        }
    }

    fn told(was: &[FrozenPage], is: &[FrozenPage]) -> Vec<String> {
        let now: Vec<Placed> = is.iter().map(|page| (page.clone(), None)).collect();
        let sink = Sink::new();
        judge("print", was, &now, &sink);
        let found = sink.finish(&Sources::new());
        found.into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn breaks_stay_where_one_side_stays() {
        let was = [
            page("1", "Call me", "the sea"),
            page("2", "and so", "he said"),
        ];
        assert!(told(&was, &was).is_empty());
        let mended = [
            page("1", "Call him", "the sea"),
            page("2", "And so", "he said"),
        ];
        let only_first = told(&was, &mended);
        assert_eq!(
            only_first,
            ["page 1 of `print` begins with `Call him`; it began with `Call me`"]
        );
        let moved = [
            page("1", "Call me", "and so"),
            page("2", "on he", "he said"),
        ];
        assert_eq!(
            told(&was, &moved),
            ["page 2 of `print` begins with `on he`; it began with `and so`"]
        );
    }

    #[test]
    fn pages_come_and_go() {
        let one = [page("1", "Call me", "the sea")];
        let two = [one[0].clone(), page("2", "and so", "he said")];
        assert_eq!(
            told(&one, &two),
            ["`print` has 1 page that was not there: 2 on"]
        );
        assert_eq!(told(&two, &one), ["`print` has lost 1 page: 2 on"]);
        let blank = [one[0].clone(), page("2", "", "")];
        assert_eq!(
            told(&two, &blank),
            ["page 2 of `print` is blank; it began with `and so`"]
        );
    }
}
