//! A real book, and copies of it with something planted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::codes::of;
use crate::support::book::{Book, File};
use crate::support::case::Case;

/// A book that things are planted in.
pub struct Bed {
    book: PathBuf,
    mdbook: bool,
    /// Paths below the book's folder.
    chapters: Vec<String>,
}

/// A copy with something planted.
pub struct Planted {
    scratch: TempDir,
    /// How the case wants it checked.
    pub command: Option<String>,
    /// The case's path: where it stands now, and how many lines stand above it there.
    moved: BTreeMap<String, (String, usize)>,
    /// Lines of the case's book.yaml, and where they stand now.
    keys: BTreeMap<usize, (String, usize)>,
}

impl Planted {
    /// Where the book is.
    pub fn folder(&self) -> &Path {
        self.scratch.path()
    }

    /// Where a line of the case's book stands now.
    pub fn moved(&self, path: &str, line: usize) -> (String, usize) {
        if path == "book.yaml" {
            let known = self.keys.get(&line).cloned();
            return known.unwrap_or((path.to_owned(), line));
        }
        match self.moved.get(path) {
            Some((path, above)) => (path.clone(), line + above),
            None => (path.to_owned(), line),
        }
    }

    /// Whether a place is where something was planted. What has no place is everywhere.
    pub fn holds(&self, path: &str, line: usize) -> bool {
        let mut pieces = self.moved.values();
        let mut lines = self.keys.values();
        path.is_empty()
            || pieces.any(|(of, above)| of == path && line > *above)
            || lines.any(|(of, at)| of == path && line == *at)
    }
}

