//! Strings as pages show them: what they say, and where they stand (ISO 32000-1, 9.4).

use std::sync::atomic::Ordering;

use super::super::document::Stretch;
use super::super::syntax::{Dict, Object};
use super::drawing::{Map, Run, STRING, State, then};
use super::fonts::Told;

impl<'f> Run<'_, 'f> {
    /// Shows strings, with the moves between them.
    pub(super) fn show<'o>(
        &mut self,
        items: impl Iterator<Item = &'o Object>,
        state: &State,
        text: &mut Map,
        resources: Option<&'f Dict>,
    ) {
        self.untagged(0);
        if state.mode != 3 {
            self.uncoloured(state, resources);
        }
        self.steps.fetch_add(STRING, Ordering::Relaxed);
        let around = self.around();
        let (is_artifact, has_text, mark) = (around.is_artifact, around.has_text, around.mcid);
        let fonts = self.fonts;
        let reader = state.font.map(|number| (number, &fonts.readers[number]));
        let place = |text: &Map| {
            let [.., x, y] = then(
                [1.0, 0.0, 0.0, 1.0, 0.0, state.rise],
                then(*text, state.map),
            );
            [x, y]
        };
        let [_, _, c, d, ..] = then(*text, state.map);
        let size = state.size.abs() * c.hypot(d);
        let mut stretch = Stretch {
            text: String::new(),
            font: state.font,
            size,
            from: place(text),
            to: [0.0; 2],
            mark,
            is_artifact,
            is_visible: state.mode != 3,
        };
        for item in items {
            let Some(bytes) = item.bytes() else {
                let back = item.number().unwrap_or_default() / 1000.0 * state.size * state.scale;
                // A gap as wide as a word space ends a stretch: many writers set no space.
                if -back > state.size.abs() * 0.12 && !stretch.text.is_empty() {
                    let mut whole = stretch.clone();
                    whole.to = place(text);
                    self.keep(whole);
                    stretch.text.clear();
                }
                *text = then([1.0, 0.0, 0.0, 1.0, -back, 0.0], *text);
                if stretch.text.is_empty() {
                    stretch.from = place(text);
                }
                continue;
            };
            let Some((number, reader)) = reader else {
                continue;
            };
            let mut rest = bytes;
            while let Some((code, length)) = reader.code(rest) {
                rest = &rest[length..];
                let told = reader.told(code);
                let is_new = self.seen.entry(number).or_default().insert(code);
                if is_new && state.mode != 3 {
                    let codes = self.shown.fonts.entry(number).or_default();
                    codes.is_visible = true;
                    if reader.is_missing(code) {
                        codes.missing.push(code);
                    } else {
                        codes.differs |= reader.differs(code);
                    }
                }
                if told == Told::Lost && !is_artifact && !has_text {
                    self.shown
                        .fonts
                        .entry(number)
                        .or_default()
                        .lost
                        .entry(code)
                        .or_insert(mark);
                }
                match &told {
                    Told::Text(told) => stretch.text += told,
                    Told::Lost | Told::Foreign => stretch.text.push('\u{fffd}'),
                }
                let space = if length == 1 && code == 32 {
                    state.words
                } else {
                    0.0
                };
                let along = reader.width(code) / 1000.0 * state.size + state.letters + space;
                *text = then([1.0, 0.0, 0.0, 1.0, along * state.scale, 0.0], *text);
            }
        }
        if !stretch.text.is_empty() {
            stretch.to = place(text);
            self.keep(stretch);
        }
    }

    /// Keeps a string, as one with the last where it goes on from there.
    fn keep(&mut self, stretch: Stretch) {
        if let Some(last) = self.shown.page.text.last_mut() {
            let near = |at: usize| (last.to[at] - stretch.from[at]).abs() < stretch.size * 0.05;
            let alike = last.font == stretch.font
                && last.size.to_bits() == stretch.size.to_bits()
                && last.mark == stretch.mark
                && last.is_artifact == stretch.is_artifact
                && last.is_visible == stretch.is_visible;
            if alike && near(0) && near(1) && last.text.len() < 1 << 16 {
                last.text += &stretch.text;
                last.to = stretch.to;
                return;
            }
        }
        self.shown.page.text.push(stretch);
    }
}
