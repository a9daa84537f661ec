//! Absolute lengths.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Rem, Sub, SubAssign};
use std::str::FromStr;

/// A length in scaled points: 1/65 536 of a PostScript point (1/72 in).
///
/// TeX's unit, on the PDF's point. 63 bits hold a line as long as the way to the moon, so sums never overflow in
/// practice; they saturate where an author asks for nonsense.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Abs(i64);

/// How many scaled points a point has.
const SCALE: f64 = 65_536.0;

impl Abs {
    /// No length.
    pub const ZERO: Abs = Abs(0);
    /// Longer than any page: "no limit".
    pub const MAX: Abs = Abs(i64::MAX / 4);

    /// From PostScript points, rounded to the nearest unit; not-a-number is zero.
    pub const fn pt(points: f64) -> Abs {
        Abs((points * SCALE + if points < 0.0 { -0.5 } else { 0.5 }) as i64)
    }

    /// From millimetres.
    pub const fn mm(mm: f64) -> Abs {
        Abs::pt(mm * 72.0 / 25.4)
    }

    /// From inches.
    pub const fn inches(inches: f64) -> Abs {
        Abs::pt(inches * 72.0)
    }

    /// From scaled points.
    pub const fn from_raw(raw: i64) -> Abs {
        Abs(raw)
    }

    /// In scaled points.
    pub const fn raw(self) -> i64 {
        self.0
    }

    /// In PostScript points.
    pub const fn to_pt(self) -> f64 {
        self.0 as f64 / SCALE
    }

    /// In millimetres.
    pub const fn to_mm(self) -> f64 {
        self.to_pt() * 25.4 / 72.0
    }

    /// This length times a plain number, rounded to the nearest unit.
    pub fn scale(self, by: f64) -> Abs {
        Abs((self.0 as f64 * by).round() as i64)
    }

    /// `num / den` of this length, exactly rounded; `den` of zero gives zero.
    pub fn fraction(self, num: i64, den: i64) -> Abs {
        if den == 0 {
            return Abs::ZERO;
        }
        let product = self.0 as i128 * num as i128;
        let half = (den as i128).abs() / 2;
        let rounded = if (product < 0) == (den < 0) {
            product.abs() + half
        } else {
            -(product.abs() + half)
        };
        Abs((rounded / (den as i128).abs()) as i64)
    }

    /// How many times `other` goes into this, as a plain number; zero if `other` is zero.
    pub fn ratio(self, other: Abs) -> f64 {
        if other.0 == 0 {
            0.0
        } else {
            self.0 as f64 / other.0 as f64
        }
    }

    /// The smallest multiple of `step` that is not below this length.
    pub fn round_up_to(self, step: Abs) -> Abs {
        if step.0 <= 0 {
            return self;
        }
        let over = self.0.rem_euclid(step.0);
        if over == 0 {
            self
        } else {
            Abs(self.0 - over + step.0)
        }
    }

    /// Without its sign.
    pub const fn abs(self) -> Abs {
        Abs(self.0.abs())
    }

    /// Whether it is exactly nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add for Abs {
    type Output = Abs;
    fn add(self, other: Abs) -> Abs {
        Abs(self.0.saturating_add(other.0))
    }
}

