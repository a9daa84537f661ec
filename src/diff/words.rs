//! Words of a text, and where it is cut into them.
//!
//! A word ends at a space and behind each hyphen or dash: so a line that is broken there is broken between two words, and a change of
//! one part of a compound is no change of the others. A soft hyphen is no part of a word.

use std::ops::Range;

/// The words of a text, in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    text: String,
    /// Where each ends in it, and whether nothing parts it from the one before.
    ends: Vec<(u32, bool)>,
}

/// Whether a part of a word at the end of a line goes on in the next.
pub fn joins(text: &str) -> bool {
    text.ends_with('\u{ad}')
}

/// Whether a word ends behind this character.
pub fn ends_word(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '/' | '\u{2026}')
}

/// Whether this character is no part of any word.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\0' || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Letters that are joined for the eye, as those that they are.
pub fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

/// The first and last of a text's words, with `…` between them if it has more than so many.
pub fn shortened(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() <= most {
        return text.to_owned();
    }
    let (first, last) = (most.div_ceil(2), most / 2);
    let (first, last) = (&words[..first], &words[words.len() - last..]);
    format!("{} … {}", first.join(" "), last.join(" "))
}

impl Words {
    /// How many.
    pub fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// Adds a word.
    pub fn push(&mut self, text: &str, glued: bool) {
        self.text.extend(text.chars().filter(|c| *c != '\u{ad}'));
        self.ends.push((self.text.len() as u32, glued));
    }

    /// Adds to the last word.
    pub fn extend(&mut self, text: &str) {
        let Some(last) = self.ends.len().checked_sub(1) else {
            return self.push(text, false);
        };
        self.text.extend(text.chars().filter(|c| *c != '\u{ad}'));
        self.ends[last].0 = self.text.len() as u32;
    }

    /// Adds the words of a text.
    pub fn read(&mut self, text: &str) {
        let mut word = String::new();
        let mut glued = false;
        for c in text.chars() {
            if is_space(c) {
                if !word.is_empty() {
                    self.push(&std::mem::take(&mut word), glued);
                }
                glued = false;
                continue;
            }
            match letters(c) {
                Some(letters) => word.push_str(letters),
                None => word.push(c),
            }
            if ends_word(c) {
                self.push(&std::mem::take(&mut word), glued);
                glued = true;
            }
        }
        if !word.is_empty() {
            self.push(&word, glued);
        }
    }

    /// A word.
    pub fn get(&self, word: u32) -> &str {
        let word = word as usize;
        let start = match word.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).map_or(0, |end| end.0) as usize,
        };
        let end = self.ends.get(word).map_or(start, |end| end.0 as usize);
        &self.text[start..end]
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|word| self.get(word))
    }

    /// Some of them, as they are read.
    pub fn text(&self, range: Range<u32>) -> String {
        let mut text = String::new();
        for word in range.clone() {
            if word > range.start && !self.ends.get(word as usize).is_some_and(|end| end.1) {
                text.push(' ');
            }
            text.push_str(self.get(word));
        }
        text
    }

    /// The first so many words of a range, with `…` if there are more.
    pub fn first(&self, range: Range<u32>, most: u32) -> String {
        let end = range.end.min(range.start.saturating_add(most));
        let more = if end < range.end { " …" } else { "" };
        self.text(range.start..end) + more
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_into_words() {
        let mut words = Words::default();
        words.read("The pine-tree\u{2014}a  \u{fb01}ne ship\u{ad}ping \u{200b} end");
        let all: Vec<_> = words.iter().collect();
        assert_eq!(
            all,
            [
                "The",
                "pine-",
                "tree\u{2014}",
                "a",
                "fine",
                "shipping",
                "end"
            ]
        );
        assert_eq!(words.text(1..5), "pine-tree\u{2014}a fine");
        assert_eq!(words.first(1..5, 2), "pine-tree\u{2014} …");
        assert_eq!(words.text(0..0), "");
    }

    #[test]
    fn long_texts_are_shortened() {
        assert_eq!(shortened("a b c", 3), "a b c");
        assert_eq!(shortened("a b c d e f", 3), "a b … f");
    }

    #[test]
    fn words_are_put_together() {
        let mut words = Words::default();
        words.push("ship\u{ad}", false);
        words.extend("ping");
        assert_eq!((words.len(), words.get(0)), (1, "shipping"));
        assert_eq!(words.get(7), "");
    }
}
