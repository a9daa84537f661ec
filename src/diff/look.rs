//! What looks otherwise, beside words and lines: sizes, places, colours, pictures, rules, running heads.
//!
//! In: a pair of pages. Out: its [`Look`]s. A page that came to the other side of a spread has its text elsewhere and looks the same: there,
//! places are compared after it is moved back, as far as most of its lines moved.

use std::collections::BTreeMap;

use super::bound::Pair;
use super::breaks::Breaks;
use super::changes::{About, Fact, Look, Mark, PartChange};
use super::print::{Bit, Drawing, Line, Page};
use crate::unit::{Abs, Point, Rect, Size};

/// Places are the same that are so near each other: files round what they write.
const NEAR: Abs = Abs::pt(0.06);

/// Tells of a pair of pages.
pub fn tell(pair: &Pair<'_>, old: usize, new: usize, breaks: &Breaks<'_>, part: &mut PartChange) {
    let (was, is) = (&pair.old.pages[old], &pair.new.pages[new]);
    if !near(was.size.width, is.size.width) || !near(was.size.height, is.size.height) {
        part.looks.push(Look::Size);
    }
    // Where words changed or lines broke anew, others make room.
    let calm = part.lines.is_empty() && part.begins.is_none() && part.ends.is_none();
    let same_words = calm && words(was).eq(words(is));
    let lines = twins(pair, was, is, &|line| breaks.is_broken_anew(new, line));
    let shift = match old % 2 == new % 2 {
        true => Abs::ZERO,
        false => shift(&lines),
    };
    let set = setting(&lines, shift, same_words);
    if !set.is_empty() {
        let lines: Vec<&Line> = is.lines.iter().chain(&is.notes).collect();
        let places = set
            .iter()
            .map(|number| (Mark::Look, lines[number - 1].place()));
        part.marks.new.extend(places);
        part.looks.push(Look::Setting(set));
    }
    pictures(was, is, shift, same_words, part);
    drawings(was, is, shift, same_words, part);
    // On the other side of a spread stands another head.
    if old % 2 == new % 2 {
        let (before, now) = (heads(was), heads(is));
        if before != now && !(before.is_empty() && now.is_empty()) {
            part.looks.push(Look::Heads(before, now));
        }
    }
}

fn near(one: Abs, other: Abs) -> bool {
    (one - other).abs() <= NEAR
}

fn words(page: &Page) -> impl Iterator<Item = &str> {
    let lines = page.lines.iter().chain(&page.notes);
    lines
        .flat_map(|line| &line.bits)
        .map(|bit| bit.text.as_str())
}

/// A line of the new page, by its number from 1, and the same one of the old page.
type Twins<'a> = (usize, &'a Line, &'a Line);

/// The lines of the new page that have the same words as a line of the old one.
fn twins<'a>(
    pair: &Pair<'_>,
    was: &'a Page,
    is: &'a Page,
    is_broken_anew: &dyn Fn(usize) -> bool,
) -> Vec<Twins<'a>> {
    let before: Vec<&Line> = was.lines.iter().chain(&was.notes).collect();
    // Old lines by their first word.
    let mut firsts: Vec<(u32, usize)> = before
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((pair.alignment.image(line.bits.first()?.word)?, at)))
        .collect();
    firsts.sort_unstable();
    let mut out = Vec::new();
    for (number, line) in is.lines.iter().chain(&is.notes).enumerate() {
        let Some(first) = line.bits.first().filter(|_| !is_broken_anew(number)) else {
            continue;
        };
        let at = firsts.partition_point(|(word, _)| *word < first.word);
        let old = firsts.get(at).filter(|(word, _)| *word == first.word);
        let Some(old) = old.map(|(_, at)| before[*at]) else {
            continue;
        };
        let same = old.bits.len() == line.bits.len()
            && old
                .bits
                .iter()
                .zip(&line.bits)
                .all(|(old, new)| old.text == new.text);
        if same {
            out.push((number + 1, old, line));
        }
    }
    out
}

