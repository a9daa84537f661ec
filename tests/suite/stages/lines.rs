//! Words and lines: where words may be broken, where lines end, what stands where in them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use recto::diag::Sink;
use recto::font::Fonts;
use recto::manifest::Manifest;
use recto::model::{
    Attrs, Chapter, ChapterId, ChapterRole, Inline, InlineKind, Lang, Matter, NodeId, Origin, Spans,
};
use recto::resolve::{Book, Edition, Facts};
use recto::source::Sources;
use recto::theme::{HyphenLimits, Justify, Theme};
use recto::typeset::frame::{Frame, Item};
use recto::typeset::hyphen::{self, Exceptions, Hyphenation, Joint};
use recto::typeset::paragraph::{Breaker, Cx, Measure, Params, Place, Stops, Sums, Voice, prepare};
use recto::typeset::shape::Shaper;
use recto::typeset::structure::{ElementId, Structure, Tag};
use recto::typeset::style::Styles;
use recto::unit::Abs;

use super::glyphs::body_theme;
use crate::support::case::Case;

fn lang(case: &Case) -> Lang {
    case.option("lang").and_then(Lang::new).unwrap_or_default()
}

fn points(case: &Case, key: &str) -> Option<Abs> {
    case.option(key)?.parse().ok().map(Abs::pt)
}

/// A word a line; `lang=de`, `code`, `limits=WORD,BEFORE,AFTER`, `known=man-u-script`. Syllables are parted by `-`, those of names by `=`, of compounds by `*`; `|` is a
/// joint that needs no hyphen, `:` is where only need breaks.
pub fn hyphens(case: &Case) -> String {
    let (lang, mut exceptions) = (lang(case), Exceptions::new());
    for word in case
        .option("known")
        .into_iter()
        .flat_map(|words| words.split(','))
    {
        exceptions.add(&lang.primary(), word);
    }
    let limits = case.option("limits").map(|numbers| {
        let mut numbers = numbers
            .split(',')
            .map(|n| n.parse().expect("limits are numbers"));
        let mut next = || numbers.next().expect("there are three limits");
        HyphenLimits {
            word: next(),
            before: next(),
            after: next(),
            ..HyphenLimits::default()
        }
    });
    let how = Hyphenation {
        patterns: hyphen::patterns(&lang),
        exceptions: exceptions.of(&lang).map(|words| &**words),
        verbatim: case.has("code"),
        limits: limits.unwrap_or_default(),
    };
    let mut out = String::new();
    let mut found = Vec::new();
    for word in case.input.lines() {
        found.clear();
        hyphen::opportunities(word, &how, &mut found);
        let mut last = 0;
        for opportunity in &found {
            out.push_str(&word[last..opportunity.at]);
            out.push(match opportunity.kind {
                Joint::Soft | Joint::Syllable => '-',
                Joint::Capitalised => '=',
                Joint::Compound => '*',
                Joint::Hyphen | Joint::Dash | Joint::Slash | Joint::Verbatim => '|',
                Joint::Anywhere => ':',
            });
            last = opportunity.at;
        }
        let _ = writeln!(out, "{}", &word[last..]);
    }
    out
}

