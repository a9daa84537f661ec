//! How wide columns are.
//!
//! Every column has three widths: that of its longest word, of its longest piece of a word with all hyphens taken, and
//! of its longest cell on one line. [`Needs`] gathers them from the cells. Where all cells fit on one line each, columns
//! get just that; where not, [`share`](super::share) parts the room among them; where not even whole words fit, the
//! longest words are broken first.

use super::share::share;
use crate::unit::Abs;

/// What a cell asks of the columns that it takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// Its row, counted through head and body.
    pub row: usize,
    /// Its first column.
    pub column: usize,
    /// How many it takes.
    pub columns: usize,
    /// Its longest word.
    pub whole: Abs,
    /// Its longest piece of a word, where words may be broken.
    pub broken: Abs,
    /// All of it on one line.
    pub natural: Abs,
}

/// What an author says of a column's width.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Asked {
    /// Nothing.
    #[default]
    Auto,
    /// So much.
    Length(Abs),
    /// So much of the room.
    Part(f64),
}

/// What columns need.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Needs {
    /// With whole words.
    pub whole: Vec<Abs>,
    /// With words broken.
    pub broken: Vec<Abs>,
    /// With each cell on one line.
    pub natural: Vec<Abs>,
    /// Between two columns.
    pub gap: Abs,
    /// For each row, the natural widths of its cells that take one column.
    pub rows: Vec<Vec<(usize, Abs)>>,
}

/// Columns' widths, and what they cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Widths {
    /// No word is broken.
    Whole(Vec<Abs>),
    /// Some words are broken.
    Broken(Vec<Abs>),
    /// Some words stick out.
    Overfull(Vec<Abs>),
}

impl Widths {
    /// Whatever they cost.
    pub fn into_inner(self) -> Vec<Abs> {
        match self {
            Widths::Whole(widths) | Widths::Broken(widths) | Widths::Overfull(widths) => widths,
        }
    }
}

impl Needs {
    /// Gathers what columns need. `asked` says what the author wants of each; `room` is what parts are of.
    pub fn of(columns: usize, wishes: &[Wish], asked: &[Asked], gap: Abs, room: Abs) -> Needs {
        let mut needs = Needs {
            whole: vec![Abs::ZERO; columns],
            broken: vec![Abs::ZERO; columns],
            natural: vec![Abs::ZERO; columns],
            gap,
            rows: Vec::new(),
        };
        if columns == 0 {
            return needs;
        }
        let mut sorted: Vec<&Wish> = wishes.iter().filter(|wish| wish.columns > 0).collect();
        for wish in sorted.iter().filter(|wish| wish.columns == 1) {
            if needs.rows.len() <= wish.row {
                needs.rows.resize(wish.row + 1, Vec::new());
            }
            needs.rows[wish.row].push((wish.column.min(columns - 1), wish.natural));
        }
        sorted.sort_by_key(|wish| wish.columns);
        for wish in sorted {
            let range = wish.column.min(columns - 1)..(wish.column + wish.columns).min(columns);
            let gaps = gap * (range.len() as i64 - 1);
            widen(&mut needs.whole[range.clone()], wish.whole - gaps);
            widen(&mut needs.broken[range.clone()], wish.broken - gaps);
            widen(&mut needs.natural[range], wish.natural - gaps);
        }
        for (column, asked) in asked.iter().enumerate().take(columns) {
            let width = match asked {
                Asked::Auto => continue,
                Asked::Length(width) => *width,
                Asked::Part(part) => (room + gap).scale(*part) - gap,
            };
            // Words may be broken where the author wants it so narrow; nothing may stick out.
            let width = width.max(needs.broken[column]);
            (needs.whole[column], needs.broken[column]) = (width, width);
            needs.natural[column] = width;
        }
        for column in 0..columns {
            needs.whole[column] = needs.whole[column].max(needs.broken[column]);
            needs.natural[column] = needs.natural[column].max(needs.whole[column]);
        }
        needs
    }

    fn gaps(&self) -> Abs {
        self.gap * (self.whole.len() as i64 - 1).max(0)
    }

