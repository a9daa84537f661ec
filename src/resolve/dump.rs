//! The facts as text: what `recto dump facts` shows and what tests compare.

use std::fmt::Write;

use super::{Destination, Edition};
use crate::model::{ChapterId, NodeRef, Origin, plain_inlines};

/// Chapters, contents, numbers, anchors, note marks, links and images, each on a line of its own. A node is written
/// `chapter:node`.
pub fn dump(edition: &Edition) -> String {
    let mut out = String::new();
    write_all(edition, &mut out).expect("writing into a string never fails");
    out
}

fn node(at: &NodeRef) -> String {
    format!("{}:{}", at.chapter.0, at.node.0)
}

fn write_all(edition: &Edition, out: &mut String) -> std::fmt::Result {
    let facts = &edition.facts;
    writeln!(out, "chapters")?;
    for (index, chapter) in edition.book.chapters.iter().enumerate() {
        let name = match &chapter.origin {
            Origin::File(_, path) => path.clone(),
            Origin::Made(name) => format!("({name})"),
        };
        let start = NodeRef {
            chapter: ChapterId(index as u32),
            ..NodeRef::default()
        };
        write!(
            out,
            "  {index} {name} {:?} {:?}",
            chapter.matter, chapter.role
        )?;
        if let Some(number) = facts.numbers.get(&start) {
            write!(out, " \"{}\"", number.label)?;
        }
        writeln!(out)?;
    }
    section(out, "contents", facts.toc.iter(), |out, entry| {
        write!(out, "{}", "  ".repeat(usize::from(entry.depth)))?;
        if !entry.number.is_empty() {
            write!(out, "[{}] ", entry.number)?;
        }
        write!(
            out,
            "{} -> {}",
            plain_inlines(&entry.title),
            node(&entry.to)
        )?;
        if entry.is_part {
            write!(out, " part")?;
        }
        if !entry.listed {
            write!(out, " unlisted")?;
        }
        Ok(())
    })?;
    section(out, "numbers", facts.numbers.iter(), |out, (at, number)| {
        write!(out, "{} \"{}\" \"{}\"", node(at), number.text, number.label)
    })?;
    section(out, "anchors", facts.anchors.iter(), |out, (at, anchor)| {
        write!(out, "{} {anchor}", node(at))
    })?;
    section(out, "notes", facts.note_marks.iter(), |out, (at, mark)| {
        write!(out, "{} {mark}", node(at))
    })?;
    section(out, "links", facts.links.iter(), |out, (at, to)| match to {
        Destination::Node(to) => write!(out, "{} -> {}", node(at), node(to)),
        Destination::Url(url) => write!(out, "{} -> {url}", node(at)),
    })?;
    section(
        out,
        "images",
        edition.book.assets.iter(),
        |out, (path, asset)| {
            let (width, height) = asset.size;
            write!(
                out,
                "{path} {:?} {width}x{height} {:.0}dpi",
                asset.kind, asset.dpi
            )?;
            if asset.orientation != 1 {
                write!(out, " turned {}", asset.orientation)?;
            }
            Ok(())
        },
    )
}

/// A heading and its lines; nothing where there are none.
fn section<T>(
    out: &mut String,
    name: &str,
    items: impl Iterator<Item = T>,
    line: impl Fn(&mut String, T) -> std::fmt::Result,
) -> std::fmt::Result {
    for (index, item) in items.enumerate() {
        if index == 0 {
            writeln!(out, "{name}")?;
        }
        write!(out, "  ")?;
        line(out, item)?;
        writeln!(out)?;
    }
    Ok(())
}
