//! What holds for the lines of any book.

use recto::build::{Stage, Target};
use recto::diag::Code;

use super::stages::Desk;

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
    let (report, found) = Desk::new(&book, "one.md").dump(Some(Target::Pdf), Stage::Report);
    let gaping = (figure(&report, "gt200") * figure(&report, "just_lines") / 100.0).round();
    let told = found.iter().filter(|one| one.code == Code::LooseLine);
    let (told, alone): (Vec<_>, Vec<_>) =
        told.partition(|one| one.message.contains(" wider than the font's own"));
    assert!(told.len() > 10, "the page is narrow enough: {}", told.len());
    assert!(alone.is_empty(), "words are short enough");
    assert_eq!(told.len() as f64, gaping);
}
