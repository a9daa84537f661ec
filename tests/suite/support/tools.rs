//! Judges from outside: EPUBCheck, veraPDF, qpdf, poppler; and real books that are not ours.
//!
//! They lie in a folder `shared` beside the checkout or on the PATH. Where one is missing, a test says so and passes, but
//! fails when `CI=true`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared")
}

/// Says that a test cannot be run here: straight to standard error, which the test harness would hold back otherwise.
///
/// # Panics
/// With `CI=true`: there, nothing may be missing.
pub fn skipped(test: &str, missing: &str) {
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "{test} needs {missing}, which is not installed"
    );
    // If standard error is closed, nobody is there to read it.
    let _ = writeln!(
        std::io::stderr(),
        "skipped: {test} ({missing} is not installed)"
    );
}

/// A validator's script, if it is there and what it needs is installed.
fn script(name: &str, program: &str) -> Option<PathBuf> {
    let path = shared().join("validators").join(name);
    (path.is_file() && on_path(program)).then_some(path)
}

/// Whether a program can be started.
pub fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// What a judge said of some files; `None` (and a word about it) where it is missing.
pub struct Verdict {
    /// No fault found.
    pub passed: bool,
    /// Everything it said.
    pub said: String,
}

fn judge(
    test: &str,
    script_name: &str,
    program: &str,
    arguments: &[&str],
    files: &[PathBuf],
) -> Option<Verdict> {
    let Some(path) = script(script_name, program) else {
        skipped(test, script_name);
        return None;
    };
    let output = Command::new(path).args(arguments).args(files).output();
    let output = output.expect("a script that is there can be started");
    // 3: the script is there, but its tool was never installed.
    if output.status.code() == Some(3) {
        skipped(test, script_name);
        return None;
    }
    Some(Verdict {
        passed: output.status.success(),
        said: both(&output),
    })
}

fn both(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// EPUBCheck, warnings counted as errors; all files in one call.
pub fn epubcheck(test: &str, files: &[PathBuf]) -> Option<Verdict> {
    judge(test, "epubcheck.sh", "java", &["--strict"], files)
}

/// veraPDF, for flavours such as `ua1,2a`.
pub fn verapdf(test: &str, flavours: &str, files: &[PathBuf]) -> Option<Verdict> {
    judge(test, "verapdf.sh", "java", &["-f", flavours], files)
}

/// qpdf, poppler and mupdf: syntax, pages, fonts embedded with their Unicode.
pub fn pdf_basics(test: &str, files: &[PathBuf]) -> Option<Verdict> {
    judge(test, "pdfbasic.sh", "qpdf", &[], files)
}

/// The core of PDF/X-4, by a lint of the validators'.
pub fn pdfx4(test: &str, bytes: &[u8]) -> Option<Verdict> {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let file = folder.path().join("book.pdf");
    std::fs::write(&file, bytes).expect("there is room for a file");
    judge(test, "pdfx4.sh", "bash", &[], &[file])
}

/// A folder of real books, if it is there.
pub fn corpus(test: &str, name: &str) -> Option<PathBuf> {
    let path = shared().join("corpus").join(name);
    if !path.exists() {
        skipped(test, &format!("the corpus {name}"));
        return None;
    }
    Some(path)
}

/// What one of poppler's programs prints; `None` (and a word about it) where it is missing.
pub fn poppler(test: &str, program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    if !on_path(program) {
        skipped(test, program);
        return None;
    }
    let mut command = Command::new(program);
    command.args(arguments).arg(file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command
        .output()
        .expect("a program on the path can be started");
    assert!(output.status.success(), "{program}: {}", both(&output));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}
