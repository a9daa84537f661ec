//! Makes books of any length, always the same for the same length.

use std::fmt::Write as _;
use std::path::Path;

/// Plain words of different lengths, so that lines break and hyphenate as in prose.
const WORDS: &[&str] = &[
    "the",
    "a",
    "of",
    "and",
    "river",
    "to",
    "in",
    "his",
    "lantern",
    "considerable",
    "was",
    "it",
    "harbour",
    "that",
    "unremarkable",
    "with",
    "as",
    "at",
    "morning",
    "he",
    "but",
    "not",
    "understanding",
    "water",
    "from",
    "on",
    "by",
    "had",
    "every",
    "kitchen",
    "all",
    "travellers",
    "were",
    "this",
    "window",
    "she",
    "her",
    "conversation",
    "there",
    "so",
    "nevertheless",
    "upon",
    "light",
    "or",
    "when",
    "said",
    "which",
    "through",
    "one",
    "between",
    "stone",
    "no",
    "remembered",
    "then",
    "if",
    "out",
    "up",
    "into",
    "afternoon",
    "old",
    "magnificent",
    "like",
    "would",
    "been",
];

/// A chapter's length in words.
const CHAPTER: usize = 2500;

/// A generator of numbers (Steele and others, SplitMix64): small, and the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}

/// Writes a novel of about so many words into a folder: chapters with notes, dialogue, emphasis, scene breaks, verse.
///
/// # Errors
/// When the folder cannot be written.
pub fn novel(folder: &Path, words: usize) -> std::io::Result<()> {
    let mut numbers = Numbers(7);
    std::fs::create_dir_all(folder)?;
    std::fs::write(
        folder.join("book.yaml"),
        "title: A Long Walk\nauthors: [Nobody]\nlanguage: en-GB\ntheme: novel\n\
         generate: [half-title, title-page, contents]\n",
    )?;
    let chapters = words.div_ceil(CHAPTER).max(1);
    for chapter in 1..=chapters {
        let mut left = words.div_ceil(chapters);
        let mut text = format!(
            "# Of the {} {}\n\n",
            WORDS[4 + numbers.below(40)],
            WORDS[chapter % WORDS.len()]
        );
        let mut notes = String::new();
        let mut note = 0;
        while left > 0 {
            let length = (20 + numbers.below(140)).min(left);
            left -= length;
            match numbers.below(40) {
                0 => text.push_str("***\n\n"),
                1 => {
                    text.push_str("::: verse\n");
                    for _ in 0..4 {
                        sentence(&mut text, &mut numbers, 6);
                        text.push('\n');
                    }
                    text.push_str(":::\n\n");
                }
                2 => text.push_str("> "),
                3 => text.push_str("\"Well,\" said she, \"---"),
                _ => {}
            }
            let quoted = text.ends_with("---");
            let mut done = 0;
            while done < length {
                let words = (6 + numbers.below(20)).min(length - done);
                sentence(&mut text, &mut numbers, words);
                text.push(if numbers.below(4) == 0 { '\n' } else { ' ' });
                done += words;
            }
            text.truncate(text.trim_end().len());
            if quoted {
                text.push('"');
            }
            if numbers.below(12) == 0 {
                note += 1;
                let _ = write!(text, "[^{note}]");
                let _ = write!(notes, "[^{note}]: ");
                sentence(&mut notes, &mut numbers, 24);
                notes.push_str("\n\n");
            }
            text.push_str("\n\n");
        }
        std::fs::write(folder.join(format!("{chapter:04}.md")), text + &notes)?;
    }
    Ok(())
}

fn sentence(text: &mut String, numbers: &mut Numbers, words: usize) {
    for at in 0..words {
        let word = WORDS[numbers.below(WORDS.len())];
        match (at, numbers.below(30)) {
            (0, _) => {
                text.push_str(&word[..1].to_uppercase());
                text.push_str(&word[1..]);
            }
            (_, 0) => {
                let _ = write!(text, "*{word}*");
            }
            (_, 1) if at + 1 < words => {
                let _ = write!(text, "{word},");
            }
            _ => text.push_str(word),
        }
        text.push(if at + 1 < words { ' ' } else { '.' });
    }
}
