//! Where addresses, code and words without end may be broken: no hyphen is added.

use super::{Joint, Opportunity};

/// An address or a piece of code longer than this may be broken anywhere.
const LONGEST: usize = 16;

/// What is longer than this, in bytes, and has no place to be broken at, may be broken anywhere: no language has such
/// words, and a line that goes on for metres helps nobody.
pub(super) const ENDLESS: usize = 600;

/// Whether a word is an address: of the web, of a person, of a file.
pub(super) fn is_address(word: &str) -> bool {
    word.contains("://")
        || word.starts_with("www.")
        || word.starts_with("mailto:")
        || (word.contains('@') && word.contains('.'))
        || word.matches('/').count() > 1
}

/// The joints of an address or of code: after what separates, before what begins a new part.
pub(super) fn joints(word: &str, out: &mut Vec<Opportunity>) {
    let anywhere = word.len() > LONGEST;
    let mut before: Option<char> = None;
    let mut earlier: Option<char> = None;
    for (at, c) in word.char_indices() {
        let Some(last) = before.replace(c) else {
            continue;
        };
        let joint = match (last, c) {
            // Not within `://`, `::`, `...`, `&&`.
            (a, b) if a == b => false,
            ('/', _) => c.is_alphanumeric() || c == '~',
            (':' | ',' | ';' | ')' | ']' | '}' | '|', _) => c.is_alphanumeric(),
            (_, '.' | '?' | '&' | '=' | '#' | '%' | '+' | '_' | '(' | '[' | '{' | '@' | '-') => {
                last.is_alphanumeric() && at + c.len_utf8() < word.len()
            }
            (a, b) => a.is_lowercase() && b.is_uppercase(),
        };
        let edge = at < 3 || word.len() - at < 3;
        let combined = !c.is_alphanumeric() || !last.is_alphanumeric();
        if joint && earlier.is_some() {
            out.push(Opportunity {
                at,
                kind: Joint::Verbatim,
            });
        } else if anywhere && !edge && !combined {
            out.push(Opportunity {
                at,
                kind: Joint::Anywhere,
            });
        }
        earlier = Some(last);
    }
    endless(word, out);
}

/// Lets what is without end be broken anywhere. Places are in order before and after.
pub(super) fn endless(word: &str, out: &mut Vec<Opportunity>) {
    if word.len() <= ENDLESS {
        return;
    }
    let mut places = std::mem::take(out).into_iter().peekable();
    let mut start = 0;
    loop {
        let next = places.next();
        let end = next.map_or(word.len(), |place| place.at);
        if end - start > ENDLESS {
            // Marks stay with their letters.
            let letters = word[start..end].char_indices().skip(1);
            out.extend(
                letters
                    .filter(|(_, c)| !is_mark(*c))
                    .map(|(at, _)| Opportunity {
                        at: start + at,
                        kind: Joint::Anywhere,
                    }),
            );
        }
        let Some(next) = next else { break };
        out.push(next);
        start = next.at;
    }
}

/// What belongs to the letter before it: combining marks, joiners, variation selectors.
pub fn is_mark(c: char) -> bool {
    use unicode_script::{Script, UnicodeScript};
    c.script() == Script::Inherited
}
