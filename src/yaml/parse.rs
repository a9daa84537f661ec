//! From text to a tree.

use std::cell::Cell;
use std::fmt;

use serde::Deserializer;
use serde::de::{self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::locate::{self, Spot};
use super::{Key, Node, Value};
use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{FileId, SourceFile, Span};

/// No book's YAML has more values than this. A few lines of aliases of aliases would have billions.
const MOST_NODES: usize = 200_000;

/// No book's YAML is longer than this, in bytes.
const LONGEST: usize = 1 << 20;

/// More open brackets than this at one place are refused unread: the parser's time grows with their square.
const MOST_OPEN: usize = 200;

/// Reads a file that is YAML from end to end. An empty one is [`Value::Null`]; `None` if it is no YAML at all, which is
/// then reported, as is every repeated key.
pub fn read(file: &SourceFile, sink: &Sink) -> Option<Node> {
    read_part(file.id, &file.text, 0..file.text.len(), sink)
}

/// Reads a stretch of a file's text as YAML: a header, a value.
///
/// # Panics
/// When `range` is not a range of characters of `text`.
pub fn read_part(
    file: FileId,
    text: &str,
    range: std::ops::Range<usize>,
    sink: &Sink,
) -> Option<Node> {
    // Some editors begin a file with a byte order mark. The parser takes it for a document of its own, or never ends.
    let marked = range.start == 0 && text[range.clone()].starts_with('\u{FEFF}');
    let base = range.start + if marked { '\u{FEFF}'.len_utf8() } else { 0 };
    let yaml = &text[base..range.end];
    if yaml.len() > LONGEST {
        let message = format!("this YAML is longer than {} MB", LONGEST >> 20);
        sink.push(Diagnostic::new(
            Code::BadYaml,
            Span::new(file, base, base),
            message,
        ));
        return None;
    }
    if let Some(at) = too_many_open(yaml) {
        let at = Span::new(file, base + at, base + at + 1);
        sink.push(
            Diagnostic::new(
                Code::BadYaml,
                at,
                format!("more than {MOST_OPEN} brackets are open here"),
            )
            .hint("close them"),
        );
        return None;
    }
    if let Some(at) = stray_mark(yaml) {
        let at = Span::new(file, base + at, base + at + '\u{FEFF}'.len_utf8());
        sink.push(
            Diagnostic::new(
                Code::BadYaml,
                at,
                "a byte order mark stands at the beginning of a line",
            )
            .hint(
                "take it out; it is not seen, and only the first line of a file may begin with one",
            ),
        );
        return None;
    }
    let budget = Cell::new(MOST_NODES);
    match (Seed { budget: &budget }).deserialize(serde_yaml::Deserializer::from_str(yaml)) {
        Ok(mut node) => {
            let spot = locate::locate(yaml);
            place(
                &mut node,
                spot.as_ref(),
                &Source { file, base, yaml },
                Span::new(file, base, base),
            );
            report_repeats(&mut node, sink);
            Some(node)
        }
        Err(error) => {
            sink.push(complaint(&error, &Source { file, base, yaml }));
            None
        }
    }
}

/// Where too many brackets are open at once, if anywhere; brackets inside quotation marks count too.
fn too_many_open(yaml: &str) -> Option<usize> {
    let mut open = 0usize;
    yaml.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > MOST_OPEN
    })
}

/// A byte order mark that a line begins with: the parser never ends on some of them.
fn stray_mark(yaml: &str) -> Option<usize> {
    let marks = yaml.match_indices('\u{FEFF}').map(|(at, _)| at);
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut marks = marks.filter(|at| yaml[..*at].chars().next_back().is_none_or(breaks));
    marks.next()
}

/// The stretch being read.
struct Source<'a> {
    file: FileId,
    base: usize,
    yaml: &'a str,
}

impl Source<'_> {
    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start, self.base + range.end)
    }
}

