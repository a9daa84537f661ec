//! Notes at the foot of a page, with the rule above them.

use std::sync::Arc;

use super::column::Column;
use super::compose::Area;
use super::paginate::Cut;
use crate::theme::LastPage;
use crate::typeset::galley::Galley;
use crate::typeset::galley::stick::rule;
use crate::typeset::plan::Plan;
use crate::unit::{Abs, Point, Size};

/// Puts a page's notes at its foot: the last line's baseline is where the text's last would be. If the page is a chapter's
/// last, or one that the author ended, the theme may have them right below its text.
pub(super) fn place_notes(
    area: &mut Area,
    galley: &Galley,
    column: &Column,
    cut: &Cut,
    plan: &Plan<'_>,
) {
    let (from, to) = (cut.from.notes, cut.to.notes);
    if from >= to {
        return;
    }
    let (note, line) = column.notes.note_of(from);
    let lines = galley.notes.iter().skip(note).flat_map(|note| &note.lines);
    let lines: Vec<_> = lines.skip(line).take((to - from) as usize).collect();
    let height = column.notes.height(from, to);
    let drop = lines.last().map_or(Abs::ZERO, |line| {
        // From baseline to bottom, in the notes and in the text.
        let below = line.frame.size.height - line.frame.baseline;
        (below - (plan.grid - plan.baseline)).min(Abs::ZERO)
    });
    let foot = plan.depth - plan.grid * i64::from(cut.short);
    let mut y = foot - height + drop;
    let spec = &plan.page.notes;
    if spec.last_page == LastPage::Text && ends_early(cut, column) {
        y = y.min(area.used + column.notes.gap);
    }
    let length = if column.notes.begins(from) {
        spec.rule
    } else {
        spec.continued_rule
    };
    let length = length.at(plan.measure, plan.grid).min(plan.measure);
    let size = Size::new(length, spec.rule_weight);
    if size.width > Abs::ZERO && size.height > Abs::ZERO {
        let x = if plan.rtl {
            plan.measure - length
        } else {
            Abs::ZERO
        };
        let at = Point::new(x, y - column.notes.gap / 2);
        area.frame.push(at, rule(size, plan.body.text.color));
    }
    for line in lines {
        y += line.height;
        let at = Point::new(line.x, y - line.frame.size.height);
        area.frame.push_frame(at, Arc::clone(&line.frame));
    }
}

/// Whether a page ends where its text does, however full it is.
pub(super) fn ends_early(cut: &Cut, column: &Column) -> bool {
    use super::column::Item;
    if cut.to.line > 0 {
        return false;
    }
    let before = cut.to.item.checked_sub(1);
    let before = before.and_then(|item| column.items.get(item as usize));
    if let Some(Item::Break) = before {
        return true;
    }
    let rest = &column.items[(cut.to.item as usize).min(column.items.len())..];
    let mut what_follows = rest
        .iter()
        .filter(|item| !matches!(item, Item::Space { .. } | Item::Float));
    !matches!(what_follows.next(), Some(Item::Text(_)))
}
