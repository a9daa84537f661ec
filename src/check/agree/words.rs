//! The words of one looked for in the other.

use std::collections::BTreeSet;

use super::letters::{Grams, Letters};
use super::{Apart, Part, Piece, Reading, finding};
use crate::diag::{Code, Diagnostic, Sink};

/// So many letters of the EPUB have to be missing in the PDF before it is told: five words. Less is missed where a page ends, or a
/// figure stands between.
const LEAST: usize = 24;

/// The same the other way round: heads, labels and what tables repeat on each page stand in the PDF alone.
const LEAST_OF_PAGES: usize = 60;

/// If so much of all letters is missing, in percent, they are not one book.
const OTHER: usize = 60;

/// So many passages are told of; the rest is counted.
const TOLD: usize = 40;

/// Words shown of a passage.
const SHOWN: usize = 8;

/// Compares the words; whether the two are one book at all.
pub(super) fn compare(epub: &Reading, pdf: &Reading, apart: &Apart, sink: &Sink) -> bool {
    let pages = grams(pdf);
    let mut lacking = passages(epub, &pages, &apart.epub, LEAST);
    // Cells that stand beside each other may be given line by line.
    lacking.retain(|passage| pdf.in_order || !passage.piece.is_cell);
    let of_epub = grams(epub);
    let all: usize = texts(epub).map(|(_, _, letters)| letters.len()).sum();
    let missing: usize = lacking.iter().map(|passage| passage.length).sum();
    if all >= 1000 && missing * 100 > all * OTHER {
        let message = format!(
            "`{}` and `{}` are not the same book: of the words of the one, hardly any are in the other",
            epub.name, pdf.name
        );
        sink.push(finding(Code::UnlikeBooks, epub, None, message));
        return false;
    }
    let body = body(pdf, epub);
    let of_pages = passages(pdf, &of_epub, &apart.pdf, LEAST_OF_PAGES).into_iter();
    let cells = match pdf.in_order {
        true => BTreeSet::new(),
        false => of_cells(epub),
    };
    lacking.extend(
        of_pages.filter(|passage| body.contains(&passage.number) && !passage.is_of(&cells)),
    );
    let more = lacking.len().saturating_sub(TOLD);
    for passage in lacking.into_iter().take(TOLD) {
        sink.push(passage.told(epub, pdf));
    }
    if more > 0 {
        let message = format!("{more} more passages are in one of the two alone");
        sink.push(finding(Code::UnlikeText, epub, None, message));
    }
    order(epub, (&of_epub, &pages), pdf, sink);
    true
}

/// The pieces of the text, each with the number of its part and its letters.
fn texts(of: &Reading) -> impl Iterator<Item = (usize, &Piece, Letters)> {
    let parts = of.parts.iter().enumerate().filter(|(_, part)| part.is_text);
    parts.flat_map(|(number, part)| {
        let pieces = part.pieces.iter();
        pieces.map(move |piece| (number, piece, Letters::of(&piece.text)))
    })
}

/// All that it says, its contents too.
fn grams(of: &Reading) -> Grams {
    let mut all = String::new();
    for piece in of.parts.iter().flat_map(|part| &part.pieces) {
        all.push_str(&piece.text);
        all.push('\n');
    }
    let mut grams = Grams::default();
    grams.add(&Letters::of(&all));
    let labels: String = of
        .contents
        .iter()
        .map(|entry| entry.label.as_str())
        .collect();
    grams.add(&Letters::of(&labels));
    grams
}

/// The pages from the first to the last of which most is in the EPUB's text: what is outside, such as title pages and advertisements, need
/// not be in both.
fn body(pdf: &Reading, epub: &Reading) -> std::ops::Range<usize> {
    let mut text = Grams::default();
    for (_, _, letters) in texts(epub) {
        text.add(&letters);
    }
    let is_body = |part: &Part| {
        let letters = part.pieces.iter().map(|piece| Letters::of(&piece.text));
        let (mut all, mut missing) = (0, 0);
        for letters in letters {
            all += letters.len();
            missing += text
                .lacks(&letters, 1)
                .iter()
                .map(|range| range.len())
                .sum::<usize>();
        }
        all > 0 && missing * 2 < all
    };
    let first = pdf.parts.iter().position(is_body);
    let last = pdf.parts.iter().rposition(is_body);
    first.unwrap_or(0)..last.map_or(0, |last| last + 1)
}

/// A passage that one of the two lacks.
struct Passage<'a> {
    of: &'a Reading,
    /// The number of its part.
    number: usize,
    part: &'a Part,
    piece: &'a Piece,
    /// In letters.
    length: usize,
    /// Where in the piece's text.
    at: std::ops::Range<usize>,
}

