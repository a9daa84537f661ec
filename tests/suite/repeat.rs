//! The same book gives the same bytes: again, elsewhere, with more threads, in another time and tongue.

use std::path::Path;

use super::support::book::Book;
use super::support::built::{Built, build, own_books};
use super::support::run::recto;

fn bytes(built: &Built) -> [Vec<u8>; 2] {
    [&built.epub, &built.pdf].map(|path| std::fs::read(path).expect("an output can be read"))
}

fn assert_same(what: &str, a: &[Vec<u8>; 2], b: &[Vec<u8>; 2]) {
    for (format, a, b) in [("EPUB", &a[0], &b[0]), ("PDF", &a[1], &b[1])] {
        let at = a
            .iter()
            .zip(b)
            .position(|(a, b)| a != b)
            .unwrap_or(a.len().min(b.len()));
        assert!(
            a == b,
            "{what}: the {format} differs from byte {at} on ({} and {} bytes)",
            a.len(),
            b.len()
        );
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a fresh folder can be written");
    for entry in std::fs::read_dir(from)
        .expect("a book can be read")
        .flatten()
    {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name() == "out" {
            continue;
        }
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a fresh folder can be written");
        }
    }
}

#[test]
fn own_manuscripts_repeat() {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let out = |name: &str| folder.path().join(name);
    for book in own_books() {
        let name = book
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let first = bytes(&build(&book, &out(&format!("{name}-1")), &["--jobs", "1"]));
        let second = bytes(&build(&book, &out(&format!("{name}-2")), &["--jobs", "2"]));
        assert_same(&format!("{name}, one thread and two"), &first, &second);
        let elsewhere = out("else where").join(&name);
        copy(&book, &elsewhere);
        let third = bytes(&build(&elsewhere, &out(&format!("{name}-3")), &[]));
        assert_same(&format!("{name}, from another folder"), &first, &third);
    }
}

#[test]
fn neither_time_zone_nor_language_of_the_machine_matters() {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let book = Book::parse(
        "==> book.yaml <==\ntitle: A Book\nlanguage: de\ngenerate: [title-page, copyright, contents]\n\
         ==> one.md <==\n# Eins\n\n\"Was?\" -- fragte er.[^1]\n\n[^1]: Nichts...\n",
        "one.md",
    );
    book.write(folder.path());
    let mut outputs = Vec::new();
    for (zone, lang) in [
        ("UTC", "C"),
        ("Pacific/Kiritimati", "de_DE.UTF-8"),
        ("America/Adak", "ar_EG.UTF-8"),
    ] {
        let out = folder.path().join(format!("out-{lang}"));
        let mut command = recto(folder.path(), &["build", "."]);
        command
            .arg("-o")
            .arg(&out)
            .env("TZ", zone)
            .env("LANG", lang)
            .env("LC_ALL", lang);
        let output = command
            .output()
            .expect("the program was built for this test");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let mut files: Vec<_> = std::fs::read_dir(&out)
            .expect("outputs")
            .flatten()
            .map(|e| e.path())
            .collect();
        files.sort();
        assert_eq!(files.len(), 2, "an EPUB and a PDF");
        outputs.push([0, 1].map(|at| std::fs::read(&files[at]).expect("an output can be read")));
    }
    assert_same("UTC and Kiritimati", &outputs[0], &outputs[1]);
    assert_same("UTC and Adak", &outputs[0], &outputs[2]);
}
