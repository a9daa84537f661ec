//! Lengths relative to a font size.

use std::fmt;
use std::str::FromStr;

use super::abs::{Abs, ParseLengthError, split};

/// A length in 1/65 536 of the font size it is used with.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Em(i32);

impl Em {
    /// No length.
    pub const ZERO: Em = Em(0);
    /// One font size.
    pub const ONE: Em = Em(65_536);

    /// From ems.
    pub const fn new(em: f64) -> Em {
        Em((em * 65_536.0 + if em < 0.0 { -0.5 } else { 0.5 }) as i32)
    }

    /// From a font's own units, of which `per_em` make one em.
    pub fn from_units(units: i32, per_em: u16) -> Em {
        Em((i64::from(units) * 65_536 / i64::from(per_em.max(1))) as i32)
    }

    /// In ems.
    pub const fn get(self) -> f64 {
        self.0 as f64 / 65_536.0
    }

    /// As a length, at a font size.
    pub fn at(self, size: Abs) -> Abs {
        size.fraction(i64::from(self.0), 65_536)
    }
}

impl fmt::Debug for Em {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Length::Em(*self))
    }
}

/// A length as a theme or an author may write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Absolute: `11pt`, `3mm`.
    Abs(Abs),
    /// Relative to the font size of the role it stands in (for a size: of `body`): `1.2em`, `120%`.
    Em(Em),
    /// A multiple of the body's leading, the step of the baseline grid: `2line`.
    Line(Em),
}

impl Length {
    /// No length.
    pub const ZERO: Length = Length::Abs(Abs::ZERO);

    /// As a length, at a font size and a body leading.
    pub fn at(self, size: Abs, leading: Abs) -> Abs {
        match self {
            Length::Abs(abs) => abs,
            Length::Em(em) => em.at(size),
            Length::Line(lines) => lines.at(leading),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit) = match self {
            Length::Abs(abs) => return write!(f, "{abs}"),
            Length::Em(em) => (em.get(), "em"),
            Length::Line(lines) => (lines.get(), "line"),
        };
        write!(f, "{}{unit}", (value * 10_000.0).round() / 10_000.0)
    }
}

/// [`Abs`]'s units, and `em`, `%` (of an em) and `line` or `lines`.
impl FromStr for Length {
    type Err = ParseLengthError;

    fn from_str(text: &str) -> Result<Length, ParseLengthError> {
        let (value, unit) = split(text)?;
        match unit {
            "em" => Ok(Length::Em(Em::new(value))),
            "%" => Ok(Length::Em(Em::new(value / 100.0))),
            "line" | "lines" => Ok(Length::Line(Em::new(value))),
            _ => text.parse().map(Length::Abs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_lengths_read_print_and_resolve() {
        let (size, leading) = (Abs::pt(10.0), Abs::pt(14.0));
        for (text, shown, at) in [
            ("1.2em", "1.2em", 12.0),
            ("80%", "0.8em", 8.0),
            ("2lines", "2line", 28.0),
            ("3pt", "3pt", 3.0),
        ] {
            let length: Length = text.parse().unwrap();
            assert_eq!(length.to_string(), shown);
            assert!(
                (length.at(size, leading).to_pt() - at).abs() < 0.001,
                "{text}"
            );
        }
    }
}
