//! All that a word's glyphs depend on but the word.

use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::Hasher;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use harfrust::{
    Buffer, BufferFlags, Direction, Feature, Language, ShapeOptions, ShapePlan, ShaperFont, Tag,
};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use skrifa::Font;
use unicode_script::{Script, UnicodeScript};

use crate::font::{FaceId, FaceMetrics, Fonts};
use crate::model::Lang;
use crate::theme::{HyphenLimits, Protrusion};

use super::super::hyphen::{self, Exceptions, Hyphenation, Opportunity, WordList};
use super::glyphs::{Spot, Walk, is_short, read, stretches};
use super::ligature::{self, NON_JOINER};
use super::protrude::protrusion;
use super::word::{Point, Segment, Word, WordGlyph};

/// What tells one voice from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceKey {
    /// The face.
    pub face: FaceId,
    /// Features and what they are set to (0 for off), over the shaper's own defaults.
    pub features: Vec<([u8; 4], u32)>,
    /// The script.
    pub script: Script,
    /// Written from right to left.
    pub rtl: bool,
    /// The language: of the glyphs and of hyphenation.
    pub lang: Lang,
    /// Small letters are shown as capitals.
    pub capitals: bool,
    /// Code: broken at its joints, never hyphenated.
    pub verbatim: bool,
    /// How far characters hang out at straight edges.
    pub protrusion: Protrusion,
    /// Where words may be hyphenated.
    pub hyphens: HyphenLimits,
}

/// Words are spread over so many locks, that threads seldom meet at one.
const SHARDS: usize = 32;

/// Words by their hash, which is compared before the word.
type Words = HashTable<(u64, Box<str>, Arc<Word>)>;

/// A face, features, script, direction and language, with the words shaped in them.
pub struct Voice {
    key: VoiceKey,
    font: Option<Font>,
    metrics: FaceMetrics,
    /// The glyph of a space; 0 if the face has none.
    space: u16,
    features: Vec<Feature>,
    plan: Option<ShapePlan>,
    patterns: Option<hypher::Lang>,
    /// Words of its language that are hyphenated otherwise.
    exceptions: Option<Arc<WordList>>,
    /// The hyphen at a line's end, and its advance.
    hyphen: (char, i32),
    shards: [Mutex<Words>; SHARDS],
}

thread_local! {
    /// The shaper's own memory, kept from word to word.
    static BUFFER: RefCell<Buffer> = RefCell::new(Buffer::new());
}

impl Voice {
    pub(super) fn new(key: VoiceKey, fonts: &Fonts, exceptions: &Exceptions) -> Voice {
        let face = fonts.face(key.face);
        let features: Vec<Feature> = key
            .features
            .iter()
            .map(|(tag, value)| Feature::new(Tag::new(tag), *value, ..))
            .collect();
        let font = face.font().cloned();
        let plan = font.as_ref().map(|font| {
            let language = Language::new(key.lang.tag());
            ShapePlan::new(
                font,
                direction(key.rtl),
                script(key.script),
                language.as_ref(),
                &features,
            )
        });
        // Patterns are for the language's own letters.
        let own = super::script_of(&key.lang) == key.script;
        let hyphenates = own && !key.verbatim && !key.rtl;
        let patterns = hyphen::patterns(&key.lang).filter(|_| hyphenates);
        let exceptions = exceptions.of(&key.lang).filter(|_| hyphenates).cloned();
        let hyphen = if face.has('\u{2010}') {
            '\u{2010}'
        } else {
            '-'
        };
        let mut voice = Voice {
            font,
            metrics: *face.metrics(),
            space: face.glyph(' ').unwrap_or(0),
            features,
            plan,
            patterns,
            exceptions,
            hyphen: (hyphen, 0),
            shards: Default::default(),
            key,
        };
        voice.hyphen.1 = voice.glyphs(hyphen.encode_utf8(&mut [0; 4]), &[]).1;
        voice
    }

    /// What it is.
    pub fn key(&self) -> &VoiceKey {
        &self.key
    }