    /// How wide the table must be if no word is to be broken.
    pub fn least(&self) -> Abs {
        self.whole.iter().copied().sum::<Abs>() + self.gaps()
    }

    /// How wide it must be with words broken.
    pub fn least_broken(&self) -> Abs {
        self.broken.iter().copied().sum::<Abs>() + self.gaps()
    }

    /// The columns' widths in a room; `full` spreads them over all of it.
    pub fn widths(&self, room: Abs, full: bool) -> Widths {
        let columns = self.whole.len() as i64;
        // Gaps alone may be wider than the room: each column has a point at least.
        let room = (room - self.gaps()).max(Abs::pt(1.0) * columns);
        let sum = |widths: &[Abs]| widths.iter().copied().sum::<Abs>();
        let wanted = sum(&self.natural);
        if wanted <= room {
            let mut widths = self.natural.clone();
            if full {
                widen(&mut widths, room);
            }
            return Widths::Whole(widths);
        }
        if sum(&self.whole) <= room {
            return Widths::Whole(share(&self.whole, &self.natural, &self.rows, room));
        }
        if sum(&self.broken) <= room {
            return Widths::Broken(lower(&self.whole, &self.broken, room));
        }
        let least = vec![Abs::pt(1.0); self.broken.len()];
        Widths::Overfull(lower(&self.broken, &least, room))
    }
}

/// Makes columns wide enough for something that takes all of them: the wider ones get more.
fn widen(columns: &mut [Abs], wish: Abs) {
    let now: Abs = columns.iter().copied().sum();
    let more = wish - now;
    if more <= Abs::ZERO {
        return;
    }
    let count = columns.len() as i64;
    let mut left = more;
    for column in columns.iter_mut() {
        let part = if now.is_zero() {
            more / count
        } else {
            more.fraction(column.raw(), now.raw())
        };
        let part = part.min(left);
        *column += part;
        left -= part;
    }
    if let Some(last) = columns.last_mut() {
        *last += left;
    }
}

