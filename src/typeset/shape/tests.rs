//! Words in the bundled faces.

use unicode_script::Script;

use super::*;
use crate::font::Fonts;
use crate::model::Lang;
use crate::theme::{HyphenLimits, Protrusion};

fn word(fonts: &Fonts, text: &str, lang: &str, features: &[([u8; 4], u32)]) -> Arc<Word> {
    let shaper = Shaper::new(fonts);
    let key = VoiceKey {
        protrusion: Protrusion::default(),
        hyphens: HyphenLimits::default(),
        face: crate::font::FaceId(0),
        features: features.to_vec(),
        script: Script::Latin,
        rtl: false,
        lang: Lang::new(lang).unwrap(),
        capitals: false,
        verbatim: false,
    };
    shaper.voice(&key).word(fonts, text)
}

#[test]
fn letters_are_kerned() {
    let fonts = Fonts::bundled();
    let loose = word(&fonts, "AVATAR", "en", &[(*b"kern", 0)]).width;
    let kerned = word(&fonts, "AVATAR", "en", &[]).width;
    assert!(kerned < loose - 200, "{kerned} of {loose}");
}

#[test]
fn what_parts_letters_is_no_glyph_and_leaves_their_kerning() {
    let fonts = Fonts::bundled();
    let parted = word(&fonts, "shelf\u{200c}ful", "en", &[]);
    let plain = word(&fonts, "shelfful", "en", &[(*b"liga", 0)]);
    assert_eq!(parted.glyphs, plain.glyphs);
    assert_eq!((&*parted.text, &*parted.apart), ("shelfful", &[5][..]));
}

#[test]
fn a_broken_word_keeps_its_parted_letters() {
    let fonts = Fonts::bundled();
    let shaper = Shaper::new(&fonts);
    let whole = word(&fonts, "un\u{ad}shelf\u{200c}ful", "en", &[]);
    let key = VoiceKey {
        protrusion: Protrusion::default(),
        hyphens: HyphenLimits::default(),
        face: crate::font::FaceId(0),
        features: Vec::new(),
        script: Script::Latin,
        rtl: false,
        lang: Lang::new("en").unwrap(),
        capitals: false,
        verbatim: false,
    };
    let part = shaper.voice(&key).part(&whole, 2..10, false);
    let plain = word(&fonts, "shelfful", "en", &[(*b"liga", 0)]);
    assert_eq!(part.glyphs, plain.glyphs);
}
