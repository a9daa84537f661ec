//! Nasty books: each ends in time, within bounded memory, without a panic, and with an exit code that says what happened.

use std::fmt::Write as _;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::support::book::Book;

/// For both outputs, with debug checks, on a busy machine.
const TIME: Duration = Duration::from_secs(60);
/// Address space in kB. Threads' stacks and the binary with its fonts take the first quarter.
const MEMORY: usize = 3_000_000;

/// Builds a book; checks how it ended.
fn survives(input: impl AsRef<str>) {
    ends(&["build", ".", "-o", "out"], input.as_ref());
}

/// Has a book checked, which looks at its words besides; checks how it ended.
fn is_judged(input: impl AsRef<str>) {
    ends(&["check", "."], input.as_ref());
}

fn ends(command: &[&str], input: &str) {
    let folder = tempfile::tempdir().expect("there is room for a temporary folder");
    Book::parse(input, "input.md").write(folder.path());
    let log = folder.path().join("stderr.txt");
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\""))
        .arg(env!("CARGO_BIN_EXE_recto"))
        .args(command)
        .current_dir(folder.path())
        .env_remove("GITHUB_ACTIONS")
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(&log).expect("a fresh folder can be written"))
        .spawn()
        .expect("a shell and the program are there");
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("our own child can be waited for") {
            break status;
        }
        if start.elapsed() > TIME {
            // It may just have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
            panic!("not done after {TIME:?}");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let mut said = String::new();
    let mut file = std::fs::File::open(&log).expect("the log was just written");
    // A message may be cut in the middle of a character by a killed child.
    let _ = file.read_to_string(&mut said);
    said.truncate(
        said.char_indices()
            .nth(3000)
            .map_or(said.len(), |(at, _)| at),
    );
    assert!(!said.contains("panicked"), "{said}");
    assert!(matches!(status.code(), Some(0..=2)), "{status}: {said}");
}

