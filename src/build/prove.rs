//! A check's look at finished files: those that were just made from a manuscript, and those that lie there.
//!
//! In: a file's bytes, and where its parts come from if it was made here. Out: what the readers of its kind find wrong with it, and what
//! validators from outside say, at the places in the manuscript that it comes from. Who starts those validators is not known here: the
//! run brings a [`Panel`] of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Press;
use crate::check::external::{self, Inner, Judged, Origin, Origins, Said, Validator};
use crate::check::{Kind, epub, pdf};
use crate::diag::{Code, Diagnostic, Sink};
use crate::epub as writer;
use crate::manifest;
use crate::model::{ChapterId, NodeId, NodeRef};
use crate::resolve::{Edition, PageStarts};
use crate::source::{FileId, SourceFile, Sources, Span};

/// Validators from outside that can be asked.
pub trait Panel: Sync {
    /// Asks each of those that judge such files.
    fn ask(&self, name: &str, kind: Kind, bytes: &[u8]) -> Vec<Verdict>;
}

/// What came of asking a validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Who was asked.
    pub validator: Validator,
    /// What it said, or why it said nothing.
    pub said: Result<Said, Silence>,
}

/// Why a validator said nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silence {
    /// There is no such program: what it was called by.
    Missing(String),
    /// Something went wrong: what.
    Failed(String),
    /// The file claims nothing that it judges.
    NothingClaimed,
}

/// A finished file.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is.
    pub kind: Kind,
    /// All of it.
    pub bytes: &'a [u8],
    /// Where its parts come from, if it was made from a manuscript.
    pub origins: Option<&'a Origins>,
}

/// Judges an edition's file by itself.
pub(super) fn judge_made(
    press: Press<'_>,
    edition: &manifest::Edition,
    kind: Kind,
    bytes: &[u8],
    origins: &Origins,
    sink: &Sink,
) {
    let file = File {
        name: &edition.file_name,
        kind,
        bytes,
        origins: Some(origins),
    };
    judge(file, press, sink);
}

/// Judges a finished file by itself.
pub(super) fn judge(file: File<'_>, press: Press<'_>, sink: &Sink) {
    let sources = press.sources;
    let at = match file.kind {
        Kind::Epub => epub::read(file.name, file.bytes, sources, sink).map(|read| {
            epub::judge(&read, sink);
            read.at
        }),
        Kind::Pdf => pdf::read(file.name, file.bytes, sources, sink).map(|read| {
            pdf::judge(&read, sink);
            read.at
        }),
        // Manuscripts are books to be built.
        Kind::Manifest | Kind::Markdown => return,
    };
    if let Some(panel) = press.panel {
        (press.step)(&format!("asking others about {}", file.name));
        let verdicts = press.timings.time(format!("{} validators", file.name), || {
            panel.ask(file.name, file.kind, file.bytes)
        });
        for verdict in verdicts {
            hear(&verdict, file, at, sources, sink);
        }
    }
}

/// Tells what a validator said.
fn hear(verdict: &Verdict, file: File<'_>, at: Option<Span>, sources: &Sources, sink: &Sink) {
    // What was made in memory lies nowhere.
    let at = at.filter(|_| file.origins.is_none());
    let validator = verdict.validator;
    let (name, title) = (validator.name(), validator.title());
    let failed = |why: &str| {
        let message = format!("{title} could not judge `{}`: {why}", file.name);
        Diagnostic::new(Code::FailedValidator, at, message)
    };
    let said = match &verdict.said {
        Ok(said) => said,
        Err(silence) => {
            sink.push(match silence {
                Silence::Missing(command) => {
                    let message = format!("{title} is not installed: there is no `{command}`");
                    Diagnostic::new(Code::MissingValidator, None, message).hint(format!(
                        "install it, or say how it is called: `--with {name}=COMMAND`"
                    ))
                }
                Silence::Failed(why) => failed(why),
                Silence::NothingClaimed => {
                    let message = format!(
                        "`{}` claims neither PDF/A nor PDF/UA: {title} was not asked",
                        file.name
                    );
                    Diagnostic::new(Code::NothingClaimed, at, message)
                }
            });
            return;
        }
    };
    match external::complaints(validator, said) {
        Ok(complaints) => {
            let texts = inner_texts(file.name, sources);
            let judged = Judged {
                name: file.name,
                at,
                texts: &|path| text(&texts, path),
                origins: file.origins,
            };
            external::tell(validator, &complaints, judged, sources, sink);
        }
        Err(why) => {
            let mut lines = said.printed.lines().map(str::trim);
            let last = lines.rfind(|line| !line.is_empty());
            let found = failed(&why);
            sink.push(match last {
                Some(line) => found.hint(format!("it says: {line}")),
                None => found,
            });
        }
    }
}

/// The texts that were read from inside a file, by their paths there.
fn inner_texts(name: &str, sources: &Sources) -> BTreeMap<String, Arc<SourceFile>> {
    let files = (0..).map_while(|id| sources.get(FileId(id)));
    let inner = files.filter_map(|file| {
        let path = file.path.strip_prefix(name)?.strip_prefix('/')?;
        Some((path.to_owned(), Arc::clone(&file)))
    });
    inner.collect()
}

/// A text by its path from the root, or from a folder.
fn text(texts: &BTreeMap<String, Arc<SourceFile>>, path: &str) -> Option<Inner> {
    let path = path.trim_start_matches('/');
    let ends = |known: &str| {
        let folder = known.strip_suffix(path);
        folder.is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
    };
    let exact = texts.get_key_value(path);
    let found = exact.or_else(|| texts.iter().find(|(known, _)| ends(known)));
    found.map(|(path, text)| (path.clone(), Arc::clone(text)))
}

/// Where the files inside an EPUB come from.
pub(super) fn of_epub(edition: &Edition) -> Origins {
    let mut origins = Origins::default();
    for (path, chapter) in writer::paths(edition) {
        let Some(book) = edition.book.chapter(chapter) else {
            continue;
        };
        let span = |node| book.spans.get(node);
        let begin = |chapter| NodeRef {
            chapter,
            node: NodeId::default(),
        };
        let behind = ChapterId(chapter.0.saturating_add(1));
        let here = edition.facts.anchors.range(begin(chapter)..begin(behind));
        let ids = here.filter_map(|(node, id)| Some((id.clone(), span(node.node)?)));
        origins.texts.insert(
            path,
            Origin {
                at: span(NodeId::default()),
                ids: ids.collect(),
            },
        );
    }
    for (path, image) in writer::pictures(edition) {
        let at = edition.book.assets.get(&image).and_then(|asset| asset.at);
        origins.texts.entry(path).or_insert(Origin {
            at,
            ids: BTreeMap::new(),
        });
    }
    origins
}

/// Where the pages of a PDF come from.
pub(super) fn of_pdf(edition: &Edition, starts: &PageStarts) -> Origins {
    let place = |chapter: ChapterId, node| edition.book.chapter(chapter)?.spans.get(node);
    let pages = starts.0.iter().map(|start| {
        let at = start.at.and_then(|at| place(at.node.chapter, at.node.node));
        (start.label.clone(), at)
    });
    Origins {
        texts: BTreeMap::new(),
        pages: pages.collect(),
    }
}
