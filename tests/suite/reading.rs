//! A PDF is read aloud in the order of its manuscript, every element once.
//!
//! What another program finds in the structure of the file (poppler's `pdfinfo -struct-text`) is compared with the model of
//! the book, as `recto dump model` prints it before anything is laid out: the same headings, paragraphs, captions, terms and
//! notes, with the same words, in the same order. What recto makes itself (chapters' numbers, labels, bullets) is left
//! out; running heads and folios must not be there at all.

use std::path::{Path, PathBuf};

use super::support::built::{build, built};
use super::support::outline::{Line, parse};
use super::support::run::recto;
use super::support::{pdf, tools};

/// What a block of code is in the model; in the PDF it is a paragraph, whose lines are told apart by their places alone.
const CODE: &str = "code";

/// A piece of text that is read in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Leaf {
    /// What it is, as PDF calls it.
    kind: String,
    /// Its words.
    text: String,
}

#[test]
fn the_sampler_is_read_in_order() {
    read_in_order("sampler");
}

#[test]
fn the_manual_is_read_in_order() {
    read_in_order("manual");
}

#[test]
fn contents_are_read_once() {
    for name in ["sampler", "report"] {
        let test = format!("reading: contents of the {name}");
        let made = built(&manuscript(name));
        let Some(printed) = tools::poppler(&test, "pdfinfo", &["-struct-text"], &made.pdf) else {
            return;
        };
        let mut entries = Vec::new();
        find(&parse(&printed), "TOCI", &mut |entry| {
            let mut notes = Vec::new();
            entries.push(normal(&text_of(entry, &mut notes)));
        });
        assert!(!entries.is_empty(), "{name}: no contents");
        let titles = pdf::outline(&made.pdf);
        let mut titles = titles.iter().map(|(_, title)| normal(title));
        for entry in &entries {
            let (title, page) = entry.rsplit_once(' ').unwrap_or((entry, ""));
            assert!(
                titles.any(|known| known == title),
                "{name}: {title:?} is not in its place in the outline, or twice in the contents"
            );
            let number = |c: char| c.is_ascii_digit() || "ivxlcdm".contains(c);
            assert!(
                !page.is_empty() && page.chars().all(number),
                "{name}: {entry:?}"
            );
        }
    }
}

fn manuscript(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("manuscripts")
        .join(name)
}

fn read_in_order(name: &str) {
    let book = manuscript(name);
    let test = format!("reading: the {name}");
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let made = build(&book, folder.path(), &["--set", "generate=[]"]);
    let Some(printed) = tools::poppler(&test, "pdfinfo", &["-struct-text"], &made.pdf) else {
        return;
    };
    let mut read = Vec::new();
    parse(&printed)
        .iter()
        .for_each(|line| leaves(line, false, &mut read));
    let read = without_numbers(read);

    let output = recto(&book, &["dump", "model", "--to", "pdf"]).output();
    let output = output.expect("the program was built for this");
    let mut written = Vec::new();
    for chapter in parse(&String::from_utf8_lossy(&output.stdout)) {
        let notes = chapter.kids.iter().filter(|line| line.name() == "Note");
        let mut model = Model {
            notes: notes.map(Some).collect(),
            answers: Vec::new(),
            out: &mut written,
        };
        let blocks = chapter.kids.iter().filter(|line| line.name() != "Note");
        blocks.for_each(|block| model.block(block));
        model.answers();
    }
    assert!(written.len() > 100, "{name}: the model is nearly empty");
    for (at, leaf) in written.iter().enumerate() {
        let found = read.get(at);
        let bare = |text: &str| text.replace(' ', "");
        let same = match found {
            Some(found) if leaf.kind == CODE => {
                found.kind == "P" && bare(&found.text) == bare(&leaf.text)
            }
            found => found == Some(leaf),
        };
        assert!(
            same,
            "{name}: piece {at}, after {:?}:\nmanuscript: {leaf:?}\n       PDF: {found:?}",
            at.checked_sub(1).map(|before| &written[before])
        );
    }
    assert_eq!(
        read.get(written.len()),
        None,
        "{name}: more than was written"
    );
}

