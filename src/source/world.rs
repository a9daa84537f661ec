//! The files and the date, as the rest of recto sees them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What a build may know of the world outside: the files below one folder, and one moment in time.
///
/// Paths are relative to that folder and use `/`. Implementations refuse, with
/// [`io::ErrorKind::PermissionDenied`], every path that leads out of it.
pub trait World: Sync {
    /// A file's bytes.
    ///
    /// # Errors
    /// As the operating system has it; `PermissionDenied` for a path out of the folder.
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>>;

    /// The names of what is in a folder (folders end in `/`), sorted by bytes.
    ///
    /// # Errors
    /// As for [`World::read`].
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;

    /// Whether there is such a file, readable or not. False outside the folder.
    fn exists(&self, path: &Path) -> bool;

    /// Seconds since 1970: what a book without a date is dated with. `SOURCE_DATE_EPOCH`, or a fixed day; never now.
    fn timestamp(&self) -> i64;
}

/// Joins and cleans a relative path; `None` if it is absolute or climbs out.
pub(crate) fn inside(path: &Path) -> Option<PathBuf> {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => clean.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !clean.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(clean)
}

fn refused(path: &Path) -> io::Error {
    io::Error::new(
        io::ErrorKind::PermissionDenied,
        format!("{} is outside the book's folder", path.display()),
    )
}

/// A folder on disk.
#[derive(Debug)]
pub struct DiskWorld {
    root: PathBuf,
    real_root: PathBuf,
    timestamp: i64,
    allow_outside: bool,
}

impl DiskWorld {
    /// The files below `root`; with `allow_outside`, also those that `../` or a link leads to.
    ///
    /// # Errors
    /// When the folder cannot be found.
    pub fn new(root: &Path, timestamp: i64, allow_outside: bool) -> io::Result<DiskWorld> {
        let real_root = root.canonicalize()?;
        Ok(DiskWorld {
            root: root.to_owned(),
            real_root,
            timestamp,
            allow_outside,
        })
    }

    /// The real path of a relative one, if it may be read.
    fn locate(&self, path: &Path) -> io::Result<PathBuf> {
        if self.allow_outside {
            return Ok(self.root.join(path));
        }
        let clean = inside(path).ok_or_else(|| refused(path))?;
        let real = self.root.join(clean).canonicalize()?;
        if real.starts_with(&self.real_root) {
            Ok(real)
        } else {
            Err(refused(path))
        }
    }
}

impl World for DiskWorld {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let real = self.locate(path)?;
        // A pipe or a device would block or never end.
        if !std::fs::metadata(&real)?.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("{} is not a file", path.display()),
            ));
        }
        std::fs::read(real).map(Arc::from)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(self.locate(folder)?)? {
            let entry = entry?;
            let Ok(mut name) = entry.file_name().into_string() else {
                continue;
            };
            if entry.path().is_dir() {
                name.push('/');
            }
            names.push(name);
        }
        names.sort();
        Ok(names)
    }

    fn exists(&self, path: &Path) -> bool {
        self.locate(path).is_ok_and(|real| real.is_file())
    }

    fn timestamp(&self) -> i64 {
        self.timestamp
    }
}

/// Files in memory, for tests and for books that are not on disk.
#[derive(Debug, Default)]
pub struct MemoryWorld {
    files: BTreeMap<PathBuf, Arc<[u8]>>,
    timestamp: i64,
}

impl MemoryWorld {
    /// No files, at a moment.
    pub fn new(timestamp: i64) -> MemoryWorld {
        MemoryWorld {
            files: BTreeMap::new(),
            timestamp,
        }
    }

    /// Puts a file in.
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> MemoryWorld {
        self.files
            .insert(PathBuf::from(path), Arc::from(bytes.into()));
        self
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let clean = inside(path).ok_or_else(|| refused(path))?;
        self.files
            .get(&clean)
            .cloned()
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let folder = inside(folder).ok_or_else(|| refused(folder))?;
        let mut names: Vec<String> = Vec::new();
        for path in self.files.keys() {
            let Ok(rest) = path.strip_prefix(&folder) else {
                continue;
            };
            let mut parts = rest
                .components()
                .map(|c| c.as_os_str().to_string_lossy().into_owned());
            let Some(mut name) = parts.next() else {
                continue;
            };
            if parts.next().is_some() {
                name.push('/');
            }
            names.push(name);
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn exists(&self, path: &Path) -> bool {
        inside(path).is_some_and(|clean| self.files.contains_key(&clean))
    }

    fn timestamp(&self) -> i64 {
        self.timestamp
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let world = MemoryWorld::new(0).with("a/b.md", "x");
        assert!(world.read(Path::new("a/../a/b.md")).is_ok());
        for path in ["../b.md", "a/../../b.md", "/etc/hosts"] {
            assert_eq!(
                world.read(Path::new(path)).unwrap_err().kind(),
                io::ErrorKind::PermissionDenied,
                "{path}"
            );
        }
        assert_eq!(world.list(Path::new("")).unwrap(), ["a/"]);
    }
}
