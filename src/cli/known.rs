//! The baseline of a run: what is known, what is new, what is gone.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::args::Known;
use super::sought::{self, Sought};
use super::told::Heard;
use super::{Failure, kept, say};
use crate::check::{Baseline, Entry};
use crate::diag::{Code, Diagnostic, Finding, findings};
use crate::source::{FileId, Sources};

/// A run's baseline.
pub struct Ledger {
    /// Where it is, as the user named it.
    path: PathBuf,
    /// The folder that its paths start from, without links.
    folder: PathBuf,
    /// What it knew before the run.
    before: Baseline,
    /// What was found.
    now: Baseline,
    /// Paths that were looked at.
    seen: BTreeSet<String>,
    /// Codes that this run does not look for, or not for all who were asked before.
    unsought: BTreeSet<&'static str>,
    /// Whether it is to be written.
    update: bool,
    /// Whether all editions are looked at: else what is not found need not be gone.
    whole: bool,
}

impl Ledger {
    /// Reads the baseline, if there is to be one; `sought` is what the run looks for.
    ///
    /// # Errors
    /// When it cannot be read, or is none.
    pub fn open(known: &Known, sought: &Sought<'_>) -> Result<Option<Ledger>, Failure> {
        let Some(path) = &known.baseline else {
            return Ok(None);
        };
        let shown = say::path(path);
        let update = known.update_baseline;
        let how = (update, "--update-baseline", "baseline ");
        let before = kept::read(path, how, Baseline::read)?;
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        // A folder that is not there yet is made when the baseline is written.
        let folder = folder
            .canonicalize()
            .or_else(|_| std::path::absolute(folder))
            .map_err(|error| Failure(format!("`{shown}` cannot be read: {error}")))?;
        Ok(Some(Ledger {
            path: path.clone(),
            folder,
            now: Baseline::asked_by(sought.outlets),
            seen: BTreeSet::new(),
            unsought: sought.unsought(&before.outlets),
            before,
            update,
            whole: sought.whole,
        }))
    }

    /// As the user named it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Parts what was found in a book into what is new and what is known. `root` is the book's folder.
    pub fn sift(
        &mut self,
        found: Vec<Finding>,
        sources: &Sources,
        root: &Path,
    ) -> (Vec<Finding>, Vec<Finding>) {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let book = from(&self.folder, &root);
        let files = (0..).map_while(|id| sources.get(FileId(id)));
        let paths = files.filter(|file| !file.path.starts_with("--"));
        self.seen.insert(written(&book));
        self.seen
            .extend(paths.map(|file| written(&book.join(&file.path))));
        found.into_iter().partition(|found| {
            let code = found.diagnostic.code;
            // Of the run, not of the book.
            if matches!(code, Code::CannotWrite | Code::UnknownEdition) {
                return true;
            }
            let file = found.diagnostic.at.and_then(|at| sources.get(at.file));
            let file = file.filter(|file| !file.path.starts_with("--"));
            let path = file.map_or_else(|| book.clone(), |file| book.join(&file.path));
            let entry = Entry {
                path: written(&path),
                code: code.name().to_owned(),
                fingerprint: found.fingerprint.clone(),
            };
            let known = self.update || self.before.knows(&entry);
            self.now.add(entry, found);
            !known
        })
    }

    /// Whether a known finding would have been found again if it were still there.
    fn sought(&self, entry: &Entry) -> bool {
        let here = self.seen.contains(&entry.path) || !self.folder.join(&entry.path).exists();
        here && !self.unsought.contains(entry.code.as_str())
    }

    /// Tells of what is gone, beside what was found in the last book.
    pub fn stale(&self, heard: &mut [Heard<'_>]) {
        let gone = self.before.entries();
        let gone = gone.filter(|one| !self.now.knows(one) && self.sought(one));
        let (Some(last), number @ 1.., true, false) =
            (heard.last_mut(), gone.count(), self.whole, self.update)
        else {
            return;
        };
        let path = say::path(&self.path);
        let message = match number {
            1 => format!("a finding that `{path}` lists is no longer there"),
            number => format!("{number} findings that `{path}` lists are no longer there"),
        };
        let found = Diagnostic::new(Code::StaleBaseline, None, message);
        let levels = &last.place.request.levels;
        let told = levels.judge(
            &Default::default(),
            found.hint("`--update-baseline` drops them"),
        );
        last.found
            .extend(findings(told.into_iter().collect(), last.sources));
    }

    /// Writes it anew, if it is to be; says what changed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn close(mut self) -> Result<Option<String>, Failure> {
        if !self.update {
            return Ok(None);
        }
        let before: BTreeSet<&Entry> = self.before.entries().collect();
        let now: BTreeSet<&Entry> = self.now.entries().collect();
        let added = now.difference(&before).count();
        let gone = before.difference(&now);
        let dropped: BTreeSet<Entry> = gone
            .filter(|one| self.sought(one))
            .map(|one| (*one).clone())
            .collect();
        self.before.retain(|one| !dropped.contains(one));
        // Who is not asked any longer needs no naming, if nothing that they said stays.
        let stays = (self.before.entries())
            .any(|one| !self.now.knows(one) && sought::of_outlets(&one.code));
        if !stays {
            self.before.outlets.clear();
        }
        self.now.absorb(self.before);
        let number = self.now.entries().count();
        let shown = say::path(&self.path);
        kept::write(&self.path, &self.now.text())?;
        Ok(Some(format!(
            "wrote {shown} ({number} known: {added} added, {} dropped)\n",
            dropped.len()
        )))
    }
}

/// A path as the baseline writes it.
fn written(path: &Path) -> String {
    let parts = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    match parts.collect::<Vec<_>>().join("/") {
        path if path.is_empty() => String::from("."),
        path => path,
    }
}

/// The way from a folder to another; both are absolute.
fn from(folder: &Path, to: &Path) -> PathBuf {
    let (mut here, mut there) = (folder.components().peekable(), to.components().peekable());
    while here.peek().is_some() && here.peek() == there.peek() {
        here.next();
        there.next();
    }
    // Another drive.
    if matches!(
        there.peek(),
        Some(Component::Prefix(_) | Component::RootDir)
    ) {
        return to.to_owned();
    }
    let up = here.map(|_| Component::ParentDir);
    up.chain(there).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_found() {
        let way = |a: &str, b: &str| written(&from(Path::new(a), Path::new(b)));
        assert_eq!(way("/a/b", "/a/b/c"), "c");
        assert_eq!(way("/a/b", "/a/c/d"), "../c/d");
        assert_eq!(way("/a", "/a"), ".");
    }
}
