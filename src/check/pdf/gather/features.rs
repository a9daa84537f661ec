//! What objects use that standards restrict: a look at each object that the catalog leads to, by the keys that it has.

use std::collections::BTreeSet;

use super::super::feature::{Feature, Features};
use super::super::syntax::{Dict, File, Object};

/// Actions that no archive takes (ISO 19005-2, 6.5.1).
const FORBIDDEN: &[&str] = &[
    "Launch",
    "Sound",
    "Movie",
    "ResetForm",
    "ImportData",
    "JavaScript",
    "Hide",
    "SetOCGState",
    "Rendition",
    "Trans",
    "GoTo3DView",
    "SetState",
    "set-state",
    "NOP",
    "no-op",
];

/// Ways to blend (ISO 32000-1, 11.3.5).
const BLENDS: &[&str] = &[
    "Normal",
    "Compatible",
    "Multiply",
    "Screen",
    "Overlay",
    "Darken",
    "Lighten",
    "ColorDodge",
    "ColorBurn",
    "HardLight",
    "SoftLight",
    "Difference",
    "Exclusion",
    "Hue",
    "Saturation",
    "Color",
    "Luminosity",
];

/// Rendering intents (ISO 32000-1, 8.6.5.8).
pub(super) const INTENTS: &[&str] = &[
    "RelativeColorimetric",
    "AbsoluteColorimetric",
    "Perceptual",
    "Saturation",
];

/// From here on nothing shows through: writers round.
const OPAQUE: f64 = 0.999_99;

/// The longest string and name, in bytes (ISO 19005-2, 6.1.13).
const STRING: usize = 32_767;
const NAME: usize = 127;

/// Looks at the objects of these numbers, and at the file itself.
pub(crate) fn features(file: &File<'_>, reachable: &BTreeSet<u32>, found: &mut Features) {
    if !file.has_mark {
        found.add(Feature::NoBinaryMark, None, || "the header".to_owned());
    }
    if file.is_stray {
        found.add(Feature::Stray, None, || "the header or the end".to_owned());
    }
    for (number, object) in &file.objects {
        let dict = object.value.dict();
        if dict.is_some_and(|dict| dict.is("Type", "XRef") || dict.is("Type", "ObjStm")) {
            found.add(Feature::PackedObjects, None, || format!("object {number}"));
        }
    }
    if file.list(&file.trailer, "ID").len() < 2 {
        found.add(Feature::NoIdentifier, None, || "the trailer".to_owned());
    }
    for number in reachable {
        let Some(object) = file.objects.get(number) else {
            continue;
        };
        let mut look = Look {
            file,
            found,
            number: *number,
        };
        if let (Some(_), Some(dict)) = (&object.data, object.value.dict()) {
            look.stream(dict);
        }
        let mut stack = vec![&object.value];
        while let Some(value) = stack.pop() {
            match value {
                Object::Array(items) => stack.extend(items),
                Object::Dict(dict) => {
                    look.dict(dict);
                    for (key, value) in &dict.0 {
                        look.name(key);
                        stack.push(value);
                    }
                }
                Object::Name(name) => look.name(name),
                Object::String(text) if text.len() > STRING => look.add(Feature::LongString),
                Object::Integer(value) if i32::try_from(*value).is_err() => {
                    look.add(Feature::HugeNumber);
                }
                _ => {}
            }
        }
    }
    if let Some(root) = file.root() {
        catalog(file, root, found);
    }
}

/// A look at one object.
struct Look<'l, 'f> {
    file: &'l File<'f>,
    found: &'l mut Features,
    number: u32,
}

impl Look<'_, '_> {
    fn add(&mut self, feature: Feature) {
        let number = self.number;
        self.found.add(feature, None, || format!("object {number}"));
    }

    fn add_if(&mut self, holds: bool, feature: Feature) {
        if holds {
            self.add(feature);
        }
    }

    fn name(&mut self, name: &[u8]) {
        self.add_if(name.len() > NAME, Feature::LongName);
    }

    fn stream(&mut self, dict: &Dict) {
        let file = self.file;
        let filters = file.filters(dict);
        let is_lzw = filters.iter().any(|filter| filter.name == "LZWDecode");
        self.add_if(is_lzw, Feature::Lzw);
        let outside = ["F", "FFilter", "FDecodeParms"];
        self.add_if(
            outside.iter().any(|key| dict.has(key)),
            Feature::OutsideData,
        );
        match file.name(dict, "Subtype").as_deref() {
            Some("Image") => {
                self.add_if(dict.has("Alternates"), Feature::Alternates);
                self.add_if(dict.has("OPI"), Feature::Opi);
                let smooth = file.get(dict, "Interpolate") == &Object::Boolean(true);
                self.add_if(smooth, Feature::Smoothed);
                self.intent(dict, "Intent");
            }
            Some("Form") => {
                self.add_if(dict.has("OPI"), Feature::Opi);
                self.add_if(dict.has("Ref"), Feature::ReferenceForm);
                self.add_if(dict.has("PS"), Feature::PostScriptKey);
            }
            _ => {}
        }
    }

