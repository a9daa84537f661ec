//! What can be said of a kind of diagnostic, and the form of the table that says it.
//!
//! In: groups of codes, each with a heading and a family; each code with a name, a level and four sentences. Out: the type of
//! all codes, whose names, families, levels and explanations no match can leave out.

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
    ($($group:literal $family:ident {
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

            /// All of them, in groups with their headings. The codes of a group are of one family.
            pub const GROUPS: &'static [(&'static str, &'static [Code])] = &[$(($group, &[$(Code::$code),*])),*];

            /// What it is about.
            pub fn family(self) -> Family {
                match self { $($(Code::$code)|* => Family::$family,)* }
            }

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
