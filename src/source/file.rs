//! Texts, once read.

use std::sync::{Arc, OnceLock, RwLock};

use super::{Place, Span};

/// Names a text in [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A text and its path.
#[derive(Debug)]
pub struct SourceFile {
    /// Its name in [`Sources`].
    pub id: FileId,
    /// Relative to the book's folder, with `/`.
    pub path: String,
    /// What it says; invalid UTF-8 was replaced on reading (and reported).
    pub text: String,
    lines: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// Where each line starts, in bytes.
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let ends = self
                .text
                .bytes()
                .enumerate()
                .filter(|(_, b)| *b == b'\n')
                .map(|(at, _)| at as u32 + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// The line (from 1) and the column (from 1, in characters) of a byte. A byte order mark, which no editor shows, is no column.
    pub fn line_column(&self, byte: u32) -> (u32, u32) {
        let byte = byte.min(self.text.len() as u32);
        let line = self.lines().partition_point(|start| *start <= byte).max(1);
        let mut start = self.lines()[line - 1] as usize;
        if start == 0 && self.text.starts_with('\u{FEFF}') {
            start = '\u{FEFF}'.len_utf8();
        }
        let mut end = byte as usize;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let column = self
            .text
            .get(start..end)
            .map_or(0, |before| before.chars().count());
        (line as u32, column as u32 + 1)
    }
}

/// All texts of a run, in the order in which they were read. Shared by all threads.
#[derive(Debug, Default)]
pub struct Sources {
    files: RwLock<Vec<Arc<SourceFile>>>,
}

impl Sources {
    /// None yet.
    pub fn new() -> Sources {
        Sources::default()
    }

    /// Takes a text in.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn add(&self, path: impl Into<String>, text: impl Into<String>) -> Arc<SourceFile> {
        let mut files = self.files.write().expect("no code under this lock panics");
        let id = FileId(files.len() as u32);
        let file = Arc::new(SourceFile {
            id,
            path: path.into(),
            text: text.into(),
            lines: OnceLock::new(),
        });
        files.push(Arc::clone(&file));
        file
    }

    /// A text by its name.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn get(&self, id: FileId) -> Option<Arc<SourceFile>> {
        self.files
            .read()
            .expect("no code under this lock panics")
            .get(id.0 as usize)
            .cloned()
    }

    /// Where a span begins, as a reader sees it.
    pub fn place(&self, span: Span) -> Option<Place> {
        let file = self.get(span.file)?;
        let (line, column) = file.line_column(span.start);
        Some(Place {
            path: file.path.clone(),
            line,
            column,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        let sources = Sources::new();
        let file = sources.add("a.md", "one\nzwölf drei\n");
        let place = |start| {
            let Place { line, column, .. } =
                sources.place(Span::new(file.id, start, start)).unwrap();
            (line, column)
        };
        assert_eq!(place(0), (1, 1));
        assert_eq!(place(4), (2, 1));
        assert_eq!(place(11), (2, 7));
        assert_eq!(place(999), (3, 1));
    }
}
