//! A chart for counted thread: which stitch stands where.

/// A square of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Square {
    Bare,
    Stitch(u8),
}

// ANCHOR: count
/// How many stitches of one colour a row asks for.
pub fn count(row: &[Square], colour: u8) -> usize {
    row.iter()
        .filter(|square| **square == Square::Stitch(colour))
        .count()
}
// ANCHOR_END: count

fn main() {
    let row = [Square::Bare, Square::Stitch(3), Square::Stitch(3)];
    println!("{} stitches of red", count(&row, 3));
}
