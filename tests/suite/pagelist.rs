//! The pages of the print in the EPUB: each begins with the words that the PDF's page begins with.

use std::path::Path;

use proptest::prelude::*;
use recto::build::{Format, Run, Stage};

use super::stages::Desk;
use super::support::built::built;
use super::support::epub::Epub;
use super::support::pagelist::{Paged, letters, print_pages};
use super::support::run::recto;

/// So many letters tell two places of a book apart.
const ENOUGH: usize = 40;

fn epub(run: &Run) -> Epub {
    let mut outputs = run.outputs.iter();
    let output = outputs.find(|output| output.file_name.ends_with(".epub"));
    let bytes = output.and_then(|output| output.bytes.as_ref());
    Epub::open(bytes.expect("the book becomes an EPUB"))
}

/// Where a page's words are not those behind its anchor.
fn differences(paged: &Paged, pages: &[(String, String)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (at, (anchor, (label, page))) in paged.anchors.iter().zip(pages).enumerate() {
        let next = paged.anchors.get(at + 1).map_or(usize::MAX, |next| next.at);
        // What stands on the page ends where the next one begins.
        let own = &paged.words[anchor.at..next.min(paged.words.len())];
        let (here, there) = (letters(own), letters(page));
        // A blank page begins with the next, as does one whose words the EPUB does not have.
        let alike = if there.is_empty() {
            usize::MAX
        } else {
            here.chars().count().min(ENOUGH)
        };
        let same = here.chars().take(alike).eq(there.chars().take(alike));
        if anchor.labels != [label.clone(), label.clone()] || !same {
            wrong.push(format!(
                "page {label}: {anchor:?} has {here:?} for {there:?}"
            ));
        }
    }
    if paged.anchors.len() != pages.len() {
        wrong.push(format!("{} of {} pages", paged.anchors.len(), pages.len()));
    }
    wrong
}

#[test]
fn every_page_of_a_novella_begins_with_its_own_words() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscripts/novella");
    let bytes = std::fs::read(&built(&book).epub).expect("an output can be read");
    let paged = Paged::of(&Epub::open(&bytes));
    // Its list tells the pages of the edition for the press.
    let mut dump = recto(&book, &["dump", "pages", "--edition", "print"]);
    let dump = dump.output().expect("the program was built for this test");
    let pages = print_pages(&String::from_utf8_lossy(&dump.stdout));
    assert!(pages.len() > 40, "a novella has some pages");
    assert_eq!(differences(&paged, &pages), [""; 0]);
}

const BOOK: &str = "\
==> one.md <==
# One

Able baker.
==> two.md <==
# Two

Charlie *dog easy* fox.
==> three.md <==
# Three

George how.
";

fn book(manifest: &str) -> Desk {
    Desk::new(
        &format!("==> book.yaml <==\ntitle: A Book\n{manifest}{BOOK}"),
        "book.yaml",
    )
}

