//! From a place in the manuscript to the line of the page that shows it.
//!
//! In: the set pages, the book, the texts that it was read from. Every run of glyphs says with which letter of which node it
//! begins, and every node where it stands in its source. Glyphs know no bytes of that: quotes were turned, marks were taken
//! out. But letters and digits stand there in the same order, so a place is known by its node and by how many of these stand
//! before it there (`Spot`). The last run that begins no later shows it: a run may go on into the words of the next node.

mod leaves;

use std::collections::BTreeMap;
use std::ops::Range;

use super::lift::walk;
use crate::diag::{Code, Diagnostic};
use crate::model::NodeRef;
use crate::resolve::Edition;
use crate::source::{FileId, Sources, Span};
use crate::typeset::frame::{Item, Owner};
use crate::typeset::page::finalize::printed;
use crate::typeset::pages::{Page, PageList};
use crate::typeset::structure::Kid;
use crate::unit::Rect;
use leaves::{Leaf, Letters, count, leaves};

/// Where a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stand {
    /// The page's place in the book, from 0.
    pub page: u32,
    /// The line on it, or the picture; `None` where it is the page as a whole.
    pub line: Option<Rect>,
}

/// A node, and how many letters and digits of it stand before a place in it.
type Spot = (NodeRef, u32);

/// Glyphs or a picture.
struct Piece {
    spot: Spot,
    page: u32,
    /// On the page.
    rect: Rect,
}

/// So many nodes, and four times as many lines of them, are looked at for one finding: a paragraph has fewer, and of a whole
/// chapter the first ones do.
const MOST: usize = 2000;

/// Where everything of the manuscript stands on the pages.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    /// Files by their paths: one that was read twice has two ids.
    paths: BTreeMap<String, usize>,
    /// By path and start.
    leaves: Vec<(usize, Leaf<'a>)>,
    /// By spot.
    pieces: Vec<Piece>,
    /// Pages by their printed numbers.
    labels: BTreeMap<String, u32>,
    counts: BTreeMap<FileId, Letters>,
}

impl<'a> Places<'a> {
    /// Of a book's pages.
    pub(super) fn of(list: &PageList, edition: &'a Edition, sources: &'a Sources) -> Places<'a> {
        let mut labels = BTreeMap::new();
        for (number, page) in (0u32..).zip(&list.pages) {
            labels.entry(printed(page.label)).or_insert(number);
        }
        let all = leaves(edition);
        let pieces = pieces(list, &all);
        let mut paths: BTreeMap<String, usize> = BTreeMap::new();
        let mut known: BTreeMap<FileId, usize> = BTreeMap::new();
        let mut leaves: Vec<(usize, Leaf<'a>)> = Vec::with_capacity(all.len());
        for leaf in all {
            let next = paths.len();
            let mut number = |id: &FileId| {
                let file = sources.get(*id)?;
                Some(*paths.entry(file.path.clone()).or_insert(next))
            };
            let id = leaf.span.file;
            let path = known.get(&id).copied().or_else(|| number(&id));
            if let Some(path) = path {
                known.insert(id, path);
                leaves.push((path, leaf));
            }
        }
        leaves.sort_by_key(|(path, leaf)| (*path, leaf.span.start, leaf.node));
        Places {
            sources,
            paths,
            leaves,
            pieces,
            labels,
            counts: BTreeMap::new(),
        }
    }

    /// Where a finding stands; `None` if that is on no page.
    pub(super) fn find(&mut self, found: &Diagnostic) -> Option<Stand> {
        let page = found.page.as_ref();
        let page = page.and_then(|label| self.labels.get(label).copied());
        let piece = found.at.and_then(|span| match page {
            Some(page) => self.on_page(span, page, at_end(found.code)),
            None => self.anywhere(span),
        });
        match (piece, page) {
            (Some(piece), _) => {
                let Piece { page, rect, .. } = self.pieces[piece];
                let line = Some(rect);
                Some(Stand { page, line })
            }
            (None, Some(page)) => Some(Stand { page, line: None }),
            (None, None) => None,
        }
    }

