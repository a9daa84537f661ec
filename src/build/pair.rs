//! The EPUBs and the PDFs of a run, held against each other.
//!
//! In: what was read of each finished file ([`Proved`]). Out: what the EPUB and the PDF of one book say differently. Of a manuscript
//! every EPUB is held against every PDF of pages, and what the author wants in one of them alone is known; of finished files those are
//! one book that lie in one folder under one name.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::books::Made;
use super::prove::{self, File, Form};
use super::{Format, Levels, Press};
use crate::check::Kind;
use crate::check::agree::{self, Apart};
use crate::check::external::Origins;
use crate::diag::{Diagnostic, Sink};
use crate::manifest;
use crate::model::{
    Block, BlockKind, Inline, InlineKind, Origin, Target, Visit, plain, plain_block, plain_inlines,
    walk_blocks,
};
use crate::resolve::Edition;
use crate::source::Sources;

/// A finished file, read.
#[derive(Debug)]
pub(super) struct Proved {
    /// Its name.
    pub name: String,
    /// What was read of it.
    pub form: Form,
    /// Where its parts come from; nothing of one that lies there.
    pub origins: Origins,
    /// Of a manuscript, what it alone has.
    pub own: Own,
}

/// What an edition may have that others have not.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// What is meant for its format alone.
    only: String,
    /// The words of its chapters, by where they come from.
    chapters: Vec<(String, String)>,
}

impl Own {
    /// Of a resolved edition.
    pub fn of(edition: &Edition, target: Target) -> Own {
        let mut only = Only {
            target,
            words: String::new(),
        };
        let chapters = edition.book.chapters.iter().map(|chapter| {
            walk_blocks(&chapter.blocks, &mut only);
            for note in &chapter.notes {
                walk_blocks(&note.blocks, &mut only);
            }
            let origin = match &chapter.origin {
                Origin::File(_, path) => path.clone(),
                Origin::Made(name) => format!("{name}:"),
            };
            (origin, plain(chapter))
        });
        let chapters = chapters.collect();
        Own {
            only: only.words,
            chapters,
        }
    }

    /// What it has and another has not.
    fn apart(&self, other: &Own) -> String {
        let others: BTreeSet<&str> = other
            .chapters
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        let mut words = self.only.clone();
        for (name, text) in &self.chapters {
            // What recto writes differs: it names the edition.
            if name.ends_with(':') || !others.contains(name.as_str()) {
                words.push('\n');
                words.push_str(text);
            }
        }
        words
    }
}

struct Only {
    target: Target,
    words: String,
}

impl Visit<'_> for Only {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Only { target, .. } = &block.kind
            && *target == self.target
        {
            self.words.push_str(&plain_block(block));
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Only { target, content } = &inline.kind
            && *target == self.target
        {
            self.words.push_str(&plain_inlines(content));
            self.words.push('\n');
        }
    }
}

/// What the EPUBs and the PDFs of a book say differently, each at its level.
pub(super) fn unlike(
    press: Press<'_>,
    editions: &[&manifest::Edition],
    made: &mut [Made],
    levels: &Levels,
) -> Vec<Diagnostic> {
    let proved: Vec<_> = made.iter_mut().map(|made| made.proved.take()).collect();
    let of = |format: Format| {
        let all = editions.iter().zip(&proved);
        all.filter(move |(edition, _)| edition.format == format)
            .filter_map(|(edition, proved)| Some((*edition, proved.as_ref()?)))
    };
    let pairs = of(Format::Epub).flat_map(|epub| of(Format::Pdf).map(move |pdf| (epub, pdf)));
    let pairs: Vec<_> = pairs.collect();
    let found = pairs.par_iter().map(|((edition, epub), (_, pdf))| {
        let found = compare(epub, pdf, press.sources).into_iter();
        let judge = |found| levels.judge(&edition.manifest.levels, found);
        found.filter_map(judge).collect::<Vec<_>>()
    });
    found.collect::<Vec<_>>().concat()
}

/// Holds two files against each other: nothing, if they are not an EPUB and a PDF.
pub(super) fn compare(one: &Proved, other: &Proved, sources: &Sources) -> Vec<Diagnostic> {
    let (Form::Epub(epub), Form::Pdf(pdf)) = (&one.form, &other.form) else {
        return Vec::new();
    };
    let apart = Apart {
        epub: one.own.apart(&other.own),
        pdf: other.own.apart(&one.own),
    };
    let sink = Sink::new();
    agree::judge(epub, pdf, &apart, &sink);
    let made = !one.own.chapters.is_empty();
    let found = sink.finish(sources).into_iter();
    let placed = found.map(|found| {
        let files = [(one, Kind::Epub), (other, Kind::Pdf)];
        files.into_iter().fold(found, |found, (of, kind)| {
            let file = File {
                name: &of.name,
                kind,
                bytes: &[],
                origins: made.then_some(&of.origins),
            };
            prove::at_home(found, file, sources)
        })
    });
    placed.collect()
}

/// Whether two finished files are of one book by their names: `novel.epub` and `novel.pdf`, or `novel-print.pdf`.
pub(super) fn is_pair(epub: &str, pdf: &str) -> bool {
    let stem = |name: &str| {
        name.rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_owned()
    };
    let (epub, pdf) = (stem(epub), stem(pdf));
    let rest = pdf.strip_prefix(&epub);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-') && rest != "-cover")
}

#[cfg(test)]
mod tests {
    use super::is_pair;

    #[test]
    fn files_of_one_book_have_one_name() {
        assert!(is_pair("novel.epub", "novel.pdf"));
        assert!(is_pair("novel.epub", "novel-print.pdf"));
        for other in ["novel-cover.pdf", "novella.pdf", "a.pdf", "nov.pdf"] {
            assert!(!is_pair("novel.epub", other), "{other}");
        }
    }
}
