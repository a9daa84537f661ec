//! Finished EPUBs, looked into.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use recto::build::Format;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::stages::Desk;
use super::support::built::{built, own_books};
use super::support::closed;
use super::support::epub::Epub;
use super::support::xml::Element;

fn epubs() -> Vec<(PathBuf, Epub)> {
    own_books()
        .iter()
        .map(|book| built(book).epub.clone())
        .map(|path| {
            let bytes = std::fs::read(&path).expect("an output can be read");
            (path, Epub::open(&bytes))
        })
        .collect()
}

/// All that it names is there, all that is there is named, and every element stands where it may.
#[test]
fn every_epub_is_closed_in_itself() {
    let mut wrong = Vec::new();
    for book in own_books() {
        let path = &built(&book).epub;
        let bytes = std::fs::read(path).expect("an output can be read");
        let found = closed::faults(&bytes);
        wrong.extend(
            found
                .iter()
                .map(|fault| format!("{}: {fault}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The judge itself: a sound book, with one thing changed at a time.
#[test]
fn a_book_that_is_not_closed_is_seen() {
    let desk = Desk::new(
        "title: X\ngenerate: [contents]\n==> one.md <==\n# One\n\nText[^1], [there](#two).\n\n## Two\n\n![x](p.svg)\n\n[^1]: Note.\n==> p.svg <==\n<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\n",
        "book.yaml",
    );
    let run = desk.make(None, Some(Format::Epub));
    let sound = run.outputs[0].bytes.clone().expect("a sound book is made");
    assert_eq!(closed::faults(&sound), Vec::<String>::new());
    let one = "OEBPS/text/one.xhtml";
    for (path, from, to, fault) in [
        (one, "</p>", "", "not well formed"),
        (one, "Text", "\u{1}", "not well formed"),
        (one, "#two", "#three", "leads to nothing"),
        (
            one,
            "../images/p.svg",
            "../images/q.svg",
            "images/q.svg is not there",
        ),
        (
            one,
            "<img src=\"../images/p.svg\"",
            "<b",
            "images/p.svg: nothing leads to it",
        ),
        (one, "noteref-1\"", "two\"", "the id two twice"),
        (
            one,
            "href=\"#noteref-1\"",
            "href=\"#two\"",
            "a note leads back to no call",
        ),
        (one, "<p", "<p><div/></p><p", "div in p"),
        (one, "<p", "<li/><p", "li in section"),
        (
            "OEBPS/nav.xhtml",
            "one.xhtml#two\">Two",
            "one.xhtml#two\"> ",
            "an entry says nothing",
        ),
        (
            "OEBPS/nav.xhtml",
            "Two",
            "Three",
            "the NCX does not say what the contents say",
        ),
        (
            "OEBPS/content.opf",
            "image/svg+xml",
            "image/png",
            "images/p.svg: not image/png",
        ),
        (
            "OEBPS/content.opf",
            "href=\"images/p.svg\"",
            "href=\"images/r.svg\"",
            "the package does not name it",
        ),
        (
            "mimetype",
            "epub",
            "EPUB",
            "the media type does not come first",
        ),
    ] {
        let found = closed::faults(&changed(&sound, path, from, to));
        assert!(
            found.iter().any(|one| one.contains(fault)),
            "{from} → {to}: {found:?}"
        );
    }
}

/// An EPUB with a word of one of its files changed.
fn changed(epub: &[u8], path: &str, from: &str, to: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in Epub::open(epub).files {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let changed = text.replacen(from, to, 1);
        assert!(name != path || changed != text, "{path} has no {from}");
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer
            .start_file(&name, options)
            .expect("a vector takes all");
        let bytes = if name == path {
            changed.as_bytes()
        } else {
            &bytes
        };
        writer.write_all(bytes).expect("a vector takes all");
    }
    writer.finish().expect("a vector takes all").into_inner()
}

/// OCF 3.3, 4.2: a reader looks at bytes 30 to 58 to see that it is an EPUB.
#[test]
fn the_media_type_comes_first_and_plain() {
    for (path, _) in epubs() {
        let bytes = std::fs::read(&path).expect("an output can be read");
        assert_eq!(
            &bytes[30..58],
            b"mimetypeapplication/epub+zip",
            "{}",
            path.display()
        );
    }
}

#[test]
fn every_document_says_its_language_and_title() {
    for (path, epub) in epubs() {
        for (name, document) in epub.spine() {
            let place = format!("{}: {name}", path.display());
            let lang = document.attr("lang").or(document.attr("xml:lang"));
            assert!(
                lang.is_some_and(|lang| !lang.is_empty()),
                "{place}: no language"
            );
            let titles = document.all("title");
            assert!(
                titles.iter().any(|t| !t.text().trim().is_empty()),
                "{place}: no title"
            );
        }
    }
}

#[test]
fn headings_links_and_names_lead_on() {
    for (path, epub) in epubs() {
        let found = epub.stumbles();
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}

#[test]
fn every_note_has_a_call_and_a_way_back() {
    for (path, epub) in epubs() {
        for (name, document) in epub.spine() {
            let calls: Vec<_> = document
                .all("a")
                .into_iter()
                .filter(|a| a.is("noteref"))
                .collect();
            let notes: Vec<_> = ["aside", "li", "div"]
                .iter()
                .flat_map(|element| document.all(element))
                .filter(|note| note.is("footnote") || note.is("doc-footnote"))
                .collect();
            for note in notes {
                let place = format!("{}: {name}", path.display());
                let id = format!("#{}", note.attr("id").expect("a note has an id"));
                let called = calls
                    .iter()
                    .any(|call| call.attr("href").is_some_and(|to| to.ends_with(&id)));
                assert!(called, "{place}: nothing calls {id}");
                let back = note.all("a").iter().any(|a| a.is("doc-backlink"));
                assert!(back, "{place}: {id} has no way back");
            }
        }
    }
}

/// EPUB 3.3, 5.6: the manifest lists each file once, and says of documents what they hold.
#[test]
fn the_manifest_lists_what_there_is() {
    for (path, epub) in epubs() {
        let place = path.display();
        let items = epub.package.all("item");
        let mut listed: Vec<String> = items
            .iter()
            .map(|item| format!("OEBPS/{}", item.attr("href").expect("an item has a path")))
            .collect();
        listed.sort();
        let mut files: Vec<String> = epub
            .files
            .iter()
            .map(|(name, _)| name.clone())
            .filter(|name| name.starts_with("OEBPS/") && !name.ends_with("content.opf"))
            .collect();
        files.sort();
        assert_eq!(listed, files, "{place}");
        let ids: BTreeSet<_> = items.iter().filter_map(|item| item.attr("id")).collect();
        assert_eq!(ids.len(), items.len(), "{place}: an id twice");
        for item in items {
            let href = item.attr("href").expect("an item has a path");
            if item.attr("media-type") != Some("application/xhtml+xml") {
                continue;
            }
            let document = epub.xml(&format!("OEBPS/{href}"));
            for (element, property) in [("math", "mathml"), ("svg", "svg"), ("script", "scripted")]
            {
                let said = item.attr("properties").unwrap_or_default();
                assert_eq!(
                    said.split(' ').any(|one| one == property),
                    !document.all(element).is_empty(),
                    "{place}: {href}: {property}"
                );
            }
        }
    }
}

/// How many elements of this name stand in each other.
fn nesting(element: &Element, name: &str) -> usize {
    let deepest = element.elements().map(|kid| nesting(kid, name)).max();
    deepest.unwrap_or(0) + usize::from(element.name == name)
}

/// Readers of EPUB 2 go by the depth that the NCX gives.
#[test]
fn the_ncx_is_as_deep_as_it_says_and_leads_where_the_contents_lead() {
    for (path, epub) in epubs() {
        let place = path.display();
        let ncx = epub.xml("OEBPS/toc.ncx");
        let meta = |name: &str| {
            let metas = ncx.all("meta");
            let meta = metas.iter().find(|meta| meta.attr("name") == Some(name));
            meta.and_then(|meta| meta.attr("content"))
                .unwrap_or_default()
                .to_owned()
        };
        assert_eq!(
            meta("dtb:depth"),
            nesting(&ncx, "navPoint").to_string(),
            "{place}"
        );
        let unique = epub.package.attr("unique-identifier");
        let identifiers = epub.package.all("dc:identifier");
        let identifier = identifiers.iter().find(|one| one.attr("id") == unique);
        let identifier = identifier.expect("a package has its identifier").text();
        assert_eq!(meta("dtb:uid"), identifier, "{place}");
        let map = ncx.all("navMap")[0].all("navLabel");
        let labels: Vec<_> = map.iter().map(|label| words(&label.text())).collect();
        let titles: Vec<_> = epub
            .contents()
            .into_iter()
            .map(|entry| entry.title)
            .collect();
        assert_eq!(labels, titles, "{place}");
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
