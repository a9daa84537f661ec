//! How pages set their notes: the `notes` of a theme's page.

use crate::diag::Sink;
use crate::unit::{Abs, Em, Length};
use crate::yaml::{self, Key, Node};

use super::schema;

/// The notes of a page, at its foot and in its outer margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoteSpec {
    /// How long the rule above notes is. Relative to the measure, not to a font's size.
    pub rule: Length,
    /// How long it is where notes go on from the page before.
    pub continued_rule: Length,
    /// How thick it is; 0 for none.
    pub rule_weight: Abs,
    /// From the last line of text to the first note, at least; the rule stands in the middle.
    pub gap: Length,
    /// Where the notes of a page that its text does not fill stand.
    pub last_page: LastPage,
    /// How wide notes in the margin are.
    pub margin: MarginNotes,
    /// From the text to the notes in the margin.
    pub margin_gap: Abs,
}

/// Where the notes of a page that its text does not fill stand: of the last page of a chapter, above all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LastPage {
    /// At its foot, as everywhere.
    Foot,
    /// Right below the text.
    Text,
}

/// How wide notes in the margin are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarginNotes {
    /// There are none: they stand at the foot.
    None,
    /// As wide as the outer margin allows, if that is wide enough for a few words.
    Auto,
    /// So wide, if the outer margin allows it.
    Width(Abs),
}

/// Nothing that is to be read stands nearer to the trim: what printers on demand ask for, rounded up.
const SAFE: Abs = Abs::pt(18.0);
/// Narrower than this, a margin holds three or four words to a line: too few to be read.
const NARROWEST: Abs = Abs::pt(68.0);
/// Wider than this, small type wants no more.
const WIDEST: Abs = Abs::pt(142.0);

/// The keys of notes.
const KEYS: &[&str] = &[
    "rule",
    "continued-rule",
    "rule-weight",
    "gap",
    "last-page",
    "margin",
    "margin-gap",
];

impl Default for NoteSpec {
    /// A short rule, one across the page where notes go on; margin notes where there is room.
    fn default() -> NoteSpec {
        NoteSpec {
            rule: Length::Em(Em::new(0.2)),
            continued_rule: Length::Em(Em::new(1.0)),
            rule_weight: Abs::pt(0.4),
            gap: Length::Line(Em::new(0.9)),
            last_page: LastPage::Foot,
            margin: MarginNotes::Auto,
            margin_gap: Abs::pt(12.0),
        }
    }
}

impl NoteSpec {
    /// How wide notes in an outer margin are; `None` if they cannot stand there.
    pub fn margin_width(&self, outer: Abs) -> Option<Abs> {
        let room = outer - self.margin_gap - SAFE;
        match self.margin {
            MarginNotes::None => None,
            MarginNotes::Auto => (room >= NARROWEST).then(|| room.min(WIDEST)),
            MarginNotes::Width(width) => (width <= room).then_some(width),
        }
    }

    /// Takes in a mapping.
    pub(super) fn lay(&mut self, key: &Key, node: &Node, sink: &Sink) {
        if node.entries().is_empty() {
            let wanted = format!("a mapping of {} is wanted", KEYS.join(", "));
            return sink.push(schema::invalid(key, node, &wanted));
        }
        for (key, node) in node.entries() {
            let outcome = match key.name.as_str() {
                "rule" => extent(node).map(|length| self.rule = length),
                "continued-rule" => extent(node).map(|length| self.continued_rule = length),
                "rule-weight" => absolute(node).map(|weight| self.rule_weight = weight),
                "gap" => positive(node).map(|gap| self.gap = gap),
                "last-page" => {
                    let places = [("foot", LastPage::Foot), ("text", LastPage::Text)];
                    schema::choice(node, &places).map(|place| self.last_page = place)
                }
                "margin" => margin(node).map(|margin| self.margin = margin),
                "margin-gap" => absolute(node).map(|gap| self.margin_gap = gap),
                _ => {
                    sink.push(yaml::unknown_key(key, Some("notes"), KEYS.iter().copied()));
                    continue;
                }
            };
            if let Err(wanted) = outcome {
                sink.push(schema::invalid(key, node, &wanted));
            }
        }
    }
}

/// A length that is not below 0.
pub(super) fn positive(node: &Node) -> Result<Length, String> {
    let length = schema::length(node)?;
    let value = length.at(Abs::pt(1.0), Abs::pt(1.0));
    if value < Abs::ZERO {
        return Err("a length from 0 on is wanted".to_owned());
    }
    Ok(length)
}

/// `20%` of the measure, or a length.
fn extent(node: &Node) -> Result<Length, String> {
    let wanted = "a part of the measure such as `20%`, or a length such as `30mm`, is wanted";
    match positive(node) {
        Ok(Length::Line(_)) | Err(_) => Err(wanted.to_owned()),
        Ok(length) => Ok(length),
    }
}

/// `auto`, `none` or a width.
fn margin(node: &Node) -> Result<MarginNotes, String> {
    match node.text() {
        Some("none") => Ok(MarginNotes::None),
        Some("auto") => Ok(MarginNotes::Auto),
        _ => absolute(node)
            .map(MarginNotes::Width)
            .map_err(|_| "`auto`, `none` or a width such as `30mm` is wanted".to_owned()),
    }
}

/// A length that depends on nothing.
fn absolute(node: &Node) -> Result<Abs, String> {
    match positive(node)? {
        Length::Abs(abs) => Ok(abs),
        _ => Err("an absolute length such as `14pt` is wanted".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(text: &str) -> (NoteSpec, usize) {
        let sources = crate::source::Sources::new();
        let sink = Sink::new();
        let node = yaml::read(&sources.add("x", text), &sink).unwrap();
        let mut notes = NoteSpec::default();
        let (key, node) = &node.entries()[0];
        notes.lay(key, node, &sink);
        (notes, sink.finish(&sources).len())
    }

    #[test]
    fn keys_are_taken_in_one_by_one() {
        let (notes, found) =
            lay("notes: {rule: 30%, rule-weight: 1pt, last-page: text, margin: 100pt}");
        let wanted = NoteSpec {
            rule: Length::Em(Em::new(0.3)),
            rule_weight: Abs::pt(1.0),
            last_page: LastPage::Text,
            margin: MarginNotes::Width(Abs::pt(100.0)),
            ..NoteSpec::default()
        };
        assert_eq!((notes, found), (wanted, 0));
        for bad in [
            "notes: none",
            "notes: {rule: 2line}",
            "notes: {gap: -3pt}",
            "notes: {margin: 10%}",
            "notes: {foot: 1pt}",
        ] {
            assert_eq!(lay(bad), (NoteSpec::default(), 1), "{bad}");
        }
    }

    #[test]
    fn margins_hold_notes_if_they_are_wide_enough() {
        let width = |margin, outer: f64| {
            let notes = NoteSpec {
                margin,
                ..NoteSpec::default()
            };
            notes.margin_width(Abs::pt(outer)).map(Abs::to_pt)
        };
        assert_eq!(width(MarginNotes::Auto, 90.0), None);
        assert_eq!(width(MarginNotes::Auto, 130.0), Some(100.0));
        assert_eq!(width(MarginNotes::Auto, 300.0), Some(142.0));
        assert_eq!(width(MarginNotes::Width(Abs::pt(60.0)), 90.0), Some(60.0));
        assert_eq!(width(MarginNotes::Width(Abs::pt(61.0)), 90.0), None);
        assert_eq!(width(MarginNotes::None, 300.0), None);
    }
}