fn passages<'a>(of: &'a Reading, other: &Grams, apart: &str, least: usize) -> Vec<Passage<'a>> {
    let mut own = Grams::default();
    own.add(&Letters::of(apart));
    let mut found = Vec::new();
    for (number, piece, letters) in texts(of) {
        if letters.is_mixed {
            continue;
        }
        for range in other.lacks(&letters, least) {
            let at = letters.place(&range);
            // What the author wants here alone.
            let words = piece.text.get(at.clone()).unwrap_or_default();
            let alone = Letters::of(words);
            if !apart.is_empty() && own.lacks(&alone, least / 2).is_empty() {
                continue;
            }
            found.push(Passage {
                of,
                number,
                part: &of.parts[number],
                piece,
                length: range.len(),
                at,
            });
        }
    }
    found
}

/// The words of all cells of tables.
fn of_cells(of: &Reading) -> BTreeSet<String> {
    let pieces = of.parts.iter().flat_map(|part| &part.pieces);
    let cells = pieces.filter(|piece| piece.is_cell);
    cells.flat_map(|cell| plain_words(&cell.text)).collect()
}

fn plain_words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

impl Passage<'_> {
    /// Whether nearly all of its words are among these; a hyphen parts some.
    fn is_of(&self, known: &BTreeSet<String>) -> bool {
        let text = self.piece.text.get(self.at.clone()).unwrap_or_default();
        let (mut all, mut found) = (0, 0);
        for word in plain_words(text) {
            all += 1;
            found += usize::from(known.contains(&word));
        }
        !known.is_empty() && found * 10 >= all * 8
    }

    fn told(&self, epub: &Reading, pdf: &Reading) -> Diagnostic {
        let is_epub = std::ptr::eq(self.of, epub);
        let other = if is_epub { pdf } else { epub };
        let words = self.words();
        let what = match (self.piece.is_note, is_epub) {
            (true, _) => "a note".to_owned(),
            (false, true) => format!("a passage of `{}`", self.part.name),
            (false, false) => format!("a passage on page {}", self.part.name),
        };
        let code = match self.piece.is_note {
            true => Code::UnlikeNotes,
            false => Code::UnlikeText,
        };
        let message = format!("{what} is not in `{}`: “{words}”", other.name);
        let found = finding(code, self.of, self.piece.place(self.at.start), message);
        match is_epub {
            true => found,
            false => found.on_page(self.part.name.clone()),
        }
    }

    /// Its first words, whole ones.
    fn words(&self) -> String {
        let text = &self.piece.text;
        let mut start = self.at.start.min(text.len());
        while start > 0 && !text[..start].ends_with(char::is_whitespace) {
            start -= 1;
            while !text.is_char_boundary(start) {
                start -= 1;
            }
        }
        let mut end = self.at.end.min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let rest = text.get(start..).unwrap_or_default();
        let within = end.saturating_sub(start);
        let word_end = rest[within.min(rest.len())..].find(char::is_whitespace);
        let rest = &rest[..word_end.map_or(rest.len(), |more| within + more)];
        let mut words: Vec<&str> = rest.split_whitespace().take(SHOWN + 1).collect();
        // Of text without spaces, as much as is as wide.
        let cut = |words: String| match words.char_indices().nth(80) {
            Some((end, _)) => format!("{} …", &words[..end]),
            None => words,
        };
        let more = words.len() > SHOWN;
        words.truncate(SHOWN);
        let words = cut(words.join(" "));
        match more {
            true => format!("{words} …"),
            false => words,
        }
    }
}

/// Whether the documents of the EPUB come in the order of the PDF's pages.
fn order(epub: &Reading, (own, pages): (&Grams, &Grams), pdf: &Reading, sink: &Sink) {
    let placed: Vec<(&Part, u32)> = epub
        .parts
        .iter()
        .filter(|part| part.is_text)
        .filter_map(|part| {
            let text: Vec<&str> = part
                .pieces
                .iter()
                .filter(|piece| !piece.is_note)
                .map(|piece| piece.text.as_str())
                .collect();
            Some((part, pages.place(&Letters::of(&text.concat()), own)?))
        })
        .collect();
    let places: Vec<u32> = placed.iter().map(|(_, at)| *at).collect();
    let kept = rising(&places);
    for (number, (part, _)) in placed.iter().enumerate() {
        if kept.contains(&number) {
            continue;
        }
        let before = placed[..number].iter().rev().zip((0..number).rev());
        let mut before = before.filter(|(_, at)| kept.contains(at));
        let whose = match before.next() {
            Some(((other, _), _)) => format!("behind `{}`", other.name),
            None => "before all others".to_owned(),
        };
        let message = format!(
            "`{}` stands {whose}, and elsewhere in `{}`",
            part.name, pdf.name
        );
        let first = part.pieces.first().and_then(|piece| piece.place(0));
        sink.push(finding(Code::UnlikeOrder, epub, first, message));
    }
}

/// The most numbers that can be kept of a list so that they rise: their indexes, in order.
pub(super) fn rising(numbers: &[u32]) -> Vec<usize> {
    // The end of the best chain of each length, and what stands before each number in its chain.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, number) in numbers.iter().enumerate() {
        let place = ends.partition_point(|end| numbers[*end] <= *number);
        before.push(place.checked_sub(1).map(|place| ends[place]));
        match ends.get_mut(place) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut chain: Vec<usize> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).collect();
    chain.reverse();
    chain
}
