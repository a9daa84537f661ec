//! The recipes of the manual and the action for GitHub's workflows, carried out.

use std::path::Path;
use std::process::{Command, Output};

use super::support::book::Book;
use super::support::tools;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A program in a folder, with recto on its path.
fn with_recto(program: &str, folder: &Path) -> Command {
    let here = Path::new(env!("CARGO_BIN_EXE_recto")).parent();
    let here = here.expect("a program lies in a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = [here].into_iter().chain(std::env::split_paths(&path));
    let path = std::env::join_paths(paths).expect("folders without colons");
    let mut command = Command::new(program);
    command.current_dir(folder).env("PATH", path);
    for name in [
        "GITHUB_ACTIONS",
        "GITHUB_WORKSPACE",
        "CI_PROJECT_DIR",
        "MAKEFLAGS",
    ] {
        command.env_remove(name);
    }
    command
}

fn said(output: &Output) -> String {
    let all = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&all).into_owned()
}

/// A file that the manual shows with its name.
fn shown(name: &str) -> String {
    let manual = std::fs::read_to_string(Path::new(ROOT).join("manuscripts/manual/ci.md"));
    let manual = manual.expect("the manual has this chapter");
    let begin = format!("{{title=\"{name}\"}}\n");
    let (_, block) = manual.split_once(&begin).expect("the manual shows it");
    let (block, _) = block.split_once("```").expect("a block ends");
    block.to_owned()
}

/// A book in the folder `novel`, and a file that tells a program how to make it.
fn house(recipe: &str) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let files =
        "==> novel/book.yaml <==\ntitle: Novel\nchapters: [one.md]\n==> novel/one.md <==\n# One\n";
    Book::parse(files, "x.md").write(scratch.path());
    std::fs::write(scratch.path().join(recipe), shown(recipe)).expect("there is room for a file");
    scratch
}

/// By a recipe, a book is made once, and again when its chapter was written to, be it with the same words.
fn is_made_when_it_should_be(program: &str, recipe: &str, is_idle: fn(&str) -> bool) {
    if !tools::on_path(program) {
        tools::skipped("is_made_when_it_should_be", program);
        return;
    }
    let scratch = house(recipe);
    let run = || {
        let output = with_recto(program, scratch.path()).output();
        let output = output.expect("a program on the path can be started");
        assert!(output.status.success(), "{program}: {}", said(&output));
        said(&output)
    };
    assert!(!is_idle(&run()));
    assert!(scratch.path().join("out/novel.pdf").is_file());
    for text in ["# One\n", "# One and a half\n", "# One and a half\n"] {
        let again = run();
        assert!(is_idle(&again), "{program}: {again}");
        let chapter = scratch.path().join("novel/one.md");
        // Whatever the clock's steps are, it is newer than what was made.
        let made = std::fs::metadata(scratch.path().join("out/novel.pdf"));
        let made = made.and_then(|data| data.modified()).expect("it was made");
        std::thread::sleep(std::time::Duration::from_millis(20));
        std::fs::write(&chapter, text).expect("the chapter can be written");
        let written = std::fs::metadata(&chapter).and_then(|data| data.modified());
        assert!(written.expect("it was written") > made);
        assert!(!is_idle(&run()), "{program}: {text}");
    }
}

#[test]
fn make_makes_what_changed() {
    is_made_when_it_should_be("make", "Makefile", |said| said.contains("up to date"));
}

#[test]
fn ninja_makes_what_changed() {
    is_made_when_it_should_be("ninja", "build.ninja", |said| {
        said.contains("no work to do")
    });
}

/// The step of the action that checks, run as a workflow of GitHub would.
#[test]
fn the_action_checks() {
    let path = Path::new(ROOT).join(".github/actions/recto/action.yml");
    let text = std::fs::read_to_string(path).expect("the action is part of this repository");
    let action: serde_yaml::Value = serde_yaml::from_str(&text).expect("the action is YAML");
    let steps = action["runs"]["steps"].as_sequence().expect("it has steps");
    let check = steps.iter().find(|step| step["id"] == "check");
    let check = check.expect("one of its steps checks");
    let script = check["run"].as_str().expect("a step runs a script");
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let files = "==> a/one.md <==\n![](x.png)\n==> b/one.md <==\n# One\n";
    Book::parse(files, "x.md").write(scratch.path());
    let run = |inputs: [(&str, &str); 3]| {
        let mut command = with_recto("bash", scratch.path());
        // As GitHub runs the scripts of its steps.
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
        for (name, value) in inputs {
            let written = check["env"][name].as_str();
            assert!(
                written.is_some_and(|text| text.starts_with("${{ inputs.")),
                "{name}"
            );
            command.env(name, value);
        }
        command.env("GITHUB_WORKSPACE", scratch.path());
        command.output().expect("bash can be started")
    };
    let output = run([
        ("BOOKS", "a b"),
        ("ARGUMENTS", ""),
        ("SARIF", "out/r.sarif"),
    ]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("::error file=a/one.md,line=1,"));
    let sarif = std::fs::read_to_string(scratch.path().join("out/r.sarif"));
    assert!(sarif.is_ok_and(|sarif| sarif.contains("\"uri\": \"a/one.md\"")));
    let arguments = "--allow missing-alt,missing-image --deny warnings";
    let output = run([("BOOKS", "a"), ("ARGUMENTS", arguments), ("SARIF", "")]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}
