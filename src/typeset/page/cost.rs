//! What page ends cost, in the unit of the lines' demerits.
//!
//! The theme weighs page ends in hyphens; a hyphen costs 294² demerits and an ordinary line some 10⁴. In a strict book a
//! fault of a page outweighs any sum of faults of lines that a chapter can have: whatever can be mended by setting
//! paragraphs differently, is.

use crate::theme::PageEnds;

/// What a hyphen costs at the end of a line.
const HYPHEN: f64 = 294.0 * 294.0;

/// What the galley says of a page end that must not be: behind a heading, or inside what must stay together. The weight
/// `stranded` stands for it.
pub const KEEP: f64 = 1e12;
/// What the galley says of a page end beside a line that would look lost: in strict books, a widow's cost.
pub const WIDOW: f64 = 6e10;
/// The same where it is less seen: in strict books, an orphan's cost.
pub const ORPHAN: f64 = 5e10;
/// The same behind the first item of a list and before its last. The weight `list` stands for it.
pub const LIST: f64 = 1e9;
/// The same behind a colon. The weight `colon` stands for it.
pub const COLON: f64 = 4e9;
/// The same where a line of code stands alone. The weight `code` stands for it.
pub const CODE: f64 = 5.9e10;
/// The same where two lines of code do, or a short block is parted. The weight `code-pair` stands for it.
pub const CODE_PAIR: f64 = 5.8e10;
/// The same within a line of code that was turned over. The weight `code-line` stands for it.
pub const CODE_LINE: f64 = 1.1e9;
/// The same within a stanza. The weight `stanza` stands for it.
pub const STANZA: f64 = 5e9;
/// The same beside the sign of a break between scenes. The weight `scene-break` stands for it.
pub const SCENE_BREAK: f64 = 3e10;
/// The same at a break between scenes that is an empty line elsewhere. The weight `empty-line` stands for it.
pub const EMPTY_LINE: f64 = 1.2e9;
/// A page end within a note that leaves a line of a paragraph alone: less seen than in the text, and never worth a short
/// page.
pub const LONELY_IN_NOTE: f64 = 2e8;
/// So many lines of notes may go overleaf although there is room for them, where the notes are better parted then.
pub const MOST_EARLY: u32 = 3;
/// As many lines a chapter's last page should have: fewer look lost.
pub const LAST_PAGE: i64 = 5;
/// At most so many lines are added to the spaces of one page.
pub const MOST_STRETCH: u32 = 3;
/// At most so many lines are added between text and notes before the page counts as short.
pub const MOST_ABOVE_NOTES: u32 = 2;

/// So many floats that wait for more than one page are counted: the page that takes them all is the better one anyway.
const MOST_LATE: u32 = 3;

/// What page ends cost, in demerits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs {
    weights: PageEnds,
    /// Facing pages should end level.
    pub level: bool,
}

impl Costs {
    /// Of a theme's weights; `facing`: there are facing pages.
    pub fn new(weights: PageEnds, facing: bool) -> Costs {
        Costs {
            weights,
            level: facing && weights.uneven > 0.0,
        }
    }

    /// A weight in demerits.
    fn of(weight: f64) -> f64 {
        weight * HYPHEN
    }

    /// The last line of a paragraph alone at the top of a page.
    pub fn widow(&self) -> f64 {
        Costs::of(self.weights.widow)
    }

    /// The first line of a paragraph alone at the foot of a page.
    pub fn orphan(&self) -> f64 {
        Costs::of(self.weights.orphan)
    }

    /// A page end in what must stay together.
    pub fn stranded(&self) -> f64 {
        Costs::of(self.weights.stranded)
    }

    /// A page that ends lines above its foot.
    pub fn short(&self, lines: u32) -> f64 {
        let lines = f64::from(lines);
        Costs::of(self.weights.short) * (lines + lines * lines / 8.0)
    }

    /// Facing pages of different depths.
    pub fn uneven(&self) -> f64 {
        Costs::of(self.weights.uneven)
    }

    /// Every page should be full: to leave lines empty is worse than a hundred ladders.
    pub fn full(&self) -> bool {
        self.weights.short >= 1000.0
    }

    /// A page that is one line short, as its facing page is: half of what the spread costs.
    pub fn half_spread(&self) -> f64 {
        (Costs::of(self.weights.spread) / 2.0).min(self.short(1))
    }

    /// A page that is one line short, and no other page faces it.
    pub fn alone(&self) -> f64 {
        // Nothing is there to be compared with it; but a spread must not be bought by it twice.
        (Costs::of(self.weights.spread) * 4.0).min(self.short(1))
    }

