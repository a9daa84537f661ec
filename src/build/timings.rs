//! Where the time of a build goes.

use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Times of stages, from any thread.
#[derive(Debug)]
pub struct Timings {
    start: Instant,
    stages: Mutex<Vec<(String, Duration)>>,
}

impl Default for Timings {
    fn default() -> Timings {
        Timings {
            start: Instant::now(),
            stages: Mutex::default(),
        }
    }
}

impl Timings {
    /// None yet; the whole begins now.
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
        let mut stages = self.stages.lock().expect("no code under this lock panics");
        stages.push((stage.into(), took));
        result
    }

    /// A line per stage, in the order in which they ended, and one for the whole. Stages run side by side, those of several
    /// editions above all: the sum may be more than the whole.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn table(&self) -> String {
        let whole = self.start.elapsed();
        let stages = self.stages.lock().expect("no code under this lock panics");
        let whole = (String::from("the whole run"), whole);
        let lines = stages.iter().chain([&whole]);
        let width = lines.clone().map(|(name, _)| name.chars().count()).max();
        let width = width.unwrap_or(0);
        let line = |(name, took): &(String, Duration)| {
            format!("{name:width$} {:9.1} ms\n", took.as_secs_f64() * 1000.0)
        };
        lines.map(line).collect()
    }
}
