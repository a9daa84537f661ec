//! Colour spaces (ISO 32000-1, 8.6), as far as a press asks: whose colours they are.

use super::super::document::Colour;
use super::super::syntax::{File, Object};

/// Spaces in spaces, at most: an index into a separation over a device's colours has three.
const WITHIN: usize = 4;

/// The device's colours that stand in for inks of a space.
pub(crate) fn alternate(file: &File<'_>, value: &Object) -> Option<Colour> {
    let mut value = file.resolve(value);
    for _ in 0..WITHIN {
        let parts = value.array()?;
        value = match file.resolve(parts.first()?).name()?.as_str() {
            "Separation" | "DeviceN" => return space(file, parts.get(2)?),
            "Indexed" | "I" | "Pattern" => file.resolve(parts.get(1)?),
            _ => return None,
        };
    }
    None
}

/// What a space is; `None` for one that is not known, or that resources name.
pub(crate) fn space(file: &File<'_>, value: &Object) -> Option<Colour> {
    let mut value = file.resolve(value);
    for _ in 0..WITHIN {
        let (name, parts) = match value {
            Object::Array(parts) => (file.resolve(parts.first()?).name()?, parts.as_slice()),
            other => (other.name()?, &[][..]),
        };
        return Some(match name.as_str() {
            "DeviceGray" => Colour::Grey,
            "DeviceRGB" => Colour::Rgb,
            "DeviceCMYK" => Colour::Cmyk,
            "CalGray" | "CalRGB" | "Lab" | "ICCBased" => Colour::Measured,
            "Separation" | "DeviceN" => Colour::Spot,
            "Pattern" => Colour::Pattern,
            "Indexed" | "I" => {
                value = file.resolve(parts.get(1)?);
                continue;
            }
            _ => return None,
        });
    }
    None
}
