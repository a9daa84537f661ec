//! What lies at a path.

/// As much of a file is enough to know it by; in bytes. A PDF may have other bytes before its own, but begins within these
/// (ISO 32000-1, annex H, implementation note 13).
pub const HEAD: usize = 1024;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `book.yaml` or an mdBook's `book.toml`: its folder is the book.
    Manifest,
    /// A chapter, or a book of one chapter.
    Markdown,
    /// A finished EPUB.
    Epub,
    /// A finished PDF.
    Pdf,
}

/// The kind of a file by what it holds and, where that says nothing, by its name; `None` if it is nothing that recto can read.
/// A file that is called an EPUB or a PDF and holds no such thing is still of that kind, a damaged one.
pub fn kind(name: &str, head: &[u8]) -> Option<Kind> {
    let head = &head[..head.len().min(HEAD)];
    // The first entry of an EPUB is stored, has no extra field and says what the file is (OCF 3.3, 4.2.2): the name of the
    // entry stands at byte 30, its text right behind it.
    let is_epub = head.starts_with(b"PK\x03\x04")
        && head.get(30..58) == Some(b"mimetypeapplication/epub+zip".as_slice());
    if is_epub {
        return Some(Kind::Epub);
    }
    if head.windows(5).any(|bytes| bytes == b"%PDF-") && !is_text(head) {
        return Some(Kind::Pdf);
    }
    if matches!(name, "book.yaml" | "book.yml" | "book.toml") {
        return Some(Kind::Manifest);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    match ending?.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Some(Kind::Markdown),
        "epub" => Some(Kind::Epub),
        "pdf" => Some(Kind::Pdf),
        _ => None,
    }
}

/// Whether it is text that only speaks of a PDF: UTF-8 without NUL, and the mark not at its start.
fn is_text(head: &[u8]) -> bool {
    !head.starts_with(b"%PDF-") && std::str::from_utf8(head).is_ok() && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_what_they_hold() {
        let epub = b"PK\x03\x04..........................mimetypeapplication/epub+zip";
        assert_eq!(kind("book.zip", epub), Some(Kind::Epub));
        assert_eq!(kind("book", b"%PDF-1.7\n"), Some(Kind::Pdf));
        assert_eq!(kind("book", b"\x00\xff junk %PDF-1.7\n"), Some(Kind::Pdf));
        assert_eq!(
            kind("a.md", b"It begins with `%PDF-`."),
            Some(Kind::Markdown)
        );
        assert_eq!(kind("A.MD", b""), Some(Kind::Markdown));
        assert_eq!(kind("book.yaml", b""), Some(Kind::Manifest));
        assert_eq!(kind("theme.yaml", b""), None);
        assert_eq!(kind("a.epub", b"nothing of the kind"), Some(Kind::Epub));
        assert_eq!(kind("a.docx", b"PK\x03\x04 something else"), None);
        assert_eq!(kind("a", b""), None);
    }
}
