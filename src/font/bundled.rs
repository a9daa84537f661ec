//! The families that recto brings along. Their names stand here, so that no file is parsed to find one.

use super::face::{Face, Names};

/// What `serif` means.
pub(super) const SERIF: &str = "EB Garamond";
/// What `sans` means.
pub(super) const SANS: &str = "Source Sans 3";
/// What `mono` means.
pub(super) const MONO: &str = "Source Code Pro";

macro_rules! bundle {
    ($($family:literal $style:literal $weight:literal $italic:literal $name:literal $file:literal)*) => {
        &[$(Bundled {
            family: $family,
            style: $style,
            weight: $weight,
            italic: $italic,
            name: $name,
            data: include_bytes!(concat!("../../fonts/", $file)),
        }),*]
    };
}

struct Bundled {
    family: &'static str,
    style: &'static str,
    weight: u16,
    italic: bool,
    name: &'static str,
    data: &'static [u8],
}

/// In the order in which they stand in for each other.
const BUNDLE: &[Bundled] = bundle! {
    "EB Garamond" "Regular" 400 false "EBGaramond-Regular" "eb-garamond/EBGaramond-Regular.ttf"
    "EB Garamond" "Italic" 400 true "EBGaramond-Italic" "eb-garamond/EBGaramond-Italic.ttf"
    "EB Garamond" "Bold" 700 false "EBGaramond-Bold" "eb-garamond/EBGaramond-Bold.ttf"
    "EB Garamond" "Bold Italic" 700 true "EBGaramond-BoldItalic" "eb-garamond/EBGaramond-BoldItalic.ttf"
    "Source Sans 3" "Regular" 400 false "SourceSans3-Regular" "source-sans-3/SourceSans3-Regular.ttf"
    "Source Sans 3" "Italic" 400 true "SourceSans3-Italic" "source-sans-3/SourceSans3-Italic.ttf"
    "Source Sans 3" "Bold" 700 false "SourceSans3-Bold" "source-sans-3/SourceSans3-Bold.ttf"
    "Source Sans 3" "Bold Italic" 700 true "SourceSans3-BoldItalic" "source-sans-3/SourceSans3-BoldItalic.ttf"
    "Source Code Pro" "Regular" 400 false "SourceCodePro-Regular" "source-code-pro/SourceCodePro-Regular.ttf"
    "Source Code Pro" "Italic" 400 true "SourceCodePro-Italic" "source-code-pro/SourceCodePro-Italic.ttf"
    "Source Code Pro" "Bold" 700 false "SourceCodePro-Bold" "source-code-pro/SourceCodePro-Bold.ttf"
    "Source Code Pro" "Bold Italic" 700 true "SourceCodePro-BoldItalic" "source-code-pro/SourceCodePro-BoldItalic.ttf"
    "Noto Naskh Arabic" "Regular" 400 false "NotoNaskhArabic-Regular" "noto-naskh-arabic/NotoNaskhArabic-Regular.ttf"
    "Noto Serif Hebrew" "Regular" 400 false "NotoSerifHebrew-Regular" "noto-serif-hebrew/NotoSerifHebrew-Regular.ttf"
    "Recto Symbols" "Regular" 400 false "RectoSymbols-Regular" "recto-symbols/RectoSymbols-Regular.ttf"
    "Atkinson Hyperlegible Next" "Regular" 400 false "AtkinsonHyperlegibleNext-Regular" "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf"
    "Atkinson Hyperlegible Next" "Italic" 400 true "AtkinsonHyperlegibleNext-Italic" "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Italic.ttf"
    "Atkinson Hyperlegible Next" "Bold" 700 false "AtkinsonHyperlegibleNext-Bold" "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Bold.ttf"
    "Atkinson Hyperlegible Next" "Bold Italic" 700 true "AtkinsonHyperlegibleNext-BoldItalic" "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-BoldItalic.ttf"
};

/// The bundled faces, not yet parsed.
pub(super) fn faces() -> impl Iterator<Item = Face> {
    BUNDLE.iter().map(|bundled| {
        let names = Names {
            family: bundled.family.to_owned(),
            style: bundled.style.to_owned(),
            weight: bundled.weight,
            italic: bundled.italic,
            name: bundled.name.to_owned(),
        };
        Face::bundled(names, bundled.data)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FaceOrigin, Fonts};

    #[test]
    fn the_table_says_what_the_files_say() {
        for bundled in BUNDLE {
            let face = Face::parse(bundled.data.to_vec(), 0, FaceOrigin::Bundled).unwrap();
            assert_eq!(
                (face.family(), face.style(), face.weight(), face.italic()),
                (
                    bundled.family,
                    bundled.style,
                    bundled.weight,
                    bundled.italic
                ),
            );
            assert_eq!(face.name(), bundled.name);
        }
    }

    #[test]
    fn body_faces_have_what_books_need() {
        let fonts = Fonts::bundled();
        for (_, face) in fonts.iter().take(4) {
            for tag in [
                "smcp", "c2sc", "onum", "lnum", "tnum", "pnum", "sups", "liga",
            ] {
                assert!(face.has_feature(tag), "{} lacks {tag}", face.name());
            }
            assert_eq!(face.embedding(), 0);
        }
    }
}