/// Words with single spaces, without soft hyphens and without signs that have no looks.
fn normal(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !"\u{ad}\u{34f}\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}".contains(*c))
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Calls a function for each element of a name.
fn find<'a>(lines: &'a [Line], name: &str, call: &mut impl FnMut(&'a Line)) {
    for line in lines {
        if line.name() == name {
            call(line);
        }
        find(&line.kids, name, call);
    }
}

/// The text right in an element and in what stands within its lines; notes, which stand there too, are put aside.
fn text_of<'a>(element: &'a Line, notes: &mut Vec<&'a Line>) -> String {
    let mut text = String::new();
    for kid in &element.kids {
        let quoted = kid.text.strip_prefix('"');
        match quoted.and_then(|text| text.strip_suffix('"')) {
            Some(words) => text.push_str(words),
            None => match kid.name() {
                "Reference" if element.name() != "TOCI" => {}
                "Note" => notes.push(kid),
                _ => text.push_str(&text_of(kid, notes)),
            },
        }
    }
    text
}

/// The pieces of text in an element of the PDF.
fn leaves(element: &Line, in_note: bool, out: &mut Vec<Leaf>) {
    let name = element.name();
    let is_heading = name.len() == 2 && name.starts_with('H');
    if !is_heading && !["P", "Caption", "Lbl", "Title"].contains(&name) {
        let inner = in_note || name == "Note";
        element.kids.iter().for_each(|kid| leaves(kid, inner, out));
        return;
    }
    let mut notes = Vec::new();
    let mut text = normal(&text_of(element, &mut notes));
    // "Table 7.1. What thread costs", "Exercise 10.1 Counting": the labels are made.
    let whole = text.clone();
    let mut words = whole.splitn(3, ' ');
    let (label, number, rest) = (words.next(), words.next(), words.next());
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == '.');
    if number.is_some_and(is_number) {
        match (name, label, rest) {
            ("Caption", Some("Table" | "Figure" | "Listing"), Some(rest))
            | ("P", Some("Exercise"), Some(rest)) => text = rest.to_owned(),
            ("P", Some(kind @ ("Exercise" | "Answer")), None) => text = kind.to_owned(),
            _ => {}
        }
    }
    let is_mark = name == "Lbl" && (in_note || !text.contains(char::is_alphabetic));
    if !is_mark && !text.is_empty() {
        out.push(Leaf {
            kind: name.to_owned(),
            text,
        });
    }
    for note in notes {
        leaves(note, true, out);
    }
}

/// Without the lines that say which chapter or part it is.
fn without_numbers(leaves: Vec<Leaf>) -> Vec<Leaf> {
    let is_number = |leaf: &Leaf, next: Option<&Leaf>| {
        let made = ["Chapter ", "Part ", "Appendix "];
        leaf.kind == "P"
            && next.is_some_and(|next| next.kind == "H1")
            && made.iter().any(|word| leaf.text.starts_with(word))
            && leaf.text.split(' ').count() == 2
    };
    let kept = leaves.iter().enumerate();
    kept.filter(|(at, leaf)| !is_number(leaf, leaves.get(at + 1)))
        .map(|(_, leaf)| leaf.clone())
        .collect()
}

/// The pieces of text of a chapter's model.
struct Model<'a, 'o> {
    /// Those that were not called yet.
    notes: Vec<Option<&'a Line>>,
    /// Answers to exercises, which stand at the chapter's end.
    answers: Vec<&'a Line>,
    out: &'o mut Vec<Leaf>,
}

