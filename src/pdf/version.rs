//! The version of PDF that a file is of.

use crate::profile::{FileSpec, Standard};

/// A version of PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// What PDF/X-1a:2001 is made of.
    V1_3,
    /// What PDF/X-4 is made of.
    V1_6,
    /// ISO 32000-1.
    V1_7,
    /// ISO 32000-2.
    V2_0,
}

impl Version {
    /// What a file's standards are made of.
    pub fn of(spec: &FileSpec) -> Version {
        let asks = |standard| spec.standards.contains(&standard);
        match press(spec) {
            Some(Standard::X1a) => Version::V1_3,
            Some(_) => Version::V1_6,
            None if asks(Standard::Ua2) || asks(Standard::A4) => Version::V2_0,
            None => Version::V1_7,
        }
    }

    /// A file's first line.
    pub fn header(self) -> &'static [u8] {
        match self {
            Version::V1_3 => b"%PDF-1.3\n",
            Version::V1_6 => b"%PDF-1.6\n",
            Version::V1_7 => b"%PDF-1.7\n",
            Version::V2_0 => b"%PDF-2.0\n",
        }
    }

    /// Whether objects may be packed together: since 1.5.
    pub fn packs(self) -> bool {
        self > Version::V1_3
    }
}

/// The standard for the press that a file keeps to.
pub fn press(spec: &FileSpec) -> Option<Standard> {
    let asks = |standard| spec.standards.contains(&standard);
    let intent = spec.intent.as_ref()?;
    if asks(Standard::X1a) {
        Some(Standard::X1a)
    } else if asks(Standard::X4) && intent.icc().is_some() {
        Some(Standard::X4)
    } else {
        None
    }
}
