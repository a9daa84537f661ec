//! Lists, and lists of definitions.

use super::block::is_plain;
use super::page::Page;
use crate::model::{Block, BlockKind, ChapterRole, Definition, Item, List, ListKind, Role};

impl<'a> Page<'a> {
    /// A list.
    pub fn list(&mut self, block: &'a Block, list: &'a List) {
        let name = match list.kind {
            ListKind::Bullet => "ul",
            ListKind::Ordered { .. } => "ol",
        };
        self.open_node(
            name,
            Some(Role::List),
            &[],
            block.id,
            block.attrs.as_deref(),
        );
        if let ListKind::Ordered { start, .. } = list.kind {
            // HTML counts in 32 bits.
            let start = i32::try_from(start).ok().filter(|start| *start != 1);
            let start = start.map(|start| start.to_string());
            self.out.attr_some("start", start.as_deref());
        }
        self.out.line();
        for item in &list.items {
            self.item(item, list.tight);
        }
        self.close_block();
    }

    fn item(&mut self, item: &'a Item, tight: bool) {
        let classes: &[&str] = if item.task.is_some() { &["task"] } else { &[] };
        self.open_node("li", Some(Role::ListItem), classes, item.id, None);
        // A reading system counts by itself.
        self.looks.read("0123456789.");
        if let Some(done) = item.task {
            self.task(done);
        }
        match item.blocks.as_slice() {
            [first, rest @ ..] if is_plain(first) && (tight || item.task.is_some()) => {
                if let BlockKind::Paragraph(content) = &first.kind {
                    self.inlines(content);
                }
                if !rest.is_empty() {
                    self.out.line();
                }
                // In a tight list, paragraphs that are told apart by nothing else would run together.
                self.blocks(rest);
            }
            blocks => {
                self.out.line();
                self.blocks(blocks);
            }
        }
        self.close_block();
    }

    /// The box before a task. Not every voice knows the sign, so it is told what it shows.
    fn task(&mut self, done: bool) {
        let (sign, word) = match done {
            true => ("☑", self.words.done),
            false => ("☐", self.words.to_do),
        };
        self.open("span", None)
            .attr("role", "img")
            .attr("aria-label", word);
        self.text(sign);
        self.close();
        self.text(" ");
    }

    /// Terms and what they mean.
    pub fn definitions(&mut self, block: &'a Block, definitions: &'a [Definition]) {
        // What is defined without a term stands before the list, which may not begin so.
        let bare = definitions.iter().take_while(|d| d.terms.is_empty());
        let (bare, definitions) = definitions.split_at(bare.count());
        let alone = definitions.is_empty();
        if alone {
            self.open_node("div", None, &[], block.id, block.attrs.as_deref())
                .line();
        }
        for body in bare.iter().flat_map(|definition| &definition.bodies) {
            self.blocks(body);
        }
        if alone {
            return self.close_block();
        }
        let glossary = self.chapter.role == ChapterRole::Glossary;
        self.open_node("dl", None, &[], block.id, block.attrs.as_deref())
            .line();
        for definition in definitions {
            for term in &definition.terms {
                self.open("dt", Some(Role::Term))
                    .attr_some("epub:type", glossary.then_some("glossterm"));
                if glossary {
                    self.open("dfn", None);
                }
                self.inlines(term);
                if glossary {
                    self.close();
                }
                self.close_block();
            }
            for body in &definition.bodies {
                self.open("dd", Some(Role::Definition))
                    .attr_some("epub:type", glossary.then_some("glossdef"));
                self.only_content(body);
                self.close_block();
            }
        }
        // Nor may it end with a term.
        if definitions
            .last()
            .is_some_and(|last| last.bodies.is_empty())
        {
            self.open("dd", Some(Role::Definition));
            self.close_block();
        }
        self.close_block();
    }
}
