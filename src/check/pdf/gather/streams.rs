//! What every stream holds, told without keeping it: whether it can be decoded, and whether it swells.

use rayon::prelude::*;

use super::super::fault::{Faults, Several};
use super::super::syntax::{Damage, Dict, File, Filter, Indirect, Object, STREAM, decode, inflate};
use crate::diag::Code;

/// Pixels of a picture, at most. The largest backs of cameras make a third of it.
pub(crate) const PIXELS: u64 = 500_000_000;

/// What streams that hold no pictures may have together, in bytes.
const TEXTS: usize = 1 << 30;

/// Pictures are decoded to see whether they are whole until they have made as many bytes; the rest are taken as they are.
const PICTURES: usize = 1 << 32;

/// Streams decoded at once: what a hostile file can make grow at the same time.
const BATCH: usize = 16;

const ANEW: &str = "make the file anew";

/// Looks into all streams. False if the file asks for too much.
pub(crate) fn streams(file: &File<'_>, faults: &mut Faults) -> bool {
    let (mut texts, mut pictures) = (Vec::new(), Vec::new());
    let mut room = PICTURES;
    for (number, object) in &file.objects {
        let (Some(_), Some(dict)) = (&object.data, object.value.dict()) else {
            continue;
        };
        if !file.get(dict, "Subtype").is_name("Image") {
            texts.push((*number, object));
            continue;
        }
        if pixels(file, dict) > PIXELS {
            let message = format!(
                "object {number} is a picture of {} pixels",
                pixels(file, dict)
            );
            faults.tell(
                Code::HostilePdf,
                message,
                "give it in the size in which it is shown",
            );
            return false;
        }
        let size = expected(file, dict).unwrap_or(STREAM);
        if let Some(less) = room.checked_sub(size) {
            room = less;
            pictures.push((*number, object));
        }
    }
    let mut broken = Broken::default();
    let mut total = 0;
    for batch in texts.chunks(BATCH) {
        let held: Vec<(usize, Option<Damage>)> = batch
            .par_iter()
            .map(|(_, object)| text(file, object))
            .collect();
        for ((number, _), (size, damage)) in batch.iter().zip(held) {
            total += size;
            if damage == Some(Damage::TooLarge) || total > TEXTS {
                let message =
                    format!("object {number} and others swell to more than any book holds");
                faults.tell(Code::HostilePdf, message, ANEW);
                return false;
            }
            broken.add(*number, damage);
        }
    }
    let held: Vec<Option<Damage>> = pictures
        .par_iter()
        .map(|(_, object)| picture(file, object))
        .collect();
    for ((number, _), damage) in pictures.iter().zip(held) {
        broken.add(*number, damage);
    }
    broken.tell(faults);
    true
}

fn pixels(file: &File<'_>, dict: &Dict) -> u64 {
    let side = |key| {
        file.get(dict, key)
            .integer()
            .and_then(|side| u64::try_from(side).ok())
    };
    side("Width")
        .unwrap_or(0)
        .saturating_mul(side("Height").unwrap_or(0))
}

/// How many bytes a stream holds, and what is wrong with it.
fn text(file: &File<'_>, object: &Indirect) -> (usize, Option<Damage>) {
    let Some((raw, filters)) = parts(file, object) else {
        return (0, None);
    };
    if let [only] = filters.as_slice()
        && is_flate(only)
    {
        let mut size = 0;
        let damage = inflate(raw, STREAM, |part| size += part.len());
        return (size, damage);
    }
    let (bytes, damage) = decode(&filters, raw, STREAM);
    (bytes.len(), damage)
}

