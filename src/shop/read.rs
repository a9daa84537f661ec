//! A shop's YAML, read.
//!
//! In: a shop's layers, the nearest first. Out: a [`Shop`] with the rules of all of them. Every fault is reported at its
//! place; a rule that cannot be read is left out.

use crate::diag::{Code, Diagnostic, Sink};
use crate::yaml::{self, Node, Value};

use super::{Ask, Force, Kind, Rule, Shop};

/// The keys of a shop.
const KEYS: &[&str] = &["title", "extends", "verified-on", "rules"];

/// The keys of a rule beside what it asks.
const RULE_KEYS: &[&str] = &["level", "unsure", "always", "source"];

/// Reads a shop. `name` is what the author called it.
pub(super) fn shop(name: &str, layers: &[Node], sink: &Sink) -> Shop {
    let text = |key: &str| {
        let mut texts = layers.iter().filter_map(|layer| layer.get(key)?.text());
        texts.next().map(str::to_owned)
    };
    let mut rules = Vec::new();
    for layer in layers {
        for (key, _) in layer.entries() {
            if !KEYS.contains(&key.name.as_str()) {
                sink.push(yaml::unknown_key(key, None, KEYS.iter().copied()));
            }
        }
        let Some(node) = layer.get("rules").filter(|node| !node.is_null()) else {
            continue;
        };
        match node.list() {
            Some(items) => rules.extend(items.iter().filter_map(|item| rule(item, sink))),
            None => sink.push(yaml::wrong_type(node, "rules", "a list of rules")),
        }
    }
    Shop {
        name: name.to_owned(),
        title: text("title").unwrap_or_else(|| name.to_owned()),
        verified_on: text("verified-on").unwrap_or_default(),
        rules,
    }
}

fn rule(node: &Node, sink: &Sink) -> Option<Rule> {
    if !matches!(node.value, Value::Map(_)) {
        let wanted = "a rule such as `{picture-bytes: 5MB, level: must}`";
        sink.push(yaml::wrong_type(node, "rules", wanted));
        return None;
    }
    let mut ask = None;
    for (key, value) in node.entries() {
        let name = key.name.as_str();
        if RULE_KEYS.contains(&name) {
            continue;
        }
        if !Ask::NAMES.contains(&name) {
            let known = Ask::NAMES.iter().chain(RULE_KEYS).copied();
            sink.push(yaml::unknown_key(key, Some("rules"), known));
            continue;
        }
        match self::ask(name, value) {
            Ok(found) => ask = ask.or(Some(found)),
            Err(wanted) => {
                let message = format!("`{name}` cannot be read");
                sink.push(Diagnostic::new(Code::InvalidValue, value.at, message).hint(wanted));
            }
        }
    }
    let force = match node.get("level").and_then(Node::text) {
        Some("must") => Force::Must,
        Some("advice") | None => Force::Advice,
        Some(_) => {
            let at = node.get("level")?;
            sink.push(yaml::invalid_value(at, "level", ["must", "advice"]));
            return None;
        }
    };
    let flag = |key: &str| node.get(key).and_then(Node::bool).unwrap_or(false);
    Some(Rule {
        ask: ask?,
        force,
        sure: !flag("unsure"),
        always: flag("always"),
        source: node
            .get("source")
            .and_then(Node::text)
            .unwrap_or_default()
            .to_owned(),
    })
}

type Read<T> = Result<T, String>;

