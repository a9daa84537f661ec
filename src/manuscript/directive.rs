//! Lines of containers, `::: note` and `:::`, and what containers become.

use std::ops::Range;

use super::builder::Builder;
use super::container::{self, Kind as Word, Opening};
use super::frame::{Frame, Kind, Opener};
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Attrs, Block, BlockKind, Container, ContainerKind, Definition, Inline, InlineKind,
};

impl Builder<'_> {
    /// Takes in a `:::` line; `range` holds it without its indent. False if it is none.
    pub fn directive(&mut self, range: Range<usize>) -> bool {
        let line = self.text[range.clone()].trim_end();
        if !self.features.extensions || !line.starts_with(":::") || line.contains('\n') {
            return false;
        }
        let range = range.start..range.start + line.len();
        let inside = line.trim_start_matches(':');
        let colons = line.len() - inside.len();
        if inside.is_empty() {
            self.directive_ends(range);
            return true;
        }
        let mut opening = container::read(inside);
        opening.title_at = opening.title_at.map(|at| range.start + colons + at);
        if let Some(bad) = &opening.malformed {
            let start = range.start + colons;
            self.bad_attributes(start + bad.start..start + bad.end);
        }
        if let Some(value) = opening.attrs.get("only") {
            let span = self.span(range.clone());
            self.report(super::span::no_target(value, span));
        }
        if !self.prepare_block() {
            return true;
        }
        let after = &self.text[range.end..];
        if container::is_leaf(inside, after) {
            self.finish_container(opening, Vec::new(), range);
            return true;
        }
        let attrs = Attrs::default();
        self.open(
            Kind::Container(Box::new(opening)),
            Opener::Directive,
            attrs,
            range,
        );
        true
    }

    fn directive_ends(&mut self, range: Range<usize>) {
        self.flush();
        // Not beyond what Markdown holds open: a `:::` in a list item closes nothing around the list.
        let open = self
            .frames
            .iter()
            .rposition(|frame| matches!(frame.opener, Opener::Directive | Opener::Markdown))
            .filter(|at| self.frames[*at].opener == Opener::Directive);
        match open {
            Some(at) => {
                self.close_to(at + 1);
                if let Some(frame) = self.frames.last_mut() {
                    frame.range.end = range.end;
                    frame.opener = Opener::Implied;
                }
                self.close_to(at);
            }
            None => {
                let span = self.span(range);
                self.report(
                    Diagnostic::new(
                        Code::StrayContainerEnd,
                        span,
                        "this `:::` closes nothing",
                    )
                    .hint("remove it, or open a container above it, in the same list item or quotation"),
                );
            }
        }
    }

    /// Reports a container that something else closed.
    pub fn warn_of_unclosed(&mut self, frame: &Frame) {
        if frame.opener != Opener::Directive {
            return;
        }
        let span = self.span(frame.range.clone());
        self.report(
            Diagnostic::new(
                Code::UnclosedContainer,
                span,
                "this container is never closed",
            )
            .hint("add a line `:::` where it ends"),
        );
    }

    /// What a container becomes.
    pub fn finish_container(&mut self, opening: Opening, blocks: Vec<Block>, range: Range<usize>) {
        let Opening {
            kind,
            only,
            attrs,
            title,
            title_at,
            ..
        } = opening;
        let title = match title_at {
            _ if title.is_empty() => Vec::new(),
            Some(at) => self.words_in(at..at + title.len()),
            None => self.words(&title, range.start..range.start),
        };
        self.room_in_parts();
        let from = self.host().blocks.len();
        match kind {
            Word::PageBreak => {
                self.block(BlockKind::PageBreak, attrs, range.clone());
                for block in blocks {
                    self.add_block(block);
                }
            }
            Word::Bare => {
                for block in blocks {
                    self.add_block(block);
                }
            }
            Word::Verse => {
                self.verse_title(title, range.clone());
                self.finish_verse(blocks, attrs);
            }
            Word::Container(kind) => {
                let container = Container {
                    kind,
                    title,
                    blocks,
                };
                self.block(BlockKind::Container(container), attrs, range.clone());
            }
        }
        self.only(only, from, range);
    }

    /// A term's lines are terms of their own.
    pub fn finish_term(&mut self, frame: Frame) {
        let line = self.line(frame.pieces, true);
        let terms: Vec<Vec<Inline>> = line
            .split(|inline| matches!(inline.kind, InlineKind::SoftBreak))
            .filter(|term| !term.is_empty())
            .map(<[Inline]>::to_vec)
            .collect();
        let id = self.node(frame.range);
        if let Kind::Definitions(definitions) = &mut self.host().kind {
            match definitions.last_mut() {
                Some(last) if last.bodies.is_empty() => last.terms.extend(terms),
                _ => definitions.push(Definition {
                    id,
                    terms,
                    bodies: Vec::new(),
                }),
            }
        }
    }
}

/// `<center>` and its kin, by their `align`.
pub(super) fn division(align: Option<&str>) -> ContainerKind {
    match align {
        Some("center" | "middle") => ContainerKind::Center,
        Some("right" | "end") => ContainerKind::Right,
        _ => ContainerKind::Plain,
    }
}
