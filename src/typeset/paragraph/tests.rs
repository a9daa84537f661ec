//! Paragraphs from inlines to frames, in the bundled faces.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::diag::Code;
use crate::font::Fonts;
use crate::model::{Attrs, ChapterRole, InlineKind, Matter, Note, NoteKind, Origin, Spans};
use crate::resolve::{Book, Facts};
use crate::source::{MemoryWorld, Sources};
use crate::theme::{Justify, Theme};
use crate::typeset::frame::{Item, Owner};
use crate::typeset::structure::{Kid, Tag};

/// A book of one empty chapter with one note, to make paragraphs in.
struct Workshop {
    theme: Theme,
    fonts: Fonts,
    chapter: Chapter,
    edition: Edition,
    sink: Sink,
}

impl Workshop {
    fn new(lang: &str) -> Workshop {
        let (world, sources, sink) = (MemoryWorld::new(0), Sources::new(), Sink::new());
        let note = Note {
            id: NodeId(90),
            name: None,
            kind: NoteKind::Text,
            blocks: Vec::new(),
        };
        let chapter = Chapter {
            origin: Origin::Made("test".to_owned()),
            matter: Matter::Body,
            role: ChapterRole::Chapter,
            depth: 0,
            title: None,
            short_title: None,
            lang: Lang::new(lang),
            numbered: None,
            listed: None,
            attrs: Attrs::default(),
            blocks: Vec::new(),
            notes: vec![note],
            spans: Spans::default(),
        };
        let mut facts = Facts::default();
        let body = NodeRef {
            chapter: ChapterId(0),
            node: NodeId(90),
        };
        facts.note_marks.insert(body, "12".to_owned());
        let book = Book {
            manifest: Arc::default(),
            chapters: Vec::new(),
            assets: BTreeMap::new(),
        };
        Workshop {
            theme: crate::theme::load(None, &[], &world, &sources, &sink),
            fonts: Fonts::bundled(),
            chapter,
            edition: Edition { book, facts },
            sink,
        }
    }

    /// Sets inlines to a measure in points; returns their lines and the structure.
    fn set(&self, inlines: &[Inline], align: Justify, width: f64) -> (Vec<Arc<Frame>>, Structure) {
        let styles = Styles::new(&self.theme, &self.fonts);
        let shaper = Shaper::new(&self.fonts);
        let (dests, images) = (BTreeMap::new(), BTreeMap::new());
        let mut cx = Cx::new(
            ChapterId(0),
            &self.chapter,
            &self.edition,
            &styles,
            &shaper,
            &dests,
            &images,
            &self.edition.facts.note_marks,
            &self.sink,
            Structure::new(Tag::P),
        );
        let mut style = styles.body().clone();
        style.align = align;
        let voice = Voice::Element(ElementId(0));
        let material = prepare(&mut cx, inlines, &Arc::new(style), voice);
        let paragraph = material.set(&Measure::of(Abs::pt(width)));
        shaper.report(&Sources::new(), &self.sink);
        (paragraph.frames(paragraph.best, ..), cx.structure)
    }
}

fn inline(kind: InlineKind) -> Inline {
    Inline {
        id: NodeId(1),
        kind,
    }
}

fn text(words: &str) -> Inline {
    inline(InlineKind::Text(words.to_owned()))
}

/// The runs of a line in reading order: where each begins and ends, and what it says.
fn runs(frame: &Frame) -> Vec<(Abs, Abs, String)> {
    let items = frame.items.iter();
    items
        .filter_map(|(at, item)| match item {
            Item::Glyphs { run, .. } => Some((at.x, at.x + run.width(), run.text.clone())),
            _ => None,
        })
        .collect()
}

const PROSE: &str = "There is a road in the north that nobody has a reason to walk, and I have walked it three times: \
    once for money, once for a wager, and once because the affectionate schoolmistress of Finnfield asked me to. \
    “Extraordinary,” said the officer—incomprehensibly, and “Very well.”";

