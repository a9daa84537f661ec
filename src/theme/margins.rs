//! The margins of a page: by a canon, or side by side.
//!
//! In: the `margins` of a theme or a book. Out: four lengths for a trim. A canon shares out the whole page at once: margins
//! that are in proportion to each other and to the page, so that one theme fits every trim. Steps: the binding's gutter
//! is taken off the page, the canon laid over what remains to be seen, sides that are said for themselves put in its
//! place, and the gutter added to the inner margin.

use crate::diag::Sink;
use crate::unit::{Abs, Sides, Size};
use crate::yaml::{self, Key, Node};

use super::schema;

/// Margins on their way through the layers of a theme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Margins {
    canon: Canon,
    /// All of the canon's margins times this.
    scale: f64,
    /// What the binding takes of the inner edge.
    gutter: Abs,
    /// Sides that are said for themselves.
    own: Sides<Option<Margin>>,
}

/// How a page is shared out between text and margins.
#[derive(Clone, Copy, Debug)]
enum Canon {
    /// The page is cut into so many strips each way: one for the inner and the head margin, two for the outer and the
    /// foot margin. Ninths are what Van de Graaf's construction comes to on any page; Rosarivo and Tschichold found
    /// them in incunabula, and twelfths where paper was to be saved.
    Strips(f64),
    /// The margins are to each other as these, from the inner one round by the head: inner, head, outer, foot. Inner and
    /// outer together are a third of the page's width, so that on a page of 2:3 the proportion 2:3:4:6 is that of ninths.
    Proportion([f64; 4]),
}

/// A margin: absolute, or a part of the trim (its width for inner and outer, its height for head and foot).
#[derive(Clone, Copy, Debug)]
enum Margin {
    Abs(Abs),
    Part(f64),
}

impl Default for Margins {
    /// Van de Graaf's.
    fn default() -> Margins {
        Margins {
            canon: Canon::Strips(9.0),
            scale: 1.0,
            gutter: Abs::ZERO,
            own: Sides::default(),
        }
    }
}

/// The keys of margins.
const KEYS: &[&str] = &["canon", "scale", "gutter", "inner", "outer", "head", "foot"];

/// How much a canon's margins may be scaled.
const SCALES: std::ops::RangeInclusive<f64> = 0.1..=3.0;

impl Canon {
    fn read(node: &Node) -> Result<Canon, String> {
        let wanted = || {
            "`van-de-graaf`, `twelfths`, or four numbers such as `2:3:4:6` (inner, head, outer, foot) are wanted"
                .to_owned()
        };
        let text = node.text().ok_or_else(wanted)?.trim();
        match text {
            "van-de-graaf" | "ninths" => return Ok(Canon::Strips(9.0)),
            "twelfths" => return Ok(Canon::Strips(12.0)),
            _ => {}
        }
        let parts: Vec<f64> = text
            .split(':')
            .filter_map(|part| part.trim().parse().ok())
            .filter(|part| (0.1..=100.0).contains(part))
            .collect();
        let parts: [f64; 4] = parts.try_into().map_err(|_| wanted())?;
        if text.split(':').count() == 4 {
            Ok(Canon::Proportion(parts))
        } else {
            Err(wanted())
        }
    }

    fn margins(self, page: Size, scale: f64) -> Sides<Abs> {
        let Size { width, height } = page;
        match self {
            Canon::Strips(count) => Sides {
                inner: width.scale(scale / count),
                outer: width.scale(2.0 * scale / count),
                head: height.scale(scale / count),
                foot: height.scale(2.0 * scale / count),
            },
            Canon::Proportion([inner, head, outer, foot]) => {
                let unit = scale / (3.0 * (inner + outer));
                Sides {
                    inner: width.scale(inner * unit),
                    outer: width.scale(outer * unit),
                    head: width.scale(head * unit),
                    foot: width.scale(foot * unit),
                }
            }
        }
    }
}

fn margin(node: &Node) -> Result<Margin, String> {
    let wanted = || "a length, or a part of the page such as `12%`, is wanted".to_owned();
    let text = node.text().ok_or_else(wanted)?;
    if let Some(percent) = text.trim().strip_suffix('%') {
        let part = percent
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|p| (0.0..50.0).contains(p));
        return Ok(Margin::Part(part.ok_or_else(wanted)? / 100.0));
    }
    let abs: Abs = text.parse().map_err(|_| wanted())?;
    if abs >= Abs::ZERO {
        Ok(Margin::Abs(abs))
    } else {
        Err(wanted())
    }
}

impl Margins {
    /// Takes in what a layer says. A canon takes back what earlier layers said of single sides; an inner margin, their
    /// gutter: it is the whole margin.
    pub fn lay(&mut self, node: &Node, sink: &Sink) {
        if node.entries().is_empty() {
            let finding = yaml::wrong_type(node, "margins", "a mapping");
            return sink.push(finding.hint(
                "write `margins: {canon: van-de-graaf, gutter: 4mm}` or `margins: {inner: 18mm, outer: 20mm, head: 20mm, foot: 25mm}`",
            ));
        }
        let has = |name: &str| node.get(name).is_some();
        if has("canon") {
            (self.own, self.scale) = (Sides::default(), 1.0);
        }
        if has("inner") {
            self.gutter = Abs::ZERO;
        }
        for (key, node) in node.entries() {
            if let Err(wanted) = self.set(key, node, sink) {
                sink.push(schema::invalid(key, node, &wanted));
            }
        }
    }

