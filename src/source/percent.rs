//! Addresses in which characters stand as numbers: `a%20b`.

use percent_encoding::percent_decode_str;

/// With `%20` and its like as what they stand for (RFC 3986, 2.1); what is no UTF-8 then stays as written.
pub fn undo_percent(address: &str) -> String {
    match percent_decode_str(address).decode_utf8() {
        Ok(decoded) => decoded.into_owned(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_are_undone() {
        assert_eq!(undo_percent("a%20b%C3%A9"), "a b\u{e9}");
        assert_eq!(undo_percent("100%"), "100%");
        assert_eq!(undo_percent("%+1%g0"), "%+1%g0");
        assert_eq!(undo_percent("%FF"), "%FF");
    }
}
