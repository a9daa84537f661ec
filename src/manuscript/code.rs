//! Code blocks: what stands after the fence, and which lines are shown.

use std::ops::RangeInclusive;

use super::attrs;
use super::builder::legal;
use crate::model::{Attrs, Code};

/// A code block and what hangs on it.
pub(super) struct Listing {
    pub code: Code,
    pub attrs: Attrs,
}

/// A block of code; `info` is what stands after its fence, as written. With `hidden_lines`, lines of Rust that begin
/// with `# ` are left out, as rustdoc and mdBook do.
pub(super) fn block(info: Option<&str>, text: &str, hidden_lines: bool) -> Listing {
    let mut listing = Listing {
        code: Code {
            lang: None,
            text: String::new(),
            title: None,
            number_from: None,
            marked: Vec::new(),
            tokens: Vec::new(),
        },
        attrs: Attrs::default(),
    };
    if let Some(info) = info {
        read_info(info.trim(), &mut listing);
    }
    let text = text.strip_suffix('\n').unwrap_or(text);
    let is_rust = listing
        .code
        .lang
        .as_deref()
        .is_some_and(|lang| matches!(lang, "rust" | "rs"));
    let text = legal(text);
    listing.code.text = if hidden_lines && is_rust {
        shown_rust(&text)
    } else {
        text.replace("\r\n", "\n").replace('\r', "\n")
    };
    listing
}

/// `<pre>`: the line end right behind the tag is none.
pub(super) fn pre(lang: Option<String>, text: &str) -> Code {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let mut code = block(None, text, false).code;
    code.lang = lang;
    code
}

/// Braces of a fence's line that were meant as attributes and are none.
pub(super) fn malformed(info: &str) -> Option<&str> {
    let braces = &info.trim_end()[info.find('{')?..];
    (attrs::is_meant(braces) && attrs::parse(braces, true).is_none()).then_some(braces)
}

/// `rust,ignore {title="main.rs" lines from=10 mark="3,7-9"}`, or `{.rust …}`.
fn read_info(info: &str, listing: &mut Listing) {
    let brace = info.find('{');
    let (words, braces) = match brace {
        Some(at) => (&info[..at], Some(&info[at..])),
        None => (info, None),
    };
    let lang = words
        .split(|c: char| c.is_whitespace() || c == ',')
        .next()
        .filter(|lang| !lang.is_empty());
    listing.code.lang = lang.map(str::to_owned);
    let Some((mut found, _)) = braces.and_then(|braces| attrs::parse(braces, true)) else {
        return;
    };
    if listing.code.lang.is_none() {
        // Pandoc's `{.rust}`; also `{rust}`, whose words are in no order, so there must be just one we do not know.
        if !found.classes.is_empty() {
            listing.code.lang = Some(found.classes.remove(0));
        } else {
            let unknown = |key: &&String| !["lines", "numberLines"].contains(&key.as_str());
            let word = found
                .rest
                .iter()
                .filter(|(_, value)| value.is_empty())
                .map(|(key, _)| key)
                .find(unknown)
                .cloned();
            if let Some(word) = word {
                found.rest.remove(&word);
                listing.code.lang = Some(word);
            }
        }
    }
    let code = &mut listing.code;
    let number = |text: &String| text.parse::<u32>().ok();
    code.title = found
        .rest
        .remove("title")
        .or_else(|| found.rest.remove("filename"));
    let lines =
        found.rest.remove("lines").is_some() || found.classes.iter().any(|c| c == "numberLines");
    found.classes.retain(|class| class != "numberLines");
    let from = found
        .rest
        .remove("from")
        .or_else(|| found.rest.remove("startFrom"));
    code.number_from = match from.as_ref().and_then(number) {
        Some(from) => Some(from),
        None if lines => Some(1),
        None => None,
    };
    if let Some(marks) = found.rest.remove("mark") {
        code.marked = ranges(&marks);
    }
    listing.attrs = found;
}

/// `3,7-9`
fn ranges(text: &str) -> Vec<RangeInclusive<u32>> {
    text.split([',', ' '])
        .filter_map(|part| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
            (from <= to).then_some(from..=to)
        })
        .collect()
}

/// Rust without its hidden lines: `# hidden`, `#`; `##` is a `#` that is shown.
fn shown_rust(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let body = line.trim_start_matches([' ', '\t']);
        match body.strip_prefix('#') {
            Some(rest) if rest.is_empty() || rest.starts_with(' ') => continue,
            Some(rest) if rest.starts_with('#') => {
                out.push_str(&line[..line.len() - body.len()]);
                out.push_str(rest);
            }
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out.pop();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(
        text: &str,
    ) -> (
        Option<String>,
        Option<String>,
        Option<u32>,
        Vec<RangeInclusive<u32>>,
    ) {
        let code = block(Some(text), "", false).code;
        (code.lang, code.title, code.number_from, code.marked)
    }

    #[test]
    fn info_strings_are_read() {
        let rust = Some("rust".to_owned());
        assert_eq!(
            info("rust,ignore should_panic"),
            (rust.clone(), None, None, vec![])
        );
        assert_eq!(
            info("rust {title=\"main.rs\" lines from=10 mark=\"3,7-9\"}"),
            (
                rust.clone(),
                Some("main.rs".to_owned()),
                Some(10),
                vec![3..=3, 7..=9]
            )
        );
        assert_eq!(
            info("{.rust .numberLines}"),
            (rust.clone(), None, Some(1), vec![])
        );
        assert_eq!(info("{rust lines}"), (rust, None, Some(1), vec![]));
        assert_eq!(info(""), (None, None, None, vec![]));
    }

    #[test]
    fn hidden_lines_of_rust_are_left_out() {
        let text = "# use a;\n#\n#[test]\nfn a() {\n    # hidden\n    ## shown\n}\n";
        assert_eq!(
            block(Some("rust"), text, true).code.text,
            "#[test]\nfn a() {\n    # shown\n}"
        );
        assert_eq!(block(Some("sh"), "# a\n", true).code.text, "# a");
    }
}
