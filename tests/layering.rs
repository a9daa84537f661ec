//! The house rules that a compiler does not check: who may use whom, how long a file may be, what no stage may touch.
//!
//! The layering is read from the table in `src/ARCHITECTURE.md`, so the page and the code cannot disagree.

#![allow(clippy::print_stdout, reason = "long files are listed")]

#[path = "layering/scan.rs"]
mod scan;
#[path = "layering/table.rs"]
mod table;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use scan::{code_only, crate_paths, is_word, line_of};
use table::{dependencies, layering, table};

/// A file longer than this is listed: it probably does two things.
const AIM: usize = 300;
/// A file longer than this fails.
const LIMIT: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All `.rs` files below a folder, sorted.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            // Books that tests build may hold any file.
            if path.is_dir() && !path.ends_with("suite/books") {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .to_string_lossy()
        .into_owned()
}

fn fail_with(breaches: &[String]) {
    let mut text = String::new();
    for breach in breaches {
        let _ = write!(text, "\n  {breach}");
    }
    assert!(breaches.is_empty(), "{} breaches:{text}", breaches.len());
}

/// The module a file belongs to: the first folder below `src`, or the file's own name there.
fn module(path: &Path) -> String {
    let inside = path
        .strip_prefix(root().join("src"))
        .expect("only files below src are asked for");
    let first = inside.components().next().expect("a file has a name");
    first
        .as_os_str()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_owned()
}

fn sources() -> Vec<(PathBuf, String)> {
    rust_files(&root().join("src"))
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source file is UTF-8");
            (path, text)
        })
        .collect()
}

fn is_unit_test(path: &Path) -> bool {
    path.file_stem()
        .is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
        || path.components().any(|part| part.as_os_str() == "tests")
}

#[test]
fn modules_use_only_those_below_them() {
    let layering = layering();
    let mut breaches = Vec::new();
    for (path, text) in sources() {
        let module = module(&path);
        if ["lib", "main"].contains(&module.as_str()) || is_unit_test(&path) {
            continue;
        }
        let code = code_only(&text);
        let Some(rule) = layering.rules.get(&module) else {
            breaches.push(format!("{}: `{module}` is not in the table", shown(&path)));
            continue;
        };
        for (line, used) in crate_paths(&code) {
            let outer = used.split("::").next().unwrap_or_default();
            let known = layering.rules.contains_key(outer);
            if outer == module || !known || rule.everything && outer != "cli" {
                continue;
            }
            if !rule.uses.contains(outer) && !rule.uses.contains(&used) {
                breaches.push(format!(
                    "{}:{line}: `{module}` may not use `{used}`",
                    shown(&path)
                ));
            }
        }
        // `super` beyond the module would go round the table.
        let inside = path
            .strip_prefix(root().join("src"))
            .expect("sources are below src");
        let own = usize::from(inside.file_stem().is_some_and(|stem| stem != "mod"));
        let depth = inside.components().count() - 1 + own;
        let climb = "super::".repeat(depth);
        for (at, _) in code.match_indices(&climb) {
            breaches.push(format!(
                "{}:{}: climbs out of `{module}` by `super`; say `crate::`",
                shown(&path),
                line_of(&code, at)
            ));
        }
    }
    fail_with(&breaches);
}

#[test]
fn outside_crates_stay_where_the_table_puts_them() {
    let layering = layering();
    let mut breaches = Vec::new();
    for (path, text) in sources() {
        let module = module(&path);
        if is_unit_test(&path) {
            continue;
        }
        let code = code_only(&text);
        for (name, modules) in &layering.crates {
            if modules.contains(&module) {
                continue;
            }
            for (at, _) in code.match_indices(&format!("{name}::")) {
                let before = code.as_bytes()[..at].last().copied().unwrap_or(b' ');
                if !is_word(before) && before != b':' {
                    breaches.push(format!(
                        "{}:{}: `{name}` is for {modules:?} only",
                        shown(&path),
                        line_of(&code, at)
                    ));
                }
            }
        }
    }
    fail_with(&breaches);
}

#[test]
fn every_dependency_has_its_line() {
    let rows = table("## 7.");
    let names: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row[0].split([',', ' ', '(', ')']))
        .collect();
    let missing: Vec<_> = dependencies()
        .into_iter()
        .filter(|name| !names.contains(name.as_str()))
        .map(|name| format!("src/ARCHITECTURE.md, section 7, has no line for `{name}`"))
        .collect();
    fail_with(&missing);
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut breaches = Vec::new();
    for folder in ["src", "tests"] {
        for path in rust_files(&root().join(folder)) {
            let text = std::fs::read_to_string(&path).expect("a source file is UTF-8");
            let lines = text.lines().count();
            let name = shown(&path);
            if lines > LIMIT {
                breaches.push(format!("{name}: {lines} lines, over {LIMIT}"));
            } else if lines > AIM {
                println!("{name}: {lines} lines, over the aim of {AIM}");
            }
            if !text.starts_with("//!") && !text.starts_with("#![doc") {
                breaches.push(format!("{name}: begins without a module doc"));
            }
        }
    }
    fail_with(&breaches);
}

#[test]
fn nothing_below_the_command_touches_the_world() {
    // (what, why, who may)
    let banned: &[(&str, &str, &[&str])] = &[
        ("HashMap", "its order is random: BTreeMap or IndexMap", &[]),
        ("HashSet", "its order is random: BTreeSet or IndexSet", &[]),
        ("SystemTime", "the date comes from World", &["src/cli/"]),
        (
            "Instant",
            "only timings measure time",
            &["src/cli/", "src/build/timings.rs"],
        ),
        ("println!", "only cli prints", &["src/cli/", "src/main.rs"]),
        ("eprintln!", "only cli prints", &["src/cli/", "src/main.rs"]),
        ("print!", "only cli prints", &["src/cli/", "src/main.rs"]),
        ("eprint!", "only cli prints", &["src/cli/", "src/main.rs"]),
        (
            "std::env",
            "only cli reads it",
            &["src/cli/", "src/main.rs"],
        ),
        (
            "env::var",
            "only cli reads it",
            &["src/cli/", "src/main.rs"],
        ),
    ];
    let mut breaches = Vec::new();
    for (path, text) in sources() {
        let (name, code) = (shown(&path), code_only(&text));
        if is_unit_test(&path) {
            continue;
        }
        for (what, why, exempt) in banned {
            if exempt.iter().any(|place| name.starts_with(place)) {
                continue;
            }
            for (at, _) in code.match_indices(what) {
                let before = code.as_bytes()[..at].last().copied().unwrap_or(b' ');
                let after = code.as_bytes().get(at + what.len()).copied();
                if !is_word(before) && !after.is_some_and(is_word) {
                    let line = line_of(&code, at);
                    breaches.push(format!("{name}:{line}: `{what}`: {why}"));
                }
            }
        }
    }
    fail_with(&breaches);
}
