//! How well text stands out from what is behind it.
//!
//! In: a [`Theme`]. Out: the roles and classes whose text stands out less than the strictest of the guidelines asks, each
//! with its ratio as WCAG 2 defines it (relative luminance, success criteria 1.4.3 and 1.4.6).

use super::{Color, Declaration, Theme};
use crate::model::Role;
use crate::unit::{Abs, Length};

/// Text that stands out little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faint {
    /// The role's or class's name.
    pub name: String,
    /// The ratio in hundredths: 100 for none at all, 2100 for black on white.
    pub ratio: u32,
    /// Whether it counts as large: from 18 pt, or from 14 pt in bold.
    pub large: bool,
}

/// What 1.4.6 asks at least, in hundredths: of text, and of large text.
const STRICTEST: (u32, u32) = (700, 450);

/// The size that guidelines take for ordinary, in points: what a reading system sets unless its reader chooses.
const ORDINARY: f64 = 12.0;

impl Theme {
    /// The roles and classes of an EPUB whose text stands out less than 7 to 1, or 4.5 to 1 if it is large.
    pub fn faint(&self) -> Vec<Faint> {
        let shown = Role::ALL.iter().filter(|role| is_read(**role));
        let roles = shown.map(|role| {
            let around = around(*role).map_or(&[][..], |role| self.role(role));
            (role.name().to_owned(), self.role(*role), around)
        });
        let classes = self
            .classes
            .iter()
            .map(|(name, said)| (format!(".{name}"), said.as_slice(), &[][..]));
        let mut out = Vec::new();
        for (name, said, around) in roles.chain(classes) {
            let layers = [said, around, self.role(Role::Body)];
            let ink = first(&layers, ink).unwrap_or(Color::BLACK);
            let paper = first(&layers, paper).unwrap_or(Color::WHITE);
            let striped = said.iter().find_map(|said| match said {
                Declaration::Stripes(color) => Some(*color),
                _ => None,
            });
            let large = self.is_large(said);
            let least = if large { STRICTEST.1 } else { STRICTEST.0 };
            let papers = [Some(paper), striped];
            let ratio = papers
                .iter()
                .flatten()
                .map(|paper| ratio(ink, *paper))
                .min();
            if let Some(ratio) = ratio.filter(|ratio| *ratio < least) {
                out.push(Faint { name, ratio, large });
            }
        }
        out
    }

    fn is_large(&self, said: &[Declaration]) -> bool {
        let pt = Abs::pt(ORDINARY);
        let body = first(&[self.role(Role::Body)], size).map_or(pt, |size| size.at(pt, pt));
        let own = first(&[said], size).map_or(body, |size| size.at(body, body));
        let size = own.ratio(body) * ORDINARY;
        let bold = said
            .iter()
            .any(|said| matches!(said, Declaration::Weight(weight) if *weight >= 700));
        size >= 18.0 || bold && size >= 14.0
    }
}

fn first<T>(layers: &[&[Declaration]], of: fn(&Declaration) -> Option<T>) -> Option<T> {
    layers.iter().find_map(|said| said.iter().find_map(of))
}

fn ink(said: &Declaration) -> Option<Color> {
    match said {
        Declaration::Color(color) => Some(*color),
        _ => None,
    }
}

fn paper(said: &Declaration) -> Option<Color> {
    match said {
        Declaration::Background(color) => Some(*color),
        _ => None,
    }
}

fn size(said: &Declaration) -> Option<Length> {
    match said {
        Declaration::Size(size) => Some(*size),
        _ => None,
    }
}

/// Roles of text that an EPUB has. Ornaments are none, and pages have no heads there.
fn is_read(role: Role) -> bool {
    use Role as R;
    !matches!(
        role,
        R::SceneBreak
            | R::OpeningImage
            | R::HalfTitle
            | R::Endnote
            | R::RunningHead
            | R::Folio
            | R::Thumb
            | R::Cover
            | R::CoverPattern
            | R::CoverPanel
            | R::CoverTitle
            | R::CoverSubtitle
            | R::CoverAuthor
            | R::CoverPublisher
            | R::CoverBack
            | R::CoverSpine
            | R::CoverBarcode
    )
}

/// The role that another always stands in, whose background it has.
fn around(role: Role) -> Option<Role> {
    Some(match role {
        Role::AdmonitionTitle => Role::Admonition,
        Role::TableHead => Role::Table,
        Role::LineNumber => Role::CodeBlock,
        Role::CaptionLabel => Role::Caption,
        Role::NoteMark => Role::Footnote,
        Role::Attribution => Role::Epigraph,
        Role::Dateline | Role::Salutation | Role::Signature => Role::Letter,
        _ => return None,
    })
}

/// The ratio of two colours in hundredths, rounded down: what is not quite enough is not enough.
fn ratio(one: Color, two: Color) -> u32 {
    let (one, two) = (luminance(one), luminance(two));
    let ratio = (one.max(two) + 0.05) / (one.min(two) + 0.05);
    // Black on white is 21 by definition; its floats may come out a hair below.
    (ratio * 100.0 + 1e-6).floor() as u32
}

/// Relative luminance, from 0 to 1.
fn luminance(color: Color) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::BUILTIN;
    use crate::theme::tests::builtin;

    #[test]
    fn ratios_are_those_of_the_guidelines() {
        let grey = |v| Color { r: v, g: v, b: v };
        assert_eq!(ratio(Color::BLACK, Color::WHITE), 2100);
        assert_eq!(ratio(Color::WHITE, Color::WHITE), 100);
        // The lightest grey that 1.4.3 lets stand on white, and the next.
        assert_eq!(ratio(grey(0x76), Color::WHITE), 454);
        assert_eq!(ratio(grey(0x77), Color::WHITE), 447);
    }

    #[test]
    fn built_in_themes_can_be_read() {
        for (name, _) in BUILTIN {
            let faint: Vec<_> = builtin(name)
                .faint()
                .into_iter()
                .filter(|faint| faint.ratio < if faint.large { 300 } else { 450 })
                .collect();
            assert_eq!(faint, [], "{name}");
        }
    }
}