fn picture(file: &File<'_>, object: &Indirect) -> Option<Damage> {
    let (raw, filters) = parts(file, object)?;
    if let Some(first) = filters.first()
        && matches!(first.name.as_str(), "DCTDecode" | "DCT")
    {
        // A JPEG begins and ends with marks; some bytes may follow.
        let tail = &raw[raw.len().saturating_sub(256)..];
        let ends = tail.windows(2).any(|mark| mark == [0xFF, 0xD9]);
        return match (raw.starts_with(&[0xFF, 0xD8]), ends) {
            (false, _) => Some(Damage::Corrupt),
            (true, false) => Some(Damage::Short),
            _ => None,
        };
    }
    let dict = object.value.dict()?;
    let expected = expected(file, dict);
    // What is more than a picture needs is left alone, if it is not much.
    let limit = expected.map_or(STREAM, |size| size + size / 8 + (1 << 16));
    let mut size = 0;
    let damage = match filters.as_slice() {
        [only] if is_flate(only) => inflate(raw, limit, |part| size += part.len()),
        [] => {
            size = raw.len();
            None
        }
        chain if chain.iter().any(Filter::is_picture) => return None,
        chain => {
            let (bytes, damage) = decode(chain, raw, limit);
            size = bytes.len();
            damage
        }
    };
    let short = expected.is_some_and(|expected| size < expected);
    damage.or(short.then_some(Damage::Short))
}

fn is_flate(filter: &Filter) -> bool {
    matches!(filter.name.as_str(), "FlateDecode" | "Fl")
}

fn parts<'a>(file: &'a File<'_>, object: &Indirect) -> Option<(&'a [u8], Vec<Filter>)> {
    let raw = &file.bytes[object.data.clone()?];
    Some((raw, file.filters(object.value.dict()?)))
}

/// The bytes that a picture has without filters, predictors' marks left out; `None` where only its own file can say.
fn expected(file: &File<'_>, dict: &Dict) -> Option<usize> {
    let side = |key| {
        file.get(dict, key)
            .integer()
            .and_then(|side| u64::try_from(side).ok())
    };
    let is_mask = matches!(file.get(dict, "ImageMask"), Object::Boolean(true));
    let bits = if is_mask {
        1
    } else {
        side("BitsPerComponent")?
    };
    let colours = if is_mask {
        1
    } else {
        components(file, file.get(dict, "ColorSpace"))?
    };
    let row = side("Width")?
        .checked_mul(colours)?
        .checked_mul(bits)?
        .div_ceil(8);
    usize::try_from(row.checked_mul(side("Height")?)?).ok()
}

/// How many numbers a colour of a space has.
fn components(file: &File<'_>, space: &Object) -> Option<u64> {
    let name = match space {
        Object::Array(parts) => file.resolve(parts.first()?).name()?,
        other => other.name()?,
    };
    match name.as_str() {
        "DeviceGray" | "CalGray" | "Indexed" | "Separation" => Some(1),
        "DeviceRGB" | "CalRGB" | "Lab" => Some(3),
        "DeviceCMYK" => Some(4),
        "ICCBased" => {
            let profile = file.resolve(space.array()?.get(1)?).dict()?;
            u64::try_from(file.get(profile, "N").integer()?).ok()
        }
        "DeviceN" => Some(file.resolve(space.array()?.get(1)?).array()?.len() as u64),
        _ => None,
    }
}

/// Damaged streams, by what is wrong.
#[derive(Default)]
struct Broken {
    corrupt: Several,
    short: Several,
    unknown: Several,
}

impl Broken {
    fn add(&mut self, number: u32, damage: Option<Damage>) {
        let list = match damage {
            None => return,
            Some(Damage::Corrupt) => &mut self.corrupt,
            Some(Damage::Short) => &mut self.short,
            Some(Damage::Unknown | Damage::TooLarge) => &mut self.unknown,
        };
        list.add(|| format!("object {number}"));
    }

    fn tell(&self, faults: &mut Faults) {
        let all = [
            (&self.corrupt, "the data are damaged"),
            (&self.short, "the data break off"),
            (&self.unknown, "the data cannot be decoded as the file says"),
        ];
        for (which, what) in all {
            if let Some(which) = which.told() {
                faults.tell(Code::BrokenStream, format!("{what}: {which}"), ANEW);
            }
        }
    }
}
