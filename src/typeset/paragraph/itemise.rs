//! From text to chunks: words, spaces and what else there is, each of one look, one script, one direction, one face.

use std::ops::Range;
use std::sync::Arc;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_bidi::{Level, ParagraphBidiInfo};
use unicode_script::Script;

use super::super::shape::{
    Dress, Lack, Lacking, Manner, Shaper, is_rtl, is_unspaced, lacks, script_of, scripts,
};
use super::super::style::{Style, TextStyle};
use super::Call;
use super::collect::{LINE_END, OBJECT, Object, Stretch, Text};
use super::content::{Chunk, ChunkKind, Content, RunStyle, is_space};
use crate::font::FaceId;
use crate::model::{Lang, NodeId, NodeRef};

/// Dresses made before, and for what.
#[derive(Default)]
pub(super) struct Wardrobe {
    dresses: Vec<(Wish, Dress)>,
}

#[derive(Clone, PartialEq)]
struct Wish {
    style: Arc<TextStyle>,
    face: FaceId,
    manner: Manner,
    script: Script,
    rtl: bool,
    lang: Lang,
}

impl Wardrobe {
    fn dress(&mut self, shaper: &Shaper<'_>, wish: Wish) -> Dress {
        let same = |known: &Wish| {
            (known.face, known.manner, known.script, known.rtl)
                == (wish.face, wish.manner, wish.script, wish.rtl)
                && (Arc::ptr_eq(&known.style, &wish.style) || known.style == wish.style)
                && known.lang == wish.lang
        };
        if let Some((_, dress)) = self.dresses.iter().find(|(known, _)| same(known)) {
            return dress.clone();
        }
        let direction = (wish.script, wish.rtl);
        let dress = Dress::new(
            shaper,
            &wish.style,
            wish.face,
            wish.manner,
            direction,
            &wish.lang,
        );
        self.dresses.push((wish, dress.clone()));
        dress
    }
}

/// A stretch's first byte, and what tells its runs apart.
type Look = (usize, FaceId, Manner, Script, bool);

/// What the faces at hand could not do, by the inline that asked for it.
#[derive(Default)]
pub(super) struct Wants {
    /// Characters that no face has.
    pub missing: Vec<(NodeId, char)>,
    /// What a style's own face has no glyphs for.
    pub lacks: Vec<(NodeId, FaceId, Lacking)>,
}

struct Itemiser<'x, 's> {
    shaper: &'x Shaper<'s>,
    wardrobe: &'x mut Wardrobe,
    text: &'x str,
    /// A level for each byte; empty where all run from left to right.
    levels: Vec<Level>,
    /// Places in unspaced text where a line may end, in order.
    gaps: Vec<usize>,
    /// How many of them are behind.
    gap: usize,
    chunks: Vec<Chunk>,
    runs: Vec<RunStyle>,
    calls: Vec<(u32, Call)>,
    wants: Wants,
    /// The paragraph itself is set like code.
    fixed_pitch: bool,
    /// The run found last, and for what.
    last: Option<(Look, u16)>,
}

/// Makes chunks of a paragraph's text; returns what the faces could not do as well.
pub(super) fn itemise(
    shaper: &Shaper<'_>,
    wardrobe: &mut Wardrobe,
    text: Text,
    style: &Arc<Style>,
    rtl: bool,
    origin: NodeRef,
) -> (Content, Wants) {
    let mut itemiser = Itemiser {
        shaper,
        wardrobe,
        text: &text.text,
        levels: Vec::new(),
        gaps: Vec::new(),
        gap: 0,
        chunks: Vec::with_capacity(text.text.len() / 3 + 2),
        runs: Vec::new(),
        calls: Vec::new(),
        wants: Wants::default(),
        fixed_pitch: style.text.fixed_pitch,
        last: None,
    };
    if rtl || is_rtl(&text.text) {
        let base = if rtl { Level::rtl() } else { Level::ltr() };
        itemiser.levels = ParagraphBidiInfo::new(&text.text, Some(base)).levels;
    }
    itemiser.find_gaps();
    let mut objects = text.objects.iter();
    for (at, stretch) in text.stretches.iter().enumerate() {
        let end = text
            .stretches
            .get(at + 1)
            .map_or(text.text.len(), |next| next.start)
            .min(text.text.len());
        itemiser.stretch(stretch, stretch.start.min(end)..end, &mut objects);
    }
    let Itemiser {
        chunks,
        runs,
        calls,
        wants,
        ..
    } = itemiser;
    let content = Content {
        chunks,
        runs,
        calls,
        links: text.links,
        baseline: style.baseline(shaper.fonts()),
        style: style.clone(),
        origin,
        rtl,
        text: text.text,
        sources: text.sources,
        goes_on: false,
    };
    (content, wants)
}