    fn intent(&mut self, dict: &Dict, key: &str) {
        let intent = self.file.name(dict, key);
        let is_unknown = intent.is_some_and(|intent| !INTENTS.contains(&intent.as_str()));
        self.add_if(is_unknown, Feature::UnknownIntent);
    }

    fn dict(&mut self, dict: &Dict) {
        let file = self.file;
        if let Some(states) = file.dict(dict, "ExtGState") {
            for state in states.0.values() {
                if let Some(state) = file.resolve(state).dict() {
                    self.state(state);
                }
            }
        }
        let kind = file.name(dict, "S");
        let is_action = match file.name(dict, "Type").as_deref() {
            Some("Action") => true,
            // Elements of tags and transitions of pages have such a name too.
            None => !dict.has("P") && !dict.has("K") && !dict.has("D"),
            _ => false,
        };
        if let Some(kind) = kind.filter(|_| is_action) {
            let is_named = kind == "Named";
            let known = ["NextPage", "PrevPage", "FirstPage", "LastPage"];
            let name = file.name(dict, "N").unwrap_or_default();
            self.add_if(
                FORBIDDEN.contains(&kind.as_str()) || is_named && !known.contains(&name.as_str()),
                Feature::ForbiddenAction,
            );
        }
        if let Some(files) = file.dict(dict, "EF") {
            self.add(Feature::Embedded);
            let is_named = dict.has("F") && dict.has("UF");
            self.add_if(!is_named, Feature::EmbeddedUnnamed);
            let stream = ["F", "UF"].iter().find(|key| files.has(key));
            let inner = stream.and_then(|key| file.decoded(files.raw(key)));
            let is_pdf = inner.is_some_and(|(bytes, _)| bytes.starts_with(b"%PDF-"));
            self.add_if(!is_pdf, Feature::EmbeddedForeign);
        }
    }

    fn state(&mut self, state: &Dict) {
        let file = self.file;
        self.add_if(state.has("TR"), Feature::Transfer);
        let own = state.has("TR2") && !file.get(state, "TR2").is_name("Default");
        self.add_if(own, Feature::Transfer);
        self.add_if(state.has("HTP"), Feature::Halftone);
        if let Some(screen) = file.dict(state, "HT") {
            let kind = file.get(screen, "HalftoneType").integer();
            let odd = !matches!(kind, Some(1 | 5)) || screen.has("HalftoneName");
            self.add_if(odd, Feature::Halftone);
        }
        self.intent(state, "RI");
        let blend = file.get(state, "BM");
        let blend = blend
            .array()
            .and_then(<[Object]>::first)
            .map_or(blend, |first| file.resolve(first));
        let is_unknown = blend
            .name()
            .is_some_and(|name| !BLENDS.contains(&name.as_str()));
        self.add_if(is_unknown, Feature::UnknownBlend);
    }
}

/// Whether a state of graphics makes what is drawn in it transparent (11.6.4).
pub(super) fn is_transparent(file: &File<'_>, state: &Dict) -> bool {
    let faint = ["CA", "ca"].iter().any(|key| {
        let opacity = file.get(state, key).number();
        opacity.is_some_and(|opacity| opacity < OPAQUE)
    });
    let blend = file.name(state, "BM");
    let blends = blend.is_some_and(|blend| blend != "Normal" && blend != "Compatible");
    faint || blends || state.has("SMask") && !file.get(state, "SMask").is_name("None")
}

fn catalog(file: &File<'_>, root: &Dict, found: &mut Features) {
    let place = || "the catalog".to_owned();
    let mut add_if = |holds: bool, feature: Feature| {
        if holds {
            found.add(feature, None, place);
        }
    };
    add_if(root.has("AA"), Feature::CatalogAction);
    let metadata = file.dict(root, "Metadata");
    let is_packed = metadata.is_some_and(|own| own.has("Filter"));
    add_if(is_packed, Feature::PackedMetadata);
    if let Some(form) = file.dict(root, "AcroForm") {
        add_if(form.has("XFA"), Feature::Xfa);
        add_if(
            file.get(form, "NeedAppearances") == &Object::Boolean(true),
            Feature::NeedAppearances,
        );
    }
    let info = file.dict(root, "MarkInfo");
    let guessed = info.is_some_and(|info| file.get(info, "Suspects") == &Object::Boolean(true));
    add_if(guessed, Feature::Suspects);
    let Some(layers) = file.dict(root, "OCProperties") else {
        return;
    };
    add_if(true, Feature::Layers);
    let sets = file.list(layers, "Configs").iter();
    let sets = sets.filter_map(|set| file.resolve(set).dict());
    for set in sets.chain(file.dict(layers, "D")) {
        let name = file.text(set, "Name").unwrap_or_default();
        add_if(name.is_empty(), Feature::UnnamedLayers);
        add_if(set.has("AS"), Feature::AutoLayers);
    }
}
