//! A file's YAML header.
//!
//! In: a chapter's text. Out: what its header says and where the Markdown begins. Keys that are no business of a
//! chapter's (`layout`, `tags`, the book's own in a book of one file) are left to others.

use super::role;
use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::model::{ChapterRole, Image, Lang};
use crate::source::{Expanded, FileId, Sources, Span};
use crate::yaml::{self, Node};

/// What a header says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub title: Option<String>,
    pub short_title: Option<String>,
    pub role: Option<ChapterRole>,
    pub numbered: Option<bool>,
    pub listed: Option<bool>,
    pub lang: Option<Lang>,
    pub classes: Vec<String>,
    /// `opening-image:`, and where it is said.
    pub picture: Option<(Image, Option<Span>)>,
    /// Where the Markdown begins.
    pub end: usize,
}

/// The byte after a header, if the text has one: `---`, lines of which the first is a key or a remark, `---` or `...`.
pub(super) fn end(text: &str) -> Option<usize> {
    let start = super::include::body_start(text);
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = start + first.len();
    let mut is_yaml = false;
    for line in lines {
        at += line.len();
        let content = line.trim_end();
        if content == "---" || content == "..." {
            return is_yaml.then_some(at);
        }
        // A rule with a heading below it begins the same way, but its first line is no key.
        if !is_yaml {
            let is_key = content.split_once(':').is_some_and(|(key, value)| {
                !key.is_empty()
                    && !key.starts_with(char::is_whitespace)
                    && (value.is_empty() || value.starts_with(char::is_whitespace))
            });
            is_yaml = is_key || content.starts_with('#');
            if !is_yaml {
                return None;
            }
        }
    }
    None
}

/// Reads the header of the file at `path`.
pub(super) fn read(text: &Expanded, path: &str, sink: &Sink) -> Header {
    let mut header = Header::default();
    let Some(end) = end(&text.text) else {
        return header;
    };
    header.end = end;
    let block = &text.text[..end];
    let first_line = block.find('\n').map_or(end, |n| n + 1);
    let inner = block[first_line..].trim_end().trim_end_matches(['-', '.']);
    let range = first_line..first_line + inner.len();
    let place = |at: Option<Span>| at.map(|at| text.span(at.start as usize..at.end as usize));
    // The reader counts in the expanded text; what it reports is told in the file.
    let told = Sink::new();
    let node = yaml::read_part(FileId::default(), &text.text, range, &told);
    for mut found in told.finish(&Sources::new()) {
        found.at = place(found.at);
        for (at, _) in &mut found.labels {
            *at = text.span(at.start as usize..at.end as usize);
        }
        sink.push(found);
    }
    let Some(node) = node else { return header };
    for (key, node) in node.entries() {
        let wrong = |wants: &str| {
            let message = format!("`{}` must be {wants}, not {}", key.name, node.kind());
            sink.push(Diagnostic::new(Code::BadHeader, place(node.at), message));
        };
        match key.name.as_str() {
            "title" => match word(node) {
                Some(title) => header.title = Some(title),
                None => wrong("text"),
            },
            "short-title" => match word(node) {
                Some(title) => header.short_title = Some(title),
                None => wrong("text"),
            },
            "role" => match word(node) {
                Some(name) => {
                    header.role = role::named(&name);
                    if header.role.is_none() {
                        sink.push(no_role(&name, place(node.at)));
                    }
                }
                None => wrong("a word"),
            },
            "numbered" => match node.bool() {
                Some(numbered) => header.numbered = Some(numbered),
                None => wrong("true or false"),
            },
            "toc" => match node.bool() {
                Some(listed) => header.listed = Some(listed),
                None => wrong("true or false"),
            },
            "lang" => match word(node).as_deref().and_then(Lang::new) {
                Some(lang) => header.lang = Some(lang),
                None => wrong("a language tag such as `en-GB`"),
            },
            "opening-image" => {
                let picture = super::opening::read(node, path, &place, sink);
                header.picture = picture.map(|picture| (picture, place(node.at)));
            }
            "class" => match node.list() {
                Some(classes) => header.classes = classes.iter().filter_map(word).collect(),
                None => match word(node) {
                    Some(classes) => {
                        header.classes = classes.split_whitespace().map(str::to_owned).collect();
                    }
                    None => wrong("a word or a list of words"),
                },
            },
            other => {
                if let Some(near) = misspelt(other) {
                    let message = format!("a header has no key `{other}`");
                    let found = Diagnostic::new(Code::BadHeader, place(key.at), message);
                    sink.push(found.hint(format!("did you mean `{near}`?")));
                }
            }
        }
    }
    header
}

