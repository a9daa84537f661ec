//! What a file is, from a word: of its header, its file name, its heading.

use crate::model::{ChapterRole, Matter};

/// Words that name a role, folded: lower case, no accents, words joined by `-`. English first; then German, French,
/// Spanish, Italian, where they differ.
const WORDS: &[(ChapterRole, &[&str])] = &[
    (ChapterRole::Part, &["part", "part-title"]),
    (ChapterRole::Cover, &["cover"]),
    (ChapterRole::HalfTitle, &["half-title", "halftitle"]),
    (ChapterRole::TitlePage, &["title-page", "titlepage"]),
    (
        ChapterRole::Copyright,
        &["copyright", "copyright-page", "imprint", "impressum"],
    ),
    (
        ChapterRole::Dedication,
        &["dedication", "widmung", "dedicace", "dedicatoria", "dedica"],
    ),
    (
        ChapterRole::Epigraph,
        &["epigraph", "motto", "epigraphe", "epigrafe"],
    ),
    (
        ChapterRole::Contents,
        &[
            "contents",
            "table-of-contents",
            "toc",
            "inhalt",
            "inhaltsverzeichnis",
            "table-des-matieres",
            "sommaire",
            "indice",
        ],
    ),
    (
        ChapterRole::Foreword,
        &["foreword", "geleitwort", "avant-propos"],
    ),
    (
        ChapterRole::Preface,
        &["preface", "vorwort", "prefacio", "prefazione"],
    ),
    (
        ChapterRole::Acknowledgments,
        &[
            "acknowledgments",
            "acknowledgements",
            "thanks",
            "danksagung",
            "dank",
            "remerciements",
            "agradecimientos",
            "ringraziamenti",
        ],
    ),
    (
        ChapterRole::Introduction,
        &[
            "introduction",
            "intro",
            "einleitung",
            "einfuhrung",
            "introduccion",
            "introduzione",
        ],
    ),
    (ChapterRole::Prologue, &["prologue", "prolog", "prologo"]),
    (ChapterRole::Epilogue, &["epilogue", "epilog", "epilogo"]),
    (
        ChapterRole::Afterword,
        &[
            "afterword",
            "nachwort",
            "postface",
            "postfacio",
            "postfazione",
        ],
    ),
    (
        ChapterRole::Conclusion,
        &[
            "conclusion",
            "conclusions",
            "schluss",
            "fazit",
            "conclusiones",
            "conclusione",
        ],
    ),
    (
        ChapterRole::Appendix,
        &[
            "appendix",
            "appendices",
            "anhang",
            "annexe",
            "apendice",
            "anexo",
            "appendice",
        ],
    ),
    (
        ChapterRole::Glossary,
        &["glossary", "glossar", "glossaire", "glosario", "glossario"],
    ),
    (
        ChapterRole::Bibliography,
        &[
            "bibliography",
            "references",
            "works-cited",
            "sources",
            "literatur",
            "literaturverzeichnis",
            "bibliographie",
            "bibliografia",
        ],
    ),
    (
        ChapterRole::Index,
        &[
            "index",
            "register",
            "sachregister",
            "personenregister",
            "indice-analitico",
        ],
    ),
    (
        ChapterRole::Notes,
        &["notes", "endnotes", "anmerkungen", "notas", "note"],
    ),
    (
        ChapterRole::Colophon,
        &["colophon", "kolophon", "colofon", "acheve-d-imprimer"],
    ),
    (ChapterRole::Errata, &["errata", "corrigenda", "erratum"]),
    (
        ChapterRole::AboutTheAuthor,
        &[
            "about-the-author",
            "about-the-authors",
            "uber-den-autor",
            "uber-die-autorin",
            "a-propos-de-l-auteur",
            "sobre-el-autor",
            "sobre-la-autora",
        ],
    ),
    (ChapterRole::Chapter, &["chapter"]),
    (ChapterRole::Other, &["other"]),
];

/// The role that an author named outright.
pub(super) fn named(word: &str) -> Option<ChapterRole> {
    let word = fold(word);
    lookup(&word)
}