/// Words by their widths in points, with hyphens where they may be broken (`30-20`) and `/` where a line must end. A
/// space is 3 pt wide and may become 4 or 2.5; a hyphen is 2 pt wide; words give nothing, or 2 % with `flex`. `width=`
/// and `first=` (the first line's inset) are in points; `looseness=` and `ladder=` are numbers of lines. Shown are the lines with how far their spaces are stretched or
/// shrunk, and in how many lines the paragraph can be set.
pub fn breaks(case: &Case) -> String {
    let measure = Measure {
        first: points(case, "first").unwrap_or_default(),
        ..Measure::of(points(case, "width").unwrap_or(Abs::pt(100.0)))
    };
    let size = Abs::pt(10.0);
    let params = match (case.has("ragged"), case.has("balanced")) {
        (true, _) => Params::ragged(size),
        (_, true) => Params::balanced(size),
        _ => Params::justified(size),
    };
    let number = |key: &str| case.option(key).and_then(|number| number.parse().ok());
    let params = Params {
        looseness: number("looseness").unwrap_or(0),
        ladder: number("ladder").map_or(params.ladder, i8::unsigned_abs),
        ..params
    };
    let raw = |points: f64| Abs::pt(points).raw();
    let word = |width: &str| {
        let width: f64 = width.parse().expect("a word is a number of points");
        let flex = if case.has("flex") { width * 0.02 } else { 0.0 };
        Sums {
            width: raw(width),
            flex: raw(flex),
            ..Sums::default()
        }
    };
    let space = Sums {
        width: raw(3.0),
        stretch: raw(1.0),
        shrink: raw(0.5),
        ..Sums::default()
    };
    let mut stops = Stops::new();
    let mut spaced = false;
    for token in case.input.split_whitespace() {
        if token == "/" {
            stops.end(Abs::ZERO, Abs::ZERO, Place::default());
            spaced = false;
            continue;
        }
        if spaced {
            stops.space(space, Abs::ZERO, Abs::ZERO, 0.0, Place::default());
        }
        spaced = true;
        for (part, width) in token.split('-').enumerate() {
            if part > 0 {
                let cost = params.joint(Joint::Syllable);
                stops.joint(
                    Joint::Syllable,
                    Abs::pt(2.0),
                    Abs::ZERO,
                    cost,
                    Place::default(),
                );
            }
            stops.push(word(width));
        }
    }
    stops.end(Abs::ZERO, Abs::ZERO, Place::default());
    show(&stops, &measure, &params, &case.input)
}

fn show(stops: &Stops, measure: &Measure, params: &Params, input: &str) -> String {
    // The pieces between stops, each with what stands behind it.
    let mut pieces: Vec<(String, char)> = Vec::new();
    for token in input.split_whitespace() {
        if token == "/" {
            if let Some((_, behind)) = pieces.last_mut() {
                *behind = '/';
            }
            continue;
        }
        for part in token.split('-') {
            pieces.push((part.to_owned(), '-'));
        }
        if let Some((_, behind)) = pieces.last_mut() {
            *behind = ' ';
        }
    }
    let breaks = Breaker::default().break_lines(stops, measure, params);
    let Some(best) = breaks.settings.get(breaks.best) else {
        return "nothing\n".to_owned();
    };
    let mut out = String::new();
    let mut from = 0;
    for line in &best.lines {
        let to = (line.stop as usize + 1).min(pieces.len());
        let mut text = String::new();
        for (at, (piece, behind)) in pieces[from..to].iter().enumerate() {
            text.push_str(piece);
            if from + at + 1 < to || *behind == '-' {
                text.push(*behind);
            }
        }
        from = to;
        let fit = &line.fit;
        let how = if fit.excess > 0 {
            format!("sticks out {}", Abs::from_raw(fit.excess))
        } else if fit.natural && fit.ratio == 0.0 {
            "as it is".to_owned()
        } else {
            format!("{:+.2}, glyphs {:+.2}", fit.ratio, fit.flex)
        };
        let _ = writeln!(out, "{text}  {how}");
    }
    let counts: Vec<String> = breaks
        .settings
        .iter()
        .map(|setting| setting.lines.len().to_string())
        .collect();
    let _ = writeln!(out, "in {} lines", counts.join(", "));
    out
}

/// Text in the body's font; `lang=`, `width=` in points, `align=start`; all other options are properties of the body. Shown
/// are the lines: each run from left to right with where it begins in points; with `fit`, how each line fills the measure.
pub fn lines(case: &Case) -> String {
    let (sources, sink) = (Sources::new(), Sink::new());
    let theme = body_theme(case, "", &sources, &sink);
    let inlines = case.input.lines().enumerate().flat_map(|(number, line)| {
        let end = (number > 0).then_some(InlineKind::HardBreak);
        end.into_iter()
            .chain([InlineKind::Text(line.to_owned())])
            .map(inline)
    });
    let inlines: Vec<Inline> = inlines.collect();
    let mut out = String::new();
    for frame in frames(case, &theme, &Fonts::bundled(), &inlines, &sink) {
        if case.has("fit") {
            fit(&frame, &mut out);
        } else {
            line(&frame, &mut out);
        }
    }
    out
}

