//! Notes: their calls in the text, their bodies at the chapter's end, the way there and back.
//!
//! A reading system shows a note as a pop-up when its call is a `noteref` and its body a `footnote`. The first thing in a
//! body is the way back, as Kindle wants it.

use crate::model::BlockKind;

use super::chapter::Pen;

impl Pen<'_> {
    /// A note's mark in the text.
    pub fn note_call(&mut self, index: u32) {
        let Some(note) = self.chapter.notes.get(index as usize) else {
            return;
        };
        let node = self.node(note.id);
        let Some(anchor) = self.edition.facts.anchors.get(&node) else {
            return;
        };
        let mark = self.mark(index);
        let count = &mut self.calls[index as usize];
        *count += 1;
        let id = call_id(index, *count);
        let href = format!("#{anchor}");
        self.doc
            .open("a")
            .attr("class", "note-call")
            .attr("epub:type", "noteref")
            .attr("role", "doc-noteref");
        self.doc
            .attr("id", &id)
            .attr("href", &href)
            .text(&mark)
            .close();
    }

    fn mark(&self, index: u32) -> String {
        let note = self
            .chapter
            .notes
            .get(index as usize)
            .map(|note| self.node(note.id));
        let mark = note
            .and_then(|note| self.edition.facts.note_marks.get(&note))
            .cloned();
        mark.unwrap_or_else(|| (index + 1).to_string())
    }

    /// The bodies of all notes that were called; calls inside notes count too, so this goes on until none is new.
    pub fn notes(&mut self) {
        let chapter = self.chapter;
        if self.calls.iter().all(|count| *count == 0) {
            return;
        }
        self.doc
            .open("section")
            .attr("class", "footnotes")
            .attr("aria-label", self.words.notes)
            .line();
        for (index, note) in chapter.notes.iter().enumerate() {
            if self.calls[index] == 0 {
                continue;
            }
            self.doc
                .open("aside")
                .attr("epub:type", "footnote")
                .attr("role", "doc-footnote");
            let outer = self.enter(note.id, None, &["footnote"]);
            self.doc.line();
            let (mark, back) = (
                self.mark(index as u32),
                format!("#{}", call_id(index as u32, 1)),
            );
            for (at, block) in note.blocks.iter().enumerate() {
                match &block.kind {
                    BlockKind::Paragraph(content) if at == 0 => {
                        self.doc.open("p");
                        let outer = self.enter(block.id, block.attrs.as_deref(), &[]);
                        self.back_link(&mark, &back);
                        self.inlines(content);
                        self.leave(outer);
                        self.doc.line();
                    }
                    _ => {
                        if at == 0 {
                            self.doc.open("p");
                            self.back_link(&mark, &back);
                            self.doc.close().line();
                        }
                        self.blocks(std::slice::from_ref(block));
                    }
                }
            }
            if note.blocks.is_empty() {
                self.doc.open("p");
                self.back_link(&mark, &back);
                self.doc.close();
            }
            self.leave(outer);
            self.doc.line();
        }
        self.doc.close().line();
    }

    fn back_link(&mut self, mark: &str, href: &str) {
        self.doc
            .open("a")
            .attr("class", "note-mark")
            .attr("role", "doc-backlink")
            .attr("href", href);
        self.doc
            .attr("title", self.words.back)
            .text(mark)
            .close()
            .text(" ");
    }
}

fn call_id(index: u32, count: u32) -> String {
    let prefix = crate::resolve::CALL_PREFIX;
    match count {
        1 => format!("{prefix}{}", index + 1),
        n => format!("{prefix}{}-{n}", index + 1),
    }
}
