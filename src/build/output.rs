//! Files that are there whole or not at all.
//!
//! A file is written beside its place under a name of its own and then moved there, which the operating system does at
//! one stroke. Where the same bytes stand already, nothing is touched.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It has new bytes.
    New,
    /// It had these bytes before.
    Same,
}

/// Writes a file, and the folders it is to stand in.
///
/// # Errors
/// As the operating system has it; the old file then stands as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<Written> {
    // A link stays a link; what it leads to is replaced.
    let path = match fs::symlink_metadata(path) {
        Ok(data) if data.is_symlink() => fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
        _ => path.to_owned(),
    };
    if holds(&path, bytes) {
        return Ok(Written::Same);
    }
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
    }
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}", std::process::id()));
    let draft = Draft(path.with_file_name(beside));
    let mut file = fs::File::create(&draft.0)?;
    file.write_all(bytes)?;
    drop(file);
    fs::rename(&draft.0, &path)?;
    std::mem::forget(draft);
    Ok(Written::New)
}

/// Whether a file has just these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let same_size =
        fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64);
    same_size && fs::read(path).is_ok_and(|old| old == bytes)
}

/// A file under its passing name; gone when this is dropped, whatever happened.
struct Draft(PathBuf);

impl Drop for Draft {
    fn drop(&mut self) {
        // It may never have come to be.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_replaced_whole_or_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out/deep/book.pdf");
        assert_eq!(write(&path, b"one").unwrap(), Written::New);
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(write(&path, b"one").unwrap(), Written::Same);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
        assert_eq!(write(&path, b"two").unwrap(), Written::New);
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(write(&path.join("inside-a-file.pdf"), b"x").is_err());
        fs::create_dir(folder.path().join("taken.pdf")).unwrap();
        assert!(write(&folder.path().join("taken.pdf"), b"x").is_err());
        let names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        assert_eq!(names.len(), 2, "{names:?}");
    }
}
