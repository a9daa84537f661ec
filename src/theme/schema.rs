//! The values of a theme, read.
//!
//! In: a property's name and its YAML. Out: a [`Declaration`], or the sentence that says what would have been right.

use crate::diag::{Code, Diagnostic};
use crate::unit::Length;
use crate::yaml::{Key, Node};

use super::declaration::{
    Break, Caps, Color, Declaration, Family, Figures, Initial, Justify, LeadIn, Ligatures, Turnover,
};
use super::fit;
use super::float::FloatPlaces;

/// The properties of a role, for hints.
pub(super) const PROPERTIES: &[&str] = &[
    "family",
    "size",
    "leading",
    "weight",
    "italic",
    "caps",
    "tracking",
    "figures",
    "ligatures",
    "features",
    "color",
    "background",
    "rule",
    "frame",
    "padding",
    "align",
    "hyphenate",
    "hyphen-limits",
    "word-space",
    "expansion",
    "tracking-limit",
    "protrusion",
    "runt",
    "indent",
    "before",
    "after",
    "start",
    "end",
    "keep-with-next",
    "keep-together",
    "open-on",
    "sink",
    "drop-cap",
    "lead-in",
    "ornament",
    "turnover",
    "center-block",
    "label",
    "float",
    "hidden",
    "smallest",
    "stripes",
    "row-rule",
];

/// Reads one property; `None` if there is none of this name, else the declaration or what it should have been.
pub(super) fn declaration(key: &str, node: &Node) -> Option<Result<Declaration, String>> {
    Some(match key {
        "family" => families(node).map(Declaration::Family),
        "size" => length(node).map(Declaration::Size),
        "leading" => leading(node).map(Declaration::Leading),
        "weight" => weight(node).map(Declaration::Weight),
        "italic" => flag(node).map(Declaration::Italic),
        "caps" => choice(
            node,
            &[
                ("none", Caps::None),
                ("small", Caps::Small),
                ("all-small", Caps::AllSmall),
                ("all", Caps::All),
            ],
        )
        .map(Declaration::Caps),
        "tracking" => length(node).map(Declaration::Tracking),
        "figures" => figures(node).map(Declaration::Figures),
        "ligatures" => ligatures(node).map(Declaration::Ligatures),
        "features" => features(node).map(Declaration::Features),
        "color" => color(node).map(Declaration::Color),
        "background" => color(node).map(Declaration::Background),
        "rule" => length(node).map(Declaration::Rule),
        "frame" => length(node).map(Declaration::Frame),
        "padding" => length(node).map(Declaration::Padding),
        "align" => choice(
            node,
            &[
                ("justify", Justify::Both),
                ("both", Justify::Both),
                ("start", Justify::Start),
                ("left", Justify::Start),
                ("center", Justify::Center),
                ("centre", Justify::Center),
                ("end", Justify::End),
                ("right", Justify::End),
            ],
        )
        .map(Declaration::Align),
        "hyphenate" => flag(node).map(Declaration::Hyphenate),
        "hyphen-limits" => fit::hyphen_limits(node).map(Declaration::HyphenLimits),
        "word-space" => fit::word_space(node).map(Declaration::WordSpace),
        "expansion" => fit::expansion(node).map(Declaration::Expansion),
        "tracking-limit" => fit::tracking_limit(node).map(Declaration::TrackingLimit),
        "protrusion" => fit::protrusion(node).map(Declaration::Protrusion),
        "runt" => length(node).map(Declaration::Runt),
        "indent" => length(node).map(Declaration::Indent),
        "before" => length(node).map(Declaration::Before),
        "after" => length(node).map(Declaration::After),
        "start" => length(node).map(Declaration::Start),
        "end" => length(node).map(Declaration::End),
        "keep-with-next" => flag(node).map(Declaration::KeepWithNext),
        "keep-together" => flag(node).map(Declaration::KeepTogether),
        "open-on" => choice(
            node,
            &[
                ("page", Break::Page),
                ("recto", Break::Recto),
                ("here", Break::Here),
            ],
        )
        .map(Declaration::OpenOn),
        "sink" => length(node).map(Declaration::Sink),
        "drop-cap" => initial(node).map(Declaration::DropCap),
        "lead-in" => lead_in(node).map(Declaration::LeadIn),
        "ornament" => text(node).map(Declaration::Ornament),
        "turnover" => choice(
            node,
            &[
                ("hang", Turnover::Hang),
                ("end", Turnover::End),
                ("right", Turnover::End),
                ("bracket", Turnover::Bracket),
            ],
        )
        .map(Declaration::Turnover),
        "center-block" => flag(node).map(Declaration::CenterBlock),
        "label" => flag(node).map(Declaration::Label),
        "float" => places(node).map(Declaration::Float),
        "hidden" => flag(node).map(Declaration::Hidden),
        "smallest" => length(node).map(Declaration::Smallest),
        "stripes" => color(node).map(Declaration::Stripes),
        "row-rule" => length(node).map(Declaration::RowRule),
        _ => return None,
    })
}

