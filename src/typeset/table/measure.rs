//! How wide columns are.

use crate::unit::Abs;

/// What a cell asks of the columns that it takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// Its first column.
    pub column: usize,
    /// How many it takes.
    pub columns: usize,
    /// Its longest word.
    pub least: Abs,
    /// All of it on one line.
    pub natural: Abs,
}

/// The columns' widths; `gap` stands between two of them.
///
/// Where all fit on one line each, they get just that. Where not, each gets its longest word, and what is left goes to
/// those that want more, in proportion. Where even the longest words do not fit, all shrink alike: `Err` holds the
/// widths then.
pub(super) fn widths(
    columns: usize,
    wishes: &[Wish],
    gap: Abs,
    room: Abs,
) -> Result<Vec<Abs>, Vec<Abs>> {
    if columns == 0 {
        return Ok(Vec::new());
    }
    let room = (room - gap * (columns as i64 - 1)).max(Abs::pt(1.0) * columns as i64);
    let mut least = vec![Abs::ZERO; columns];
    let mut natural = vec![Abs::ZERO; columns];
    let mut sorted: Vec<&Wish> = wishes.iter().filter(|wish| wish.columns > 0).collect();
    sorted.sort_by_key(|wish| wish.columns);
    for wish in sorted {
        let range = wish.column.min(columns - 1)..(wish.column + wish.columns).min(columns);
        let gaps = gap * (range.len() as i64 - 1);
        widen(&mut least[range.clone()], wish.least - gaps);
        widen(&mut natural[range], wish.natural - gaps);
    }
    for (natural, least) in natural.iter_mut().zip(&least) {
        *natural = (*natural).max(*least);
    }
    let wanted: Abs = natural.iter().copied().sum();
    if wanted <= room {
        return Ok(natural);
    }
    let needed: Abs = least.iter().copied().sum();
    if needed > room {
        let shrunk = least
            .iter()
            .map(|width| width.fraction(room.raw(), needed.raw()));
        return Err(shrunk.collect());
    }
    Ok(share(&least, &natural, room))
}

/// Makes columns wide enough for a cell that takes all of them: the wider ones get more.
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

/// Shares out the room above the least widths. Short columns are served first: giving a column of figures its one line
/// costs the long column beside it a few letters.
fn share(least: &[Abs], natural: &[Abs], room: Abs) -> Vec<Abs> {
    let mut widths = least.to_vec();
    let mut open: Vec<usize> = (0..least.len()).collect();
    let mut left = room - least.iter().copied().sum();
    loop {
        let wants = |column: &usize| natural[*column] - widths[*column];
        let total: Abs = open.iter().map(|column| natural[*column]).sum();
        // A column that wants less than its share gets what it wants and leaves the rest to the others.
        let pool = left + open.iter().map(|column| widths[*column]).sum();
        let content: Vec<usize> = open
            .iter()
            .copied()
            .filter(|column| {
                let fair = pool / open.len().max(1) as i64;
                natural[*column] <= fair && wants(column) <= left
            })
            .collect();
        if content.is_empty() {
            let base: Abs = open
                .iter()
                .map(|column| (natural[*column] - least[*column]).max(Abs::ZERO))
                .sum();
            let pot = left;
            for column in &open {
                let part = if base.is_zero() {
                    pot / open.len() as i64
                } else {
                    pot.fraction((natural[*column] - least[*column]).raw(), base.raw())
                };
                let part = part.min(left);
                widths[*column] += part;
                left -= part;
            }
            debug_assert!(total >= Abs::ZERO, "widths are lengths");
            return widths;
        }
        for column in &content {
            left -= natural[*column] - widths[*column];
            widths[*column] = natural[*column];
        }
        open.retain(|column| !content.contains(column));
        if open.is_empty() {
            return widths;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(column: usize, columns: usize, least: f64, natural: f64) -> Wish {
        Wish {
            column,
            columns,
            least: Abs::pt(least),
            natural: Abs::pt(natural),
        }
    }

    fn points(widths: &[Abs]) -> Vec<f64> {
        widths.iter().map(|width| width.to_pt().round()).collect()
    }

    #[test]
    fn columns_take_what_they_need_and_no_more() {
        let wishes = [wish(0, 1, 20.0, 50.0), wish(1, 1, 30.0, 100.0)];
        let widths = widths(2, &wishes, Abs::pt(10.0), Abs::pt(300.0)).unwrap();
        assert_eq!(points(&widths), [50.0, 100.0]);
    }

    #[test]
    fn a_short_column_keeps_its_line_beside_a_long_one() {
        let wishes = [wish(0, 1, 20.0, 40.0), wish(1, 1, 30.0, 900.0)];
        let widths = widths(2, &wishes, Abs::ZERO, Abs::pt(200.0)).unwrap();
        assert_eq!(points(&widths), [40.0, 160.0]);
    }

    #[test]
    fn words_that_do_not_fit_shrink_alike() {
        let wishes = [wish(0, 1, 100.0, 100.0), wish(1, 1, 300.0, 300.0)];
        let widths = widths(2, &wishes, Abs::ZERO, Abs::pt(200.0)).unwrap_err();
        assert_eq!(points(&widths), [50.0, 150.0]);
    }

    #[test]
    fn a_cell_over_two_columns_widens_both() {
        let wishes = [
            wish(0, 1, 10.0, 10.0),
            wish(1, 1, 30.0, 30.0),
            wish(0, 2, 90.0, 90.0),
        ];
        let widths = widths(2, &wishes, Abs::pt(10.0), Abs::pt(300.0)).unwrap();
        assert_eq!(points(&widths), [20.0, 60.0]);
    }
}
