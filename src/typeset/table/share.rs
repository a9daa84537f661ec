//! Parts the room among columns whose cells do not all fit on one line.
//!
//! What is wanted is a low table with few cells broken into lines. The height of a row is that of its highest cell, so no
//! column can be judged alone. The search starts from columns in proportion to how much text they hold and goes on from
//! there: it moves room from one column to another as long as that makes the table lower.

use crate::unit::Abs;

/// Rows that the search looks at: more say no more about the columns.
const ROWS: usize = 48;
/// With more columns than this the search is not worth its time: there is no room to move.
const COLUMNS: usize = 16;
/// Moves after which the search ends.
const MOVES: usize = 80;
/// A line of ragged text is full to this part.
const FULL: f64 = 0.9;
/// What a cell costs that is broken into lines, in lines of the table's height: one on one line is easier to read.
const BROKEN: f64 = 0.8;

/// The columns' widths: none below its least or above its natural width, together the room. The sum of the least widths
/// must not be above the room, that of the natural ones not below.
pub(super) fn share(
    least: &[Abs],
    natural: &[Abs],
    rows: &[Vec<(usize, Abs)>],
    room: Abs,
) -> Vec<Abs> {
    let sample = sample(rows);
    let by_text = fill(least, natural, &text(least.len(), &sample), room);
    if least.len() > COLUMNS {
        return by_text;
    }
    // The same for all: short columns get their line first.
    let alike = fill(least, natural, &vec![Abs::pt(1.0); least.len()], room);
    let best = |widths: Vec<Abs>| climb(widths, least, natural, &sample, room);
    let (a, b) = (best(alike), best(by_text));
    if a.1 <= b.1 { a.0 } else { b.0 }
}

/// Some of the rows, evenly.
fn sample(rows: &[Vec<(usize, Abs)>]) -> Vec<&[(usize, Abs)]> {
    let step = rows.len().div_ceil(ROWS).max(1);
    rows.iter().step_by(step).map(Vec::as_slice).collect()
}

/// How much text each column holds.
fn text(columns: usize, rows: &[&[(usize, Abs)]]) -> Vec<Abs> {
    let mut text = vec![Abs::ZERO; columns];
    for (column, natural) in rows.iter().copied().flatten() {
        // One cell of a megabyte is no reason to leave the others nothing, nor to overflow.
        text[*column] += (*natural).min(Abs::pt(20_000.0));
    }
    text
}

/// Columns in proportion to weights, as far as least and natural widths allow; together the room.
fn fill(least: &[Abs], natural: &[Abs], weights: &[Abs], room: Abs) -> Vec<Abs> {
    let heaviest = weights.iter().map(|weight| weight.raw()).max().unwrap_or(0);
    let at = |level: i64| -> Vec<Abs> {
        (0..least.len())
            .map(|column| {
                let part = Abs::from_raw(level).fraction(weights[column].raw(), heaviest);
                part.max(least[column]).min(natural[column])
            })
            .collect()
    };
    let sum = |widths: &[Abs]| widths.iter().copied().sum::<Abs>();
    // The level at which the room is full: the width of the heaviest column, were it free.
    let (mut low, mut high) = (0, room.raw().max(1).saturating_mul(1000));
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if sum(&at(middle)) <= room {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    let mut widths = at(low);
    // Columns without any weight, and what rounding left.
    let mut left = room - sum(&widths);
    for (width, natural) in widths.iter_mut().zip(natural) {
        let part = (*natural - *width).min(left);
        *width += part;
        left -= part;
    }
    widths
}

/// How many lines a cell takes in a column, about.
fn lines(natural: Abs, width: Abs) -> f64 {
    if natural <= width {
        return 1.0;
    }
    let lines = natural.raw() as f64 / (width.raw().max(1) as f64 * FULL);
    lines.max(2.0)
}

/// How high rows are in columns, in lines, and what is broken in them.
fn height(widths: &[Abs], rows: &[&[(usize, Abs)]]) -> f64 {
    let mut sum = 0.0;
    for row in rows {
        let mut highest = 1.0_f64;
        for (column, natural) in *row {
            let lines = lines(*natural, widths[*column]);
            highest = highest.max(lines);
            if lines > 1.0 {
                sum += BROKEN;
            }
        }
        sum += highest;
    }
    sum
}

/// Moves room between columns while that makes the table lower.
fn climb(
    mut widths: Vec<Abs>,
    least: &[Abs],
    natural: &[Abs],
    rows: &[&[(usize, Abs)]],
    room: Abs,
) -> (Vec<Abs>, f64) {
    let mut now = height(&widths, rows);
    let steps = [room / 8, room / 20, room / 60];
    for _ in 0..MOVES {
        let mut best: Option<(f64, usize, usize, Abs)> = None;
        for to in 0..widths.len() {
            let wants = natural[to] - widths[to];
            if wants <= Abs::ZERO {
                continue;
            }
            for from in 0..widths.len() {
                let has = widths[from] - least[from];
                if from == to || has <= Abs::ZERO {
                    continue;
                }
                // All that it wants brings its last cell on one line.
                for step in steps.into_iter().chain([wants]) {
                    let step = step.min(wants);
                    if step > has || step <= Abs::ZERO {
                        continue;
                    }
                    widths[from] -= step;
                    widths[to] += step;
                    let then = height(&widths, rows);
                    widths[from] += step;
                    widths[to] -= step;
                    // Less than a hundredth of a line is nothing.
                    if then < best.map_or(now, |(best, ..)| best) - 0.01 {
                        best = Some((then, from, to, step));
                    }
                }
            }
        }
        let Some((then, from, to, step)) = best else {
            break;
        };
        widths[from] -= step;
        widths[to] += step;
        now = then;
    }
    (widths, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pts(widths: &[f64]) -> Vec<Abs> {
        widths.iter().map(|width| Abs::pt(*width)).collect()
    }

    #[test]
    fn long_columns_share_by_their_text() {
        let rows: Vec<Vec<(usize, Abs)>> = (0..5)
            .map(|_| vec![(0, Abs::pt(300.0)), (1, Abs::pt(900.0))])
            .collect();
        let widths = share(
            &pts(&[30.0, 30.0]),
            &pts(&[300.0, 900.0]),
            &rows,
            Abs::pt(240.0),
        );
        let (first, second) = (widths[0].to_pt(), widths[1].to_pt());
        assert!((50.0..75.0).contains(&first), "{first}");
        assert!((first + second - 240.0).abs() < 0.001);
    }

    #[test]
    fn one_long_cell_does_not_starve_a_column_of_short_ones() {
        let mut rows: Vec<Vec<(usize, Abs)>> = (0..20)
            .map(|_| vec![(0, Abs::pt(90.0)), (1, Abs::pt(60.0))])
            .collect();
        rows.push(vec![(0, Abs::pt(90.0)), (1, Abs::pt(2000.0))]);
        let widths = share(
            &pts(&[30.0, 30.0]),
            &pts(&[90.0, 2000.0]),
            &rows,
            Abs::pt(200.0),
        );
        assert_eq!(widths[0], Abs::pt(90.0));
    }
}
