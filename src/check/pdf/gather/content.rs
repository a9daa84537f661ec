//! Content streams to operators with their operands (ISO 32000-1, 7.8.2).

use super::super::syntax::{Lexer, Object, Token, is_space, value};

/// Operands of one operator, at most: more than any has (annex C); those before the last so many are forgotten.
const OPERANDS: usize = 64;

/// Values in one operand: letters of one line, more than on any page.
const INNER: u64 = 1 << 20;

/// Whether there is such an operator (annex A). Those of inline pictures are read with them.
fn is_known(word: &str) -> bool {
    matches!(
        word,
        "b" | "B"
            | "b*"
            | "B*"
            | "BDC"
            | "BMC"
            | "BT"
            | "BX"
            | "c"
            | "cm"
            | "CS"
            | "cs"
            | "d"
            | "d0"
            | "d1"
            | "Do"
            | "DP"
            | "EMC"
            | "ET"
            | "EX"
            | "f"
            | "F"
            | "f*"
            | "G"
            | "g"
            | "gs"
            | "h"
            | "i"
            | "j"
            | "J"
            | "K"
            | "k"
            | "l"
            | "m"
            | "M"
            | "MP"
            | "n"
            | "q"
            | "Q"
            | "re"
            | "RG"
            | "rg"
            | "ri"
            | "s"
            | "S"
            | "SC"
            | "sc"
            | "SCN"
            | "scn"
            | "sh"
            | "T*"
            | "Tc"
            | "Td"
            | "TD"
            | "Tf"
            | "Tj"
            | "TJ"
            | "TL"
            | "Tm"
            | "Tr"
            | "Ts"
            | "Tw"
            | "Tz"
            | "v"
            | "w"
            | "W"
            | "W*"
            | "y"
            | "'"
            | "\""
    )
}

/// A step through a content stream.
#[derive(Debug)]
pub(crate) enum Step<'a> {
    /// An operator; its operands stand in [`Operators::operands`].
    Operator(&'a str),
    /// A picture in the content, with its dictionary's keys and values.
    Picture(Vec<Object>),
    /// Something that is no operator.
    Unknown(String),
}

/// Reads operators one by one.
pub(crate) struct Operators<'a> {
    lexer: Lexer<'a>,
    pub(crate) operands: Vec<Object>,
    /// Whether what is not known is to be passed over (BX, EX).
    lenient: usize,
}

impl<'a> Operators<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Operators<'a> {
        Operators {
            lexer: Lexer::new(bytes, 0),
            operands: Vec::new(),
            lenient: 0,
        }
    }

    /// The next step; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Step<'a>> {
        self.operands.clear();
        loop {
            self.lexer.skip_space();
            let start = self.lexer.at;
            let operand = match self.lexer.token() {
                Token::End => return None,
                Token::Integer(number) => Object::Integer(number),
                Token::Real(number) => Object::Real(number),
                Token::String(text) => Object::String(text),
                Token::Name(name) => Object::Name(name),
                Token::ArrayOpen | Token::DictOpen => {
                    let behind = self.lexer.at;
                    self.lexer.at = start;
                    match value(&mut self.lexer, &mut INNER.clone()) {
                        Ok(operand) => operand,
                        Err(_) => {
                            // Going on behind what was read, never before: a stream of brackets is read once.
                            self.lexer.at = self.lexer.at.max(behind);
                            return Some(Step::Unknown("a list that is not closed".to_owned()));
                        }
                    }
                }
                Token::ArrayClose | Token::DictClose => return Some(Step::Unknown("]".to_owned())),
                Token::Word(b"true") => Object::Boolean(true),
                Token::Word(b"false") => Object::Boolean(false),
                Token::Word(b"null") => Object::Null,
                Token::Word(b"BI") => return Some(self.picture()),
                Token::Word(word) => {
                    let word = std::str::from_utf8(word).unwrap_or("\u{fffd}");
                    match word {
                        "BX" => self.lenient += 1,
                        "EX" => self.lenient = self.lenient.saturating_sub(1),
                        _ => {}
                    }
                    if is_known(word) || self.lenient > 0 {
                        return Some(Step::Operator(word));
                    }
                    return Some(Step::Unknown(format!(
                        "`{}`",
                        word.chars().take(20).collect::<String>()
                    )));
                }
            };
            if self.operands.len() == OPERANDS {
                self.operands.remove(0);
            }
            self.operands.push(operand);
        }
    }

    /// A picture, behind its `BI` (8.9.7).
    fn picture(&mut self) -> Step<'a> {
        let mut keys = Vec::new();
        loop {
            self.lexer.skip_space();
            let start = self.lexer.at;
            match self.lexer.token() {
                Token::Word(b"ID") => break,
                Token::End => return Step::Picture(keys),
                _ => {
                    let behind = self.lexer.at;
                    self.lexer.at = start;
                    match value(&mut self.lexer, &mut INNER.clone()) {
                        Ok(found) if keys.len() < OPERANDS => keys.push(found),
                        _ => self.lexer.at = self.lexer.at.max(behind),
                    }
                }
            }
        }
        let bytes = self.lexer.bytes;
        let start = (self.lexer.at + 1).min(bytes.len());
        let is_end = |at: &usize| {
            bytes[*at..].starts_with(b"EI")
                && (*at == start || is_space(bytes[*at - 1]))
                && bytes.get(*at + 2).is_none_or(|byte| is_space(*byte))
                // What follows the picture is text; what only looks like its end is followed by more of it.
                && bytes[*at + 2..].iter().take(12).all(|byte| byte.is_ascii_graphic() || is_space(*byte))
        };
        let end = (start..bytes.len()).find(is_end);
        self.lexer.at = end.map_or(bytes.len(), |end| end + 2);
        Step::Picture(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(bytes: &[u8]) -> Vec<String> {
        let mut operators = Operators::new(bytes);
        let mut steps = Vec::new();
        while let Some(step) = operators.next() {
            steps.push(match step {
                Step::Operator(name) => format!("{name}/{}", operators.operands.len()),
                Step::Picture(keys) => format!("picture/{}", keys.len()),
                Step::Unknown(what) => format!("?{what}"),
            });
        }
        steps
    }

    #[test]
    fn operators_come_with_their_operands() {
        assert_eq!(
            steps(b"q 1 0 0 1 5 5 cm [(a) -20 (b)] TJ /P <</MCID 3>> BDC T* ' EMC"),
            ["q/0", "cm/6", "TJ/1", "BDC/2", "T*/0", "'/0", "EMC/0"]
        );
        assert_eq!(
            steps(b"BI /W 2 /H 2 ID \x00EI \x80 \xffEI\nEI Q"),
            ["picture/4", "Q/0"]
        );
        assert_eq!(
            steps(b"1 foo BX bar EX ] [1"),
            [
                "?`foo`",
                "BX/0",
                "bar/0",
                "EX/0",
                "?]",
                "?a list that is not closed"
            ]
        );
    }
}
