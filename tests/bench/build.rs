//! Whole builds and checks of whole books by the release binary, timed from outside. `README.md` beside this says how to read it.

#![allow(clippy::print_stdout, reason = "a bench reports")]

mod generate;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Runs per book; the median is shown.
const RUNS: usize = 7;

/// One whole process.
struct Run {
    wall: Duration,
    /// Peak resident memory in kB; 0 where it cannot be had.
    peak: u64,
}

/// One run of the binary on a book: `build` into a fresh folder, or `check`.
fn once(verb: &str, book: &Path) -> Result<Run, String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let timer = Path::new("/usr/bin/time");
    let report = out.path().join("time.txt");
    let mut command = if timer.exists() {
        let mut command = Command::new(timer);
        command.arg("-f").arg("%M").arg("-o").arg(&report);
        command.arg(env!("CARGO_BIN_EXE_recto"));
        command
    } else {
        Command::new(env!("CARGO_BIN_EXE_recto"))
    };
    command.arg(verb).arg(book).arg("-q");
    if verb == "build" {
        command.arg("-o").arg(out.path().join("out"));
    }
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let output = command.output().map_err(|error| error.to_string())?;
    let wall = start.elapsed();
    let made = std::fs::read_dir(out.path().join("out")).map_or(0, Iterator::count);
    // A book with faults is built and checked all the same: 2 means that it could not run.
    if verb == "build" && made < 2 || output.status.code().is_none_or(|code| code > 1) {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{verb}: {made} files made: {said}"));
    }
    let peak = std::fs::read_to_string(&report)
        .ok()
        .and_then(|text| text.lines().last()?.trim().parse().ok());
    Ok(Run {
        wall,
        peak: peak.unwrap_or(0),
    })
}

/// Words as `wc` counts them, in all Markdown below a folder.
fn count_words(folder: &Path) -> usize {
    let mut words = 0;
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            words += count_words(&path);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let text = std::fs::read(&path).unwrap_or_default();
            words += String::from_utf8_lossy(&text).split_whitespace().count();
        }
    }
    words
}

/// Measures one book; returns its median, for the ratio of the next.
fn measure(name: &str, book: &Path, shorter: Option<Duration>) -> Result<Duration, String> {
    once("build", book)?; // the disk's cache is warm from here on
    let (mut runs, mut checks) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        // One after the other: what else the machine does, it does to both.
        let (built, checked) = (once("build", book)?, once("check", book)?);
        checks.push(checked.wall.as_secs_f64() / built.wall.as_secs_f64());
        runs.push(built);
    }
    runs.sort_by_key(|run| run.wall);
    checks.sort_by(f64::total_cmp);
    let median = runs[RUNS / 2].wall;
    let peak = runs.iter().map(|run| run.peak).max().unwrap_or(0);
    let words = count_words(book);
    let ratio = shorter.map_or(String::new(), |shorter| {
        format!("{:.2}", median.as_secs_f64() / shorter.as_secs_f64())
    });
    println!(
        "{name:<24} {words:>9} {:>9.0} {:>9.0} {:>9.0} {:>12.0} {:>8.0} {:>6.2} {ratio:>6}",
        runs[0].wall.as_secs_f64() * 1000.0,
        median.as_secs_f64() * 1000.0,
        runs[RUNS - 1].wall.as_secs_f64() * 1000.0,
        words as f64 / median.as_secs_f64(),
        peak as f64 / 1024.0,
        checks[RUNS / 2],
    );
    Ok(median)
}

/// A copy of a folder of chapters whose files come `times` over, each under a name of its own.
fn times_over(book: &Path, into: &Path, times: usize) -> std::io::Result<()> {
    std::fs::create_dir_all(into)?;
    for entry in std::fs::read_dir(book)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_chapter = name.ends_with(".md");
        std::fs::copy(entry.path(), into.join(&name))?;
        for round in 1..if is_chapter { times } else { 1 } {
            std::fs::copy(entry.path(), into.join(format!("{round}-{name}")))?;
        }
    }
    Ok(())
}

fn run(arguments: &[String]) -> Result<(), String> {
    let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
    println!(
        "{:<24} {:>9} {:>9} {:>9} {:>9} {:>12} {:>8} {:>6} {:>6}",
        "book", "words", "best ms", "median", "worst", "words/s", "MB", "check", "ratio"
    );
    let mut books: Vec<PathBuf> = Vec::new();
    let mut sizes: Vec<usize> = Vec::new();
    for argument in arguments {
        match argument.parse() {
            Ok(words) => sizes.push(words),
            Err(_) => books.push(PathBuf::from(argument)),
        }
    }
    if arguments.is_empty() {
        sizes.push(50_000);
        let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
        books.extend(["moby-dick", "nomicon", "multilingual"].map(|name| corpora.join(name)));
    }
    for words in sizes {
        let mut shorter = None;
        for times in [1, 4] {
            let folder = scratch.path().join(format!("{words}-{times}"));
            generate::novel(&folder, words * times).map_err(|error| error.to_string())?;
            shorter = Some(measure(&format!("generated ×{times}"), &folder, shorter)?);
        }
    }
    for book in books.iter().filter(|book| book.exists()) {
        let name = book.file_name().unwrap_or_default().to_string_lossy();
        let one = measure(&name, book, None)?;
        if name == "moby-dick" {
            let folder = scratch.path().join("four");
            times_over(book, &folder, 4).map_err(|error| error.to_string())?;
            measure(&format!("{name} ×4"), &folder, Some(one))?;
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    // Cargo adds `--bench`; other flags are not ours either.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("could not measure: {message}");
            ExitCode::FAILURE
        }
    }
}