/// What a rule asks, by its name, which is one of [`Ask::NAMES`].
fn ask(name: &str, node: &Node) -> Read<Ask> {
    let yes = |ask: Ask| match node.bool() {
        Some(true) => Ok(ask),
        _ => Err("write `true`, or leave the rule out".to_owned()),
    };
    Ok(match name {
        "cover" => yes(Ask::Cover)?,
        "cover-least" => {
            let (short, long) = sides(node)?;
            Ask::CoverLeast(short.min(long), short.max(long))
        }
        "cover-most" => Ask::CoverMost(whole(node, 1, 1_000_000)? as u32),
        "cover-ratio" => Ask::CoverRatio(ratio(node)?),
        "cover-bytes" => Ask::CoverBytes(bytes(node)?),
        "cover-kinds" => Ask::CoverKinds(kinds(node)?),
        "cover-page" => yes(Ask::CoverPage)?,
        "picture-pixels" => Ask::PicturePixels(pixels(node)?),
        "picture-bytes" => Ask::PictureBytes(bytes(node)?),
        "picture-kinds" => Ask::PictureKinds(kinds(node)?),
        "picture-colors" => match node.text() {
            Some("rgb") => Ask::PictureColors,
            _ => return Err("write `rgb`".to_owned()),
        },
        "picture-ground" => match node.text() {
            Some("opaque") => Ask::PictureGround,
            _ => return Err("write `opaque`".to_owned()),
        },
        "picture-sides" => match node.text() {
            Some("relative") => Ask::PictureSides,
            _ => return Err("write `relative`".to_owned()),
        },
        "contents" => yes(Ask::Contents)?,
        "contents-depth" => Ask::ContentsDepth(whole(node, 1, 6)? as u8),
        "page-list" => yes(Ask::PageList)?,
        "note-links" => match node.text() {
            Some("first") => Ask::NoteLinks,
            _ => return Err("write `first`".to_owned()),
        },
        "body-text" => match node.text() {
            Some("default") => Ask::BodyText,
            _ => return Err("write `default`".to_owned()),
        },
        "file-bytes" => Ask::FileBytes(bytes(node)?),
        "unprotected" => yes(Ask::Unprotected)?,
        "epubcheck" => yes(Ask::EpubCheck)?,
        _ => Ask::Claims(texts(node)?),
    })
}

fn texts(node: &Node) -> Read<Vec<String>> {
    let items = node.list().unwrap_or(std::slice::from_ref(node));
    let texts = items.iter().map(|item| item.text().map(str::to_owned));
    texts
        .collect::<Option<Vec<String>>>()
        .ok_or_else(|| "write a list of words".to_owned())
}

fn kinds(node: &Node) -> Read<Vec<Kind>> {
    let kind = |name: String| {
        let mut known = Kind::NAMES.iter();
        let found = known.find(|(known, _)| *known == name);
        found.map(|(_, kind)| *kind).ok_or_else(|| {
            let names: Vec<String> = Kind::NAMES.iter().map(|(n, _)| format!("`{n}`")).collect();
            format!("write a list of {}", names.join(", "))
        })
    };
    texts(node)?.into_iter().map(kind).collect()
}

fn whole(node: &Node, least: u32, most: u32) -> Read<u64> {
    let number = node.number().filter(|number| number.fract() == 0.0);
    number
        .filter(|number| (f64::from(least)..=f64::from(most)).contains(number))
        .map(|number| number as u64)
        .ok_or_else(|| format!("write a whole number from {least} to {most}"))
}

/// `625x1000`, in pixels.
fn sides(node: &Node) -> Read<(u32, u32)> {
    let pair = node.text().and_then(|text| text.split_once('x'));
    let side = |text: &str| text.trim().parse::<u32>().ok().filter(|side| *side > 0);
    pair.and_then(|(one, other)| Some((side(one)?, side(other)?)))
        .ok_or_else(|| "write two sides in pixels: `625x1000`".to_owned())
}

/// `1.6`, in thousandths.
fn ratio(node: &Node) -> Read<u32> {
    let number = node
        .number()
        .filter(|number| (0.1..=10.0).contains(number))
        .map(|number| (number * 1000.0).round() as u32);
    number.ok_or_else(|| "write height by width: `1.6`".to_owned())
}

/// `4mp`, or a plain number.
fn pixels(node: &Node) -> Read<u64> {
    let text = node.text().unwrap_or_default();
    yaml::pixels(text).ok_or_else(|| "write millions of pixels: `4mp`".to_owned())
}

/// `5MB`, of a million bytes each: the strictest reading.
fn bytes(node: &Node) -> Read<u64> {
    let text = node.text().unwrap_or_default();
    yaml::bytes(text).ok_or_else(|| "write a size such as `5MB` or `2GB`".to_owned())
}