    /// The face's measures.
    pub fn metrics(&self) -> &FaceMetrics {
        &self.metrics
    }

    /// The glyph of a space; 0 if the face has none.
    pub fn space(&self) -> u16 {
        self.space
    }

    /// A word in glyphs.
    ///
    /// # Panics
    /// When another thread panicked in here before, which it cannot.
    pub fn word(&self, fonts: &Fonts, text: &str) -> Arc<Word> {
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        let hash = hasher.finish();
        let shard = &self.shards[(hash >> 32) as usize % SHARDS];
        const UNBROKEN: &str = "no code under this lock panics";
        let same = |known: &(u64, Box<str>, Arc<Word>)| known.0 == hash && *known.1 == *text;
        if let Some((.., word)) = shard.lock().expect(UNBROKEN).find(hash, same) {
            return word.clone();
        }
        // Outside the lock: two threads may shape one word twice, to the same end.
        let word = Arc::new(self.make(fonts, text));
        let mut words = shard.lock().expect(UNBROKEN);
        if words.find(hash, same).is_none() {
            words.insert_unique(hash, (hash, text.into(), word.clone()), |known| known.0);
        }
        word
    }

    /// Letters that are no word of their own, as they stand.
    pub fn letters(&self, text: &str) -> Word {
        self.shape(text.to_owned(), &[], &[])
    }

    /// The part of a word that stands before or behind a place where it was broken, with its hyphen.
    pub fn part(&self, word: &Word, range: Range<usize>, hyphen: bool) -> Word {
        let text = word.text.get(range.clone()).unwrap_or_default();
        let inner = range.start + 1..range.end;
        let apart = word.apart.iter().map(|at| usize::from(*at));
        let apart: Vec<usize> = apart
            .filter(|at| inner.contains(at))
            .map(|at| at - range.start)
            .collect();
        if !hyphen {
            return self.shape(text.to_owned(), &[], &apart);
        }
        let mut with = String::with_capacity(text.len() + 3);
        with.push_str(text);
        with.push(self.hyphen.0);
        let mut word = self.shape(with, &[], &apart);
        // To a reader the hyphen is a soft one: it is not in the text.
        let mut shown = text.to_owned();
        shown.push('\u{ad}');
        let (typed, soft) = (self.hyphen.0.len_utf8(), '\u{ad}'.len_utf8());
        if let Some(last) = word
            .glyphs
            .last_mut()
            .filter(|glyph| usize::from(glyph.bytes) >= typed)
        {
            last.bytes = (usize::from(last.bytes) - typed + soft) as u16;
            word.text = shown.into();
        }
        word
    }

    fn make(&self, fonts: &Fonts, text: &str) -> Word {
        if let Some(split) = self.split(fonts, text) {
            return Word {
                split: Some(split),
                ..Word::default()
            };
        }
        let (text, mut apart) = if self.key.verbatim {
            (Cow::Borrowed(text), Vec::new())
        } else {
            ligature::apart(text, self.key.script, &self.key.lang)
        };
        let mut found = Vec::new();
        let how = Hyphenation {
            patterns: self.patterns,
            exceptions: self.exceptions.as_deref(),
            limits: self.key.hyphens,
            verbatim: self.key.verbatim,
        };
        hyphen::opportunities(&text, &how, &mut found);
        if !text.contains(steers) {
            return self.shape(text.into_owned(), &found, &apart);
        }
        // What only steers is dropped, and places move up by what was dropped before them.
        let mut clean = String::with_capacity(text.len());
        let places = found.iter_mut().map(|opportunity| &mut opportunity.at);
        let mut places = places.peekable();
        let mut parted = apart.iter_mut().peekable();
        for (at, c) in text.char_indices() {
            while let Some(place) = places.next_if(|place| **place == at) {
                *place = clean.len();
            }
            while let Some(place) = parted.next_if(|place| **place == at) {
                *place = clean.len();
            }
            if !steers(c) {
                clean.push(c);
            }
        }
        places.for_each(|place| *place = clean.len());
        found.retain(|o| o.at > 0 && o.at < clean.len());
        found.dedup_by_key(|o| o.at);
        self.shape(clean, &found, &apart)
    }

