//! Style sheets, in files, in documents and in attributes.

use std::collections::BTreeMap;

use super::super::address::{Target, follow};
use super::super::css::{Sheet, Use};
use super::super::publication::{Item, Publication, Version};
use super::super::tally::{Tally, shown};
use super::links::{elsewhere, leads, misspelt};
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{FileId, Span};

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let elsewhere = elsewhere(publication);
    for (path, file) in &publication.sheets {
        let sheet = Judged {
            publication,
            path,
            file: file.at.file,
            offset: 0,
            text: None,
            elsewhere: &elsewhere,
        };
        sheet.judge(&file.sheet, tally);
    }
    for document in &publication.documents {
        for (offset, sheet) in &document.styles {
            let judged = Judged {
                publication,
                path: &document.path,
                file: document.tree.file.id,
                offset: *offset,
                text: Some(&document.tree.file.text),
                elsewhere: &elsewhere,
            };
            judged.judge(sheet, tally);
        }
    }
}

/// A sheet's place.
struct Judged<'p> {
    publication: &'p Publication,
    path: &'p str,
    file: FileId,
    offset: usize,
    /// The text of the document that the sheet stands in.
    text: Option<&'p str>,
    /// What the manifest lists of other places.
    elsewhere: &'p BTreeMap<&'p Target, &'p Item>,
}

impl Judged<'_> {
    fn judge(&self, sheet: &Sheet, tally: &Tally<'_>) {
        let place = |at: &std::ops::Range<usize>| {
            let range = self.offset + at.start..self.offset + at.end;
            // Where references were resolved, places in what came of it are none of the file.
            match self
                .text
                .is_none_or(|text| text.get(range.clone()).is_some())
            {
                true => Span::new(self.file, range.start, range.end),
                false => Span::new(self.file, self.offset, self.offset),
            }
        };
        for (at, fault) in &sheet.faults {
            tally.tell(Code::BadStyleSheet, place(at), fault.as_str());
        }
        let is_new = self.publication.package.version == Version::Three;
        for (name, at) in sheet.forbidden.iter().filter(|_| is_new) {
            let message =
                format!("EPUB forbids `{name}` in style sheets; say `dir` in the document");
            tally.tell(Code::BadStyleSheet, place(at), message);
        }
        for at in &sheet.empty_faces {
            // Readers take another font, and nothing else is lost.
            let message = "a `@font-face` names no font";
            let mut found = Diagnostic::new(Code::BadStyleSheet, place(at), message);
            found.severity = Severity::Warning;
            tally.push(found);
        }
        for (kind, address, at) in &sheet.addresses {
            let target = follow(self.path, address);
            misspelt(address, place(at), tally);
            if *kind == Use::Import && target.fragment().is_some() {
                let message = "a style sheet is taken whole: its address has no `#`";
                tally.tell(Code::BadAddress, place(at), message);
            }
            match &target {
                _ if address.trim().is_empty() => {
                    tally.tell(Code::BadAddress, place(at), "the address is empty");
                }
                // `url(#clip)` is a part of the document that is dressed.
                _ if address.starts_with('#') => {}
                Target::Remote(_) if *kind != Use::Font || !is_new => {
                    let message = format!("`{}` is not in the book", shown(address));
                    tally.tell(Code::RemoteResource, place(at), message);
                }
                target @ Target::Remote(_) => {
                    // A font of a drawing is a part of it.
                    let whole = address.split('#').next().unwrap_or_default();
                    let listed = [target, &follow("", whole)];
                    if !listed.iter().any(|one| self.elsewhere.contains_key(one)) {
                        let message = format!("the manifest does not list `{}`", shown(address));
                        tally.tell(Code::UndeclaredFile, place(at), message);
                    }
                }
                target => leads(self.publication, self.path, target, place(at), false, tally),
            }
        }
    }
}
