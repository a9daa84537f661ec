//! What page ends cost, in the unit of the lines' demerits.
//!
//! A hyphen costs 294² demerits and an ordinary line some 10⁴. A fault of a page outweighs any sum of faults of lines
//! that a chapter can have: whatever can be mended by setting paragraphs differently, is.

/// A page end behind a heading, or inside what must stay together.
pub const KEEP: f64 = 1e12;
/// The last line of a paragraph alone at the top of a page: as bad as fifteen lines left empty.
pub const WIDOW: f64 = 6e10;
/// The first line of a paragraph alone at the foot of a page: less seen than a widow.
pub const ORPHAN: f64 = 5e10;
/// A note that does not begin on the page of its call.
pub const NOTE_LATE: f64 = 2e11;
/// A note that goes on overleaf: better than a short page, worse than any line.
pub const NOTE_SPLIT: f64 = 2e8;
/// A line added to the space before a heading, as much as two hyphens; two lines on one page cost four times that.
pub const STRETCH: f64 = 2.0 * 294.0 * 294.0;
/// A word divided between two pages: half a hyphen, on top of the line's own.
pub const HYPHEN_AT_TURN: f64 = 294.0 * 294.0 / 2.0;
/// A last page with fewer lines than [`LAST_PAGE`].
pub const SHORT_END: f64 = 4e9;
/// As many lines a chapter's last page should have: fewer look lost.
pub const LAST_PAGE: i64 = 5;
/// At most so many lines are added to the spaces of one page.
pub const MOST_STRETCH: u32 = 3;
/// Page ends that cost so much more than the best from the same start are not followed up at first. Five lines left
/// empty: few chapters need more.
pub const WORTH: f64 = 1.6e10;
/// The same, where that led to a page that is worse than five lines short: two widows.
pub const WORTH_IN_NEED: f64 = 2.0 * WIDOW;

/// How many empty lines a cost is worth.
pub fn lines_worth(cost: f64) -> u32 {
    (1..1000).find(|lines| short(*lines) > cost).unwrap_or(1000)
}

/// A page that ends lines above its foot.
pub fn short(lines: u32) -> f64 {
    let lines = f64::from(lines);
    2e9 * (lines + lines * lines / 8.0)
}