    /// The leaves of a span's file, and where among them those that begin behind its start begin.
    fn of_file(&self, span: Span) -> Option<(Range<usize>, usize)> {
        let file = self.sources.get(span.file)?;
        let path = *self.paths.get(&file.path)?;
        let first = self.leaves.partition_point(|(other, _)| *other < path);
        let end = self.leaves.partition_point(|(other, _)| *other <= path);
        let behind =
            self.leaves[first..end].partition_point(|(_, leaf)| leaf.span.start <= span.start);
        Some((first..end, first + behind))
    }

    /// The leaf that holds the byte at which a span begins.
    fn around(&self, span: Span) -> Option<usize> {
        let (range, behind) = self.of_file(span)?;
        // Of those one in the other, the inmost.
        let mut near = (range.start..behind).rev().take(MOST);
        near.find(|at| span.start < self.leaves[*at].1.span.end)
    }

    /// The leaves that begin in a span, or hold its start.
    fn within(&self, span: Span) -> impl Iterator<Item = &Leaf<'a>> + '_ {
        let (range, behind) = self.of_file(span).unwrap_or_default();
        let inside = (behind..range.end)
            .take_while(move |at| self.leaves[*at].1.span.start < span.end)
            .take(MOST);
        let around = self.around(span).into_iter();
        around.chain(inside).map(|at| &self.leaves[at].1)
    }

    fn on_page(&mut self, span: Span, page: u32, at_end: bool) -> Option<usize> {
        if !at_end
            && let Some(precise) = self.precise(self.behind_first_word(span))
            && self.pieces[precise].page == page
        {
            return Some(precise);
        }
        let nodes = || self.within(span).map(|leaf| leaf.node);
        let (first, last) = (nodes().min()?, nodes().max()?);
        let from = self.piece((first, 0)).unwrap_or_default();
        let to = self.pieces.partition_point(|piece| piece.spot.0 <= last);
        let mut here = (from..to)
            .take(MOST * 4)
            .filter(|at| self.pieces[*at].page == page);
        match at_end {
            true => here.next_back(),
            false => here.next(),
        }
    }

    /// A line that is told of begins with the first of its words in the manuscript, which may be broken from the line before.
    fn behind_first_word(&self, span: Span) -> Span {
        let file = self.sources.get(span.file);
        let next = file.and_then(|file| {
            let words = file.text.get(span.start as usize..span.end as usize)?;
            let (first, _) = words.split_once(char::is_whitespace)?;
            let rest = words[first.len()..].trim_start();
            (!rest.is_empty()).then_some(words.len() - rest.len())
        });
        let start = span.start as usize + next.unwrap_or_default();
        Span::new(span.file, start, span.end as usize)
    }

    fn anywhere(&mut self, span: Span) -> Option<usize> {
        if let Some(precise) = self.precise(span) {
            return Some(precise);
        }
        let inside = self.within(span).next().map(|leaf| (leaf.node, 0));
        // Where nothing of it is shown, what stands before it is, or else what comes first.
        let spot = inside.or_else(|| {
            let (range, behind) = self.of_file(span)?;
            let before = behind.checked_sub(1).filter(|at| range.contains(at));
            let before = before.map(|at| (self.leaves[at].1.node, u32::MAX));
            before.or_else(|| Some((self.leaves.get(range.start)?.1.node, 0)))
        })?;
        self.piece(spot)
    }

    /// The piece that shows the first byte of a span.
    fn precise(&mut self, span: Span) -> Option<usize> {
        let Leaf {
            node,
            span: own,
            skip,
            ..
        } = self.leaves[self.around(span)?].1;
        let file = self.sources.get(own.file)?;
        let counts = self.counts.entry(own.file);
        let counts = counts.or_insert_with(|| Letters::of(&file.text));
        let begins = match skip {
            true => own.start + first_line(file.text.get(own.start as usize..own.end as usize)?),
            false => own.start,
        };
        let before = counts.between(&file.text, begins, span.start.max(begins));
        self.piece((node, before))
    }

