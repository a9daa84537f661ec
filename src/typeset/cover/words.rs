//! Type on a cover: paragraphs one below the other, as large as there is room for.

use std::sync::Arc;

use super::Cover;
use crate::model::NodeId;
use crate::typeset::frame::{Artifact, Frame};
use crate::typeset::galley::opening::text;
use crate::typeset::galley::stacked;
use crate::typeset::galley::stick::Stick;
use crate::typeset::paragraph::Voice;
use crate::typeset::structure::{ElementId, Tag};
use crate::typeset::style::Style;
use crate::unit::{Abs, Size};

/// Each time that type does not fit, it is set so much smaller.
const STEP: f64 = 0.94;
/// How often: what does not fit at a fifth of its size is no title.
const STEPS: i32 = 26;

/// A style with all its lengths so many times as long.
pub(super) fn grown(style: &Style, by: f64) -> Style {
    Style {
        before: style.before.scale(by),
        after: style.after.scale(by),
        frame: style.frame.scale(by),
        rule: style.rule.scale(by),
        ..style.scaled(by)
    }
}

/// A paragraph of a cover.
pub(super) struct Line {
    /// What it says.
    pub words: String,
    /// What it looks like.
    pub style: Style,
    /// What it is to a screen reader; `None` for an ornament.
    pub tag: Option<Tag>,
}

impl Cover<'_> {
    /// Sets something to a width, in one column.
    pub(super) fn column(
        &mut self,
        width: Abs,
        parent: ElementId,
        set: impl FnOnce(&mut Stick<'_, '_>),
    ) -> Frame {
        let mut stick = Stick::new(&mut self.cx, self.plan, width, parent);
        stick.inner = true;
        stick.least = width / 3;
        set(&mut stick);
        stacked(&stick.finish(), width)
    }

    /// Sets lines one below the other, in type as large as their styles ask and as fits into a room.
    pub(super) fn lines(&mut self, lines: &[Line], room: Size, parent: ElementId) -> Fitted {
        let mark = self.cx.structure.mark(parent);
        let mut by = 1.0;
        for step in 0..=STEPS {
            let column = self.column(room.width, parent, |stick| {
                for line in lines {
                    let style = Arc::new(grown(&line.style, by));
                    if let Some(tag) = &line.tag {
                        let words = [text(NodeId(0), line.words.clone())];
                        let element = stick.open(tag.clone(), NodeId(0));
                        stick.title_lines(&words, &style, element);
                    } else {
                        let voice = Voice::Artifact(Artifact::Layout);
                        let material = stick.words(&line.words, &style, voice);
                        stick.space(style.before);
                        let measure = stick.measure(&style);
                        stick.push_lines(&material, &style, &measure);
                        stick.space(style.after);
                    }
                }
            });
            let fits = column.reach() <= room.width && column.size.height <= room.height;
            if fits || step == STEPS {
                return Fitted { column, fits };
            }
            self.cx.structure.reset(mark);
            by *= STEP;
        }
        // The last step returns.
        Fitted {
            column: Frame::default(),
            fits: false,
        }
    }

    /// Sets blocks of the text on the back to a width.
    pub(super) fn blocks(&mut self, width: Abs, style: &Arc<Style>, parent: ElementId) -> Frame {
        let data = self.cx.data;
        self.column(width, parent, |stick| {
            stick.text = style.clone();
            stick.blocks(&data.blocks);
        })
    }
}

/// Lines that were fitted into a room.
pub(super) struct Fitted {
    /// The lines.
    pub column: Frame,
    /// Whether they fit.
    pub fits: bool,
}
