//! All things on a page, frames in frames opened up, without recursion: nesting is an author's and has no limit.

use crate::typeset::frame::{Frame, Item};

/// The things of a frame, in the order of drawing; groups themselves are left out.
pub struct Walk<'a> {
    stack: Vec<std::slice::Iter<'a, (crate::unit::Point, Item)>>,
}

impl<'a> Walk<'a> {
    /// Begins at a frame.
    pub fn new(frame: &'a Frame) -> Walk<'a> {
        Walk {
            stack: vec![frame.items.iter()],
        }
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = &'a Item;

    fn next(&mut self) -> Option<&'a Item> {
        loop {
            match self.stack.last_mut()?.next() {
                Some((_, Item::Group(frame) | Item::Turned(frame) | Item::Clipped(frame))) => {
                    self.stack.push(frame.items.iter());
                }
                Some((_, item)) => return Some(item),
                None => {
                    self.stack.pop();
                }
            }
        }
    }
}
