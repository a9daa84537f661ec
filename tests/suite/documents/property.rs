//! Whatever the bytes, reading ends and does not panic.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::book::good;
use super::checked;

static GOOD: LazyLock<Vec<u8>> = LazyLock::new(|| good().bytes());

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_do_not_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = GOOD.clone();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        checked(&bytes);
    }

    #[test]
    fn moved_and_cut_bytes_do_not_panic(
        from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(), length in 0..400usize, end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = GOOD.clone();
        let from = from.index(bytes.len());
        let piece: Vec<u8> = bytes[from..(from + length).min(bytes.len())].to_vec();
        let to = to.index(bytes.len());
        bytes.splice(to..to, piece);
        bytes.truncate(end.index(bytes.len() * 4).max(1));
        checked(&bytes);
    }

    #[test]
    fn digits_may_be_others(place in any::<prop::sample::Index>(), digit in b'0'..=b'9') {
        let mut bytes = GOOD.clone();
        let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
        bytes[digits[place.index(digits.len())]] = digit;
        checked(&bytes);
    }

    #[test]
    fn any_bytes_do_not_panic(noise in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut bytes = b"%PDF-1.7\n1 0 obj".to_vec();
        bytes.extend(noise);
        bytes.extend(b"startxref 9 %%EOF");
        checked(&bytes);
    }
}
