//! Where printed characters stand in the text that their author typed.
//!
//! In: a stretch of Markdown, and what it is printed as, character by character. Out: which bytes of the first each comes from. Both say
//! the same in the same order, but quotation marks were turned, dashes and dots joined, spaces put in or taken out, entities resolved,
//! backslashes and tags taken away: so the two are gone through side by side, each such difference stepped over. Time is linear in both.

use std::ops::Range;

/// No entity has a longer name.
const LONGEST: usize = 40;

/// What one printed character was typed as, from a byte of the typed text on, which is moved behind it; `behind` is printed after it.
/// `None` where the two say different things.
pub(super) fn step(
    typed: &str,
    from: &mut usize,
    printed: char,
    behind: &str,
) -> Option<Range<usize>> {
    loop {
        let rest = &typed[*from..];
        let Some(c) = rest.chars().next() else {
            // Put in at the end: a space, a mark.
            return (!printed.is_alphanumeric()).then_some(*from..*from);
        };
        let mut taken = |length: usize| {
            let range = *from..*from + length;
            *from = range.end;
            Some(range)
        };
        match c {
            '&' => {
                if let Some(length) = entity(rest, printed) {
                    return taken(length);
                }
            }
            '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation())
                && (printed != '\\' || rest[1..].starts_with('\\')) =>
            {
                *from += 1;
                let next = typed[*from..].chars().next()?;
                return (next == printed || like(next, printed)).then(|| {
                    let range = *from..*from + next.len_utf8();
                    *from = range.end;
                    range
                });
            }
            '-' if matches!(printed, '–' | '—') => {
                return taken(
                    rest.bytes()
                        .take(3)
                        .take_while(|byte| *byte == b'-')
                        .count(),
                );
            }
            '.' if printed == '…' && rest.starts_with("...") => return taken(3),
            '<' if printed != '<' => {
                *from += rest.find('>')? + 1;
                continue;
            }
            _ => {}
        }
        if like(c, printed) {
            return taken(c.len_utf8());
        }
        if c.is_whitespace() {
            *from += c.len_utf8();
        } else if !printed.is_alphanumeric() && behind.starts_with(|next| like(c, next)) {
            // Put in, such as the space before a question mark in French.
            return Some(*from..*from);
        } else if !c.is_alphanumeric() {
            // A sign of Markdown's.
            *from += c.len_utf8();
        } else if !printed.is_alphanumeric() {
            return Some(*from..*from);
        } else {
            return None;
        }
    }
}

/// The length of the entity that a text begins with, if it may stand for a character.
fn entity(text: &str, printed: char) -> Option<usize> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let named = |c: char| c.is_ascii_alphanumeric() || c == '#';
    if name.is_empty() || !name.chars().all(named) {
        return None;
    }
    // An ampersand is printed for its own entity alone; before any other name it stands for itself.
    let is_own = matches!(name, "amp" | "AMP" | "#38" | "#x26" | "#X26");
    ((printed == '&') == is_own).then_some(end + 1)
}

/// Whether a typed character may have become a printed one.
fn like(typed: char, printed: char) -> bool {
    const DOUBLE: &str = "\"“”„«»「」『』‹›";
    const SINGLE: &str = "'’‘‚‹›";
    typed == printed
        || DOUBLE.contains(typed) && DOUBLE.contains(printed)
        || SINGLE.contains(typed) && SINGLE.contains(printed)
        || typed.is_whitespace() && printed.is_whitespace()
}
