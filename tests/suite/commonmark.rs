//! CommonMark's own examples: the model holds the words that the specification's HTML holds, and so do both outputs.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use rayon::prelude::*;
use recto::build::{self, Depth, Entry, Levels, Press, Request, Timings};
use recto::diag::Sink;
use recto::manuscript::{Script, parse};
use recto::model::{Chapter, Dialect, Matter, plain};
use recto::source::{Expanded, MemoryWorld, Sources};

use super::support::epub::Epub;
use super::support::tools;

/// An example: its number, its Markdown and its HTML.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// The examples of the specification, if it lies beside the project.
fn examples() -> Option<Vec<Example>> {
    let path = tools::corpus("commonmark", "commonmark-spec.txt")?;
    let text = std::fs::read_to_string(path).expect("the corpus is UTF-8");
    let fence = "`".repeat(32);
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line != format!("{fence} example") {
            continue;
        }
        let mut parts = [String::new(), String::new()];
        let mut part = 0;
        for line in lines.by_ref().take_while(|line| *line != fence) {
            if line == "." {
                part = 1;
                continue;
            }
            parts[part].push_str(&line.replace('→', "\t"));
            parts[part].push('\n');
        }
        let [markdown, html] = parts;
        found.push(Example {
            number: found.len() + 1,
            markdown,
            html,
        });
    }
    Some(found)
}

fn read(markdown: &str, extensions: bool) -> Chapter {
    let (sources, sink) = (Sources::new(), Sink::new());
    let file = sources.add("a.md", markdown);
    let script = Script {
        file: file.id,
        path: "a.md".to_owned(),
        text: Expanded::whole(file.id, markdown),
        matter: Matter::Body,
        depth: 0,
        title: None,
        numbered: None,
    };
    let dialect = Dialect {
        extensions,
        smart: false,
        mdbook: false,
    };
    parse(&script, &dialect, &sink)
}

/// The words of HTML. Tags of blocks part words, those among words do not; an image is its alternative text; scripts,
/// styles, comments, declarations and instructions say nothing.
fn words(html: &str) -> Vec<String> {
    const INLINE: &[&str] = &[
        "a",
        "b",
        "bab",
        "c2c",
        "b2",
        "code",
        "del",
        "em",
        "i",
        "img",
        "responsive-image",
        "strong",
        "foo",
        "warning",
    ];
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let name: String = rest[1..]
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        let (end, skipped) = match () {
            () if rest.starts_with("<!-->") => (">", true),
            () if rest.starts_with("<!--") => ("-->", true),
            () if rest.starts_with("<![CDATA[") => ("]]>", true),
            () if rest.starts_with("<?") => ("?>", true),
            () if rest.starts_with("<!") => (">", true),
            () if rest.starts_with("<script") => ("</script>", true),
            () if rest.starts_with("<style") => ("</style>", true),
            () if name.is_empty() => ("<", false),
            () => (">", false),
        };
        // What never ends is no tag, but a comment or style without an end goes on to the end of the text.
        let len = match rest[1..].find(end) {
            None if !skipped || tag_len(rest).is_none() => {
                text.push('<');
                rest = &rest[1..];
                continue;
            }
            _ if name.is_empty() && !skipped => {
                text.push('<');
                rest = &rest[1..];
                continue;
            }
            Some(found) => 1 + found + end.len(),
            None => rest.len(),
        };
        let tag = tag_len(rest).unwrap_or(len);
        let len = if skipped { len } else { tag };
        if let Some(alt) = rest[..len].find("alt=\"")
            && name == "img"
        {
            let alt = &rest[alt + 5..len];
            text.push_str(&alt[..alt.find('"').unwrap_or(alt.len())]);
        }
        if !INLINE.contains(&name.as_str()) && !skipped {
            text.push(' ');
        }
        rest = &rest[len..];
    }
    text.push_str(rest);
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    text.split_whitespace().map(str::to_owned).collect()
}

