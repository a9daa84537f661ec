//! How thin the lines of a drawing are.
//!
//! In: an SVG file. Out: the width of its thinnest line as a part of the drawing's own width, so that whoever knows how
//! wide it stands on a page knows the line. Lines of letters are none: letters are areas.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// The thinnest line that is seen, in parts of the drawing's width; `None` where there is none, or no drawing.
pub fn thinnest_line(data: &[u8]) -> Option<f64> {
    let mut options = usvg::Options::default();
    // A drawing gets no other file of the machine.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    // What a damaged drawing does to its reader must not end the build.
    let tree = catch_unwind(AssertUnwindSafe(|| usvg::Tree::from_data(data, &options)));
    let tree = tree.ok()?.ok()?;
    let mut thinnest = f64::MAX;
    visit(tree.root(), &mut thinnest);
    let part = thinnest / f64::from(tree.size().width());
    (thinnest < f64::MAX && part.is_finite()).then_some(part)
}

/// usvg bounds how deep groups hold one another.
fn visit(group: &usvg::Group, thinnest: &mut f64) {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => visit(inner, thinnest),
            usvg::Node::Path(path) if path.is_visible() => {
                let Some(stroke) = path.stroke() else {
                    continue;
                };
                if stroke.opacity().get() == 0.0 {
                    continue;
                }
                let (across, down) = path.abs_transform().get_scale();
                let width = f64::from(stroke.width().get() * across.min(down));
                *thinnest = thinnest.min(width);
            }
            usvg::Node::Path(_) | usvg::Node::Image(_) | usvg::Node::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thinnest(inside: &str) -> Option<f64> {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">{inside}</svg>"#
        );
        thinnest_line(svg.as_bytes()).map(|part| (part * 1e4).round() / 1e4)
    }

    #[test]
    fn the_thinnest_line_that_is_seen_counts() {
        let line = r#"<path d="M0 0H90" stroke="black" stroke-width="2"/>"#;
        assert_eq!(thinnest(line), Some(0.02));
        let thin =
            r#"<g transform="scale(.5)"><path d="M0 0H90" stroke="black" stroke-width=".5"/></g>"#;
        assert_eq!(thinnest(&format!("{line}{thin}")), Some(0.0025));
        let hidden = r#"<path d="M0 0H90" stroke="black" stroke-width=".1" visibility="hidden"/>"#;
        assert_eq!(thinnest(&format!("{line}{hidden}")), Some(0.02));
        assert_eq!(thinnest(r#"<path d="M0 0H90V9z"/>"#), None);
        assert_eq!(thinnest_line(b"no drawing"), None);
    }
}