/// How far to the right most lines moved.
fn shift(lines: &[Twins<'_>]) -> Abs {
    let mut ways: BTreeMap<i64, (usize, Abs)> = BTreeMap::new();
    for (_, old, new) in lines {
        if let (Some(from), Some(to)) = (old.bits.first(), new.bits.first()) {
            let way = to.place.at.x - from.place.at.x;
            let near = ways.entry(way.raw() / NEAR.raw()).or_insert((0, way));
            near.0 += 1;
        }
    }
    let most = ways.into_values().max_by_key(|(lines, _)| *lines);
    most.map_or(Abs::ZERO, |(_, way)| way)
}

/// The lines that stand at other places or in another size or colour.
fn setting(lines: &[Twins<'_>], shift: Abs, same_words: bool) -> Vec<usize> {
    let alike = |(old, new): (&Bit, &Bit)| {
        let (from, to) = (old.place, new.place);
        old.look == new.look
            && near(from.at.x + shift, to.at.x)
            && near(from.size.width, to.size.width)
            && near(from.size.height, to.size.height)
    };
    let changed = lines.iter().filter(|(_, old, new)| {
        let moved = same_words && !near(old.baseline, new.baseline);
        moved || !old.bits.iter().zip(&new.bits).all(alike)
    });
    changed.map(|(number, ..)| *number).collect()
}

fn rectangle([left, top, width, height]: [Abs; 4]) -> Rect {
    Rect {
        at: Point::new(left, top),
        size: Size::new(width, height),
    }
}

fn pictures(was: &Page, is: &Page, shift: Abs, same_words: bool, part: &mut PartChange) {
    let mut gone: Vec<_> = was.pictures.iter().collect();
    let mut changed = false;
    for picture in &is.pictures {
        let alike = gone.iter().position(|old| {
            old.file == picture.file
                && near(old.place[0] + shift, picture.place[0])
                && (!same_words || near(old.place[1], picture.place[1]))
                && near(old.place[2], picture.place[2])
                && near(old.place[3], picture.place[3])
        });
        match alike {
            Some(at) => drop(gone.remove(at)),
            None => {
                changed = true;
                part.marks.new.push((Mark::Look, rectangle(picture.place)));
            }
        }
    }
    let places = gone.iter().map(|old| (Mark::Look, rectangle(old.place)));
    part.marks.old.extend(places);
    if changed || !gone.is_empty() {
        part.looks.push(Look::Pictures);
    }
}

/// What is drawn is compared as a whole: where words changed, only which shapes there are.
fn drawings(was: &Page, is: &Page, shift: Abs, same_words: bool, part: &mut PartChange) {
    let list = |page: &Page, shift: Abs| {
        let drawings = page.drawings.iter().filter(|drawing| !drawing.furniture);
        let place = |drawing: &Drawing| Point::new(drawing.at.x + shift, drawing.at.y);
        let mut list: Vec<(u64, Point)> = drawings.map(|one| (one.shape, place(one))).collect();
        list.sort_by_key(|(shape, at)| (*shape, at.y, at.x));
        list
    };
    let (before, now) = (list(was, shift), list(is, Abs::ZERO));
    let shapes = |list: &[(u64, Point)]| list.iter().map(|(shape, _)| *shape).collect::<Vec<_>>();
    let same = match same_words {
        true => {
            before.len() == now.len()
                && before.iter().zip(&now).all(|((one, from), (other, to))| {
                    one == other && near(from.x, to.x) && near(from.y, to.y)
                })
        }
        // Shapes come and go with the words that they belong to.
        false if part.begins.is_some() || part.ends.is_some() => true,
        false => shapes(&before) == shapes(&now),
    };
    if !same {
        part.looks.push(Look::Drawings);
    }
}

/// What the heads of a page say, without its number.
fn heads(page: &Page) -> String {
    let bits = page.furniture.iter().flat_map(|line| &line.bits);
    let words = bits
        .map(|bit| bit.text.as_str())
        .filter(|word| *word != page.label && word.parse::<u32>().is_err());
    words.collect::<Vec<_>>().join(" ")
}

/// A running head that changed alike on so many pages is told once, for the book.
const OFTEN: usize = 3;

/// Takes running heads that changed alike on many pages from the pages.
pub fn common_heads(parts: &mut [PartChange]) -> Vec<Fact> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for look in parts.iter().flat_map(|part| &part.looks) {
        if let Look::Heads(old, new) = look {
            *counts.entry((old.clone(), new.clone())).or_default() += 1;
        }
    }
    counts.retain(|_, pages| *pages >= OFTEN);
    for part in parts {
        part.looks.retain(|look| match look {
            Look::Heads(old, new) => !counts.contains_key(&(old.clone(), new.clone())),
            _ => true,
        });
    }
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let told = counts.into_iter().map(|((old, new), pages)| Fact {
        about: About::Heads,
        name: format!("on {pages} pages"),
        old: some(old),
        new: some(new),
        places: (None, None),
    });
    told.collect()
}
