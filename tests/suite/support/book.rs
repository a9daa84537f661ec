//! Little books written out in a case: several files and the commands to run on them.
//!
//! ```text
//! ==> book.yaml <==
//! title: A Book
//! ==> one.md <==
//! # One
//! $ recto build
//! ```
//!
//! A name may carry a remark: `(repeat N)` writes its text N times, without its last line end; `(escaped)` knows `\n`, `\0`,
//! `\\` and `\xHH`; `(cut N)` leaves off the last N bytes; `(copy tests/…)` takes the bytes of a file of this repository;
//! `(made WHAT)` makes a file, as `made` says; `(link TARGET)` makes a symbolic link. Several stand in one pair of brackets with
//! commas.

use std::path::{Path, PathBuf};

/// A file of a little book.
#[derive(Debug)]
pub enum File {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// Where it points.
    Link(String),
}

/// A little book.
#[derive(Debug, Default)]
pub struct Book {
    /// Paths and what stands there, in order.
    pub files: Vec<(String, File)>,
    /// Commands, each a program and its arguments.
    pub commands: Vec<String>,
}

impl Book {
    /// From a case's input. Text before the first `==>` goes into a file of the name `first`.
    pub fn parse(input: &str, first: &str) -> Book {
        let mut book = Book::default();
        let mut open: Option<(String, String)> = None;
        for line in input.split_inclusive('\n') {
            let bare = line.trim_end();
            if let Some(name) = bare
                .strip_prefix("==> ")
                .and_then(|rest| rest.strip_suffix(" <=="))
            {
                book.close(open.take());
                open = Some((name.to_owned(), String::new()));
            } else if let Some(command) = bare.strip_prefix("$ ") {
                book.commands.push(command.to_owned());
            } else {
                open.get_or_insert_with(|| (first.to_owned(), String::new()))
                    .1
                    .push_str(line);
            }
        }
        book.close(open);
        book
    }

    fn close(&mut self, open: Option<(String, String)>) {
        let Some((name, text)) = open else { return };
        let (name, remarks) = match name.split_once(" (") {
            Some((name, remarks)) => (name.to_owned(), remarks.trim_end_matches(')').to_owned()),
            None => (name, String::new()),
        };
        let mut bytes = text.into_bytes();
        for remark in remarks.split(", ").filter(|remark| !remark.is_empty()) {
            let (what, value) = remark.split_once(' ').unwrap_or((remark, ""));
            let number = || {
                value
                    .parse::<usize>()
                    .expect("repeat and cut want a number")
            };
            bytes = match what {
                "repeat" => {
                    bytes.pop();
                    bytes.repeat(number())
                }
                "escaped" => unescape(&bytes),
                "cut" => bytes[..bytes.len().saturating_sub(number())].to_vec(),
                "copy" => std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(value))
                    .expect("a file to copy is part of this repository"),
                "made" => super::made::made(value),
                "link" => {
                    self.files.push((name, File::Link(value.to_owned())));
                    return;
                }
                _ => panic!("unknown remark ({remark}) on a file of a case"),
            };
        }
        self.files.push((name, File::Bytes(bytes)));
    }

    /// Writes all files below a folder.
    pub fn write(&self, folder: &Path) {
        for (name, file) in &self.files {
            let path: PathBuf = folder.join(name);
            let parent = path.parent().expect("a file below a folder has a parent");
            std::fs::create_dir_all(parent).expect("a fresh folder can be written");
            match file {
                File::Bytes(bytes) => std::fs::write(&path, bytes),
                #[cfg(unix)]
                File::Link(target) => std::os::unix::fs::symlink(target, &path),
                #[cfg(not(unix))]
                File::Link(target) => panic!("no link to {target} on this system"),
            }
            .expect("a fresh folder can be written");
        }
    }
}

fn unescape(text: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let (byte, length) = match (text[at], text.get(at + 1)) {
            (b'\\', Some(b'n')) => (b'\n', 2),
            (b'\\', Some(b'0')) => (0, 2),
            (b'\\', Some(b'\\')) => (b'\\', 2),
            (b'\\', Some(b'x')) => {
                let digits = text
                    .get(at + 2..at + 4)
                    .and_then(|d| str::from_utf8(d).ok());
                let value = digits.and_then(|d| u8::from_str_radix(d, 16).ok());
                (value.expect("two hexadecimal digits follow \\x"), 4)
            }
            (byte, _) => (byte, 1),
        };
        out.push(byte);
        at += length;
    }
    out
}

#[test]
fn a_book_is_read_from_a_case() {
    let book = Book::parse(
        "==> a.md (escaped) <==\nx\\xff\\0\n==> b/c.md (repeat 3) <==\nab\n$ recto check\n",
        "input.md",
    );
    assert_eq!(book.commands, ["recto check"]);
    let bytes: Vec<_> = book
        .files
        .iter()
        .map(|(name, file)| match file {
            File::Bytes(bytes) => (name.as_str(), bytes.as_slice()),
            File::Link(target) => (name.as_str(), target.as_bytes()),
        })
        .collect();
    assert_eq!(bytes, [("a.md", &b"x\xff\0\n"[..]), ("b/c.md", b"ababab")]);
}
