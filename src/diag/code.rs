//! The kinds of diagnostics, each with its name, its level and its explanation.
//!
//! `recto explain CODE` and the manual's appendix are printed from this table, so a code cannot be without its text.

use super::Severity;

/// What `recto explain` says of a code: sentences, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What was found.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// An example that raises it.
    pub example: &'static str,
    /// What to do instead.
    pub instead: &'static str,
}

macro_rules! codes {
    ($($group:literal {
        $($code:ident $name:literal $level:ident $what:literal $why:literal $example:literal $instead:literal)*
    })*) => {
        /// A kind of diagnostic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $what] $code,)*)*
        }

        impl Code {
            /// All of them, in the order of the manual's appendix.
            pub const ALL: &'static [Code] = &[$($(Code::$code,)*)*];

            /// All of them, in groups with their headings.
            pub const GROUPS: &'static [(&'static str, &'static [Code])] = &[$(($group, &[$(Code::$code),*])),*];

            /// In kebab case.
            pub fn name(self) -> &'static str {
                match self { $($(Code::$code => $name,)*)* }
            }

            /// How bad it is, unless the run says otherwise.
            pub fn level(self) -> Severity {
                match self { $($(Code::$code => Severity::$level,)*)* }
            }

            /// What to tell those who ask.
            pub fn explanation(self) -> Explanation {
                match self {
                    $($(Code::$code => Explanation { what: $what, why: $why, example: $example, instead: $instead },)*)*
                }
            }
        }
    };
}

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
