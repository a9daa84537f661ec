//! What the lines and pages of a book are like, in several trims: by our own report, and by a program that reads the PDF
//! and knows nothing of us. `README.md` beside this says how to read it.

#![allow(clippy::print_stdout, reason = "a bench reports")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Trims that novels are printed in.
const TRIMS: [&str; 3] = ["5x8in", "5.5x8.5in", "6x9in"];

/// The page and the type that all makers of books are compared in, but for the trim.
const SETTINGS: [&str; 4] = [
    "generate=[]",
    "editions={bench: {format: pdf}}",
    "margins={inner: 54pt, outer: 54pt, head: 54pt, foot: 61.2pt}",
    "style={body: {family: EB Garamond, size: 11pt, leading: 14pt, indent: 13.2pt}}",
];

/// What the other program is told of that page: its margins in points, the indent, the font's space in em.
const PAGE: [&str; 6] = [
    "--space",
    "0.2",
    "--margins",
    "54,54,54,61.2",
    "--indent",
    "13.2",
];

/// The columns, and how far the two counts may differ: a line ends where it ends, but widths are read out of the PDF with
/// errors of their own, and a last line that happens to fill the measure is taken for a justified one.
const COLUMNS: [(&str, f64); 19] = [
    // Blank pages have no figures; last lines that fill the measure are justified to the eye.
    ("pages", f64::INFINITY),
    ("just_lines", f64::INFINITY),
    ("gt133", 0.5),
    ("gt150", 0.2),
    ("lt080", 0.5),
    ("sd", 0.01),
    ("contrast", 0.01),
    ("hyphen_pct", 0.1),
    ("ladders2", 2.0),
    ("ladders3", 0.0),
    // A letter of a slanted face may lean out a little.
    ("overfull", 2.0),
    ("widows", 0.0),
    ("orphans", 0.0),
    // In the PDF, a chapter's last page before a heading hardly larger than the text (front matter) counts as short.
    ("short_pages", 2.0),
    ("spreads_higher", 0.0),
    ("stranded", 0.0),
    ("hyphens_at_turns", 0.0),
    ("level_pct", 0.0),
    ("reset_pct", 0.0),
];

type Figures = BTreeMap<String, f64>;

/// The program to measure: this build's, or the one that `RECTO` names.
fn recto() -> PathBuf {
    std::env::var_os("RECTO")
        .map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_recto")), PathBuf::from)
}

fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    // 1 says that the book has errors of its own: it has lines all the same.
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    Ok(said)
}

fn read(text: &str) -> Figures {
    let pairs = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?.to_owned(), words.next()?.parse().ok()?))
    });
    pairs.collect()
}

/// By our own report.
fn ours(book: &Path, settings: &[String]) -> Result<Figures, String> {
    let mut command = Command::new(recto());
    command.arg("dump").arg("report").arg(book);
    for setting in settings {
        command.arg("--set").arg(setting);
    }
    run(&mut command).map(|text| read(&text))
}

/// By the program that reads the PDF; `None` where it or its Python library is not there.
fn theirs(book: &Path, settings: &[String], folder: &Path) -> Result<Option<Figures>, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/linequality.py");
    let library = Command::new("python3")
        .args(["-c", "import pymupdf"])
        .output();
    if !script.exists() || !library.is_ok_and(|output| output.status.success()) {
        return Ok(None);
    }
    let mut command = Command::new(recto());
    command
        .arg("build")
        .arg(book)
        .arg("-q")
        .arg("-o")
        .arg(folder);
    for setting in settings {
        command.arg("--set").arg(setting);
    }
    run(&mut command)?;
    let made = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
    let pdf = made
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .ok_or("no PDF was made")?;
    let text = run(Command::new("python3").arg(script).args(PAGE).arg(pdf))?;
    Ok(Some(read(&text)))
}

fn measure(book: &Path, trim: &str, more: &[String]) -> Result<bool, String> {
    let mut settings: Vec<String> = SETTINGS.iter().map(|&setting| setting.to_owned()).collect();
    settings.push(format!("trim={trim}"));
    settings.extend(more.iter().cloned());
    let ours = ours(book, &settings)?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let theirs = theirs(book, &settings, folder.path())?;
    println!("\n{} at {trim}", book.display());
    println!("{:<18} {:>10} {:>10} {:>10}", "", "report", "PDF", "apart");
    let mut agreed = true;
    for (name, most) in COLUMNS {
        let Some(here) = ours.get(name) else {
            return Err(format!("the report says nothing of {name}"));
        };
        let there = theirs.as_ref().and_then(|figures| figures.get(name));
        match there {
            Some(there) => {
                let apart = there - here;
                let far = apart.abs() > most + 1e-9;
                agreed &= !far;
                let mark = if far { "  <- they differ" } else { "" };
                println!("{name:<18} {here:>10.3} {there:>10.3} {apart:>+10.3}{mark}");
            }
            None => println!("{name:<18} {here:>10.3} {:>10} {:>10}", "-", "-"),
        }
    }
    if theirs.is_none() {
        println!("(no Python with pymupdf, or no script to read the PDF by)");
    }
    Ok(agreed)
}

fn books(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    if !paths.is_empty() {
        return paths;
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let long = here.join("../shared/corpus/moby-dick");
    if long.exists() {
        vec![long]
    } else {
        vec![here.join("manuscripts/novella")]
    }
}

fn main() -> ExitCode {
    let (mut paths, mut more) = (Vec::new(), Vec::new());
    for argument in std::env::args().skip(1) {
        // Cargo adds `--bench`; other flags are not ours either.
        if argument.contains('=') {
            more.push(argument);
        } else if !argument.starts_with("--") {
            paths.push(PathBuf::from(argument));
        }
    }
    let mut all = true;
    for book in books(paths) {
        for trim in TRIMS {
            match measure(&book, trim, &more) {
                Ok(agreed) => all &= agreed,
                Err(message) => {
                    println!("{}: could not measure: {message}", book.display());
                    return ExitCode::FAILURE;
                }
            }
        }
    }
    if all {
        ExitCode::SUCCESS
    } else {
        println!("\nthe two do not agree");
        ExitCode::FAILURE
    }
}
