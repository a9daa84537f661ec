//! Where a page stands in the book, and what its foot has to be level with.

use super::cost::Costs;
use crate::unit::Side;

/// How far up a page may end and still be told apart: three lines or more are one.
const MOST_TOLD: u32 = 3;

/// Where a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On its own: no page faces it, or they need not end level.
    Single,
    /// On the left of a spread.
    Verso,
    /// On the right of a spread; the page that faces it ends so many lines above its foot, or nothing is known of it: it is
    /// the end of a chapter, blank, or not there at all.
    Recto(Option<u8>),
}

/// What matters of a page's foot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Foot {
    /// So many lines above where it should be.
    pub short: u32,
    /// It may be anywhere: the text ends or a break was asked for.
    pub free: bool,
    /// Its last line ends within a word.
    pub hyphen: bool,
}

impl Standing {
    /// How many standings there are.
    pub const COUNT: usize = 3 + MOST_TOLD as usize + 1;

    /// Each has its number.
    pub fn index(self) -> usize {
        match self {
            Standing::Single => 0,
            Standing::Verso => 1,
            Standing::Recto(None) => 2,
            Standing::Recto(Some(short)) => 3 + usize::from(short),
        }
    }

    /// The reverse of [`Standing::index`].
    pub fn of(index: usize) -> Standing {
        match index {
            0 => Standing::Single,
            1 => Standing::Verso,
            2 => Standing::Recto(None),
            short => Standing::Recto(Some((short - 3) as u8)),
        }
    }

    /// Of a first page.
    pub fn first(side: Side, costs: &Costs) -> Standing {
        match (costs.level, side) {
            (false, _) => Standing::Single,
            (true, Side::Verso) => Standing::Verso,
            (true, Side::Recto) => Standing::Recto(None),
        }
    }

    /// What a foot costs here, and where the next page stands.
    pub fn turn(self, foot: Foot, costs: &Costs) -> (f64, Standing) {
        let short = if foot.free { 0 } else { foot.short };
        let (mut cost, next) = match self {
            Standing::Single => (costs.short(short), Standing::Single),
            Standing::Verso => {
                let known = (!foot.free).then_some(short.min(MOST_TOLD) as u8);
                let cost = match short {
                    1 => costs.half_spread(),
                    short => costs.short(short),
                };
                (cost, Standing::Recto(known))
            }
            Standing::Recto(facing) => {
                let cost = match (facing.map(u32::from), foot.free) {
                    (Some(1), true) => costs.alone(),
                    (Some(_), true) => 0.0,
                    (None, _) if short == 1 => costs.alone(),
                    (None, _) => costs.short(short),
                    (Some(1), _) if short == 1 => costs.half_spread(),
                    (Some(facing), _) if facing == short.min(MOST_TOLD) => costs.short(short),
                    // The left page was let off as one of a level spread.
                    (Some(1), _) => costs.short(1) + costs.short(short) + costs.uneven(),
                    (Some(_), _) => costs.short(short) + costs.uneven(),
                };
                (cost, Standing::Verso)
            }
        };
        if foot.hyphen {
            cost += costs.hyphen(matches!(self, Standing::Recto(_)));
        }
        (cost, next)
    }

    /// What a foot costs at least, wherever the page stands.
    pub fn least(foot: Foot, costs: &Costs) -> f64 {
        let short = match foot.short {
            _ if foot.free => 0.0,
            1 if costs.level => costs.half_spread(),
            short => costs.short(short),
        };
        let hyphen = costs.hyphen(false).min(costs.hyphen(true));
        short + if foot.hyphen { hyphen } else { 0.0 }
    }
}
