//! Books built by the real program, each once for all tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, SystemTime};

use super::run::recto;

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// The EPUB.
    pub epub: PathBuf,
    /// The PDF, of those that are for a screen.
    pub pdf: PathBuf,
    /// What was said to standard error.
    pub said: String,
    /// The exit code.
    pub code: Option<i32>,
}

/// Folders of earlier runs are removed after this long.
const KEPT: Duration = Duration::from_secs(3600);

/// This run's own folder.
fn outputs() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("books");
        for entry in std::fs::read_dir(&all).into_iter().flatten().flatten() {
            let age = entry.metadata().and_then(|data| data.modified()).ok();
            let age = age.and_then(|then| SystemTime::now().duration_since(then).ok());
            if age.is_some_and(|age| age > KEPT) {
                // Another run may be removing it too.
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        all.join(std::process::id().to_string())
    })
}

/// A book, built. The first test that asks builds it, the others wait.
///
/// # Panics
/// When no EPUB or no PDF was made.
pub fn built(book: &Path) -> &'static Built {
    static BOOKS: Mutex<BTreeMap<PathBuf, &'static OnceLock<Built>>> = Mutex::new(BTreeMap::new());
    let cell = *BOOKS
        .lock()
        .expect("no code under this lock panics")
        .entry(book.to_owned())
        .or_insert_with(|| Box::leak(Box::default()));
    cell.get_or_init(|| {
        build(
            book,
            &outputs().join(book.file_name().unwrap_or_default()),
            &[],
        )
    })
}

/// The same without the pages that recto makes itself: what is left is the author's.
pub fn built_bare(book: &Path) -> Built {
    let name = book.file_name().unwrap_or_default();
    build(
        book,
        &outputs().join("bare").join(name),
        &["--set", "generate=[]"],
    )
}

/// Builds a book into a folder.
///
/// # Panics
/// As for [`built`].
pub fn build(book: &Path, out: &Path, arguments: &[&str]) -> Built {
    let mut command = recto(Path::new(env!("CARGO_MANIFEST_DIR")), &["build"]);
    command.arg(book).arg("-o").arg(out).args(arguments);
    let output = command
        .output()
        .expect("the program was built for this test");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // What is made for a press is judged elsewhere.
    let for_press = |path: &PathBuf| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        stem.ends_with("-print") || stem.ends_with("-cover")
    };
    let find = |ending: &str| {
        let entries = std::fs::read_dir(out).into_iter().flatten().flatten();
        let mut found: Vec<_> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == ending) && !for_press(path))
            .collect();
        found.sort();
        found.into_iter().next()
    };
    let made = |ending: &str| {
        find(ending).unwrap_or_else(|| panic!("{}: no {ending} was made:\n{said}", book.display()))
    };
    Built {
        epub: made("epub"),
        pdf: made("pdf"),
        code: output.status.code(),
        said: said.clone(),
    }
}

/// The project's own manuscripts hold no fault that recto knows of.
#[test]
fn own_books_build_without_a_finding() {
    for book in own_books() {
        let made = built(&book);
        let clean = made.code == Some(0) && !made.said.contains("warning");
        assert!(
            clean,
            "{}: exit {:?}\n{}",
            book.display(),
            made.code,
            made.said
        );
    }
}

/// The project's own manuscripts, and the small books of the tests.
pub fn own_books() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut books: Vec<PathBuf> = ["manuscripts", "tests/suite/books"]
        .iter()
        .filter_map(|folder| std::fs::read_dir(root.join(folder)).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.is_dir())
        .collect();
    books.sort();
    books
}
