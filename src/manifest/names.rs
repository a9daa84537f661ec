//! File names of outputs, and titles from file names.

/// A text as a file name: lower case, words joined by hyphens, nothing that a file system or a shell minds.
pub(super) fn safe(text: &str) -> String {
    // The common limit is 255 bytes; edition and ending need some.
    const LONGEST: usize = 120;
    let mut name = String::new();
    for c in text.chars() {
        if name.len() > LONGEST {
            break;
        }
        match c {
            c if c.is_alphanumeric() || c == '_' => name.extend(c.to_lowercase()),
            // An apostrophe belongs to its word.
            '\'' | '’' => {}
            '.' if !name.is_empty() && !name.ends_with(['-', '.']) => name.push('.'),
            _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            _ => {}
        }
    }
    let name = name.replace(".-", "-");
    let name = name.trim_matches(['-', '.']);
    // Names of devices on Windows, with or without an ending.
    let stem = name.split('.').next().unwrap_or_default();
    let device = matches!(stem, "con" | "prn" | "aux" | "nul")
        || (stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.ends_with(|c: char| c.is_ascii_digit()));
    match name {
        "" => String::from("book"),
        name if device => format!("book-{name}"),
        name => name.to_owned(),
    }
}

/// A file's or folder's name as a title: `salt_road` becomes `Salt road`.
pub(super) fn readable(name: &str) -> String {
    let stem = name.strip_suffix(".md").unwrap_or(name);
    // `03-the-road`: the number sorts, it does not name.
    let rest = stem.trim_start_matches(|c: char| c.is_ascii_digit());
    let stem = match rest.strip_prefix(['-', '_', ' ']) {
        Some(rest) if !rest.is_empty() => rest,
        _ => stem,
    };
    let words = stem.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::from("Untitled"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_safe() {
        for (text, name) in [
            ("The Salt Road", "the-salt-road"),
            ("Moby-Dick; or, The Whale", "moby-dick-or-the-whale"),
            ("Don’t / look: back?", "dont-look-back"),
            ("../../etc/passwd", "etc-passwd"),
            ("Über 2.0", "über-2.0"),
            ("…", "book"),
            ("CON", "book-con"),
            ("罪と罰", "罪と罰"),
        ] {
            assert_eq!(safe(text), name, "{text}");
        }
        assert!(safe(&"é".repeat(1000)).len() < 130);
    }

    #[test]
    fn titles_come_from_file_names() {
        assert_eq!(readable("03-salt_road.md"), "Salt road");
        assert_eq!(readable("1984.md"), "1984");
        assert_eq!(readable(""), "Untitled");
    }
}
