//! Judges from outside: programs that may not be installed here.

use std::path::Path;
use std::process::Command;

use super::tools;

/// Runs a program on a file that holds `bytes`; `{}` among the arguments stands for the file. Returns whether it was
/// content, and all that it said. `None`, with a line that says so, where it is not installed.
pub fn judge(bytes: &[u8], program: &str, arguments: &[&str]) -> Option<(bool, String)> {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let file = folder.path().join("book.pdf");
    std::fs::write(&file, bytes).expect("there is room for a file");
    judge_file(&file, program, arguments)
}

/// The same for a file that is there.
pub fn judge_file(file: &Path, program: &str, arguments: &[&str]) -> Option<(bool, String)> {
    let file = file.to_string_lossy();
    let output = Command::new(program)
        .args(arguments.iter().map(|part| part.replace("{}", &file)))
        .output();
    match output {
        Ok(output) => {
            let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
            said.push_str(&String::from_utf8_lossy(&output.stderr));
            Some((output.status.success(), said))
        }
        Err(_) => {
            tools::skipped("a look by another program", program);
            None
        }
    }
}
