//! What files the package lists, and in which order they are read.
//!
//! In: the documents and the other files. Out: the `manifest` and `spine` elements of the package. Each file has its own
//! name as its id, behind a word for what it is, so the ids of a book stay the same while others come and go.

use super::Xhtml;
use super::container::{Content, Resource};
use super::shapes::Shapes;

/// The navigation document, from the package.
pub(super) const NAV: &str = "nav.xhtml";
/// What readers of EPUB 2 navigate by.
pub(super) const NCX: &str = "toc.ncx";
/// The style sheet for every reading system.
pub(super) const STYLE_SHEET: &str = "stylesheet.css";
/// The one over it, for newer ones.
pub(super) const FINE_SHEET: &str = "fine.css";
/// The id of the cover's image. Readers of EPUB 2, and Kindle, are told it.
pub(super) const COVER_IMAGE: &str = "cover-image";

/// What a document holds that a reading system wants to know before it opens it (EPUB 3.3, item properties). None holds
/// scripts, forms, or anything from elsewhere.
pub(super) fn properties(shapes: &Shapes) -> Vec<&'static str> {
    let elements = [("math", "mathml"), ("svg", "svg")];
    let held = elements.iter().filter(|(name, _)| shapes.has_element(name));
    held.map(|(_, property)| *property).collect()
}

/// The `manifest` element.
pub(super) fn manifest(
    contents: &[Content],
    resources: &[Resource],
    nav_properties: &[&str],
) -> String {
    let mut out = Xhtml::with_capacity(128 * (contents.len() + resources.len() + 4));
    out.open("manifest").line();
    let mut item = |id: &str, path: &str, mime: &str, properties: &[&str]| {
        out.open("item")
            .attr("id", id)
            .attr("href", path)
            .attr("media-type", mime);
        if !properties.is_empty() {
            out.attr("properties", &properties.join(" "));
        }
        out.end_empty().line();
    };
    const XHTML: &str = "application/xhtml+xml";
    item("nav", NAV, XHTML, &[&["nav"], nav_properties].concat());
    item("ncx", NCX, "application/x-dtbncx+xml", &[]);
    item("style", STYLE_SHEET, "text/css", &[]);
    for content in contents {
        item(
            &id(&content.path),
            &content.path,
            XHTML,
            &content.properties,
        );
    }
    for resource in resources {
        if resource.is_cover {
            item(COVER_IMAGE, &resource.path, resource.mime, &["cover-image"]);
        } else {
            item(&id(&resource.path), &resource.path, resource.mime, &[]);
        }
    }
    out.finish()
}

/// The `spine` element. Every document is part of the book as it is read from end to end, the cover too.
pub(super) fn spine(contents: &[Content], right_to_left: bool) -> String {
    let mut out = Xhtml::with_capacity(48 * (contents.len() + 2));
    let direction = if right_to_left { "rtl" } else { "ltr" };
    out.open("spine")
        .attr("toc", "ncx")
        .attr("page-progression-direction", direction)
        .line();
    for content in contents {
        out.open("itemref").attr("idref", &id(&content.path));
        out.end_empty().line();
    }
    out.finish()
}

/// `text/01-one.xhtml` is `text-01-one`. A document, an image or a font has its name for itself, so no two ids are the
/// same.
fn id(path: &str) -> String {
    let (folder, file) = path.split_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let kind = match folder {
        "images" => "image",
        "fonts" => "font",
        // Beside the package lie the style sheets alone.
        "" => "style",
        other => other,
    };
    format!("{kind}-{stem}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_says_what_it_holds() {
        let held = |names: &[&'static str]| {
            let mut out = Xhtml::default();
            out.open("p").text("<svg> & <math>");
            for name in names {
                out.open(name).close();
            }
            properties(&out.finish_with_shapes().1)
        };
        assert_eq!(held(&[]), [""; 0]);
        assert_eq!(held(&["svg"]), ["svg"]);
        assert_eq!(held(&["svg", "math", "svg"]), ["mathml", "svg"]);
    }
}
