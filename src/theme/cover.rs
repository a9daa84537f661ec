//! How a cover without a picture is built.
//!
//! Colours and type are those of the cover's roles; here stands where things go. All parts are of the front's height.

use crate::diag::Sink;
use crate::yaml::{self, Key, Node};

use super::schema;

/// How a cover is built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoverSpec {
    /// What is behind the title.
    pub front: CoverFront,
    /// How far down the front the title, or what is behind it, begins.
    pub from: f64,
    /// How high what is behind the title is at least.
    pub height: f64,
    /// Where the authors stand.
    pub author: CoverAuthor,
}

/// What is behind the title of a cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CoverFront {
    /// Nothing but the cover's own colour.
    Plain,
    /// A label, with the cover's colour on all sides of it.
    Label,
    /// A band from the spine to the fore edge.
    Band,
}

/// Where the authors stand on a cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CoverAuthor {
    /// At the head.
    Head,
    /// Below the title.
    Title,
    /// At the foot.
    Foot,
}

/// The keys of a cover.
const KEYS: &[&str] = &["front", "from", "height", "author"];

impl Default for CoverSpec {
    /// A title in the upper part, the authors below it.
    fn default() -> CoverSpec {
        CoverSpec {
            front: CoverFront::Plain,
            from: 0.2,
            height: 0.0,
            author: CoverAuthor::Title,
        }
    }
}

impl CoverSpec {
    /// Takes in a mapping.
    pub(super) fn lay(&mut self, key: &Key, node: &Node, sink: &Sink) {
        if node.entries().is_empty() {
            let wanted = format!("a mapping of {} is wanted", KEYS.join(", "));
            return sink.push(schema::invalid(key, node, &wanted));
        }
        let fronts = [
            ("plain", CoverFront::Plain),
            ("label", CoverFront::Label),
            ("band", CoverFront::Band),
        ];
        let authors = [
            ("head", CoverAuthor::Head),
            ("title", CoverAuthor::Title),
            ("foot", CoverAuthor::Foot),
        ];
        for (key, node) in node.entries() {
            let outcome = match key.name.as_str() {
                "front" => schema::choice(node, &fronts).map(|front| self.front = front),
                "from" => part(node).map(|from| self.from = from),
                "height" => part(node).map(|height| self.height = height),
                "author" => schema::choice(node, &authors).map(|author| self.author = author),
                _ => {
                    sink.push(yaml::unknown_key(key, Some("cover"), KEYS.iter().copied()));
                    continue;
                }
            };
            if let Err(wanted) = outcome {
                sink.push(schema::invalid(key, node, &wanted));
            }
        }
    }
}

/// A part of the front: the title has a third of it at least.
fn part(node: &Node) -> Result<f64, String> {
    let percent = node.text().and_then(|text| text.trim().strip_suffix('%'));
    let part = percent.and_then(|percent| percent.trim().parse::<f64>().ok());
    part.filter(|part| (0.0..=66.0).contains(part))
        .map(|part| part / 100.0)
        .ok_or_else(|| "a part of the front from `0%` to `66%` is wanted".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cover_is_told_where_things_go() {
        let lay = |text: &str| {
            let sources = crate::source::Sources::new();
            let sink = Sink::new();
            let node = yaml::read(&sources.add("x", text), &sink).unwrap();
            let mut spec = CoverSpec::default();
            let (key, node) = &node.entries()[0];
            spec.lay(key, node, &sink);
            (spec, sink.finish(&sources).len())
        };
        let wanted = CoverSpec {
            front: CoverFront::Band,
            from: 0.0,
            height: 0.5,
            author: CoverAuthor::Foot,
        };
        let found = lay("cover: {front: band, from: 0%, height: 50%, author: foot}");
        assert_eq!(found, (wanted, 0));
        for bad in [
            "cover: {from: 90%}",
            "cover: {front: round}",
            "cover: {to: 3%}",
            "cover: 3",
        ] {
            assert_eq!(lay(bad), (CoverSpec::default(), 1), "{bad}");
        }
    }
}
