//! What a build says it was made from: all of it, and nothing else; as make and ninja read it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use super::support::book::Book;
use super::support::run::recto;
use super::support::tools;

/// A book with every kind of file that a book can name, under names that have to be escaped, and with some that it does not name.
const BOOK: &str = r#"==> book.yaml <==
title: X
front: [dedication.md]
chapters: ["a b#1.md", "c$d.md", "[e].md"]
theme: looks/mine.yaml
fonts: type
cover: pictures/cover.png
editions:
  ebook: {format: epub}
  print: {format: pdf, trim: 6x9in, profile: press.yaml}
==> dedication.md <==
For all.
==> a b#1.md <==
# One

{{include parts/part.md}}

![A drawing](<pictures/a line.svg>)
==> c$d.md <==
# Two

```text
{{include parts/code.txt}}
```
==> [e].md <==
# Three

![A map](pictures/cover.png)
==> parts/part.md <==
Included, and in turn:

{{include deeper.md}}
==> parts/deeper.md <==
Deeper.
==> parts/code.txt <==
code
==> looks/mine.yaml <==
name: mine
extends: base.yaml
==> looks/base.yaml <==
name: base
extends: novel
==> base.yaml <==
name: base
extends: novel
==> press.yaml <==
extends: generic-x4
name: ours
==> pictures/a line.svg <==
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="5"/></svg>
==> pictures/cover.png (copy manuscripts/report/images/lines.png) <==
==> type/Hyper.ttf (copy fonts/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf) <==
==> unused.md <==
# Not in the book
==> pictures/unused.png (copy manuscripts/report/images/lines.png) <==
"#;

/// A moment long ago: what is made now is newer than what is said to be of then.
const THEN: Duration = Duration::from_secs(1_000_000_000);

/// A folder in which the book has been made, and the file of rules.
fn made(names: &[&str]) -> (tempfile::TempDir, String) {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    Book::parse(BOOK, "x.md").write(&scratch.path().join("salt"));
    let words = [&["build", "salt", "-q", "--deps", "salt.d"], names].concat();
    let output = recto(scratch.path(), &words).output();
    let output = output.expect("the program was built for this test");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("error"), "{said}");
    let rules = std::fs::read_to_string(scratch.path().join("salt.d"));
    (scratch, rules.expect("the rules were written"))
}

/// The outputs and the inputs of the first rule.
fn first_rule(rules: &str) -> (Vec<String>, Vec<String>) {
    let end = rules.find("\n\n").unwrap_or(rules.len());
    let rule = rules[..end].replace("\\\n", " ");
    let (outputs, inputs) = rule.split_once(':').expect("a rule has a colon");
    let words = |text: &str| {
        let plain = text.replace("\\ ", "\u{1}").replace("$$", "$");
        let words = plain.split_whitespace();
        let plain = words.map(|word| word.replace('\u{1}', " ").replace("\\#", "#"));
        plain.collect::<Vec<_>>()
    };
    (words(outputs), words(inputs))
}

fn date(path: &Path, then: Duration) {
    let file = std::fs::File::options().append(true).open(path);
    let file = file.expect("a file that was made can be opened");
    file.set_modified(SystemTime::UNIX_EPOCH + then)
        .expect("its date can be set");
}

#[test]
fn all_inputs_are_listed_and_nothing_else() {
    let (scratch, rules) = made(&[]);
    let (outputs, inputs) = first_rule(&rules);
    assert_eq!(outputs, ["salt/out/x.epub", "salt/out/x.pdf"]);
    let mut expected = vec![
        "salt/[e].md",
        "salt/a b#1.md",
        "salt/book.yaml",
        "salt/c$d.md",
        "salt/dedication.md",
        "salt/looks/mine.yaml",
        "salt/parts/code.txt",
        "salt/parts/deeper.md",
        "salt/parts/part.md",
        "salt/pictures/a line.svg",
        "salt/pictures/cover.png",
        "salt/press.yaml",
        "salt/type/Hyper.ttf",
    ];
    expected.push("salt/base.yaml");
    expected.sort_unstable();
    assert_eq!(inputs, expected);
    // Without what is not listed, the book is the same to the byte.
    let alone = tempfile::tempdir().expect("there is room for a temporary folder");
    for input in &inputs {
        let copy = alone.path().join(input);
        std::fs::create_dir_all(copy.parent().unwrap_or(alone.path())).expect("there is room");
        std::fs::copy(scratch.path().join(input), copy).expect("a listed file is there");
    }
    let output = recto(alone.path(), &["build", "salt", "-q", "--deps", "salt.d"]).output();
    assert!(output.is_ok());
    for output in outputs.iter().map(String::as_str).chain(["salt.d"]) {
        let read = |folder: &Path| std::fs::read(folder.join(output)).expect("it was made");
        assert!(read(scratch.path()) == read(alone.path()), "{output}");
    }
}

