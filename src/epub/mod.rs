//! Writes an edition as an EPUB 3.3.
//!
//! In: an [`Edition`], a [`Theme`], the faces at hand. Out: the bytes of the file, the same for the same book.
//!
//! Steps: `names` gives every file its name; `chapter` writes one XHTML document per chapter, in parallel (`block`,
//! `table` and `inline` write what is in it); `faces` cuts the fonts down to what was used, `css` the style sheet to what
//! the documents' `shapes` have a use for; `nav`, `package` and `access` say what the book is and how to get about in it;
//! `container` packs it. Markup goes through one serializer (`xhtml`), looks
//! through one table (`css`); nothing else writes a tag or a rule.

mod access;
mod block;
mod boxes;
mod chapter;
mod container;
pub mod css;
mod faces;
mod inline;
mod items;
mod list;
mod looks;
mod names;
mod nav;
mod note;
mod obfuscate;
mod package;
mod page;
mod print;
mod shapes;
mod shown;
mod table;
#[cfg(test)]
mod tests;
mod xhtml;

pub use print::Print;
pub use shown::{claims, contents, paths, pictures};
pub use xhtml::Xhtml;

use std::collections::BTreeSet;
use std::io;

use rayon::prelude::*;

use crate::font::Fonts;
use crate::model::ChapterId;
use crate::resolve::access::Access;
use crate::resolve::{AssetKind, Edition, Words};
use crate::theme::Theme;
use container::{Content, Parts, Point, Resource};
use names::Names;
use page::Volume;
use print::PrintPages;
use shapes::Shapes;

/// The cover's own page.
const COVER: &str = "text/cover.xhtml";

/// Writes an edition: see the module. `access` is what may be claimed of it, `timestamp` is the date of its last change, in
/// seconds since 1970, `print` a PDF of the book, whose pages it tells.
///
/// # Errors
/// None that a book could cause; those of the libraries that make the container are passed on.
pub fn write(
    edition: &Edition,
    theme: &Theme,
    fonts: &Fonts,
    access: &Access,
    timestamp: i64,
    print: Option<Print<'_>>,
) -> io::Result<Vec<u8>> {
    let names = Names::of(edition);
    let pages = print.map(|print| PrintPages::of(&print, edition, &names));
    let pages = pages.unwrap_or_default();
    let volume = Volume {
        edition,
        theme,
        names: &names,
        print: &pages,
    };
    let cover = package::cover(edition);
    let chapters: Vec<_> = edition
        .book
        .chapters
        .par_iter()
        .enumerate()
        .filter_map(|(index, chapter)| {
            let id = ChapterId(index as u32);
            let path = names.chapter(id)?;
            Some((path.to_owned(), chapter::write(volume, id, chapter)))
        })
        .collect();
    let mut contents = Vec::with_capacity(chapters.len() + 1);
    let (nav, mut shapes) = nav::document(volume, cover.map(|_| COVER));
    let nav_properties = items::properties(&shapes);
    if let Some(cover) = cover {
        let (markup, own) = cover_page(volume, cover);
        shapes.add(&own);
        contents.push(Content {
            path: COVER.to_owned(),
            markup,
            properties: items::properties(&own),
        });
    }
    let mut usages = Vec::with_capacity(chapters.len());
    let cover_file = cover.map(|path| &names.images[path]);
    let mut shown: BTreeSet<&str> = cover_file.map(String::as_str).into_iter().collect();
    for (path, document) in chapters {
        contents.push(Content {
            path,
            markup: document.markup,
            properties: items::properties(&document.shapes),
        });
        shapes.add(&document.shapes);
        usages.push(document.usage);
        shown.extend(document.images);
    }
    let ways = faces::Ways {
        vertical: edition.book.manifest.metadata.vertical,
        hide: edition.book.manifest.obfuscate_fonts,
    };
    let fonts = faces::embed(usages, fonts, ways);
    let dressed = faces::with_others(theme, &fonts.others);
    let mut resources: Vec<Resource> = edition
        .book
        .assets
        .iter()
        .map(|(path, asset)| (&names.images[path], asset))
        // What only the PDF shows stays out.
        .filter(|(file, _)| shown.remove(file.as_str()))
        .map(|(file, asset)| Resource {
            path: file.clone(),
            mime: mime(asset.kind),
            data: asset.bytes.to_vec(),
            is_cover: cover_file == Some(file),
            is_hidden: false,
        })
        .collect();
    resources.extend(fonts.files.into_iter().map(|file| Resource {
        path: file.path,
        mime: file.mime,
        data: file.data,
        is_cover: false,
        is_hidden: file.is_hidden,
    }));
    let points = nav::outline(edition, &names)
        .into_iter()
        .map(|entry| Point {
            depth: entry.depth,
            path: names.path(edition, entry.to).unwrap_or_default(),
            label: nav::label(entry),
        })
        .collect();
    let meta = &edition.book.manifest.metadata;
    let title = Words::of(&meta.language).pages;
    let source = print.filter(|_| !pages.is_empty()).map(|p| p.source());
    let sheets = css::sheets(&dressed, &fonts.rules, writing(&contents, meta.vertical));
    resources.push(Resource {
        path: items::FINE_SHEET.to_owned(),
        mime: "text/css",
        data: css::prune(&sheets.fine, &shapes).into_bytes(),
        is_cover: false,
        is_hidden: false,
    });
    container::pack(Parts {
        title: meta.title.clone(),
        language: meta.language.tag().to_owned(),
        rtl: meta.pages_run_left(),
        words_rtl: meta.rtl,
        uuid: package::uuid(edition),
        contents,
        resources,
        points,
        style_sheet: css::prune(&sheets.plain, &shapes),
        nav,
        nav_properties,
        page_list: pages.ncx(&names, title),
        pages: pages.extent(),
        metadata: package::metadata(edition, access, timestamp, source.as_deref()),
        identifier: package::unique_identifier(edition),
    })
}

