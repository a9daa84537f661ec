//! Characters that no face has, and features that a face lacks.

use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript};

use crate::diag::{Code, Diagnostic, Sink};
use crate::font::{FaceId, Fonts};
use crate::model::NodeRef;
use crate::source::{Sources, Span};

/// Counts characters that no face has. Setting the same text again counts nothing twice.
#[derive(Debug, Default)]
pub struct Missing {
    /// By script, then by the node they stand in.
    scripts: BTreeMap<&'static str, BTreeMap<NodeRef, Found>>,
    /// By what is lacking and the face that lacks it, then by the node that asks for it.
    lacks: BTreeMap<(Lack, FaceId), Asking>,
}

/// What a word asks for and its face does not have.
#[derive(Clone, Debug)]
pub struct Lacking {
    /// What.
    pub what: Lack,
    /// The word.
    pub word: String,
}

/// What a face has no glyphs for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// Small capitals of some of a word's letters.
    SmallCapitals,
    /// A feature that the theme names.
    Feature([u8; 4]),
}

/// By node: where it stands, and the first word there that asks.
type Asking = BTreeMap<NodeRef, (Option<Span>, String)>;

#[derive(Debug)]
struct Found {
    count: usize,
    first: char,
    at: Option<Span>,
}

impl Missing {
    /// Takes in the characters of one stretch of text that no face has.
    pub fn add(&mut self, node: NodeRef, at: Option<Span>, characters: &[char]) {
        let mut counts: BTreeMap<&'static str, (usize, char)> = BTreeMap::new();
        for c in characters {
            counts.entry(name(*c)).or_insert((0, *c)).0 += 1;
        }
        for (script, (count, first)) in counts {
            let found = Found { count, first, at };
            self.scripts.entry(script).or_default().insert(node, found);
        }
    }

    /// Takes in what the words of a node ask for and their face does not have.
    pub fn add_lack(&mut self, node: NodeRef, at: Option<Span>, face: FaceId, lack: Lacking) {
        let nodes = self.lacks.entry((lack.what, face)).or_default();
        nodes.entry(node).or_insert((at, lack.word));
    }

    /// One warning per script, one per feature of a face.
    pub(super) fn report(&self, fonts: &Fonts, sources: &Sources, sink: &Sink) {
        for ((lack, face), nodes) in &self.lacks {
            let placed = nodes.values().find(|(at, _)| at.is_some());
            let Some((at, word)) = placed.or(nodes.values().next()) else {
                continue;
            };
            let what = match lack {
                Lack::SmallCapitals => {
                    format!("small capitals for `{word}`, which stands as it is written")
                }
                Lack::Feature(tag) => {
                    let name = String::from_utf8_lossy(tag);
                    format!("{} (`{name}`) for `{word}`", meaning(tag))
                }
            };
            let face = fonts.face(*face);
            let message = format!("{} {} has no {what}", face.family(), face.style());
            let at = at.map(|at| first(sources, at, word));
            sink.push(Diagnostic::new(Code::MissingFeature, at, message));
        }
        for (script, nodes) in &self.scripts {
            // What recto repeats from elsewhere (contents, title pages) has no place, and counts only by itself.
            let placed = nodes.values().any(|found| found.at.is_some());
            let mut found = nodes.values().filter(|found| found.at.is_some() == placed);
            let Some(first) = found.next() else {
                continue;
            };
            let count: usize = first.count + found.map(|found| found.count).sum::<usize>();
            let many = if count == 1 { "" } else { "s" };
            let name = script.replace('_', " ");
            let message = format!(
                "no font at hand has {count} {name} character{many}; the first is `{}` (U+{:04X})",
                first.first, first.first as u32
            );
            let at = first.at;
            let at = at.map(|at| self::first(sources, at, first.first.encode_utf8(&mut [0; 4])));
            sink.push(Diagnostic::new(Code::MissingGlyph, at, message).hint(hint(&name)));
        }
    }
}

/// Where in a stretch of a source text a word first stands; the stretch itself where it is not typed so.
fn first(sources: &Sources, stretch: Span, word: &str) -> Span {
    let file = sources.get(stretch.file);
    let (start, end) = (stretch.start as usize, stretch.end as usize);
    let found = file.and_then(|file| file.text.get(start..end)?.find(word));
    found.map_or(stretch, |at| {
        Span::new(stretch.file, start + at, start + at + word.len())
    })
}

/// A feature in words (OpenType's own registry has all of them).
fn meaning(tag: &[u8; 4]) -> &'static str {
    match tag {
        b"frac" | b"afrc" => "fractions",
        b"ordn" => "ordinals",
        b"dlig" => "discretionary ligatures",
        b"hlig" => "historical ligatures",
        b"swsh" | b"cswh" => "swashes",
        b"titl" => "titling capitals",
        b"sups" => "superiors",
        b"subs" | b"sinf" => "inferiors",
        b"onum" => "old-style figures",
        b"lnum" => "lining figures",
        b"pnum" => "proportional figures",
        b"tnum" => "tabular figures",
        b"smcp" | b"c2sc" => "small capitals",
        b"case" => "case-sensitive forms",
        b"zero" => "slashed zero",
        [b's', b's', _, _] => "such stylistic set",
        [b'c', b'v', _, _] => "such character variant",
        _ => "such feature",
    }
}

/// The script to look for a font by. Signs that several scripts share go with the one whose fonts have them.
fn name(c: char) -> &'static str {
    match c.script() {
        Script::Common | Script::Inherited | Script::Unknown => {}
        script => return script.full_name(),
    }
    // CJK punctuation, and full-width forms.
    if matches!(c as u32, 0x3000..=0x30ff | 0xfe30..=0xfe4f | 0xff00..=0xffef) {
        return Script::Han.full_name();
    }
    let shared = c.script_extension();
    if shared.is_common() || shared.is_inherited() {
        return "symbol";
    }
    shared.iter().next().map_or("symbol", Script::full_name)
}

fn hint(script: &str) -> String {
    let example = match script {
        "Han" | "Hiragana" | "Katakana" | "Bopomofo" => "Noto Serif CJK",
        "Hangul" => "Noto Serif KR",
        "symbol" => "Noto Sans Symbols 2",
        script => {
            return format!(
                "put a font with {script} letters (such as Noto Serif {script}) into the book's `fonts` folder"
            );
        }
    };
    format!("put a font that has them (such as {example}) into the book's `fonts` folder")
}
