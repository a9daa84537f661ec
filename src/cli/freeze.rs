//! Pages that are not to move, in a file.

use std::path::PathBuf;

use super::args::Known;
use super::place::Place;
use super::{Failure, kept, say};
use crate::build::Output;
use crate::check::Frozen;

/// A run's frozen pages.
pub struct Freeze {
    /// Where they are, as the user named it.
    path: PathBuf,
    /// As they were before the run.
    before: Frozen,
    /// Whether they are to be written anew.
    update: bool,
}

impl Freeze {
    /// Reads them, if there are to be any, and has the book compared with them.
    ///
    /// # Errors
    /// When they cannot be read, or are of no one book.
    pub fn open(known: &Known, places: &mut [Place]) -> Result<Option<Freeze>, Failure> {
        let Some(path) = &known.freeze_pages else {
            return Ok(None);
        };
        let shown = say::path(path);
        let [place] = places else {
            return Err(Failure(format!("`{shown}` is of one book: name one")));
        };
        let update = known.update_freeze;
        let before = kept::read(path, (update, "--update-freeze", ""), Frozen::read)?;
        // What is to be written anew has not moved.
        place.request.freeze = Some(if update {
            Frozen::default()
        } else {
            before.clone()
        });
        Ok(Some(Freeze {
            path: path.clone(),
            before,
            update,
        }))
    }

    /// Writes the pages anew, if they are to be; says so. What other editions have stays.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn close(mut self, outputs: &[Output]) -> Result<(), Failure> {
        if !self.update {
            return Ok(());
        }
        let mut told = Vec::new();
        for made in outputs.iter().filter(|made| !made.pages.is_empty()) {
            told.push(format!("{}: {} pages", made.edition, made.pages.len()));
            self.before
                .0
                .insert(made.edition.clone(), made.pages.clone());
        }
        if told.is_empty() {
            return Err(Failure(String::from(
                "nothing that was asked for has pages: `--freeze-pages` is for PDFs",
            )));
        }
        kept::write(&self.path, &self.before.text())?;
        let shown = say::path(&self.path);
        say::words(&format!("wrote {shown} ({})\n", told.join(", ")));
        Ok(())
    }
}
