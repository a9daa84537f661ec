//! How titles and names are sorted and spelt elsewhere.

use super::values;
use crate::diag::Sink;
use crate::model::Lang;
use crate::yaml::{self, Node, Value};

/// The articles that catalogues pass over at the head of a title, by language (Library of Congress, MARC 21 format,
/// appendix F), as far as these languages have no article that is as often another word. One with an apostrophe stands
/// before its noun without a space.
const ARTICLES: &[(&str, &[&str])] = &[
    ("en", &["the", "a", "an"]),
    ("de", &["der", "die", "das", "ein", "eine"]),
    ("fr", &["le", "la", "les", "l'", "un", "une"]),
    ("es", &["el", "la", "lo", "los", "las", "un", "una"]),
    (
        "it",
        &[
            "il", "lo", "la", "l'", "i", "gli", "le", "un", "uno", "una", "un'",
        ],
    ),
    ("pt", &["o", "a", "os", "as", "um", "uma"]),
    ("nl", &["de", "het", "een", "'t"]),
    ("af", &["die", "'n"]),
    ("sv", &["den", "det", "de", "en", "ett"]),
    ("da", &["den", "det", "de", "en", "et"]),
    ("nb", &["den", "det", "de", "en", "et"]),
    ("nn", &["den", "det", "dei", "ein", "ei", "eit"]),
    ("no", &["den", "det", "de", "en", "et"]),
    ("ca", &["el", "la", "els", "les", "l'", "un", "una"]),
    ("hu", &["a", "az", "egy"]),
];

/// A title's leading article and the rest, where there is one: `The`, `Salt Road`. Where such a word is no article
/// (`A to Z`), an author says `title-sort`.
pub fn article<'t>(title: &'t str, lang: &Lang) -> Option<(&'t str, &'t str)> {
    let primary = lang.primary();
    let (_, articles) = ARTICLES.iter().find(|(lang, _)| *lang == primary)?;
    let word = title.split(char::is_whitespace).next().unwrap_or_default();
    // An article that is joined to its noun ends with its apostrophe.
    let joined = word
        .char_indices()
        .skip(1)
        .find(|(_, c)| matches!(c, '\'' | '\u{2019}'));
    let end = joined.map_or(word.len(), |(at, c)| at + c.len_utf8());
    let (article, rest) = title.split_at(end);
    let rest = rest.trim_start();
    let known = article.to_lowercase().replace('\u{2019}', "'");
    let begins = rest.chars().next().is_some_and(char::is_alphanumeric);
    (begins && articles.contains(&known.as_str())).then_some((article, rest))
}

/// A title with its leading article behind it: `Salt Road, The`. `None` where it has none.
pub fn sorted(title: &str, lang: &Lang) -> Option<String> {
    let (article, rest) = article(title, lang)?;
    Some(format!("{rest}, {article}"))
}

/// Spellings in other languages and scripts: a mapping of language tags to text.
pub(super) fn scripts(node: &Node, name: &str, sink: &Sink) -> Vec<(Lang, String)> {
    let entries = match &node.value {
        Value::Null => return Vec::new(),
        Value::Map(entries) => entries,
        _ => {
            let wanted = "a mapping of languages to spellings, such as `ja-Latn: …`";
            sink.push(yaml::wrong_type(node, name, wanted));
            return Vec::new();
        }
    };
    let read = |(key, node): &(yaml::Key, Node)| {
        let Some(lang) = Lang::new(&key.name) else {
            let message = format!("`{}` is not a language tag", key.name);
            let hint = "write a BCP 47 tag such as `ja`, `ja-Latn` or `zh-Hant`";
            sink.push(values::invalid(key.at, message, hint));
            return None;
        };
        Some((lang, values::text(node, name, sink)?))
    };
    entries.iter().filter_map(read).collect()
}

/// `language:`: the book's own first, then those that it is written in besides.
pub(super) fn languages(node: &Node, sink: &Sink) -> Vec<Lang> {
    let mut found: Vec<Lang> = Vec::new();
    for tag in values::texts(node, "language", sink) {
        match Lang::new(&tag.value) {
            Some(lang) if found.contains(&lang) => {}
            Some(lang) => found.push(lang),
            None => {
                let message = format!("`{}` is not a language tag", tag.value);
                sink.push(values::invalid(
                    tag.at,
                    message,
                    "write a BCP 47 tag such as `en-GB`, `de` or `zh-Hant`",
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_articles_are_put_behind() {
        for (lang, title, expected) in [
            ("en-GB", "The Salt Road", Some("Salt Road, The")),
            ("en", "A Sampler", Some("Sampler, A")),
            ("en", "Theatre", None),
            ("en", "The", None),
            ("en", "A & B", None),
            (
                "de",
                "Die Wahlverwandtschaften",
                Some("Wahlverwandtschaften, Die"),
            ),
            ("de", "The Salt Road", None),
            ("fr", "L\u{2019}Étranger", Some("Étranger, L\u{2019}")),
            ("fr", "L'Amant de la Chine", Some("Amant de la Chine, L'")),
            ("fr", "La Peste", Some("Peste, La")),
            ("fr", "D'un château l'autre", None),
            ("it", "Un'altra vita", Some("altra vita, Un'")),
            ("nl", "'t Hooge Nest", Some("Hooge Nest, 't")),
            ("ja", "The Road", None),
            ("en", "O'Brien", None),
            ("en", "", None),
            ("fr", "\u{2019}", None),
        ] {
            let lang = Lang::new(lang).expect("a good tag");
            assert_eq!(sorted(title, &lang).as_deref(), expected, "{title}");
        }
    }
}
