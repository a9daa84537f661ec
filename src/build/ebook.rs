//! An EPUB from a resolved book.
//!
//! In: the book, its theme and fonts. Out: the file, what it holds, how accessible it is. Steps: pictures are made anew
//! if the book asks for it; then the readers' and the shops' concerns are told, and the file is written and weighed.

use std::io;

use super::shops::Shelf;
use super::{Depth, Press, access, anew, counted, pictures};
use crate::diag::Sink;
use crate::epub::{self, Print};
use crate::font::Fonts;
use crate::resolve::Edition;
use crate::resolve::access::Access;
use crate::theme::Theme;

/// What an EPUB is made with.
#[derive(Clone, Copy)]
pub(super) struct Kit<'a> {
    /// The run.
    pub press: Press<'a>,
    /// The edition's name.
    pub name: &'a str,
    /// How it looks.
    pub theme: &'a Theme,
    /// The faces at hand.
    pub fonts: &'a Fonts,
    /// The date of its last change, in seconds since 1970.
    pub timestamp: i64,
    /// How far to go.
    pub depth: Depth,
    /// The PDF whose pages it tells.
    pub print: Option<Print<'a>>,
    /// It tells pages, even if they are not known where faults alone are asked for.
    pub has_pages: bool,
}

/// Makes an EPUB: its bytes, unless faults alone were asked for; what it holds; what may be claimed of its accessibility.
pub(super) fn make(
    kit: Kit<'_>,
    mut book: Edition,
    sink: &Sink,
) -> (Option<io::Result<Vec<u8>>>, String, Access) {
    let Kit { press, theme, .. } = kit;
    let stage = |name: &str| format!("{} {name}", kit.name);
    let anew = press
        .timings
        .time(stage("pictures"), || anew::pictures(&mut book, sink));
    let access = press.timings.time(stage("access"), || {
        access::of_epub(&book, theme, kit.has_pages, sink)
    });
    let shelf = Shelf::new(press, &book, theme, &access, kit.has_pages, sink);
    pictures::in_readers(&book, !shelf.sees_inks(), sink);
    let mut extent = counted(book.book.chapters.len(), "chapter");
    if anew > 0 {
        extent.push_str(&format!(", {} made anew", counted(anew, "picture")));
    }
    if kit.depth == Depth::Check {
        shelf.judge(None, sink);
        return (None, extent, access);
    }
    (press.step)(&stage("writing"));
    kit.fonts
        .report_closed(theme, &book.book.manifest.style, sink);
    let bytes = press.timings.time(stage("write"), || {
        epub::write(&book, theme, kit.fonts, &access, kit.timestamp, kit.print)
    });
    shelf.judge(bytes.as_ref().ok().map(Vec::len), sink);
    (Some(bytes), extent, access)
}
