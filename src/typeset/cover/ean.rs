//! The bars of an ISBN, and of the price beside it.
//!
//! In: an ISBN as written, a price. Out: [`Bars`]: bars and spaces in modules, from the left. The symbols are those of
//! the GS1 General Specifications, section 5.2: EAN-13, and the five-digit add-on with which the book trade of
//! English-speaking countries tells a price to a till.

use std::iter::repeat_n;

/// Bars and spaces in turn, a bar first, each so many modules wide.
pub type Bars = Vec<u8>;

/// Digits of the left half in the first set, as they alternate from a space on: each digit is two spaces and two bars,
/// seven modules in all (figure 5.2.1-2). The third set is the same from a bar on; the second is the third backwards.
const WIDTHS: [[u8; 4]; 10] = [
    [3, 2, 1, 1],
    [2, 2, 2, 1],
    [2, 1, 2, 2],
    [1, 4, 1, 1],
    [1, 1, 3, 2],
    [1, 2, 3, 1],
    [1, 1, 1, 4],
    [1, 3, 1, 2],
    [1, 2, 1, 3],
    [3, 1, 1, 2],
];

/// Which of the six digits on the left are of the second set: this tells the first of the thirteen, which has no bars of
/// its own (figure 5.2.1-3).
const FIRST: [[bool; 6]; 10] = {
    const A: bool = false;
    const B: bool = true;
    [
        [A, A, A, A, A, A],
        [A, A, B, A, B, B],
        [A, A, B, B, A, B],
        [A, A, B, B, B, A],
        [A, B, A, A, B, B],
        [A, B, B, A, A, B],
        [A, B, B, B, A, A],
        [A, B, A, B, A, B],
        [A, B, A, B, B, A],
        [A, B, B, A, B, A],
    ]
};

/// Which of an add-on's five digits are of the second set: this tells its check digit (figure 5.2.2-4).
const ADDON: [[bool; 5]; 10] = {
    const A: bool = false;
    const B: bool = true;
    [
        [B, B, A, A, A],
        [B, A, B, A, A],
        [B, A, A, B, A],
        [B, A, A, A, B],
        [A, B, B, A, A],
        [A, A, B, B, A],
        [A, A, A, B, B],
        [A, B, A, B, A],
        [A, B, A, A, B],
        [A, A, B, A, B],
    ]
};

/// How wide an EAN-13 is without its quiet zones, in modules.
pub const WIDTH: i64 = 95;
/// How wide an add-on of five digits is, in modules.
pub const ADDON_WIDTH: i64 = 47;

/// A digit of the left half: a space first.
fn left(digit: u8, second: bool) -> [u8; 4] {
    let mut widths = WIDTHS[usize::from(digit % 10)];
    if second {
        widths.reverse();
    }
    widths
}

/// The bars of thirteen digits. The last is taken for right: see [`isbn`].
pub fn ean13(digits: &[u8; 13]) -> Bars {
    let sets = FIRST[usize::from(digits[0] % 10)];
    let mut bars = vec![1, 1, 1];
    for (digit, second) in digits[1..7].iter().zip(sets) {
        bars.extend(left(*digit, second));
    }
    bars.extend(repeat_n(1, 5));
    for digit in &digits[7..] {
        bars.extend(left(*digit, false));
    }
    bars.extend([1, 1, 1]);
    bars
}

/// The bars of an add-on.
pub fn addon(digits: &[u8; 5]) -> Bars {
    let [a, b, c, d, e] = digits.map(u32::from);
    let check = (3 * (a + c + e) + 9 * (b + d)) % 10;
    let sets = ADDON[check as usize];
    let mut bars = vec![1, 1, 2];
    for (at, (digit, second)) in digits.iter().zip(sets).enumerate() {
        // The guard ends with a bar; so does a separator of a space and a bar.
        if at > 0 {
            bars.extend([1, 1]);
        }
        bars.extend(left(*digit, second));
    }
    bars
}

