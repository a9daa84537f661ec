//! How far characters hang out of the measure, so that the edge looks straight.

use crate::theme::Protrusion;

/// By how many thousandths of its own width a character sticks out at the start and at the end of a line, where a theme
/// asks for so much of what is the default.
pub(super) fn protrusion(c: char, asked: &Protrusion) -> (i32, i32) {
    let (start, end) = innate(c);
    if (start, end) == (0, 0) {
        return (0, 0);
    }
    let percent = i32::from(match c {
        '-' | '\u{2010}' | '\u{2011}' => asked.hyphens,
        '\u{2013}' | '\u{2014}' => asked.dashes,
        '.' | '\u{3002}' | ',' | '\u{60c}' | ':' | ';' | '!' | '?' => asked.stops,
        '(' | '[' | ')' | ']' | '*' => asked.brackets,
        c if c.is_alphabetic() => asked.letters,
        _ => asked.quotes,
    });
    (start * percent / 100, end * percent / 100)
}

/// The defaults, by kinds of characters.
///
/// After the tables that Robert Schlicht's microtype package has for serif faces, a little weaker for quotation marks,
/// whose full protrusion leaves a hole at the edge of a book page.
fn innate(c: char) -> (i32, i32) {
    match c {
        '-' | '\u{2010}' | '\u{2011}' => (0, 500),
        '\u{2013}' => (200, 300),
        '\u{2014}' => (100, 150),
        '.' | '\u{3002}' => (0, 600),
        ',' | '\u{60c}' => (0, 500),
        ':' | ';' => (0, 300),
        '!' | '?' => (0, 100),
        '\u{2018}' | '\u{2019}' | '\'' => (500, 600),
        '\u{201c}' | '\u{201d}' | '"' => (300, 400),
        '\u{201a}' | '\u{201e}' => (300, 300),
        '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' => (200, 200),
        '(' | '[' => (100, 0),
        ')' | ']' => (0, 100),
        '*' => (200, 200),
        'A' | 'T' | 'V' | 'W' | 'Y' => (50, 50),
        'v' | 'w' | 'y' | 'k' | 'r' | 't' | 'K' | 'X' | 'x' => (0, 30),
        _ => (0, 0),
    }
}
