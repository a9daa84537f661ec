//! The kinds of diagnostics, each with its name, its level and its explanation.
//!
//! `recto explain CODE` and the manual's appendix are printed from this table, so a code cannot be without its text.

use super::{Explanation, Family, Severity};

#[macro_use]
mod run;
#[macro_use]
mod judges;
#[macro_use]
mod agreement;
#[macro_use]
mod prints;
#[macro_use]
mod documents;
#[macro_use]
mod publications;
#[macro_use]
mod outputs;
#[macro_use]
mod pages;
mod table;

pub use table::Code;

impl Code {
    /// The code of this name.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_once() {
        for code in Code::ALL {
            assert_eq!(
                Code::named(code.name()),
                Some(*code),
                "{} names two codes",
                code.name()
            );
            let Explanation {
                what,
                why,
                example,
                instead,
            } = code.explanation();
            for sentence in [what, why, instead] {
                assert!(sentence.ends_with('.'), "{}: {sentence}", code.name());
            }
            assert!(!example.is_empty());
        }
    }
}
