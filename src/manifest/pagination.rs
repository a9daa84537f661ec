//! `page-list:` — whose pages an EPUB tells.

use super::{Edition, Format, values};
use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::source::Spanned;
use crate::yaml::{Node, Value};

/// Whose pages an EPUB tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PageListOf {
    /// Those of a PDF that is made in the same run, if one is: of the first for a press, else of the first.
    #[default]
    Run,
    /// Those of this PDF edition, whether it is asked for or not.
    Edition(Spanned<String>),
    /// Nobody's.
    None,
}

/// Reads the key.
pub(super) fn read(node: &Node, sink: &Sink) -> PageListOf {
    match &node.value {
        Value::Null | Value::Bool(true) => PageListOf::Run,
        Value::Bool(false) => PageListOf::None,
        Value::Text(word) if word.trim() == "none" => PageListOf::None,
        _ => values::spanned(node, "page-list", sink).map_or(PageListOf::Run, PageListOf::Edition),
    }
}

/// Reports names that are no PDF edition's; the EPUB then does as if it named none.
pub(super) fn check(editions: &mut [Edition], sink: &Sink) {
    let is_pdf = |edition: &&Edition| edition.format == Format::Pdf;
    let pdfs = editions.iter().filter(is_pdf);
    let pdfs: Vec<String> = pdfs.map(|edition| edition.name.clone()).collect();
    for edition in editions {
        let PageListOf::Edition(name) = &edition.manifest.page_list else {
            continue;
        };
        if edition.format != Format::Epub || pdfs.contains(&name.value) {
            continue;
        }
        let message = format!(
            "there is no PDF edition `{}` to take pages from",
            name.value
        );
        let found = Diagnostic::new(Code::InvalidValue, name.at, message);
        let names = pdfs.iter().map(String::as_str);
        sink.push(match nearest(&name.value, names) {
            Some(near) => found.hint(format!("did you mean `{near}`?")),
            None => found.hint("name a PDF edition of the book, or write `none`"),
        });
        edition.manifest.page_list = PageListOf::Run;
    }
}