/// What is said of a value that cannot be used.
pub(super) fn invalid(key: &Key, node: &Node, wanted: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidValue,
        node.at.or(key.at),
        format!("`{}` cannot be this: {wanted}", key.name),
    )
}

/// A length with its unit; a bare zero needs none.
pub(super) fn length(node: &Node) -> Result<Length, String> {
    let shown = node
        .text()
        .ok_or("a length such as `11pt`, `3mm` or `1.2em` is wanted")?;
    shown
        .parse::<Length>()
        .map_err(|error| format!("{error}; lengths of a theme may also be in em, % and lines"))
}

/// A length, or a bare number: so many times the size.
fn leading(node: &Node) -> Result<Length, String> {
    match node.number() {
        Some(times) if times > 0.0 => Ok(Length::Em(crate::unit::Em::new(times))),
        _ => length(node),
    }
}

/// Any text.
pub(super) fn text(node: &Node) -> Result<String, String> {
    node.text()
        .map(str::to_owned)
        .ok_or_else(|| "a text is wanted".to_owned())
}

/// `true` or `false`.
pub(super) fn flag(node: &Node) -> Result<bool, String> {
    node.bool()
        .ok_or_else(|| "`true` or `false` is wanted".to_owned())
}

/// `3`, `raised`, `raised 3`
fn initial(node: &Node) -> Result<Initial, String> {
    let text = node.text().unwrap_or_default().trim();
    let raised = text.strip_prefix("raised");
    let lines = match raised.unwrap_or(text).trim() {
        "" if raised.is_some() => Some(RAISED),
        digits => digits.parse().ok().filter(|lines| *lines <= TALLEST),
    };
    let found = lines.map(|lines| Initial {
        lines,
        raised: raised.is_some(),
    });
    found.ok_or_else(|| {
        format!("a whole number of lines up to {TALLEST}, `raised` or `raised 3` is wanted")
    })
}

/// How many lines high a raised letter is that does not say.
const RAISED: u8 = 2;
/// The tallest letter: what is taller is a picture.
const TALLEST: u8 = 9;

/// `4`, `punctuation`
fn lead_in(node: &Node) -> Result<LeadIn, String> {
    match node.text().map(str::trim) {
        Some("punctuation") => Ok(LeadIn::Punctuation),
        _ => number(node, 20)
            .map(LeadIn::Words)
            .map_err(|wanted| format!("{wanted}, or `punctuation`")),
    }
}

pub(super) fn number(node: &Node, most: u8) -> Result<u8, String> {
    let found = node
        .number()
        .filter(|n| n.fract() == 0.0 && (0.0..=f64::from(most)).contains(n))
        .map(|n| n as u8);
    found.ok_or_else(|| format!("a whole number from 0 to {most} is wanted"))
}

/// One of a few words.
pub(super) fn choice<T: Copy>(node: &Node, words: &[(&str, T)]) -> Result<T, String> {
    let found = node
        .text()
        .and_then(|word| words.iter().find(|(name, _)| *name == word));
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let names: Vec<String> = words.iter().map(|(name, _)| format!("`{name}`")).collect();
        format!("one of {} is wanted", names.join(", "))
    })
}

