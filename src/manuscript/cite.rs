//! Citations and references: `@knuth1984`, `[see @knuth1984, p. 3; @plass]`, `@fig-map`, `[-@fig-map]`.

use crate::model::{CiteForm, InlineKind, RefForm};

/// Ids that begin so name something numbered; all other keys name a source.
const NUMBERED: [&str; 5] = ["fig-", "tbl-", "sec-", "eq-", "lst-"];

/// The key behind an `@`: letters and digits, with single signs among them.
pub(super) fn key(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || c == '_' {
            end = at + c.len_utf8();
            continue;
        }
        let inside = matches!(
            c,
            ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/'
        );
        let goes_on = chars
            .peek()
            .is_some_and(|(_, next)| next.is_alphanumeric() || *next == '_');
        if at == 0 || !inside || !goes_on {
            break;
        }
    }
    (end > 0).then(|| &text[..end])
}

/// Whether a word before the `@` goes on in it: an address, then.
pub(super) fn goes_on(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | '@'))
}

fn is_numbered(key: &str) -> bool {
    NUMBERED.iter().any(|start| key.starts_with(start))
}

/// `@key` among words.
pub(super) fn in_text(key: &str) -> InlineKind {
    if is_numbered(key) {
        return InlineKind::Ref {
            to: key.to_owned(),
            form: RefForm::Full,
            plain: format!("@{key}"),
        };
    }
    InlineKind::Cite {
        form: CiteForm::InText,
        keys: Vec::from([format!("@{key}")]),
        plain: format!("@{key}"),
    }
}

/// What stands between brackets, and holds at least one key.
pub(super) fn bracketed(inside: &str) -> InlineKind {
    let plain = format!("[{inside}]");
    let words = inside.trim();
    let (form, bare) = match words.strip_prefix('-') {
        Some(rest) => (CiteForm::WithoutAuthor, rest),
        None => (CiteForm::Bracketed, words),
    };
    if let Some(to) = bare.strip_prefix('@')
        && key(to) == Some(to)
        && is_numbered(to)
    {
        return InlineKind::Ref {
            to: to.to_owned(),
            form: match form {
                CiteForm::WithoutAuthor => RefForm::NumberOnly,
                _ => RefForm::Full,
            },
            plain,
        };
    }
    InlineKind::Cite {
        form,
        keys: words
            .split(';')
            .map(|key| key.trim().to_owned())
            .filter(|key| !key.is_empty())
            .collect(),
        plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_end_before_punctuation() {
        for (text, wanted) in [
            ("knuth1984, p. 3", Some("knuth1984")),
            ("doe99.", Some("doe99")),
            ("a:b/c#d--e", Some("a:b/c#d")),
            ("fig-map]", Some("fig-map")),
            (" x", None),
            ("-x", None),
        ] {
            assert_eq!(key(text), wanted, "{text}");
        }
    }

    #[test]
    fn brackets_tell_sources_from_references() {
        assert_eq!(
            bracketed("see @a, p. 3; @b"),
            InlineKind::Cite {
                form: CiteForm::Bracketed,
                keys: vec!["see @a, p. 3".to_owned(), "@b".to_owned()],
                plain: "[see @a, p. 3; @b]".to_owned(),
            }
        );
        assert_eq!(
            bracketed("-@fig-map"),
            InlineKind::Ref {
                to: "fig-map".to_owned(),
                form: RefForm::NumberOnly,
                plain: "[-@fig-map]".to_owned(),
            }
        );
    }
}
