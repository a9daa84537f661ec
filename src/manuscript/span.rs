//! Bracketed spans and notes among words.

use std::ops::Range;

use super::builder::{Builder, FoundNote};
use super::{container, margin};
use crate::diag::{Code, Diagnostic};
use crate::model::{Attrs, Block, BlockKind, IndexMark, Inline, InlineKind, RefForm, plain_words};
use crate::source::Span;

/// Classes that are inlines of their own.
const STYLES: [(&str, Style); 10] = [
    ("smallcaps", |content| InlineKind::SmallCaps(content)),
    ("small-caps", |content| InlineKind::SmallCaps(content)),
    ("sc", |content| InlineKind::SmallCaps(content)),
    ("underline", |content| InlineKind::Underline(content)),
    ("ul", |content| InlineKind::Underline(content)),
    ("mark", |content| InlineKind::Mark(content)),
    ("kbd", |content| InlineKind::Kbd(content)),
    ("strike", |content| InlineKind::Strike(content)),
    ("sub", |content| InlineKind::Sub(content)),
    ("sup", |content| InlineKind::Sup(content)),
];

type Style = fn(Vec<Inline>) -> InlineKind;

/// `only=paper`
pub(super) fn no_target(value: &str, at: Option<Span>) -> Diagnostic {
    let message = format!("there is no format `{value}`: it is shown in all");
    Diagnostic::new(Code::BadAttribute, at, message).hint("write `only=epub` or `only=pdf`")
}

impl Builder<'_> {
    /// What attributes make of a stretch of a line.
    pub fn styled(
        &mut self,
        mut attrs: Attrs,
        mut content: Vec<Inline>,
        range: Range<usize>,
    ) -> Vec<Inline> {
        let index = attrs.rest.remove("index");
        let page = attrs.rest.remove("page");
        let only = attrs.get("only").and_then(container::target);
        match only {
            Some(_) => {
                attrs.rest.remove("only");
            }
            None => {
                if let Some(value) = attrs.get("only") {
                    let span = self.span(range.clone());
                    self.report(no_target(value, span));
                }
            }
        }
        for (class, style) in STYLES {
            if let Some(found) = attrs.classes.iter().position(|own| own == class) {
                attrs.classes.remove(found);
                let inline = self.inline(style(content), range.clone());
                content = Vec::from([inline]);
            }
        }
        if margin::take_class(&mut attrs) {
            let attrs = std::mem::take(&mut attrs);
            content = Vec::from([self.margin_words(attrs, content, range.clone())]);
        }
        if !attrs.is_empty() {
            let kind = InlineKind::Span {
                attrs: Box::new(attrs),
                content,
            };
            content = Vec::from([self.inline(kind, range.clone())]);
        }
        if let Some(to) = page {
            let kind = InlineKind::Ref {
                to: to.trim_start_matches('#').to_owned(),
                form: RefForm::Page,
                plain: plain_words(&content),
            };
            content = Vec::from([self.inline(kind, range.clone())]);
        }
        if let Some(entry) = index {
            let mark = IndexMark {
                entry: Some(entry).filter(|entry| !entry.is_empty()),
            };
            let kind = InlineKind::Index { mark, content };
            content = Vec::from([self.inline(kind, range.clone())]);
        }
        if let Some(target) = only {
            let kind = InlineKind::Only { target, content };
            content = Vec::from([self.inline(kind, range)]);
        }
        content
    }

    /// A note written where it is called.
    pub fn note_here(&mut self, content: Vec<Inline>, range: Range<usize>) {
        let id = self.node(range.clone());
        let paragraph = Block {
            id,
            attrs: None,
            kind: BlockKind::Paragraph(content),
        };
        self.notes.push(FoundNote {
            name: None,
            blocks: Some(Vec::from([paragraph])),
            range: range.clone(),
            margin: false,
        });
        let call = InlineKind::NoteCall(self.notes.len() as u32 - 1);
        let call = self.inline(call, range.clone());
        self.add_inline(call, range.end);
    }

    /// The number of a named note, until all are in order. Names differ neither by case nor by white space.
    pub fn note_number(&mut self, name: &str, range: &Range<usize>) -> usize {
        let key = name
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        if let Some(number) = self.note_names.get(&key) {
            return *number;
        }
        self.notes.push(FoundNote {
            name: Some(name.to_owned()),
            blocks: None,
            range: range.clone(),
            margin: false,
        });
        self.note_names.insert(key, self.notes.len() - 1);
        self.notes.len() - 1
    }
}
