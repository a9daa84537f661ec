//! What pages show: their content, run through without drawing it (ISO 32000-1, 8 and 9).
//!
//! In: a page's content, its resources, the fonts. Out: strings with their places, marks, colours, pictures, and what is wrong. Forms are
//! run through where they are drawn. All steps of a file are counted together: a form that draws forms that draw forms ends the reading.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::document::{Colour, Page};
use super::super::fault::Several;
use super::super::feature::Feature;
use super::super::syntax::{Dict, File, NULL, Object};
use super::content::{Operators, Step};
use super::features::{INTENTS, is_transparent};
use super::fonts::Fonts;
use super::spaces::{alternate, space};

/// Operators that all pages may have together. Maps of whole countries have a few million.
pub(crate) const STEPS: u64 = 32_000_000;

/// What a string counts besides, for it is kept.
pub(super) const STRING: u64 = 4;

/// What drawing a form counts besides, for it is decoded.
pub(super) const FORM: u64 = 64;

/// Bytes of content that count as a step.
const BYTES: u64 = 16;

/// Forms in forms, at most.
pub(super) const FORMS: usize = 64;

/// States or marks within each other, at most (annex C says 28); what is deeper is run through without.
pub(super) const DEPTH: usize = 1024;

/// A linear map: `x' = ax + cy + e`, `y' = bx + dy + f`.
pub(crate) type Map = [f64; 6];

pub(super) const IDENTITY: Map = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `one`, then `two`.
pub(super) fn then(one: Map, two: Map) -> Map {
    let [a, b, c, d, e, f] = one;
    let [g, h, i, j, k, l] = two;
    [
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + l,
    ]
}

/// What a page shows besides what stands in [`Page`].
#[derive(Debug, Default)]
pub(crate) struct Shown {
    pub(crate) page: Page,
    /// For each font shown: its codes that tell no character, with their marks, and those without a glyph.
    pub(crate) fonts: BTreeMap<usize, Codes>,
    /// Pictures by the place of their dictionary, with their sizes.
    pub(crate) pictures: Vec<(Picture, [f64; 2])>,
    /// Words that are no operators.
    pub(crate) unknown: Several,
    /// What the content names and the resources do not have.
    pub(crate) unnamed: Several,
    /// Whether marks are not closed, or closed twice.
    pub(crate) unbalanced: bool,
    /// Whether decoration stands in what is tagged, and what is tagged in decoration.
    pub(crate) nested: [bool; 2],
    /// Whether something is drawn that what is below shows through.
    pub(crate) is_transparent: bool,
    /// What else the content uses that standards restrict.
    pub(crate) used: BTreeSet<Feature>,
}

/// What is to be told of the codes of a font.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    pub(crate) lost: BTreeMap<u32, Option<u32>>,
    pub(crate) missing: Vec<u32>,
    /// Whether the file says another width of one than its program.
    pub(crate) differs: bool,
    /// Whether some of them can be seen.
    pub(crate) is_visible: bool,
}

/// A picture on a page.
#[derive(Clone, Debug)]
pub(crate) enum Picture {
    /// By the number of its object.
    Object(u32),
    /// In the content: its width and height.
    Inline(u32, u32, Option<Colour>),
}

/// What text is set with (9.3).
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) map: Map,
    pub(super) font: Option<usize>,
    pub(super) size: f64,
    pub(super) letters: f64,
    pub(super) words: f64,
    pub(super) scale: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: i64,
    /// Whether a colour was set: what is painted without is black.
    pub(super) is_coloured: bool,
}

impl Default for State {
    fn default() -> State {
        State {
            map: IDENTITY,
            font: None,
            size: 0.0,
            letters: 0.0,
            words: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            is_coloured: false,
        }
    }
}

/// A mark around content (14.6), with all that the marks around it say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mark {
    /// The innermost mark that tags know.
    pub(super) mcid: Option<u32>,
    pub(super) is_artifact: bool,
    pub(super) has_text: bool,
    /// Whether it names a language.
    pub(super) speaks: bool,
}

/// A run through the content of one page.
pub(crate) struct Run<'r, 'f> {
    pub(super) file: &'f File<'f>,
    pub(super) fonts: &'r Fonts,
    pub(super) steps: &'r AtomicU64,
    pub(super) shown: Shown,
    pub(super) marks: Vec<Mark>,
    /// Marks deeper than are kept.
    pub(super) deeper: usize,
    /// The form that is run through, if it has tags of its own.
    pub(super) form: Option<u32>,
    /// Codes that were looked at, by font.
    pub(super) seen: BTreeMap<usize, std::collections::BTreeSet<u32>>,
}