    /// Shapes a text that may be broken at `places` and has no ligature across `apart`.
    fn shape(&self, text: String, places: &[Opportunity], apart: &[usize]) -> Word {
        let (glyphs, width) = self.glyphs(&text, apart);
        let clusters = glyphs.iter().filter(|glyph| glyph.bytes > 0).count();
        let mut word = Word {
            width,
            clusters: clusters.min(usize::from(u16::MAX)) as u16,
            ..Word::default()
        };
        let edge = |c: Option<char>| c.map_or((0, 0), |c| self.hang(c, &glyphs));
        word.hang_start = edge(text.chars().next()).0;
        word.hang_end = edge(text.chars().next_back()).1;
        if !self.key.rtl && text.len() < usize::from(u16::MAX) {
            let mut walk = Walk::new(&glyphs);
            word.points = places
                .iter()
                .map(|place| self.point(*place, &text, &mut walk))
                .collect();
        }
        let apart = apart.iter().filter_map(|at| u16::try_from(*at).ok());
        word.apart = apart.collect();
        word.text = text.into();
        word.glyphs = glyphs.into();
        word
    }

    /// By how much a character at the start or the end of a word sticks out.
    fn hang(&self, c: char, glyphs: &[WordGlyph]) -> (i32, i32) {
        if self.key.verbatim {
            return (0, 0);
        }
        let (start, end) = protrusion(c, &self.key.protrusion);
        if (start, end) == (0, 0) {
            return (0, 0);
        }
        let own = |glyph: Option<&WordGlyph>| {
            // In a ligature, the character's share.
            glyph.map_or(0, |glyph| {
                let bytes = i32::from(glyph.bytes).max(1);
                glyph.advance * (c.len_utf8() as i32).min(bytes) / bytes
            })
        };
        let (first, last) = if self.key.rtl {
            (glyphs.last(), glyphs.first())
        } else {
            (glyphs.first(), glyphs.last())
        };
        (own(first) * start / 1000, own(last) * end / 1000)
    }

    fn point(&self, place: Opportunity, text: &str, walk: &mut Walk<'_>) -> Point {
        let Spot {
            width,
            clusters,
            before,
            after,
        } = walk.to(place.at);
        let last = text[..place.at].chars().next_back().unwrap_or(' ');
        let first = text[place.at..].chars().next().unwrap_or(' ');
        let share = |glyph: Option<&WordGlyph>, thousandths: i32| {
            glyph.map_or(0, |glyph| glyph.advance * thousandths / 1000)
        };
        let end = if place.kind.adds_hyphen() {
            self.hyphen.1 - self.hyphen.1 * protrusion(self.hyphen.0, &self.key.protrusion).1 / 1000
        } else if self.key.verbatim {
            0
        } else {
            -share(before, protrusion(last, &self.key.protrusion).1)
        };
        let hang = if self.key.verbatim {
            0
        } else {
            share(after, protrusion(first, &self.key.protrusion).0)
        };
        Point {
            at: place.at as u16,
            kind: place.kind,
            width,
            clusters,
            end,
            hang,
        }
    }

    /// How a word falls apart by the faces that have it; `None` if this voice's face has all of it.
    fn split(&self, fonts: &Fonts, text: &str) -> Option<Box<[Segment]>> {
        let face = fonts.face(self.key.face);
        let has = |c: char| needs_no_glyph(c) || face.has(self.substitute(c));
        if text.chars().all(has) {
            return None;
        }
        let mut segments: Vec<Segment> = Vec::new();
        let mut chars = text.char_indices().peekable();
        while let Some((at, base)) = chars.next() {
            let mut end = at + base.len_utf8();
            let mut all = has(base);
            // Marks stay with their letter.
            while let Some((_, mark)) =
                chars.next_if(|(_, c)| c.script() == Script::Inherited || needs_no_glyph(*c))
            {
                end += mark.len_utf8();
                all &= has(mark);
            }
            let face = if all {
                Some(self.key.face)
            } else {
                fonts
                    .fallback(base, self.key.face)
                    .or_else(|| has(base).then_some(self.key.face))
            };
            match segments.last_mut() {
                Some(last) if last.face == face => last.end = end,
                _ => segments.push(Segment { end, face }),
            }
        }
        // A word that this face has but for a mark that no face has is shaped as it is.
        if segments.iter().all(|s| s.face == Some(self.key.face)) {
            return None;
        }
        Some(segments.into())
    }

