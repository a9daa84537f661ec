//! How a table stands: upright or across the page, at full size or smaller.

use super::measure::{Asked, Needs};
use crate::model::{Attrs, ColumnWidth};
use crate::typeset::style::Style;
use crate::unit::Abs;

/// The room for a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// From side to side.
    pub upright: Abs,
    /// From the foot to the head of the page; `None` where it cannot stand across.
    pub across: Option<Abs>,
    /// The author wants it across.
    pub forced: bool,
    /// It is to fill the room.
    pub full: bool,
}

/// How a table stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stance {
    /// On a page of its own, turned.
    pub across: bool,
    /// So many times the theme's size.
    pub scale: f64,
}

/// A scale is rounded down to such steps, less a little: sums of widths at the smaller size are not rounded as at the
/// full one.
const STEP: f64 = 0.01;

impl Stance {
    /// The first that fits: upright at full size, smaller, with words broken, both; the same across.
    pub fn choose(needs: &Needs, edges: Abs, room: &Room, style: &Style) -> Stance {
        let least = if style.smallest.is_zero() {
            1.0
        } else {
            style.smallest.ratio(style.size()).clamp(0.1, 1.0)
        };
        let fit = |room: Abs| {
            let (whole, broken) = (needs.least() + edges, needs.least_broken() + edges);
            if whole <= room {
                return Some(1.0);
            }
            let scale = ((room.ratio(whole) - STEP / 5.0) / STEP).floor() * STEP;
            if scale >= least {
                return Some(scale);
            }
            if broken <= room {
                return Some(1.0);
            }
            (broken.scale(least) <= room).then_some(least)
        };
        let upright = fit(room.upright).filter(|_| !room.forced || room.across.is_none());
        match (upright, room.across) {
            (Some(scale), _) => Stance {
                across: false,
                scale,
            },
            (None, Some(depth)) => Stance {
                across: true,
                scale: fit(depth).unwrap_or(least),
            },
            (None, None) => Stance {
                across: false,
                scale: least,
            },
        }
    }

    /// The room that it stands in.
    pub fn room(&self, room: &Room) -> Abs {
        match room.across {
            Some(depth) if self.across => depth,
            _ => room.upright,
        }
    }
}

/// Whether the author wants a table across: `{rotate}`, `.rotate` or `.landscape`.
pub(super) fn is_forced(attrs: Option<&Attrs>) -> bool {
    attrs.is_some_and(|attrs| {
        attrs.get("rotate").is_some_and(|value| value != "false")
            || attrs.has_class("rotate")
            || attrs.has_class("landscape")
    })
}

/// The width that the author wants of the whole table: `width=80%`, `width=9cm`.
pub(super) fn width(attrs: Option<&Attrs>, room: Abs) -> Option<Abs> {
    match one(ColumnWidth::read(attrs?.get("width")?)) {
        Asked::Auto => None,
        Asked::Length(width) => Some(width.min(room)),
        Asked::Part(part) => Some(room.scale(part)),
    }
}

/// What the author wants of each column.
pub(super) fn asked(attrs: Option<&Attrs>, columns: usize) -> Vec<Asked> {
    let widths = attrs.map_or_else(Vec::new, |attrs| attrs.column_widths(columns));
    widths.into_iter().map(one).collect()
}

fn one(width: ColumnWidth<'_>) -> Asked {
    match width {
        ColumnWidth::Auto => Asked::Auto,
        ColumnWidth::Part(part) => Asked::Part(part),
        ColumnWidth::Length(length) => match length.parse::<Abs>() {
            Ok(width) if width > Abs::ZERO && width < Abs::inches(10_000.0) => Asked::Length(width),
            _ => Asked::Auto,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(key: &str, value: &str) -> Attrs {
        let mut attrs = Attrs::default();
        attrs.rest.insert(key.to_owned(), value.to_owned());
        attrs
    }

    #[test]
    fn widths_are_parts_lengths_or_left_open() {
        let attrs = with("widths", "30% auto 2in");
        assert_eq!(
            asked(Some(&attrs), 3),
            [
                Asked::Part(0.3),
                Asked::Auto,
                Asked::Length(Abs::inches(2.0))
            ]
        );
        let attrs = with("tbl-colwidths", "[75,75]");
        assert_eq!(asked(Some(&attrs), 2), [Asked::Part(0.5), Asked::Part(0.5)]);
        let attrs = with("widths", "-3 nan 1e99 x");
        assert_eq!(asked(Some(&attrs), 9), [Asked::Auto; 4]);
        assert_eq!(
            width(Some(&with("width", "50%")), Abs::pt(300.0)),
            Some(Abs::pt(150.0))
        );
    }

    #[test]
    fn a_table_is_made_smaller_before_words_are_broken_and_turned_last() {
        let needs = |whole: f64, broken: f64| Needs {
            whole: vec![Abs::pt(whole)],
            broken: vec![Abs::pt(broken)],
            natural: vec![Abs::pt(whole)],
            gap: Abs::ZERO,
            rows: Vec::new(),
        };
        let room = Room {
            upright: Abs::pt(100.0),
            across: Some(Abs::pt(200.0)),
            forced: false,
            full: false,
        };
        let theme = crate::theme::load(
            None,
            &[],
            &crate::source::MemoryWorld::new(0),
            &crate::source::Sources::new(),
            &crate::diag::Sink::new(),
        );
        let fonts = crate::font::Fonts::bundled();
        let mut style = crate::typeset::style::Styles::new(&theme, &fonts)
            .body()
            .clone();
        style.smallest = style.size().scale(0.8);
        let found = |whole, broken, room: &Room| {
            let stance = Stance::choose(&needs(whole, broken), Abs::ZERO, room, &style);
            (stance.across, (stance.scale * 100.0).round())
        };
        assert_eq!(found(100.0, 50.0, &room), (false, 100.0));
        assert_eq!(found(110.0, 50.0, &room), (false, 90.0));
        assert_eq!(found(150.0, 90.0, &room), (false, 100.0));
        assert_eq!(found(150.0, 120.0, &room), (false, 80.0));
        assert_eq!(found(180.0, 150.0, &room), (true, 100.0));
        assert_eq!(found(900.0, 900.0, &room), (true, 80.0));
        let forced = Room {
            forced: true,
            ..room
        };
        assert_eq!(found(10.0, 10.0, &forced), (true, 100.0));
        let inner = Room {
            across: None,
            ..forced
        };
        assert_eq!(found(900.0, 900.0, &inner), (false, 80.0));
    }
}
