//! How a proof looks: its type and its colours, whatever the theme of the book. Thin, light lines where nothing is to be
//! read; three colours that keep apart on paper without colours too, for each has a shape of its own.

use std::f64::consts::FRAC_1_SQRT_2;
use std::sync::Arc;

use crate::diag::Severity;
use crate::font::Fonts;
use crate::theme::{
    Caps, Color, Family, Figures, Give, HyphenLimits, Justify, Ligatures, Protrusion, WordSpace,
};
use crate::typeset::style::{Position, Style, TextStyle};
use crate::unit::{Abs, Point};

const fn rgb(r: u8, g: u8, b: u8) -> Color {
    Color { r, g, b }
}

/// Text that is not read first.
pub(super) const GREY: Color = rgb(0x6a, 0x6a, 0x6a);
/// The edge that is cut.
pub(super) const TRIM: Color = rgb(0x8c, 0x8c, 0x8c);
/// How far colour runs beyond it.
pub(super) const BLEED: Color = rgb(0xe8, 0x9a, 0x94);
/// What the printer wants text to keep inside of.
pub(super) const SAFETY: Color = rgb(0x8f, 0xc7, 0x91);
/// The type area.
pub(super) const AREA: Color = rgb(0x9d, 0xbf, 0xe3);
/// The baseline grid.
pub(super) const GRID: Color = rgb(0xcf, 0xe0, 0xf2);
/// Rules between parts of a sheet.
pub(super) const RULE: Color = rgb(0xbd, 0xbd, 0xbd);

/// A hairline of a box.
pub(super) const HAIR: Abs = Abs::pt(0.3);
/// A line of the grid.
pub(super) const FINE: Abs = Abs::pt(0.2);

/// How bad something is, in colour.
pub(super) fn ink(severity: Severity) -> Color {
    match severity {
        Severity::Error => rgb(0xc0, 0x1f, 0x2b),
        Severity::Warning => rgb(0xb3, 0x61, 0x00),
        Severity::Note => rgb(0x1f, 0x5f, 0xa8),
    }
}

/// The same for a line that leads to a mark.
pub(super) fn pale(severity: Severity) -> Color {
    match severity {
        Severity::Error => rgb(0xe6, 0xa6, 0xaa),
        Severity::Warning => rgb(0xe3, 0xc0, 0x95),
        Severity::Note => rgb(0xa6, 0xc1, 0xdf),
    }
}

/// How wide and high the sign of a severity is.
pub(super) const SIGN: Abs = Abs::pt(4.2);

/// The sign of a severity, in a square of [`SIGN`]: a square, a triangle, a disc.
pub(super) fn sign(severity: Severity) -> Vec<Point> {
    let at = |x: f64, y: f64| Point::new(SIGN.scale(x), SIGN.scale(y));
    match severity {
        Severity::Error => vec![
            at(0.05, 0.05),
            at(0.95, 0.05),
            at(0.95, 0.95),
            at(0.05, 0.95),
        ],
        Severity::Warning => vec![at(0.5, 0.0), at(1.0, 0.95), at(0.0, 0.95)],
        Severity::Note => {
            let corner = |(x, y): (f64, f64)| at(0.5 + 0.48 * x, 0.5 + 0.48 * y);
            let quarter = |(x, y): (f64, f64)| (-y, x);
            let mut corners = ARC.to_vec();
            for _ in 1..4 {
                let last = corners.len() - ARC.len();
                corners.extend_from_within(last..);
                corners[last + ARC.len()..]
                    .iter_mut()
                    .for_each(|at| *at = quarter(*at));
            }
            corners.into_iter().map(corner).collect()
        }
    }
}

/// A quarter of a disc in steps of 22.5 degrees: at this size nobody sees its corners.
const ARC: [(f64, f64); 4] = [
    (1.0, 0.0),
    (0.923_880, 0.382_683),
    (FRAC_1_SQRT_2, FRAC_1_SQRT_2),
    (0.382_683, 0.923_880),
];

