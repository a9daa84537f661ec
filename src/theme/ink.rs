//! The inks of code, which the page and the screen share.

use super::Color;
use crate::model::TokenKind;

/// The inks of code: dark enough for paper, apart in lightness for those who do not see the hues.
pub fn ink(kind: TokenKind) -> Color {
    let (r, g, b) = match kind {
        TokenKind::Keyword => (0x7b, 0x1f, 0x5c),
        TokenKind::Type => (0x1d, 0x5a, 0x84),
        TokenKind::Function => (0x23, 0x3f, 0x8f),
        TokenKind::String => (0x2b, 0x66, 0x2b),
        TokenKind::Constant => (0x8a, 0x45, 0x0c),
        TokenKind::Comment => (0x6a, 0x6a, 0x66),
        TokenKind::Attribute => (0x6b, 0x58, 0x0a),
        TokenKind::Tag => (0x1d, 0x5a, 0x84),
        TokenKind::Inserted => (0x1f, 0x66, 0x2a),
        TokenKind::Deleted => (0x9c, 0x1f, 0x1f),
    };
    Color { r, g, b }
}
