//! The command `recto`: see `recto::cli`.

use std::panic::catch_unwind;
use std::process::ExitCode;

#[allow(
    clippy::print_stderr,
    reason = "after a panic nothing is left to report it through"
)]
fn main() -> ExitCode {
    // Outputs are written whole, after everything else: a panic leaves the old ones as they were.
    catch_unwind(|| recto::cli::run(std::env::args_os())).unwrap_or_else(|_| {
        eprintln!("error: this is a fault of recto's own, not of the book; please report it with the lines above");
        ExitCode::from(2)
    })
}