/// Gives a node and all below it their places. Where the locator lost its way, they get the nearest place known.
fn place(node: &mut Node, spot: Option<&Spot>, source: &Source<'_>, outer: Span) {
    let at = spot.map_or(outer, |spot| source.span(&spot.range));
    node.at = Some(at);
    match &mut node.value {
        Value::List(items) => {
            let spots = spot.map_or(&[][..], Spot::items);
            for (index, item) in items.iter_mut().enumerate() {
                place(item, spots.get(index), source, at);
            }
        }
        Value::Map(entries) => {
            let spots = spot.map_or(&[][..], Spot::entries);
            for (index, (key, value)) in entries.iter_mut().enumerate() {
                let found = spots.get(index);
                let key_at = found.map_or(at, |(key, _)| source.span(key));
                key.at = Some(key_at);
                match found {
                    // A value that is not there is shown by its key.
                    Some((_, spot)) if spot.range.is_empty() => value.at = Some(key_at),
                    Some((_, spot)) => place(value, Some(spot), source, at),
                    None => place(value, None, source, at),
                }
            }
        }
        Value::Number(_, written) => {
            let text = spot.and_then(|s| source.yaml.get(s.range.clone()));
            if let Some(text) =
                text.filter(|t| t.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)))
            {
                text.clone_into(written);
            }
        }
        _ => {}
    }
}

/// Reports keys that stand twice in one mapping, and keeps the first of each.
fn report_repeats(node: &mut Node, sink: &Sink) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| report_repeats(item, sink)),
        Value::Map(entries) => {
            let mut seen = std::collections::BTreeMap::new();
            entries.retain(|(key, _)| {
                if let Some(first) = seen.get(&key.name) {
                    let mut found = Diagnostic::new(
                        Code::BadYaml,
                        key.at,
                        format!("the key `{}` stands here twice", key.name),
                    )
                    .hint("remove one of them; the first one counts");
                    if let Some(first) = first {
                        found = found.label(*first, "first here");
                    }
                    sink.push(found);
                    return false;
                }
                seen.insert(key.name.clone(), key.at);
                true
            });
            entries
                .iter_mut()
                .for_each(|(_, value)| report_repeats(value, sink));
        }
        _ => {}
    }
}

/// The parser's error as a diagnostic at its place.
fn complaint(error: &serde_yaml::Error, source: &Source<'_>) -> Diagnostic {
    let at = error
        .location()
        .map_or(0, |l| byte_of(source.yaml, l.line(), l.column()));
    let message = error.to_string();
    let cause = message.split(" at line ").next().unwrap_or(&message);
    let context = message.split(", ").skip(1).find_map(|part| {
        part.split(" at line ")
            .next()
            .filter(|p| p.starts_with("while "))
    });
    let rest = &source.yaml[at..];
    let end = at
        + rest
            .chars()
            .next()
            .filter(|c| *c != '\n' && *c != '\r')
            .map_or(0, char::len_utf8);
    let mut found = Diagnostic::new(
        Code::BadYaml,
        source.span(&(at..end)),
        match context {
            Some(context) => format!("this is not YAML: {cause} {context}"),
            None => format!("this is not YAML: {cause}"),
        },
    );
    let line = source.yaml[..at].rfind('\n').map_or(0, |n| n + 1);
    if rest.starts_with('\t') || source.yaml[line..at].contains('\t') {
        found = found.hint("indent with spaces: YAML allows no tabs there");
    } else if cause.contains("mapping values are not allowed") {
        found = found.hint("put the value between quotation marks if it holds `: `");
    } else if cause.contains("recursion limit") || cause == TOO_LARGE {
        found = found.hint("nest less, and write out what the aliases stand for");
    } else if cause.contains("cannot start any token") || cause.contains("unknown anchor") {
        found = found.hint("put a value between quotation marks if it begins with one of `@ * & % | > [ {` or a backquote");
    } else {
        found = found.hint(
            "look at this line and the one before for a missing bracket, quotation mark or colon",
        );
    }
    found
}

/// The byte at a line and a column, both from 1 and in characters.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let rest = text[start..].split('\n').next().unwrap_or_default();
    start
        + rest
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(rest.len(), |(at, _)| at)
}

const TOO_LARGE: &str = "more values than a book can need";

