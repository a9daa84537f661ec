//! Colours for screens that are white by day and black by night.

use super::number;
use crate::theme::Color;

/// The least of the reader's own colour that can still be read well: 5 to 1 and more on white and on black.
const LEAST: f64 = 0.6;

/// Greys darker than this are ink with less of it; lighter ones are meant to be light, on something dark.
const QUIET: u8 = 160;

/// A veil stronger than this hides what is below it by night.
const VEIL: f64 = 0.33;

/// `#234a73`
pub(super) fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)
}

/// Whether a colour is ink with less of it, for words that are not to be loud.
pub(super) fn is_quiet(color: Color) -> bool {
    color.is_grey() && color.r < QUIET
}

/// How much of the reader's colour a quiet grey is, on whatever page.
pub(super) fn quiet(color: Color) -> String {
    number((1.0 - f64::from(color.r) / 255.0).max(LEAST))
}

/// What ink of this colour is on a dark page: as far from black as it was from white. `None` where it can stay as it is.
pub(super) fn at_night(color: Color) -> Option<Color> {
    /// Brighter than this, a colour can be read on black.
    const READABLE: u32 = 140;
    let [r, g, b] = [color.r, color.g, color.b].map(u32::from);
    // Luma as ITU-R BT.601 weighs it.
    let luma = (299 * r + 587 * g + 114 * b) / 1000;
    if luma >= READABLE {
        return None;
    }
    // Mixed with white, the more the darker.
    let lift = |channel: u32| (channel + (255 - channel) * (255 - luma) / 330) as u8;
    Some(Color {
        r: lift(r),
        g: lift(g),
        b: lift(b),
    })
}

/// A background as a veil that looks on white as the theme says, and on black lightens about as much as it darkened
/// there. It never is a sheet of paper under words that the reading system has made white.
pub(super) fn veil(color: Color) -> String {
    let darkest = color.r.min(color.g).min(color.b);
    let least = 1.0 - f64::from(darkest) / 255.0;
    if least < 0.004 {
        return "transparent".to_owned();
    }
    // The veil's own colour lies in the middle, so that it shows on both; its strength makes up for that.
    let alpha = least.max((least * 2.0).min(VEIL));
    let channel = |value: u8| {
        (255.0 - (255.0 - f64::from(value)) / alpha)
            .round()
            .clamp(0.0, 255.0)
    };
    format!(
        "rgba({:.0}, {:.0}, {:.0}, {})",
        channel(color.r),
        channel(color.g),
        channel(color.b),
        number(alpha)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_lifted_and_paper_is_veiled() {
        let grey = |v| Color { r: v, g: v, b: v };
        assert_eq!(at_night(grey(200)), None);
        assert!(at_night(grey(0x33)).unwrap().r > 160);
        assert_eq!(veil(Color::WHITE), "transparent");
        assert_eq!(veil(grey(245)), "rgba(127, 127, 127, 0.078)");
        assert_eq!(quiet(grey(51)), "0.8");
        assert_eq!(quiet(grey(128)), "0.6");
    }
}
