//! From words to glyphs.
//!
//! In: a word, and all that its looks depend on: face, features, script, direction, language (a [`Voice`]). Out: a
//! [`Word`]: its glyphs in font units with the bytes they stand for, and where it may be broken and how wide it is up to
//! there. A word is shaped once in a book; all threads share the result. Characters that a face lacks come from another
//! face ([`Segment`]); those that no face has are counted by script and reported once, and so is what a style asks for and
//! its face has no glyphs for ([`Shaper::report`]).

mod dress;
mod glyphs;
mod ligature;
mod missing;
mod protrude;
mod script;
mod voice;
mod word;

pub use dress::{Dress, Manner, Scale, Spacing, lacks};
pub use missing::{Lack, Lacking, Missing};
pub use script::{is_rtl, is_unspaced, script_of, scripts};
pub use voice::{Voice, VoiceKey};
pub use word::{Point, Segment, Word, WordGlyph};

use std::sync::{Arc, Mutex, RwLock};

use crate::diag::Sink;
use crate::font::Fonts;
use crate::source::Sources;

use super::hyphen::Exceptions;

/// Shapes a book's words and remembers them.
pub struct Shaper<'a> {
    fonts: &'a Fonts,
    exceptions: Exceptions,
    voices: RwLock<Vec<Arc<Voice>>>,
    missing: Mutex<Missing>,
}

impl<'a> Shaper<'a> {
    /// Knows no word yet.
    pub fn new(fonts: &'a Fonts) -> Shaper<'a> {
        Shaper::hyphenating(fonts, Exceptions::new())
    }

    /// The same; these words are hyphenated otherwise than by their language's patterns.
    pub fn hyphenating(fonts: &'a Fonts, exceptions: Exceptions) -> Shaper<'a> {
        Shaper {
            fonts,
            exceptions,
            voices: RwLock::default(),
            missing: Mutex::default(),
        }
    }

    /// The faces it shapes with.
    pub fn fonts(&self) -> &'a Fonts {
        self.fonts
    }

    /// The voice of a key, made when it is first asked for.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn voice(&self, key: &VoiceKey) -> Arc<Voice> {
        const UNBROKEN: &str = "no code under this lock panics";
        let known = |voices: &[Arc<Voice>]| voices.iter().find(|v| v.key() == key).cloned();
        if let Some(voice) = known(&self.voices.read().expect(UNBROKEN)) {
            return voice;
        }
        let mut voices = self.voices.write().expect(UNBROKEN);
        known(&voices).unwrap_or_else(|| {
            let voice = Arc::new(Voice::new(key.clone(), self.fonts, &self.exceptions));
            voices.push(voice.clone());
            voice
        })
    }

    /// What no face has, so far.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn missing(&self) -> std::sync::MutexGuard<'_, Missing> {
        self.missing.lock().expect("no code under this lock panics")
    }

    /// Reports what no face has: each script once, with a count, at the place of the first; and each feature that a face
    /// lacks.
    pub fn report(&self, sources: &Sources, sink: &Sink) {
        self.missing().report(self.fonts, sources, sink);
    }
}

#[cfg(test)]
mod tests;
