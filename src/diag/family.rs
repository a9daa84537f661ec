//! Families of codes, and the words by which a run names one code or many.

use super::{Code, Severity, nearest};

/// What a code is about: which part of the making of a book has the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// What the author wrote: `book.yaml`, the Markdown, links, images.
    Manuscript,
    /// What became of it on pages: lines, pages, fonts.
    Layout,
    /// What a printer would send back.
    Press,
    /// What readers of an EPUB stumble over, recto's or anybody's.
    Epub,
    /// What is wrong inside a finished PDF, recto's or anybody's.
    Pdf,
    /// What the EPUB and the PDF of one book say differently.
    Agree,
    /// What a shop would send back.
    Store,
    /// The run itself: outputs, the baseline.
    Build,
}

impl Family {
    /// All of them, in the order of a book's making.
    pub const ALL: [Family; 8] = [
        Family::Manuscript,
        Family::Layout,
        Family::Press,
        Family::Epub,
        Family::Pdf,
        Family::Agree,
        Family::Store,
        Family::Build,
    ];

    /// In one word, as `--deny` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Family::Manuscript => "manuscript",
            Family::Layout => "layout",
            Family::Press => "press",
            Family::Epub => "epub",
            Family::Pdf => "pdf",
            Family::Agree => "agree",
            Family::Store => "store",
            Family::Build => "build",
        }
    }

    /// In a sentence's part.
    pub fn about(self) -> &'static str {
        match self {
            Family::Manuscript => "what the author wrote",
            Family::Layout => "what became of it on the pages",
            Family::Press => "what a printer would send back",
            Family::Epub => "what readers of the EPUB stumble over",
            Family::Pdf => "what is wrong inside a finished PDF",
            Family::Agree => "what the EPUB and the PDF of one book say differently",
            Family::Store => "what a shop would send back",
            Family::Build => "the run itself",
        }
    }

    /// Its codes, in the order of the manual's appendix.
    pub fn codes(self) -> impl Iterator<Item = Code> {
        let all = Code::ALL.iter().copied();
        all.filter(move |code| code.family() == self)
    }
}

/// What a word after `--deny` or in `check:` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// `warnings`.
    Warnings,
    /// A family.
    Family(Family),
    /// A code.
    Code(Code),
}

impl Named {
    /// The meaning of a word.
    ///
    /// # Errors
    /// When it means nothing: the word that may have been meant.
    pub fn read(word: &str) -> Result<Named, Option<&'static str>> {
        if word == "warnings" {
            return Ok(Named::Warnings);
        }
        let family = Family::ALL.into_iter().find(|family| family.name() == word);
        if let Some(family) = family {
            return Ok(Named::Family(family));
        }
        let codes = Code::ALL.iter().map(|code| code.name());
        let words = codes.chain(Family::ALL.map(Family::name));
        let near = || nearest(word, words.chain(["warnings"]));
        Code::named(word).map(Named::Code).ok_or_else(near)
    }

    /// The codes named; of `warnings`, those that are warnings of themselves.
    pub fn codes(self) -> Vec<Code> {
        match self {
            Named::Warnings => {
                let all = Code::ALL.iter().copied();
                all.filter(|code| code.level() == Severity::Warning)
                    .collect()
            }
            Named::Family(family) => family.codes().collect(),
            Named::Code(code) => vec![code],
        }
    }

    /// How narrowly it names: where two words name one code, the one with the higher number has the say.
    pub fn breadth(self) -> u8 {
        match self {
            Named::Warnings => 0,
            Named::Family(_) => 1,
            Named::Code(_) => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_codes_and_families() {
        assert_eq!(
            Named::read("missing-alt"),
            Ok(Named::Code(Code::MissingAlt))
        );
        assert_eq!(Named::read("layout"), Ok(Named::Family(Family::Layout)));
        assert_eq!(Named::read("warnings"), Ok(Named::Warnings));
        assert_eq!(Named::read("layuot"), Err(Some("layout")));
        assert_eq!(Named::read("warning"), Err(Some("warnings")));
        assert_eq!(Named::read("nonsense"), Err(None));
    }

    #[test]
    fn every_code_is_in_one_family_and_every_family_has_codes() {
        let sum: usize = Family::ALL
            .map(|family| family.codes().count())
            .iter()
            .sum();
        assert_eq!(sum, Code::ALL.len());
        for family in Family::ALL {
            assert!(family.codes().next().is_some(), "{}", family.name());
            assert!(Code::named(family.name()).is_none(), "{}", family.name());
        }
        for (group, codes) in Code::GROUPS {
            let families: Vec<_> = codes.iter().map(|code| code.family()).collect();
            assert!(
                families.windows(2).all(|pair| pair[0] == pair[1]),
                "{group}"
            );
        }
    }
}
