//! What holds of the pages of any column, whatever they cost.

use super::column::{Column, Item, Text};
use super::paginate::{Cut, Place};
use crate::unit::Abs;

/// Checks that pages hold every line of text and notes and every float once and in order, none before its call, and that
/// no page overflows; returns each page's depth.
pub(super) fn check(column: &Column, cuts: &[Cut]) -> Vec<Abs> {
    let mut at = Place::default();
    let mut depths = Vec::new();
    for cut in cuts {
        assert_eq!(cut.from, at);
        assert!(cut.to > cut.from, "no progress: {cut:?}");
        assert!(cut.from.floats + cut.head + cut.foot <= cut.to.floats);
        let called = column.floats.called(cut.to);
        assert!(called >= cut.to.floats, "a float stands too early: {cut:?}");
        let depth = depth(column, cut);
        assert!(depth <= column.depth, "{cut:?} is {depth} deep");
        depths.push(depth);
        at = cut.to;
    }
    assert_eq!(at.item as usize, column.items.len());
    assert_eq!(at.notes, column.notes.lines());
    assert_eq!(at.floats as usize, column.floats.list.len());
    depths
}

/// How deep what stands on a page is, from the first of it to the notes.
fn depth(column: &Column, cut: &Cut) -> Abs {
    let floats = &column.floats;
    let (head, foot) = (cut.from.floats + cut.head, cut.to.floats - cut.foot);
    let has_text = cut.has_text(column);
    let mut y = match has_text {
        true => floats.head(cut.from.floats, head, column.step),
        false => floats.depth(cut.from.floats, cut.to.floats),
    };
    // A float has room below it only for what follows.
    let mut bottom = y;
    let mut space = Abs::ZERO;
    let mut called = floats.called(cut.from);
    let mut empty = true;
    for (index, item) in (0u32..).zip(&column.items) {
        if index < cut.from.item || index > cut.to.item {
            continue;
        }
        match item {
            Item::Text(text) => {
                let way = way_on(cut, index, text);
                let first = if index == cut.from.item {
                    cut.from.line
                } else {
                    0
                };
                let last = if index < cut.to.item {
                    text.ways[usize::from(way)].lines
                } else {
                    assert!(cut.to.line == 0 || cut.to.way == way);
                    cut.to.line
                };
                if last > first {
                    y += std::mem::take(&mut space);
                    if text.grid {
                        y = y.round_up_to(column.step);
                    }
                    y += text.height * i64::from(last - first);
                    (bottom, empty) = (y, false);
                }
            }
            Item::Space { height, .. } if !empty => space += *height,
            Item::Float => {
                if has_text && (head..foot).contains(&called) {
                    let float = &floats.list[called as usize];
                    bottom = y + float.above + float.height;
                    y += column.step * floats.steps(called, column.step);
                }
                called += 1;
            }
            Item::Space { .. } | Item::Break => {}
        }
    }
    if has_text {
        bottom += floats.foot(foot, cut.to.floats, column.step);
    }
    if cut.to.notes > cut.from.notes {
        bottom += column.notes.gap + column.notes.height(cut.from.notes, cut.to.notes);
    }
    bottom
}

/// The way in which a text is set on a page.
fn way_on(cut: &Cut, item: u32, text: &Text) -> u8 {
    if cut.from.item == item && cut.from.line > 0 {
        return cut.from.way;
    }
    let chosen = cut.ways.iter().find(|(at, _)| *at == item);
    chosen.map_or(text.best, |(_, way)| *way)
}
