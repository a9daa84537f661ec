//! Good EPUBs with one thing done to them: what is found, and nothing besides.
//!
//! The cases lie in `mutants.txt`, the books in `epub3.txt` and `epub2.txt`. `MUTANTS=folder cargo test mutants` writes all of them
//! there, with a list of what was found, for `tests/epub/agreement.py`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use recto::diag::Code;

use super::book::{Piece, good, pack};
use super::{found, lines};

/// One thing done to a book.
#[derive(Debug)]
enum Deed<'t> {
    Edit(&'t str, Vec<u8>, Vec<u8>),
    Named(&'t str, Vec<&'t str>),
}

/// A book with something done to it.
#[derive(Debug)]
struct Mutant<'t> {
    name: &'t str,
    book: &'static str,
    codes: BTreeSet<&'t str>,
    deeds: Vec<Deed<'t>>,
    /// Why EPUBCheck takes no offence.
    ours: &'t str,
}

/// `\n` and `\xf6` as what they stand for.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.extend(before.bytes());
        rest = match after.strip_prefix('x') {
            Some(hex) => {
                out.push(u8::from_str_radix(&hex[..2], 16).expect("two digits follow"));
                &hex[2..]
            }
            None => {
                out.push(b'\n');
                &after[1..]
            }
        };
    }
    out.extend(rest.bytes());
    out
}

fn cases(text: &str) -> Vec<Mutant<'_>> {
    let mut mutants: Vec<Mutant<'_>> = Vec::new();
    let mut lines = text
        .lines()
        .skip_while(|line| !line.starts_with(['2', '3']))
        .peekable();
    while let Some(line) = lines.next() {
        let Some(deed) = line.strip_prefix("  ") else {
            let (book, name) = line
                .split_once(": ")
                .expect("a mutant begins with its book");
            let codes = lines.next().expect("its codes come next");
            mutants.push(Mutant {
                name,
                book: if book == "3" { "epub3" } else { "epub2" },
                codes: codes.split(", ").collect(),
                deeds: Vec::new(),
                ours: "",
            });
            continue;
        };
        let mutant = mutants.last_mut().expect("deeds are done to something");
        let (word, rest) = deed.split_once(' ').unwrap_or((deed, ""));
        match word {
            "ours" => mutant.ours = rest,
            "edit" => {
                let mut part = |sign| {
                    let line = lines.next().and_then(|line| line.strip_prefix(sign));
                    bytes(line.expect("an edit has two lines"))
                };
                let (old, new) = (part("  - "), part("  + "));
                mutant.deeds.push(Deed::Edit(rest, old, new));
            }
            "add" => mutant
                .deeds
                .push(Deed::Named(word, rest.splitn(2, ' ').collect())),
            _ => mutant
                .deeds
                .push(Deed::Named(word, rest.split(' ').collect())),
        }
    }
    mutants
}

fn replaced(data: &[u8], old: &[u8], new: &[u8]) -> Option<Vec<u8>> {
    let at = data.windows(old.len()).position(|window| window == old)?;
    Some([&data[..at], new, &data[at + old.len()..]].concat())
}

