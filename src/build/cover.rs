//! Covers: made after the books that they go round, whose pages they are as thick as.
//!
//! In: an edition that is a cover, and how many pages the other editions have. Out: its page, and its file. Steps: the text
//! on the back is read and resolved as the only chapter of a book; the printer's profile says how large the sheet is;
//! the rest is [`typeset::cover`](crate::typeset::cover)'s.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::books::{self, Job, Made};
use super::proofs::Known;
use super::{Depth, Levels, Press, chapters, dress, fonts, pictures, prove};
use crate::check::Kind;
use crate::check::external::Origins;
use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::font::Fonts;
use crate::manifest::{Back, Edition, Manifest, Project, Wrap};
use crate::manuscript::{self, Script};
use crate::model::{Chapter, Matter};
use crate::profile::{CoverRules, Profile, Rule};
use crate::refine;
use crate::source::{Expanded, Span};
use crate::typeset::cover::{Case, cover};
use crate::typeset::pages::PageList;
use crate::unit::Abs;
use crate::{pdf, resolve};

/// What is asked of a cover by presses that say nothing else: three millimetres of bleed, and as much between text and
/// knife.
const COMMON: Abs = Abs::mm(3.0);

/// Half a leaf of the paper that most novels are printed on, 80 g/m² with a volume of 1.5: for a spine that nobody knows.
const USUAL_PAGE: Abs = Abs::mm(0.06);

/// The books that covers go round and that are not among those to be set.
pub(super) fn around<'p>(
    project: &'p Project,
    covers: &[&Edition],
    books: &[&Edition],
) -> Vec<&'p Edition> {
    let mut missing: Vec<&Edition> = Vec::new();
    for cover in covers {
        let Some(wrap) = &cover.manifest.wrap else {
            continue;
        };
        let name = wrap.edition.as_ref().filter(|_| wrap.pages.is_none());
        let known = |name: &str| {
            let mut all = books.iter().chain(&missing);
            all.any(|edition| edition.name == name)
        };
        if let Some(name) = name.filter(|name| !known(&name.value)) {
            let mut all = project.editions.iter();
            missing.extend(all.find(|edition| edition.name == name.value));
        }
    }
    missing
}

/// How many pages the book has that a cover goes round. What is found on the way is not told: it belongs to the book.
pub(super) fn count<'p>(
    press: Press<'_>,
    project: &'p Project,
    edition: &Edition,
) -> BTreeMap<&'p str, u32> {
    let quiet = Sink::new();
    let mut counts = BTreeMap::new();
    for book in around(project, &[edition], &[]) {
        let manifests = [&book.manifest];
        let mut chapters = chapters::of_editions(&manifests, press.world, press.sources, &quiet);
        let fonts = fonts(&manifests, press, &quiet).remove(0);
        let timestamp = press.world.timestamp();
        let chapters = chapters.remove(0);
        let job = Job {
            edition: book,
            chapters,
            fonts: &fonts,
            timestamp,
            depth: Depth::Check,
            known: Known {
                found: &[],
                levels: &Levels::default(),
            },
            freeze: None,
            proof: None,
            sink: &quiet,
        };
        counts.insert(book.name.as_str(), books::count(press, job));
    }
    counts
}

/// A cover, set.
pub(super) struct Set {
    /// Its words and its pictures.
    book: resolve::Edition,
    /// Its one page.
    pub pages: PageList,
    /// What it is, in words.
    pub extent: String,
    /// What it is made for.
    pub profile: Profile,
}

/// Sets a cover. `counts` are the pages of the books at hand.
pub(super) fn set(
    press: Press<'_>,
    edition: &Edition,
    fonts: &Fonts,
    counts: &BTreeMap<&str, u32>,
    timestamp: i64,
    sink: &Sink,
) -> Option<Set> {
    let manifest = Arc::new(edition.manifest.clone());
    let wrap = manifest.wrap.as_ref()?;
    let at = wrap.at;
    let mut chapter = back(press, edition, wrap, sink);
    // What is said of the cover's own words is said where it is named.
    if let (Some(whole), Some(at)) = (chapter.spans.0.first_mut(), at) {
        *whole = at;
    }
    let book = resolve::resolve(vec![Arc::new(chapter)], &manifest, press.world, sink);
    let theme = dress(press, &manifest, sink);
    fonts.report_missing(&theme, &manifest.style, sink);
    let profile = super::purpose(press, &manifest, sink);
    let counted = wrap.edition.as_ref();
    let counted = counted.and_then(|name| counts.get(name.value.as_str()).copied());
    let pages = wrap.pages.or(counted).map(|pages| {
        // A leaf has two.
        if profile.sheet.even {
            pages.next_multiple_of(2)
        } else {
            pages
        }
    });
    let rules = profile.cover.clone().unwrap_or_else(|| CoverRules {
        bleed: Rule::sure(COMMON),
        safety: Rule::sure(COMMON),
        spine_clear: Rule::sure(COMMON / 2),
        ..CoverRules::default()
    });
    let spine = spine(wrap, &profile, &rules, pages);
    if !spine.sure {
        sink.push(doubt(spine.value, &profile, pages, at));
    }
    let printer = if profile.prints() {
        profile.printer.as_str()
    } else {
        "any press"
    };
    let case = Case {
        rules: &rules,
        printer,
        pages,
        spine,
        at,
    };
    let list = cover(&book, &theme, fonts, &case, timestamp, press.sources, sink)?;
    let profile = profile.of_cover();
    pictures::on_pages(&book, &list, &profile, sink);
    let millimetres = spine.value.to_mm();
    let extent = match pages {
        Some(pages) => format!("cover of {pages} pages, spine {millimetres:.1} mm"),
        None => format!("cover, spine {millimetres:.1} mm"),
    };
    Some(Set {
        book,
        pages: list,
        extent,
        profile,
    })
}

