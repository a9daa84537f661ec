//! Which way a book's lines run, and what the style sheet calls its sides.
//!
//! In: a style sheet in the words of CSS's logical properties (`margin-inline-start`), and the [`Flow`]. Out: the same sheet in
//! words that old reading systems know too (`margin-left`), as far as the book's lines let them mean the same.

/// Which way the lines of a book run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// All from left to right.
    #[default]
    LeftToRight,
    /// Some or all from right to left: start and end are not the same side everywhere.
    Bidirectional,
    /// From top to bottom, the next one at the left.
    Vertical,
}

/// What lies above and below, where lines are horizontal.
const BLOCK: [(&str, &str); 8] = [
    ("margin-block-start: ", "margin-top: "),
    ("margin-block-end: ", "margin-bottom: "),
    ("padding-block-start: ", "padding-top: "),
    ("padding-block-end: ", "padding-bottom: "),
    ("border-block-start: ", "border-top: "),
    ("border-block-end: ", "border-bottom: "),
    // These two are the ends of `max-inline-size` and `min-inline-size` too.
    ("inline-size: ", "width: "),
    ("block-size: ", "height: "),
];

/// What lies before and behind, where all lines run from left to right.
const INLINE: [(&str, &str); 8] = [
    ("margin-inline-start: ", "margin-left: "),
    ("margin-inline-end: ", "margin-right: "),
    ("padding-inline-start: ", "padding-left: "),
    ("padding-inline-end: ", "padding-right: "),
    ("border-inline-start: ", "border-left: "),
    ("float: inline-start;", "float: left;"),
    ("text-align: start;", "text-align: left;"),
    ("text-align: end;", "text-align: right;"),
];

impl Flow {
    /// A style sheet, or a list of declarations, in the oldest words that mean the same.
    pub(in crate::epub) fn plain(self, css: &str) -> String {
        let words: Vec<_> = match self {
            Flow::LeftToRight => BLOCK.iter().chain(&INLINE).collect(),
            Flow::Bidirectional => BLOCK.iter().collect(),
            Flow::Vertical => Vec::new(),
        };
        let mut out = String::with_capacity(css.len());
        let mut rest = css;
        loop {
            // What an author says stands in quotation marks.
            let (before, string) = rest.split_at(rest.find('"').unwrap_or(rest.len()));
            let plain = words
                .iter()
                .fold(before.to_owned(), |css, (logical, physical)| {
                    css.replace(logical, physical)
                });
            out.push_str(&plain);
            if string.is_empty() {
                return out;
            }
            let (string, after) = string.split_at(end_of_string(string));
            out.push_str(string);
            rest = after;
        }
    }
}

/// How long a string is that stands first, with its quotation marks.
fn end_of_string(css: &str) -> usize {
    let mut escaped = false;
    for (at, c) in css.char_indices().skip(1) {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_named_as_every_reader_knows_them() {
        let css = "a { margin-inline-start: 1em; margin-block-end: 0; content: \"\\\"text-align: start; {\"; text-align: start; }";
        assert_eq!(
            Flow::LeftToRight.plain(css),
            "a { margin-left: 1em; margin-bottom: 0; content: \"\\\"text-align: start; {\"; text-align: left; }"
        );
        assert_eq!(
            Flow::Bidirectional.plain(css),
            "a { margin-inline-start: 1em; margin-bottom: 0; content: \"\\\"text-align: start; {\"; text-align: start; }"
        );
        assert_eq!(Flow::Vertical.plain(css), css);
    }
}
