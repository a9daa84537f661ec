//! Finds where the values of a YAML text stand.
//!
//! It reads only texts that the real parser has read, and only their outline: block and flow collections, quoted,
//! plain and block scalars, comments. What it does not follow (explicit `?` keys, collections as keys) it leaves without
//! places; the tree then falls back to the place around.

use std::ops::Range;

use super::scan::Scan;

/// Deeper than the parser itself goes.
const DEEPEST: u32 = 160;

/// A value's place and those of what it holds.
#[derive(Debug, PartialEq)]
pub(super) struct Spot {
    /// Its bytes; empty for a value that is not there.
    pub range: Range<usize>,
    kids: Kids,
}

#[derive(Debug, PartialEq)]
enum Kids {
    None,
    Items(Vec<Spot>),
    Entries(Vec<(Range<usize>, Spot)>),
}

impl Spot {
    fn plain(range: Range<usize>) -> Spot {
        Spot {
            range,
            kids: Kids::None,
        }
    }

    fn items_of(range: Range<usize>, items: Vec<Spot>) -> Spot {
        Spot {
            range,
            kids: Kids::Items(items),
        }
    }

    fn entries_of(range: Range<usize>, entries: Vec<(Range<usize>, Spot)>) -> Spot {
        Spot {
            range,
            kids: Kids::Entries(entries),
        }
    }

    /// Of a list.
    pub fn items(&self) -> &[Spot] {
        match &self.kids {
            Kids::Items(items) => items,
            _ => &[],
        }
    }

    /// Of a mapping.
    pub fn entries(&self) -> &[(Range<usize>, Spot)] {
        match &self.kids {
            Kids::Entries(entries) => entries,
            _ => &[],
        }
    }
}

/// The outline of a text; `None` where it leaves the paths known here.
pub(super) fn locate(text: &str) -> Option<Spot> {
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
    };
    scan.blank();
    while scan.at_line_start() && scan.rest().starts_with(b"%") {
        scan.skip_line();
        scan.blank();
    }
    if scan.at_line_start() && scan.rest().starts_with(b"---") && scan.ends_token(3) {
        scan.at += 3;
    }
    scan.block(-1, 0)
}

