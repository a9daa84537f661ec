//! A little book in memory and what was found in it.

use recto::diag::Sink;
use recto::diag::render::{Format, render};
use recto::source::{MemoryWorld, Sources};

use crate::support::book::{Book, File};

/// All that a stage wants to be handed.
pub struct Desk {
    /// The book's files.
    pub world: MemoryWorld,
    /// What was read of them.
    pub sources: Sources,
    /// What was found.
    pub sink: Sink,
}

impl Desk {
    /// With a case's files on it; text before the first `==>` is the file `first`.
    pub fn new(input: &str, first: &str) -> Desk {
        let mut world = MemoryWorld::new(0);
        for (name, file) in Book::parse(input, first).files {
            if let File::Bytes(bytes) = file {
                world = world.with(&name, bytes);
            }
        }
        Desk {
            world,
            sources: Sources::new(),
            sink: Sink::new(),
        }
    }

    /// What was found, a line each.
    pub fn findings(&self) -> String {
        let found = self.sink.finish(&self.sources);
        found
            .iter()
            .map(|one| render(one, &self.sources, Format::Concise, false))
            .collect()
    }
}
