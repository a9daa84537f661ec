//! A little book in memory and what was found in it.

use recto::build::{self, Depth, Entry, Levels, Press, Request, Run, Stage, Timings};
use recto::diag::render;
use recto::diag::{Diagnostic, Sink};
use recto::source::{MemoryWorld, Sources, World as _};

use crate::support::book::{Book, File};
use crate::support::fake;

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

    /// A book in the font whose glyphs are all alike, and in its theme. Text before the first `==>` is its only chapter; a
    /// `book.yaml` needs neither title nor theme.
    pub fn fake(input: &str) -> Desk {
        let mut desk = Desk::new(input, "one.md");
        let given = desk.world.read("book.yaml".as_ref()).unwrap_or_default();
        let given = String::from_utf8_lossy(&given);
        let mut manifest = String::new();
        for (key, line) in [
            ("title:", "title: A Book\n"),
            ("language:", "language: en\n"),
            ("theme:", "theme: fake.yaml\n"),
            ("generate:", "generate: []\n"),
        ] {
            if !given.lines().any(|given| given.starts_with(key)) {
                manifest.push_str(line);
            }
        }
        manifest.push_str(&given);
        let mut world = desk
            .world
            .with("book.yaml", manifest)
            .with("fake.yaml", fake::THEME);
        for (name, bytes) in fake::files() {
            world = world.with(&name, bytes);
        }
        desk.world = world;
        desk
    }

    /// What was found, a line each.
    pub fn findings(&self) -> String {
        self.lines(&self.sink.finish(&self.sources))
    }

    /// Findings, a line each.
    pub fn lines(&self, found: &[Diagnostic]) -> String {
        found
            .iter()
            .map(|one| render::line(one, &self.sources))
            .collect()
    }

    fn press<'a>(&'a self, timings: &'a Timings) -> Press<'a> {
        Press {
            world: &self.world,
            sources: &self.sources,
            timings,
            step: &|_| {},
            panel: None,
        }
    }

    /// Builds the book in memory: all editions, or those of one format.
    pub fn make(&self, file: Option<&str>, format: Option<build::Format>) -> Run {
        let timings = Timings::new();
        build::run(self.press(&timings), &request(file, format), Depth::Make)
    }

    /// Shows a stage of a folder's build, and what was found on the way.
    pub fn dump(&self, format: Option<build::Format>, stage: Stage) -> (String, Vec<Diagnostic>) {
        let timings = Timings::new();
        let (text, found) = build::dump(self.press(&timings), &request(None, format), stage);
        (text.unwrap_or_default(), found)
    }
}

fn request(file: Option<&str>, format: Option<build::Format>) -> Request {
    Request {
        entry: Entry {
            file: file.map(str::to_owned),
            name: "the-folder".to_owned(),
        },
        settings: Vec::new(),
        editions: Vec::new(),
        format,
        proof: false,
        levels: Levels::default(),
        outlets: Vec::new(),
        epoch: None,
        freeze: None,
    }
}