/// Where a line's letters begin and end, how much wider than the font's own they are, how wide its first word and its first
/// space are.
fn fit(frame: &Frame, out: &mut String) {
    let (mut from, mut to, mut words) = (f64::MAX, 0.0f64, String::new());
    let (mut letters, mut first, mut space) = (0, None, None);
    for (at, item) in &frame.items {
        let Item::Glyphs { run, .. } = item else {
            continue;
        };
        from = from.min(at.x.to_pt());
        letters = run.expansion;
        let (mut x, mut byte) = (at.x.to_pt(), 0);
        for glyph in &run.glyphs {
            let width = f64::from(glyph.advance) / 65_536.0;
            if run.text[byte..].starts_with(' ') {
                first = first.or(Some(x - from));
                // The one at the line's end is there for readers alone.
                if byte + 1 < run.text.len() {
                    space = space.or(Some(width));
                }
            } else {
                to = to.max(x + width);
            }
            x += width;
            byte += usize::from(glyph.bytes);
        }
        words += &run.text.replace('\u{ad}', "~");
    }
    let (first, space) = (first.unwrap_or_default(), space.unwrap_or_default());
    let _ = writeln!(
        out,
        "{from:.1} to {to:.1}, letters {letters}, word {first:.2}, space {space:.2}: {}",
        words.trim_end()
    );
}

/// An inline from nowhere.
pub fn inline(kind: InlineKind) -> Inline {
    Inline {
        id: NodeId(0),
        kind,
    }
}

/// A paragraph's lines, in a theme's body; `lang=`, `width=` in points, `align=start`.
pub fn frames(
    case: &Case,
    theme: &Theme,
    fonts: &Fonts,
    inlines: &[Inline],
    sink: &Sink,
) -> Vec<Arc<Frame>> {
    let styles = Styles::new(theme, fonts);
    let shaper = Shaper::new(fonts);
    let chapter = Chapter {
        origin: Origin::Made("case".to_owned()),
        matter: Matter::Body,
        role: ChapterRole::Chapter,
        depth: 0,
        title: None,
        short_title: None,
        lang: Some(lang(case)),
        numbered: None,
        listed: None,
        attrs: Attrs::default(),
        blocks: Vec::new(),
        notes: Vec::new(),
        spans: Spans::default(),
    };
    let edition = Edition {
        book: Book {
            manifest: Arc::new(Manifest::default()),
            chapters: Vec::new(),
            assets: BTreeMap::new(),
        },
        facts: Facts::default(),
    };
    let (dests, images) = (BTreeMap::new(), BTreeMap::new());
    let structure = Structure::new(Tag::P);
    let mut cx = Cx::new(
        ChapterId(0),
        &chapter,
        &edition,
        &styles,
        &shaper,
        &dests,
        &images,
        &edition.facts.note_marks,
        sink,
        structure,
    );
    let mut style = styles.body().clone();
    style.align = match case.option("align") {
        Some("start") => Justify::Start,
        Some("center") => Justify::Center,
        Some("end") => Justify::End,
        _ => Justify::Both,
    };
    let voice = Voice::Element(ElementId(0));
    let material = prepare(&mut cx, inlines, &Arc::new(style), voice);
    let measure = Measure::of(points(case, "width").unwrap_or(Abs::pt(200.0)));
    let paragraph = material.set(&measure);
    shaper.report(&Sources::new(), sink);
    paragraph.frames(paragraph.best, ..)
}

fn line(frame: &Frame, out: &mut String) {
    let runs: Vec<String> = frame
        .items
        .iter()
        .filter_map(|(at, item)| match item {
            Item::Glyphs { run, .. } => {
                let text = run.text.replace('\u{ad}', "~");
                Some(format!("{:.1} {text:?}", at.x.to_pt()))
            }
            _ => None,
        })
        .collect();
    let _ = writeln!(out, "{}", runs.join("  "));
}
