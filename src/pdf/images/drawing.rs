//! A drawing's colours, brought to those of the device.
//!
//! In: a drawing as svg2pdf writes it: a document of its own, in which paths, gradients and pixels have sRGB colours. Out: the
//! same in the device's, or word that it cannot be kept as a drawing: where things show through one another and the file may
//! not have that, where a mask is made of light, where a photograph is packed in a way that is not unpacked here. Such a
//! drawing is drawn as pixels instead ([`super::svg`]).
//!
//! Steps: look whether it can be kept; then each object by what it is: streams of operators, pictures, gradients, groups.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::pdf::color::{Origin, Paint, Palette};
use crate::pdf::syntax::{deflate, name, number};
use crate::profile::ColorSpace;
use crate::theme::Color;

use super::Device;

/// Brings a drawing's colours to the device; `false` where it has to become pixels, and may then be half changed.
pub fn bring(document: &mut Document, page: ObjectId, device: &Device<'_>) -> bool {
    let opaque = !device.spec.transparency;
    let space = device.spec.color;
    if space == ColorSpace::Rgb && !opaque {
        return true;
    }
    let may = |object: &Object| match (object, dictionary(object)) {
        (Object::Stream(_), Some(dict)) if is(dict, b"Subtype", b"Image") => {
            !(opaque && dict.has(b"SMask"))
        }
        (_, Some(dict)) if is(dict, b"Type", b"ExtGState") => !(opaque && shows_through(dict)),
        _ => true,
    };
    if !document.objects.values().all(may) {
        return false;
    }
    let palette = Palette::new(space, device.conversion);
    let inks = Inks {
        device,
        palette: &palette,
        opaque,
    };
    let contents = document.get_page_contents(page);
    document
        .objects
        .iter_mut()
        .all(|(id, object)| inks.object(object, contents.contains(id)).is_some())
}

/// An object's dictionary.
fn dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

fn is(dict: &Dictionary, key: &[u8], value: &[u8]) -> bool {
    matches!(dict.get(key), Ok(Object::Name(name)) if name == value)
}

/// Whether a state lets anything show through.
fn shows_through(state: &Dictionary) -> bool {
    let faint = |key: &[u8]| {
        let value = state.get(key).and_then(Object::as_float);
        value.is_ok_and(|value| value < 1.0)
    };
    let blends = state.has(b"BM") && !is(state, b"BM", b"Normal");
    let masked = state.has(b"SMask") && !is(state, b"SMask", b"None");
    faint(b"ca") || faint(b"CA") || blends || masked
}

/// What colours become, and whether anything may show through.
struct Inks<'a> {
    device: &'a Device<'a>,
    palette: &'a Palette,
    opaque: bool,
}

