//! What it would take to draw an SVG: a few lines of it can ask for more work than a machine does in a day.
//!
//! In: the drawing as XML. Out: a fault where it asks for too much. Steps: every reference is followed, as whoever draws it must:
//! copies, masks, patterns, marks at each corner of a line; what all comes to is counted. Then, if there are filters, the points that
//! each would reckon.

use std::collections::BTreeMap;

use usvg::roxmltree::{Document, Node};

use super::Fault;

/// The most that a drawing may come to: an element counts one, and so does each bit of a path. Maps of a whole country have a tenth.
const MOST: u64 = 2_000_000;

/// What a letter counts: its outline is looked up and drawn.
const LETTER: u64 = 20;

/// So many bytes of a path count as much as an element.
const BIT: u64 = 64;

/// Longer chains of references than any drawing has; their readers follow them by recursion.
const MOST_HOPS: u32 = 24;

/// The most that filters may reckon: points, times what each filter does at one. Some seconds.
const MOST_POINTS: f64 = 2e8;

/// How many points a filter's canvas has to one of the drawing, each way.
const SCALE: f64 = 1.5;

const TOO_MUCH: Fault = Fault::Broken("to draw it would take too long");

/// Whether a drawing can be drawn in bounded time.
pub(super) fn bounded(document: &Document<'_>, source: &str) -> Result<(), Fault> {
    let mut ids = BTreeMap::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            ids.entry(id).or_insert(node);
        }
    }
    let mut survey = Survey {
        ids,
        known: BTreeMap::new(),
    };
    if survey.of(document.root_element(), 0)?.0 > MOST {
        return Err(TOO_MUCH);
    }
    if source.contains("<filter") || source.contains(":filter") {
        filters(source)?;
    }
    Ok(())
}

/// What parts of a drawing come to.
struct Survey<'a, 'input> {
    ids: BTreeMap<&'a str, Node<'a, 'input>>,
    /// By id, with the length of the longest chain of references from there; nothing while it is being reckoned: a reference to
    /// what it stands in is not followed by anyone.
    known: BTreeMap<&'a str, (u64, u32)>,
}

impl<'a> Survey<'a, '_> {
    /// What a part comes to, with all that it refers to; and how far its references lead.
    fn of(&mut self, part: Node<'a, '_>, hops: u32) -> Result<(u64, u32), Fault> {
        let (mut sum, mut chain): (u64, u32) = (0, 0);
        // Not `descendants` by recursion: drawings may be deep.
        let elements = part.descendants().filter(Node::is_element);
        for node in elements {
            let path = node.attribute("d").or_else(|| node.attribute("points"));
            let bytes = path.map_or(0, |path| path.len() as u64);
            let letters = match node.tag_name().name() {
                "text" | "tspan" | "textPath" | "tref" => node
                    .children()
                    .filter_map(|child| child.is_text().then(|| child.text()).flatten())
                    .map(|text| text.trim().len() as u64)
                    .sum(),
                _ => 0,
            };
            sum = sum.saturating_add(1 + bytes / BIT + letters * LETTER);
            for own in node.attributes() {
                // A mark stands at each corner of its line, of which there is one in some four bytes.
                let times = match own.name() {
                    "marker" | "marker-mid" => 1 + bytes / 4,
                    "style" if own.value().contains("marker") => 1 + bytes / 4,
                    _ => 1,
                };
                let target = match (own.name(), node.tag_name().name()) {
                    ("href", "a") => None,
                    ("href", _) => own.value().strip_prefix('#'),
                    _ => None,
                };
                for id in target.into_iter().chain(named(own.value())) {
                    let (whole, further) = self.named(id, hops)?;
                    chain = chain.max(further + 1);
                    if hops + chain > MOST_HOPS {
                        return Err(Fault::Broken("its references lead too far"));
                    }
                    sum = sum.saturating_add(whole.saturating_mul(times));
                }
            }
            if sum > MOST {
                break;
            }
        }
        Ok((sum, chain))
    }

    /// What the part of this id comes to, and how far its references lead.
    fn named(&mut self, id: &str, hops: u32) -> Result<(u64, u32), Fault> {
        if hops >= MOST_HOPS {
            return Err(Fault::Broken("its references lead too far"));
        }
        if let Some(known) = self.known.get(id) {
            return Ok(*known);
        }
        let Some((id, part)) = self.ids.get_key_value(id).map(|(id, part)| (*id, *part)) else {
            return Ok((0, 0));
        };
        self.known.insert(id, (0, 0));
        let sum = self.of(part, hops + 1)?;
        self.known.insert(id, sum);
        Ok(sum)
    }
}