/// The length of a tag, whose quoted values may hold `>`.
fn tag_len(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[test]
fn every_example_keeps_its_words() {
    let Some(examples) = examples() else { return };
    assert!(examples.len() >= 652, "only {} examples", examples.len());
    let mut wrong = Vec::new();
    for example in &examples {
        let got = plain(&read(&example.markdown, false));
        let got: Vec<&str> = got.split_whitespace().collect();
        let wanted = words(&example.html);
        if got != wanted {
            wrong.push(format!(
                "example {}:\n{}\nhtml {}\nwanted {wanted:?}\ngot    {got:?}\n",
                example.number, example.markdown, example.html
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} examples:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// With all extensions some examples mean something else, but none breaks, and all as one text is read too.
#[test]
fn every_example_is_read_with_extensions() {
    let Some(examples) = examples() else { return };
    let mut all = String::new();
    for example in &examples {
        read(&example.markdown, true);
        all.push_str(&example.markdown);
        all.push('\n');
    }
    let chapter = read(&all, true);
    assert!(plain(&chapter).len() > all.len() / 2);
}

/// Builds both outputs of a book in memory.
fn make(files: &[(String, &str)], extensions: bool) -> build::Run {
    let settings = format!(
        "title: Examples\ngenerate: []\nmarkdown: {{extensions: {extensions}, smart: {extensions}}}\n"
    );
    let mut world = MemoryWorld::new(0).with("book.yaml", settings);
    for (name, text) in files {
        world = world.with(name, *text);
    }
    let (sources, timings) = (Sources::new(), Timings::new());
    let press = Press {
        world: &world,
        sources: &sources,
        timings: &timings,
        step: &|_| {},
        panel: None,
    };
    let request = Request {
        entry: Entry {
            file: None,
            name: "examples".to_owned(),
        },
        settings: Vec::new(),
        editions: Vec::new(),
        format: None,
        proof: false,
        levels: Levels::default(),
        outlets: Vec::new(),
        epoch: None,
        freeze: None,
    };
    build::run(press, &request, Depth::Make)
}

/// A book's EPUB; its PDF was made too.
fn both(what: &str, files: &[(String, &str)], extensions: bool) -> Vec<u8> {
    let run = make(files, extensions);
    let mut epub = None;
    for output in run.outputs {
        let bytes = output
            .bytes
            .unwrap_or_else(|| panic!("{what}: no {} was made", output.file_name));
        match bytes.starts_with(b"%PDF") {
            true => assert!(bytes.len() > 500, "{what}: an empty PDF"),
            false => epub = Some(bytes),
        }
    }
    epub.unwrap_or_else(|| panic!("{what}: no EPUB was made"))
}

/// Each example is a book, and all together are one; with all extensions, and with none, where the EPUB says word for
/// word what the specification's HTML says. EPUBCheck finds nothing to say against any.
#[test]
fn every_example_makes_both_outputs() {
    let Some(examples) = examples() else { return };
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    let keep = |name: String, bytes: Vec<u8>| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a fresh folder can be written");
        path
    };
    let wrong = Mutex::new(BTreeMap::new());
    let mut paths: Vec<PathBuf> = examples
        .par_iter()
        .flat_map_iter(|example| {
            let what = format!("example {}", example.number);
            let file = [("a.md".to_owned(), example.markdown.as_str())];
            let plain = both(&what, &file, false);
            let said = Epub::open(&plain).words().text;
            let wanted = words(&example.html);
            // An image that is not there, as all of these, is its alternative text in brackets.
            let bare = |words: &[String]| words.join(" ").replace(['[', ']'], "");
            let same = match example.html.contains("<img") {
                true => bare(&said) == bare(&wanted),
                false => said == wanted,
            };
            if !same {
                let fault = format!(
                    "{what}:\n{}\nwanted {wanted:?}\ngot    {said:?}\n",
                    example.markdown
                );
                let mut wrong = wrong.lock().expect("no code under this lock panics");
                wrong.insert(example.number, fault);
            }
            let extended = both(&what, &file, true);
            [("plain", plain), ("extended", extended)]
                .map(|(mode, bytes)| keep(format!("{:03}-{mode}.epub", example.number), bytes))
        })
        .collect();
    let wrong = wrong.into_inner().expect("no code under this lock panics");
    let faults: Vec<String> = wrong.into_values().collect();
    assert!(
        faults.is_empty(),
        "{} examples:\n{}",
        faults.len(),
        faults.join("\n")
    );

    let files: Vec<(String, &str)> = examples
        .iter()
        .map(|example| {
            (
                format!("{:03}.md", example.number),
                example.markdown.as_str(),
            )
        })
        .collect();
    for extensions in [false, true] {
        paths.push(keep(
            format!("all-{extensions}.epub"),
            both("all", &files, extensions),
        ));
    }
    if let Some(verdict) = tools::epubcheck("commonmark: every example", &paths) {
        let said: Vec<&str> = verdict
            .said
            .lines()
            .filter(|l| !l.contains("OK"))
            .take(60)
            .collect();
        assert!(
            verdict.passed,
            "of {} EPUBs:\n{}",
            paths.len(),
            said.join("\n")
        );
    }
}
