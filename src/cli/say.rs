//! Everything that is printed; what was found is made a text in `told`.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::Failure;
use super::options::Manner;

/// Prints data that was asked for. A reader who has seen enough and closed the pipe is no fault.
///
/// # Errors
/// When it cannot be written for any other reason.
pub fn data(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure(format!(
            "standard output cannot be written: {error}"
        ))),
        _ => Ok(()),
    }
}

/// Prints words for the user.
pub fn words(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Why the command could not do its work at all.
pub fn failure(message: &str) {
    words(&format!("error: {message}\n"));
}

/// `812 B`, `14 kB`, `2.1 MB`.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} kB", (bytes as f64 / 1000.0).round()),
        _ => format!("{:.1} MB", bytes as f64 / 1_000_000.0),
    }
}

/// A path as a user would type it: without `./`.
pub fn path(path: &Path) -> String {
    let text = path.display().to_string();
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

/// What is being done right now: shown on a terminal, and a line each for those who want to know more.
pub struct Progress {
    bar: Option<ProgressBar>,
    lines: bool,
}

impl Progress {
    /// Begins.
    pub fn new(manner: &Manner) -> Progress {
        let lines = manner.verbose;
        if !manner.terminal || manner.quiet || lines {
            return Progress { bar: None, lines };
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(80));
        Progress {
            bar: Some(bar),
            lines,
        }
    }

    /// The next step.
    pub fn step(&self, what: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(what.to_owned()),
            None if self.lines => words(&format!("{what}\n")),
            None => {}
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_for_people() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1499, "1 kB"),
            (999_499, "999 kB"),
            (2_149_000, "2.1 MB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }
}
