//! Rust source as far as the house rules need it: code without comments and strings, and the paths that it names.

/// Code with its comments, strings and characters blanked out, byte for byte, and without its unit tests.
pub fn code_only(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut out = bytes.to_vec();
    let blank = |out: &mut Vec<u8>, from: usize, to: usize| {
        for byte in &mut out[from..to] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    };
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes[at..].starts_with(b"//") => find(bytes, at, b"\n"),
            b'/' if bytes[at..].starts_with(b"/*") => find(bytes, at + 2, b"*/") + 2,
            b'r' if at == 0 || !is_word(bytes[at - 1]) => match raw_string(bytes, at) {
                Some(end) => end,
                None => {
                    at += 1;
                    continue;
                }
            },
            b'"' => quoted(bytes, at),
            // A lifetime has no closing quote two or so characters on.
            b'\'' => match character(source, at) {
                Some(end) => end,
                None => {
                    at += 1;
                    continue;
                }
            },
            _ => {
                at += 1;
                continue;
            }
        };
        let end = end.min(bytes.len());
        blank(&mut out, at, end);
        at = end;
    }
    let code = String::from_utf8_lossy(&out).into_owned();
    match code.find("#[cfg(test)]\nmod tests {") {
        Some(tests) => code[..tests].to_owned(),
        None => code,
    }
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> usize {
    bytes[from..]
        .windows(what.len())
        .position(|window| window == what)
        .map_or(bytes.len(), |found| from + found)
}

pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn raw_string(bytes: &[u8], at: usize) -> Option<usize> {
    let hashes = bytes[at + 1..].iter().take_while(|b| **b == b'#').count();
    let open = at + 1 + hashes;
    (bytes.get(open) == Some(&b'"')).then(|| {
        let mut close = vec![b'"'];
        close.resize(hashes + 1, b'#');
        find(bytes, open + 1, &close) + close.len()
    })
}

fn quoted(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] != b'"' {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    end + 1
}

fn character(source: &str, at: usize) -> Option<usize> {
    let rest = &source[at + 1..];
    if let Some(escape) = rest.strip_prefix('\\') {
        let close = escape[1..].find('\'')?;
        return Some(at + 2 + 1 + close + 1);
    }
    let first = rest.chars().next()?;
    rest[first.len_utf8()..]
        .starts_with('\'')
        .then(|| at + 1 + first.len_utf8() + 1)
}

/// The paths behind each `crate::`, two names deep: `model`, `typeset::pages`.
pub fn crate_paths(code: &str) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if at > 0 && is_word(code.as_bytes()[at - 1]) {
            continue;
        }
        for path in expand(&code[at + "crate::".len()..], 2) {
            paths.push((line_of(code, at), path));
        }
    }
    paths
}

/// The paths that a use tree begins with: `a::{b, c}` is `a::b` and `a::c`.
fn expand(rest: &str, depth: usize) -> Vec<String> {
    let rest = rest.trim_start();
    if let Some(group) = rest.strip_prefix('{') {
        let (mut level, mut start, mut paths) = (0, 0, Vec::new());
        for (at, c) in group.char_indices() {
            match c {
                '{' => level += 1,
                '}' if level == 0 => {
                    paths.extend(expand(&group[start..at], depth));
                    return paths;
                }
                '}' => level -= 1,
                ',' if level == 0 => {
                    paths.extend(expand(&group[start..at], depth));
                    start = at + 1;
                }
                _ => {}
            }
        }
        return paths;
    }
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    let name = &rest[..end];
    if name.is_empty() {
        return Vec::new();
    }
    match rest[end..].strip_prefix("::") {
        Some(inner) if depth > 1 => {
            let inner = expand(inner, depth - 1);
            if inner.is_empty() {
                return vec![name.to_owned()];
            }
            inner
                .iter()
                .map(|inner| format!("{name}::{inner}"))
                .collect()
        }
        _ => vec![name.to_owned()],
    }
}

pub fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

#[test]
fn the_scanner_sees_code_and_nothing_else() {
    let source = "use crate::{a, b::{c, d}}; // crate::no\nlet x = \"crate::no\"; '\\''; 'a'; \
                  fn f<'a>() { crate::typeset::pages::Page; r#\"crate::no\"# }\n";
    let code = code_only(source);
    let paths: Vec<_> = crate_paths(&code)
        .into_iter()
        .map(|(_, path)| path)
        .collect();
    assert_eq!(paths, ["a", "b::c", "b::d", "typeset::pages"]);
    assert_eq!(
        super::table::split_list("unit, model (Role, Lang), typeset::{pages, frame}; never epub"),
        ["unit", "model", "typeset::{pages, frame}"]
    );
}
