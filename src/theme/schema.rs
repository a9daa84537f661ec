//! The values of a theme, read.
//!
//! In: a property's name and its YAML. Out: a [`Declaration`], or the sentence that says what would have been right.

use serde_yaml::Value;

use crate::unit::Length;

use super::declaration::{Break, Caps, Color, Declaration, Family, Figures, Justify};

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
    "features",
    "color",
    "background",
    "rule",
    "frame",
    "padding",
    "align",
    "hyphenate",
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
    "hidden",
];

/// Reads one property; `None` if there is none of this name, else the declaration or what it should have been.
pub(super) fn declaration(key: &str, value: &Value) -> Option<Result<Declaration, String>> {
    Some(match key {
        "family" => families(value).map(Declaration::Family),
        "size" => length(value).map(Declaration::Size),
        "leading" => leading(value).map(Declaration::Leading),
        "weight" => weight(value).map(Declaration::Weight),
        "italic" => flag(value).map(Declaration::Italic),
        "caps" => choice(
            value,
            &[
                ("none", Caps::None),
                ("small", Caps::Small),
                ("all-small", Caps::AllSmall),
                ("all", Caps::All),
            ],
        )
        .map(Declaration::Caps),
        "tracking" => length(value).map(Declaration::Tracking),
        "figures" => figures(value).map(Declaration::Figures),
        "features" => words(value).map(Declaration::Features),
        "color" => color(value).map(Declaration::Color),
        "background" => color(value).map(Declaration::Background),
        "rule" => length(value).map(Declaration::Rule),
        "frame" => length(value).map(Declaration::Frame),
        "padding" => length(value).map(Declaration::Padding),
        "align" => choice(
            value,
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
        "hyphenate" => flag(value).map(Declaration::Hyphenate),
        "indent" => length(value).map(Declaration::Indent),
        "before" => length(value).map(Declaration::Before),
        "after" => length(value).map(Declaration::After),
        "start" => length(value).map(Declaration::Start),
        "end" => length(value).map(Declaration::End),
        "keep-with-next" => flag(value).map(Declaration::KeepWithNext),
        "keep-together" => flag(value).map(Declaration::KeepTogether),
        "open-on" => choice(
            value,
            &[
                ("page", Break::Page),
                ("recto", Break::Recto),
                ("here", Break::Here),
            ],
        )
        .map(Declaration::OpenOn),
        "sink" => length(value).map(Declaration::Sink),
        "drop-cap" => number(value, 9).map(Declaration::DropCap),
        "lead-in" => number(value, 20).map(Declaration::LeadIn),
        "ornament" => text(value).map(Declaration::Ornament),
        "hidden" => flag(value).map(Declaration::Hidden),
        _ => return None,
    })
}

/// A length with its unit; a bare zero needs none.
pub(super) fn length(value: &Value) -> Result<Length, String> {
    let shown = scalar(value).ok_or("a length such as `11pt`, `3mm` or `1.2em` is wanted")?;
    shown
        .parse::<Length>()
        .map_err(|error| format!("{error}; lengths of a theme may also be in em, % and lines"))
}

/// A length, or a bare number: so many times the size.
fn leading(value: &Value) -> Result<Length, String> {
    match value.as_f64() {
        Some(times) if times > 0.0 => Ok(Length::Em(crate::unit::Em::new(times))),
        _ => length(value),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Any text.
pub(super) fn text(value: &Value) -> Result<String, String> {
    scalar(value).ok_or_else(|| "a text is wanted".to_owned())
}

/// `true` or `false`.
pub(super) fn flag(value: &Value) -> Result<bool, String> {
    value
        .as_bool()
        .ok_or_else(|| "`true` or `false` is wanted".to_owned())
}

fn number(value: &Value, most: u8) -> Result<u8, String> {
    let found = value
        .as_u64()
        .and_then(|n| u8::try_from(n).ok())
        .filter(|n| *n <= most);
    found.ok_or_else(|| format!("a whole number from 0 to {most} is wanted"))
}

/// One of a few words.
pub(super) fn choice<T: Copy>(value: &Value, words: &[(&str, T)]) -> Result<T, String> {
    let found = value
        .as_str()
        .and_then(|word| words.iter().find(|(name, _)| *name == word));
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let names: Vec<String> = words.iter().map(|(name, _)| format!("`{name}`")).collect();
        format!("one of {} is wanted", names.join(", "))
    })
}

/// A word or a list of words.
fn words(value: &Value) -> Result<Vec<String>, String> {
    let wanted = || "a word or a list of words is wanted".to_owned();
    match value {
        Value::String(text) => Ok(text
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()),
        Value::Sequence(items) => items
            .iter()
            .map(|item| scalar(item).ok_or_else(wanted))
            .collect(),
        _ => Err(wanted()),
    }
}

fn families(value: &Value) -> Result<Vec<Family>, String> {
    let wanted = || "a font family or a list of families is wanted".to_owned();
    let family = |value: &Value| {
        let name = scalar(value)
            .filter(|name| !name.trim().is_empty())
            .ok_or_else(wanted)?;
        Ok(match name.trim() {
            "serif" => Family::Serif,
            "sans" | "sans-serif" => Family::Sans,
            "mono" | "monospace" => Family::Mono,
            name => Family::Named(name.to_owned()),
        })
    };
    match value {
        Value::Sequence(items) => items.iter().map(family).collect(),
        value => family(value).map(|family| vec![family]),
    }
}

fn weight(value: &Value) -> Result<u16, String> {
    match value {
        Value::String(word) if word == "normal" || word == "regular" => Ok(400),
        Value::String(word) if word == "bold" => Ok(700),
        value => value
            .as_u64()
            .and_then(|n| u16::try_from(n).ok())
            .filter(|n| (1..=1000).contains(n))
            .ok_or_else(|| "`normal`, `bold` or a number from 1 to 1000 is wanted".to_owned()),
    }
}

fn figures(value: &Value) -> Result<Figures, String> {
    let mut figures = Figures {
        old_style: false,
        tabular: false,
    };
    for word in words(value)? {
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

/// `#rgb`, `#rrggbb`, `black`, `white`, or a grey: `grey 40%` (0 is black).
fn color(value: &Value) -> Result<Color, String> {
    let wanted = || "a colour such as `#8a1c1c`, `black` or `grey 40%` is wanted".to_owned();
    let word = value.as_str().ok_or_else(wanted)?.trim();
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
        ("features", "[onum, -liga]"),
        ("color", "'#8a1c1c'"),
        ("background", "grey 95%"),
        ("rule", "1pt"),
        ("frame", "0.5pt"),
        ("padding", "1em"),
        ("align", "centre"),
        ("hyphenate", "false"),
        ("indent", "-1em"),
        ("before", "1line"),
        ("after", "0"),
        ("start", "2em"),
        ("end", "10%"),
        ("keep-with-next", "true"),
        ("keep-together", "true"),
        ("open-on", "recto"),
        ("sink", "6lines"),
        ("drop-cap", "3"),
        ("lead-in", "4"),
        ("ornament", "* * *"),
        ("hidden", "false"),
    ];

    #[test]
    fn every_property_takes_a_good_value_and_refuses_a_bad_one() {
        for key in PROPERTIES {
            let (_, good) = GOOD
                .iter()
                .find(|(name, _)| name == key)
                .unwrap_or_else(|| panic!("no good value for {key}"));
            let value: Value = if good.starts_with("* ") {
                Value::from(*good)
            } else {
                serde_yaml::from_str(good).unwrap()
            };
            assert!(declaration(key, &value).unwrap().is_ok(), "{key}: {good}");
            assert!(
                declaration(key, &Value::Mapping(Default::default()))
                    .unwrap()
                    .is_err(),
                "{key}"
            );
        }
        assert!(declaration("colour", &Value::Null).is_none());
    }

    #[test]
    fn colours_read() {
        let read = |text: &str| color(&Value::from(text));
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
