//! A check's look at finished files: those that were just made from a manuscript, and those that lie there.
//!
//! In: a file's bytes, and where its parts come from if it was made here. Out: what the readers of its kind find wrong with it, and what
//! validators from outside say, at the places in the manuscript that it comes from. Who starts those validators is not known here: the
//! run brings a [`Panel`] of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pair::{Own, Proved};
use super::{Format, Press, books};
use crate::check::Kind;
use crate::check::epub::{self, Publication};
use crate::check::external::{self, Inner, Judged, Origin, Origins, Said, Validator};
use crate::check::pdf::{self, Document};
use crate::check::store::{self, Outlets, Print};
use crate::diag::{Code, Diagnostic, Sink};
use crate::epub as writer;
use crate::manifest::{self, Project};
use crate::model::{ChapterId, NodeId, NodeRef};
use crate::profile::Profile;
use crate::resolve::{Edition, PageStarts};
use crate::source::{FileId, SourceFile, Sources, Span, Spanned};

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

/// What a press has been told of a book before it was written, if the book names its profile.
const TOLD: [Code; 6] = [
    Code::TrimNotOffered,
    Code::PageCount,
    Code::NarrowMargin,
    Code::SmallText,
    Code::LowResolution,
    Code::LargeFile,
];

/// For whom the outputs of a run are proved.
#[derive(Debug)]
pub(super) struct Proof {
    /// Who is to take them.
    pub outlets: Outlets,
    /// Whether printers look at PDFs for screens: there are none for a press.
    pub screens: bool,
}

/// An output that was just made.
pub(super) struct Fresh<'a> {
    /// Its file's name.
    pub name: &'a str,
    /// What it is.
    pub kind: Kind,
    /// All of it.
    pub bytes: &'a [u8],
    /// Where its parts come from.
    pub origins: Origins,
    /// What it alone has.
    pub own: Own,
    /// What a PDF is made for.
    pub profile: Option<&'a Profile>,
}

impl Proof {
    /// Judges an output by itself; what was read of it.
    pub fn made(&self, fresh: Fresh<'_>, press: Press<'_>, sink: &Sink) -> Option<Proved> {
        let file = File {
            name: fresh.name,
            kind: fresh.kind,
            bytes: fresh.bytes,
            origins: Some(&fresh.origins),
        };
        let form = judge(file, press, sink)?;
        if let (Form::Pdf(pdf), Some(profile)) = (&form, fresh.profile) {
            let told = Sink::new();
            let print = Print {
                pdf,
                bytes: fresh.bytes.len() as u64,
                at: None,
            };
            self.print(print, profile, &told);
            for found in told.finish(press.sources) {
                sink.push(found);
            }
        }
        Some(Proved {
            name: fresh.name.to_owned(),
            form,
            origins: fresh.origins,
            own: fresh.own,
        })
    }

    /// What printers say of a PDF of the book's.
    fn print(&self, print: Print<'_>, profile: &Profile, sink: &Sink) {
        if !profile.prints() {
            if self.screens {
                self.outlets.judge_print(print, sink);
            }
            return;
        }
        let own = |house: &Vec<Profile>| house.iter().any(|one| one.name == profile.name);
        let (own, others): (Vec<_>, Vec<_>) = self.outlets.houses.iter().cloned().partition(own);
        if !own.is_empty() {
            let told = Sink::new();
            store::judge_print(print, profile, &told);
            let found = told.finish(&Sources::new()).into_iter();
            found
                .filter(|found| !TOLD.contains(&found.code))
                .for_each(|found| sink.push(found));
        }
        let others = Outlets {
            shops: Vec::new(),
            houses: others,
        };
        others.judge_print(print, sink);
    }
}

/// Lets shops look at all EPUBs of a book, besides those that it names itself.
pub(super) fn ask_shops(project: &mut Project, outlets: &Outlets) {
    let epubs = project.editions.iter_mut();
    for edition in epubs.filter(|edition| edition.format == Format::Epub) {
        let named = &mut edition.manifest.shops;
        named.extend(outlets.shops.iter().map(|shop| Spanned {
            value: shop.name.clone(),
            at: None,
        }));
    }
}

/// Whether an edition names a printer.
pub(super) fn is_for_press(edition: &manifest::Edition) -> bool {
    let profile = edition.manifest.purpose.profile.as_ref();
    edition.format == Format::Pdf && profile.is_some_and(|profile| profile.value != books::SCREEN)
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

/// What was read of a finished file.
#[derive(Debug)]
pub(super) enum Form {
    Epub(Box<Publication>),
    Pdf(Box<Document>),
}

/// Judges a finished file by itself; what was read of it, if anything was.
pub(super) fn judge(file: File<'_>, press: Press<'_>, sink: &Sink) -> Option<Form> {
    let sources = press.sources;
    let told = Sink::new();
    let form = match file.kind {
        Kind::Epub => epub::read(file.name, file.bytes, sources, &told).map(|read| {
            epub::judge(&read, &told);
            Form::Epub(Box::new(read))
        }),
        Kind::Pdf => pdf::read(file.name, file.bytes, sources, &told).map(|read| {
            pdf::judge(&read, &told);
            Form::Pdf(Box::new(read))
        }),
        // Manuscripts are books to be built.
        Kind::Manifest | Kind::Markdown => return None,
    };
    for found in told.finish(sources) {
        sink.push(at_home(found, file, sources));
    }
    let at = match &form {
        Some(Form::Epub(epub)) => Some(epub.at),
        Some(Form::Pdf(pdf)) => Some(pdf.at),
        None => None,
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
    form
}

/// A finding inside a file that was made from a manuscript, told where it comes from.
pub(super) fn at_home(mut found: Diagnostic, file: File<'_>, sources: &Sources) -> Diagnostic {
    let (Some(origins), Some(at)) = (file.origins, found.at) else {
        return found;
    };
    let Some(text) = sources.get(at.file) else {
        return found;
    };
    let inner = text.path.strip_prefix(file.name);
    match inner.and_then(|rest| rest.strip_prefix('/')) {
        Some(path) => {
            let range = (at.start as usize, at.end as usize);
            if let Some(home) = origins.home(path, &text.text, range, sources) {
                let (line, _) = text.line_column(at.start);
                found.at = Some(home);
                return found.hint(format!("it is in `{}`, line {line}", text.path));
            }
        }
        // The file itself: its page, if it is on one.
        None if inner == Some("") => {
            let label = found.page.as_ref();
            let mut pages = origins.pages.iter();
            let page = pages.find(|(known, _)| Some(known) == label);
            found.at = page.and_then(|(_, at)| *at).or(found.at);
        }
        None => {}
    }
    found
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
