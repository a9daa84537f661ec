//! Text as it grows: white space collapsed, looks and owners noted beside it.

use std::sync::Arc;

use super::super::frame::{Artifact, Owner};
use super::super::shape::is_unspaced;
use super::collect::{Collector, LINE_END, OBJECT, Object, Source, State, Stretch, Text};
use super::{Call, Voice};
use crate::model::NodeId;

impl Collector<'_, '_> {
    /// Takes away a space at the end.
    pub(super) fn trim(&mut self) {
        if !self.verbatim {
            let kept = self.out.text.trim_end_matches(' ').len();
            self.out.text.truncate(kept);
        }
    }

    pub(super) fn flush_soft(&mut self, state: &State, id: NodeId) {
        if let Some(soft) = self.soft.take() {
            self.space(&soft, state, id);
        }
    }

    /// A line end of the manuscript that is a space. It goes with what stands before it: lines under and through words
    /// do not begin with it. It looks as the line end did: behind code it is no wider than elsewhere.
    fn space(&mut self, soft: &State, state: &State, id: NodeId) {
        if self.at_space() {
            return;
        }
        match self.out.stretches.last() {
            Some(last) if last.call.is_none() => {
                if !Arc::ptr_eq(&last.style, &soft.style) {
                    let after = Stretch {
                        start: self.out.text.len(),
                        style: soft.style.clone(),
                        underline: soft.underline,
                        strike: soft.strike,
                        ..last.clone()
                    };
                    self.out.stretches.push(after);
                }
            }
            _ => self.stretch(state, id, None),
        }
        self.out.text.push(' ');
    }

    pub(super) fn text(&mut self, text: &str, state: &State, id: NodeId) {
        let Some(first) = text.chars().next() else {
            return;
        };
        if let Some(soft) = self.soft.take() {
            let last = self.out.text.chars().next_back();
            // Signs of scripts without spaces: the line end was the author's editor's.
            let joins = last.is_some_and(without_spaces) && without_spaces(first);
            if !joins {
                self.space(&soft, state, id);
            }
        }
        self.stretch(state, id, None);
        let begun = self.begun(id, text);
        self.source(id, begun);
        if self.verbatim {
            return self.out.text.push_str(text);
        }
        let mut rest = text;
        let behind = |rest: &str| begun + (text.len() - rest.len()) as u32;
        // All of these are one byte long, which no part of another character is.
        let white = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        while let Some(at) = rest.bytes().position(white) {
            self.out.text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if self.at_space() {
                self.source(id, behind(rest));
            } else {
                self.out.text.push(' ');
            }
        }
        // A line end or an object of the manuscript's own would be taken for one of ours.
        if rest.contains([OBJECT, LINE_END, '\u{2029}']) {
            for (at, c) in rest.char_indices() {
                self.source(id, behind(&rest[at..]));
                self.out.text.push(match c {
                    OBJECT => '\u{fffd}',
                    LINE_END | '\u{2029}' => ' ',
                    c => c,
                });
            }
        } else {
            self.out.text.push_str(rest);
        }
    }

    /// How many bytes of an inline's text were read before this one.
    fn begun(&mut self, id: NodeId, text: &str) -> u32 {
        let begun = self.read.filter(|(node, _)| *node == id);
        let begun = begun.map_or(0, |(_, bytes)| bytes);
        self.read = Some((id, begun + text.len() as u32));
        begun
    }

    /// What follows comes from here.
    pub(super) fn source(&mut self, node: NodeId, byte: u32) {
        let at = self.out.text.len() as u32;
        // Spaces may have been taken away since.
        while self.out.sources.last().is_some_and(|last| last.at >= at) {
            self.out.sources.pop();
        }
        let (node, byte, fixed) = match self.cx.within {
            Some((node, byte)) => (node, byte, true),
            None => (node, byte, false),
        };
        self.out.sources.push(Source {
            at,
            node,
            byte,
            fixed,
        });
    }

    /// Whether a space here would be one too many.
    fn at_space(&self) -> bool {
        let mut before = self.out.text.chars().rev();
        let anchors = &self.out.objects;
        let last = before.next();
        match last {
            // An anchor has no width: what counts is what stands before it.
            Some(OBJECT) if matches!(anchors.last(), Some(Object::Anchor(_))) => {
                matches!(before.find(|c| *c != OBJECT), None | Some(' ' | LINE_END))
            }
            None | Some(' ' | LINE_END) => !self.verbatim,
            _ => false,
        }
    }

    /// What follows looks like this.
    pub(super) fn stretch(&mut self, state: &State, node: NodeId, call: Option<Call>) {
        let owner = match (state.element, self.voice) {
            (None, Voice::Artifact(artifact)) => Owner::Artifact(artifact),
            (None, Voice::Element(_)) => Owner::Artifact(Artifact::Layout),
            (Some(element), _) => Owner::Slot(match self.slot {
                Some((of, slot)) if of == element => slot,
                _ => {
                    let slot = self.cx.structure.slot(element);
                    self.slot = Some((element, slot));
                    slot
                }
            }),
        };
        let start = self.out.text.len();
        if let Some(last) = self.out.stretches.last_mut() {
            let same = last.owner == owner
                && last.link == state.link
                && Arc::ptr_eq(&last.style, &state.style)
                && (last.underline, last.strike) == (state.underline, state.strike)
                && last.lang == state.lang
                && last.call.is_none()
                && call.is_none();
            if same {
                return;
            }
            if last.start == start {
                self.out.stretches.pop();
            }
        }
        self.out.stretches.push(Stretch {
            start,
            style: state.style.clone(),
            lang: state.lang.clone(),
            owner,
            link: state.link,
            node,
            underline: state.underline,
            strike: state.strike,
            call,
        });
    }

    pub(super) fn finish(mut self) -> Text {
        self.trim();
        // A line end that nothing follows ends nothing.
        while self.out.text.ends_with(LINE_END) {
            self.out.text.pop();
            self.trim();
        }
        self.out
    }
}

/// Signs between which a line end of the manuscript is nothing: all unspaced scripts but Korean's, which has spaces.
fn without_spaces(c: char) -> bool {
    is_unspaced(c) && !matches!(c as u32, 0xac00..=0xd7ff | 0x1100..=0x11ff)
}
