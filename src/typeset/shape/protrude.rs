//! How far characters hang out of the measure, so that the edge looks straight.

/// By how many thousandths of its own width a character sticks out at the start and at the end of a line.
///
/// After the tables that Robert Schlicht's microtype package has for serif faces, a little weaker for quotation marks,
/// whose full protrusion leaves a hole at the edge of a book page.
pub(super) fn protrusion(c: char) -> (i32, i32) {
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