/// Books that are built, or that another function has a look at.
macro_rules! nasty {
    ($($name:ident: $book:expr;)*) => {
        nasty! { survives; $($name: $book;)* }
    };
    ($look:ident; $($name:ident: $book:expr;)*) => {
        $(#[test] fn $name() { $look($book); })*
    };
}

/// So many of something, made of their numbers.
fn many(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

/// A picture of one pixel, as a file of a book.
const PIXEL: &str = "==> p.png (escaped) <==\n\\x89PNG\\x0d\\x0a\\x1a\\x0a\\0\\0\\0\\x0dIHDR\\0\\0\\0\\x01\\0\\0\\0\\x01\\x08\\x02\\0\\0\\0\\x90wS\\xde\\0\\0\\0\\x0cIDAT\\x08\\xd7c\\xf8\\xcf\\xc0\\0\\0\\x03\\x01\\x01\\0\\x18\\xdd\\x8d\\xb0\\0\\0\\0\\0IEND\\xaeB`\\x82";

nasty! {
    ten_thousand_nested_quotes: "> ".repeat(10_000) + "deep\n";
    ten_thousand_nested_lists: (0..2_000).fold(String::new(), |mut text, depth| {
        let _ = writeln!(text, "{}- x", "  ".repeat(depth));
        text
    });
    list_markers_in_one_line: "- ".repeat(10_000) + "deep\n";
    nested_containers: (0..5_000).fold(String::new(), |mut text, _| {
        text.push_str("::: note\n");
        text
    });
    a_line_of_five_megabytes: "word ".repeat(1_000_000);
    a_word_of_a_megabyte: "x".repeat(1_000_000);
    nested_emphasis: "*a **b ".repeat(20_000);
    open_emphasis: "*".repeat(100_000) + "a";
    underscores_and_letters: "_a".repeat(50_000);
    open_brackets: "[".repeat(50_000);
    open_images: "![".repeat(50_000);
    nested_links: "[a](".repeat(20_000);
    open_attributes: "[a]{".repeat(20_000) + &"{".repeat(20_000);
    nested_spans: "[".repeat(20_000) + &"]{.x}".repeat(20_000);
    open_angles: "<a ".repeat(50_000);
    open_comments: "<!-- a ".repeat(20_000);
    backticks_of_every_length: (1..600).fold(String::new(), |mut text, length| {
        let _ = write!(text, "{} ", "`".repeat(length));
        text
    });
    dollars_and_carets: "$a^".repeat(50_000) + &"~".repeat(50_000);
    references_to_nothing: "[a][b] @c [@d] ".repeat(20_000);
    many_definitions: (0..50_000).fold(String::new(), |mut text, at| {
        let _ = writeln!(text, "[d{at}]: /u{at}");
        text
    });
    inline_notes_in_notes: "^[".repeat(10_000) + "deep" + &"]".repeat(10_000);
    a_note_that_calls_itself: "Text[^a]\n\n[^a]: Note[^a] and[^b]\n\n[^b]: Note[^a]\n";
    notes_that_call_the_next_one: (0..20_000).fold("Text[^0]\n\n".to_owned(), |mut text, at| {
        let _ = writeln!(text, "[^{at}]: note[^{}]\n", at + 1);
        text
    });
    a_bomb_of_variables: "==> book.yaml <==\ntitle: X\nvariables:\n  a: ".to_owned()
        + &format!("\"<!-- {} -->\"", "x".repeat(100_000)) + "\n==> one.md <==\n" + &"{{a}}\n\n".repeat(100_000);
    ten_thousand_notes_on_one_line: (0..10_000).fold(String::new(), |mut text, at| {
        let _ = write!(text, "a[^{at}]");
        text
    }) + "\n\n" + &(0..10_000).fold(String::new(), |mut text, at| {
        let _ = writeln!(text, "[^{at}]: note\n");
        text
    });
    a_note_longer_than_many_pages: "Text[^a]\n\n[^a]: ".to_owned() + &"long note ".repeat(20_000);
    a_table_of_a_thousand_columns: "|a".repeat(1_000) + "|\n" + &"|-".repeat(1_000) + "|\n" + &("|b".repeat(1_000) + "|\n").repeat(5);
    a_table_of_ten_thousand_rows: "|a|b|\n|-|-|\n".to_owned() + &"|c|d|\n".repeat(10_000);
    short_rows_of_a_wide_table: "|a".repeat(3_000) + "|\n" + &"|-".repeat(3_000) + "|\n" + &"|b|\n".repeat(300);
    a_heading_of_a_hundred_kilobytes: "# ".to_owned() + &"heading ".repeat(12_000);
    ten_thousand_headings: (0..10_000).fold(String::new(), |mut text, at| {
        let _ = writeln!(text, "## Same\n\n### Other {at}\n");
        text
    });
    a_code_line_of_a_megabyte: "```rust\n".to_owned() + &"x + ".repeat(250_000) + "\n```\n";
    code_of_ten_thousand_lines: "```c\n".to_owned() + &"/* \" ' */ int x = 1;\n".repeat(10_000) + "```\n";
    carriage_returns_alone: "# A\r\rb\r- c\r".repeat(2_000);
    combining_marks: "e".to_owned() + &"\u{301}".repeat(50_000);
    direction_controls: "\u{202e}\u{2067}a\u{202a}ש".repeat(10_000);
    joined_emoji: "👩\u{200d}👩\u{200d}👧".repeat(5_000);
    control_characters: (0..32_u8).map(char::from).filter(|c| *c != '\n').collect::<String>() + "\u{7f}\u{85}\u{2028}\u{fffe}\u{ffff}";
    only_white_space: " \t\n\u{a0}\u{3000}\n".repeat(1_000);
    a_bomb_of_includes: (0..12).fold(String::new(), |mut text, level| {
        let inner = format!("{{{{include {}.txt}}}}\n", level + 1).repeat(10);
        let name = if level == 0 { "a.md".to_owned() } else { format!("{level}.txt") };
        let _ = write!(text, "==> {name} <==\n{inner}");
        text
    }) + "==> 12.txt <==\nbang\n";
    a_bomb_of_aliases: "==> one.md <==\n# One\n==> book.yaml <==\ntitle: X\nvariables:\n  a0: &a0 [x, x]\n".to_owned()
        + &(1..30).fold(String::new(), |mut text, at| {
            let _ = writeln!(text, "  a{at}: &a{at} [*a{0}, *a{0}, *a{0}, *a{0}]", at - 1);
            text
        });
    deep_yaml: "==> one.md <==\n# One\n==> book.yaml <==\ntitle: ".to_owned() + &"[".repeat(50_000);
    a_header_that_never_ends: "---\ntitle: x\n".to_owned() + &"key: value\n".repeat(50_000);
    two_thousand_files: (0..2_000).fold(String::new(), |mut text, at| {
        let _ = write!(text, "==> {at:04}.md <==\n# Chapter {at}\n\nText.\n");
        text
    });
    an_svg_of_aliases: "![x](x.svg)\n==> x.svg <==\n<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\">".to_owned()
        + &(1..12).fold(String::new(), |mut text, at| {
            let inner = if at == 1 { "&a;".to_owned() } else { format!("&a{};", at - 1) };
            let _ = write!(text, "<!ENTITY a{at} \"{}\">", inner.repeat(10));
            text
        }) + "]><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>&a11;</text></svg>\n";
    an_svg_of_groups: "![x](x.svg)\n==> x.svg <==\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">".to_owned()
        + &"<g>".repeat(50_000) + &"</g>".repeat(50_000) + "</svg>\n";
    an_svg_of_clips: "![x](x.svg)\n==> x.svg <==\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">".to_owned()
        + &(0..20_000).fold(String::new(), |mut text, at| {
            let _ = write!(text, "<clipPath id=\"c{at}\" clip-path=\"url(#c{})\"><path d=\"M0 0h9v9z\"/></clipPath>", at + 1);
            text
        }) + "<path clip-path=\"url(#c0)\" d=\"M0 0h9v9z\"/></svg>\n";
    an_svg_of_huge_filters: "![x](x.svg)\n==> x.svg <==\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"900\">\
        <filter id=\"f\" x=\"-1e6\" y=\"-1e6\" width=\"2e6\" height=\"2e6\"><feGaussianBlur stdDeviation=\"900\"/></filter>\
        <rect filter=\"url(#f)\" width=\"800\" height=\"800\"/></svg>\n";
    a_png_that_claims_gigabytes: "![x](x.png)\n==> x.png (escaped) <==\n\
        \\x89PNG\\x0d\\x0a\\x1a\\x0a\\0\\0\\0\\x0dIHDR\\0\\0\\xff\\xff\\0\\0\\xff\\xff\\x08\\x02\\0\\0\\0\\x9a\\x12\\x3f\\x11";
    verse_of_twenty_thousand_lines: "::: verse\n".to_owned() + &many(20_000, |at| format!("A line of verse, number {at},\n")) + ":::\n";
    a_table_of_five_thousand_rows_of_words: "|a|b|\n|-|-|\n".to_owned() + &many(5_000, |at| format!("|cell {at}|some words of it that go over a line or two|\n"));
    three_thousand_chapters_of_one_file: many(3_000, |at| format!("# Chapter {at}\n\nText.\n\n"));
    three_thousand_pictures: many(3_000, |at| format!("![Picture {at}](p.png)\n\n")) + PIXEL;
    pictures_that_float_before_any_text: many(2_000, |at| format!("![Picture {at}](p.png \"It\")\n\n")) + "Text.\n" + PIXEL;
    links_by_path_among_the_chapters_of_a_file: "==> one.md <==\n".to_owned() + &many(2_000, |at| format!("# Chapter {at}\n\n[To](one.md#id{})[]{{#id{at}}} and [not](one.md#x{at}).\n\n", 1_999 - at));
    a_cover_with_a_long_description: "==> one.md <==\n# One\n==> book.yaml <==\ntitle: X\ndescription: ".to_owned() + &"word ".repeat(20_000) + "\neditions: {print: {format: pdf}, cover: {format: cover}}\n";
    a_code_line_of_tabs: "```\n".to_owned() + &"x\ty ".repeat(50_000) + "\n```\n";
    editions_by_the_hundred: "==> one.md <==\n# One\n==> book.yaml <==\ntitle: X\neditions:\n".to_owned() + &many(200, |at| format!("  e{at}: {{format: epub}}\n"));
}

nasty! {
    is_judged;
    dead_links_among_many_names: many(4_000, |at| format!("A [link](#idx{at}) to [a word]{{#id{at}}}.\n\n"));
    quotations_that_nobody_ends: "\"a 'b ".repeat(15_000);
    doubled_words_by_the_thousand: "the the ".repeat(15_000);
    one_paragraph_of_half_a_megabyte: "the quick brown the the fox -- jumps ".repeat(14_000);
    marks_without_words: "\"(".repeat(50_000);
    thirty_thousand_different_words: many(30_000, |at| format!("w{at}x Name{at}e a{at}-b{at}{}", if at % 99 == 0 { "\n\n" } else { " " }));
}