/// What the style sheets must know of the languages that documents say they are in.
fn writing(contents: &[Content], vertical: bool) -> css::Writing {
    let says = |what: &str| contents.iter().any(|content| content.markup.contains(what));
    // Words within a line have no sides of their own.
    let turned = |content: &Content| {
        let mut places = content.markup.match_indices(" dir=\"rtl\"");
        places.any(|(at, _)| {
            let tag = content.markup[..at].rfind('<');
            tag.is_some_and(|tag| !content.markup[tag..].starts_with("<span"))
        })
    };
    css::Writing {
        flow: if vertical {
            css::Flow::Vertical
        } else if contents.iter().any(turned) {
            css::Flow::Bidirectional
        } else {
            css::Flow::LeftToRight
        },
        east_asian: says(" lang=\"zh") || says(" lang=\"ja"),
    }
}

/// A page with the cover's image alone.
fn cover_page(volume: Volume<'_>, cover: &str) -> (String, Shapes) {
    let Volume { edition, names, .. } = volume;
    let meta = &edition.book.manifest.metadata;
    let words = Words::of(&meta.language);
    let mut out = Xhtml::default();
    page::head(&mut out, &meta.language, meta.rtl, words.cover, "../");
    out.open("body")
        .attr("epub:type", "cover")
        .attr("class", "cover")
        .line();
    out.open("section").attr("epub:type", "cover").line();
    let alt = match &meta.cover_alt {
        Some(alt) => alt.clone(),
        None => format!("{}: {}", words.cover, meta.title),
    };
    // An `img`, and no drawing around one: Apple and Kobo both ask for it, and take the thumbnail from it.
    out.open("img")
        .attr("src", &format!("../{}", names.images[cover]))
        .attr("alt", &alt)
        .attr("role", "doc-cover")
        .close()
        .line();
    out.close().line().close().line().close().line();
    out.finish_with_shapes()
}

fn mime(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Png => "image/png",
        AssetKind::Jpeg => "image/jpeg",
        AssetKind::Gif => "image/gif",
        AssetKind::WebP => "image/webp",
        AssetKind::Svg => "image/svg+xml",
    }
}
