//! Colour profiles of presses that are at hand: what the names of printing conditions mean.
//!
//! The files and where they come from are told in `icc/README.md`.

use super::Intent;

/// Offset on coated paper: what is meant where nothing else is known.
const COATED: &[u8] = include_bytes!("icc/fogra39.icc");

/// By the name in the registry of characterisations.
const BUNDLED: [(&str, &[u8]); 3] = [
    ("FOGRA39", COATED),
    ("FOGRA52", include_bytes!("icc/fogra52.icc")),
    ("CGATS TR 006", include_bytes!("icc/tr006.icc")),
];

/// The bundled profile of a printing condition, by its registered name.
pub fn bundled(condition: &str) -> Option<&'static [u8]> {
    let found = BUNDLED.iter().find(|(name, _)| *name == condition);
    found.map(|(_, data)| *data)
}

impl Intent {
    /// The colour profile that says just what this condition is: the one given, or the bundled one of its name.
    pub fn icc(&self) -> Option<&[u8]> {
        self.profile.as_deref().or_else(|| bundled(&self.condition))
    }

    /// The colour profile to convert colours with: where none is known of the condition, that of coated paper, which
    /// is nearest to most.
    pub fn conversion(intent: Option<&Intent>) -> &[u8] {
        intent.and_then(Intent::icc).unwrap_or(COATED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_profiles_are_output_profiles_of_four_inks() {
        for (name, data) in BUNDLED {
            assert_eq!(data[..4], (data.len() as u32).to_be_bytes(), "{name}");
            assert_eq!(&data[12..20], b"prtrCMYK", "{name}");
            assert_eq!(&data[36..40], b"acsp", "{name}");
        }
    }

    #[test]
    fn what_is_given_goes_before_what_is_bundled() {
        let mut intent = Intent {
            condition: "FOGRA52".to_owned(),
            info: String::new(),
            profile: None,
        };
        assert_eq!(intent.icc(), bundled("FOGRA52"));
        intent.profile = Some(b"given".as_slice().into());
        assert_eq!(intent.icc(), Some(b"given".as_slice()));
        intent = Intent {
            condition: "a press of its own".to_owned(),
            ..intent
        };
        intent.profile = None;
        assert_eq!(intent.icc(), None);
        assert_eq!(Intent::conversion(Some(&intent)), COATED);
    }
}
