//! What holds for any text whatever.

use proptest::prelude::*;
use recto::build::Format;
use recto::diag::Severity;

use super::stages::Desk;
use super::support::closed;
use super::support::epub::Epub;

/// Pieces of Markdown, whole and broken, to be put together in any order.
const PIECES: &[&str] = &[
    "word ",
    "\n",
    "\n\n",
    " ",
    "\t",
    "    ",
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "***\n",
    "---\n",
    "```\n",
    "~~~ rust {lines from=3}\n",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~",
    "~~",
    "^",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](x.png)",
    "](one.md#a)",
    "<",
    ">",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<br>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<table><tr><td>",
    "</table>",
    "&amp;",
    "&#0;",
    "&",
    "{",
    "}",
    "{#a .b c=d}",
    "{.smallcaps}",
    "{lang=de}",
    "{only=pdf}",
    "{index=\"a!b\"}",
    ":::",
    "::: verse\n",
    "::: note Title\n",
    "::: description\n",
    "::: subtitle\n",
    "![a](x.svg)",
    "\n\n### ",
    "::: {.x #a}\n",
    ":::\n",
    "[^a]",
    "[^a]: ",
    "^[",
    "|",
    "|-|-|\n",
    "| a | b |\n",
    ": ",
    "Term\n: ",
    "@a",
    "[@b, p. 3]",
    "$",
    "$$",
    "{{include one.md}}",
    "{{title}}",
    "{{",
    "}}",
    "\\",
    "\\\n",
    "\"",
    "'",
    "--",
    "---",
    "...",
    "é",
    "ß",
    "中文",
    "العربية",
    "שלום",
    "हिन्दी",
    "👩\u{200d}👧",
    "\u{301}",
    "\u{ad}",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\0",
    "\r",
    "\u{2028}",
    "Donaudampfschifffahrt",
    "https://example.org/a?b=c",
    "[a]: b \"c\"\n",
    "===\n",
    "[x] ",
    "> [!NOTE]\n",
];

/// Pieces that make structures of documents: what an EPUB has to close whatever was left open.
const STRUCTURES: &[&str] = &[
    "\n\n# Heading\n\n",
    "\n\n## Section [x](#a)\n\n",
    "\n\nWords and words.\n\n",
    "\n\n- item\n  - inner\n\n",
    "\n\nTerm\n: Meaning\n\n",
    "\n\n![alt](p.svg \"caption\")\n\n",
    "![](p.svg)",
    "\n\n[^a]: A note[^b].\n\n",
    "\n\n[^b]: Another.\n\n    - with a list\n\n",
    "\n\n| a[^a] | b |\n|---|---|\n| ![x](p.svg) | d |\n\n: Caption {#t}\n\n",
    "<dl>",
    "<dt>term",
    "<dd>meaning",
    "</dl>",
    "<ul>",
    "<li>",
    "</ul>",
    "<ol start=3>",
    "<figure>",
    "<figcaption>caption",
    "</figure>",
    "<table>",
    "<caption>",
    "<tr>",
    "<td rowspan=2>",
    "<th colspan=3>",
    "</table>",
    "<a href='#a'>",
    "</a>",
    "<ruby>base<rt>",
    "</ruby>",
    "<h2 id=a>",
    "</h2>",
    "<p>",
    "</p>",
    "<pre>",
    "</pre>",
    "<blockquote>",
    "</blockquote>",
    "<details><summary>",
    "</details>",
    "<section>",
    "</section>",
    "<img src=p.svg alt=x>",
    "<hr>",
    "<sup>",
    "</sup>",
    "<q>",
    "\n::: epigraph\n",
    "\n::: columns\n",
    "\n::: sidebar Title\n",
    "\n::: exercise\n",
    "\n::: answer\n",
    "\n::: letter\n",
    "\n::: center\n",
    "\n::: pagebreak\n",
    "\n::: {only=pdf}\n",
    "\n::: {only=epub #only}\n",
];

fn document() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = PIECES.iter().chain(STRUCTURES).copied().collect();
    prop::collection::vec(prop::sample::select(pieces), 1..80).prop_map(|pieces| pieces.concat())
}

fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 1..60).prop_map(|pieces| pieces.concat())
}

fn words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-zäöüéßA-Z]{1,14}", 1..300)
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(150))]

    /// Whatever is typed becomes both outputs, or an error says why not; every document of the EPUB is well formed, and
    /// nobody stumbles in it.
    #[test]
    fn any_text_becomes_a_book(text in markdown()) {
        let desk = Desk::new(&text.replace("==> ", ""), "one.md");
        let run = desk.make(Some("one.md"), None);
        let failed = run.count(Severity::Error) > 0;
        prop_assert!(failed || run.outputs.len() == 2, "{text:?}: no outputs and no error");
        for output in &run.outputs {
            let Some(bytes) = &output.bytes else {
                prop_assert!(failed, "{text:?}: {} was not made and no error says why", output.file_name);
                continue;
            };
            if output.file_name.ends_with(".epub") {
                let wrong = closed::faults(bytes);
                prop_assert!(wrong.is_empty(), "{text:?}: {}", wrong.join("\n"));
                let found = Epub::open(bytes).stumbles();
                prop_assert!(found.is_empty(), "{text:?}: {found:?}");
            } else {
                prop_assert!(bytes.starts_with(b"%PDF-"));
            }
        }
    }
}

proptest! {
    #![proptest_config(config(200))]

    /// Whatever stands in whatever, and whatever was left open: the EPUB is closed in itself.
    #[test]
    fn any_document_becomes_a_closed_epub(one in document(), two in document(), text in any::<String>()) {
        let mut book = String::from("title: X\ngenerate: [title-page, contents]\ncontents: {depth: 6}\n");
        for (name, text) in [("one", &one), ("two", &two), ("three", &text)] {
            let text = text.replace("==> ", "").replace("$ ", "$");
            book.push_str(&format!("==> {name}.md <==\n{text}\n"));
        }
        book.push_str("==> p.svg <==\n<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\n");
        let run = Desk::new(&book, "book.yaml").make(None, Some(Format::Epub));
        let epub = run.outputs.iter().find_map(|output| output.bytes.as_ref());
        let wrong = epub.map(|bytes| closed::faults(bytes));
        prop_assert_eq!(wrong, Some(Vec::new()), "{:?}\n{:?}\n{:?}", one, two, text);
    }
}

proptest! {
    #![proptest_config(config(40))]

    /// Plain words are all there, in their order.
    #[test]
    fn no_word_is_lost(words in words(), every in 5..80_usize) {
        let mut text = String::from("# A\n\n");
        for (at, word) in words.iter().enumerate() {
            text.push_str(word);
            text.push_str(if at % every == every - 1 { "\n\n" } else { " " });
        }
        let run = Desk::new(&text, "one.md").make(Some("one.md"), None);
        let epub = run.outputs.iter().find(|output| output.file_name.ends_with(".epub"));
        let bytes = epub.and_then(|output| output.bytes.as_ref()).expect("plain words become an EPUB");
        let mut found = Epub::open(bytes).words().text;
        let heading = found.iter().position(|word| word == "A").expect("the heading is there");
        prop_assert_eq!(found.split_off(heading + 1), words);
    }
}
