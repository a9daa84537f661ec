//! The book as a whole: the facts about its nodes, and the EPUB unpacked.

use std::io::{Cursor, Read};

use recto::build::{Format, Stage};
use zip::ZipArchive;

use super::world::Desk;
use crate::support::case::Case;
use crate::support::epub::Epub;
use crate::support::pagelist::{Paged, letters, print_pages};

/// What is known of nodes, and the findings. Words behind the fence choose sections of the dump; all without any.
pub fn facts(case: &Case) -> String {
    let desk = Desk::new(&case.input, "book.yaml");
    let (dump, found) = desk.dump(Some(Format::Epub), Stage::Facts);
    let mut shown = case.options.is_empty();
    let mut out = String::new();
    for line in dump.lines() {
        if !line.starts_with(' ') {
            shown = case.options.is_empty() || case.has(line);
        }
        if shown {
            out.push_str(line);
            out.push('\n');
        }
    }
    out + &desk.lines(&found)
}

/// What an EPUB says of its accessibility, a line for each property, and the findings. Books need no title.
pub fn access(case: &Case) -> String {
    let desk = Desk::new(&case.input, "book.yaml");
    let run = desk.make(None, Some(Format::Epub));
    let bytes = run.outputs.into_iter().find_map(|output| output.bytes);
    let epub = Epub::open(&bytes.expect("a book with a chapter makes an EPUB"));
    let without = case.input.lines().find(|line| line.contains("without:"));
    crate::access::check(
        &epub,
        without.unwrap_or_default(),
        &format!("the case at line {}", case.line),
    );
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for element in epub.package.all("metadata")[0].elements() {
        let name = element
            .attr("property")
            .or(element.attr("rel"))
            .unwrap_or_default();
        let known = ["schema:", "a11y:", "dcterms:conformsTo"];
        if !known.iter().any(|known| name.starts_with(known)) {
            continue;
        }
        let mut value = match element.attr("href") {
            Some(href) => href.to_owned(),
            None => element.text(),
        };
        if name == "schema:accessibilitySummary" {
            let lang = element.attr("xml:lang").unwrap_or_default();
            value = format!("[{lang}] {value}");
        }
        if let Some(refined) = element.attr("refines") {
            value = format!("{value} ({refined})");
        }
        match lines.last_mut() {
            Some((last, values)) if last == name => values.push(value),
            _ => lines.push((name.to_owned(), vec![value])),
        }
    }
    let mut out = String::new();
    for (name, values) in lines {
        let name = name.trim_start_matches("schema:");
        out.push_str(&format!("{name}: {}\n", values.join(" | ")));
    }
    out + &desk.lines(&run.found)
}

/// Files of the EPUB whose names end in a word behind the fence; of documents, what stands in `body`; with `from=` and
/// `until=`, the lines from the first that holds a text to the one before the first that holds another.
pub fn epub(case: &Case) -> String {
    let desk = Desk::new(&case.input, "book.yaml");
    let run = desk.make(None, Some(Format::Epub));
    let bytes = run.outputs.into_iter().find_map(|output| output.bytes);
    let bytes = bytes.expect("a book with a chapter makes an EPUB");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an EPUB is a zip");
    let mut out = String::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("every entry can be opened");
        let name = file.name().to_owned();
        if case.has("names") {
            out.push_str(&format!("{name}\n"));
        }
        if !case.options.iter().any(|word| name.ends_with(word)) {
            continue;
        }
        let mut text = String::new();
        file.read_to_string(&mut text)
            .expect("markup and style sheets are UTF-8");
        let body = match (text.find("<body"), text.find("</body>")) {
            (Some(start), Some(end)) => text[start..end].split_once('\n').map_or("", |(_, b)| b),
            _ => &text,
        };
        let from = case.option("from").unwrap_or_default();
        let until = case.option("until");
        let lines = body
            .split_inclusive('\n')
            .skip_while(|line| !line.contains(from));
        let lines = lines.take_while(|line| until.is_none_or(|until| !line.contains(until)));
        out.extend(lines);
    }
    out + &desk.lines(&run.found)
}

/// So many letters of a page are shown.
const SHOWN: usize = 28;
/// So many are compared: no more than stand in the first line of a cell.
const ALIKE: usize = 10;

/// For each page of the PDF: its label, the elements that its anchor stands in, the words behind the anchor in the EPUB, and
/// the page's own first words. `?` stands between them where they are not
/// the same, `-` where one of them has none.
pub fn page_starts(case: &Case) -> String {
    let desk = Desk::fake(&case.input);
    let run = desk.make(None, None);
    let epub = run
        .outputs
        .iter()
        .find(|output| output.file_name.ends_with(".epub"));
    let bytes = epub.and_then(|output| output.bytes.as_ref());
    let epub = Epub::open(bytes.expect("a book with a chapter makes an EPUB"));
    let paged = Paged::of(&epub);
    let (dump, _) = desk.dump(Some(Format::Pdf), Stage::Pages);
    let shown = |text: &str| {
        let text = text.replace('\u{ad}', "-");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text.chars().take(SHOWN).collect::<String>()
    };
    let mut out = String::new();
    let pages = print_pages(&dump);
    for (at, anchor) in paged.anchors.iter().enumerate() {
        let (label, page) = pages.get(at).cloned().unwrap_or_default();
        assert_eq!(anchor.labels, [label.clone(), label.clone()]);
        let inside = anchor.inside.iter();
        let inside: Vec<&str> = inside
            .map(String::as_str)
            .skip_while(|name| ["body", "section"].contains(name))
            .collect();
        let behind = paged.behind(anchor);
        let (here, there) = (letters(behind), letters(&page));
        let alike = here.len().min(there.len()).min(ALIKE);
        let sign = match alike {
            0 => '-',
            _ if here.get(..alike) == there.get(..alike) => '=',
            _ => '?',
        };
        let inside = inside.join(" ");
        out.push_str(&format!(
            "{label} <{inside}> {} {sign} {}\n",
            shown(behind),
            shown(&page)
        ));
    }
    assert_eq!(paged.anchors.len(), pages.len());
    out + &desk.lines(&run.found)
}