#[test]
fn justified_lines_end_at_the_measure_and_say_all_words() {
    let workshop = Workshop::new("en-GB");
    let (lines, _) = workshop.set(&[text(PROSE)], Justify::Both, 180.0);
    let mut said = String::new();
    for (number, line) in lines.iter().enumerate() {
        let runs = runs(line);
        let (_, end, words) = runs.last().unwrap();
        said.extend(runs.iter().map(|(.., text)| text.as_str()));
        if number + 1 == lines.len() {
            continue;
        }
        // Without the space at the end; with what hangs out.
        let run = line.items.iter().rev().find_map(|(_, item)| match item {
            Item::Glyphs { run, .. } => Some(run),
            _ => None,
        });
        let glyphs = &run.unwrap().glyphs;
        let space = if words.ends_with(' ') {
            glyphs.last().unwrap().advance()
        } else {
            Abs::ZERO
        };
        let out = *end - space - Abs::pt(180.0);
        assert!(
            out > Abs::pt(-0.001) && out < Abs::pt(4.0),
            "{out} in {words}"
        );
    }
    assert_eq!(said.replace('\u{ad}', ""), PROSE);
}

#[test]
fn frames_of_keys_touch_no_letter() {
    let workshop = Workshop::new("en");
    let key = inline(InlineKind::Kbd(vec![text("C")]));
    let (lines, _) = workshop.set(&[text("a"), key, text("b")], Justify::Start, 300.0);
    // The air is nobody's text, and stands in runs of its own.
    let mut runs = runs(&lines[0]);
    runs.retain(|(.., text)| !text.trim().is_empty());
    let said: Vec<&str> = runs.iter().map(|(.., text)| text.as_str()).collect();
    assert_eq!(said, ["a", "C", "b"]);
    let bars = lines[0].items.iter().filter_map(|(at, item)| match item {
        Item::Rule { size, .. } if size.width < size.height => Some((at.x, at.x + size.width)),
        _ => None,
    });
    let bars: Vec<(Abs, Abs)> = bars.collect();
    assert_eq!(bars.len(), 2);
    let letter = |number: usize| {
        let (from, to, _) = &runs[number];
        (*from, *to)
    };
    let gap = Abs::pt(0.5);
    let air = |before: Abs, after: Abs| assert!(after - before > gap, "{bars:?} {runs:?}");
    air(letter(0).1, bars[0].0);
    air(bars[0].1, letter(1).0);
    air(letter(1).1, bars[1].0);
    air(bars[1].1, letter(2).0);
}

/// What fits on a line is not broken for evenness' sake: a heading of two words least of all.
#[test]
fn a_heading_that_fits_on_one_line_stays_on_it() {
    let workshop = Workshop::new("en");
    let words = [text("CHAPTER II")];
    for align in [Justify::Start, Justify::Center, Justify::End] {
        let (whole, _) = workshop.set(&words, align, 400.0);
        let width: Abs = runs(&whole[0])
            .iter()
            .map(|(from, to, _)| *to - *from)
            .sum();
        for more in [1, 2, 10, 60, 300] {
            let measure = width + Abs::pt(f64::from(more) / 10.0);
            let points = measure.ratio(Abs::pt(1.0));
            let (lines, _) = workshop.set(&words, align, points);
            assert_eq!(lines.len(), 1, "{align:?} on {points} points");
        }
    }
}

/// Letters are placed by their direction and come in the order in which they are read, across links and emphasis.
#[test]
fn lines_of_both_directions_come_as_they_are_read() {
    let em = |inlines| inline(InlineKind::Emph(inlines));
    let words = [
        text("שלום abc "),
        em(vec![text("אחד def שתיים")]),
        text(" 12 xyz סוף"),
    ];
    for (lang, leftward) in [("he", true), ("en", false)] {
        let (lines, _) = Workshop::new(lang).set(&words, Justify::Start, 400.0);
        assert_eq!(lines.len(), 1);
        let runs = runs(&lines[0]);
        let said: String = runs.iter().map(|(.., text)| text.as_str()).collect();
        assert_eq!(said, "שלום abc אחד def שתיים 12 xyz סוף", "{lang}");
        let place = |word: &str| {
            let run = runs.iter().find(|(.., text)| text.contains(word));
            run.unwrap_or_else(|| panic!("{word} in {runs:?}")).0
        };
        // The direction of the whole line says which side comes first; within it, each script has its own.
        for pair in ["abc", "def", "xyz"].windows(2) {
            let behind = place(pair[1]) < place(pair[0]);
            assert_eq!(behind, leftward, "{lang}: {pair:?} in {runs:?}");
        }
        // No two stand on one another.
        let mut places: Vec<_> = runs.iter().map(|(from, to, _)| (*from, *to)).collect();
        places.sort();
        assert!(places.windows(2).all(|p| p[0].1 <= p[1].0), "{runs:?}");
    }
}

