//! Where no ligature may stand, and how letters become capitals: what a language has its own rules for.
//!
//! In: a word, its script and its language. Out: the word without marks that only part ligatures, and the places that
//! they parted. A mark is U+200C, the zero width non-joiner, of any script that does not join its letters anyway; in
//! German the author's soft hyphen too, which stands between the parts of a compound (*Auf|lage*). In languages that tell
//! a dotted from a dotless i, *f* and *i* stay apart by themselves: in a ligature the dot is lost.

use std::borrow::Cow;

use unicode_script::Script;

use crate::model::Lang;

/// The zero width non-joiner. The shaper makes no ligature across it, but kerns as if it were not there.
pub(super) const NON_JOINER: char = '\u{200c}';

/// A word without its marks, and the bytes, in it, before which no ligature may reach over.
pub(super) fn apart<'t>(text: &'t str, script: Script, lang: &Lang) -> (Cow<'t, str>, Vec<usize>) {
    let mut places = Vec::new();
    if !matches!(script, Script::Latin | Script::Greek | Script::Cyrillic) {
        return (Cow::Borrowed(text), places);
    }
    let dotless = has_dotless_i(lang);
    let compounds = text.contains('\u{ad}') && lang.primary().as_str() == "de";
    let marked = text.contains(NON_JOINER);
    if !(marked || compounds || dotless && text.contains("fi")) {
        return (Cow::Borrowed(text), places);
    }
    let mut clean = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if c == NON_JOINER {
            places.push(clean.len());
        } else {
            if compounds && before == '\u{ad}' || dotless && before == 'f' && c == 'i' {
                places.push(clean.len());
            }
            clean.push(c);
        }
        before = c;
    }
    places.retain(|at| (1..clean.len()).contains(at));
    places.dedup();
    (Cow::Owned(clean), places)
}

/// Whether a language writes an i with a dot and one without, as letters of their own.
fn has_dotless_i(lang: &Lang) -> bool {
    match lang.primary().as_str() {
        "tr" | "az" | "crh" | "gag" => true,
        // Latin is not what these are mostly written in.
        "kk" | "tt" | "ba" | "kaa" => lang.script() == Some("Latn"),
        _ => false,
    }
}

/// A small letter's capital, letter by letter.
pub(super) fn capital(c: char, lang: &Lang, mut push: impl FnMut(char)) {
    match c {
        'i' if has_dotless_i(lang) => push('\u{130}'),
        // Greek capitals have no accents, but keep a dialytika.
        'ά' | 'ὰ' | 'ᾶ' => push('Α'),
        'έ' | 'ὲ' => push('Ε'),
        'ή' | 'ὴ' | 'ῆ' => push('Η'),
        'ί' | 'ὶ' | 'ῖ' => push('Ι'),
        'ό' | 'ὸ' => push('Ο'),
        'ύ' | 'ὺ' | 'ῦ' => push('Υ'),
        'ώ' | 'ὼ' | 'ῶ' => push('Ω'),
        'ΐ' => push('Ϊ'),
        'ΰ' => push('Ϋ'),
        c => c.to_uppercase().for_each(push),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str, lang: &str) -> String {
        let lang = Lang::new(lang).unwrap();
        let (clean, places) = apart(text, Script::Latin, &lang);
        let mut shown = clean.replace('\u{ad}', "~");
        // Counted from the end, so that places before stay right; a soft hyphen is a byte longer than its sign.
        for at in places.iter().rev() {
            let soft = clean[..*at].matches('\u{ad}').count();
            shown.insert(at - soft, '|');
        }
        shown
    }

    #[test]
    fn ligatures_are_parted_by_marks_and_by_language() {
        for (text, lang, expected) in [
            ("Auf\u{200c}lage", "de", "Auf|lage"),
            ("shelf\u{200c}ful", "en", "shelf|ful"),
            ("Auf\u{ad}lage", "de", "Auf~|lage"),
            ("of\u{ad}fice", "en", "of~fice"),
            ("sefil", "tr", "sef|il"),
            ("maarifi", "az-Cyrl-AZ", "maarif|i"),
            ("fill", "kk", "fill"),
            ("\u{200c}fi\u{200c}", "en", "fi"),
        ] {
            assert_eq!(parted(text, lang), expected, "{text:?} {lang}");
        }
        let persian = "می\u{200c}خواهم";
        assert_eq!(
            apart(persian, Script::Arabic, &Lang::new("fa").unwrap()).0,
            persian
        );
    }

    #[test]
    fn capitals_are_the_language_s_own() {
        let all = |text: &str, lang: &str| {
            let mut out = String::new();
            let lang = Lang::new(lang).unwrap();
            text.chars()
                .for_each(|c| capital(c, &lang, |c| out.push(c)));
            out
        };
        assert_eq!(all("ilk ışık", "tr"), "İLK IŞIK");
        assert_eq!(all("Maß", "de"), "MASS");
        assert_eq!(all("καΐκι άνθρωπος", "el"), "ΚΑΪΚΙ ΑΝΘΡΩΠΟΣ");
    }
}