impl<'a> Model<'a, '_> {
    fn push(&mut self, kind: &str, text: &str) {
        if !text.is_empty() {
            self.out.push(Leaf {
                kind: kind.to_owned(),
                text: text.to_owned(),
            });
        }
    }

    /// A line of words, and then the notes that it calls.
    fn line(&mut self, kind: &str, words: &'a Line) {
        let mut called = Vec::new();
        let text = normal(&inlines(words, &mut called));
        self.push(kind, &text);
        self.called(called);
    }

    fn called(&mut self, called: Vec<usize>) {
        for number in called {
            // A note is read where it is called first.
            if let Some(note) = self.notes[number].take() {
                note.kids.iter().for_each(|block| self.block(block));
            }
        }
    }

    fn answers(&mut self) {
        let answers = std::mem::take(&mut self.answers);
        if !answers.is_empty() {
            self.push("H2", "Answers");
        }
        for answer in answers {
            self.push("P", "Answer");
            self.blocks(answer);
        }
    }

    fn blocks(&mut self, line: &'a Line) {
        line.kids.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Line) {
        match block.name() {
            "Paragraph" => self.line("P", block),
            "Heading" => {
                let level = block.text.chars().nth("Heading ".len()).unwrap_or('1');
                self.line(&format!("H{level}"), block);
            }
            "Code" => {
                if let Some(title) = block.value("title") {
                    self.push("P", &normal(&title));
                }
                let code = block.said().unwrap_or_default();
                self.push(CODE, &normal(&code));
            }
            "Math" => {
                let tex = block.said().unwrap_or_default();
                self.push("P", &normal(&tex));
            }
            "Term" => self.line("Lbl", block),
            "Caption" => self.line("Caption", block),
            "Title" => self.line("P", block),
            "Table" => {
                // The caption is read first, wherever the table's words stand.
                let is_caption = |line: &&Line| line.name() == "Caption";
                let captions = block.kids.iter().filter(is_caption);
                captions.for_each(|line| self.block(line));
                let rest = block.kids.iter().filter(|line| !is_caption(line));
                rest.for_each(|line| self.block(line));
            }
            "Stanza" => {
                let (mut text, mut called) = (String::new(), Vec::new());
                for line in &block.kids {
                    text.push_str(&inlines(line, &mut called));
                    text.push(' ');
                }
                self.push("P", &normal(&text));
                self.called(called);
            }
            "Container" => {
                let kind = block.text.split(' ').nth(1).unwrap_or_default();
                if kind == "Answer" {
                    return self.answers.push(block);
                }
                let titled = block.kids.iter().any(|line| line.name() == "Title");
                let says_its_kind = ["Note", "Tip", "Important", "Warning", "Caution", "Exercise"];
                if !titled && says_its_kind.contains(&kind) {
                    self.push("P", kind);
                }
                self.blocks(block);
            }
            "Only" if block.text.starts_with("Only Epub") => {}
            _ => self.blocks(block),
        }
    }
}

/// The words of inlines; the notes that they call are put aside.
fn inlines(line: &Line, called: &mut Vec<usize>) -> String {
    let mut text = String::new();
    for kid in &line.kids {
        match kid.name() {
            name if name.starts_with('"') => {
                // Read as words behind a name that is empty.
                let whole = Line {
                    text: format!(" {}", kid.text),
                    kids: Vec::new(),
                };
                text.push_str(&whole.said().unwrap_or_default());
            }
            "SoftBreak" | "HardBreak" => text.push(' '),
            "NoteCall" => {
                let number: Option<usize> = kid.text.split(' ').nth(1).and_then(|n| n.parse().ok());
                called.extend(number);
            }
            "Code" | "Math" | "Ref" | "Cite" => text.push_str(&kid.said().unwrap_or_default()),
            "Quoted" => text.push_str(&inlines(kid, called)),
            "Only" if kid.text.starts_with("Only Epub") => {}
            _ => text.push_str(&inlines(kid, called)),
        }
    }
    text
}