    /// A last page of so many lines: nothing from [`LAST_PAGE`] on, all of the weight for one line.
    pub fn last_page(&self, lines: i64) -> f64 {
        let missing = (LAST_PAGE - lines.max(1)).max(0) as f64 / (LAST_PAGE - 1) as f64;
        Costs::of(self.weights.last_page) * missing * missing
    }

    /// A note that does not begin on the page of its call.
    pub fn note_away(&self) -> f64 {
        Costs::of(self.weights.note_away)
    }

    /// A note that goes on overleaf.
    pub fn note_split(&self) -> f64 {
        Costs::of(self.weights.note_split)
    }

    /// A page of notes alone, that go on from the page before and to the next.
    pub fn notes_alone(&self) -> f64 {
        // Two pages that each have some text are better than one that has none.
        self.note_split() * 3.0
    }

    /// Room for lines of notes that go overleaf all the same.
    pub fn notes_early(&self, lines: u32) -> f64 {
        self.stretch(lines)
    }

    /// A word divided between two pages, on top of the line's own hyphen; `turn`: a leaf must be turned between them.
    pub fn hyphen(&self, turn: bool) -> f64 {
        Costs::of(if turn {
            self.weights.hyphen_at_turn
        } else {
            self.weights.hyphen
        })
    }

    /// Two lines overleaf, the second a word.
    pub fn runt(&self) -> f64 {
        Costs::of(self.weights.runt)
    }

    /// A paragraph set in another number of lines, so that the last of them is a short word: less than a short page, more
    /// than all else that fills one.
    pub fn lone_word() -> f64 {
        Costs::of(30.0)
    }

    /// Lines added to the spaces of a page.
    pub fn stretch(&self, lines: u32) -> f64 {
        Costs::of(self.weights.stretch) * f64::from(lines * lines)
    }

    /// So many lines more or fewer than usual below a chapter's title.
    pub fn opening(&self, lines: u32) -> f64 {
        Costs::of(self.weights.opening) * f64::from(lines * lines)
    }

    /// Lines added between text and notes; past [`MOST_ABOVE_NOTES`] they cost what empty lines do.
    pub fn above_notes(&self, lines: u32) -> f64 {
        let added = lines.min(MOST_ABOVE_NOTES);
        Costs::of(self.weights.above_notes) * f64::from(added * added) + self.short(lines - added)
    }

    /// A paragraph that is not set the best way, beside its lines' demerits.
    pub fn looseness(&self) -> f64 {
        Costs::of(self.weights.looseness)
    }

    /// A float in a place of this rank; the first is 1 and costs nothing.
    pub fn float(&self, rank: u8) -> f64 {
        Costs::of(self.weights.float_moved) * f64::from(rank.saturating_sub(1))
    }

    /// Floats that wait for the next page: those that were called on this one, and those that waited before.
    pub fn floats_wait(&self, new: u32, late: u32) -> f64 {
        Costs::of(self.weights.float_next) * f64::from(new)
            + Costs::of(self.weights.float_later) * f64::from(late.min(MOST_LATE))
    }

    /// A page of floats alone; `rest`: no text follows, and they do not fill it.
    pub fn floats_alone(&self, rest: bool) -> f64 {
        Costs::of(if rest {
            self.weights.float_end
        } else {
            self.weights.float_page
        })
    }

    /// What the galley says of a page end, as the theme weighs it.
    pub fn galley(&self, cost: f64) -> f64 {
        let weighed = [
            (LIST, self.weights.list),
            (COLON, self.weights.colon),
            (CODE, self.weights.code),
            (CODE_PAIR, self.weights.code_pair),
            (CODE_LINE, self.weights.code_line),
            (STANZA, self.weights.stanza),
            (SCENE_BREAK, self.weights.scene_break),
            (EMPTY_LINE, self.weights.empty_line),
        ];
        let weight = weighed.iter().find(|(said, _)| *said == cost);
        match weight {
            _ if cost >= KEEP => self.stranded(),
            Some((_, weight)) => Costs::of(*weight),
            // Other than that, the galley speaks of strict books.
            None => cost * (self.weights.widow / PageEnds::STRICT.widow),
        }
    }

    /// How much dearer than the best from the same start page ends may be and still be followed up, step by step: where
    /// the cheapest way is dearer than a step, the next is tried. First what needs no short page, which does for most
    /// chapters; then pages five lines short; then two widows.
    pub fn worth(&self) -> [f64; 3] {
        [
            0.99 * self.short(1),
            self.short(5),
            self.short(5).max(2.0 * self.widow()),
        ]
    }

    /// How many empty lines a cost is worth.
    pub fn lines_worth(&self, cost: f64) -> u32 {
        (1..1000)
            .find(|lines| self.short(*lines) > cost)
            .unwrap_or(1000)
    }
}

impl Default for Costs {
    fn default() -> Costs {
        Costs::new(PageEnds::STRICT, true)
    }
}