impl<'r, 'f> Run<'r, 'f> {
    pub(crate) fn new(file: &'f File<'f>, fonts: &'r Fonts, steps: &'r AtomicU64) -> Run<'r, 'f> {
        Run {
            file,
            fonts,
            steps,
            shown: Shown::default(),
            marks: Vec::new(),
            deeper: 0,
            form: None,
            seen: BTreeMap::new(),
        }
    }

    /// Runs through a page and the notes on it.
    pub(crate) fn page(
        mut self,
        content: &[u8],
        resources: &'f Object,
        notes: &'f [Object],
    ) -> Shown {
        self.run(content, resources.dict(), State::default(), &mut Vec::new());
        self.shown.unbalanced |= !self.marks.is_empty();
        self.appearances(notes);
        self.shown
    }

    /// Runs through content. `above` are the forms that it is drawn by.
    pub(super) fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'f Dict>,
        first: State,
        above: &mut Vec<u32>,
    ) {
        let mut state = first;
        let mut saved: Vec<State> = Vec::new();
        let (mut text, mut line) = (IDENTITY, IDENTITY);
        let outer = self.marks.len();
        self.steps
            .fetch_add(content.len() as u64 / BYTES, Ordering::Relaxed);
        let mut operators = Operators::new(content);
        while let Some(step) = operators.next() {
            // Counted by all threads: past the limit the file is refused, whoever comes there first.
            if self.steps.fetch_add(1, Ordering::Relaxed) > STEPS {
                return;
            }
            let name = match step {
                Step::Operator(name) => name,
                Step::Picture(keys) => {
                    self.inline(&keys, &state, resources);
                    continue;
                }
                Step::Unknown(what) => {
                    self.shown.unknown.add(|| what);
                    continue;
                }
            };
            let operands = operators.operands.as_slice();
            let number = |at: usize| {
                operands
                    .get(at)
                    .and_then(Object::number)
                    .unwrap_or_default()
            };
            let named = || operands.last().and_then(Object::name).unwrap_or_default();
            match name {
                "q" if saved.len() < DEPTH => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.map = then(std::array::from_fn(number), state.map),
                "BT" => (text, line) = (IDENTITY, IDENTITY),
                "Tc" => state.letters = number(0),
                "Tw" => state.words = number(0),
                "Tz" => state.scale = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Tr" => {
                    state.mode = operands
                        .first()
                        .and_then(Object::integer)
                        .unwrap_or_default()
                }
                "Tf" => {
                    let name = operands.first().and_then(Object::name).unwrap_or_default();
                    state.font = self.font(resources, &name);
                    state.size = number(1);
                }
                "Td" | "TD" => {
                    if name == "TD" {
                        state.leading = -number(1);
                    }
                    line = then([1.0, 0.0, 0.0, 1.0, number(0), number(1)], line);
                    text = line;
                }
                "Tm" => {
                    line = std::array::from_fn(number);
                    text = line;
                }
                "T*" | "'" | "\"" => {
                    line = then([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], line);
                    text = line;
                    if name == "\"" {
                        (state.words, state.letters) = (number(0), number(1));
                    }
                    if name != "T*" {
                        self.show(operands.last().into_iter(), &state, &mut text, resources);
                    }
                }
                "Tj" => self.show(operands.last().into_iter(), &state, &mut text, resources),
                "TJ" => {
                    let items = operands.last().and_then(Object::array).unwrap_or_default();
                    self.show(items.iter(), &state, &mut text, resources);
                }
                "g" | "G" | "rg" | "RG" | "k" | "K" => {
                    state.is_coloured = true;
                    let colour = match name {
                        "g" | "G" => Colour::Grey,
                        "rg" | "RG" => Colour::Rgb,
                        _ => Colour::Cmyk,
                    };
                    self.colour(colour, resources);
                }
                "cs" | "CS" => {
                    state.is_coloured = true;
                    self.named_space(resources, &named());
                }
                "scn" | "SCN" => {
                    if let Some(name) = operands.last().and_then(Object::name) {
                        self.pattern(resources, &name, &state, above);
                    }
                }
                "ri" => {
                    let intent = named();
                    if !INTENTS.contains(&intent.as_str()) {
                        self.shown.used.insert(Feature::UnknownIntent);
                    }
                }
                "gs" => {
                    let found = self.resource(resources, "ExtGState", &named());
                    let found = found.dict();
                    self.shown.is_transparent |=
                        found.is_some_and(|found| is_transparent(self.file, found));
                }
                "sh" => {
                    self.untagged(2);
                    let shading = self.resource(resources, "Shading", &named());
                    if let Some(shading) = shading.dict() {
                        self.space(shading.raw("ColorSpace"), resources);
                    }
                }
                "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*" => {
                    self.untagged(2);
                    self.uncoloured(&state, resources);
                }
                "BMC" => self.mark(&named(), &NULL),
                "BDC" => {
                    let tag = operands.first().and_then(Object::name).unwrap_or_default();
                    let own = operands.last().unwrap_or(&NULL);
                    match own.name() {
                        Some(name) => {
                            let found = self.resource(resources, "Properties", &name);
                            self.mark(&tag, found);
                        }
                        None => self.mark(&tag, own),
                    }
                }
                "EMC" => {
                    if self.deeper > 0 {
                        self.deeper -= 1;
                    } else if self.marks.len() > outer {
                        self.marks.pop();
                    } else {
                        self.shown.unbalanced = true;
                    }
                }
                "Do" => {
                    let name = named();
                    self.object(resources, &name, &state, above);
                }
                _ => {}
            }
        }
    }

    /// What the resources have under a name; null, with a fault, if nothing.
    pub(super) fn resource(
        &mut self,
        resources: Option<&'f Dict>,
        kind: &str,
        name: &str,
    ) -> &'f Object {
        let (file, found) = (
            self.file,
            resources.and_then(|all| self.file.dict(all, kind)),
        );
        let found = found.map_or(&NULL, |list| file.get(list, name));
        if found.is_null() {
            // To tell of it costs more than most operators.
            self.steps.fetch_add(FORM, Ordering::Relaxed);
            self.shown.unnamed.add_new(format!("`{name}` of `{kind}`"));
        }
        found
    }

    fn font(&mut self, resources: Option<&'f Dict>, name: &str) -> Option<usize> {
        let dict = self.resource(resources, "Font", name).dict()?;
        let number = self.fonts.number(dict)?;
        self.shown.fonts.entry(number).or_default();
        Some(number)
    }

    pub(super) fn colour(&mut self, colour: Colour, resources: Option<&'f Dict>) {
        let colour = self.defaulted(colour, resources);
        self.shown.page.colours.insert(colour);
    }

    /// A colour, or that of the default space that takes the place of a device's own (8.6.5.6).
    fn defaulted(&self, colour: Colour, resources: Option<&'f Dict>) -> Colour {
        let default = match colour {
            Colour::Grey => "DefaultGray",
            Colour::Rgb => "DefaultRGB",
            Colour::Cmyk => "DefaultCMYK",
            _ => "",
        };
        let spaces = resources.and_then(|all| self.file.dict(all, "ColorSpace"));
        let is_meant = spaces.is_some_and(|spaces| spaces.has(default));
        if is_meant { Colour::Measured } else { colour }
    }

    fn named_space(&mut self, resources: Option<&'f Dict>, name: &str) {
        let own = Object::Name(name.as_bytes().to_vec());
        if let Some(colour) = space(self.file, &own) {
            self.colour(colour, resources);
            return;
        }
        let found = self.resource(resources, "ColorSpace", name);
        self.space(found, resources);
    }

    pub(super) fn space(&mut self, value: &Object, resources: Option<&'f Dict>) {
        if let Some(colour) = space(self.file, value) {
            self.colour(colour, resources);
        }
        if let Some(colour) = alternate(self.file, value) {
            let colour = self.defaulted(colour, resources);
            self.shown.page.alternates.insert(colour);
        }
    }

    /// What is painted in no colour that was set.
    pub(super) fn uncoloured(&mut self, state: &State, resources: Option<&'f Dict>) {
        if !state.is_coloured {
            self.colour(Colour::Grey, resources);
        }
    }
}

/// The size on the page of what fills the unit square.
pub(super) fn size([a, b, c, d, ..]: Map) -> [f64; 2] {
    [a.hypot(b), c.hypot(d)]
}
