//! Which characters are set in which face.
//!
//! In: the theme; roles entered and left, words read, as a chapter is written. Out: a [`Usage`]: for each stack of
//! families, weight and slant the characters that stand in it. It is what the style sheet's cascade comes to, so that no
//! face is embedded that nothing is set in.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Role;
use crate::theme::{Declaration, Family, Theme};

/// How words are set, as far as it decides their face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Look<'a> {
    pub families: &'a [Family],
    pub weight: u16,
    pub italic: bool,
}

/// The characters of each look.
pub(super) type Usage<'a> = BTreeMap<Look<'a>, BTreeSet<char>>;

/// A set of characters that is quick to add to: a bit for each of the Basic Multilingual Plane's, a tree for the rest.
struct Bits {
    plane: Vec<u64>,
    rest: BTreeSet<char>,
}

impl Bits {
    fn new() -> Bits {
        Bits {
            plane: vec![0; 1024],
            rest: BTreeSet::new(),
        }
    }

    fn add(&mut self, text: &str) {
        for c in text.chars() {
            let code = c as usize;
            match self.plane.get_mut(code >> 6) {
                Some(bits) => *bits |= 1 << (code & 63),
                None => {
                    self.rest.insert(c);
                }
            }
        }
    }

    fn chars(self) -> BTreeSet<char> {
        let mut all = self.rest;
        for (at, bits) in self
            .plane
            .iter()
            .enumerate()
            .filter(|(_, bits)| **bits != 0)
        {
            let codes = (0..64).filter(|bit| bits >> bit & 1 == 1);
            all.extend(codes.filter_map(|bit| char::from_u32((at * 64 + bit) as u32)));
        }
        all
    }
}

/// The looks of open elements.
pub(super) struct Looks<'a> {
    theme: &'a Theme,
    open: Vec<usize>,
    /// Looks seen so far; few, so they are looked through.
    seen: Vec<(Look<'a>, Bits)>,
}

impl<'a> Looks<'a> {
    /// Running text.
    pub fn new(theme: &'a Theme) -> Looks<'a> {
        let plain = Look {
            families: &[Family::Serif],
            weight: 400,
            italic: false,
        };
        let mut looks = Looks {
            theme,
            open: Vec::with_capacity(16),
            seen: vec![(plain, Bits::new())],
        };
        looks.open.push(0);
        let body = looks.overlay(Role::Body);
        looks.open = vec![body];
        looks
    }

    fn overlay(&mut self, role: Role) -> usize {
        let around = self.open.last().map_or(0, |at| *at);
        let mut look = self.seen[around].0;
        for declaration in self.theme.role(role) {
            match declaration {
                Declaration::Family(families) => look.families = families,
                Declaration::Weight(weight) => look.weight = *weight,
                // Emphasis among slanted words stands upright.
                Declaration::Italic(true) if role == Role::Emphasis && look.italic => {
                    look.italic = false;
                }
                Declaration::Italic(italic) => look.italic = *italic,
                _ => {}
            }
        }
        match self.seen.iter().position(|(seen, _)| *seen == look) {
            Some(at) => at,
            None => {
                self.seen.push((look, Bits::new()));
                self.seen.len() - 1
            }
        }
    }

    /// An element begins.
    pub fn enter(&mut self, role: Option<Role>) {
        let at = match role {
            Some(role) => self.overlay(role),
            None => self.open.last().map_or(0, |at| *at),
        };
        self.open.push(at);
    }

    /// It ends.
    pub fn leave(&mut self) {
        self.open.pop();
    }

    /// Words of the innermost element.
    pub fn read(&mut self, text: &str) {
        let at = self.open.last().map_or(0, |at| *at);
        self.seen[at].1.add(text);
    }

    /// What was set in what.
    pub fn finish(self) -> Usage<'a> {
        self.seen
            .into_iter()
            .map(|(look, bits)| (look, bits.chars()))
            .filter(|(_, chars)| !chars.is_empty())
            .collect()
    }
}
