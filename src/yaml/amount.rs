//! Amounts of pixels and of bytes, as authors write them.

/// `4mp` (millions), `2.5mp`, `4000000`: a number of pixels; `None` for anything else, and for none at all.
pub fn pixels(text: &str) -> Option<u64> {
    amount(text, &[("mp", 1_000_000)])
}

/// `5MB`, `1.5GB`, `300kB`, `5000000`: a number of bytes, by thousands: the strictest reading of what a shop or a printer
/// says. `None` for anything else, and for none at all.
pub fn bytes(text: &str) -> Option<u64> {
    amount(
        text,
        &[("gb", 1_000_000_000), ("mb", 1_000_000), ("kb", 1_000)],
    )
}

fn amount(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let text = text.trim().to_ascii_lowercase();
    let unit = units
        .iter()
        .find_map(|(unit, size)| Some((text.strip_suffix(unit)?, *size)));
    let (number, size) = unit.unwrap_or((&text, 1));
    let number = number.trim();
    // `inf`, `nan` and `1e9` are numbers to Rust, not to an author.
    let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let value = number.parse::<f64>().ok().filter(|_| plain)? * size as f64;
    // Exact in a 64-bit float, and more than any file has.
    (1.0..=1e15).contains(&value).then(|| value.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, wanted) in [
            ("4mp", Some(4_000_000)),
            ("5.6 MP", Some(5_600_000)),
            ("4000000", Some(4_000_000)),
            ("0mp", None),
            ("-1", None),
            ("inf", None),
            ("1e9", None),
            ("4 million", None),
            ("", None),
        ] {
            assert_eq!(pixels(text), wanted, "{text}");
        }
        for (text, wanted) in [
            ("5MB", Some(5_000_000)),
            ("2 GB", Some(2_000_000_000)),
            ("300kB", Some(300_000)),
            ("1.5mb", Some(1_500_000)),
            ("99999999999999999999GB", None),
            ("5mp", None),
        ] {
            assert_eq!(bytes(text), wanted, "{text}");
        }
    }
}
