//! Runs the real program.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output};

/// The program, in a folder, with nothing of the tester's own settings.
pub fn recto(folder: &Path, arguments: &[&str]) -> Command {
    plain(env!("CARGO_BIN_EXE_recto").as_ref(), folder, arguments)
}

/// The same, or the program that `RECTO` names: another build of it, for tests of many runs.
pub fn program(folder: &Path, arguments: &[&str]) -> Command {
    let other = std::env::var_os("RECTO");
    let path = other.unwrap_or_else(|| env!("CARGO_BIN_EXE_recto").into());
    plain(&path, folder, arguments)
}

fn plain(program: &OsStr, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    for name in [
        "GITHUB_ACTIONS",
        "GITHUB_WORKSPACE",
        "CI_PROJECT_DIR",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "SOURCE_DATE_EPOCH",
        "RUST_BACKTRACE",
        "COLUMNS",
        "CI",
    ] {
        command.env_remove(name);
    }
    command.env("LANG", "C.UTF-8").env("TZ", "UTC");
    command
}

/// What a command said: its standard output, its standard error and its exit code, one after the other.
pub fn transcript(output: &Output) -> String {
    let mut text = String::new();
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        if !bytes.is_empty() {
            text.push_str(&format!("{name}:\n"));
            for line in String::from_utf8_lossy(bytes).lines() {
                text.push_str(&format!("  {}\n", without_size(line)).replace("  \n", "\n"));
            }
        }
    }
    match output.status.code() {
        Some(code) => text.push_str(&format!("exit {code}\n")),
        None => text.push_str("killed\n"),
    }
    text
}

/// `wrote out/x.pdf (431 pages, 2.1 MB)` says `SIZE` instead: a case is not about bytes.
fn without_size(line: &str) -> String {
    for unit in [" B)", " kB)", " MB)"] {
        if let Some(before) = line.strip_suffix(unit) {
            let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            return format!("{number}SIZE)");
        }
    }
    line.to_owned()
}

#[test]
fn sizes_are_not_part_of_a_case() {
    assert_eq!(
        without_size("wrote out/x.pdf (431 pages, 2.1 MB)"),
        "wrote out/x.pdf (431 pages, SIZE)"
    );
}
