//! Addresses out of the book: which schemes a reader can follow, and how a URL is written so that every reader takes it.

/// Why an address with a scheme is not kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It would run a script.
    Script,
    /// Of no use in a book; the scheme.
    Scheme(String),
    /// No URL at all: no host, or one that cannot be.
    Malformed,
}

/// The schemes that books may link to.
const KEPT: [&str; 5] = ["http", "https", "mailto", "tel", "ftp"];

/// An address with a scheme, made valid; `None` for an address without one.
pub(super) fn external(to: &str) -> Option<Result<String, Refused>> {
    if let Some(rest) = to.strip_prefix("//") {
        return Some(hosted("https", rest));
    }
    let (scheme, rest) = to.split_once(':')?;
    let named = scheme.len() >= 2
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    if !named {
        return None;
    }
    let scheme = scheme.to_ascii_lowercase();
    Some(match scheme.as_str() {
        "javascript" | "vbscript" | "data" => Err(Refused::Script),
        "mailto" | "tel" => {
            if rest.is_empty() {
                Err(Refused::Malformed)
            } else {
                Ok(format!("{scheme}:{}", encode(rest)))
            }
        }
        kept if KEPT.contains(&kept) => match rest.strip_prefix("//") {
            Some(rest) => hosted(&scheme, rest),
            None => Err(Refused::Malformed),
        },
        _ => Err(Refused::Scheme(scheme)),
    })
}

fn hosted(scheme: &str, rest: &str) -> Result<String, Refused> {
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    let bracketed = name.starts_with('[') && name.ends_with(']');
    // A domain may end in a dot, but no other label is empty.
    let mut labels = name.strip_suffix('.').unwrap_or(name).split('.');
    let sound = labels.all(|label| !label.is_empty())
        && port.bytes().all(|b| b.is_ascii_digit())
        && (port.is_empty() || port.parse::<u16>().is_ok())
        && (bracketed || !name.contains(|c: char| !is_host_char(c)))
        && !authority.contains(|c: char| c.is_whitespace() || c.is_control());
    if !sound {
        return Err(Refused::Malformed);
    }
    Ok(format!("{scheme}://{authority}{}", encode(path)))
}

fn is_host_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '~')
}

/// Percent-encodes all that may not stand in a URL behind the host, and whatever is not ASCII; what is encoded stays.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut hash = false;
    for (at, byte) in bytes.iter().enumerate() {
        let hex = |n: usize| bytes.get(at + n).is_some_and(u8::is_ascii_hexdigit);
        let kept = match byte {
            b'%' => hex(1) && hex(2),
            // A second `#` would begin a second fragment.
            b'#' => !std::mem::replace(&mut hash, true),
            b => {
                b.is_ascii_alphanumeric()
                    || matches!(
                        b,
                        b'-' | b'.'
                            | b'_'
                            | b'~'
                            | b'!'
                            | b'$'
                            | b'&'
                            | b'\''
                            | b'('
                            | b')'
                            | b'*'
                            | b'+'
                            | b','
                            | b';'
                            | b'='
                            | b':'
                            | b'@'
                            | b'/'
                            | b'?'
                    )
            }
        };
        if kept {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_reader_can_follow_is_kept() {
        let kept = |to: &str| external(to).unwrap().unwrap();
        assert_eq!(
            kept("HTTP://example.org/ä b"),
            "http://example.org/%C3%A4%20b"
        );
        assert_eq!(kept("//example.org"), "https://example.org");
        assert_eq!(kept("mailto:a@b.org"), "mailto:a@b.org");
        assert_eq!(
            kept("http://a.b/?x=\\*#c#d%2"),
            "http://a.b/?x=%5C*#c%23d%252"
        );
        assert_eq!(kept("http://[::1]:80/"), "http://[::1]:80/");
        assert_eq!(external("javascript:alert(1)"), Some(Err(Refused::Script)));
        assert_eq!(
            external("irc://x"),
            Some(Err(Refused::Scheme("irc".to_owned())))
        );
        for bad in [
            "http:",
            "http://",
            "http://a b/",
            "http://x:y/",
            "http://x:99999/",
            "https://../",
            "mailto:",
        ] {
            assert_eq!(external(bad), Some(Err(Refused::Malformed)), "{bad}");
        }
        for inside in ["two.md", "#x", "c:x", "/a:b", "a/b:c"] {
            assert_eq!(external(inside), None, "{inside}");
        }
    }
}