#[test]
fn an_edition_has_its_own_inputs() {
    let (_scratch, rules) = made(&["--edition", "ebook", "-o", "shop"]);
    let (outputs, inputs) = first_rule(&rules);
    assert_eq!(outputs, ["shop/x.epub"]);
    assert!(
        !inputs.contains(&String::from("salt/press.yaml")),
        "{inputs:?}"
    );
}

#[test]
fn a_theme_from_elsewhere_is_listed_as_it_was_named() {
    let scratch = tempfile::tempdir().expect("there is room for a temporary folder");
    let files = "==> salt/one.md <==\n# One\n==> house.yaml <==\nname: house\nextends: novel\n";
    Book::parse(files, "x.md").write(scratch.path());
    let words = "build salt -q --to epub --theme house.yaml --deps out/salt.d";
    let words: Vec<&str> = words.split(' ').collect();
    let output = recto(scratch.path(), &words).output();
    assert!(output.is_ok_and(|output| output.status.success()));
    let rules = std::fs::read_to_string(scratch.path().join("out/salt.d"));
    let (_, inputs) = first_rule(&rules.expect("the rules were written"));
    assert_eq!(inputs, ["house.yaml", "salt/one.md"]);
}

/// Whether a program would make the outputs again.
fn is_stale(program: &str, folder: &Path) -> bool {
    let mut command = Command::new(program);
    command.current_dir(folder);
    let arguments: &[&str] = match program {
        "make" => &["-q", "salt/out/x.epub", "salt/out/x.pdf"],
        _ => &["-n"],
    };
    let output = command.args(arguments).output().expect("it is on the path");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    match (program, output.status.code()) {
        ("make", Some(code @ (0 | 1))) => code == 1,
        ("ninja", Some(0)) => !said.contains("no work to do"),
        _ => panic!("{program}: {said}"),
    }
}

/// Whatever listed file is newer, or gone, the outputs are made again; otherwise not.
fn each_input_counts(program: &str) {
    if !tools::on_path(program) {
        tools::skipped("each_input_counts", program);
        return;
    }
    let (scratch, rules) = made(&[]);
    let folder = scratch.path();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("there is room for a file");
    };
    write(
        "Makefile",
        "salt/out/x.epub salt/out/x.pdf:\n\ttrue\ninclude salt.d\n",
    );
    write(
        "build.ninja",
        "rule book\n  command = true\n  depfile = salt.d\nbuild salt/out/x.epub salt/out/x.pdf: book\n",
    );
    let (outputs, inputs) = first_rule(&rules);
    let paths =
        |names: &[String]| -> Vec<PathBuf> { names.iter().map(|name| folder.join(name)).collect() };
    let (outputs, inputs) = (paths(&outputs), paths(&inputs));
    inputs.iter().for_each(|path| date(path, THEN));
    let later = THEN + Duration::from_secs(10);
    outputs.iter().for_each(|path| date(path, later));
    if program == "ninja" {
        // It has to have run once to know its own command.
        let run = Command::new(program).current_dir(folder).output();
        assert!(run.is_ok_and(|run| run.status.success()));
        outputs.iter().for_each(|path| date(path, later));
    }
    assert!(!is_stale(program, folder), "nothing has changed");
    for input in &inputs {
        date(input, later + Duration::from_secs(10));
        assert!(is_stale(program, folder), "{} is newer", input.display());
        date(input, THEN);
    }
    assert!(!is_stale(program, folder), "all is as it was");
    std::fs::remove_file(&inputs[0]).expect("a listed file is there");
    assert!(is_stale(program, folder), "{} is gone", inputs[0].display());
}

#[test]
fn make_sees_every_input() {
    each_input_counts("make");
}

#[test]
fn ninja_sees_every_input() {
    each_input_counts("ninja");
}
