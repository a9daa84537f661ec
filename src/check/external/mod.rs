//! What validators that we did not write say of a finished file.
//!
//! In: what a validator reported and printed ([`Said`]); nothing here starts one. Out: its [`Complaint`]s, and each of them as a
//! diagnostic at the place in the manuscript that it comes from, as far as the file's [`Origins`] tell it. Steps: the report is read
//! (one file per validator), a complaint's place is found in the file inside the EPUB, and from there the way back to the manuscript
//! (`trace`). What a validator calls fatal or an error is an error here, its warnings are warnings, and all else is a note.

mod ace;
mod epubcheck;
mod qpdf;
mod spot;
#[cfg(test)]
mod tests;
mod trace;
mod verapdf;

pub use trace::{Inner, Judged, Origin, Origins, errors, tell};

use super::Kind;
use crate::diag::{Code, Severity};

/// No more complaints of one file than these are told. Nobody mends more before asking again, and a report may have millions.
const MOST: usize = 2000;

/// So much of a message is told, in characters: some list every element of HTML.
const LONGEST: usize = 280;

/// A program that judges finished files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Validator {
    /// EPUBCheck, by the W3C: what shops run at the door.
    EpubCheck,
    /// Ace by DAISY: what of an EPUB's accessibility a program can see.
    Ace,
    /// veraPDF: PDF/A and PDF/UA.
    VeraPdf,
    /// qpdf: the syntax of a PDF.
    Qpdf,
}

/// What a validator reports in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reports {
    /// In what it prints.
    Printed,
    /// In a file that it is told of.
    File,
    /// In a file of this name, in a folder that it is told of.
    In(&'static str),
}

impl Validator {
    /// All of them.
    pub const ALL: [Validator; 4] = [
        Validator::EpubCheck,
        Validator::Ace,
        Validator::VeraPdf,
        Validator::Qpdf,
    ];

    /// As `--with` calls it; the program has the same name.
    pub fn name(self) -> &'static str {
        match self {
            Validator::EpubCheck => "epubcheck",
            Validator::Ace => "ace",
            Validator::VeraPdf => "verapdf",
            Validator::Qpdf => "qpdf",
        }
    }

    /// As it calls itself.
    pub fn title(self) -> &'static str {
        match self {
            Validator::EpubCheck => "EPUBCheck",
            Validator::Ace => "Ace",
            Validator::VeraPdf => "veraPDF",
            Validator::Qpdf => "qpdf",
        }
    }

    /// Under which code its complaints are told.
    pub fn code(self) -> Code {
        match self {
            Validator::EpubCheck => Code::EpubCheck,
            Validator::Ace => Code::Ace,
            Validator::VeraPdf => Code::VeraPdf,
            Validator::Qpdf => Code::Qpdf,
        }
    }

    /// What it judges.
    pub fn judges(self) -> Kind {
        match self {
            Validator::EpubCheck | Validator::Ace => Kind::Epub,
            Validator::VeraPdf | Validator::Qpdf => Kind::Pdf,
        }
    }

    /// What it is called with: `{file}` stands for the file, `{report}` for the path of the report.
    pub fn arguments(self) -> &'static [&'static str] {
        match self {
            Validator::EpubCheck => &["{file}", "--json", "{report}"],
            Validator::Ace => &["--force", "--silent", "--outdir", "{report}", "{file}"],
            Validator::VeraPdf => &["--format", "json", "{file}"],
            Validator::Qpdf => &["--check", "{file}"],
        }
    }

    /// Where it reports if it is called so.
    pub fn reports(self) -> Reports {
        match self {
            Validator::EpubCheck => Reports::File,
            Validator::Ace => Reports::In("report.json"),
            Validator::VeraPdf | Validator::Qpdf => Reports::Printed,
        }
    }

    /// Whether it has anything to hold a file against: veraPDF judges what a PDF claims to keep to.
    pub fn has_say(self, file: &[u8]) -> bool {
        // As XMP says it, with the prefixes that the standards ask for (ISO 19005-1, 6.7.11; ISO 14289-1, 5). PDF/A wants metadata
        // uncompressed, and who writes PDF/UA leaves it so.
        let claims = [b"pdfaid:part".as_slice(), b"pdfuaid:part".as_slice()];
        let has = |claim: &[u8]| file.windows(claim.len()).any(|bytes| bytes == claim);
        self != Validator::VeraPdf || claims.into_iter().any(has)
    }
}

/// What a validator said of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its report.
    pub report: String,
    /// What it printed for people, on standard error.
    pub printed: String,
    /// Its exit code; `None` if it was ended from outside.
    pub exit: Option<i32>,
}

/// Something that a validator finds fault with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Its rule, as the validator calls it: `RSC-005`; empty if it names none.
    pub rule: String,
    /// How bad the validator thinks it is.
    pub severity: Severity,
    /// What is wrong, in the validator's words, without a full stop.
    pub message: String,
    /// Where.
    pub at: Where,
    /// How many more times at the same place.
    pub more: u64,
    /// What else the validator says to it: a hint.
    pub hint: String,
}

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// Nowhere in particular.
    File,
    /// In a file inside an EPUB.
    Inner {
        /// Its path: from the root of the EPUB, or from the folder of its package.
        path: String,
        /// Where in it.
        spot: Spot,
    },
    /// On a page of a PDF, from 1.
    Page(u32),
}

/// Where in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Nowhere in particular.
    Whole,
    /// Its line and column, from 1; in characters.
    Line(u32, u32),
    /// Its element, by the steps of an EPUB CFI: `/4/2[ch1]/6`.
    Element(String),
}

/// What a validator complains of.
///
/// # Errors
/// What is wrong with what it said: it is no report.
pub fn complaints(validator: Validator, said: &Said) -> Result<Vec<Complaint>, String> {
    let mut found = match validator {
        Validator::EpubCheck => epubcheck::read(&said.report)?,
        Validator::Ace => ace::read(&said.report)?,
        Validator::VeraPdf => verapdf::read(&said.report)?,
        Validator::Qpdf => qpdf::read(said)?,
    };
    found.truncate(MOST);
    Ok(found)
}

/// A report as JSON. Some programs print a line or two before it.
fn json(report: &str) -> Result<serde_json::Value, String> {
    let report = report.trim_start_matches('\u{feff}').trim();
    let starts = |line: &str| line.trim_start().starts_with(['{', '[']);
    let mut at = 0;
    let lines = report.split_inclusive('\n');
    let start = lines.take(20).find_map(|line| {
        let here = at;
        at += line.len();
        starts(line).then_some(here)
    });
    let Some(start) = start else {
        return Err(match report.is_empty() {
            true => String::from("it reports nothing"),
            false => String::from("its report is not JSON"),
        });
    };
    let mut values = serde_json::Deserializer::from_str(&report[start..]).into_iter();
    match values.next() {
        Some(Ok(value)) => Ok(value),
        Some(Err(error)) => Err(format!("its report is not JSON: {error}")),
        None => Err(String::from("it reports nothing")),
    }
}

/// A validator's sentence as a message: in one line, not too long, without its full stop.
fn sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.strip_suffix('.').unwrap_or(&text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// The text of a value; empty if it is none.
fn text<'v>(value: &'v serde_json::Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// The items of a value; none if it is no list.
fn items<'v>(value: &'v serde_json::Value, key: &str) -> &'v [serde_json::Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}