impl Bed {
    /// Reads which chapters a book has.
    pub fn new(book: &Path) -> Bed {
        let mdbook = book.join("book.toml").exists();
        let folder = if mdbook { "src" } else { "." };
        let list = if mdbook {
            "src/SUMMARY.md"
        } else {
            "book.yaml"
        };
        let list = std::fs::read_to_string(book.join(list)).unwrap_or_default();
        let blocks = blocks(&list);
        let listed = blocks.iter().find(|(key, ..)| key == "chapters");
        // Without a list all are chapters that stand nowhere else.
        let is_listed = |name: &str| match listed {
            _ if mdbook => list.contains(name),
            Some((_, block, _)) => block.contains(name),
            None => !list.contains(name),
        };
        let mut chapters = Vec::new();
        let entries = std::fs::read_dir(book.join(folder)).into_iter().flatten();
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_chapter = name.ends_with(".md") && !matches!(&*name, "SUMMARY.md" | "README.md");
            if is_chapter && is_listed(&name) {
                chapters.push(if mdbook { format!("src/{name}") } else { name });
            }
        }
        chapters.sort();
        assert!(!chapters.is_empty(), "{} has no chapters", book.display());
        Bed {
            book: book.to_owned(),
            mdbook,
            chapters,
        }
    }

    /// The book itself.
    pub fn book(&self) -> &Path {
        &self.book
    }

    /// Whether it is an mdBook.
    pub fn is_mdbook(&self) -> bool {
        self.mdbook
    }

    /// The path of a chapter in the middle.
    pub fn middle(&self) -> &str {
        &self.chapters[self.chapters.len() / 2]
    }

    /// A copy of it as it is.
    pub fn copy(&self) -> TempDir {
        let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
        copy(&self.book, scratch.path());
        scratch
    }

    /// A copy with one of a case's two books planted in it, in the chapter of this number.
    pub fn plant(&self, case: &Case, which: &str, number: usize) -> Planted {
        let sown = Book::parse(&of(&case.input, which), "one.md");
        let mut planted = Planted {
            scratch: self.copy(),
            command: sown.commands.last().map(|command| {
                let arguments = command.strip_prefix("recto ");
                arguments.unwrap_or(command).to_owned()
            }),
            moved: BTreeMap::new(),
            keys: BTreeMap::new(),
        };
        let root = planted.scratch.path().to_owned();
        let without: Vec<&str> = case
            .option("without")
            .into_iter()
            .filter(|_| which == "bad")
            .collect();
        // The last of a name stands.
        let mut files: BTreeMap<&str, &File> = BTreeMap::new();
        files.extend(sown.files.iter().map(|(name, file)| (name.as_str(), file)));
        let chapter = &self.chapters[number % self.chapters.len()];
        let beside = if self.mdbook { "src/" } else { "" };
        for (name, file) in files {
            match (name, file) {
                ("book.yaml", File::Bytes(bytes)) => {
                    let text = String::from_utf8_lossy(bytes);
                    planted.keys = self.plant_keys(&root, &text, &without);
                }
                ("one.md", File::Bytes(bytes)) if bytes.is_empty() => {}
                ("one.md", File::Bytes(bytes))
                    if !(case.has("whole") || bytes.starts_with(b"---")) =>
                {
                    let path = root.join(chapter);
                    let mut old = std::fs::read(&path).expect("a chapter can be read");
                    while old.last().is_some_and(u8::is_ascii_whitespace) {
                        old.pop();
                    }
                    old.extend(b"\n\n");
                    let above = old.iter().filter(|byte| **byte == b'\n').count();
                    old.extend(bytes);
                    std::fs::write(&path, old).expect("the copy can be written");
                    planted
                        .moved
                        .insert(name.to_owned(), (chapter.clone(), above));
                }
                _ => {
                    let mut one = Book::default();
                    let is_chapter = name.ends_with(".md");
                    let own = match file {
                        File::Bytes(bytes) => File::Bytes(bytes.clone()),
                        File::Link(target) => File::Link(target.clone()),
                    };
                    one.files.push((format!("{beside}{name}"), own));
                    if let (File::Bytes(bytes), true) = (file, self.mdbook || !is_chapter) {
                        one.files
                            .push((name.to_owned(), File::Bytes(bytes.clone())));
                    }
                    one.write(&root);
                    if name == "one.md" && !case.input.contains("- one.md") {
                        self.list(&root);
                    }
                    let place = if is_chapter {
                        format!("{beside}{name}")
                    } else {
                        name.to_owned()
                    };
                    planted.moved.insert(name.to_owned(), (place, 0));
                }
            }
        }
        planted
    }

    /// Lists a chapter `one.md` where the book lists its chapters.
    fn list(&self, root: &Path) {
        let (path, mark) = match self.mdbook {
            true => (root.join("src/SUMMARY.md"), "\n- ["),
            false => (root.join("book.yaml"), "\nchapters:\n"),
        };
        let Ok(text) = std::fs::read_to_string(&path) else {
            return;
        };
        let Some(at) = text.find(mark) else { return };
        let new = match self.mdbook {
            true => format!("{}\n- [One](one.md)\n{}", &text[..at], &text[at + 1..]),
            false => {
                let at = at + mark.len();
                format!("{}  - one.md\n{}", &text[..at], &text[at..])
            }
        };
        std::fs::write(path, new).expect("the copy can be written");
    }

    /// Puts a case's keys into the book's, in place of those of their names; where each line of them stands then.
    pub fn plant_keys(
        &self,
        root: &Path,
        text: &str,
        without: &[&str],
    ) -> BTreeMap<usize, (String, usize)> {
        let name = if self.mdbook {
            "book.toml"
        } else {
            "book.yaml"
        };
        let path = root.join(name);
        let old = std::fs::read_to_string(&path).unwrap_or_default();
        let mut blocks = blocks(text);
        // What every case says of itself is the book's own to say.
        blocks.retain(|(key, block, _)| match block.as_str() {
            "title: A Book\n" => false,
            // A book that does not say its own cannot claim much.
            "language: en\n" => !old.contains("language"),
            _ => !key.is_empty(),
        });
        let mut keys = BTreeMap::new();
        let mut new = String::new();
        if self.mdbook {
            new.push_str(old.trim_end());
            if !blocks.is_empty() {
                new.push_str("\n\n[output.recto]\n");
            }
        } else {
            for (key, block, _) in self::blocks(&old) {
                let replaced = blocks.iter().any(|(other, ..)| *other == key);
                if !replaced && !without.contains(&key.as_str()) {
                    new.push_str(&block);
                }
            }
            if !new.is_empty() && !new.ends_with('\n') {
                new.push('\n');
            }
        }
        for (key, block, first) in blocks {
            let at = new.lines().count() + 1;
            let lines = block.lines().count();
            if self.mdbook {
                new.push_str(&toml(&key, &block));
            } else if key == "chapters" {
                // The case's first chapter stands for all of the book's.
                let own = self.chapters.join(", ");
                new.push_str(&block.replacen("one.md", &own, 1));
            } else {
                new.push_str(&block);
            }
            // A fault of syntax shows behind the last line.
            for line in 0..=lines {
                let now = if self.mdbook { at } else { at + line };
                keys.insert(first + line, (name.to_owned(), now));
            }
        }
        std::fs::write(path, new).expect("the copy can be written");
        keys
    }
}

