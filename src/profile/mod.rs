//! What a PDF is made for: a screen, an archive, one printer's press.
//!
//! A [`Profile`] says what the layout and the PDF writer have to keep to. Its file part ([`FileSpec`]) is all that the
//! writer is told of the purpose: it asks no further.

mod file;

pub use file::{ColorSpace, Embedding, FileSpec, Intent, Marks, Standard};

/// What a PDF is made for.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// As an author names it: `screen`, `kdp-paperback`.
    pub name: String,
    /// How the file is written.
    pub file: FileSpec,
}

impl Profile {
    /// For reading on a screen, aloud and in an archive: tagged, with links and an outline, in sRGB.
    pub fn screen() -> Profile {
        Profile {
            name: "screen".to_owned(),
            file: FileSpec {
                standards: vec![Standard::Ua1, Standard::A2a],
                color: ColorSpace::Rgb,
                intent: None,
                ink_limit: None,
                embedding: Embedding::Subset,
                transparency: true,
                interactive: true,
                tagged: true,
                marks: Marks::default(),
            },
        }
    }
}