/// Makes a cover.
pub(super) fn make_cover(
    press: Press<'_>,
    edition: &Edition,
    fonts: &Fonts,
    counts: &BTreeMap<&str, u32>,
    timestamp: i64,
    depth: Depth,
    sink: &Sink,
) -> Made {
    let stage = |name: &str| format!("{} {name}", edition.name);
    (press.step)(&stage("setting"));
    let set = press.timings.time(stage("typeset"), || {
        set(press, edition, fonts, counts, timestamp, sink)
    });
    let mut made = Made {
        bytes: None,
        extent: String::new(),
        what: None,
        pages: Vec::new(),
        proved: None,
    };
    let Some(set) = set else { return made };
    made.extent = set.extent;
    let blank = if depth == Depth::Check {
        pdf::blank(&set.pages, &set.profile)
    } else {
        (press.step)(&stage("writing"));
        let written = press
            .timings
            .time(stage("write"), || pdf::write_with(&set.pages, &set.profile));
        let written = written.map_err(|error| books::failed(edition, &error, sink));
        let (bytes, blank) = written.ok().unzip();
        made.bytes = bytes;
        blank.unwrap_or_default()
    };
    pictures::undrawn(&set.book, &set.pages, &blank, sink);
    if let (Depth::Prove, Some(bytes)) = (depth, &made.bytes) {
        let file = prove::File {
            name: &edition.file_name,
            kind: Kind::Pdf,
            bytes,
            origins: Some(&Origins::default()),
        };
        prove::judge(file, press, sink);
    }
    made
}

/// How wide the spine is, and whether that is sure.
fn spine(wrap: &Wrap, profile: &Profile, rules: &CoverRules, pages: Option<u32>) -> Rule<Abs> {
    if let Some(width) = wrap.spine_width {
        return Rule::sure(width);
    }
    let count = pages.unwrap_or_default();
    let known = profile.paper.as_ref().filter(|_| pages.is_some());
    known
        .and_then(|paper| rules.spine(count, paper))
        .unwrap_or(Rule {
            value: USUAL_PAGE * i64::from(count) + rules.spine_extra.value,
            sure: false,
        })
}

/// Says that a spine may be wider or narrower.
fn doubt(width: Abs, profile: &Profile, pages: Option<u32>, at: Option<Span>) -> Diagnostic {
    let millimetres = width.to_mm();
    let told = profile.paper.as_ref().and_then(|paper| paper.thickness);
    let message = match (pages, told) {
        (None, _) => {
            "it is not known how many pages the book has, so not how wide its spine is".to_owned()
        }
        (_, Some(_)) => format!(
            "the spine is {millimetres:.1} mm wide by what is known of {}'s papers at second hand",
            profile.printer
        ),
        (_, None) => format!(
            "it is not known how thick the paper is: the spine of {millimetres:.1} mm is that of a usual one"
        ),
    };
    let mut found = Diagnostic::new(Code::GuessedSpine, at, message);
    if told.is_some() && pages.is_some() {
        found.severity = Severity::Note;
        return found.hint("ask the printer's own reckoner, and write `spine-width:`");
    }
    found.hint("say `profile:` and `paper:`, or ask the printer and write `spine-width: 17.5mm`")
}

/// The text on the back, as a chapter: that of a file, of the cover's own key, or the book's description.
fn back(press: Press<'_>, edition: &Edition, wrap: &Wrap, sink: &Sink) -> Chapter {
    let manifest: &Manifest = &edition.manifest;
    let made = |text: &str| {
        let name = format!("editions.{}.back", edition.name);
        let file = press.sources.add(name, text);
        (file.id, Expanded::whole(file.id, text))
    };
    let (path, (file, text)) = match &wrap.back {
        Back::File(path) => {
            let read = manuscript::read(
                press.world,
                press.sources,
                &path.value,
                path.at,
                &manifest.dialect,
                &manifest.variables,
                sink,
            );
            (path.value.clone(), read.unwrap_or_else(|| made("")))
        }
        Back::Text(text) => (String::new(), made(&text.value)),
        Back::Description => {
            let description = manifest.metadata.description.as_deref();
            (String::new(), made(description.unwrap_or_default()))
        }
        Back::Blank => (String::new(), made("")),
    };
    let script = Script {
        file,
        path,
        text,
        matter: Matter::Body,
        depth: 0,
        title: None,
        numbered: Some(false),
    };
    let chapter = manuscript::parse(&script, &manifest.dialect, sink);
    refine::refine(chapter, &manifest.metadata.language, manifest.dialect.smart)
}