impl Scan<'_> {
    /// A value in block context; it must stand right of `indent`.
    fn block(&mut self, indent: i64, depth: u32) -> Option<Spot> {
        if depth > DEEPEST {
            return None;
        }
        let before = self.at;
        self.blank();
        if self.document_ends() || self.column() <= indent {
            self.at = before;
            return Some(Spot::plain(before..before));
        }
        self.properties();
        if self.document_ends() || self.column() <= indent {
            return Some(Spot::plain(before..before));
        }
        if self.is_dash() {
            return self.block_list(depth);
        }
        let start = self.at;
        let column = self.column();
        match self.peek()? {
            b'?' if self.ends_token(1) => None,
            b'|' | b'>' => Some(self.block_scalar(indent)),
            b'[' | b'{' => {
                let spot = self.flow(depth + 1)?;
                // A collection as a key.
                (!self.colon_follows(true)).then_some(spot)
            }
            b'"' | b'\'' => {
                self.quoted();
                if self.colon_follows(true) {
                    self.at = start;
                    return self.block_map(column, depth);
                }
                Some(Spot::plain(start..self.at))
            }
            _ => {
                if self.plain_line(false) {
                    self.at = start;
                    return self.block_map(column, depth);
                }
                Some(self.plain_rest(start, indent))
            }
        }
    }

    fn block_list(&mut self, depth: u32) -> Option<Spot> {
        let (start, column) = (self.at, self.column());
        let mut items = Vec::new();
        let mut end = start;
        loop {
            self.at += 1;
            let item = self.block(column, depth + 1)?;
            end = end.max(self.at).max(item.range.end);
            items.push(item);
            let before = self.at;
            self.blank();
            if self.document_ends() || self.column() != column || !self.is_dash() {
                self.at = before;
                return Some(Spot::items_of(start..end, items));
            }
        }
    }

    /// A block mapping whose keys stand at `column`; the first key is next.
    fn block_map(&mut self, column: i64, depth: u32) -> Option<Spot> {
        let start = self.at;
        let mut entries = Vec::new();
        loop {
            let key_start = self.at;
            match self.peek()? {
                b'"' | b'\'' => self.quoted(),
                b'?' if self.ends_token(1) => return None,
                b'&' | b'!' | b'[' | b'{' => return None,
                _ => {
                    self.plain_line(false);
                }
            }
            let key = key_start..self.trim(key_start, self.at);
            self.spaces();
            if self.peek() != Some(b':') {
                return None;
            }
            self.at += 1;
            let after = self.at;
            self.blank();
            // A list may stand at its key's own column.
            let same_column = !self.document_ends() && self.column() == column && self.is_dash();
            self.at = after;
            let value = self.block(if same_column { column - 1 } else { column }, depth + 1)?;
            let end = self.at.max(value.range.end);
            entries.push((key, value));
            let before = self.at;
            self.blank();
            if self.document_ends() || self.column() != column {
                self.at = before;
                return Some(Spot::entries_of(start..self.trim(start, end), entries));
            }
        }
    }

    /// The lines after the first of a plain scalar in block context.
    fn plain_rest(&mut self, start: usize, indent: i64) -> Spot {
        let mut end = self.trim(start, self.at);
        // A comment ends the scalar.
        while self.peek() != Some(b'#') {
            let before = self.at;
            while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
                self.at += 1;
            }
            if self.document_ends() || self.column() <= indent || self.peek() == Some(b'#') {
                self.at = before;
                break;
            }
            let line = self.at;
            self.plain_line(false);
            end = self.trim(line, self.at);
        }
        self.at = self.at.max(end);
        Spot::plain(start..end)
    }

    /// A `|` or `>` scalar: all lines right of `indent`.
    fn block_scalar(&mut self, indent: i64) -> Spot {
        let start = self.at;
        self.skip_line();
        let mut end = self.at;
        while self.peek() == Some(b'\n') {
            let line = self.at + 1;
            let mut text = line;
            while self.bytes.get(text) == Some(&b' ') {
                text += 1;
            }
            let blank = matches!(self.bytes.get(text), None | Some(b'\n' | b'\r'));
            if !blank && (text - line) as i64 <= indent {
                break;
            }
            if blank && text >= self.bytes.len() {
                self.at = text;
                break;
            }
            self.at = text;
            self.skip_line();
            if !blank {
                end = self.at;
            }
        }
        Spot::plain(start..self.trim(start, end))
    }

    /// A value in flow context; the cursor stands at its first byte.
    fn flow(&mut self, depth: u32) -> Option<Spot> {
        if depth > DEEPEST {
            return None;
        }
        self.blank();
        self.properties();
        let start = self.at;
        match self.peek()? {
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.blank();
                    match self.peek()? {
                        b']' => break,
                        b',' => self.at += 1,
                        b'?' if self.ends_token(1) => return None,
                        _ => {
                            let from = self.at;
                            let item = self.flow(depth + 1)?;
                            // A pair alone in a list is a mapping.
                            items.push(match self.flow_value(from, &item, depth)? {
                                Some(value) => {
                                    let end = value.range.end.max(item.range.end);
                                    Spot::entries_of(from..end, vec![(item.range, value)])
                                }
                                None => item,
                            });
                        }
                    }
                }
                self.at += 1;
                Some(Spot::items_of(start..self.at, items))
            }
            b'{' => {
                self.at += 1;
                let mut entries = Vec::new();
                loop {
                    self.blank();
                    match self.peek()? {
                        b'}' => break,
                        b',' => self.at += 1,
                        b'?' if self.ends_token(1) => return None,
                        _ => {
                            let from = self.at;
                            let key = self.flow(depth + 1)?;
                            let value = self
                                .flow_value(from, &key, depth)?
                                .unwrap_or_else(|| Spot::plain(key.range.end..key.range.end));
                            entries.push((key.range, value));
                        }
                    }
                }
                self.at += 1;
                Some(Spot::entries_of(start..self.at, entries))
            }
            b'"' | b'\'' => {
                self.quoted();
                Some(Spot::plain(start..self.at))
            }
            b']' | b'}' | b',' => Some(Spot::plain(start..start)),
            _ => {
                // Plain text may go on over line ends.
                let mut end;
                loop {
                    let colon = self.plain_line(true);
                    end = self.trim(start, self.at);
                    if colon || self.peek() != Some(b'\n') {
                        break;
                    }
                    self.blank();
                    if matches!(self.peek(), None | Some(b',' | b']' | b'}' | b':' | b'#')) {
                        break;
                    }
                }
                // A lone `:` is a key that is not there; nothing else can leave the cursor where it was.
                (self.at > start || self.peek() == Some(b':')).then(|| Spot::plain(start..end))
            }
        }
    }

    /// The value after a flow key, if a colon follows it.
    fn flow_value(&mut self, from: usize, key: &Spot, depth: u32) -> Option<Option<Spot>> {
        self.blank();
        let json_like = matches!(self.bytes.get(from), Some(b'"' | b'\'' | b'[' | b'{'));
        let colon = self.peek() == Some(b':')
            && (json_like
                || self.ends_token(1)
                || matches!(
                    self.bytes.get(self.at + 1),
                    Some(b',' | b']' | b'}' | b'[' | b'{')
                ));
        if !colon {
            // Neither a separator nor a colon: this is not where the parser was.
            return matches!(self.peek(), Some(b',' | b']' | b'}')).then_some(None);
        }
        self.at += 1;
        self.blank();
        if matches!(self.peek(), Some(b',' | b']' | b'}')) {
            return Some(Some(Spot::plain(key.range.end..key.range.end)));
        }
        self.flow(depth + 1).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `path=text` for each leaf and `path` keys in order.
    fn outline(text: &str) -> Vec<String> {
        fn walk(text: &str, path: &str, spot: &Spot, out: &mut Vec<String>) {
            match &spot.kids {
                Kids::None => out.push(format!("{path}={}", &text[spot.range.clone()])),
                Kids::Items(items) => {
                    for (n, item) in items.iter().enumerate() {
                        walk(text, &format!("{path}/{n}"), item, out);
                    }
                }
                Kids::Entries(entries) => {
                    for (key, value) in entries {
                        walk(text, &format!("{path}/{}", &text[key.clone()]), value, out);
                    }
                }
            }
        }
        let mut out = Vec::new();
        walk(text, "", &locate(text).expect("followed"), &mut out);
        out
    }

    #[test]
    fn block_style_is_followed() {
        let text = "# head\n---\ntitle: The:Salt # no\nempty:\nlist:\n- a b\n-   - x\n    - 'y: ''z'\n- k: v\n  \"l\": >\n    folded\n\n    more\n\n  m: 1\nlong: one\n  two\n  three # end\nlast: |-\n  text\n";
        assert_eq!(
            outline(text),
            [
                "/title=The:Salt",
                "/empty=",
                "/list/0=a b",
                "/list/1/0=x",
                "/list/1/1='y: ''z'",
                "/list/2/k=v",
                "/list/2/\"l\"=>\n    folded\n\n    more",
                "/list/2/m=1",
                "/long=one\n  two\n  three",
                "/last=|-\n  text",
            ]
        );
    }

    #[test]
    fn flow_style_is_followed() {
        let text = "a: {b: [1, 'x, y', {c: d e}], f: , \"g\":h, i}\nj: [k: l,\n  m\n  n, # no\n  o]\np: &q !r [s]\nt: *q\nurl: http://x.y/z#a\n";
        assert_eq!(
            outline(text),
            [
                "/a/b/0=1",
                "/a/b/1='x, y'",
                "/a/b/2/c=d e",
                "/a/f=",
                "/a/\"g\"=h",
                "/a/i=",
                "/j/0/k=l",
                "/j/1=m\n  n",
                "/j/2=o",
                "/p/0=s",
                "/t=*q",
                "/url=http://x.y/z#a",
            ]
        );
    }
}
