//! What pages have at their edges, where the file does not say what it is: running heads and folios, and notes at the foot.
//!
//! In: the pages, all their text as [`Page::lines`]. Out: the same with what is no running text in its own lists. Heads and folios are
//! lines that stand first or last on a page, at the same height on many, and say the same there or are numbers; and where these stand,
//! so does the head of a short chapter, which few pages say. Notes are smaller than the book's text, stand last, and begin with a
//! number or a sign.

use std::collections::{BTreeMap, BTreeSet};

use super::{Line, Page};
use crate::unit::Abs;

/// On so many pages a line has to stand to be a head or a folio.
const OFTEN: usize = 3;

/// Lines from each edge of a page that may be heads or folios.
const EDGE: usize = 2;

/// Notes are at most so large, of the size of the text.
const SMALL: f64 = 0.93;

/// Parts the text of pages from what is at their edges.
pub fn part(pages: &mut [Page]) {
    // A file with marks says which lines are furniture.
    let marked = pages
        .iter()
        .any(|page| page.marked && !page.furniture.is_empty());
    if !marked {
        let known = repeated(pages);
        let heads: BTreeSet<i64> = known.keys().map(|(height, _)| *height).collect();
        for page in pages.iter_mut() {
            let lines = std::mem::take(&mut page.lines);
            let heights = lines.iter().map(|line| line.baseline);
            let (first, last) = (heights.clone().min(), heights.max());
            let (edge, text) = lines.into_iter().partition(|line| {
                let key = key(line);
                let outer = [first, last].contains(&Some(line.baseline));
                known.contains_key(&key) || outer && heads.contains(&key.0)
            });
            page.furniture = edge;
            page.lines = text;
        }
    }
    let size = common_size(pages);
    for page in pages.iter_mut() {
        let first = first_note(&page.lines, size);
        page.notes = page.lines.split_off(first);
    }
}

/// A line's height on its page, to a point, and what it says without its numbers.
type Key = (i64, String);

fn key(line: &Line) -> Key {
    let text = line.text();
    let words = text.split_whitespace().filter(|word| !is_number(word));
    let height = (line.baseline.to_pt()).round() as i64;
    (height, words.collect::<Vec<_>>().join(" "))
}

fn is_number(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.chars().all(|c| c.is_ascii_digit())
        || word
            .chars()
            .all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'))
}

/// The lines at the edges of pages that stand on many. What is in the middle of a page too is text.
fn repeated(pages: &[Page]) -> BTreeMap<Key, usize> {
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for page in pages {
        let mut by_height: Vec<&Line> = page.lines.iter().collect();
        by_height.sort_by_key(|line| line.baseline);
        let number = by_height.len();
        for (at, line) in by_height.into_iter().enumerate() {
            if at < EDGE || at + EDGE >= number {
                *counts.entry(key(line)).or_default() += 1;
            }
        }
    }
    counts.retain(|_, count| *count >= OFTEN);
    counts
}

/// How high most letters are.
fn common_size(pages: &[Page]) -> Abs {
    let mut sizes: BTreeMap<Abs, usize> = BTreeMap::new();
    for bit in pages
        .iter()
        .flat_map(|page| &page.lines)
        .flat_map(|line| &line.bits)
    {
        *sizes.entry(bit.place.size.height).or_default() += bit.text.len();
    }
    let most = sizes.into_iter().max_by_key(|(_, letters)| *letters);
    most.map_or(Abs::ZERO, |(size, _)| size)
}

/// Where the notes of a page begin among its lines; its end if it has none.
fn first_note(lines: &[Line], size: Abs) -> usize {
    let small = |line: &&Line| {
        let highest = line.bits.iter().map(|bit| bit.place.size.height).max();
        highest.is_some_and(|height| height.ratio(size) < SMALL)
    };
    let few = lines.iter().rev().take_while(small).count();
    let begins = |line: &Line| {
        let text = line.text();
        text.starts_with(|c: char| c.is_numeric() || matches!(c, '*' | '†' | '‡' | '§' | '¶' | '‖'))
    };
    let tail = lines.len() - few;
    let first = lines[tail..].iter().position(begins);
    match first {
        // All of a page may be small; notes stand below text.
        Some(at) if tail > 0 => tail + at,
        _ => lines.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::print::Bit;
    use crate::unit::{Point, Rect, Size};

    fn line(text: &str, y: f64, em: f64) -> Line {
        let bits = text.split(' ').map(|word| Bit {
            text: word.to_owned(),
            place: Rect {
                at: Point::new(Abs::ZERO, Abs::pt(y - em)),
                size: Size::new(Abs::pt(40.0), Abs::pt(em)),
            },
            ..Bit::default()
        });
        Line {
            baseline: Abs::pt(y),
            bits: bits.collect(),
        }
    }

    fn page(head: &str, note: &str) -> Page {
        Page {
            lines: vec![
                line(head, 20.0, 8.0),
                line(&format!("and the sea of {note}"), 40.0, 10.0),
                line("was there", 54.0, 10.0),
                line(&format!("again {note}"), 68.0, 10.0),
                line(note, 90.0, 8.0),
            ],
            ..Page::default()
        }
    }

    #[test]
    fn heads_and_notes_are_told_from_text() {
        let mut pages = [
            page("Loomings 3", "1 See there."),
            page("Loomings 5", "2 And here."),
            page("Loomings vii", "3 Or not."),
        ];
        part(&mut pages);
        for page in &pages {
            assert_eq!(page.furniture.len(), 1, "{page:?}");
            assert_eq!(page.notes.len(), 1);
            assert_eq!(page.lines.len(), 3);
        }
        assert_eq!(pages[1].furniture[0].text(), "Loomings 5");
        assert_eq!(pages[1].notes[0].text(), "2 And here.");
    }

    #[test]
    fn the_head_of_a_short_chapter_stands_where_heads_stand() {
        let heads = ["Loomings 3", "Loomings 5", "Loomings 7", "Breakfast 9"];
        let ends = ["said he", "or she", "and went", "for good"];
        let mut pages: Vec<Page> = heads
            .iter()
            .zip(ends)
            .map(|(head, end)| page(head, end))
            .collect();
        part(&mut pages);
        assert_eq!(pages[3].furniture[0].text(), "Breakfast 9");
        assert_eq!(pages[3].lines.len(), 4);
    }

    #[test]
    fn what_stands_on_few_pages_is_text() {
        let mut pages = [page("One", "said he"), page("Two", "said she")];
        part(&mut pages);
        assert_eq!(pages[0].lines.len(), 5);
    }
}
