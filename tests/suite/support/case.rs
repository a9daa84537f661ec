//! Case files: many cases in one file, with prose between them.
//!
//! A case is a fenced block: three or more backticks, then perhaps options for the stage (`lang=de smart`). In it stand the
//! input, a line with a single `.`, and the expected dump. Where either holds a line of backticks, the fence is longer.
//!
//! ````text
//! Emphasis may stand within a word.
//!
//! ```
//! un*frigging*believable
//! .
//! Paragraph
//!   …
//! ```
//! ````

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::diff;

/// One case.
#[derive(Debug)]
pub struct Case {
    /// The line of its fence, from 1.
    pub line: usize,
    /// What stands behind the fence.
    pub options: Vec<String>,
    /// Everything above the `.`, with its last line end.
    pub input: String,
    /// Everything below it.
    pub expected: String,
}

impl Case {
    /// Whether a bare word stands behind the fence.
    pub fn has(&self, option: &str) -> bool {
        self.options.iter().any(|o| o == option)
    }

    /// The value of `key=value` behind the fence.
    pub fn option(&self, key: &str) -> Option<&str> {
        self.options
            .iter()
            .find_map(|option| option.strip_prefix(key)?.strip_prefix('='))
    }
}

/// A case file: prose and cases, in order.
#[derive(Debug)]
enum Piece {
    Prose(String),
    Case(Case),
}

fn parse(text: &str) -> Result<Vec<Piece>, String> {
    let (mut pieces, mut prose) = (Vec::new(), String::new());
    let mut lines = text.split_inclusive('\n').enumerate();
    while let Some((number, line)) = lines.next() {
        let ticks = line.bytes().take_while(|b| *b == b'`').count();
        if ticks < 3 {
            prose.push_str(line);
            continue;
        }
        pieces.push(Piece::Prose(std::mem::take(&mut prose)));
        let mut case = Case {
            line: number + 1,
            options: line[ticks..]
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            input: String::new(),
            expected: String::new(),
        };
        let (mut dotted, mut closed) = (false, false);
        for (_, line) in lines.by_ref() {
            let bare = line.trim_end();
            if bare.len() == ticks && bare.bytes().all(|b| b == b'`') {
                closed = true;
                break;
            }
            match (dotted, bare) {
                (false, ".") => dotted = true,
                (false, _) => case.input.push_str(line),
                (true, _) => case.expected.push_str(line),
            }
        }
        if !closed {
            return Err(format!("the case at line {} is never closed", number + 1));
        }
        pieces.push(Piece::Case(case));
    }
    pieces.push(Piece::Prose(prose));
    Ok(pieces)
}

fn write(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Prose(text) => out.push_str(text),
            Piece::Case(case) => {
                let longest = case
                    .input
                    .lines()
                    .chain(case.expected.lines())
                    .map(|line| line.trim_end())
                    .filter(|line| line.bytes().all(|b| b == b'`'))
                    .map(str::len)
                    .max();
                let fence = "`".repeat(longest.map_or(3, |ticks| (ticks + 1).max(3)));
                let options = case.options.join(" ");
                let space = if options.is_empty() { "" } else { " " };
                let _ = write!(
                    out,
                    "{fence}{space}{options}\n{}.\n{}{fence}\n",
                    case.input, case.expected
                );
            }
        }
    }
    out
}

fn ended(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The folder of all cases.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/cases")
}

fn files(stage: &str) -> Vec<PathBuf> {
    let wanted = std::env::var("CASES").unwrap_or_default();
    let mut files: Vec<_> = std::fs::read_dir(folder().join(stage))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "test"))
        .filter(|path| path.to_string_lossy().contains(&wanted))
        .collect();
    files.sort();
    files
}

/// All cases of a stage.
pub fn cases(stage: &str) -> Vec<Case> {
    let mut out = Vec::new();
    for path in files(stage) {
        let text = std::fs::read_to_string(&path).expect("a case file is readable UTF-8");
        for piece in parse(&text).expect("a case file is well formed") {
            if let Piece::Case(case) = piece {
                out.push(case);
            }
        }
    }
    out
}

/// Runs all cases of a stage, each through `adapter`; all that differ are reported at once.
pub fn run(stage: &str, adapter: fn(&Case) -> String) {
    let update = std::env::var_os("UPDATE").is_some();
    let (mut failed, mut count, mut report) = (0, 0, String::new());
    for path in files(stage) {
        let name = path
            .strip_prefix(folder())
            .unwrap_or(&path)
            .display()
            .to_string();
        let text = std::fs::read_to_string(&path).expect("a case file is readable UTF-8");
        let mut pieces = match parse(&text) {
            Ok(pieces) => pieces,
            Err(message) => {
                failed += 1;
                let _ = writeln!(report, "\n{name}: {message}");
                continue;
            }
        };
        for piece in &mut pieces {
            let Piece::Case(case) = piece else { continue };
            count += 1;
            let actual = catch_unwind(AssertUnwindSafe(|| adapter(case)));
            let actual = ended(actual.unwrap_or_else(|panic| {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
                format!("PANIC: {}", text.unwrap_or("without a message"))
            }));
            if actual == case.expected {
                continue;
            }
            if update && !actual.starts_with("PANIC") {
                case.expected = actual;
            } else {
                failed += 1;
                let _ = writeln!(report, "\n{name}:{}", case.line);
                for line in case.input.lines().take(12) {
                    let _ = writeln!(report, "    {line}");
                }
                report.push_str(&diff::lines(&case.expected, &actual));
            }
        }
        let written = write(&pieces);
        if update && written != text {
            std::fs::write(&path, written).expect("case files can be written with UPDATE=1");
            println!("updated {name}");
        }
    }
    assert!(
        failed == 0,
        "{failed} of {count} {stage} cases differ (- expected, + found; UPDATE=1 accepts):\n{report}"
    );
}

#[test]
fn case_files_survive_reading_and_writing() {
    let text = "Prose.\n\n``` lang=de smart\na\n\n.\nb\n```\n\nMore.\n\n````\n```\n.\n```\n````\n";
    let pieces = parse(text).expect("well-formed");
    assert_eq!(write(&pieces), text);
    let Piece::Case(case) = &pieces[1] else {
        panic!("prose comes first, then the case");
    };
    assert_eq!((case.line, case.input.as_str()), (3, "a\n\n"));
    assert_eq!(case.option("lang"), Some("de"));
    assert!(case.has("smart") && !case.has("lang"));
    assert!(parse("```\na\n").is_err());
}