/// The keys that are read. Others are for other programs.
const KEYS: [&str; 8] = [
    "title",
    "short-title",
    "role",
    "numbered",
    "toc",
    "lang",
    "opening-image",
    "class",
];

/// The key that an unknown one is most likely a slip for: one so long, or a letter more or less.
fn misspelt(key: &str) -> Option<&'static str> {
    let long = |key: &str| key.chars().count();
    let near = nearest(key, KEYS)?;
    (long(key) > 3 && long(near) > 3 && long(key).abs_diff(long(near)) <= 1).then_some(near)
}

/// Text as it reads.
fn word(node: &Node) -> Option<String> {
    node.text().map(|text| text.trim().to_owned())
}

fn no_role(name: &str, at: Option<Span>) -> Diagnostic {
    let found = Diagnostic::new(Code::BadHeader, at, format!("there is no role `{name}`"));
    match nearest(name, role::words()) {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None => found
            .hint("use preface, dedication, appendix, afterword or another of publishing's words"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_header(text: &str) -> (Header, Vec<String>) {
        let (sources, sink) = (Sources::new(), Sink::new());
        let file = sources.add("a.md", text);
        let header = read(&Expanded::whole(FileId(file.id.0), text), "a.md", &sink);
        let found = sink.finish(&sources).into_iter().map(|d| {
            let place = sources.place(d.at.unwrap()).unwrap();
            format!("{}:{} {}", place.line, place.column, d.message)
        });
        (header, found.collect())
    }

    #[test]
    fn a_header_is_read() {
        let text = "---\ntitle: One\nshort-title: O\nrole: preface\nnumbered: false\ntoc: false\nlang: fr\nclass: a b\nlayout: x\n---\ntext";
        let (header, found) = read_header(text);
        assert_eq!(found, [""; 0]);
        assert_eq!(&text[header.end..], "text");
        assert_eq!(
            header,
            Header {
                title: Some("One".to_owned()),
                short_title: Some("O".to_owned()),
                role: Some(ChapterRole::Preface),
                numbered: Some(false),
                listed: Some(false),
                lang: Lang::new("fr"),
                classes: vec!["a".to_owned(), "b".to_owned()],
                picture: None,
                end: header.end,
            }
        );
    }

    #[test]
    fn faults_have_their_line() {
        let (header, found) = read_header("---\ntitle: One\nrole: prefase\nnumbered: maybe\n---\n");
        assert_eq!(header.title.as_deref(), Some("One"));
        assert_eq!(
            found,
            [
                "3:7 there is no role `prefase`",
                "4:11 `numbered` must be true or false, not text"
            ]
        );
        let foreign = "number: 1\nlayout: x\ntags: [a]\ndate: 1\ntoc_: 1\nslug: x\nweight: 3\ndraft: true\nauthor: x";
        assert!(read_header(&format!("---\n{foreign}\n---\n")).1.is_empty());
        let (_, found) = read_header("---\ntitel: One\nshort_title: O\n---\n");
        assert_eq!(
            found,
            [
                "2:1 a header has no key `titel`",
                "3:1 a header has no key `short_title`"
            ]
        );
        let (header, found) = read_header("---\ntitle: [One\n---\ntext");
        assert_eq!((header.end, found.len()), (20, 1));
    }

    #[test]
    fn a_rule_is_no_header() {
        for text in [
            "---\n",
            "---\n\na: b\n---\n",
            "---\nfoo\n---\nbar",
            "--- \na: b",
        ] {
            assert_eq!(end(text), None, "{text}");
        }
    }
}