/// The styles of all words that a proof adds.
#[derive(Clone, Debug)]
pub(super) struct Looks {
    /// What the sheet is called.
    pub head: Arc<Style>,
    /// The pages' numbers, above them.
    pub folio: Arc<Style>,
    /// A number and a code, in the colour of each severity.
    mark: [Arc<Style>; 3],
    /// The codes beside a mark's number.
    code: [Arc<Style>; 3],
    /// Where it stands in the manuscript.
    pub place: Arc<Style>,
    /// What is the matter.
    pub message: Arc<Style>,
    /// What to do.
    pub hint: Arc<Style>,
    /// The book's title.
    pub title: Arc<Style>,
    /// What stands below it.
    pub byline: Arc<Style>,
    /// A heading of the key.
    pub heading: Arc<Style>,
    /// Text of the key.
    pub text: Arc<Style>,
    /// A term of the key.
    pub term: Arc<Style>,
}

/// A style to be.
struct Draft {
    family: Family,
    size: f64,
    leading: f64,
    weight: u16,
    italic: bool,
    color: Color,
}

/// Figures as high as capitals, all of one width.
const LINING: Figures = Figures {
    old_style: false,
    tabular: true,
};
const BOOK: u16 = 400;
const BOLD: u16 = 700;

impl Draft {
    fn sans(size: f64, leading: f64) -> Draft {
        Draft {
            family: Family::Sans,
            size,
            leading,
            weight: BOOK,
            italic: false,
            color: Color::BLACK,
        }
    }

    fn set(self, fonts: &Fonts) -> Arc<Style> {
        let families: Arc<[Family]> = Arc::new([self.family]);
        let size = Abs::pt(self.size);
        let text = TextStyle {
            face: fonts.select(&families, self.weight, self.italic, size),
            families,
            weight: self.weight,
            italic: self.italic,
            fixed_pitch: false,
            size,
            caps: Caps::None,
            tracking: Abs::ZERO,
            word_space: WordSpace::default(),
            give: Give::default(),
            protrusion: Protrusion::default(),
            hyphens: HyphenLimits::default(),
            figures: Some(LINING),
            ligatures: Ligatures::default(),
            features: Arc::new([]),
            color: self.color,
            background: None,
            frame: Abs::ZERO,
            position: Position::Normal,
        };
        let mut style = Style::around(Arc::new(text), Abs::pt(self.leading));
        style.align = Justify::Start;
        style.hyphenate = false;
        Arc::new(style)
    }
}

impl Looks {
    /// In the faces at hand.
    pub(super) fn new(fonts: &Fonts) -> Looks {
        let sans = Draft::sans;
        let grey = |draft: Draft| Draft {
            color: GREY,
            ..draft
        };
        let bold = |draft: Draft| Draft {
            weight: BOLD,
            ..draft
        };
        let severities = [Severity::Note, Severity::Warning, Severity::Error];
        let inked = |weight: u16, size: f64| {
            severities.map(|severity| {
                let draft = Draft {
                    weight,
                    color: ink(severity),
                    ..sans(size, 9.0)
                };
                draft.set(fonts)
            })
        };
        let italic = Draft {
            italic: true,
            ..grey(sans(7.0, 8.8))
        };
        let title = Draft {
            family: Family::Serif,
            ..sans(30.0, 33.0)
        };
        Looks {
            head: grey(sans(7.5, 10.0)).set(fonts),
            folio: grey(sans(7.5, 10.0)).set(fonts),
            mark: inked(BOLD, 7.0),
            code: inked(BOOK, 6.6),
            place: grey(sans(6.6, 8.8)).set(fonts),
            message: sans(7.2, 8.8).set(fonts),
            hint: italic.set(fonts),
            title: title.set(fonts),
            byline: sans(11.0, 15.0).set(fonts),
            heading: bold(sans(9.0, 13.0)).set(fonts),
            text: sans(8.4, 11.0).set(fonts),
            term: bold(sans(8.4, 11.0)).set(fonts),
        }
    }

    /// A number, in the colour of a severity.
    pub(super) fn mark(&self, severity: Severity) -> &Arc<Style> {
        &self.mark[severity as usize]
    }

    /// A code beside a number.
    pub(super) fn code(&self, severity: Severity) -> &Arc<Style> {
        &self.code[severity as usize]
    }
}
