//! What holds for the lines of any book.

use std::path::Path;

use recto::build::{Format, Stage};
use recto::diag::{Code, Sink};
use recto::font::Fonts;
use recto::model::InlineKind;
use recto::source::{MemoryWorld, Sources};
use recto::theme;
use recto::typeset::frame::{Frame, Item};

use super::stages::{Desk, frames, inline};
use super::support::case::Case;

/// A novel's page, so narrow that many lines are bad.
const NARROW: &str = "==> book.yaml <==
title: A Book
trim: {width: 170pt, height: 400pt}
margins: {inner: 30pt, outer: 30pt, head: 40pt, foot: 40pt}
generate: []
";

/// Words of one to thirteen letters, by a generator of numbers that is the same everywhere.
fn words(count: usize, seed: u32) -> String {
    let mut state = seed;
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    let words: Vec<String> = (0..count)
        .map(|_| {
            let long = 1 + next(7) + next(7);
            (0..long)
                .map(|_| char::from(b"etaoinshrdlu"[next(12) as usize]))
                .collect()
        })
        .collect();
    words.join(" ")
}

fn figure(report: &str, name: &str) -> f64 {
    let line = report.lines().find(|line| line.starts_with(name));
    let value = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    value.unwrap_or_else(|| panic!("the report has {name}"))
}

#[test]
fn gaping_lines_of_the_report_are_those_that_are_told_of() {
    // Short paragraphs: of one with many such lines the loosest are told of.
    let text: Vec<String> = (0..40).map(|seed| words(25, seed)).collect();
    let book = format!("{NARROW}==> one.md <==\n# One\n\n{}\n", text.join("\n\n"));
    let (report, found) = Desk::new(&book, "one.md").dump(Some(Format::Pdf), Stage::Report);
    let gaping = (figure(&report, "gt200") * figure(&report, "just_lines") / 100.0).round();
    let told = found.iter().filter(|one| one.code == Code::LooseLine);
    let (told, alone): (Vec<_>, Vec<_>) =
        told.partition(|one| one.message.contains(" wider than the font's own"));
    assert!(told.len() > 10, "the page is narrow enough: {}", told.len());
    assert!(alone.is_empty(), "words are short enough");
    assert_eq!(told.len() as f64, gaping);
}

/// Paragraphs of a manuscript that are words alone.
fn plain_paragraphs(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(path).expect("the manuscript is there");
    let plain = |paragraph: &&str| !paragraph.contains(['*', '[', '#', ':', '{', '<', '&', '`']);
    let paragraphs = text.split("\n\n").filter(plain);
    paragraphs.map(|text| text.replace('\n', " ")).collect()
}

/// Where a line's last letter ends, and its words.
fn line_end(frame: &Frame) -> (f64, String) {
    let (mut end, mut words) = (0.0, String::new());
    for (at, item) in &frame.items {
        if let Item::Glyphs { run, .. } = item {
            // The space at a line's end is there for readers alone.
            let space = usize::from(run.text.ends_with(' '));
            let glyphs = &run.glyphs[..run.glyphs.len() - space];
            let width: f64 = glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum();
            end = at.x.to_pt() + width / 65_536.0;
            words += &run.text;
        }
    }
    (end, words.trim().to_owned())
}

/// Lines that differ by less, in points, end at one place.
const NEAR: f64 = 8.0;

#[test]
fn ragged_lines_are_even_and_make_no_wedges() {
    let (sources, sink) = (Sources::new(), Sink::new());
    let theme = theme::load(None, &[], &MemoryWorld::new(0), &sources, &sink);
    let fonts = Fonts::bundled();
    for width in [200.0, 260.0, 324.0] {
        let options = ["align=start", "lang=en", &format!("width={width}")];
        let case = Case {
            line: 0,
            options: options.map(str::to_owned).to_vec(),
            input: String::new(),
            expected: String::new(),
        };
        let (mut lines, mut threes, mut wedges, mut hanging) = (0usize, 0, 0, 0);
        let (mut short, mut shortest) = (0.0, width);
        for file in ["01-the-stray.md", "02-the-test.md", "03-the-hoy.md"] {
            for text in plain_paragraphs(&format!("manuscripts/novella/{file}")) {
                let inlines = [inline(InlineKind::Text(text))];
                let set = frames(&case, &theme, &fonts, &inlines, &sink);
                let ends: Vec<(f64, String)> = set.iter().map(|frame| line_end(frame)).collect();
                let full = ends.split_last().map_or(&ends[..], |(_, full)| full);
                for (end, words) in full {
                    lines += 1;
                    short += width - end;
                    shortest = end.min(shortest);
                    let last = words.split(' ').next_back().unwrap_or_default();
                    hanging +=
                        usize::from(last.len() <= 2 && last.chars().all(char::is_alphabetic));
                    assert!(!words.ends_with('\u{ad}'), "no hyphen is needed: {words}");
                }
                for three in full.windows(3) {
                    threes += 1;
                    let steps = [three[0].0 - three[1].0, three[1].0 - three[2].0];
                    let wedge = steps.iter().all(|step| *step > NEAR)
                        || steps.iter().all(|step| *step < -NEAR);
                    wedges += usize::from(wedge);
                }
            }
        }
        let said = format!(
            "{width}: {lines} lines, {wedges} wedges of {threes}, {hanging} hanging, shortest {shortest:.0}"
        );
        assert!(lines > 100, "{said}");
        assert!(wedges * 50 <= threes, "{said}");
        assert!(hanging * 30 <= lines, "{said}");
        assert!(shortest > 0.7 * width, "{said}");
        assert!(short < 0.1 * width * lines as f64, "{said}");
        println!("{said}");
    }
}
