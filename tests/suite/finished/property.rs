//! Whatever bytes a file has, it is judged without a panic, and the findings have places in its texts.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::book::{good, pack};
use super::found;

fn book() -> &'static [Vec<u8>] {
    static BOOKS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    BOOKS.get_or_init(|| ["epub3", "epub2"].map(|name| pack(&good(name))).to_vec())
}

fn judged(bytes: &[u8]) {
    let (found, sources) = found(bytes);
    for one in found {
        let at = one.at.expect("every finding has a place");
        let file = sources.get(at.file).expect("a place is in a text");
        assert!(
            file.text.get(at.start as usize..at.end as usize).is_some(),
            "{one:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Bytes of the archive, changed anywhere.
    #[test]
    fn changed_archives_never_panic(
        which in 0usize..2,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        keep in 0usize..=100,
    ) {
        let mut bytes = book()[which].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // Half of them whole.
        bytes.truncate(bytes.len() * keep.saturating_mul(2).min(100) / 100);
        judged(&bytes);
    }

    /// The files inside changed, and packed soundly: bytes, signs of XML and CSS, cuts and repetitions.
    #[test]
    fn changed_files_never_panic(
        which in 0usize..2,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..24), 1..8),
    ) {
        const SIGNS: [&str; 20] = [
            "<", ">", "&", "\"", "'", "/", "{", "}", "(", ")", "url(", "\\", "é", "]]>", "<!--", "&#x;", "<a>", "</p>", "xmlns=\"\"", ":",
        ];
        let mut pieces = good(["epub3", "epub2"][which]);
        for (file, at, deed) in changes {
            let file = file.index(pieces.len());
            let data = &mut pieces[file].data;
            if data.is_empty() {
                continue;
            }
            let at = at.index(data.len());
            match deed {
                20 => data.truncate(at),
                21 => { data.remove(at); }
                22 => data[at] ^= 0x80,
                23 => {
                    let again = data[at..].to_vec();
                    data.extend(again);
                }
                sign => { data.splice(at..at, SIGNS[sign].bytes()); }
            }
        }
        judged(&pack(&pieces));
    }
}
