//! Two PDFs.
//!
//! In: two [`Print`]s. Out: their [`Changes`]. Steps: the words of both are laid beside each other; pages are paired by the words that
//! they share; of each pair it is told which words are others, which lines and pages begin at other words (`breaks`), and what else
//! looks otherwise (`look`); then what the files say of themselves is compared (`facts`).

use std::hash::{DefaultHasher, Hash, Hasher};

use super::align::Alignment;
use super::breaks::{Breaks, Cuts};
use super::changes::{Changes, Kind, Mark, Marks, PartChange, Place, TextChange};
use super::pages::{self, Shared};
use super::print::{Page, Print};
use super::texts::{self, Stretch};
use super::{facts, look};

/// Two copies side by side.
pub struct Pair<'a> {
    /// The old copy.
    pub old: &'a Print,
    /// The new one.
    pub new: &'a Print,
    /// Their words.
    pub alignment: &'a Alignment,
    /// By page of the old copy: that of the new one.
    pub images: &'a [Option<usize>],
}

/// Compares two files.
pub fn compare(old: &Print, new: &Print) -> Changes {
    let mut alignment = Alignment::of(old.words.iter(), new.words.iter());
    let stretches = texts::stretches(&old.words, &new.words, &mut alignment);
    let (was, is) = (places(old), places(new));
    let at = |places: &[Place], word: u32| places.get(word as usize).copied().unwrap_or_default();
    let told = texts::tell(
        (&old.words, &new.words),
        &stretches,
        |word| at(&was, word),
        |word| at(&is, word),
    );
    let mut shared = Shared::new();
    for (word, place) in (0..).zip(&was) {
        if let Some(image) = alignment.image(word) {
            let pages = (place.part, at(&is, image).part);
            *shared.entry(pages).or_default() += 1;
        }
    }
    let pairs = pages::pair(&shared, &shown(old), &shown(new));
    let mut images = vec![None; old.pages.len()];
    for (one, other) in &pairs {
        if let Some(one) = one {
            images[*one] = *other;
        }
    }
    let pair = Pair {
        old,
        new,
        alignment: &alignment,
        images: &images,
    };
    let cuts = (Cuts::of(old), Cuts::of(new));
    let breaks = Breaks::of(&cuts.0, &cuts.1, &pair);
    let mut parts: Vec<PartChange> = pairs
        .iter()
        .map(|(one, other)| PartChange {
            old: *one,
            new: *other,
            ..PartChange::default()
        })
        .collect();
    for part in &mut parts {
        if let (Some(one), Some(other)) = (part.old, part.new) {
            breaks.tell(&pair, one, other, part);
            look::tell(&pair, one, other, &breaks, part);
        }
    }
    assign(&mut parts, &stretches, &told, &pair, (&was, &is));
    let mut facts = facts::of_prints(&pair);
    facts.extend(look::common_heads(&mut parts));
    parts.retain(|part| !part.is_empty());
    let names = |print: &Print| print.pages.iter().map(|page| page.label.clone()).collect();
    Changes {
        kind: Kind::Pdf,
        names: (names(old), names(new)),
        parts,
        texts: told,
        facts,
    }
}

/// Where each word begins: its page and its line.
fn places(print: &Print) -> Vec<Place> {
    let mut places = vec![Place::default(); print.words.len() as usize];
    // From behind, so that a word's first part has the last say.
    for (part, page) in print.pages.iter().enumerate().rev() {
        let lines = page.lines.iter().chain(&page.notes).enumerate();
        let bits = lines.flat_map(|(line, of)| of.bits.iter().map(move |bit| (line + 1, bit)));
        for (line, bit) in bits {
            if let Some(place) = places.get_mut(bit.word as usize) {
                *place = Place { part, line };
            }
        }
    }
    places
}

/// What each page shows, as a number: its words, pictures and drawings, wherever they stand.
fn shown(print: &Print) -> Vec<u64> {
    let number = |page: &Page| {
        let mut hasher = DefaultHasher::new();
        for bit in page
            .lines
            .iter()
            .chain(&page.notes)
            .flat_map(|line| &line.bits)
        {
            bit.text.hash(&mut hasher);
        }
        for picture in &page.pictures {
            picture.file.hash(&mut hasher);
        }
        for drawing in page.drawings.iter().filter(|drawing| !drawing.furniture) {
            drawing.shape.hash(&mut hasher);
        }
        hasher.finish()
    };
    print.pages.iter().map(number).collect()
}

/// Tells pages of the text that changed on them.
fn assign(
    parts: &mut [PartChange],
    stretches: &[Stretch],
    told: &[TextChange],
    pair: &Pair<'_>,
    (was, is): (&[Place], &[Place]),
) {
    let mut of_old = vec![None; pair.old.pages.len()];
    let mut of_new = vec![None; pair.new.pages.len()];
    for (at, part) in parts.iter().enumerate() {
        if let Some(old) = part.old {
            of_old[old] = Some(at);
        }
        if let Some(new) = part.new {
            of_new[new] = Some(at);
        }
    }
    let pages = |places: &[Place], words: &std::ops::Range<u32>, place: Place| {
        let last = places.get(words.end.saturating_sub(1) as usize);
        let last = last
            .filter(|_| !words.is_empty())
            .map_or(place.part, |last| last.part);
        // Text is in the order of pages, but for notes.
        place.part..last.max(place.part) + 1
    };
    for (number, (stretch, change)) in stretches.iter().zip(told).enumerate() {
        let gone = pages(was, &stretch.old, change.was);
        let come = pages(is, &stretch.new, change.is);
        let mut touched: Vec<usize> = Vec::new();
        if !stretch.old.is_empty() {
            touched.extend(gone.filter_map(|page| *of_old.get(page)?));
        }
        if !stretch.new.is_empty() {
            touched.extend(come.filter_map(|page| *of_new.get(page)?));
        }
        touched.sort_unstable();
        touched.dedup();
        for part in touched {
            parts[part].texts.push(number);
        }
    }
    for part in parts {
        let of = |stretch: fn(&Stretch) -> &std::ops::Range<u32>| {
            let ranges = part
                .texts
                .iter()
                .map(|number| stretch(&stretches[*number]).clone());
            ranges.collect::<Vec<_>>()
        };
        let (gone, come) = (of(|stretch| &stretch.old), of(|stretch| &stretch.new));
        let marks: &mut Marks = &mut part.marks;
        if let Some(page) = part.old.and_then(|page| pair.old.pages.get(page)) {
            mark(page, &gone, Mark::Gone, &mut marks.old);
        }
        if let Some(page) = part.new.and_then(|page| pair.new.pages.get(page)) {
            mark(page, &come, Mark::Come, &mut marks.new);
        }
    }
}

/// Marks words on a page: neighbours in one rectangle.
fn mark(
    page: &Page,
    ranges: &[std::ops::Range<u32>],
    as_what: Mark,
    marks: &mut Vec<(Mark, crate::unit::Rect)>,
) {
    let mut sorted = ranges.to_vec();
    sorted.sort_by_key(|range| range.start);
    let has = |word: u32| {
        let at = sorted.partition_point(|range| range.end <= word);
        sorted.get(at).is_some_and(|range| range.contains(&word))
    };
    for line in page.lines.iter().chain(&page.notes) {
        let mut row = None;
        for bit in &line.bits {
            if has(bit.word) {
                row = super::print::around(row.into_iter().chain([bit.place]));
            } else {
                marks.extend(row.take().map(|row| (as_what, row)));
            }
        }
        marks.extend(row.map(|row| (as_what, row)));
    }
}
