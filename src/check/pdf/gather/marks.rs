//! Marks around content, pictures that stand in it, and how notes on a page look.

use super::super::document::Colour;
use super::super::feature::Feature;
use super::super::syntax::{Dict, File, NULL, Object};
use super::drawing::{DEPTH, Mark, Picture, Run, State, size};
use super::features::INTENTS;

impl<'f> Run<'_, 'f> {
    /// Opens a mark.
    pub(super) fn mark(&mut self, tag: &str, properties: &Object) {
        if self.marks.len() == DEPTH {
            self.deeper += 1;
            return;
        }
        let properties = properties.dict();
        let mcid = properties.and_then(|own| self.file.get(own, "MCID").integer());
        let mcid = mcid.and_then(|mcid| u32::try_from(mcid).ok());
        if let Some(mcid) = mcid {
            let marks = match self.form {
                None => &mut self.shown.page.marks,
                Some(form) => self.shown.page.forms.entry(form).or_default(),
            };
            *marks.entry(mcid).or_default() += 1;
        }
        let around = self.around();
        let is_artifact = tag == "Artifact";
        let speaks = around.speaks || properties.is_some_and(|own| own.has("Lang"));
        if speaks && self.form.is_none() {
            // A language within a tagged piece counts for the whole: writers put it around all of its words.
            self.shown.page.spoken.extend(mcid.or(around.mcid));
        }
        self.shown.nested[0] |= is_artifact && around.mcid.is_some();
        self.shown.nested[1] |= mcid.is_some() && around.is_artifact;
        let has_text = properties.is_some_and(|own| own.has("ActualText"));
        self.marks.push(Mark {
            mcid: mcid.or(around.mcid),
            is_artifact: is_artifact || around.is_artifact,
            has_text: has_text || around.has_text,
            speaks,
        });
    }

    /// The innermost mark, which says what all around it say too.
    pub(super) fn around(&self) -> Mark {
        self.marks.last().copied().unwrap_or_default()
    }

    /// Counts something shown outside all tags: a string (0), a picture (1) or a drawing (2).
    pub(super) fn untagged(&mut self, kind: usize) {
        let around = self.around();
        if around.mcid.is_none() && !around.is_artifact {
            let count = &mut self.shown.page.untagged[kind];
            *count = count.saturating_add(1);
        }
    }

    /// Shows a picture that stands in the content.
    pub(super) fn inline(&mut self, keys: &[Object], state: &State, resources: Option<&'f Dict>) {
        self.untagged(1);
        let find = |names: [&str; 2]| {
            let mut pairs = keys.chunks(2);
            let found = pairs.find(|pair| names.iter().any(|name| pair[0].is_name(name)));
            found.and_then(|pair| pair.get(1)).unwrap_or(&NULL)
        };
        let side = |names| {
            find(names)
                .integer()
                .and_then(|side| u32::try_from(side).ok())
                .unwrap_or(0)
        };
        let colour = match find(["CS", "ColorSpace"]).name().as_deref() {
            Some("G" | "DeviceGray") => Some(Colour::Grey),
            Some("RGB" | "DeviceRGB") => Some(Colour::Rgb),
            Some("CMYK" | "DeviceCMYK") => Some(Colour::Cmyk),
            _ => None,
        };
        match colour {
            Some(colour) => self.colour(colour, resources),
            // One that resources name, or a list.
            None => {
                let own = find(["CS", "ColorSpace"]);
                let named = own.name().filter(|name| {
                    let spaces = resources.and_then(|all| self.file.dict(all, "ColorSpace"));
                    spaces.is_some_and(|spaces| spaces.has(name))
                });
                match named {
                    Some(name) => {
                        let found = self.resource(resources, "ColorSpace", &name);
                        self.space(found, resources);
                    }
                    None => self.space(own, resources),
                }
            }
        }
        let smooth = find(["I", "Interpolate"]) == &Object::Boolean(true);
        let intent = find(["Intent", "Intent"]).name();
        let filter = find(["F", "Filter"]);
        let is_lzw = |filter: &Object| filter.is_name("LZW") || filter.is_name("LZWDecode");
        let all = [
            (smooth, Feature::Smoothed),
            (
                intent.is_some_and(|intent| !INTENTS.contains(&intent.as_str())),
                Feature::UnknownIntent,
            ),
            (
                is_lzw(filter) || filter.array().is_some_and(|all| all.iter().any(is_lzw)),
                Feature::Lzw,
            ),
        ];
        let used = all.into_iter().filter(|(holds, _)| *holds);
        self.shown.used.extend(used.map(|(_, feature)| feature));
        let picture = Picture::Inline(side(["W", "Width"]), side(["H", "Height"]), colour);
        self.shown.pictures.push((picture, size(state.map)));
    }

    /// Runs through a pattern that something is painted with.
    pub(super) fn pattern(
        &mut self,
        resources: Option<&'f Dict>,
        name: &str,
        state: &State,
        above: &mut Vec<u32>,
    ) {
        let file = self.file;
        let list = resources.and_then(|all| file.dict(all, "Pattern"));
        let own = list.and_then(|list| file.follow(list.raw(name)).0);
        let Some(dict) = self.resource(resources, "Pattern", name).dict() else {
            return;
        };
        if let Some(shading) = file.dict(dict, "Shading") {
            self.space(shading.raw("ColorSpace"), resources);
        }
        // What a pattern paints is in no tag of its own: the shape that it fills is.
        let Some(own) = own.filter(|_| file.get(dict, "PatternType").integer() == Some(1)) else {
            return;
        };
        let outer = std::mem::take(&mut self.marks);
        self.marks.push(Mark {
            mcid: None,
            is_artifact: true,
            has_text: true,
            speaks: true,
        });
        self.form(own, dict, None, state, name, above);
        self.marks = outer;
    }

    /// Runs through what the notes of a page look like: all of it is decoration to the page's own tags.
    pub(super) fn appearances(&mut self, notes: &'f [Object]) {
        let file = self.file;
        self.marks.clear();
        self.marks.push(Mark {
            mcid: None,
            is_artifact: true,
            has_text: true,
            speaks: true,
        });
        for note in notes {
            let Some(note) = file.resolve(note).dict() else {
                continue;
            };
            let Some(normal) = file.dict(note, "AP").map(|looks| looks.raw("N")) else {
                continue;
            };
            let shown = appearance(file, note, normal);
            if let (Some(own), Some(dict)) = (file.follow(shown).0, file.resolve(shown).dict()) {
                let state = State::default();
                self.form(own, dict, None, &state, "of a note", &mut Vec::new());
            }
        }
        self.marks.clear();
    }
}

/// How a note looks in the state in which it is (12.5.5).
fn appearance<'f>(file: &'f File<'_>, note: &'f Dict, normal: &'f Object) -> &'f Object {
    let (own, value) = file.follow(normal);
    let is_stream = own.is_some_and(|own| file.stream(&Object::Reference(own)).is_some());
    if is_stream {
        return normal;
    }
    let state = file.name(note, "AS").unwrap_or_default();
    value.dict().map_or(&NULL, |states| states.raw(&state))
}
