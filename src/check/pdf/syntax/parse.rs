//! Tokens to values: containers stand on a stack of our own, so that no nesting can overflow the thread's.

use std::collections::BTreeMap;

use super::lexer::{Lexer, Token};
use super::object::{Dict, Object, Ref};

/// Containers in containers, at most. Writers nest a handful; dropping a value goes down by recursion, which this keeps shallow.
pub(crate) const NESTING: usize = 128;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It breaks off, or something stands where no value can.
    Unreadable,
    /// Containers in containers, too many.
    TooDeep,
    /// More values than this file may have.
    TooMany,
}

/// A container that is not closed yet. A dictionary is a list of keys and values until then.
struct Open {
    dict: bool,
    items: Vec<Object>,
}

/// Reads one value. `left` is how many more the file may have.
pub(crate) fn value(lexer: &mut Lexer<'_>, left: &mut u64) -> Result<Object, Flaw> {
    let mut stack: Vec<Open> = Vec::new();
    loop {
        *left = left.checked_sub(1).ok_or(Flaw::TooMany)?;
        let done = match lexer.token() {
            Token::Integer(value) if stack.is_empty() => return Ok(reference(lexer, value)),
            Token::Integer(value) => Object::Integer(value),
            Token::Real(value) => Object::Real(value),
            Token::String(text) => {
                // Long strings count for what they hold.
                *left = left.saturating_sub(text.len() as u64 / 32);
                Object::String(text)
            }
            Token::Name(name) => Object::Name(name),
            open @ (Token::ArrayOpen | Token::DictOpen) => {
                if stack.len() == NESTING {
                    return Err(Flaw::TooDeep);
                }
                stack.push(Open {
                    dict: open == Token::DictOpen,
                    items: Vec::new(),
                });
                continue;
            }
            Token::ArrayClose => match stack.pop() {
                Some(Open { dict: false, items }) => Object::Array(items),
                _ => return Err(Flaw::Unreadable),
            },
            Token::DictClose => match stack.pop() {
                Some(Open { dict: true, items }) => Object::Dict(paired(items)?),
                _ => return Err(Flaw::Unreadable),
            },
            Token::Word(b"true") => Object::Boolean(true),
            Token::Word(b"false") => Object::Boolean(false),
            Token::Word(b"null") => Object::Null,
            Token::Word(b"R") => {
                let items = stack.last_mut().map(|open| &mut open.items);
                items.and_then(pointed).ok_or(Flaw::Unreadable)?
            }
            Token::Word(_) | Token::End => return Err(Flaw::Unreadable),
        };
        match stack.last_mut() {
            Some(open) => open.items.push(done),
            None => return Ok(done),
        }
    }
}

/// Two numbers before an `R`, taken off the list.
fn pointed(items: &mut Vec<Object>) -> Option<Object> {
    let generation = items.pop()?.integer()?;
    let number = items.pop()?.integer()?;
    Some(Object::Reference(Ref {
        number: u32::try_from(number).ok()?,
        generation: u16::try_from(generation).ok()?,
    }))
}

/// A number that stands alone, or the reference that it begins.
fn reference(lexer: &mut Lexer<'_>, value: i64) -> Object {
    let behind = lexer.at;
    if let Token::Integer(generation) = lexer.token()
        && lexer.token() == Token::Word(b"R")
        && let (Ok(number), Ok(generation)) = (u32::try_from(value), u16::try_from(generation))
    {
        return Object::Reference(Ref { number, generation });
    }
    lexer.at = behind;
    Object::Integer(value)
}

/// Keys with their values. Of a key that stands there twice, the last value counts.
fn paired(items: Vec<Object>) -> Result<Dict, Flaw> {
    let mut map = BTreeMap::new();
    let mut items = items.into_iter();
    while let Some(key) = items.next() {
        let (Object::Name(key), Some(value)) = (key, items.next()) else {
            return Err(Flaw::Unreadable);
        };
        map.insert(key, value);
    }
    Ok(Dict(map))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<Object, Flaw> {
        value(&mut Lexer::new(text, 0), &mut 1000)
    }

    #[test]
    fn values_of_all_kinds() {
        let dict = read(b"<</A [1 2 R 3 4 0 R] /B<</C null>>>>").unwrap();
        let dict = dict.dict().unwrap();
        let to = |number, generation| Object::Reference(Ref { number, generation });
        assert_eq!(
            dict.raw("A").array().unwrap(),
            [to(1, 2), Object::Integer(3), to(4, 0)]
        );
        assert_eq!(read(b"7 0 R"), Ok(to(7, 0)));
        assert_eq!(read(b"7 0 obj"), Ok(Object::Integer(7)));
    }

    #[test]
    fn hostile_values_are_refused() {
        assert_eq!(read(&[b'['; 1000]), Err(Flaw::TooDeep));
        assert_eq!(read(&b"[0 ".repeat(100)), Err(Flaw::Unreadable));
        assert_eq!(
            read(&[b"[".to_vec(), b"0 ".repeat(2000)].concat()),
            Err(Flaw::TooMany)
        );
        for broken in [
            "<</A>>", "<<1 2>>", "[1 2", "]", ">>", "endobj", "", "[R]", "[/A 0 R]",
        ] {
            assert_eq!(read(broken.as_bytes()), Err(Flaw::Unreadable), "{broken}");
        }
    }
}