    fn set(&mut self, key: &Key, node: &Node, sink: &Sink) -> Result<(), String> {
        match key.name.as_str() {
            "canon" => self.canon = Canon::read(node)?,
            "scale" => {
                let scale = node.number().filter(|scale| SCALES.contains(scale));
                self.scale = scale.ok_or_else(|| {
                    let (least, most) = (SCALES.start(), SCALES.end());
                    format!("a number from {least} to {most} is wanted")
                })?;
            }
            "gutter" => match margin(node)? {
                Margin::Abs(abs) => self.gutter = abs,
                Margin::Part(_) => {
                    return Err("an absolute length such as `4mm` is wanted".to_owned());
                }
            },
            "inner" => self.own.inner = Some(margin(node)?),
            "outer" => self.own.outer = Some(margin(node)?),
            "head" => self.own.head = Some(margin(node)?),
            "foot" => self.own.foot = Some(margin(node)?),
            _ => {
                let keys = KEYS.iter().copied();
                sink.push(yaml::unknown_key(key, Some("margins"), keys));
            }
        }
        Ok(())
    }

    /// The margins of a trim. Those that leave no room for text are halved until they do.
    pub fn settle(&self, trim: Size) -> Sides<Abs> {
        let Size { width, height } = trim;
        // A gutter wider than the page is a slip.
        let gutter = self.gutter.min(width.scale(0.5));
        let canon = self
            .canon
            .margins(Size::new(width - gutter, height), self.scale);
        let side = |own: Option<Margin>, canon: Abs, whole: Abs| match own {
            Some(Margin::Abs(abs)) => abs,
            Some(Margin::Part(part)) => whole.scale(part),
            None => canon,
        };
        let mut margins = Sides {
            inner: side(self.own.inner, canon.inner, width) + gutter,
            outer: side(self.own.outer, canon.outer, width),
            head: side(self.own.head, canon.head, height),
            foot: side(self.own.foot, canon.foot, height),
        };
        while margins.inner + margins.outer > width.scale(0.8) {
            (margins.inner, margins.outer) = (margins.inner / 2, margins.outer / 2);
        }
        while margins.head + margins.foot > height.scale(0.8) {
            (margins.head, margins.foot) = (margins.head / 2, margins.foot / 2);
        }
        margins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Inner, head, outer and foot in points, on a page of 360 × 540 pt.
    fn of(layers: &[&str]) -> (Vec<f64>, usize) {
        let (mut margins, sink) = (Margins::default(), Sink::new());
        let sources = crate::source::Sources::new();
        for layer in layers {
            let node = yaml::read(&sources.add("x", *layer), &sink).unwrap();
            margins.lay(&node, &sink);
        }
        let m = margins.settle(Size::new(Abs::pt(360.0), Abs::pt(540.0)));
        let sides = [m.inner, m.head, m.outer, m.foot];
        let found = sink.finish(&sources).len();
        (
            sides.map(|s| (s.to_pt() * 10.0).round() / 10.0).into(),
            found,
        )
    }

    #[test]
    fn canons_share_out_the_page() {
        for (layers, expected) in [
            (&["{canon: van-de-graaf}"][..], [40.0, 60.0, 80.0, 120.0]),
            // On a page of 2:3 these are one.
            (&["{canon: 2:3:4:6}"], [40.0, 60.0, 80.0, 120.0]),
            (&["{canon: twelfths}"], [30.0, 45.0, 60.0, 90.0]),
            (&["{canon: 1:1:1:1, scale: 0.5}"], [30.0, 30.0, 30.0, 30.0]),
            (
                &["{canon: 2:3:4:6, gutter: 36pt}"],
                [72.0, 54.0, 72.0, 108.0],
            ),
            (
                &["{canon: 2:3:4:6}", "{foot: 50pt}"],
                [40.0, 60.0, 80.0, 50.0],
            ),
            // The book's own margins are exact; its canon takes the theme's own sides back.
            (
                &[
                    "{canon: 2:3:4:6, gutter: 36pt}",
                    "{inner: 54pt, outer: 10%}",
                ],
                [54.0, 60.0, 36.0, 120.0],
            ),
            (
                &["{foot: 50pt, scale: 0.5}", "{canon: 2:3:4:6}"],
                [40.0, 60.0, 80.0, 120.0],
            ),
        ] {
            assert_eq!(of(layers), (expected.to_vec(), 0), "{layers:?}");
        }
    }

    #[test]
    fn what_is_no_canon_is_said() {
        for bad in [
            "{canon: golden}",
            "{canon: 2:3:4}",
            "{canon: 2:3:4:6:7}",
            "{canon: 0:3:4:6}",
            "{canon: 2:x:4:6}",
            "{scale: 9}",
            "{gutter: 10%}",
            "{inner: -3pt}",
            "{inne: 3pt}",
            "3pt",
        ] {
            assert_eq!(of(&[bad]), (vec![40.0, 60.0, 80.0, 120.0], 1), "{bad}");
        }
    }
}
