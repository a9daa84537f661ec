//! How a PDF file is written.

use std::sync::Arc;

/// How a PDF file is written.
#[derive(Clone, Debug, PartialEq)]
pub struct FileSpec {
    /// What the file is to keep to, and says that it keeps to.
    pub standards: Vec<Standard>,
    /// The colours of the device: what text, rules and images are brought to.
    pub color: ColorSpace,
    /// What the device's colours mean; sRGB where there is none.
    pub intent: Option<Intent>,
    /// The most that the inks of one place may come to, in percent: 240 of 400.
    pub ink_limit: Option<u16>,
    /// How much of a font goes into the file.
    pub embedding: Embedding,
    /// Whether anything may show through; else it is made opaque.
    pub transparency: bool,
    /// Whether there are links, an outline and page labels.
    pub interactive: bool,
    /// Whether the text's structure goes into the file.
    pub tagged: bool,
    /// What is printed outside the trim.
    pub marks: Marks,
}

/// For reading: as a screen shows it, without a claim to any standard.
impl Default for FileSpec {
    fn default() -> FileSpec {
        FileSpec {
            standards: Vec::new(),
            color: ColorSpace::Rgb,
            intent: None,
            ink_limit: None,
            embedding: Embedding::Subset,
            transparency: true,
            interactive: true,
            tagged: true,
            marks: Marks::default(),
        }
    }
}

/// A standard for PDF files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standard {
    /// PDF/UA-1 (ISO 14289-1): accessible.
    Ua1,
    /// PDF/UA-2 (ISO 14289-2): accessible, PDF 2.0.
    Ua2,
    /// PDF/A-2a (ISO 19005-2): archival and tagged.
    A2a,
    /// PDF/A-2u: archival, its text known.
    A2u,
    /// PDF/A-2b: archival.
    A2b,
    /// PDF/A-4 (ISO 19005-4): archival, PDF 2.0.
    A4,
    /// PDF/X-1a:2001 (ISO 15930-1): for the press, CMYK and grey, nothing transparent.
    X1a,
    /// PDF/X-4 (ISO 15930-7): for the press.
    X4,
}

impl Standard {
    /// As people call it: `PDF/UA-1`.
    pub fn name(self) -> &'static str {
        match self {
            Standard::Ua1 => "PDF/UA-1",
            Standard::Ua2 => "PDF/UA-2",
            Standard::A2a => "PDF/A-2a",
            Standard::A2u => "PDF/A-2u",
            Standard::A2b => "PDF/A-2b",
            Standard::A4 => "PDF/A-4",
            Standard::X1a => "PDF/X-1a",
            Standard::X4 => "PDF/X-4",
        }
    }

    /// The version of PDF that it stands on: 13 for 1.3.
    fn version(self) -> u8 {
        match self {
            Standard::X1a => 13,
            Standard::X4 => 16,
            Standard::Ua1 | Standard::A2a | Standard::A2u | Standard::A2b => 17,
            Standard::Ua2 | Standard::A4 => 20,
        }
    }

    /// Why no file can keep to both; `None` if one can.
    pub(super) fn conflict(self, other: Standard) -> Option<&'static str> {
        let archival = |standard| {
            use Standard as S;
            matches!(standard, S::A2a | S::A2u | S::A2b)
        };
        if archival(self) && archival(other) {
            return Some("are two levels of one standard");
        }
        (self.version() != other.version()).then_some("stand on different versions of PDF")
    }
}

/// The colours of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColorSpace {
    /// Red, green, blue; what is grey stays grey.
    Rgb,
    /// Black alone.
    Grey,
    /// Four inks; black and greys are set in the fourth alone.
    Cmyk,
}

/// What a device's colours mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The printing condition's name in the registry of characterisations: `CGATS TR 001`, `FOGRA39`.
    pub condition: String,
    /// The same for people.
    pub info: String,
    /// An ICC profile; none where the name is enough.
    pub profile: Option<Arc<[u8]>>,
}

/// How much of a font goes into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Embedding {
    /// The glyphs that are used.
    Subset,
    /// The whole font.
    Whole,
}

/// What is printed outside the trim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks {
    /// Lines that say where the trim's corners are.
    pub crop: bool,
    /// Patches of each ink and of greys.
    pub bars: bool,
}
