//! Paths as references of RFC 3986.

/// The reference of a path, and whether it is relative.
pub fn of(path: &str) -> (String, bool) {
    let drive = path.as_bytes().get(1) == Some(&b':');
    if drive {
        return (format!("file:///{}", escaped(path)), false);
    }
    if path.starts_with('/') {
        return (format!("file://{}", escaped(path)), false);
    }
    (escaped(path), true)
}

/// With every byte escaped that is neither unreserved nor a `/`. A colon in a first segment would begin a scheme.
fn escaped(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn paths_are_references() {
        let said = |path: &str| of(path);
        assert_eq!(said("a b/ü.md"), ("a%20b/%C3%BC.md".into(), true));
        assert_eq!(said("../x.md"), ("../x.md".into(), true));
        assert_eq!(said("part:one.md"), ("part%3Aone.md".into(), true));
        assert_eq!(said("/b/100%.md"), ("file:///b/100%25.md".into(), false));
        assert_eq!(said("C:/b.md"), ("file:///C%3A/b.md".into(), false));
    }
}
