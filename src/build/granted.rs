//! A world with one more file in it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::source::World;

/// Another world, and a file that the user named on the command line, wherever it is: naming it there allows it.
pub struct Granted<'w> {
    world: &'w dyn World,
    path: PathBuf,
    bytes: Arc<[u8]>,
}

impl<'w> Granted<'w> {
    /// Adds a file under a path; the path should be none of the other world's.
    pub fn new(world: &'w dyn World, path: impl Into<PathBuf>, bytes: Vec<u8>) -> Granted<'w> {
        Granted {
            world,
            path: path.into(),
            bytes: bytes.into(),
        }
    }
}

impl World for Granted<'_> {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        if path == self.path {
            return Ok(Arc::clone(&self.bytes));
        }
        self.world.read(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.world.list(folder)
    }

    fn exists(&self, path: &Path) -> bool {
        path == self.path || self.world.exists(path)
    }

    fn timestamp(&self) -> i64 {
        self.world.timestamp()
    }
}
