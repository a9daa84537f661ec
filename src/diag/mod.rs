//! What recto tells an author: diagnostics as data.
//!
//! A stage pushes a [`Diagnostic`] into the [`Sink`]; the run ends by taking them out in order and rendering them.
//! No stage prints. What a [`Code`] means, why it matters and what to do instead stands with the code. At the end each
//! diagnostic gets a fingerprint, by which it is known in the next run, and becomes a [`Finding`].

#[macro_use]
mod explanation;
mod appendix;
mod code;
mod family;
mod fingerprint;
mod nearest;
pub mod render;
mod sink;

pub use appendix::appendix;
pub use code::Code;
pub use explanation::Explanation;
pub use family::{Family, Named};
pub use fingerprint::{Finding, findings};
pub use nearest::nearest;
pub use sink::Sink;

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Note,
    /// Probably a mistake; fails a run only with `--deny`.
    Warning,
    /// The book is not what its author meant; the run fails.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One thing to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// How bad: the code's own level, until a run's settings change it.
    pub severity: Severity,
    /// One sentence without a full stop, with the names concerned in backticks.
    pub message: String,
    /// Where it is. `None` only for what has no place in any text.
    pub at: Option<Span>,
    /// The printed number of the page that shows it, if it shows on one.
    pub page: Option<String>,
    /// Further places, each with a word on what is there.
    pub labels: Vec<(Span, String)>,
    /// What to do about it: an imperative each, in lower case and without a full stop.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// At the code's own level.
    pub fn new(code: Code, at: impl Into<Option<Span>>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.level(),
            message: message.into(),
            at: at.into(),
            page: None,
            labels: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// With a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }

    /// Shown on a page; of a page without a printed number, the empty text, nothing is said.
    pub fn on_page(mut self, folio: impl Into<String>) -> Diagnostic {
        self.page = Some(folio.into()).filter(|folio| !folio.is_empty());
        self
    }

    /// With a further place.
    pub fn label(mut self, at: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push((at, text.into()));
        self
    }
}
