//! Words that the patterns break wrongly.

/// The exceptions that come with Knuth's and Liang's patterns for English (`hyphen.tex`). A word that stands unbroken is
/// broken differently as a noun and as a verb.
const ENGLISH: &[&str] = &[
    "as-so-ciate",
    "as-so-ciates",
    "dec-li-na-tion",
    "oblig-a-tory",
    "phil-an-thropic",
    "present",
    "presents",
    "project",
    "projects",
    "reci-procity",
    "re-cog-ni-zance",
    "ref-or-ma-tion",
    "ret-ri-bu-tion",
    "ta-ble",
];

/// Where a word of the list is broken; `None` if it is not there.
pub(super) fn english(word: &str) -> Option<impl Iterator<Item = usize> + use<>> {
    let known = ENGLISH.iter().find(|known| {
        let mut letters = known.bytes().filter(|b| *b != b'-');
        word.bytes()
            .all(|b| letters.next() == Some(b.to_ascii_lowercase()))
            && letters.next().is_none()
    })?;
    let breaks = known.match_indices('-').enumerate();
    // Each hyphen of the list that came before shifts the place by one.
    Some(breaks.map(|(earlier, (at, _))| at - earlier))
}
