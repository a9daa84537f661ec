//! What a PDF is made for: a screen, an archive, one printer's press.
//!
//! In: a profile's name, or a YAML file of the book's, and what an edition says over it ([`Purpose`]). Out: a [`Profile`],
//! which says what the layout and the PDF writer have to keep to. Its file part ([`FileSpec`]) is all that the
//! writer is told of the purpose: it asks no further. What printers ask stands in dated files (`builtin/`), not in code;
//! where it is not known from the printer itself, a rule says so ([`Rule`]). Steps: the edition's keys are read
//! (`purpose`), the profile is found and its layers laid over each other (`load`, `read`), and the keys are put in
//! (`choose`).

mod choose;
mod condition;
mod cover;
mod file;
mod icc;
mod limits;
mod load;
mod paper;
mod purpose;
mod read;
mod rule;
mod sheet;
#[cfg(test)]
mod tests;

pub use condition::bundled;
pub use cover::{BarcodeArea, CoverRules};
pub use file::{ColorSpace, Embedding, FileSpec, Intent, Marks, Standard};
pub use limits::{Limits, TrimRange};
pub use load::{BUILTIN, load};
pub use paper::{PageRange, Paper};
pub use purpose::{KEYS, Purpose};
pub use rule::Rule;
pub use sheet::{Inside, SheetRules};

use crate::diag::{Code, Diagnostic, Severity};
use crate::source::Span;
use crate::unit::{Abs, Sides, Size};

/// What a PDF is made for.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// As an author names it: `screen`, `kdp-paperback`, `press.yaml`.
    pub name: String,
    /// Who asks for all this: `Amazon KDP`; empty where nobody prints.
    pub printer: String,
    /// When the rules were last compared with what the printer says: `2026-11-22`.
    pub verified_on: String,
    /// Where the printer says it: addresses and titles.
    pub sources: Vec<String>,
    /// How the file is written.
    pub file: FileSpec,
    /// What is asked of the pages.
    pub sheet: SheetRules,
    /// What is taken and what not.
    pub limits: Limits,
    /// The papers; the first one is taken where the edition names none.
    pub papers: Vec<Paper>,
    /// What is asked of a cover in one sheet; `None` where the profile has no such cover.
    pub cover: Option<CoverRules>,
    /// The paper of this edition.
    pub paper: Option<Paper>,
    /// Whether anything of this edition runs off the page.
    pub bleeds: bool,
}

impl Profile {
    /// For reading on a screen, aloud and in an archive: tagged, with links and an outline, in sRGB.
    pub fn screen() -> Profile {
        Profile::builtin("screen").unwrap_or_else(|| Profile::named("screen"))
    }

    /// A profile inside the program, on its first paper, without bleed.
    pub fn builtin(name: &str) -> Option<Profile> {
        let mut profile = load::builtin(name)?;
        profile.paper = profile.papers.first().cloned();
        Some(profile)
    }

    /// A profile that asks for nothing.
    fn named(name: &str) -> Profile {
        Profile {
            name: name.to_owned(),
            printer: String::new(),
            verified_on: String::new(),
            sources: Vec::new(),
            file: FileSpec::default(),
            sheet: SheetRules::default(),
            limits: Limits::default(),
            papers: Vec::new(),
            cover: None,
            paper: None,
            bleeds: false,
        }
    }

    /// Whether it is for a press, and not for a screen.
    pub fn prints(&self) -> bool {
        !self.printer.is_empty()
    }

    /// A finding against a rule of this profile, which it names: whose it is, and since when. For a rule that is not sure
    /// it is a warning, whatever its code's level.
    pub fn finding(
        &self,
        code: Code,
        at: Option<Span>,
        rule: &str,
        sure: bool,
        message: impl Into<String>,
    ) -> Diagnostic {
        let mut found = Diagnostic::new(code, at, message);
        let doubt = if sure {
            ""
        } else {
            found.severity = found.severity.min(Severity::Warning);
            ", not known for sure"
        };
        let since = match self.verified_on.as_str() {
            "" => String::new(),
            date => format!(", as of {date}"),
        };
        found.hint(format!(
            "the rule is `{rule}` of the profile `{}`{since}{doubt}",
            self.name
        ))
    }

    /// How far the pages of this edition run beyond their trim; `None` where nothing bleeds.
    pub fn bleed(&self) -> Option<Sides<Abs>> {
        self.sheet.bleed.filter(|_| self.bleeds)
    }

    /// The least margins of this edition, if it has so many pages.
    pub fn least_margins(&self, pages: u32) -> Rule<Sides<Abs>> {
        self.sheet.least_margins(pages, self.bleeds)
    }

    /// The fewest and the most pages of this edition, on its paper; `None` where the printer says nothing.
    pub fn page_range(&self, trim: Size) -> Option<Rule<(u32, u32)>> {
        self.paper.as_ref()?.range(trim)
    }

    /// How wide the spine of this edition is, if it has so many pages; `None` where it cannot be known.
    pub fn spine(&self, pages: u32) -> Option<Rule<Abs>> {
        let cover = self.cover.as_ref()?;
        cover.spine(pages, self.paper.as_ref()?)
    }

    /// The same for a cover: it is printed in colours even where the book is black.
    pub fn of_cover(&self) -> Profile {
        let mut profile = self.clone();
        if profile.file.color == ColorSpace::Grey {
            // What a press's colours mean is said in inks.
            profile.file.color = match profile.file.intent {
                Some(_) => ColorSpace::Cmyk,
                None => ColorSpace::Rgb,
            };
        }
        profile
    }
}
