//! Verse: lines as the poet ended them; what does not fit is turned over and hung.

use std::sync::Arc;

use super::ChildKind;
use super::block::classes;
use super::stick::Stick;
use crate::model::{Block, Role, Stanza};
use crate::typeset::page::cost;
use crate::typeset::paragraph::{Measure, Voice, prepare};
use crate::typeset::structure::Tag;
use crate::unit::{Abs, Em};

/// A leading space of the Markdown: half an em, so that two are a printer's usual step.
const STEP: Em = Em::new(0.5);
/// How much further than its line's start a turnover stands.
const TURNOVER: Em = Em::new(2.0);
/// What a page end inside a stanza costs: less than a widow, more than a few lines left empty.
const IN_STANZA: f64 = 5e9;

impl Stick<'_, '_> {
    /// Stanzas, parted by a line.
    pub(super) fn verse(&mut self, block: &Block, stanzas: &[Stanza]) {
        let mut style = self
            .plan
            .style(Role::Verse, classes(block.attrs.as_deref()), &self.text);
        let element = self.open_block(Tag::Div, block);
        let entered = self.enter(&style, element);
        let plain = Arc::make_mut(&mut style);
        (plain.start, plain.end) = (Abs::ZERO, Abs::ZERO);
        (plain.keep_with_next, plain.keep_together) = (false, false);
        for stanza in stanzas {
            let outer = self.come_from(stanza.id);
            self.stretchable_space(self.plan.grid);
            let paragraph = self.open(Tag::P, stanza.id);
            let last = stanza.lines.len().saturating_sub(1);
            for (at, line) in stanza.lines.iter().enumerate() {
                let material = prepare(self.cx, &line.content, &style, Voice::Element(paragraph));
                let size = style.size();
                let indent = (STEP.at(size) * i64::from(line.indent)).min(self.room.width / 2);
                let measure = Measure {
                    first: indent,
                    rest: (indent + TURNOVER.at(size)).min(self.room.width * 2 / 3),
                    ..Measure::of(self.room.width)
                };
                let child = self.push_lines(&material, &style, &measure);
                let child = &mut self.galley.children[child];
                if let ChildKind::Lines(lines) = &mut child.kind {
                    lines.keep_together = true;
                    lines.varies = false;
                }
                // At least two lines of a stanza stand together; a short one is not parted at all.
                child.end_cost = match at {
                    _ if at == last => 0.0,
                    _ if last < 3 || at == 0 || at + 1 == last => cost::WIDOW,
                    _ => IN_STANZA,
                };
            }
            self.origin = outer;
        }
        self.leave(entered);
        self.first = false;
    }
}