/// The first word of each role: what to suggest for a wrong one.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter_map(|(_, words)| words.first().copied())
}

/// The role that a file's name gives away: `000-dedication.md`, `appendix-b.md`.
pub(super) fn of_file_name(path: &str, matter: Matter) -> Option<ChapterRole> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folded = fold(stem);
    let word = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    guess(word, matter, false)
}

/// The role that a heading gives away: `Preface`, `Appendix B`, `Preface to the Second Edition`.
pub(super) fn of_heading(heading: &str, matter: Matter) -> Option<ChapterRole> {
    if heading.len() > 80 {
        return None;
    }
    guess(&fold(heading), matter, true)
}

fn guess(word: &str, matter: Matter, heading: bool) -> Option<ChapterRole> {
    let role = lookup(word).or_else(|| {
        let (first, rest) = word.split_once('-')?;
        let role = lookup(first)?;
        let numbered = rest.len() == 1
            || rest.bytes().all(|b| b.is_ascii_digit())
            || rest.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
        // `introduction-to-rust` is a chapter, but whatever follows `Appendix B` is an appendix.
        let opens = match role {
            ChapterRole::Appendix => numbered || heading,
            ChapterRole::Preface | ChapterRole::Foreword => {
                numbered || rest.starts_with("to-the") || rest.starts_with("zur")
            }
            _ => numbered,
        };
        opens.then_some(role)
    })?;
    match role {
        // A folder's `index.md` is its landing page, and a chapter may well be about notes or sources.
        ChapterRole::Index
        | ChapterRole::Notes
        | ChapterRole::Bibliography
        | ChapterRole::Colophon
        | ChapterRole::Errata
        | ChapterRole::AboutTheAuthor
            if matter != Matter::Back && (!heading || matter == Matter::Front) =>
        {
            None
        }
        ChapterRole::Index | ChapterRole::Notes if matter != Matter::Back => None,
        ChapterRole::Contents | ChapterRole::Cover if matter != Matter::Front => None,
        ChapterRole::Part | ChapterRole::Chapter | ChapterRole::Other => None,
        role => Some(role),
    }
}

fn lookup(folded: &str) -> Option<ChapterRole> {
    WORDS
        .iter()
        .find(|(_, words)| words.contains(&folded))
        .map(|(role, _)| *role)
}

/// Lower case without accents, everything but letters and digits as one `-`.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => 'a',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            // What a decomposed accent leaves behind.
            '\u{300}'..='\u{36F}' => continue,
            c if c.is_alphanumeric() => c,
            _ => '-',
        };
        if plain != '-' || !(out.is_empty() || out.ends_with('-')) {
            out.push(plain);
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_roles_away() {
        for (path, matter, role) in [
            (
                "000-dedication.md",
                Matter::Front,
                Some(ChapterRole::Dedication),
            ),
            (
                "back/Appendix_B.md",
                Matter::Back,
                Some(ChapterRole::Appendix),
            ),
            ("vorwort.md", Matter::Body, Some(ChapterRole::Preface)),
            ("Épilogue.md", Matter::Body, Some(ChapterRole::Epilogue)),
            ("index.md", Matter::Body, None),
            ("index.md", Matter::Back, Some(ChapterRole::Index)),
            ("introduction-to-rust.md", Matter::Body, None),
            ("03-chapter.md", Matter::Body, None),
            ("003.md", Matter::Body, None),
        ] {
            assert_eq!(of_file_name(path, matter), role, "{path}");
        }
    }

    #[test]
    fn headings_give_roles_away() {
        for (heading, role) in [
            ("Preface to the Second Edition", Some(ChapterRole::Preface)),
            ("Appendix A: Tables", Some(ChapterRole::Appendix)),
            ("Remerciements", Some(ChapterRole::Acknowledgments)),
            ("Introduction to Rust", None),
            ("Part One", None),
        ] {
            assert_eq!(of_heading(heading, Matter::Body), role, "{heading}");
        }
        assert_eq!(named("About the Author"), Some(ChapterRole::AboutTheAuthor));
    }
}
