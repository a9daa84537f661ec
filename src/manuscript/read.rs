//! Reading a file: bytes to text, and what is wrong with them.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{SourceFile, Sources, Span, World};

/// No text of a book is larger; what is, is something else, and spans could not count it.
const LARGEST: usize = 256 << 20;

/// Reads a text file. What cannot be read is reported at `at`, where the book names it, and gives nothing; what is no
/// UTF-8 is reported where it stands and replaced.
pub(super) fn file(
    world: &dyn World,
    sources: &Sources,
    path: &str,
    at: Option<Span>,
    missing: Code,
    sink: &Sink,
) -> Option<Arc<SourceFile>> {
    let bytes = match world.read(Path::new(path)) {
        Ok(bytes) if bytes.len() <= LARGEST => bytes,
        Ok(bytes) => {
            let size = bytes.len() >> 20;
            sink.push(
                Diagnostic::new(
                    Code::UnreadableFile,
                    at,
                    format!("`{path}` has {size} MiB, which is more than any text has"),
                )
                .hint("is it the right file?"),
            );
            return None;
        }
        Err(error) => {
            sink.push(unread(path, at, missing, &error));
            return None;
        }
    };
    Some(decode(sources, path, &bytes, sink))
}

fn unread(path: &str, at: Option<Span>, missing: Code, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Diagnostic::new(missing, at, format!("there is no file `{path}`"))
                .hint("a path is relative to the file that names it")
        }
        io::ErrorKind::PermissionDenied if leads_out(path) => outside(path, at),
        // A link out of the folder is refused by the world in its own words; the operating system's have a number.
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_none() => outside(path, at),
        _ => Diagnostic::new(
            Code::UnreadableFile,
            at,
            format!("cannot read `{path}`: {error}"),
        ),
    }
}

fn outside(path: &str, at: Option<Span>) -> Diagnostic {
    Diagnostic::new(
        Code::OutsideFolder,
        at,
        format!("`{path}` is outside the book's folder"),
    )
    .hint("copy it into the folder, or build with `--allow-outside` if you trust the manuscript")
}

fn leads_out(path: &str) -> bool {
    clean(path).is_none()
}

/// A relative path without `./` and `../`; `None` if it is absolute or climbs out of the folder.
pub(super) fn clean(path: &str) -> Option<String> {
    if path.starts_with('/') || path.starts_with('\\') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A path as a file of `from` names it, seen from the book's folder; one that leads out begins with `../` and has none elsewhere.
pub(super) fn beside(from: &str, path: &str) -> String {
    let joined = match from.rsplit_once('/') {
        Some((folder, _)) if !path.starts_with('/') => format!("{folder}/{path}"),
        _ => path.to_owned(),
    };
    outward(&joined)
}

/// A relative path without `./`, and with no more `../` than lead out of the folder; an absolute one as it is.
pub(super) fn outward(path: &str) -> String {
    if path.starts_with(['/', '\\']) {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Takes a text into the sources, reporting bytes that are no UTF-8 (each run once, at most ten) and NUL bytes.
fn decode(sources: &Sources, path: &str, bytes: &[u8], sink: &Sink) -> Arc<SourceFile> {
    const MOST: usize = 10;
    let mut text = String::with_capacity(bytes.len());
    let mut faults = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if let Some(first) = chunk.invalid().first() {
            faults.push((text.len(), *first));
            text.push('\u{FFFD}');
        }
    }
    let file = sources.add(path, text);
    for (at, byte) in faults.iter().take(MOST) {
        let more = match faults.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!(" (and {more} more in this file)"),
        };
        sink.push(
            Diagnostic::new(
                Code::InvalidUtf8,
                Span::new(file.id, *at, *at + '\u{FFFD}'.len_utf8()),
                format!("the byte 0x{byte:02X} is not UTF-8{more}"),
            )
            .hint("save the file as UTF-8"),
        );
    }
    if let Some(at) = file.text.find('\0') {
        let count = file.text.bytes().filter(|b| *b == 0).count();
        sink.push(
            Diagnostic::new(
                Code::NulByte,
                Span::new(file.id, at, at + 1),
                match count {
                    1 => "a NUL byte".to_owned(),
                    _ => format!("{count} NUL bytes, the first of them here"),
                },
            )
            .hint("the file may be damaged, or saved as UTF-16"),
        );
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryWorld;

    fn read(bytes: &[u8]) -> (String, Vec<(Code, u32, u32)>) {
        let (world, sources, sink) = (
            MemoryWorld::new(0).with("a.md", bytes),
            Sources::new(),
            Sink::new(),
        );
        let file = file(&world, &sources, "a.md", None, Code::MissingChapter, &sink).unwrap();
        let found = sink.finish(&sources).into_iter().map(|d| {
            let place = sources.place(d.at.unwrap()).unwrap();
            (d.code, place.line, place.column)
        });
        (file.text.clone(), found.collect())
    }

    #[test]
    fn bytes_that_are_no_text_are_reported_in_place() {
        assert_eq!(
            read(b"gr\xFC\xDF\nok"),
            (
                "gr\u{FFFD}\u{FFFD}\nok".to_owned(),
                vec![(Code::InvalidUtf8, 1, 3), (Code::InvalidUtf8, 1, 4)]
            )
        );
        assert_eq!(read(b"a\nb\0c").1, [(Code::NulByte, 2, 2)]);
    }

    #[test]
    fn paths_are_cleaned_from_the_file_that_names_them() {
        assert_eq!(beside("a/b.md", "../c.md"), "c.md");
        assert_eq!(beside("a/b.md", "./d/c.md"), "a/d/c.md");
        assert_eq!(beside("a/b.md", "../../c.md"), "../c.md");
        assert_eq!(beside("a/b.md", "../.././../d/../c.md"), "../../c.md");
        assert_eq!(beside("a/b.md", "/c.md"), "/c.md");
        assert_eq!(clean("../c.md"), None);
        assert_eq!(clean("/etc/hosts"), None);
    }
}