/// The ids in `url(#…)`.
fn named(value: &str) -> impl Iterator<Item = &str> {
    value.match_indices("url(").filter_map(move |(at, found)| {
        let address = value[at + found.len()..].trim_start_matches([' ', '"', '\'']);
        let id = address.strip_prefix('#')?;
        let end = id.find(['"', '\'', ')', ' '])?;
        Some(&id[..end])
    })
}

/// Whether all filters together reckon a bearable number of points.
fn filters(source: &str) -> Result<(), Fault> {
    let mut options = usvg::Options::default();
    // A drawing gets no other file of the machine, and its pictures are not drawn here.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options.image_href_resolver.resolve_data = Box::new(|_, _, _| None);
    // What its reader does not take is not drawn either.
    let Ok(tree) = usvg::Tree::from_str(source, &options) else {
        return Ok(());
    };
    let mut points = 0.0;
    reckon(tree.root(), &mut points);
    if points <= MOST_POINTS {
        Ok(())
    } else {
        Err(TOO_MUCH)
    }
}

/// Adds what the filters of a group reckon. usvg bounds how deep groups hold one another.
fn reckon(group: &usvg::Group, points: &mut f64) {
    let (across, down) = group.abs_transform().get_scale();
    let scale = f64::from(across * down).abs() * SCALE * SCALE;
    for filter in group.filters() {
        let rect = filter.rect();
        let area = f64::from(rect.width()) * f64::from(rect.height()) * scale;
        let each: f64 = filter
            .primitives()
            .iter()
            .map(|part| effort(part.kind()))
            .sum();
        *points += area * each;
    }
    for node in group.children() {
        if let usvg::Node::Group(inner) = node {
            reckon(inner, points);
        }
        node.subroots(|inner| reckon(inner, points));
    }
}

/// What a step of a filter does at one point, by the number of points that it looks at.
fn effort(kind: &usvg::filter::Kind) -> f64 {
    use usvg::filter::Kind;
    match kind {
        Kind::ConvolveMatrix(convolve) => {
            f64::from(convolve.matrix().columns()) * f64::from(convolve.matrix().rows())
        }
        Kind::Morphology(morphology) => {
            let side = |radius: f32| 2.0 * f64::from(radius) + 1.0;
            side(morphology.radius_x().get()) * side(morphology.radius_y().get()) / 4.0
        }
        Kind::Turbulence(turbulence) => 10.0 * f64::from(turbulence.num_octaves()).max(1.0),
        _ => 4.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(inside: &str) -> Result<(), Fault> {
        let head = r#"<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">"#;
        let source = format!("{head}{inside}</svg>");
        let document = Document::parse(&source).expect("it is XML");
        bounded(&document, &source)
    }

    #[test]
    fn drawings_are_drawn() {
        let gradient = r#"<linearGradient id="g"><stop/><stop/></linearGradient>"#;
        let shapes = r#"<rect fill="url(#g)" width="9" height="9"/>"#.repeat(5_000);
        assert_eq!(judged(&format!("{gradient}{shapes}")), Ok(()));
        let shadow = r#"<filter id="f"><feGaussianBlur stdDeviation="3"/><feOffset dx="2"/></filter>
            <g filter="url(#f)"><rect width="300" height="300"/></g>"#;
        assert_eq!(judged(shadow), Ok(()));
        assert_eq!(judged(r##"<g id="a"><use href="#a"/></g>"##), Ok(()));
    }

    #[test]
    fn what_cannot_be_drawn_in_time_is_refused() {
        let copies: String = (1..30)
            .map(|at| {
                format!(
                    r##"<g id="g{at}"><use href="#g{0}"/><use href="#g{0}"/></g>"##,
                    at - 1
                )
            })
            .collect();
        let masks: String = (1..23)
            .map(|at| {
                format!(
                    r#"<mask id="m{at}"><g mask="url(#m{0})"/><g mask="url(#m{0})"/></mask>"#,
                    at - 1
                )
            })
            .collect();
        let clips: String = (1..99)
            .map(|at| format!(r#"<clipPath id="c{at}" clip-path="url(#c{})"/>"#, at - 1))
            .collect();
        let line = "L1 1 0 0".repeat(9_000);
        for hostile in [
            copies,
            masks,
            clips,
            format!("<text>{}</text>", "x".repeat(150_000)),
            format!(r#"<marker id="m"><path d="M0 0{line}"/></marker><path marker-mid="url(#m)" d="M0 0{line}"/>"#),
            r#"<filter id="f"><feMorphology radius="900"/></filter><rect filter="url(#f)" width="300" height="300"/>"#.to_owned(),
            r#"<filter id="f"><feOffset dx="2"/></filter><rect filter="url(#f)" width="90000" height="90000"/>"#.to_owned(),
        ] {
            let found = judged(&hostile);
            assert!(matches!(found, Err(Fault::Broken(_))), "{}", &hostile[..80.min(hostile.len())]);
        }
    }
}
