//! Numbers as books write them without Arabic figures.
//!
//! In: a number. Out: its numerals or letters, as pages, parts, chapters, notes and the page labels of a PDF have them.

/// I, II, III; Arabic for 0, and from 4000 on, where Rome had no letters.
pub fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number >= 4000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

/// a to z, then aa to zz, aaa to zzz, as notes and the pages of a PDF (ISO 32000-1, 12.4.2) are told apart; Arabic for 0, and beyond
/// sixteen letters, which nobody counts.
pub fn doubled(number: u32) -> String {
    let Some(at) = number.checked_sub(1) else {
        return number.to_string();
    };
    let times = at / 26 + 1;
    if times > 16 {
        return number.to_string();
    }
    // 26 letters, so the remainder is one of them.
    let letter = char::from(b'a' + (at % 26) as u8);
    std::iter::repeat_n(letter, times as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_roman() {
        let known = [
            (1, "I"),
            (4, "IV"),
            (9, "IX"),
            (14, "XIV"),
            (49, "XLIX"),
            (1994, "MCMXCIV"),
            (3999, "MMMCMXCIX"),
            (4000, "4000"),
            (0, "0"),
        ];
        for (number, text) in known {
            assert_eq!(roman(number), text);
        }
    }

    #[test]
    fn letters_are_doubled_after_the_last() {
        let known = [
            (1, "a"),
            (2, "b"),
            (26, "z"),
            (27, "aa"),
            (53, "aaa"),
            (0, "0"),
            (417, "417"),
        ];
        for (number, text) in known {
            assert_eq!(doubled(number), text);
        }
    }
}
