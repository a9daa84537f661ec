//! Makes the type of a block of code smaller where its lines do not fit otherwise.

use std::sync::Arc;

use super::code::TAB;
use super::stick::Stick;
use crate::diag::{Code as Finding, Diagnostic};
use crate::model::{Block, Code};
use crate::typeset::style::Style;
use crate::unit::Abs;

/// Sizes are rounded down to such parts of the full one, so that blocks of about one width are of one size.
const STEP: f64 = 0.02;

impl Stick<'_, '_> {
    /// The style of a block's lines: smaller than the theme's, as far as its `smallest` allows, if all of them fit then.
    /// Else they stay as they are, and are turned over; where the author does not want that (`wrap=false`), they are made
    /// as small as may be and reported.
    pub(super) fn fitted(&self, code: &Code, style: &Arc<Style>, block: &Block) -> Arc<Style> {
        let face = self.plan.fonts.face(style.text.face);
        let Some(letter) = face.advance('0').filter(|_| style.text.fixed_pitch) else {
            return style.clone();
        };
        let letter = letter.at(style.size());
        let longest = code.text.split('\n').map(columns).max().unwrap_or(0);
        let last = code.number_from.map(|first| {
            first
                .saturating_add(code.text.split('\n').count() as u32)
                .to_string()
        });
        // Line numbers and the gap behind them become smaller with the lines.
        let numbers = last.map_or(Abs::ZERO, |last| letter * last.len() as i64 + style.size());
        let needed = letter * longest as i64 + numbers;
        let room = self.room.width;
        if needed <= room {
            return style.clone();
        }
        let least = if style.smallest.is_zero() {
            1.0
        } else {
            style.smallest.ratio(style.size()).clamp(0.1, 1.0)
        };
        let scale = (room.ratio(needed) / STEP).floor() * STEP;
        if scale >= least {
            return Arc::new(style.scaled(scale));
        }
        let attrs = block.attrs.as_deref();
        if attrs.and_then(|attrs| attrs.get("wrap")) != Some("false") {
            return style.clone();
        }
        let message = format!(
            "a line of {longest} letters does not fit into {:.0} mm",
            room.to_mm()
        );
        let finding = Diagnostic::new(Finding::TooWide, None, message)
            .hint("Shorten the line, or take `wrap=false` away.");
        self.cx.report(finding, self.origin);
        Arc::new(style.scaled(least))
    }
}

/// How many columns a line takes; no line is so long that this overflows.
fn columns(line: &str) -> usize {
    let mut columns = 0;
    for c in line.chars() {
        columns += match c {
            '\t' => TAB - columns % TAB,
            c if c.is_control() => 0,
            _ => 1,
        };
    }
    columns.min(100_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_go_on_to_the_next_stop() {
        assert_eq!(columns("\ta\tb"), 9);
        assert_eq!(columns("abcd"), 4);
        assert_eq!(columns(""), 0);
    }
}