/// Builds a tree and counts its nodes on the way.
#[derive(Clone, Copy)]
struct Seed<'b> {
    budget: &'b Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let left = self
            .budget
            .get()
            .checked_sub(1)
            .ok_or_else(|| de::Error::custom(TOO_LARGE))?;
        self.budget.set(left);
        deserializer.deserialize_any(self).map(Node::made)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64, value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64, value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Number(value as f64, value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Number(value as f64, value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value, value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = entries.next_key_seed(self)? {
            let name = match key.value {
                Value::Text(text) | Value::Number(_, text) => text,
                Value::Bool(value) => value.to_string(),
                Value::Null => String::from("null"),
                Value::List(_) => String::from("[…]"),
                Value::Map(_) => String::from("{…}"),
            };
            map.push((Key { name, at: None }, entries.next_value_seed(self)?));
        }
        Ok(Value::Map(map))
    }

    /// A tagged value: the value alone.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, value): (de::IgnoredAny, _) = tagged.variant()?;
        Ok(value.newtype_variant_seed(self)?.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn faults(text: &str) -> Vec<String> {
        let (sources, sink) = (Sources::new(), Sink::new());
        let file = sources.add("book.yaml", text);
        read(&file, &sink);
        sink.finish(&sources)
            .iter()
            .map(|d| {
                let place = sources.place(d.at.unwrap()).unwrap();
                format!("{}:{} {}", place.line, place.column, d.message)
            })
            .collect()
    }

    #[test]
    fn faults_of_syntax_have_their_place() {
        let found = faults("title: X\nauthors: [Ada, Bo\nlanguage: en\n");
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("3:9 this is not YAML: ") || found[0].starts_with("3:1 "),
            "{found:?}"
        );
        let found = faults("a: 1\nb: 2\n  c: 3\n");
        assert!(found[0].starts_with("3:4 "), "{found:?}");
    }

    #[test]
    fn every_repeated_key_is_said() {
        assert_eq!(
            faults("a: 1\nb: {x: 1, x: 2}\na: 3\n"),
            [
                "2:11 the key `x` stands here twice",
                "3:1 the key `a` stands here twice"
            ]
        );
    }

    #[test]
    fn marks_of_byte_order_are_known() {
        assert_eq!(
            faults("\u{FEFF}# x\na: 1\na: 2\n"),
            ["3:1 the key `a` stands here twice"]
        );
        assert_eq!(
            faults("\u{FEFF}a: 1\nb: {x: 1, x: 2}\n"),
            ["2:11 the key `x` stands here twice"]
        );
        assert_eq!(faults("a: \"x\u{FEFF}\"\n"), Vec::<String>::new());
        let told = "a byte order mark stands at the beginning of a line";
        for (text, line) in [
            ("# y\n\u{FEFF}# x\na: 1\n", "2:1"),
            ("\u{FEFF}\u{FEFF}# x\n", "1:1"),
            ("a: 1\r\u{FEFF}# x\n", "1:6"),
        ] {
            assert_eq!(faults(text), [format!("{line} {told}")]);
        }
    }

    #[test]
    fn bombs_do_not_go_off() {
        let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for n in 1..12 {
            let alias = format!("*a{}", n - 1);
            laughs.push_str(&format!(
                "a{n}: &a{n} [{}]\n",
                [alias.as_str(); 10].join(", ")
            ));
        }
        assert_eq!(faults(&laughs).len(), 1);
        assert_eq!(faults(&"[".repeat(100_000)).len(), 1);
        assert_eq!(faults(&"- ".repeat(100_000)).len(), 1);
        assert_eq!(faults(&"{a: ".repeat(50_000)).len(), 1);
        assert_eq!(faults(&format!("{}x", "? ".repeat(50_000))).len(), 1);
    }

    #[test]
    fn numbers_keep_their_writing_and_tags_go() {
        let (sources, sink) = (Sources::new(), Sink::new());
        let file = sources.add("b", "version: 1.10\nisbn: 0978\nword: !important yes\n");
        let node = read(&file, &sink).unwrap();
        assert_eq!(node.get("version").unwrap().text(), Some("1.10"));
        assert_eq!(node.get("isbn").unwrap().text(), Some("0978"));
        assert_eq!(node.get("word").unwrap().text(), Some("yes"));
    }
}
