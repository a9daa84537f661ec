//! Where diagnostics gather.

use std::sync::Mutex;

use super::Diagnostic;
use crate::source::Sources;

/// Takes diagnostics from any thread; gives them back in an order that no thread can change.
#[derive(Debug, Default)]
pub struct Sink {
    found: Mutex<Vec<Diagnostic>>,
}

impl Sink {
    /// Empty.
    pub fn new() -> Sink {
        Sink::default()
    }

    /// Takes one in.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.found
            .lock()
            .expect("no code under this lock panics")
            .push(diagnostic);
    }

    /// Takes all in that another has found.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn absorb(&self, other: Sink) {
        let found = other.found.into_inner();
        let found = found.expect("no code under this lock panics");
        self.found
            .lock()
            .expect("no code under this lock panics")
            .extend(found);
    }

    /// Takes all in that another has found, each changed by the way.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn absorb_each(&self, other: &Sink, change: impl Fn(Diagnostic) -> Diagnostic) {
        let found =
            std::mem::take(&mut *other.found.lock().expect("no code under this lock panics"));
        for diagnostic in found {
            self.push(change(diagnostic));
        }
    }

    /// All that was found, by path, place, code and message; the same thing said twice at one place counts once.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn finish(&self, sources: &Sources) -> Vec<Diagnostic> {
        let found =
            std::mem::take(&mut *self.found.lock().expect("no code under this lock panics"));
        Sink::ordered(found, sources)
    }

    /// The same, which stays here too.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn so_far(&self, sources: &Sources) -> Vec<Diagnostic> {
        let found = self.found.lock().expect("no code under this lock panics");
        Sink::ordered(found.clone(), sources)
    }

    fn ordered(found: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
        let mut keyed: Vec<_> = found
            .into_iter()
            .map(|d| {
                let path =
                    d.at.and_then(|at| sources.get(at.file))
                        .map(|file| file.path.clone())
                        .unwrap_or_default();
                let range = d.at.map(|at| (at.start, at.end)).unwrap_or_default();
                ((path, range, d.code.name(), d.message.clone()), d)
            })
            .collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0));
        keyed.dedup_by(|a, b| a.0 == b.0);
        keyed.into_iter().map(|(_, d)| d).collect()
    }
}
