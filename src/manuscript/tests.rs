//! What holds for every text: nothing panics, nodes are numbered in reading order, spans lie in their texts.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{Script, parse};
use crate::diag::Sink;
use crate::model::{
    Block, BlockKind, Chapter, Dialect, Inline, Matter, NodeId, Visit, walk_blocks,
};
use crate::source::{Expanded, Sources};

/// Texts made of what Markdown and we take for signs.
fn texts() -> impl Strategy<Value = String> {
    let signs: Vec<&'static str> = vec![
        "a",
        "é",
        "字",
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "\t",
        "\r\n",
        "\\",
        "*",
        "**",
        "_",
        "`",
        "```",
        "~",
        "~~~",
        "^",
        "^[",
        "[",
        "]",
        "](u)",
        "[^1]",
        "[^1]: ",
        "{",
        "}",
        "{.a}",
        "{#i}",
        "{only=pdf}",
        "{index}",
        "{page=#x}",
        "!",
        "![",
        "<",
        ">",
        "> ",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<p>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<pre>",
        "</pre>",
        "<details>",
        "<summary>",
        "<figure>",
        "<figcaption>",
        "<script>",
        "<!--",
        "-->",
        "<dl>",
        "<dt>",
        "<img src=x>",
        "<br>",
        "&amp;",
        "&",
        ";",
        ":",
        ": ",
        ":::",
        "::: note",
        "::: verse",
        "::: pagebreak",
        "\n:::\n",
        "\n::: {only=pdf}\n",
        "- ",
        "1. ",
        "# ",
        "---",
        "***",
        "===",
        "|",
        "|-|",
        "\n|a|\n|-|\n|b|\n",
        "$",
        "$$",
        "@",
        "@k",
        "@fig-a",
        "http://a.b",
        "www.a.b",
        "a@b.c",
        "\"",
        "'",
        "--",
        "\0",
        "\u{1A}",
        "\u{FDD0}",
        "\u{FEFF}",
        "---\ntitle: x\n---\n",
        "Term\n: def\n",
    ];
    prop::collection::vec(prop::sample::select(signs), 0..60).prop_map(|parts| parts.concat())
}

fn read(text: &str, dialect: &Dialect) -> Chapter {
    let (sources, sink) = (Sources::new(), Sink::new());
    let file = sources.add("a.md", text);
    let script = Script {
        file: file.id,
        path: "a.md".to_owned(),
        text: Expanded::whole(file.id, text),
        matter: Matter::Body,
        depth: 0,
        title: None,
        numbered: None,
    };
    let chapter = parse(&script, dialect, &sink);
    for found in sink.finish(&sources) {
        let at = found.at.expect("what is found in a text has a place");
        assert!(text.get(at.start as usize..at.end as usize).is_some());
    }
    chapter
}

/// The numbers of all nodes, in the order of a walk.
#[derive(Default)]
struct Numbers(Vec<NodeId>);

impl<'a> Visit<'a> for Numbers {
    fn block(&mut self, block: &'a Block) {
        self.0.push(block.id);
        // Items and rows are not visited themselves; their numbers lie between those of their neighbours.
        if let BlockKind::List(list) = &block.kind {
            assert!(!list.items.is_empty());
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        self.0.push(inline.id);
    }
}

fn check(text: &str, dialect: &Dialect) {
    let chapter = read(text, dialect);
    for span in &chapter.spans.0 {
        assert!(
            text.get(span.start as usize..span.end as usize).is_some(),
            "{span:?} is no range of {text:?}"
        );
    }
    let mut numbers = Numbers::default();
    walk_blocks(&chapter.blocks, &mut numbers);
    for note in &chapter.notes {
        numbers.0.push(note.id);
        walk_blocks(&note.blocks, &mut numbers);
    }
    assert!(numbers.0.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(
        numbers
            .0
            .iter()
            .all(|id| id.0 > 0 && chapter.spans.get(*id).is_some())
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in texts(), extensions: bool, mdbook: bool, smart: bool) {
        check(&text, &Dialect { extensions, smart, mdbook });
    }

    #[test]
    fn any_characters_are_read(text in any::<String>()) {
        check(&text, &Dialect::default());
    }
}

/// Deep and wide texts that would break a recursive or quadratic reader.
#[test]
fn hostile_texts_are_read() {
    let mut crossed = String::new();
    for n in 0..2_000 {
        let _ = write!(crossed, "[a ^[b {n} *c **d `e` <b>");
    }
    for text in [
        ">".repeat(10_000),
        "- ".repeat(5_000) + "x",
        "[".repeat(100_000),
        "*a **b ".repeat(20_000),
        "<div>\n\n".repeat(5_000),
        "<b>".repeat(20_000) + "x",
        "::: a\n".repeat(5_000),
        "^".repeat(100_000),
        "{#a ".repeat(20_000),
        "a@".repeat(50_000),
        crossed,
    ] {
        check(&text, &Dialect::default());
    }
}
