//! The output intent: what the device colours mean.
//!
//! For a screen or an archive sRGB, by a colour profile made here from its definition; for a press its printing
//! condition, by name and, where it is known, by its profile.

use lopdf::{Dictionary, Object, Stream, dictionary};

use crate::pdf::syntax::{name, text};
use crate::profile::{ColorSpace, FileSpec, Intent};

use super::Draft;

/// Where printing conditions are registered, and how the names begin that are.
const REGISTRY: &str = "http://www.color.org";
const REGISTERED: [&str; 4] = ["CGATS", "FOGRA", "IFRA", "JC"];

/// Adds the profile; returns the intent. `None` where the device's colours speak for themselves.
pub fn write(draft: &mut Draft, spec: &FileSpec) -> Option<Dictionary> {
    match (&spec.intent, spec.color) {
        (Some(intent), _) => Some(press(draft, intent)),
        (None, ColorSpace::Rgb) => Some(screen(draft)),
        (None, ColorSpace::Grey | ColorSpace::Cmyk) => None,
    }
}

fn press(draft: &mut Draft, intent: &Intent) -> Dictionary {
    let mut dict = dictionary! {
        "Type" => "OutputIntent",
        "S" => name("GTS_PDFX"),
        "OutputConditionIdentifier" => text(&intent.condition),
        "Info" => text(&intent.info),
    };
    if REGISTERED
        .iter()
        .any(|name| intent.condition.starts_with(name))
    {
        dict.set("RegistryName", text(REGISTRY));
    }
    if let Some(data) = intent.icc() {
        let colors = match data.get(16..20) {
            Some(b"GRAY") => 1,
            Some(b"RGB ") => 3,
            _ => 4,
        };
        let stream = Stream::new(dictionary! { "N" => colors }, data.to_vec());
        let profile = draft.add(stream);
        dict.set("DestOutputProfile", profile);
    }
    dict
}

fn screen(draft: &mut Draft) -> Dictionary {
    let stream = Stream::new(dictionary! { "N" => 3 }, profile());
    let profile = draft.add(stream);
    dictionary! {
        "Type" => "OutputIntent",
        "S" => name("GTS_PDFA1"),
        "OutputConditionIdentifier" => text("sRGB"),
        "Info" => text("sRGB IEC61966-2.1"),
        "DestOutputProfile" => Object::Reference(profile),
    }
}

/// A number as ICC has it: 16 bits before the point, 16 after.
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65_536.0).round() as i32).to_be_bytes()
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    let mut data = b"XYZ \0\0\0\0".to_vec();
    data.extend(values.into_iter().flat_map(fixed));
    data
}

fn words(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut data = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
    data.extend((units.len() as u32).to_be_bytes());
    data.extend(28u32.to_be_bytes());
    data.extend(units);
    data
}

/// An sRGB display profile (ICC.1:2004-10, version 4.2; sRGB by IEC 61966-2-1, adapted to D50 by Bradford's matrix).
fn profile() -> Vec<u8> {
    let mut curve = b"para\0\0\0\0\0\x03\0\0".to_vec();
    let parameters = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];
    curve.extend(parameters.into_iter().flat_map(fixed));
    let mut adaptation = b"sf32\0\0\0\0".to_vec();
    let bradford = [
        1.047_882, 0.022_919, -0.050_201, 0.029_587, 0.990_479, -0.017_059, -0.009_232, 0.015_076,
        0.751_678,
    ];
    adaptation.extend(bradford.into_iter().flat_map(fixed));

    let parts: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", words("sRGB")),
        (b"cprt", words("No copyright, use freely")),
        (b"wtpt", xyz([0.964_2, 1.0, 0.824_9])),
        (b"chad", adaptation),
        (b"rXYZ", xyz([0.436_066, 0.222_488, 0.013_916])),
        (b"gXYZ", xyz([0.385_147, 0.716_873, 0.097_076])),
        (b"bXYZ", xyz([0.143_066, 0.060_608, 0.714_096])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];

    let mut table = (parts.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * parts.len();
    let mut last: Option<(usize, Vec<u8>)> = None;
    for (tag, part) in parts {
        // Equal neighbours share their data: the three curves.
        let at = match &last {
            Some((at, known)) if *known == part => *at,
            _ => {
                let at = start + data.len();
                data.extend_from_slice(&part);
                data.resize(data.len().next_multiple_of(4), 0);
                at
            }
        };
        table.extend_from_slice(tag);
        table.extend((at as u32).to_be_bytes());
        table.extend((part.len() as u32).to_be_bytes());
        last = Some((at, part));
    }

    let mut profile = vec![0; 128];
    let size = (start + data.len()) as u32;
    profile[..4].copy_from_slice(&size.to_be_bytes());
    profile[8..12].copy_from_slice(&[4, 0x20, 0, 0]);
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    // The date of the specification: a profile must have one, and this never changes.
    for (at, value) in [(24, 2004u16), (26, 10), (28, 22)] {
        profile[at..at + 2].copy_from_slice(&value.to_be_bytes());
    }
    profile[36..40].copy_from_slice(b"acsp");
    // The white of the connection space, D50.
    for (at, value) in [(68, 0.964_2), (72, 1.0), (76, 0.824_9)] {
        profile[at..at + 4].copy_from_slice(&fixed(value));
    }
    profile.extend(table);
    profile.extend(data);
    profile
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_length() {
        let profile = profile();
        assert_eq!(profile.len() % 4, 0);
        assert_eq!(profile[..4], (profile.len() as u32).to_be_bytes());
    }
}
