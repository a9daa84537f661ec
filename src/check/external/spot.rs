//! Places in a text of markup, found without reading it as XML: what a validator complains of need not be well-formed.

/// The most words that are looked at for a place.
const FAR: usize = 40;

/// Elements that may end in the middle of a sentence.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "sub",
    "sup",
];

/// What stands at a line and a column, both from 1, in characters: the tag that ends there, or the rest of the line.
pub(super) fn line(text: &str, line: u32, column: u32) -> (usize, usize) {
    let mut start = 0;
    let mut rest = text;
    for _ in 1..line {
        let Some(end) = rest.find('\n') else { break };
        start += end + 1;
        rest = &rest[end + 1..];
    }
    let this = rest.lines().next().unwrap_or_default();
    let mut at = column.saturating_sub(1) as usize;
    let chars = this.char_indices().map(|(at, _)| at);
    at = chars.chain([this.len()]).nth(at).unwrap_or(this.len());
    // Parsers tell of an element when they have read its tag.
    let before = &text[..start + at];
    let open = before.rfind('<').filter(|_| before.ends_with('>'));
    match open {
        Some(open) => (open, start + at),
        None => (start + at, start + this.len()),
    }
}

/// The start tag of the element that an EPUB CFI leads to, by its steps from the root element: `/4/2[ch1]/6`. Even steps count
/// elements, odd ones text.
pub(super) fn element(text: &str, cfi: &str) -> Option<(usize, usize)> {
    let steps = cfi.split('/').skip(1).map(|step| {
        let digits = step.find(|c: char| !c.is_ascii_digit());
        step[..digits.unwrap_or(step.len())].parse::<u32>().ok()
    });
    let steps: Vec<u32> = steps.collect::<Option<_>>()?;
    let steps: Vec<u32> = steps.into_iter().filter(|step| step % 2 == 0).collect();
    // How many elements were begun at each depth; how many steps of the way were gone.
    let mut begun = vec![0u32];
    let mut gone = 0;
    for tag in tags(text) {
        if tag.closes {
            begun.truncate(begun.len().saturating_sub(1).max(1));
            continue;
        }
        let depth = begun.len() - 1;
        if let Some(count) = begun.last_mut() {
            *count += 1;
        }
        let counted = begun.last().copied().unwrap_or_default();
        // The root has no step of its own.
        let right = match depth {
            0 => true,
            _ if depth - 1 == gone => steps.get(gone) == Some(&counted.saturating_mul(2)),
            _ => false,
        };
        if right {
            gone = depth;
            if gone == steps.len() {
                return Some((tag.start, tag.end));
            }
        }
        if !tag.empty {
            begun.push(0);
        }
    }
    None
}

struct Tag {
    start: usize,
    end: usize,
    closes: bool,
    empty: bool,
}

/// The tags of a text, in order; no comments, declarations and the like.
fn tags(text: &str) -> impl Iterator<Item = Tag> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find('<')?;
            let rest = &text[start..];
            let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
            let skipped = skipped.iter().find(|(open, _)| rest.starts_with(open));
            if let Some((open, close)) = skipped {
                at = start + open.len() + rest[open.len()..].find(close)? + close.len();
                continue;
            }
            let end = start + tag_end(rest)?;
            at = end;
            if rest.starts_with("<!") {
                continue;
            }
            return Some(Tag {
                start,
                end,
                closes: rest.starts_with("</"),
                empty: text[..end].ends_with("/>"),
            });
        }
    })
}

/// Where a tag ends: behind the first `>` that is not quoted.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The ids of a text, each with its place.
pub(super) fn ids(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices(" id=\"").filter_map(|(at, open)| {
        let rest = &text[at + open.len()..];
        Some((at, &rest[..rest.find('"')?]))
    })
}

/// The first words of a text behind a place, up to the end of their block: as many as stand in one run without markup and marks, or as
/// are asked for.
pub(super) fn words(text: &str, from: usize, most: usize) -> Vec<&str> {
    let mut best: Vec<&str> = Vec::new();
    let Some(rest) = text.get(from..) else {
        return best;
    };
    let mut inside = false;
    let mut seen = 0;
    for piece in rest.split_inclusive(['<', '>']) {
        if inside {
            inside = !piece.ends_with('>');
            let closed = piece
                .strip_prefix('/')
                .map(|name| name.trim_end_matches('>').trim());
            if !best.is_empty() && closed.is_some_and(|name| !INLINE.contains(&name)) {
                return best;
            }
            continue;
        }
        inside = piece.ends_with('<');
        let piece = piece.trim_end_matches(['<', '>']);
        let plain = |c: char| c.is_alphanumeric() || c.is_whitespace();
        for run in piece.split(|c: char| !plain(c)) {
            let run: Vec<&str> = run.split_whitespace().take(most).collect();
            seen += run.len();
            if run.len() > best.len() {
                best = run;
            }
            if best.len() >= most || seen > FAR {
                return best;
            }
        }
    }
    best
}

/// Where words first stand one behind the other in a text, and how long they are; `None` for a single one, which is found anywhere.
pub(super) fn find(text: &str, words: &[&str]) -> Option<(usize, usize)> {
    let (first, others) = words.split_first()?;
    if others.is_empty() {
        return None;
    }
    text.match_indices(first).find_map(|(at, _)| {
        let mut end = at + first.len();
        for word in others {
            let rest = &text[end..];
            let blank = rest.len() - rest.trim_start().len();
            if blank == 0 || !rest[blank..].starts_with(word) {
                return None;
            }
            end += blank + word.len();
        }
        Some((at, end - at))
    })
}
