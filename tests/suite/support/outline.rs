//! Trees of lines indented by two spaces a step, as `recto dump model` and poppler print them.

/// A line and what is indented below it.
#[derive(Debug, Default)]
pub struct Line {
    /// The line without its indent.
    pub text: String,
    /// The lines below it.
    pub kids: Vec<Line>,
}

/// The lines that stand outermost.
pub fn parse(text: &str) -> Vec<Line> {
    // The lines under way, each in the one before it; the first stands for all.
    let mut open: Vec<(usize, Line)> = vec![(0, Line::default())];
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let bare = line.trim_start_matches(' ');
        let depth = (line.len() - bare.len()) / 2 + 1;
        close(&mut open, depth);
        let text = bare.to_owned();
        open.push((
            depth,
            Line {
                text,
                kids: Vec::new(),
            },
        ));
    }
    close(&mut open, 1);
    open.pop().map(|(_, all)| all.kids).unwrap_or_default()
}

/// Ends what is at least so deep.
fn close(open: &mut Vec<(usize, Line)>, depth: usize) {
    while open.len() > 1 && open.last().is_some_and(|(deep, _)| *deep >= depth) {
        if let Some((_, line)) = open.pop()
            && let Some((_, outer)) = open.last_mut()
        {
            outer.kids.push(line);
        }
    }
}

impl Line {
    /// The first word.
    pub fn name(&self) -> &str {
        self.text.split(' ').next().unwrap_or_default()
    }

    /// What stands behind the name: words, `key=value`, and strings in quotation marks without these. Lists and attributes
    /// in brackets are left out.
    pub fn words(&self) -> Vec<Word> {
        let mut rest = self.text[self.name().len()..].chars().peekable();
        let mut words = Vec::new();
        while let Some(&c) = rest.peek() {
            match c {
                ' ' => {
                    rest.next();
                }
                '"' => words.push(Word::Text(string(&mut rest))),
                '{' | '[' => {
                    let end = if c == '{' { '}' } else { ']' };
                    while let Some(&c) = rest.peek() {
                        if c == '"' {
                            string(&mut rest);
                        } else {
                            rest.next();
                            if c == end {
                                break;
                            }
                        }
                    }
                }
                _ => {
                    let mut word = String::new();
                    while let Some(c) = rest.next_if(|c| *c != ' ') {
                        word.push(c);
                        if c == '=' && rest.peek() == Some(&'"') {
                            word.push_str(&string(&mut rest));
                        }
                    }
                    words.push(Word::Bare(word));
                }
            }
        }
        words
    }

    /// The last of the strings behind the name.
    pub fn said(&self) -> Option<String> {
        self.words().into_iter().rev().find_map(|word| match word {
            Word::Text(text) => Some(text),
            Word::Bare(_) => None,
        })
    }

    /// The value of `key=value`.
    pub fn value(&self, key: &str) -> Option<String> {
        self.words().into_iter().find_map(|word| match word {
            Word::Bare(word) => Some(word.strip_prefix(key)?.strip_prefix('=')?.to_owned()),
            Word::Text(_) => None,
        })
    }
}

/// What stands behind a name.
#[derive(Debug, PartialEq, Eq)]
pub enum Word {
    /// A word.
    Bare(String),
    /// What stood in quotation marks.
    Text(String),
}

/// A string as Rust writes it, its quotation marks and all.
fn string(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut text = String::new();
    rest.next();
    while let Some(c) = rest.next() {
        match c {
            '"' => break,
            '\\' => match rest.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                Some('0') => text.push('\0'),
                Some('u') => {
                    let digits: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    let sign = u32::from_str_radix(&digits, 16)
                        .ok()
                        .and_then(char::from_u32);
                    text.extend(sign);
                }
                Some(c) => text.push(c),
                None => {}
            },
            c => text.push(c),
        }
    }
    text
}

#[test]
fn lines_and_their_words_are_read() {
    let lines = parse("A b=1 \"x\\u{e9}\\\"\" {k=\"}\"} [\"y\"] @1\n  B title=\"t u\"\n\nC\n");
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0].said().as_deref(), Some("xé\""));
    assert_eq!(lines[0].value("b").as_deref(), Some("1"));
    assert_eq!(lines[0].kids[0].value("title").as_deref(), Some("t u"));
}