impl Itemiser<'_, '_> {
    fn find_gaps(&mut self) {
        if !self.text.chars().any(is_unspaced) {
            return;
        }
        let segmenter = LineSegmenter::new_auto(LineBreakOptions::default());
        let unspaced = |c: Option<char>| c.is_some_and(is_unspaced);
        let spaced =
            |c: Option<char>| c.is_none_or(|c| is_space(c) || c == LINE_END || c == OBJECT);
        self.gaps = segmenter
            .segment_str(self.text)
            .filter(|at| {
                let before = self.text[..*at].chars().next_back();
                let after = self.text[*at..].chars().next();
                (unspaced(before) || unspaced(after)) && !spaced(before) && !spaced(after)
            })
            .collect();
    }

    fn level(&self, at: usize) -> Level {
        self.levels.get(at).copied().unwrap_or(Level::ltr())
    }

    fn stretch<'t>(
        &mut self,
        stretch: &Stretch,
        range: Range<usize>,
        objects: &mut impl Iterator<Item = &'t Object>,
    ) {
        let first = self.chunks.len() as u32;
        let mut word: Option<usize> = None;
        let text = self.text;
        for (offset, c) in text[range.clone()].char_indices() {
            let at = range.start + offset;
            let single = match c {
                OBJECT => match objects.next() {
                    Some(Object::Image(id, size)) => Some(ChunkKind::Image(*id, *size)),
                    Some(Object::Anchor(dest)) => Some(ChunkKind::Anchor(*dest)),
                    None => None,
                },
                LINE_END => Some(ChunkKind::Break),
                c if is_space(c) => Some(ChunkKind::Space(c)),
                _ => None,
            };
            match single {
                Some(kind) => {
                    if let Some(start) = word.take() {
                        self.word(stretch, start..at);
                    }
                    let level = self.level(at);
                    let run = self.run_beside(stretch, level);
                    self.push(kind, run, level, at);
                }
                None => {
                    word.get_or_insert(at);
                }
            }
        }
        if let Some(start) = word {
            self.word(stretch, start..range.end);
        }
        if let Some(call) = stretch.call {
            self.calls.push((first, call));
        }
    }

    fn push(&mut self, kind: ChunkKind, run: u16, level: Level, at: usize) {
        self.chunks.push(Chunk {
            kind,
            run,
            level: level.number(),
            at: at as u32,
        });
    }

    /// The run of a space or the like. Between words from right to left, whose face may stand in for the style's, it is
    /// theirs.
    fn run_beside(&mut self, stretch: &Stretch, level: Level) -> u16 {
        if level.is_rtl()
            && let Some(last) = self.chunks.last()
            && last.level == level.number()
            && let ChunkKind::Word(_) | ChunkKind::Space(_) = last.kind
            && let Some(run) = self.runs.get(usize::from(last.run))
            && Arc::ptr_eq(&run.style, &stretch.style)
            && (run.owner, run.link, run.node) == (stretch.owner, stretch.link, stretch.node)
            && run.dress.voice.space() != 0
        {
            return last.run;
        }
        let script = script_of(&stretch.lang);
        let (face, manner) = (stretch.style.face, Manner::Plain);
        self.run(stretch, face, manner, script, level.is_rtl())
    }

    /// What stands between two spaces.
    fn word(&mut self, stretch: &Stretch, range: Range<usize>) {
        let mut start = range.start;
        while let Some(gap) = self
            .gaps
            .get(self.gap)
            .copied()
            .filter(|gap| *gap < range.end)
        {
            self.gap += 1;
            if gap < start {
                continue;
            }
            if gap > start {
                self.directions(stretch, start..gap);
            }
            if !self.chunks.is_empty() {
                let level = self.level(gap);
                let run = self.run_beside(stretch, level);
                self.push(ChunkKind::Gap, run, level, gap);
            }
            start = gap;
        }
        self.directions(stretch, start..range.end);
    }

    fn directions(&mut self, stretch: &Stretch, range: Range<usize>) {
        if self.levels.is_empty() {
            return self.by_script(stretch, range, Level::ltr());
        }
        let mut start = range.start;
        let (text, mut level) = (self.text, self.level(range.start));
        for (offset, _) in text[range.clone()].char_indices() {
            let at = range.start + offset;
            if self.level(at) != level {
                self.by_script(stretch, start..at, level);
                (start, level) = (at, self.level(at));
            }
        }
        self.by_script(stretch, start..range.end, level);
    }

    fn by_script(&mut self, stretch: &Stretch, range: Range<usize>, level: Level) {
        let (from, whole) = (range.start, &self.text[range]);
        scripts(whole, script_of(&stretch.lang), |part, script| {
            let (style, text) = (&stretch.style, &whole[part.clone()]);
            let manner = Dress::manner(self.shaper, style, style.face, text);
            // Code within a heading in small capitals is as its author wants it.
            let is_code = style.fixed_pitch && !self.fixed_pitch;
            if manner == Manner::Written && !is_code {
                self.lack(stretch, Lack::SmallCapitals, text);
            }
            let here = from + part.start..from + part.end;
            self.shape(stretch, style.face, manner, here, script, level);
        });
    }

    fn shape(
        &mut self,
        stretch: &Stretch,
        face: FaceId,
        manner: Manner,
        range: Range<usize>,
        script: Script,
        level: Level,
    ) {
        let (from, text) = (range.start, &self.text[range]);
        let runs = self.runs.len();
        let run = self.run(stretch, face, manner, script, level.is_rtl());
        if runs < self.runs.len() {
            for lack in lacks(&stretch.style, self.shaper.fonts().face(face)) {
                self.lack(stretch, lack, text);
            }
        }
        let voice = &self.runs[usize::from(run)].dress.voice;
        let word = voice.word(self.shaper.fonts(), text);
        let Some(split) = word.split.as_deref() else {
            return self.push(ChunkKind::Word(word), run, level, from);
        };
        let voice = voice.clone();
        let mut start = 0;
        for segment in split {
            let (part, at) = (&text[start..segment.end], from + start);
            start = segment.end;
            match segment.face {
                Some(other) => {
                    let run = self.run(stretch, other, manner, script, level.is_rtl());
                    let voice = self.runs[usize::from(run)].dress.voice.clone();
                    let word = voice.word(self.shaper.fonts(), part);
                    if word.split.is_none() {
                        self.push(ChunkKind::Word(word), run, level, at);
                        continue;
                    }
                    // A mark that the letter's face lacks: its letter is shown, and the mark reported.
                    let word = Arc::new(voice.letters(part));
                    self.missing(stretch, part, |c| self.shaper.fonts().face(other).has(c));
                    self.push(ChunkKind::Word(word), run, level, at);
                }
                None => {
                    self.missing(stretch, part, |_| false);
                    let word = Arc::new(voice.letters(part));
                    self.push(ChunkKind::Word(word), run, level, at);
                }
            }
        }
    }

    fn lack(&mut self, stretch: &Stretch, what: Lack, word: &str) {
        let word = word.to_owned();
        let lacking = (stretch.node, stretch.style.face, Lacking { what, word });
        self.wants.lacks.push(lacking);
    }

    fn missing(&mut self, stretch: &Stretch, text: &str, has: impl Fn(char) -> bool) {
        let lost = text.chars().filter(|c| !has(*c));
        let lost: Vec<_> = lost.map(|c| (stretch.node, c)).collect();
        self.wants.missing.extend(lost);
    }

    /// The run of this look; the last few are looked through for one alike.
    fn run(
        &mut self,
        stretch: &Stretch,
        face: FaceId,
        manner: Manner,
        script: Script,
        rtl: bool,
    ) -> u16 {
        let key = (stretch.start, face, manner, script, rtl);
        if let Some((last, run)) = self.last
            && last == key
        {
            return run;
        }
        let run = self.find_run(stretch, face, manner, script, rtl);
        self.last = Some((key, run));
        run
    }

    fn find_run(
        &mut self,
        stretch: &Stretch,
        face: FaceId,
        manner: Manner,
        script: Script,
        rtl: bool,
    ) -> u16 {
        let wish = Wish {
            style: stretch.style.clone(),
            face,
            manner,
            script,
            rtl,
            lang: stretch.lang.clone(),
        };
        let dress = self.wardrobe.dress(self.shaper, wish);
        let alike = |run: &RunStyle| {
            run.owner == stretch.owner
                && run.link == stretch.link
                && run.node == stretch.node
                && (run.underline, run.strike) == (stretch.underline, stretch.strike)
                && Arc::ptr_eq(&run.style, &stretch.style)
                && Arc::ptr_eq(&run.dress.voice, &dress.voice)
                && (run.dress.size, run.dress.rise) == (dress.size, dress.rise)
        };
        let found = self.runs.iter().rev().take(4).position(alike);
        if let Some(back) = found {
            return (self.runs.len() - 1 - back) as u16;
        }
        // A paragraph with more looks than this repeats the last.
        if self.runs.len() < usize::from(u16::MAX) {
            self.runs.push(RunStyle {
                dress,
                style: stretch.style.clone(),
                owner: stretch.owner,
                link: stretch.link,
                node: stretch.node,
                underline: stretch.underline,
                strike: stretch.strike,
            });
        }
        (self.runs.len() - 1) as u16
    }
}
