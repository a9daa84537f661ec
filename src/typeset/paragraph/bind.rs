//! Words that should stand on one line: a number and its unit, initials and a name, *p. 3*, and what a language asks for.
//!
//! In: the words on either side of a space, and their language. Out: how strongly they are bound. A line may still end
//! there where all else is worse: an author who will have none uses a no-break space.

use crate::model::Lang;

/// How strongly two words are bound, in hyphens that a line end between them costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bond {
    /// Not at all.
    Loose,
    /// It reads better: a title and a name.
    Close,
    /// Broken, it is misread, or wrong in its language.
    Firm,
}

impl Bond {
    /// What a line end costs here, in hyphens.
    pub fn hyphens(self) -> f64 {
        match self {
            Bond::Loose => 0.0,
            Bond::Close => 1.0,
            Bond::Firm => 30.0,
        }
    }
}

/// Signs and letters behind a number.
const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "°F", "€", "$", "£", "¥", "Hz", "kHz", "MHz", "GHz", "V", "kV", "W", "kW",
    "MW", "A", "mA", "m", "mm", "cm", "dm", "km", "µm", "nm", "ha", "g", "mg", "kg", "l", "ml",
    "cl", "s", "ms", "h", "min", "pt", "px", "em", "in", "ft", "lb", "oz", "kB", "MB", "GB", "TB",
    "dpi", "ppi", "a.m", "p.m", "BC", "AD", "BCE", "CE",
];

/// What stands before a number.
const BEFORE_NUMBERS: &[&str] = &[
    "p", "pp", "fol", "no", "nos", "nr", "n°", "№", "fig", "figs", "vol", "vols", "ch", "chap",
    "sec", "art", "ed", "abb", "bd", "kap", "s", "§", "§§", "tab", "eq", "t", "str",
];

/// What stands before a name.
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Mme", "Mlle", "M", "Hr", "Fr", "Sr", "Sra", "Messrs",
    "Mr.", "Capt",
];

/// How two words are bound, that stand one after the other.
pub(super) fn bond(before: &str, after: &str, lang: &Lang) -> Bond {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
        return Bond::Loose;
    };
    // A line does not begin with what ends something.
    if matches!(first, '…' | '!' | '?' | ':' | ';' | '»' | '–') && after.chars().nth(1).is_none()
    {
        return Bond::Firm;
    }
    if last.is_ascii_digit()
        && before.starts_with(|c: char| c.is_ascii_digit() || "+-−(~≈".contains(c))
    {
        let unit = after.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '”', '’']);
        return if UNITS.contains(&unit) {
            Bond::Firm
        } else {
            Bond::Loose
        };
    }
    // Most words are none of these.
    if before.len() > 8 {
        return Bond::Loose;
    }
    let word = before.trim_start_matches(['(', '[', '“', '‘', '„', '«', '"']);
    let stem = word.strip_suffix('.');
    if first.is_ascii_digit() {
        let known = stem.unwrap_or(word).to_lowercase();
        // Without its full stop, a letter before a number is a word of its own.
        let sure = stem.is_some() || matches!(word, "§" | "§§" | "№" | "n°");
        return if sure && BEFORE_NUMBERS.contains(&known.as_str()) {
            Bond::Firm
        } else {
            Bond::Loose
        };
    }
    let capital = first.is_uppercase();
    if capital && TITLES.contains(&stem.unwrap_or(word)) && (stem.is_some() || word.len() > 1) {
        return Bond::Close;
    }
    let mut letters = word.chars();
    let (Some(letter), rest) = (letters.next(), letters.as_str()) else {
        return Bond::Loose;
    };
    if letter.is_uppercase() && rest == "." && capital {
        return Bond::Firm;
    }
    if rest.is_empty() && letter.is_alphabetic() && short_words(&lang.primary()).contains(letter) {
        return Bond::Firm;
    }
    Bond::Loose
}

/// Words of one letter that a language does not leave at a line's end: prepositions and conjunctions in Czech, Slovak and
/// Polish (ČSN 01 6910; *Słownik ortograficzny PWN*), in Russian and Ukrainian, the preposition of French.
fn short_words(language: &str) -> &'static str {
    match language {
        "cs" | "sk" => "kKsSvVzZoOuUaAiI",
        "pl" => "aAiIoOuUwWzZ",
        "ru" => "вВсСкКоОуУиИаАяЯ",
        "uk" => "вВзЗуУоОіІйЙаАя",
        "fr" => "àÀ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bound_by_rule_and_by_language() {
        for (before, after, lang, expected) in [
            ("12", "km", "en", Bond::Firm),
            ("12", "km.", "en", Bond::Firm),
            ("12", "kings", "en", Bond::Loose),
            ("(p.", "3", "en", Bond::Firm),
            ("p", "3", "en", Bond::Loose),
            ("§", "12", "de", Bond::Firm),
            ("J.", "Berg", "en", Bond::Firm),
            ("said.", "He", "en", Bond::Loose),
            ("Mr.", "Starbuck", "en", Bond::Close),
            ("v", "Praze", "cs", Bond::Firm),
            ("v", "Praze", "en", Bond::Loose),
            ("w", "Polsce", "pl", Bond::Firm),
            ("à", "Paris", "fr", Bond::Firm),
            ("a", "word", "en", Bond::Loose),
            ("word", "–", "de", Bond::Firm),
            ("", "", "en", Bond::Loose),
        ] {
            let lang = Lang::new(lang).unwrap();
            assert_eq!(bond(before, after, &lang), expected, "{before} {after}");
        }
    }
}