    /// The character to draw where the face lacks one that looks the same.
    fn substitute(&self, c: char) -> char {
        match c {
            '\u{2010}' | '\u{2011}' => self.hyphen.0,
            _ => c,
        }
    }

    fn glyphs(&self, text: &str, apart: &[usize]) -> (Vec<WordGlyph>, i32) {
        if is_short(text) {
            return self.stretch(text, apart);
        }
        let mut pieces: Vec<(Vec<WordGlyph>, i32)> = stretches(text)
            .map(|range| {
                let parted = |at: usize| apart.partition_point(|place| *place <= at);
                let here = &apart[parted(range.start)..parted(range.end)];
                let here: Vec<usize> = here.iter().map(|at| at - range.start).collect();
                self.stretch(&text[range], &here)
            })
            .collect();
        if let [_] = pieces.as_slice() {
            return pieces.remove(0);
        }
        if self.key.rtl {
            pieces.reverse();
        }
        let width = pieces
            .iter()
            .fold(0, |sum: i32, (_, width)| sum.saturating_add(*width));
        (
            pieces.into_iter().flat_map(|(glyphs, _)| glyphs).collect(),
            width,
        )
    }

    fn stretch(&self, text: &str, apart: &[usize]) -> (Vec<WordGlyph>, i32) {
        let (Some(font), Some(plan)) = (&self.font, &self.plan) else {
            return (Vec::new(), 0);
        };
        BUFFER.with_borrow_mut(|buffer| {
            buffer.clear();
            buffer.set_direction(direction(self.key.rtl));
            buffer.set_script(script(self.key.script));
            buffer.set_language(plan.language().cloned());
            // What parts ligatures is for the shaper alone, and no glyph of it remains.
            buffer.set_flags(if apart.is_empty() {
                BufferFlags::default()
            } else {
                BufferFlags::REMOVE_DEFAULT_IGNORABLES
            });
            let mut apart = apart.iter().peekable();
            let mut before = 0;
            for (at, c) in text.char_indices() {
                let cluster = at as u32;
                if apart.next_if(|place| **place <= at).is_some() {
                    buffer.push(NON_JOINER as u32, before);
                }
                if self.key.capitals && c.is_lowercase() {
                    ligature::capital(c, &self.key.lang, |c| buffer.push(c as u32, cluster));
                } else {
                    buffer.push(self.substitute(c) as u32, cluster);
                }
                before = cluster;
            }
            let shaped = harfrust::shape(
                &ShaperFont::new(font),
                buffer,
                ShapeOptions::new()
                    .plan(Some(plan))
                    .features(&self.features),
            );
            if shaped.is_err() {
                return (Vec::new(), 0);
            }
            read(buffer, text.len(), self.key.rtl)
        })
    }
}

fn direction(rtl: bool) -> Direction {
    if rtl {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    }
}

fn script(script: Script) -> Option<harfrust::Script> {
    let tag = Tag::from_be_bytes(script.short_name().as_bytes().try_into().ok()?);
    harfrust::Script::from_iso15924_tag(tag)
}

/// What only says where lines may or may not break.
fn steers(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// What is never drawn, so that no face need have it.
fn needs_no_glyph(c: char) -> bool {
    steers(c)
        || c.is_control()
        || matches!(c as u32, 0x34f | 0x61c | 0x200c..=0x200f | 0x202a..=0x202e | 0x2061..=0x206f
            | 0xfe00..=0xfe0f | 0xe0000..=0xe0fff)
}
