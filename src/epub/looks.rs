//! Which characters are set in which face, and with which of its features.
//!
//! In: the theme; roles and classes entered and left, words read, as a chapter is written. Out: a [`Usage`]: for each stack
//! of families, weight, slant and set of features the characters that stand in it. It is what the style sheet's cascade
//! comes to, so that no face is embedded that nothing is set in, and no small capital that nothing asks for.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Role;
use crate::theme::{Caps, Declaration, Family, LeadIn, Theme};

/// How words are set, as far as it decides their face and what it must have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look<'a> {
    pub families: &'a [Family],
    pub weight: u16,
    pub italic: bool,
    /// Beside those that every text has.
    pub features: BTreeSet<[u8; 4]>,
    /// Lower case is shown as capitals, or as small ones that are made of capitals where a face has none.
    capitals: bool,
}

/// The characters of each look.
pub(super) type Usage<'a> = BTreeMap<Look<'a>, BTreeSet<char>>;

impl<'a> Look<'a> {
    /// Lays declarations over it; `upright` if a slant means to stand out from slanted words.
    fn lay(&mut self, declarations: &'a [Declaration], upright: bool) {
        for declaration in declarations {
            match declaration {
                Declaration::Family(families) => self.families = families,
                Declaration::Weight(weight) => self.weight = *weight,
                Declaration::Italic(true) if upright && self.italic => self.italic = false,
                Declaration::Italic(italic) => self.italic = *italic,
                Declaration::Caps(caps) => {
                    let tags: &[[u8; 4]] = match caps {
                        Caps::None => &[],
                        Caps::Small => &[*b"smcp"],
                        Caps::AllSmall => &[*b"smcp", *b"c2sc"],
                        Caps::All => &[*b"case"],
                    };
                    self.swap(&[*b"smcp", *b"c2sc", *b"case"], tags);
                    self.capitals = *caps != Caps::None;
                }
                Declaration::Figures(figures) => {
                    let shape = if figures.old_style {
                        *b"onum"
                    } else {
                        *b"lnum"
                    };
                    let width = if figures.tabular { *b"tnum" } else { *b"pnum" };
                    let kinds = [*b"onum", *b"lnum", *b"tnum", *b"pnum"];
                    self.swap(&kinds, &[shape, width]);
                }
                Declaration::Ligatures(ligatures) => {
                    let kinds = [
                        (ligatures.discretionary, *b"dlig"),
                        (ligatures.historical, *b"hlig"),
                    ];
                    let wanted: Vec<_> = kinds.iter().filter(|kind| kind.0).map(|k| k.1).collect();
                    self.swap(&[*b"dlig", *b"hlig"], &wanted);
                }
                Declaration::Features(list) => {
                    let on = list.iter().filter(|(_, value)| *value > 0);
                    self.features.extend(on.map(|(tag, _)| *tag));
                }
                _ => {}
            }
        }
    }

    fn swap(&mut self, out: &[[u8; 4]], into: &[[u8; 4]]) {
        self.features.retain(|tag| !out.contains(tag));
        self.features.extend(into);
    }

    /// The first line is in small capitals.
    fn lead_in(&mut self) {
        self.features.insert(*b"smcp");
        self.capitals = true;
    }
}

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
    /// What a role comes to within a look.
    steps: BTreeMap<(usize, Role), usize>,
    /// The theme sets the first line below some title in small capitals.
    leads_in: bool,
}

/// Their lead-in is that of the text below them.
const TITLES: [Role; 3] = [Role::Heading1, Role::FrontTitle, Role::PartTitle];

impl<'a> Looks<'a> {
    /// Running text.
    pub fn new(theme: &'a Theme) -> Looks<'a> {
        let plain = Look {
            families: &[Family::Serif],
            weight: 400,
            italic: false,
            features: BTreeSet::new(),
            capitals: false,
        };
        let titles = TITLES.into_iter().flat_map(|role| theme.role(role));
        let mut said = titles.chain(theme.classes.values().flatten());
        let mut looks = Looks {
            theme,
            open: Vec::with_capacity(16),
            seen: vec![(plain, Bits::new())],
            steps: BTreeMap::new(),
            leads_in: said.any(leads_in),
        };
        looks.open.push(0);
        let body = looks.overlay(Role::Body);
        looks.open = vec![body];
        looks
    }

    fn around(&self) -> usize {
        self.open.last().copied().unwrap_or_default()
    }

    fn overlay(&mut self, role: Role) -> usize {
        let around = self.around();
        if let Some(known) = self.steps.get(&(around, role)) {
            return *known;
        }
        let mut look = self.seen[around].0.clone();
        let declarations = self.theme.role(role);
        // Emphasis among slanted words stands upright.
        look.lay(declarations, role == Role::Emphasis);
        if !TITLES.contains(&role) && declarations.iter().any(leads_in) {
            look.lead_in();
        }
        let at = self.place(look);
        self.steps.insert((around, role), at);
        at
    }

    fn place(&mut self, look: Look<'a>) -> usize {
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
            None => self.around(),
        };
        self.open.push(at);
    }

    /// The element that began last has a class; one that is called like a role looks like it.
    pub fn dress(&mut self, class: &str) {
        if let Some(role) = Role::named(class) {
            let at = self.overlay(role);
            self.put(at);
        }
        let declarations = self.theme.class(class);
        if !declarations.is_empty() {
            let mut look = self.seen[self.around()].0.clone();
            look.lay(declarations, false);
            let at = self.place(look);
            self.put(at);
        }
    }

    /// The paragraph that begins next is the first below a title: from now on, up to [`Looks::leave`], as the theme has it.
    pub fn open_text(&mut self) {
        let mut look = self.seen[self.around()].0.clone();
        if self.leads_in {
            look.lead_in();
        }
        let at = self.place(look);
        self.open.push(at);
    }

    fn put(&mut self, at: usize) {
        if let Some(last) = self.open.last_mut() {
            *last = at;
        }
    }

    /// It ends.
    pub fn leave(&mut self) {
        self.open.pop();
    }

    /// Words of the innermost element.
    pub fn read(&mut self, text: &str) {
        let at = self.around();
        self.seen[at].1.add(text);
    }

    /// What was set in what.
    pub fn finish(self) -> Usage<'a> {
        self.seen
            .into_iter()
            .map(|(look, bits)| {
                let mut chars = bits.chars();
                if look.capitals {
                    let capitals: Vec<char> = chars.iter().flat_map(|c| c.to_uppercase()).collect();
                    chars.extend(capitals);
                }
                (look, chars)
            })
            .filter(|(_, chars)| !chars.is_empty())
            .collect()
    }
}

fn leads_in(declaration: &Declaration) -> bool {
    matches!(declaration, Declaration::LeadIn(lead) if *lead != LeadIn::Words(0))
}