impl Sub for Abs {
    type Output = Abs;
    fn sub(self, other: Abs) -> Abs {
        Abs(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Abs {
    fn add_assign(&mut self, other: Abs) {
        *self = *self + other;
    }
}

impl SubAssign for Abs {
    fn sub_assign(&mut self, other: Abs) {
        *self = *self - other;
    }
}

impl Neg for Abs {
    type Output = Abs;
    fn neg(self) -> Abs {
        Abs(-self.0)
    }
}

impl Mul<i64> for Abs {
    type Output = Abs;
    fn mul(self, by: i64) -> Abs {
        Abs(self.0.saturating_mul(by))
    }
}

impl Div<i64> for Abs {
    type Output = Abs;
    /// Rounds toward zero; the caller divides by a count that it knows not to be zero.
    fn div(self, by: i64) -> Abs {
        Abs(self.0 / by)
    }
}

impl Rem for Abs {
    type Output = Abs;
    fn rem(self, other: Abs) -> Abs {
        Abs(self.0 % other.0)
    }
}

impl Sum for Abs {
    fn sum<I: Iterator<Item = Abs>>(iter: I) -> Abs {
        iter.fold(Abs::ZERO, Add::add)
    }
}

impl fmt::Debug for Abs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// In points with at most three decimals: `12pt`, `13.2pt`.
impl fmt::Display for Abs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thousandths = (self.to_pt() * 1000.0).round() as i64;
        let (sign, rest) = if thousandths < 0 {
            ("-", -thousandths)
        } else {
            ("", thousandths)
        };
        let (whole, part) = (rest / 1000, rest % 1000);
        if part == 0 {
            return write!(f, "{sign}{whole}pt");
        }
        let digits = format!("{part:03}");
        write!(f, "{sign}{whole}.{}pt", digits.trim_end_matches('0'))
    }
}

/// What was wrong with a written length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseLengthError {
    /// The part before the unit is not a number.
    Number(String),
    /// The unit is none of those known here.
    Unit(String),
}

impl fmt::Display for ParseLengthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseLengthError::Number(text) => write!(f, "`{text}` is not a length"),
            ParseLengthError::Unit(unit) if unit.is_empty() => {
                write!(f, "a length needs a unit: pt, mm, cm, in or pc")
            }
            ParseLengthError::Unit(unit) => {
                write!(f, "`{unit}` is not a unit of length: pt, mm, cm, in or pc")
            }
        }
    }
}

impl std::error::Error for ParseLengthError {}

/// Splits `12.5mm` into its number and its unit.
pub(super) fn split(text: &str) -> Result<(f64, &str), ParseLengthError> {
    let text = text.trim();
    let at = text
        .find(|c: char| c.is_alphabetic() || c == '%')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let value: f64 = number
        .trim()
        .parse()
        .map_err(|_| ParseLengthError::Number(text.to_owned()))?;
    if !value.is_finite() {
        return Err(ParseLengthError::Number(text.to_owned()));
    }
    Ok((value, unit.trim()))
}

/// `12pt`, `3mm`, `1.5 cm`, `6in`, `2pc`; a bare `0` needs no unit.
impl FromStr for Abs {
    type Err = ParseLengthError;

    fn from_str(text: &str) -> Result<Abs, ParseLengthError> {
        let (value, unit) = split(text)?;
        match unit {
            "pt" => Ok(Abs::pt(value)),
            "mm" => Ok(Abs::mm(value)),
            "cm" => Ok(Abs::mm(value * 10.0)),
            "in" => Ok(Abs::inches(value)),
            "pc" => Ok(Abs::pt(value * 12.0)),
            "" if value == 0.0 => Ok(Abs::ZERO),
            other => Err(ParseLengthError::Unit(other.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_and_print() {
        for (text, shown) in [
            ("12pt", "12pt"),
            ("1in", "72pt"),
            ("25.4mm", "72pt"),
            ("2.54 cm", "72pt"),
            ("1pc", "12pt"),
            ("0", "0pt"),
            ("-1.5pt", "-1.5pt"),
        ] {
            assert_eq!(text.parse::<Abs>().unwrap().to_string(), shown, "{text}");
        }
        assert_eq!(
            "12".parse::<Abs>(),
            Err(ParseLengthError::Unit(String::new()))
        );
        assert!("x".parse::<Abs>().is_err());
    }

    #[test]
    fn fractions_round_to_nearest_on_both_sides_of_zero() {
        assert_eq!(Abs::from_raw(10).fraction(1, 4).raw(), 3);
        assert_eq!(Abs::from_raw(-10).fraction(1, 4).raw(), -3);
        assert_eq!(Abs::from_raw(10).fraction(1, 0), Abs::ZERO);
    }

    #[test]
    fn rounding_up_meets_the_grid() {
        let step = Abs::pt(14.0);
        assert_eq!(Abs::pt(15.0).round_up_to(step), Abs::pt(28.0));
        assert_eq!(Abs::pt(28.0).round_up_to(step), Abs::pt(28.0));
    }
}