fn made(mutant: &Mutant<'_>) -> Vec<u8> {
    let mut pieces = good(mutant.book);
    let mut whole = (100, false);
    for deed in &mutant.deeds {
        let (word, rest) = match deed {
            Deed::Edit(path, old, new) => {
                let piece = piece(&mut pieces, path);
                let data = replaced(&piece.data, old, new);
                piece.data =
                    data.unwrap_or_else(|| panic!("{}: nothing to edit in {path}", mutant.name));
                continue;
            }
            Deed::Named(word, rest) => (*word, rest.as_slice()),
        };
        match (word, rest) {
            ("delete", [path]) => pieces.retain(|piece| piece.name != *path),
            ("rename", [path, to]) => piece(&mut pieces, path).name = (*to).to_owned(),
            ("truncate", [path, to]) => piece(&mut pieces, path).data.truncate(number(to)),
            ("flip", [path, at]) => piece(&mut pieces, path).data[number(at)] ^= 0x55,
            ("crc", [path]) => piece(&mut pieces, path).spoilt = true,
            ("extra", [path]) => piece(&mut pieces, path).extra = true,
            ("deflate", [path]) => piece(&mut pieces, path).stored = false,
            ("local", [path, to]) => piece(&mut pieces, path).local = Some((*to).to_owned()),
            ("last", [path]) => {
                let at = place(&pieces, path);
                let piece = pieces.remove(at);
                pieces.push(piece);
            }
            ("double", [path]) => {
                let again = piece(&mut pieces, path).clone();
                pieces.push(again);
            }
            ("copy", [from, to]) => {
                let data = piece(&mut pieces, from).data.clone();
                piece(&mut pieces, to).data = data;
            }
            ("swap", [one, other]) => {
                let [first, second] =
                    [one, other].map(|path| piece(&mut pieces, path).data.clone());
                piece(&mut pieces, one).data = second;
                piece(&mut pieces, other).data = first;
            }
            ("add", [path, data]) => pieces.push(Piece::new(&path.replace("%20", " "), *data)),
            ("keep", [percent]) => whole.0 = number(percent),
            ("junk", _) => whole.1 = true,
            _ => panic!("{}: nobody knows how to {word} {rest:?}", mutant.name),
        }
    }
    let mut bytes = pack(&pieces);
    bytes.truncate(bytes.len() * whole.0 / 100);
    if whole.1 {
        bytes.splice(0..0, *b"junk");
    }
    bytes
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

fn place(pieces: &[Piece], path: &str) -> usize {
    let found = pieces.iter().position(|piece| piece.name == path);
    found.unwrap_or_else(|| panic!("the book has no {path}"))
}

fn piece<'p>(pieces: &'p mut [Piece], path: &str) -> &'p mut Piece {
    let at = place(pieces, path);
    &mut pieces[at]
}

fn text() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/finished/mutants.txt");
    std::fs::read_to_string(path).expect("the mutants are part of the tests")
}

/// The codes that some mutant has, and no good book.
pub fn codes() -> Vec<&'static str> {
    let text = text();
    let mutants = cases(&text);
    let names: BTreeSet<&str> = mutants
        .iter()
        .flat_map(|mutant| mutant.codes.iter().copied())
        .collect();
    let code = |name: &str| Code::named(name).unwrap_or_else(|| panic!("there is no code {name}"));
    names.into_iter().map(|name| code(name).name()).collect()
}

#[test]
fn good_books_have_no_findings() {
    for name in ["epub3", "epub2"] {
        assert_eq!(lines(&pack(&good(name))), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn mutants_are_found_by_their_codes() {
    let text = text();
    let folder = std::env::var_os("MUTANTS");
    let (mut wrong, mut list) = (String::new(), String::new());
    let mutants = cases(&text);
    for (at, mutant) in mutants.iter().enumerate() {
        let bytes = made(mutant);
        let codes: BTreeSet<&str> = found(&bytes).0.iter().map(|one| one.code.name()).collect();
        if codes != mutant.codes {
            let _ = write!(
                wrong,
                "\n{} (line {at}): {:?}, and found\n",
                mutant.name, mutant.codes
            );
            for line in lines(&bytes) {
                let _ = writeln!(wrong, "    {line}");
            }
        }
        let codes: Vec<&str> = codes.into_iter().collect();
        let _ = writeln!(
            list,
            "{at:03}\t{}\t{}\t{}\t{}",
            mutant.book,
            mutant.name,
            codes.join(" "),
            mutant.ours
        );
        if let Some(folder) = &folder {
            let file = Path::new(folder).join(format!("{at:03}.epub"));
            std::fs::write(file, &bytes).expect("there is room for a mutant");
        }
    }
    if let Some(folder) = &folder {
        std::fs::write(Path::new(folder).join("list.tsv"), list).expect("there is room for a list");
    }
    assert!(mutants.len() >= 40);
    assert!(wrong.is_empty(), "{wrong}");
    println!(
        "EPUBs made worse: {} mutants, {} codes, all found and nothing besides",
        mutants.len(),
        codes().len()
    );
}