/// A word or a list of words.
fn words(node: &Node) -> Result<Vec<String>, String> {
    let wanted = || "a word or a list of words is wanted".to_owned();
    if let Some(items) = node.list() {
        return items
            .iter()
            .map(|item| item.text().map(str::to_owned).ok_or_else(wanted))
            .collect();
    }
    let text = node.text().ok_or_else(wanted)?;
    Ok(text
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect())
}

fn places(node: &Node) -> Result<FloatPlaces, String> {
    let words = words(node)?;
    FloatPlaces::read(words.iter().map(String::as_str)).ok_or_else(|| {
        let names = FloatPlaces::NAMES.map(|name| format!("`{name}`"));
        format!("one or several of {} are wanted", names.join(", "))
    })
}

fn families(node: &Node) -> Result<Vec<Family>, String> {
    let family = |node: &Node| {
        let name = node.text().map(str::trim).filter(|name| !name.is_empty());
        Ok(
            match name.ok_or("a font family or a list of families is wanted")? {
                "serif" => Family::Serif,
                "sans" | "sans-serif" => Family::Sans,
                "mono" | "monospace" => Family::Mono,
                name => Family::Named(name.to_owned()),
            },
        )
    };
    match node.list() {
        Some(items) => items.iter().map(family).collect(),
        None => family(node).map(|family| vec![family]),
    }
}

fn weight(node: &Node) -> Result<u16, String> {
    match node.text() {
        Some("normal" | "regular") => Ok(400),
        Some("bold") => Ok(700),
        text => text
            .and_then(|text| text.parse().ok())
            .filter(|n| (1..=1000).contains(n))
            .ok_or_else(|| "`normal`, `bold` or a number from 1 to 1000 is wanted".to_owned()),
    }
}

fn figures(node: &Node) -> Result<Figures, String> {
    let mut figures = Figures {
        old_style: false,
        tabular: false,
    };
    for word in words(node)? {
        match word.as_str() {
            "old-style" => figures.old_style = true,
            "lining" => figures.old_style = false,
            "tabular" => figures.tabular = true,
            "proportional" => figures.tabular = false,
            other => {
                return Err(format!(
                    "`{other}` is none of `old-style`, `lining`, `tabular`, `proportional`"
                ));
            }
        }
    }
    Ok(figures)
}

/// `none`, or some of the kinds.
fn ligatures(node: &Node) -> Result<Ligatures, String> {
    let mut ligatures = Ligatures {
        common: false,
        discretionary: false,
        historical: false,
    };
    for word in words(node)? {
        match word.as_str() {
            "none" => {}
            "common" => ligatures.common = true,
            "discretionary" => ligatures.discretionary = true,
            "historical" => ligatures.historical = true,
            other => {
                return Err(format!(
                    "`{other}` is none of `none`, `common`, `discretionary`, `historical`"
                ));
            }
        }
    }
    Ok(ligatures)
}

/// `onum`, `-liga`, `salt=2`
fn features(node: &Node) -> Result<Vec<([u8; 4], u32)>, String> {
    let feature = |word: &String| {
        let (name, value) = match (word.strip_prefix('-'), word.split_once('=')) {
            (Some(name), _) => (name, Some(0)),
            (None, Some((name, value))) => (name, value.parse().ok().filter(|n| *n < 100)),
            (None, None) => (word.trim_start_matches('+'), Some(1)),
        };
        let tag: Option<[u8; 4]> = name.as_bytes().try_into().ok();
        let tag = tag.filter(|tag| tag.iter().all(u8::is_ascii_alphanumeric));
        tag.zip(value).ok_or_else(|| {
            format!(
                "`{word}` is no feature: write four letters or figures, as `ss01`, `-liga` or `salt=2`"
            )
        })
    };
    words(node)?.iter().map(feature).collect()
}

