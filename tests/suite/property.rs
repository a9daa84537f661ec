//! What holds for any text whatever.

use proptest::prelude::*;
use recto::diag::Severity;

use super::stages::Desk;
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
                let epub = Epub::open(bytes);
                prop_assert!(!epub.spine().is_empty());
                let found = epub.stumbles();
                prop_assert!(found.is_empty(), "{text:?}: {found:?}");
            } else {
                prop_assert!(bytes.starts_with(b"%PDF-"));
            }
        }
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