/// The keys of a file of YAML, each with its lines and the number of the first, from 1. What stands before the first has none.
fn blocks(text: &str) -> Vec<(String, String, usize)> {
    let mut blocks: Vec<(String, String, usize)> = Vec::new();
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let key = line.split_once(':').map(|(key, _)| key);
        let starts = |key: &&str| !key.starts_with([' ', '#', '-']) && !key.contains(' ');
        match (key.filter(starts), blocks.last_mut()) {
            (Some(key), _) => blocks.push((key.to_owned(), line.to_owned(), number)),
            (None, Some((_, block, _))) => block.push_str(line),
            (None, None) => blocks.push((String::new(), line.to_owned(), number)),
        }
    }
    blocks
}

/// A copy of a book with a `book.yaml` that has only so many of its listed chapters.
pub fn cut(book: &Path, chapters: usize) -> TempDir {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    copy(book, scratch.path());
    let path = scratch.path().join("book.yaml");
    let mut list = std::fs::read_to_string(&path).expect("the book has its settings");
    let block = blocks(&list)
        .into_iter()
        .find(|(key, ..)| key == "chapters")
        .expect("the book lists its chapters")
        .1;
    for line in block.lines().skip(1 + chapters) {
        list = list.replacen(&format!("{line}\n"), "", 1);
        let name = line.trim().trim_start_matches("- ");
        std::fs::remove_file(scratch.path().join(name)).expect("a listed chapter is there");
    }
    std::fs::write(path, list).expect("the copy can be written");
    scratch
}

/// A file of YAML without some of its keys.
pub fn without(text: &str, keys: &[&str]) -> String {
    let blocks = blocks(text).into_iter();
    let kept = blocks.filter(|(key, ..)| !keys.contains(&key.as_str()));
    kept.map(|(_, block, _)| block).collect()
}

/// A key of YAML as one line of TOML; what is no YAML as it stands.
fn toml(key: &str, block: &str) -> String {
    let parsed: Result<serde_yaml::Value, _> = serde_yaml::from_str(block);
    match parsed.as_ref().ok().and_then(|value| value.get(key)) {
        Some(value) => format!("{key} = {}\n", inline(value)),
        None => block.to_owned(),
    }
}

fn inline(value: &serde_yaml::Value) -> String {
    use serde_yaml::Value;
    match value {
        Value::Null => "\"\"".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{} = {}", inline(key), inline(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Tagged(tagged) => inline(&tagged.value),
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a fresh folder can be written");
    for entry in std::fs::read_dir(from)
        .expect("the book is there")
        .flatten()
    {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true if entry.file_name() != "out" => copy(&path, &to),
            true => {}
            false => {
                std::fs::copy(&path, &to).expect("the book can be read");
            }
        }
    }
}

#[test]
fn keys_are_planted_in_place_of_those_of_their_names() {
    let text = "title: X\nstyle:\n  body: {size: 10pt}\nauthors: [A]\n";
    let names: Vec<_> = blocks(text)
        .into_iter()
        .map(|(key, block, line)| (key, block.lines().count(), line))
        .collect();
    let wanted = [("title", 1, 1), ("style", 2, 2), ("authors", 1, 4)];
    assert_eq!(
        names,
        wanted.map(|(key, lines, line)| (key.to_owned(), lines, line))
    );
    assert_eq!(
        toml("style", "style:\n  body: {size: 10pt, list: [1, true]}\n"),
        "style = {\"body\" = {\"size\" = \"10pt\", \"list\" = [1, true]}}\n"
    );
}