#[test]
fn bytes_of_glyphs_add_up_in_every_script() {
    for (lang, words) in [
        (
            "en",
            "The official waffle: office, affix, fjord, Ǽther, naïve e\u{301}tude",
        ),
        ("ar", "السلام عليكم ورحمة الله 123 (abc) لا"),
        ("he", "שָׁלוֹם עולם, 12 — abc"),
        ("el", "Ἐν ἀρχῇ ἦν ὁ λόγος"),
        ("zh", "中文排版没有空格，可以在任何地方换行。"),
    ] {
        let workshop = Workshop::new(lang);
        let (lines, _) = workshop.set(&[text(words)], Justify::Both, 60.0);
        let mut said = 0;
        for line in &lines {
            for (_, item) in &line.items {
                if let Item::Glyphs { run, .. } = item {
                    let bytes: usize = run.glyphs.iter().map(|g| usize::from(g.bytes)).sum();
                    assert_eq!(bytes, run.text.len(), "{}", run.text);
                    said += run.text.replace('\u{ad}', "").len();
                }
            }
        }
        assert_eq!(said, words.len(), "{words}");
    }
}

#[test]
fn words_stand_in_the_order_of_their_direction() {
    let workshop = Workshop::new("he");
    let (lines, _) = workshop.set(&[text("שלום abc def עולם")], Justify::Start, 300.0);
    let mut runs = runs(&lines[0]);
    runs.sort();
    let words: Vec<&str> = runs
        .iter()
        .map(|(.., text)| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    assert_eq!(words, ["עולם", "abc def", "שלום"]);
    let (_, end, _) = runs.last().cloned().unwrap();
    assert!((end - Abs::pt(300.0)).abs() < Abs::pt(0.001), "{end}");
}

#[test]
fn elements_stand_in_reading_order() {
    let workshop = Workshop::new("en");
    let inlines = [
        text("one "),
        inline(InlineKind::Emph(vec![text("two")])),
        text(" three"),
        inline(InlineKind::NoteCall(0)),
        text(", four"),
    ];
    let (lines, structure) = workshop.set(&inlines, Justify::Both, 300.0);
    let kids: Vec<String> = structure.elements[0]
        .kids
        .iter()
        .map(|kid| match kid {
            Kid::Slot(slot) => {
                let mut said = String::new();
                for (_, item) in &lines[0].items {
                    match item {
                        Item::Glyphs { run, owner, .. } if *owner == Owner::Slot(*slot) => {
                            said.push_str(&run.text);
                        }
                        _ => {}
                    }
                }
                said
            }
            Kid::Element(element) => format!("{:?}", structure.elements[element.0 as usize].tag),
        })
        .collect();
    assert_eq!(
        kids,
        ["one ", "Em", " three", "Reference", "Note", ", four"]
    );
}

#[test]
fn missing_scripts_are_reported_once_with_a_count() {
    let workshop = Workshop::new("en");
    workshop.set(&[text("文字 and 語, ഒരു")], Justify::Both, 300.0);
    let found = workshop.sink.finish(&Sources::new());
    let messages: Vec<&str> = found
        .iter()
        .filter(|d| d.code == Code::MissingGlyph)
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(
        messages[0].starts_with("no font at hand has 3 Han characters"),
        "{messages:?}"
    );
}

#[test]
fn white_space_collapses_across_inlines() {
    let workshop = Workshop::new("en");
    let inlines = [
        text(" one "),
        inline(InlineKind::Strong(vec![text(" two ")])),
        inline(InlineKind::SoftBreak),
        text("three "),
        inline(InlineKind::HardBreak),
        text(" four "),
    ];
    let (lines, _) = workshop.set(&inlines, Justify::Start, 300.0);
    let said: Vec<String> = lines
        .iter()
        .map(|line| runs(line).iter().map(|(.., text)| text.as_str()).collect())
        .collect();
    // Who hears it needs the space at the end.
    assert_eq!(said, ["one two three ", "four"]);
}

#[test]
fn a_line_end_behind_code_is_as_wide_as_any_other_space() {
    let workshop = Workshop::new("en");
    let end = |behind: &[Inline]| {
        let code = inline(InlineKind::Code {
            text: "Ord".to_owned(),
            attrs: Default::default(),
        });
        let inlines = [&[text("a "), code], behind].concat();
        let (lines, _) = workshop.set(&inlines, Justify::Start, 300.0);
        runs(&lines[0]).pop().map(|(_, end, _)| end)
    };
    let line_end = [inline(InlineKind::SoftBreak), text("c")];
    assert_eq!(end(&line_end), end(&[text(" c")]));
}