/// The thirteen digits of an ISBN, however it is written; one of ten is made one of thirteen. `None` if it is no ISBN or
/// its check digit is wrong: no till knows such a book.
pub fn isbn(written: &str) -> Option<[u8; 13]> {
    let mut digits = Vec::new();
    let written = written.trim();
    let written = written.strip_prefix("ISBN").unwrap_or(written);
    for c in written.trim_start_matches([':', ' ']).chars() {
        match c {
            '-' | ' ' | '\u{2010}'..='\u{2013}' => {}
            'X' | 'x' if digits.len() == 9 => digits.push(10),
            c => digits.push(c.to_digit(10)? as u8),
        }
    }
    match digits.len() {
        10 => {
            let weights = (1..=10u32).rev();
            let sum: u32 = weights.zip(&digits).map(|(w, d)| w * u32::from(*d)).sum();
            if !sum.is_multiple_of(11) {
                return None;
            }
            let mut all = [9, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            all[3..12].copy_from_slice(&digits[..9]);
            all[12] = check(&all);
            Some(all)
        }
        13 => {
            let all: [u8; 13] = digits.try_into().ok()?;
            (check(&all) == all[12]).then_some(all)
        }
        _ => None,
    }
}

/// The check digit of the first twelve.
fn check(digits: &[u8; 13]) -> u8 {
    let weights = [1u32, 3].into_iter().cycle();
    let sum: u32 = weights
        .zip(&digits[..12])
        .map(|(weight, digit)| weight * u32::from(*digit))
        .sum();
    ((10 - sum % 10) % 10) as u8
}

/// The add-on's digits for a price: the currency's own digit and the price in hundredths, as the Book Industry Study
/// Group's guidelines for the machine-readable coding of books have it. `None` for a currency without a digit. What
/// costs 100 or more is a 9999, which sends a clerk to look.
pub fn price(currency: &str, hundredths: u32) -> Option<[u8; 5]> {
    let currency = match currency {
        "GBP" => 0,
        "AUD" => 3,
        "NZD" => 4,
        "USD" => 5,
        "CAD" => 6,
        _ => return None,
    };
    let amount = hundredths.min(9999);
    let digit = |of: u32| (amount / of % 10) as u8;
    Some([currency, digit(1000), digit(100), digit(10), digit(1)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(bars: &Bars) -> String {
        let mut out = String::new();
        for (at, width) in bars.iter().enumerate() {
            let c = if at % 2 == 0 { '#' } else { '.' };
            out.extend(repeat_n(c, usize::from(*width)));
        }
        out
    }

    #[test]
    fn isbns_are_read_and_their_check_digits_tried() {
        let digits = |text: &str| isbn(text).map(|digits| digits.map(|d| d.to_string()).concat());
        let wanted = Some("9780306406157".to_owned());
        assert_eq!(digits("978-0-306-40615-7"), wanted);
        assert_eq!(digits("ISBN 978 0 306 40615 7"), wanted);
        assert_eq!(digits("0-306-40615-2"), wanted);
        assert_eq!(digits("0-8044-2957-X"), Some("9780804429573".to_owned()));
        for bad in ["978-0-306-40615-8", "0-306-40615-3", "978", "", "X"] {
            assert_eq!(digits(bad), None, "{bad}");
        }
    }

    #[test]
    fn bars_are_those_of_the_standard() {
        let bars = modules(&ean13(&isbn("978-0-306-40615-7").unwrap()));
        assert_eq!(bars.len() as i64, WIDTH);
        // Guard, 7 8 0 3 0 6 in the sets A B B A B A, middle guard, 4 0 6 1 5 7, guard.
        let wanted = [
            "#.#", ".###.##", "...#..#", ".#..###", ".####.#", ".#..###", ".#.####", ".#.#.",
            "#.###..", "###..#.", "#.#....", "##..##.", "#..###.", "#...#..", "#.#",
        ];
        assert_eq!(bars, wanted.concat());
    }

    #[test]
    fn an_addon_tells_its_check_digit_by_its_sets() {
        // 5 1 4 9 5: 3 × (5 + 4 + 5) + 9 × (1 + 9) = 132, so the sets of 2: B A A B A.
        let bars = modules(&addon(&[5, 1, 4, 9, 5]));
        assert_eq!(bars.len() as i64, ADDON_WIDTH);
        let wanted = [
            "#.##", ".###..#", ".#", "..##..#", ".#", ".#...##", ".#", "..#.###", ".#", ".##...#",
        ];
        assert_eq!(bars, wanted.concat());
        // 3 0 7 5 5: 3 × (3 + 7 + 5) + 9 × (0 + 5) = 90, so those of 0: B B A A A.
        let bars = modules(&addon(&[3, 0, 7, 5, 5]));
        assert!(bars.starts_with("#.##.#....#.#.#..###"), "{bars}");
    }

    #[test]
    fn prices_have_their_currency_first() {
        assert_eq!(price("USD", 1499), Some([5, 1, 4, 9, 9]));
        assert_eq!(price("GBP", 999), Some([0, 0, 9, 9, 9]));
        assert_eq!(price("USD", 12_000), Some([5, 9, 9, 9, 9]));
        assert_eq!(price("EUR", 1499), None);
    }
}
