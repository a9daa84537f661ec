//! Files for the press: what they may be made for, and the judge of them (`tests/press/judge.py`).

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use recto::profile::{ColorSpace, Embedding, FileSpec, Intent, Marks, Standard};
use serde_json::Value;

use super::programs::judge;
use super::tools;

/// A file for black alone.
pub fn grey() -> FileSpec {
    FileSpec {
        standards: Vec::new(),
        color: ColorSpace::Grey,
        intent: None,
        ink_limit: None,
        embedding: Embedding::Whole,
        transparency: false,
        interactive: false,
        tagged: false,
        marks: Marks::default(),
    }
}

/// A file for four inks on coated paper.
pub fn inks(standard: Standard) -> FileSpec {
    FileSpec {
        standards: vec![standard],
        color: ColorSpace::Cmyk,
        intent: Some(Intent {
            condition: "FOGRA39".to_owned(),
            info: "Offset on coated paper (ISO 12647-2)".to_owned(),
            profile: None,
        }),
        ink_limit: Some(300),
        embedding: Embedding::Subset,
        transparency: standard == Standard::X4,
        ..grey()
    }
}

/// Python with pikepdf, where there is one.
fn python() -> Option<&'static PathBuf> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let home = std::env::var_os("HOME")
            .map(PathBuf::from)
            .unwrap_or_default();
        let tools =
            std::env::var_os("TOOLS").map_or_else(|| home.join(".cache/validators"), PathBuf::from);
        let own = tools.join("venv/bin/python");
        [own, PathBuf::from("python3")].into_iter().find(|python| {
            let asked = Command::new(python).args(["-c", "import pikepdf"]).output();
            asked.is_ok_and(|output| output.status.success())
        })
    });
    if found.is_none() {
        tools::skipped("files for the press", "Python with pikepdf");
    }
    found.as_ref()
}

/// What the judge says of a file: whether it is content, and its words.
pub fn verdict(bytes: &[u8], options: &[&str]) -> Option<(bool, String)> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/press/judge.py");
    let mut arguments = vec![script, "--all"];
    arguments.extend(options);
    arguments.push("{}");
    judge(bytes, &python()?.to_string_lossy(), &arguments)
}

/// What is in a file.
pub fn facts(bytes: &[u8]) -> Option<Value> {
    let (read, said) = verdict(bytes, &["--facts"])?;
    assert!(read, "{said}");
    Some(serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}:\n{said}")))
}
