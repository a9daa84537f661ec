//! What may be claimed of an EPUB's accessibility, from the book and its theme together.

use crate::diag::Sink;
use crate::resolve::Edition;
use crate::resolve::access::{self, Access, Faint, Means};
use crate::theme::Theme;

/// Judges an EPUB, with or without the pages of a PDF.
pub(super) fn of_epub(edition: &Edition, theme: &Theme, page_list: bool, sink: &Sink) -> Access {
    let faint = theme.faint().into_iter();
    let means = Means {
        page_list,
        faint: faint
            .map(|faint| Faint {
                name: faint.name,
                ratio: faint.ratio,
                large: faint.large,
            })
            .collect(),
    };
    access::access(edition, &means, sink)
}
