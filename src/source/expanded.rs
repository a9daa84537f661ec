//! A text made of pieces of files: a chapter after its includes were put in.

use std::ops::Range;

use super::{FileId, Span};

/// A stretch of an [`Expanded`] text that was copied from a file byte for byte, or stands for something there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where the stretch begins in the expanded text.
    pub at: u32,
    /// The file it came from.
    pub file: FileId,
    /// Where it begins there.
    pub start: u32,
    /// Whether bytes map one to one (a copy), or every byte maps to `start` (a variable's value).
    pub copied: bool,
}

/// A text and the way from each of its bytes back to a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expanded {
    /// The text.
    pub text: String,
    /// In order of `at`; the first begins at 0. Empty only if the text is.
    pub segments: Vec<Segment>,
}

impl Expanded {
    /// A whole file, unchanged.
    pub fn whole(file: FileId, text: &str) -> Expanded {
        let mut expanded = Expanded::default();
        expanded.push_copy(file, 0, text);
        expanded
    }

    /// Appends text that stands at `start` in `file`.
    pub fn push_copy(&mut self, file: FileId, start: usize, text: &str) {
        self.push(file, start, text, true);
    }

    /// Appends text that replaces something at `start` in `file`.
    pub fn push_value(&mut self, file: FileId, start: usize, text: &str) {
        self.push(file, start, text, false);
    }

    fn push(&mut self, file: FileId, start: usize, text: &str, copied: bool) {
        if text.is_empty() && !self.segments.is_empty() {
            return;
        }
        self.segments.push(Segment {
            at: self.text.len() as u32,
            file,
            start: start as u32,
            copied,
        });
        self.text.push_str(text);
    }

    /// The file's range behind a range of this text. A range over several segments is cut at the end of the first.
    pub fn span(&self, range: Range<usize>) -> Span {
        let Some(index) = self
            .segments
            .partition_point(|s| s.at as usize <= range.start)
            .checked_sub(1)
        else {
            return Span::new(FileId::default(), 0, 0);
        };
        let segment = self.segments[index];
        let limit = self
            .segments
            .get(index + 1)
            .map_or(self.text.len(), |next| next.at as usize);
        let start = segment.start as usize;
        if !segment.copied {
            return Span::new(segment.file, start, start);
        }
        let from = range.start - segment.at as usize;
        let to = range.end.min(limit).max(range.start) - segment.at as usize;
        Span::new(segment.file, start + from, start + to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_lead_back_through_an_include() {
        let (a, b) = (FileId(0), FileId(1));
        let mut text = Expanded::default();
        text.push_copy(a, 0, "before ");
        text.push_copy(b, 10, "inner");
        text.push_value(a, 20, "value");
        text.push_copy(a, 30, " after");
        assert_eq!(text.span(0..6), Span::new(a, 0, 6));
        assert_eq!(text.span(8..10), Span::new(b, 11, 13));
        assert_eq!(text.span(8..30), Span::new(b, 11, 15));
        assert_eq!(text.span(13..15), Span::new(a, 20, 20));
        assert_eq!(text.span(18..20), Span::new(a, 31, 33));
    }
}