/// Lowers the widest columns to one level, so that the longest words are broken first and short ones not at all. No
/// column goes below its least; together they fill the room, which is between the sums of both.
fn lower(whole: &[Abs], least: &[Abs], room: Abs) -> Vec<Abs> {
    let at = |level: Abs| -> Vec<Abs> {
        let columns = whole.iter().zip(least);
        columns
            .map(|(whole, least)| (*whole).min(level).max(*least))
            .collect()
    };
    let sum = |widths: &[Abs]| widths.iter().copied().sum::<Abs>();
    let (mut low, mut high) = (0, whole.iter().map(|width| width.raw()).max().unwrap_or(0));
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if sum(&at(Abs::from_raw(middle))) <= room {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    let mut widths = at(Abs::from_raw(low));
    // The level is a whole number; what is left of the room is less than one for each column.
    let mut left = room - sum(&widths);
    for (width, whole) in widths.iter_mut().zip(whole) {
        let part = (*whole - *width).min(left);
        *width += part;
        left -= part;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(column: usize, columns: usize, whole: f64, natural: f64) -> Wish {
        Wish {
            row: 0,
            column,
            columns,
            whole: Abs::pt(whole),
            broken: Abs::pt(whole / 2.0),
            natural: Abs::pt(natural),
        }
    }

    fn widths(columns: usize, wishes: &[Wish], gap: f64, room: f64) -> (char, Vec<f64>) {
        asked(columns, wishes, &[], gap, room)
    }

    fn asked(
        columns: usize,
        wishes: &[Wish],
        asked: &[Asked],
        gap: f64,
        room: f64,
    ) -> (char, Vec<f64>) {
        let room = Abs::pt(room);
        let widths = Needs::of(columns, wishes, asked, Abs::pt(gap), room).widths(room, false);
        let kind = match widths {
            Widths::Whole(_) => 'w',
            Widths::Broken(_) => 'b',
            Widths::Overfull(_) => 'o',
        };
        let points = |widths: Vec<Abs>| widths.iter().map(|w| w.to_pt().round()).collect();
        (kind, points(widths.into_inner()))
    }

    #[test]
    fn columns_take_what_they_need_and_no_more() {
        let wishes = [wish(0, 1, 20.0, 50.0), wish(1, 1, 30.0, 100.0)];
        assert_eq!(widths(2, &wishes, 10.0, 300.0), ('w', vec![50.0, 100.0]));
    }

    #[test]
    fn a_short_column_keeps_its_line_beside_a_long_one() {
        let wishes = [wish(0, 1, 20.0, 40.0), wish(1, 1, 30.0, 900.0)];
        assert_eq!(widths(2, &wishes, 0.0, 200.0), ('w', vec![40.0, 160.0]));
    }

    #[test]
    fn the_longest_words_are_broken_first() {
        let wishes = [wish(0, 1, 40.0, 40.0), wish(1, 1, 200.0, 200.0)];
        assert_eq!(widths(2, &wishes, 0.0, 180.0), ('b', vec![40.0, 140.0]));
    }

    #[test]
    fn words_that_do_not_fit_take_nothing_from_those_that_do() {
        let wishes = [wish(0, 1, 60.0, 60.0), wish(1, 1, 600.0, 600.0)];
        assert_eq!(widths(2, &wishes, 0.0, 200.0), ('o', vec![30.0, 170.0]));
    }

    #[test]
    fn a_cell_over_two_columns_widens_both() {
        let wishes = [
            wish(0, 1, 10.0, 10.0),
            wish(1, 1, 30.0, 30.0),
            wish(0, 2, 90.0, 90.0),
        ];
        assert_eq!(widths(2, &wishes, 10.0, 300.0), ('w', vec![20.0, 60.0]));
    }

    #[test]
    fn an_author_has_the_say_over_a_column() {
        let wishes = [wish(0, 1, 10.0, 10.0), wish(1, 1, 30.0, 500.0)];
        let parts = [Asked::Part(0.25), Asked::Auto];
        assert_eq!(
            asked(2, &wishes, &parts, 0.0, 200.0),
            ('w', vec![50.0, 150.0])
        );
        let lengths = [Asked::Length(Abs::pt(1.0)), Asked::Auto];
        assert_eq!(
            asked(2, &wishes, &lengths, 0.0, 200.0),
            ('w', vec![5.0, 195.0]),
            "but no piece of a word may stick out"
        );
    }

    mod properties {
        use super::*;
        use proptest::prelude::*;

        proptest! {
            #[test]
            fn widths_fill_the_room_and_keep_words_whole_where_they_can(
                cells in proptest::collection::vec((0usize..6, 0u32..8, 1usize..3, 0i64..80, 0i64..80, 0i64..600), 1..40),
                gap in 0i64..12,
                room in 80i64..500,
            ) {
                let wishes: Vec<Wish> = cells
                    .iter()
                    .map(|(column, row, columns, broken, more, rest)| Wish {
                        row: *row as usize,
                        column: *column,
                        columns: *columns,
                        broken: Abs::pt(*broken as f64),
                        whole: Abs::pt((broken + more) as f64),
                        natural: Abs::pt((broken + more + rest) as f64),
                    })
                    .collect();
                let (gap, room) = (Abs::pt(gap as f64), Abs::pt(room as f64));
                let needs = Needs::of(7, &wishes, &[], gap, room);
                let found = needs.widths(room, false);
                let inner = room - gap * 6;
                let sum: Abs = found.clone().into_inner().into_iter().sum();
                let over = |widths: &[Abs], least: &[Abs]| widths.iter().zip(least).all(|(a, b)| a >= b);
                match &found {
                    Widths::Whole(widths) => {
                        prop_assert!(over(widths, &needs.whole), "{widths:?} {needs:?}");
                        prop_assert!(over(&needs.natural, widths));
                        prop_assert!(sum == inner || *widths == needs.natural);
                        prop_assert!(sum <= inner);
                    }
                    Widths::Broken(widths) => {
                        prop_assert!(over(widths, &needs.broken));
                        prop_assert!(needs.least() > room);
                        prop_assert_eq!(sum, inner);
                    }
                    Widths::Overfull(_) => prop_assert!(needs.least_broken() > room),
                }
            }
        }
    }
}
