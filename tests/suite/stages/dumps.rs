//! The stages of the PDF as `recto dump` shows them.
//!
//! Cases marked `fake` are set in the font and the theme of [`fake`](crate::support::fake), so that every number is round;
//! `show=2-3` leaves all pages out but these, counted from 1 as they lie in the file; `figures` shows what is counted of all.

use recto::build::{Format, Stage};
use recto::diag::Code;

use super::world::Desk;
use crate::support::case::Case;

fn dump(case: &Case, stage: Stage) -> (String, String) {
    dump_of(case, Format::Pdf, stage)
}

fn dump_of(case: &Case, format: Format, stage: Stage) -> (String, String) {
    let desk = if case.has("fake") {
        Desk::fake(&case.input)
    } else {
        Desk::new(&case.input, "book.yaml")
    };
    let (text, mut found) = desk.dump(Some(format), stage);
    // The words of these cases repeat, so that each line has as many letters; `cases/codes` has what is told of words.
    let of_words = [Code::Runt, Code::StackedWords, Code::River];
    found.retain(|one| !of_words.contains(&one.code));
    (text, desk.lines(&found))
}

/// The sheets of a proof, line by line, without what is drawn and what heads each sheet. `rules` shows rules too, `links`
/// nothing but places to tap.
pub fn proof(case: &Case) -> String {
    let (_, found) = dump(case, Stage::Pages);
    let shown = pages(case);
    let shown = shown.strip_suffix(&found).unwrap_or(&shown);
    let wanted = |line: &&str| match line.split_whitespace().nth(2) {
        _ if line.starts_with("page ") => true,
        Some("rule") => case.has("rules"),
        Some("path") => false,
        Some("link" | "~+") => true,
        _ => !case.has("links") && !line.contains(" · sheet "),
    };
    let lines = shown.lines().filter(wanted);
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The pages, line by line.
pub fn pages(case: &Case) -> String {
    let (text, found) = dump(case, Stage::Pages);
    let (first, last) = case.option("show").map_or((1, usize::MAX), |range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let number = |text: &str| text.parse().expect("show= wants pages such as 2 or 2-3");
        (number(first), number(last))
    });
    let mut out = String::new();
    let mut page = 0;
    for line in text.lines() {
        page += usize::from(line.starts_with("page "));
        let of_a_page = line.starts_with("page ") || line.starts_with(' ');
        let wanted = if of_a_page {
            (first..=last).contains(&page)
        } else {
            case.has("figures")
        };
        if wanted {
            out.push_str(line);
            out.push('\n');
        }
    }
    out + &found
}

/// What a chapter is set as before it is cut into pages.
pub fn galley(case: &Case) -> String {
    let (text, found) = dump(case, Stage::Galley);
    text + &found
}

/// What a screen reader reads.
pub fn structure(case: &Case) -> String {
    let (text, found) = dump(case, Stage::Structure);
    text + &found
}

/// What goes round a book: its page, or what a screen reader reads of it.
pub fn cover(case: &Case) -> String {
    let stage = if case.has("structure") {
        Stage::Structure
    } else {
        Stage::Pages
    };
    let (text, found) = dump_of(case, Format::Cover, stage);
    text + &found
}