/// `#rgb`, `#rrggbb`, `black`, `white`, or a grey: `grey 40%` (0 is black).
pub(super) fn color(node: &Node) -> Result<Color, String> {
    let wanted = || "a colour such as `#8a1c1c`, `black` or `grey 40%` is wanted".to_owned();
    let word = node.text().ok_or_else(wanted)?.trim();
    match word {
        "black" => return Ok(Color::BLACK),
        "white" => return Ok(Color::WHITE),
        _ => {}
    }
    if let Some(percent) = word
        .strip_prefix("grey")
        .or_else(|| word.strip_prefix("gray"))
    {
        let percent = percent
            .trim()
            .strip_suffix('%')
            .and_then(|p| p.trim().parse::<f64>().ok());
        let level = percent
            .filter(|p| (0.0..=100.0).contains(p))
            .ok_or_else(wanted)?;
        let level = (level * 2.55).round() as u8;
        return Ok(Color {
            r: level,
            g: level,
            b: level,
        });
    }
    let digits = word
        .strip_prefix('#')
        .filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))
        .ok_or_else(wanted)?;
    let byte = |from: usize, len: usize| {
        u8::from_str_radix(&digits[from..from + len], 16).map_err(|_| wanted())
    };
    match digits.len() {
        3 => Ok(Color {
            r: byte(0, 1)? * 17,
            g: byte(1, 1)? * 17,
            b: byte(2, 1)? * 17,
        }),
        6 => Ok(Color {
            r: byte(0, 2)?,
            g: byte(2, 2)?,
            b: byte(4, 2)?,
        }),
        _ => Err(wanted()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Value;

    /// One value that each property takes; a property without one here fails the test below.
    const GOOD: &[(&str, &str)] = &[
        ("family", "[EB Garamond, serif]"),
        ("size", "11pt"),
        ("leading", "1.3"),
        ("weight", "bold"),
        ("italic", "true"),
        ("caps", "small"),
        ("tracking", "0.05em"),
        ("figures", "old-style tabular"),
        ("ligatures", "[common, discretionary]"),
        ("features", "[onum, -liga, salt=2]"),
        ("color", "'#8a1c1c'"),
        ("background", "grey 95%"),
        ("rule", "1pt"),
        ("frame", "0.5pt"),
        ("padding", "1em"),
        ("align", "centre"),
        ("hyphenate", "false"),
        ("hyphen-limits", "{before: 3, ladder: 1}"),
        ("word-space", "{natural: 100%, stretch: 30%}"),
        ("expansion", "1%"),
        ("tracking-limit", "false"),
        ("protrusion", "{quotes: 50%}"),
        ("runt", "0"),
        ("indent", "-1em"),
        ("before", "1line"),
        ("after", "0"),
        ("start", "2em"),
        ("end", "10%"),
        ("keep-with-next", "true"),
        ("keep-together", "true"),
        ("open-on", "recto"),
        ("sink", "6lines"),
        ("drop-cap", "raised 3"),
        ("lead-in", "punctuation"),
        ("ornament", "'* * *'"),
        ("turnover", "bracket"),
        ("center-block", "true"),
        ("label", "false"),
        ("float", "[top, bottom]"),
        ("hidden", "false"),
        ("smallest", "0.85em"),
        ("stripes", "grey 96%"),
        ("row-rule", "0.25pt"),
    ];

    #[test]
    fn every_property_takes_a_good_value_and_refuses_a_bad_one() {
        for key in PROPERTIES {
            let (_, good) = GOOD
                .iter()
                .find(|(name, _)| name == key)
                .unwrap_or_else(|| panic!("no good value for {key}"));
            assert!(
                declaration(key, &node(good)).unwrap().is_ok(),
                "{key}: {good}"
            );
            assert!(declaration(key, &node("{}")).unwrap().is_err(), "{key}");
        }
        assert!(declaration("colour", &node("x")).is_none());
    }

    fn node(yaml: &str) -> Node {
        let sources = crate::source::Sources::new();
        crate::yaml::read(&sources.add("x", yaml), &crate::diag::Sink::new()).unwrap()
    }

    #[test]
    fn colours_read() {
        let read = |text: &str| color(&Node::made(Value::Text(text.to_owned())));
        assert_eq!(read("#fff"), Ok(Color::WHITE));
        assert_eq!(
            read("#102030"),
            Ok(Color {
                r: 16,
                g: 32,
                b: 48
            })
        );
        assert_eq!(read("grey 0%"), Ok(Color::BLACK));
        assert!(read("#12").is_err());
        assert!(read("rot").is_err());
    }
}