impl Inks<'_> {
    /// Brings one object to the device; `None` where the drawing cannot be kept.
    fn object(&self, object: &mut Object, is_page: bool) -> Option<()> {
        match object {
            Object::Stream(stream) => {
                self.resources(&mut stream.dict)?;
                if is(&stream.dict, b"Subtype", b"Image") {
                    self.picture(stream)
                } else if is_page
                    || is(&stream.dict, b"Subtype", b"Form")
                    || stream.dict.has(b"PatternType")
                {
                    self.operators(stream)
                } else {
                    Some(())
                }
            }
            Object::Dictionary(dict) => self.resources(dict),
            _ => Some(()),
        }
    }

    /// What is not drawn itself: groups, states, gradients, names of colour spaces.
    fn resources(&self, dict: &mut Dictionary) -> Option<()> {
        let wide = self.palette.space() != ColorSpace::Rgb;
        if self.opaque {
            dict.remove(b"Group");
        } else if let Ok(group) = dict.get_mut(b"Group").and_then(Object::as_dict_mut) {
            group.set("CS", self.space());
        }
        if is(dict, b"Type", b"ExtGState") {
            // A mask made of light would be one of inks here.
            if dict.get(b"SMask").is_ok_and(|mask| mask.as_dict().is_ok()) {
                return None;
            }
            if self.opaque {
                for key in [b"ca".as_slice(), b"CA", b"BM", b"SMask", b"AIS"] {
                    dict.remove(key);
                }
            }
        }
        if !wide {
            return Some(());
        }
        for key in [b"Resources".as_slice(), b"Shading"] {
            if let Ok(inner) = dict.get_mut(key).and_then(Object::as_dict_mut) {
                inner.remove(b"ColorSpace");
                self.resources(inner)?;
            }
        }
        if dict.has(b"ShadingType") {
            dict.set("ColorSpace", self.space());
        }
        match dict.get(b"FunctionType").and_then(Object::as_i64) {
            Ok(2) => self.gradient(dict),
            Ok(3) => {
                self.range(dict);
                Some(())
            }
            Ok(_) => None,
            Err(_) => Some(()),
        }
    }

    /// The device's colours by name.
    fn space(&self) -> Object {
        name(match self.palette.space() {
            ColorSpace::Rgb => "DeviceRGB",
            ColorSpace::Grey => "DeviceGray",
            ColorSpace::Cmyk => "DeviceCMYK",
        })
    }

    /// From one colour to another.
    fn gradient(&self, function: &mut Dictionary) -> Option<()> {
        for key in ["C0", "C1"] {
            let ends = function.get(key.as_bytes()).and_then(Object::as_array);
            let paint = self.paint(ends.ok()?)?;
            let numbers = paint.numbers().iter().map(|value| number(*value));
            function.set(key, numbers.collect::<Vec<_>>());
        }
        self.range(function);
        Some(())
    }

    /// Between nothing and all, for each ink.
    fn range(&self, function: &mut Dictionary) {
        let count = self.palette.paint(Color::BLACK).numbers().len();
        if function.has(b"Range") {
            let bounds = (0..2 * count).map(|at| Object::Integer(at as i64 % 2));
            function.set("Range", bounds.collect::<Vec<_>>());
        }
    }

    /// A colour by its numbers of sRGB, or of grey.
    fn paint(&self, numbers: &[Object]) -> Option<Paint> {
        let sample = |at: usize| -> Option<u8> {
            let value = numbers.get(at)?.as_float().ok()?;
            Some((value.clamp(0.0, 1.0) * 255.0).round() as u8)
        };
        let color = match numbers.len() {
            1 => Color {
                r: sample(0)?,
                g: sample(0)?,
                b: sample(0)?,
            },
            3 => Color {
                r: sample(0)?,
                g: sample(1)?,
                b: sample(2)?,
            },
            _ => return None,
        };
        Some(self.palette.paint(color))
    }

    /// A stream of operators: those that set colours.
    fn operators(&self, stream: &mut Stream) -> Option<()> {
        if self.palette.space() == ColorSpace::Rgb {
            return Some(());
        }
        let data = plain(stream)?;
        let mut content = Content::decode(&data).ok()?;
        let mut kept: Vec<Operation> = Vec::with_capacity(content.operations.len());
        for operation in content.operations.drain(..) {
            let lines = match operation.operator.as_str() {
                // The operators that set colours below say their space themselves; patterns have to be announced.
                "cs" | "CS" => {
                    if matches!(operation.operands.first(), Some(Object::Name(name)) if name == b"Pattern")
                    {
                        kept.push(operation);
                    }
                    continue;
                }
                "rg" | "g" | "sc" | "scn" => false,
                "RG" | "G" | "SC" | "SCN" => true,
                "k" | "K" | "BI" | "INLINE" => return None,
                _ => {
                    kept.push(operation);
                    continue;
                }
            };
            if matches!(operation.operands.last(), Some(Object::Name(_))) {
                kept.push(operation);
                continue;
            }
            let paint = self.paint(&operation.operands)?;
            let numbers = paint.numbers().iter().map(|value| number(*value));
            kept.push(Operation::new(paint.operator(lines), numbers.collect()));
        }
        stream.content = deflate(&Content { operations: kept }.encode().ok()?);
        stream.dict.set("Filter", name("FlateDecode"));
        stream.dict.remove(b"DecodeParms");
        Some(())
    }

    /// Pixels, if they lie there as they are.
    fn picture(&self, stream: &mut Stream) -> Option<()> {
        let bits = stream.dict.get(b"BitsPerComponent");
        let bits = bits.and_then(Object::as_i64).unwrap_or(1);
        if bits > 8 && !self.device.deep {
            return None;
        }
        if !is(&stream.dict, b"ColorSpace", b"DeviceRGB") || self.palette.space() == ColorSpace::Rgb
        {
            return Some(());
        }
        if bits != 8 || stream.dict.has(b"DecodeParms") {
            return None;
        }
        let converter = self.device.conversion.converter(&Origin::Srgb)?;
        let mut samples = Vec::new();
        converter.run(&plain(stream)?, &mut samples);
        stream.content = deflate(&samples);
        stream.dict.set("Filter", name("FlateDecode"));
        stream.dict.set("ColorSpace", self.space());
        Some(())
    }
}

/// A stream's data; `None` where they are packed in another way than by deflate.
fn plain(stream: &Stream) -> Option<Vec<u8>> {
    match stream.dict.get(b"Filter") {
        Err(_) => Some(stream.content.clone()),
        Ok(Object::Name(filter)) if filter == b"FlateDecode" => stream.decompressed_content().ok(),
        Ok(_) => None,
    }
}
