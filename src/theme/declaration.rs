//! The properties of a role.

use crate::unit::{Em, Length};

use super::fit::{HyphenLimits, Protrusion, WordSpace};
use super::float::FloatPlaces;

/// One property and its value. Lengths in em are relative to the role's own size, a size in em to the body's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Declaration {
    /// `family`: by name; the first that is at hand.
    Family(Vec<Family>),
    /// `size`: of the font.
    Size(Length),
    /// `leading`: from baseline to baseline.
    Leading(Length),
    /// `weight`: 100 to 900.
    Weight(u16),
    /// `italic`
    Italic(bool),
    /// `caps`
    Caps(Caps),
    /// `tracking`: space between letters.
    Tracking(Length),
    /// `figures`: the shape and width of digits.
    Figures(Figures),
    /// `ligatures`: which are made.
    Ligatures(Ligatures),
    /// `features`: OpenType features and what they are set to: on (`onum`), off (`-liga`), one of several (`salt=2`).
    Features(Vec<([u8; 4], u32)>),
    /// `color`: of the text.
    Color(Color),
    /// `background`: of the block.
    Background(Color),
    /// `rule`: a line along the start edge of the block, of this width, in the text's colour.
    Rule(Length),
    /// `frame`: a line all round.
    Frame(Length),
    /// `padding`: between the frame or background and the text.
    Padding(Length),
    /// `align`
    Align(Justify),
    /// `hyphenate`
    Hyphenate(bool),
    /// `hyphen-limits`: the letters before and after a hyphen, the hyphens in a row.
    HyphenLimits(HyphenLimits),
    /// `word-space`: the spaces between words.
    WordSpace(WordSpace),
    /// `expansion`: how much wider or narrower glyphs may become to fit a line.
    Expansion(Em),
    /// `tracking-limit`: how far letters may be set apart or closer to fit a line.
    TrackingLimit(Em),
    /// `protrusion`: how far characters hang out at straight edges.
    Protrusion(Protrusion),
    /// `runt`: what a paragraph's last line should be at least.
    Runt(Length),
    /// `indent`: of the first line; negative hangs it.
    Indent(Length),
    /// `before`: space above.
    Before(Length),
    /// `after`: space below.
    After(Length),
    /// `start`: inset of the whole block at the start of lines.
    Start(Length),
    /// `end`: inset at the end of lines.
    End(Length),
    /// `keep-with-next`: no page end after it.
    KeepWithNext(bool),
    /// `keep-together`: no page end in it.
    KeepTogether(bool),
    /// `open-on`: where a chapter or part begins.
    OpenOn(Break),
    /// `sink`: how far the first thing on an opening page stands below the top of the type area.
    Sink(Length),
    /// `drop-cap`: a tall first letter.
    DropCap(Initial),
    /// `lead-in`: the words after an opening that stand in small capitals.
    LeadIn(LeadIn),
    /// `ornament`: what is printed for a scene break, a bullet, and below a chapter's number or title.
    Ornament(String),
    /// `turnover`: where the rest of a line of verse goes that is too long.
    Turnover(Turnover),
    /// `center-block`: the block stands in the middle, as wide as its longest line; its lines stand as `align` says.
    CenterBlock(bool),
    /// `label`: a chapter's or part's number has its word before it: `Chapter 3`.
    Label(bool),
    /// `float`: where a figure or a table may stand.
    Float(FloatPlaces),
    /// `hidden`: not shown at all.
    Hidden(bool),
    /// `smallest`: how small the type of a table or of code may be made where it does not fit otherwise.
    Smallest(Length),
    /// `stripes`: the background of every second row of a table.
    Stripes(Color),
    /// `row-rule`: a line between a table's rows.
    RowRule(Length),
}

/// A family's name, or a kind of family.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// As the font has it.
    Named(String),
    /// The theme's serif.
    Serif,
    /// The theme's sans serif.
    Sans,
    /// The theme's monospace.
    Mono,
}

/// Capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Caps {
    /// As written.
    #[default]
    None,
    /// Small capitals for the lower case.
    Small,
    /// Small capitals for all letters.
    AllSmall,
    /// Capitals for all letters.
    All,
}

/// Digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Figures {
    /// With ascenders and descenders; else all of one height.
    pub old_style: bool,
    /// All of one width; else each its own.
    pub tabular: bool,
}

/// Ligatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ligatures {
    /// Those that letters need so as not to clash: fi, fl.
    pub common: bool,
    /// Those for show: ct, st.
    pub discretionary: bool,
    /// Those that were in use once.
    pub historical: bool,
}

impl Default for Ligatures {
    /// Only what letters need.
    fn default() -> Ligatures {
        Ligatures {
            common: true,
            discretionary: false,
            historical: false,
        }
    }
}

/// How lines stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Justify {
    /// Both edges.
    #[default]
    Both,
    /// The start edge.
    Start,
    /// Neither.
    Center,
    /// The end edge.
    End,
}

/// A tall first letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Initial {
    /// Its height in lines; 0 or 1 for none.
    pub lines: u8,
    /// It stands on the first line and rises above it; else it goes down beside so many lines.
    pub raised: bool,
}

/// How much of a paragraph's beginning stands in small capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeadIn {
    /// So many words; 0 for none.
    Words(u8),
    /// Up to the first mark of punctuation.
    Punctuation,
}

impl Default for LeadIn {
    fn default() -> LeadIn {
        LeadIn::Words(0)
    }
}

/// Where the rest of a line of verse goes that is too long for the measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Turnover {
    /// Below, hung in from the line's beginning.
    #[default]
    Hang,
    /// Below, at the end edge.
    End,
    /// Below, at the end edge, behind a bracket.
    Bracket,
}

/// Where a chapter begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Break {
    /// On the next page.
    #[default]
    Page,
    /// On the next right-hand page.
    Recto,
    /// On the same page, if there is room.
    Here,
}

/// A colour of the screen and of plain presses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl Color {
    /// Ink.
    pub const BLACK: Color = Color { r: 0, g: 0, b: 0 };
    /// Paper.
    pub const WHITE: Color = Color {
        r: 255,
        g: 255,
        b: 255,
    };

    /// Whether it has no hue.
    pub fn is_grey(self) -> bool {
        self.r == self.g && self.g == self.b
    }
}