    /// The piece that shows a spot: the last one that begins no later in its chapter, or else the first one there.
    fn piece(&self, spot: Spot) -> Option<usize> {
        let behind = self.pieces.partition_point(|piece| piece.spot <= spot);
        let near = [behind.checked_sub(1), Some(behind)];
        let of_chapter = |at: &usize| {
            let piece = self.pieces.get(*at);
            piece.is_some_and(|piece| piece.spot.0.chapter == spot.0.chapter)
        };
        near.into_iter().flatten().find(of_chapter)
    }
}

/// Whether a finding is about how a page ends.
fn at_end(code: Code) -> bool {
    matches!(
        code,
        Code::ShortPage | Code::UnevenSpread | Code::Stranded | Code::NoteAway
    )
}

/// How long the first line is: that which opens a block of code says what is not shown with the code.
fn first_line(source: &str) -> u32 {
    if !source.starts_with("```") && !source.starts_with("~~~") {
        return 0;
    }
    source.find('\n').map_or(0, |end| end as u32 + 1)
}

/// All that comes from the manuscript, as it is read.
fn pieces(list: &PageList, leaves: &[Leaf<'_>]) -> Vec<Piece> {
    let mut nodes = vec![None; list.structure.slots as usize];
    for element in &list.structure.elements {
        for kid in &element.kids {
            if let Kid::Slot(slot) = kid
                && let Some(node) = nodes.get_mut(slot.0 as usize)
            {
                *node = element.origin;
            }
        }
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for (number, page) in (0u32..).zip(&list.pages) {
        walk(page, &mut |item, rect| {
            if let Some(spot) = spot_of(item, page, &nodes) {
                let page = number;
                pieces.push(Piece { spot, page, rect });
            }
        });
    }
    // By bytes, which become letters.
    pieces.sort_by_key(|piece| (piece.spot, piece.page));
    let texts: BTreeMap<NodeRef, &str> = leaves.iter().map(|leaf| (leaf.node, leaf.text)).collect();
    for of_node in pieces.chunk_by_mut(|a, b| a.spot.0 == b.spot.0) {
        let text = of_node.first().and_then(|piece| texts.get(&piece.spot.0));
        let (mut at, mut letters) = (0, 0);
        for piece in of_node {
            let byte = piece.spot.1 as usize;
            let more = text.and_then(|text| text.get(at..byte));
            (at, letters) = (byte, letters + more.map_or(0, count));
            piece.spot.1 = letters;
        }
    }
    pieces
}

/// The node of an item, and the byte of its text that the item begins with.
fn spot_of(item: &Item, page: &Page, nodes: &[Option<NodeRef>]) -> Option<Spot> {
    match item {
        Item::Glyphs {
            run,
            owner: Owner::Slot(_),
            ..
        } => run.from.map(|from| (from.node, from.byte)),
        Item::Image {
            owner: Owner::Slot(slot),
            ..
        } => {
            let slot = slot.0.saturating_add(page.slot_base);
            Some((nodes.get(slot as usize).copied().flatten()?, 0))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_word_of_a_line_is_surely_on_it() {
        let sources = Sources::new();
        let file = sources.add("one.md", "Then, raising  the\nwaves. ");
        let places = Places {
            sources: &sources,
            paths: BTreeMap::new(),
            leaves: Vec::new(),
            pieces: Vec::new(),
            labels: BTreeMap::new(),
            counts: BTreeMap::new(),
        };
        let start = |from, to| {
            let span = Span::new(file.id, from, to);
            places.behind_first_word(span).start
        };
        assert_eq!(start(6, 24), 15);
        assert_eq!(start(15, 25), 19);
        // A line of one word.
        assert_eq!(start(19, 25), 19);
        assert_eq!(start(19, 26), 19);
        assert_eq!(start(19, 999), 19);
    }
}
