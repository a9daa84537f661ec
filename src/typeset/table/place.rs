//! Which cell stands where.

use crate::model::{Cell, Row};

/// A cell in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed<'a> {
    /// The cell.
    pub cell: &'a Cell,
    /// Its first column.
    pub column: usize,
    /// How many columns it takes; at least one, and within the table.
    pub columns: usize,
    /// Its first row.
    pub row: usize,
    /// How many rows it takes; at least one, and within the head or the body.
    pub rows: usize,
}

/// More columns than any page can show; cells beyond stand in the last.
const MOST_COLUMNS: usize = 200;

/// Places the cells of a head or a body; the second value is the number of columns they need.
pub(super) fn place(rows: &[Row], columns: usize) -> (Vec<Placed<'_>>, usize) {
    let mut placed = Vec::new();
    // For each column, the first row in which it is free again.
    let mut free: Vec<usize> = vec![0; columns.min(MOST_COLUMNS)];
    for (row, cells) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in &cells.cells {
            while free.get(column).is_some_and(|until| *until > row) {
                column += 1;
            }
            let column_here = column.min(MOST_COLUMNS - 1);
            let span = (cell.columns.max(1) as usize).min(MOST_COLUMNS - column_here);
            let down = (cell.rows.max(1) as usize).min(rows.len() - row);
            if free.len() < column_here + span {
                free.resize(column_here + span, 0);
            }
            for until in &mut free[column_here..column_here + span] {
                *until = (*until).max(row + down);
            }
            placed.push(Placed {
                cell,
                column: column_here,
                columns: span,
                row,
                rows: down,
            });
            column = column_here + span;
        }
    }
    (placed, free.len())
}
