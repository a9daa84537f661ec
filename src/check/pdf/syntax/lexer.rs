//! Bytes to tokens (ISO 32000-1, 7.2 and 7.3). Never fails: what is nothing else is a word.

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    Integer(i64),
    Real(f64),
    String(Vec<u8>),
    Name(Vec<u8>),
    ArrayOpen,
    ArrayClose,
    DictOpen,
    DictClose,
    /// A keyword, an operator, or something unknown. Of a string that does not end, its first byte.
    Word(&'a [u8]),
    End,
}

/// White space (table 1).
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

/// Reads tokens one by one.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    pub(crate) bytes: &'a [u8],
    /// Where the next token is looked for.
    pub(crate) at: usize,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Lexer<'a> {
        Lexer { bytes, at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes behind white space and comments.
    pub(crate) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, 10 | 13)) {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// The next token; [`Token::End`] for ever after the last.
    pub(crate) fn token(&mut self) -> Token<'a> {
        self.skip_space();
        let start = self.at;
        let Some(byte) = self.peek() else {
            return Token::End;
        };
        self.at += 1;
        match byte {
            b'[' => Token::ArrayOpen,
            b']' => Token::ArrayClose,
            b'/' => Token::Name(self.name()),
            b'(' => self.literal(start),
            b'<' if self.peek() == Some(b'<') => {
                self.at += 1;
                Token::DictOpen
            }
            b'<' => self.hexadecimal(start),
            b'>' if self.peek() == Some(b'>') => {
                self.at += 1;
                Token::DictClose
            }
            b')' | b'>' | b'{' | b'}' => Token::Word(&self.bytes[start..self.at]),
            _ => {
                while self.peek().is_some_and(is_regular) {
                    self.at += 1;
                }
                let word = &self.bytes[start..self.at];
                number(word).unwrap_or(Token::Word(word))
            }
        }
    }

    /// A name behind its slash; `#xx` is a byte.
    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let digits = (self.bytes.get(self.at), self.bytes.get(self.at + 1));
            let escape = match digits {
                (Some(high), Some(low)) if byte == b'#' => hex(*high).zip(hex(*low)),
                _ => None,
            };
            match escape {
                Some((high, low)) => {
                    self.at += 2;
                    name.push(high << 4 | low);
                }
                None => name.push(byte),
            }
        }
        name
    }

    fn unended(&mut self, start: usize) -> Token<'a> {
        self.at = start + 1;
        Token::Word(&self.bytes[start..=start])
    }

    /// A string in parentheses, behind the first.
    fn literal(&mut self, start: usize) -> Token<'a> {
        let mut text = Vec::new();
        let mut open = 1usize;
        loop {
            let Some(byte) = self.peek() else {
                // Going on from here instead of its start keeps a file of open parentheses from being read over and over.
                return Token::Word(&self.bytes[start..=start]);
            };
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Token::String(text);
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    /// What a backslash says, behind it.
    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else {
            return;
        };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else {
                        break;
                    };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                // Overflow is ignored (7.3.4.2).
                text.push(value as u8);
            }
            other => text.push(other),
        }
    }

    /// A string in angle brackets, behind the first.
    fn hexadecimal(&mut self, start: usize) -> Token<'a> {
        let mut text = Vec::new();
        let mut half = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                text.extend(half.map(|high: u8| high << 4));
                return Token::String(text);
            }
            if is_space(byte) {
                continue;
            }
            let Some(digit) = hex(byte) else {
                return self.unended(start);
            };
            half = match half {
                Some(high) => {
                    text.push(high << 4 | digit);
                    None
                }
                None => Some(digit),
            };
        }
        Token::Word(&self.bytes[start..=start])
    }
}

/// The value of a hexadecimal digit.
pub(crate) fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// A number (7.3.3). More digits than any number has are no number.
fn number(word: &[u8]) -> Option<Token<'static>> {
    let digits = match word {
        [b'+' | b'-', rest @ ..] => rest,
        all => all,
    };
    let mut points = 0;
    let mut seen = false;
    for byte in digits {
        match byte {
            b'0'..=b'9' => seen = true,
            b'.' => points += 1,
            _ => return None,
        }
    }
    if !seen || points > 1 {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    if points == 0 {
        return text.parse().ok().map(Token::Integer);
    }
    text.parse().ok().map(Token::Real)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &[u8]) -> Vec<Token<'_>> {
        let mut lexer = Lexer::new(text, 0);
        let next = || Some(lexer.token()).filter(|token| *token != Token::End);
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn tokens_of_all_kinds() {
        assert_eq!(
            tokens(b"-12 +.5 4. /A#20b<</K[(a(b)\\)\\101\\\n)<4 1 5>]>>% end\nobj"),
            [
                Token::Integer(-12),
                Token::Real(0.5),
                Token::Real(4.0),
                Token::Name(b"A b".to_vec()),
                Token::DictOpen,
                Token::Name(b"K".to_vec()),
                Token::ArrayOpen,
                Token::String(b"a(b))A".to_vec()),
                Token::String(b"AP".to_vec()),
                Token::ArrayClose,
                Token::DictClose,
                Token::Word(b"obj"),
            ]
        );
    }

    #[test]
    fn what_does_not_end_is_a_word() {
        assert_eq!(tokens(b"(abc"), [Token::Word(b"(")]);
        assert_eq!(tokens(b"<4x"), [Token::Word(b"<"), Token::Word(b"4x")]);
        assert_eq!(
            tokens(b"1.2.3 --4 ."),
            [
                Token::Word(b"1.2.3"),
                Token::Word(b"--4"),
                Token::Word(b".")
            ]
        );
        assert_eq!(
            tokens(b"99999999999999999999"),
            [Token::Word(b"99999999999999999999")]
        );
    }
}
