//! Each fault of a line is told at its own line and column, wherever in a Markdown file that line stands.
//!
//! In: `faults.txt` and `contexts.txt`. Each fault stands in each context in a chapter of its own; all chapters are one book, which
//! is checked once for each form of its files: plain, with the line ends of Windows behind a byte order mark, behind a header, deep in
//! folders, included. Out: those that were not found where they stand.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::support::made::made;
use super::support::run::program;

/// How the files of the book are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Plain,
    Windows,
    Headed,
    Deep,
    Included,
}

/// A fault: its code, where it cannot stand, its words.
type Fault = (String, Vec<String>, String);

/// A context: its name, its marks, its text.
type Context = (String, Vec<String>, String);

fn list(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/places");
    std::fs::read_to_string(folder.join(name)).expect("the list is part of the tests")
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn faults() -> Vec<Fault> {
    let text = list("faults.txt");
    let (_, faults) = text.split_once("\n\n").expect("prose comes first");
    let read = |line: &str| {
        let (code, fault) = line.split_once(": ").expect("a fault has a code");
        let (code, never) = code.split_once(" not ").unwrap_or((code, ""));
        (code.to_owned(), words(never), fault.to_owned())
    };
    faults.lines().map(read).collect()
}

fn contexts() -> Vec<Context> {
    let text = list("contexts.txt");
    let read = |part: &str| {
        let (name, text) = part.split_once('\n').expect("a context has a name");
        let (name, marks) = name.split_once(" (").unwrap_or((name, ""));
        let marks = words(marks.trim_end_matches(')'));
        (
            name.to_owned(),
            marks,
            format!("{}\n", text.trim_end_matches('\n')),
        )
    };
    text.split("\n== ").skip(1).map(read).collect()
}

/// Line and column of the mark, from 1, and the text without it.
fn unmarked(text: &str) -> (usize, usize, String) {
    let at = text.find('§').expect("a fault has its mark");
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    let place = (
        text[..at].matches('\n').count() + 1,
        line.chars().count() + 1,
    );
    (place.0, place.1, text.replacen('§', "", 1))
}

fn write(folder: &Path, path: &str, data: impl AsRef<[u8]>) {
    let path = folder.join(path);
    let parent = path.parent().expect("a file lies in a folder");
    std::fs::create_dir_all(parent).expect("a fresh folder can be written");
    std::fs::write(path, data).expect("a fresh folder can be written");
}

/// Those that are not told where they stand, and how many there are.
fn missed(form: Form) -> (String, usize) {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let folder = scratch.path();
    let beside = if form == Form::Deep { "a/b/" } else { "" };
    let mut wanted = Vec::new();
    let mut list =
        String::from("title: A Book\nlanguage: en\nvariables: {version: 1}\nchapters:\n");
    for (number, (code, never, fault)) in faults().iter().enumerate() {
        for (at, (name, marks, context)) in contexts().iter().enumerate() {
            if marks.iter().any(|mark| never.contains(mark)) {
                continue;
            }
            let mut text = context.replacen('@', fault, 1);
            if form == Form::Headed {
                text.insert_str(0, "---\ntitle: A Title\nlang: en\n---\n\n");
            }
            let (line, column, mut text) = unmarked(&text);
            if form == Form::Windows {
                text = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
            }
            let own = format!("{beside}{number:02}-{at:02}.md");
            let mut path = own.clone();
            if form == Form::Included {
                path = format!("_parts/{number:02}-{at:02}.txt");
                write(
                    folder,
                    &own,
                    format!("# Head\n\nWords.\n\n{{{{include {path}}}}}\n"),
                );
            }
            write(folder, &path, text);
            let _ = writeln!(list, "  - {own}");
            wanted.push((
                format!("{path}:{line}:{column}: "),
                format!("[{code}]: "),
                name.clone(),
            ));
        }
    }
    write(folder, "book.yaml", list);
    // Pictures are looked for beside the chapter, whatever file it includes.
    write(folder, &format!("{beside}map.png"), made("png 90x90"));
    let cut = made("png 90x90 noise");
    write(folder, &format!("{beside}cut.png"), &cut[..cut.len() / 2]);
    write(folder, &format!("{beside}notes.txt"), "No picture.");
    let mut command = program(
        folder,
        &["check", ".", "--to", "epub", "-v", "--format", "concise"],
    );
    let said = command.output().expect("the program runs").stderr;
    let said = String::from_utf8_lossy(&said);
    let found: BTreeSet<(&str, &str)> = said
        .lines()
        .filter_map(|line| {
            let level = ["error[", "warning[", "note["]
                .iter()
                .filter_map(|level| line.find(level))
                .min()?;
            let open = level + line[level..].find('[')?;
            Some((
                &line[..level],
                &line[open..open + line[open..].find("]: ")? + 3],
            ))
        })
        .collect();
    let count = wanted.len();
    let missed = wanted
        .into_iter()
        .filter(|(place, code, _)| !found.contains(&(place.as_str(), code.as_str())));
    let told = missed.map(|(place, code, name)| format!("{form:?}, {name}: {place}{code}\n"));
    (told.collect(), count)
}

#[test]
fn faults_are_told_where_they_stand() {
    let forms = [
        Form::Plain,
        Form::Windows,
        Form::Headed,
        Form::Deep,
        Form::Included,
    ];
    let runs = forms.map(missed);
    let wrong: String = runs.iter().map(|(wrong, _)| wrong.as_str()).collect();
    let count: usize = runs.iter().map(|(_, count)| count).sum();
    assert!(wrong.is_empty(), "not told at their places:\n{wrong}");
    assert!(count > 4000, "{count} places");
}
