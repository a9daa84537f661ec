//! Where the time of a build goes.

use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Times of stages, from any thread.
#[derive(Debug, Default)]
pub struct Timings(Mutex<Vec<(String, Duration)>>);

impl Timings {
    /// None yet.
    pub fn new() -> Timings {
        Timings::default()
    }

    /// Does something and takes down how long it took.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn time<T>(&self, stage: impl Into<String>, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        let took = start.elapsed();
        let mut stages = self.0.lock().expect("no code under this lock panics");
        stages.push((stage.into(), took));
        result
    }

    /// A line per stage, in the order in which they ended. Stages of several editions run side by side, so the sum may be
    /// more than the whole.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn table(&self) -> String {
        let stages = self.0.lock().expect("no code under this lock panics");
        let width = stages.iter().map(|(name, _)| name.chars().count()).max();
        let width = width.unwrap_or(0);
        let line = |(name, took): &(String, Duration)| {
            format!("{name:width$} {:9.1} ms\n", took.as_secs_f64() * 1000.0)
        };
        stages.iter().map(line).collect()
    }
}
