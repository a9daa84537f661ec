//! What holds for the pages of any book, by the dump of books in the font whose letters are all alike.

use std::collections::BTreeMap;

use proptest::prelude::*;
use recto::build::{Format, Stage};

use super::stages::Desk;

/// A piece of a chapter. Its words are numbered, so that each can be found again.
#[derive(Clone, Debug)]
enum Piece {
    /// Body text of so many words, perhaps with a note of so many words.
    Text(u32, Option<u32>),
    Heading(u8),
    Quote(u32),
    List(Vec<u32>),
    Code(u32),
    Table(u32),
    SceneBreak,
}

fn any_piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        6 => (1u32..90, prop::option::weighted(0.3, 1u32..40)).prop_map(|(n, note)| Piece::Text(n, note)),
        2 => (2u8..5).prop_map(Piece::Heading),
        1 => (1u32..40).prop_map(Piece::Quote),
        1 => prop::collection::vec(1u32..20, 1..5).prop_map(Piece::List),
        1 => (1u32..14).prop_map(Piece::Code),
        1 => (1u32..8).prop_map(Piece::Table),
        1 => Just(Piece::SceneBreak),
    ]
}

/// The chapter as Markdown, and its words in the order in which they are to be read; those of notes apart, by the word
/// that calls them.
struct Manuscript {
    markdown: String,
    words: Vec<String>,
    notes: BTreeMap<String, Vec<String>>,
}

fn manuscript(pieces: &[Piece]) -> Manuscript {
    let mut made = Manuscript {
        markdown: "# Opening\n\nwq\n\n".to_owned(),
        words: vec!["wq".to_owned()],
        notes: BTreeMap::new(),
    };
    let mut next = 0;
    // `b` stands for text of the body, `x` for all else, `n` for notes; the signs that end a word keep `b1` from `b12`.
    let mut word = |kind: char| {
        next += 1;
        format!("{kind}{next}q")
    };
    let mut bodies = String::new();
    for (number, piece) in pieces.iter().enumerate() {
        let mut run = |kind: char, count: u32, words: &mut Vec<String>| {
            let run: Vec<String> = (0..count).map(|_| word(kind)).collect();
            words.extend(run.iter().cloned());
            run
        };
        match piece {
            Piece::Text(count, note) => {
                let text = run('b', *count, &mut made.words);
                made.markdown += &text.join(" ");
                if let Some(note) = note {
                    let mut words = Vec::new();
                    let body = run('n', *note, &mut words).join(" ");
                    made.markdown += &format!("[^{number}]");
                    bodies += &format!("[^{number}]: {body}\n\n");
                    made.notes.insert(text[text.len() - 1].clone(), words);
                }
            }
            Piece::Heading(level) => {
                let text = run('x', 2, &mut made.words).join(" ");
                made.markdown += &format!("{} {text}", "#".repeat(usize::from(*level)));
            }
            Piece::Quote(count) => {
                made.markdown += &format!("> {}", run('x', *count, &mut made.words).join(" "));
            }
            Piece::List(items) => {
                for count in items {
                    let item = run('x', *count, &mut made.words).join(" ");
                    made.markdown += &format!("- {item}\n");
                }
            }
            Piece::Code(count) => {
                let lines = run('x', *count, &mut made.words).join("\n");
                made.markdown += &format!("~~~\n{lines}\n~~~");
            }
            Piece::Table(rows) => {
                made.markdown += "| a | b |\n|---|---|\n";
                for _ in 0..*rows {
                    let cells = run('x', 2, &mut made.words).join(" | ");
                    made.markdown += &format!("| {cells} |\n");
                }
            }
            Piece::SceneBreak => made.markdown += "***",
        }
        made.markdown += "\n\n";
    }
    made.markdown += &bodies;
    made
}

/// A line of text on a page: the page, its baseline in tenths of a point, its words.
struct Line {
    page: usize,
    y: i64,
    words: Vec<String>,
}

fn lines(dump: &str) -> Vec<Line> {
    let mut page = 0;
    let mut lines = Vec::new();
    for line in dump.lines() {
        page += usize::from(line.starts_with("page "));
        let mut parts = line.trim_start().splitn(3, ' ');
        let (Some(_), Some(y), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        if ["anchor ", "link ", "rule "]
            .iter()
            .any(|mark| text.starts_with(mark))
        {
            continue;
        }
        // Marks may run into words: every numbered word ends with its sign.
        let words = text.split('q').filter_map(|part| {
            let start = part.rfind(|c: char| !c.is_ascii_digit())?;
            let (kind, number) = part.get(start..)?.split_at_checked(1)?;
            let named = ["b", "x", "n", "w"].contains(&kind);
            named.then(|| format!("{kind}{number}q"))
        });
        let words: Vec<String> = words
            .filter(|word| word == "wq" || word.len() > 2)
            .collect();
        let y = y.parse::<f64>();
        if let (Ok(y), true, true) = (y, line.starts_with("  "), !text.starts_with('~')) {
            let y = (y * 10.0).round() as i64;
            lines.push(Line { page, y, words });
        }
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn pages_hold_every_word_once_and_lines_stand_on_the_grid(
        pieces in prop::collection::vec(any_piece(), 1..16),
        relaxed in any::<bool>(),
    ) {
        let made = manuscript(&pieces);
        let ends = if relaxed { "relaxed" } else { "strict" };
        let book = format!("==> book.yaml <==\npage: {{ends: {ends}}}\n==> one.md <==\n{}", made.markdown);
        let (dump, _) = Desk::fake(&book).dump(Some(Format::Pdf), Stage::Pages);
        let lines = lines(&dump);
        let found = |kinds: &[char]| -> Vec<(usize, String)> {
            let words = lines.iter().flat_map(|line| line.words.iter().map(|word| (line.page, word.clone())));
            words.filter(|(_, word)| word.starts_with(kinds)).collect()
        };
        let text = found(&['b', 'x', 'w']);
        let words: Vec<&String> = text.iter().map(|(_, word)| word).collect();
        prop_assert_eq!(words, made.words.iter().collect::<Vec<_>>(), "{}", dump);
        // Notes, in the order of their calls, from the pages of their calls on.
        let notes = found(&['n']);
        let pages: BTreeMap<&String, usize> = text.iter().map(|(page, word)| (word, *page)).collect();
        let mut wanted: Vec<&String> = Vec::new();
        for word in &made.words {
            let Some(note) = made.notes.get(word) else { continue };
            if let Some((page, _)) = notes.get(wanted.len()) {
                prop_assert_eq!(*page, pages[word], "a note is away from {}: {}", word, dump);
            }
            wanted.extend(note);
        }
        prop_assert_eq!(notes.iter().map(|(_, word)| word).collect::<Vec<_>>(), wanted, "{}", dump);
        let mut rest = notes.as_slice();
        for note in made.words.iter().filter_map(|word| made.notes.get(word)) {
            let (note, after) = rest.split_at(note.len());
            rest = after;
            let on = note.windows(2).all(|pair| pair[1].0 - pair[0].0 <= 1);
            prop_assert!(on, "a note leaves a page out: {}", dump);
        }
        // A first baseline is 39 pt down, further ones by 12 pt each.
        for line in &lines {
            let body = line.words.iter().any(|word| word.starts_with(['b', 'w']));
            prop_assert!(!body || (line.y - 390) % 120 == 0, "{} is off the grid: {}", line.words.join(" "), dump);
        }
    }
}