/// The pages in the list, each with the words behind it.
fn listed(run: &Run) -> Vec<(String, String)> {
    let paged = Paged::of(&epub(run));
    let words = |text: &str| {
        text.split_whitespace()
            .take(2)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let anchors = paged.anchors.iter();
    anchors
        .map(|anchor| (anchor.labels[0].clone(), words(paged.behind(anchor))))
        .collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = pairs.iter();
    owned.map(|(a, b)| (a.to_string(), b.to_string())).collect()
}

#[test]
fn an_epub_tells_the_pages_of_the_pdf_beside_it() {
    let desk = book("generate: []\nchapters: [one.md, two.md, three.md]\n");
    let both = desk.make(None, None);
    let pages = [
        ("1", "One Able"),
        ("2", "Two Charlie"),
        ("3", "Three George"),
    ];
    assert_eq!(listed(&both), pairs(&pages));
    let epub = epub(&both);
    let metas = epub.package.all("meta");
    let said = |property: &str| -> Vec<String> {
        let metas = metas
            .iter()
            .filter(|meta| meta.attr("property") == Some(property));
        metas.map(|meta| meta.text()).collect()
    };
    assert_eq!(said("pageBreakSource"), ["A Book (pdf, PDF)"]);
    let features = said("schema:accessibilityFeature");
    for feature in ["pageBreakMarkers", "pageNavigation"] {
        assert!(features.iter().any(|said| said == feature), "{features:?}");
    }
    // Without a PDF there are no pages to tell, and nothing is claimed.
    let alone = desk.make(None, Some(Format::Epub));
    assert_eq!(listed(&alone), []);
    let text =
        String::from_utf8_lossy(self::epub(&alone).file("OEBPS/content.opf").unwrap()).into_owned();
    assert!(!text.contains("pageBreak") && !text.contains("pageNavigation"));
}

#[test]
fn an_epub_tells_the_pages_that_its_author_names() {
    let editions = "generate: []\nidentifiers: {isbn-print: 978-0-306-40615-7}\neditions:\n  e: {format: epub, page-list: short}\n  long: {format: pdf}\n  short: {format: pdf, chapters: [three.md]}\n";
    // Even if only the EPUB is asked for. What the PDF does not have is on no page.
    let run = book(editions).make(None, Some(Format::Epub));
    assert_eq!(run.outputs.len(), 1);
    assert_eq!(listed(&run), pairs(&[("1", "Three George")]));
    let package = epub(&run);
    let package = package.package.all("meta");
    let source = package
        .iter()
        .find(|meta| meta.attr("property") == Some("pageBreakSource"));
    assert_eq!(
        source.map(|meta| meta.text()).as_deref(),
        Some("urn:isbn:9780306406157")
    );
    let older = package
        .iter()
        .find(|meta| meta.attr("property") == Some("source-of"))
        .expect("older readers are told so too");
    assert_eq!(older.attr("refines"), Some("#print"));
    assert_eq!(older.text(), "pagination");
    let none = editions.replace("page-list: short", "page-list: none");
    assert_eq!(listed(&book(&none).make(None, None)), []);
    // The edition for a press goes before the others.
    let first = editions.replace(", page-list: short", "");
    assert_eq!(listed(&book(&first).make(None, None)).len(), 3);
    let printed = first.replace(
        "chapters: [three.md]",
        "profile: generic-x4, chapters: [three.md]",
    );
    let run = book(&printed).make(None, None);
    assert_eq!(listed(&run)[0], ("1".to_owned(), "Three George".to_owned()));
    // A name that is none's is reported.
    let wrong = book(&editions.replace("page-list: short", "page-list: shirt"));
    let run = wrong.make(None, None);
    let found = wrong.lines(&run.found);
    assert!(
        found.contains("`shirt`") && found.contains("did you mean `short`"),
        "{found}"
    );
}

/// Editions that read their files otherwise have other nodes: places are found by the source.
#[test]
fn a_page_that_begins_with_notes_begins_before_their_rule() {
    // The rule is drawn above the first note of its section: an anchor there would take its place. The title over the notes
    // is the program's own and begins no page.
    let manifest = "==> book.yaml <==\ntitle: A Book\nnotes: chapter\ngenerate: []\nchapters: [one.md]\n\
                    ==> one.md <==\n# One\n\nAble.[^a]\n\n::: pagebreak\n:::\n\n[^a]: Baker.\n";
    let run = Desk::new(manifest, "book.yaml").make(None, None);
    let epub = epub(&run);
    let chapter = String::from_utf8_lossy(epub.file("OEBPS/text/one.xhtml").unwrap());
    let (before, within) = chapter.split_once("<section class=\"footnotes\"").unwrap();
    assert!(before.contains("id=\"page-2\""), "{chapter}");
    let first = within.split_once(">\n").unwrap().1;
    assert!(first.starts_with("<aside"), "{chapter}");
}

#[test]
fn pages_are_found_in_an_edition_that_differs() {
    let text = "# One\n\nAble {{word}} \"baker\" charlie.\n\n::: exercise\nDog?\n\n::: answer\nEasy.\n:::\n:::\n\n::: pagebreak\n:::\n\nFox *george how* item.\n";
    let desk = |editions: &str| {
        let input = format!(
            "==> book.yaml <==\ntitle: A Book\ngenerate: []\nvariables: {{word: yes}}\n{editions}==> one.md <==\n{text}"
        );
        Desk::new(&input, "book.yaml")
    };
    for epub in [
        "variables: {word: a longer word}",
        "answers: chapter",
        "language: de",
        "markdown: {smart: false}",
    ] {
        let run = desk(&format!(
            "editions:\n  e: {{format: epub, {epub}}}\n  p: {{format: pdf}}\n"
        ))
        .make(None, None);
        let listed = listed(&run);
        assert_eq!(listed[0].1, "One Able", "{epub}");
        assert_eq!(listed[1].1, "Fox george", "{epub}");
    }
}

/// Blocks of words that are all different, so that no two places look alike.
fn blocks() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..KINDS.len(), 1..90_usize), 3..24)
}

/// How a block of words is written; `W` stands for the words, `N` for some of them.
const KINDS: &[&str] = &[
    "W\n",
    "W *N W* W\n",
    "W **N** `N W` W\n",
    "[W]{.smallcaps} W\n",
    "W [N W](https://example.org) W\n",
    "\"W 'N' W\"---W...\n",
    "> W\n>\n> W\n",
    "- W\n- N\n\n  W\n",
    "1. W\n2. W\n",
    "N\n: W\n",
    "::: verse\nN\n  N\nN W\n\nN\n:::\n",
    "## N\n\nW\n",
    "::: note\nW\n\nW\n:::\n",
    "~~~\nN\n\tN N\nW\n~~~\n",
    "W[^1]\n",
    "***\n\nW\n",
    "<!-- -->\nW\\\nW\n",
    "W\n\n::: pagebreak\n:::\n",
];

/// Words of letters alone, each once in a text.
fn word(number: usize) -> String {
    let syllables = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu"];
    let digits = number.to_string();
    let digits = digits.bytes().map(|digit| usize::from(digit - b'0'));
    digits.map(|digit| syllables[digit]).collect::<String>() + "rt"
}

fn manuscript(blocks: &[(usize, usize)]) -> String {
    let mut next = 0;
    let mut words = |count: usize| {
        next += count;
        let words: Vec<String> = (next - count..next).map(word).collect();
        words.join(" ")
    };
    let mut text = String::from("# Awo\n\n");
    for (kind, count) in blocks {
        for c in KINDS[*kind].chars() {
            match c {
                'W' => text.push_str(&words(*count)),
                'N' => text.push_str(&words(2)),
                c => text.push(c),
            }
        }
        text.push('\n');
    }
    text + "[^1]: 12 34 56\n"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a page begins with, and however its words were divided.
    #[test]
    fn every_page_begins_with_its_own_words(blocks in blocks(), narrow in any::<bool>()) {
        let style = if narrow { "hyphenate: true, size: 14pt" } else { "hyphenate: true" };
        let text = format!(
            "==> book.yaml <==\nstyle: {{body: {{{style}}}}}\n==> one.md <==\n{}",
            manuscript(&blocks)
        );
        let desk = Desk::fake(&text);
        let paged = Paged::of(&epub(&desk.make(None, None)));
        let (dump, _) = desk.dump(Some(Format::Pdf), Stage::Pages);
        prop_assert_eq!(differences(&paged, &print_pages(&dump)), [""; 0], "{}", text);
    }
}
