//! Spaces that a language sets around its marks.
//!
//! French parts `;` `!` `?` from the word by a narrow space that no line breaks at, `:` and the guillemets by a full one
//! (*Lexique des règles typographiques en usage à l'Imprimerie nationale*); Canada spaces only `:` and the guillemets,
//! Switzerland sets narrow ones throughout. Percent and currency signs keep the space that is typed before them, and no
//! line breaks there.

use crate::model::Lang;

use super::line::{Segment, rewrite};

const NARROW: char = '\u{202F}';
const FULL: char = '\u{A0}';

/// Whether the language has such rules.
pub(super) fn has_rules(lang: &Lang) -> bool {
    lang.primary() == "fr"
}

/// Whether a character may want a space beside it.
pub(super) fn is_concerned(c: char) -> bool {
    matches!(c, ';' | '!' | '?' | ':' | '«' | '»') || is_unit(c)
}

/// A sign that stands behind its number.
fn is_unit(c: char) -> bool {
    matches!(c, '%' | '‰' | '€' | '$' | '£' | '¥')
}

pub(super) fn refine(segments: &mut [Segment]) {
    if !segments.iter().any(|segment| {
        segment.is_text && has_rules(&segment.lang) && segment.text.contains(is_concerned)
    }) {
        return;
    }
    rewrite(segments, |line, at, lang, out| {
        if !has_rules(lang) {
            return 0;
        }
        let region = lang.region();
        let space = |mark: char| match (region.as_deref(), mark) {
            (Some("CA"), ';' | '!' | '?') => None,
            (Some("CH"), _) | (_, ';' | '!' | '?') => Some(NARROW),
            _ => Some(FULL),
        };
        let (c, after) = (line[at], line.get(at + 1).copied());
        if is_blank(c) {
            // The blanks before a mark, or behind an opening one, become the one that belongs there.
            let run = line[at..].iter().take_while(|c| is_blank(**c)).count();
            let mark = line
                .get(at + run)
                .copied()
                .filter(|mark| *mark != '«' && is_concerned(*mark));
            let wanted = match (mark, at.checked_sub(1).map(|at| line[at])) {
                (Some(mark), before) if is_unit(mark) => before
                    .filter(char::is_ascii_digit)
                    .and_then(|_| space(mark)),
                (Some(mark), Some(before))
                    if ends(mark, line.get(at + run + 1).copied()) && !before.is_whitespace() =>
                {
                    space(mark)
                }
                (_, Some('«')) => space('«'),
                _ => None,
            };
            return wanted.map_or(0, |space| {
                out.push(space);
                run
            });
        }
        let before = at.checked_sub(1).map(|at| line[at]);
        let word_before = before.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, ')' | ']' | '”' | '’' | '…' | '\u{FFFC}')
        });
        if is_concerned(c) && !is_unit(c) && c != '«' && word_before && ends(c, after) {
            out.extend(space(c));
        }
        out.push(c);
        if c == '«' && after.is_some_and(|c| !c.is_whitespace()) {
            out.extend(space(c));
        }
        1
    });
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | FULL | NARROW)
}

/// A mark that ends something, not one inside a time, an address or a smiley's like.
fn ends(mark: char, after: Option<char>) -> bool {
    mark == '»'
        || after.is_none_or(|c| {
            c.is_whitespace()
                || matches!(
                    c,
                    '»' | '”' | '’' | ')' | ']' | '!' | '?' | '…' | '.' | ',' | '"'
                )
        })
}

#[cfg(test)]
mod tests {
    use super::super::line::tests::refined;

    #[test]
    fn french_marks_stand_apart() {
        for (lang, typed, set) in [
            (
                "fr",
                "Quoi ? Non! Oui; si: « là »",
                "Quoi\u{202F}? Non\u{202F}! Oui\u{202F}; si\u{A0}: «\u{A0}là\u{A0}»",
            ),
            (
                "fr",
                "10 % de 5 € ; 100% et le % de $x",
                "10\u{A0}% de 5\u{A0}€\u{202F}; 100% et le % de $x",
            ),
            ("fr", "«là»", "«\u{A0}là\u{A0}»"),
            ("fr", "à 12:30, http://x.fr", "à 12:30, http://x.fr"),
            ("fr", "Quoi?!", "Quoi\u{202F}?!"),
            ("fr-CA", "Quoi? Oui : là", "Quoi? Oui\u{A0}: là"),
            ("en", "What? No!", "What? No!"),
        ] {
            assert_eq!(refined(typed, lang), set, "{lang}: {typed}");
        }
    }
}
