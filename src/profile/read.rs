//! A profile's YAML, read.
//!
//! In: a profile's layers, laid over each other. Out: a [`Profile`]. Every fault is reported at its place; what cannot be
//! read is left unsaid. A rule whose name stands under `unsure:`, itself or the group that it is in, is none that
//! anything fails for.

use std::cell::Cell;

use crate::diag::{Code, Diagnostic, Sink};
use crate::source::Span;
use crate::unit::{Abs, Sides, Size};
use crate::yaml::{self, Node, Value};

use super::cover::{BarcodeArea, CoverRules};
use super::file::{ColorSpace, Embedding, FileSpec, Intent};
use super::limits::{Limits, TrimRange};
use super::paper::{PageRange, Paper};
use super::sheet::{Inside, SheetRules};
use super::{Profile, Rule, purpose};

/// The keys of a profile.
const KEYS: &[&str] = &[
    "name",
    "extends",
    "printer",
    "verified-on",
    "sources",
    "unsure",
    "file",
    "sheet",
    "limits",
    "papers",
    "cover",
];

const FILE_KEYS: &[&str] = &[
    "standards",
    "color",
    "intent",
    "ink-limit",
    "embedding",
    "transparency",
    "interactive",
    "tagged",
    "marks",
];

const SHEET_KEYS: &[&str] = &[
    "bound",
    "bleed",
    "margins",
    "margins-bleeding",
    "inside",
    "furniture-inside",
    "even",
    "last-blank",
    "marks",
];

const LIMIT_KEYS: &[&str] = &[
    "trims",
    "custom",
    "text",
    "line",
    "grey",
    "resolution",
    "resolution-most",
    "file",
];

const PAPER_KEYS: &[&str] = &["thickness", "color", "pages"];

const COVER_KEYS: &[&str] = &[
    "bleed",
    "overhang-width",
    "overhang-height",
    "hinge",
    "spine-extra",
    "spine-text-from",
    "spine-clear",
    "safety",
    "barcode",
];

const COLORS: &[(&str, ColorSpace)] = &[
    ("rgb", ColorSpace::Rgb),
    ("grey", ColorSpace::Grey),
    ("cmyk", ColorSpace::Cmyk),
];

/// The least and the largest page that any rule can speak of, in points: what a theme takes for a trim.
const PAGE: std::ops::RangeInclusive<f64> = 0.0..=7200.0;

/// Reads a profile. `name` is what the author called it.
pub(super) fn profile(name: &str, tree: &Node, unsure: &[Node], sink: &Sink) -> Profile {
    let reader = Reader {
        sink,
        unsure: unsure
            .iter()
            .filter_map(|node| Some((node.text()?.to_owned(), node.at, Cell::new(false))))
            .collect(),
    };
    reader.keys(tree, None, KEYS);
    let text = |key: &str| reader.get(tree, "", key, text).unwrap_or_default();
    let profile = Profile {
        name: name.to_owned(),
        printer: text("printer"),
        verified_on: text("verified-on"),
        sources: reader.get(tree, "", "sources", texts).unwrap_or_default(),
        file: reader.file(tree),
        sheet: reader.sheet(tree),
        limits: reader.limits(tree),
        papers: reader.papers(tree),
        cover: reader.cover(tree),
        paper: None,
        bleeds: false,
    };
    for (name, at, met) in &reader.unsure {
        if !met.get() {
            let message = format!("`unsure` names no rule of this profile: `{name}`");
            let found = Diagnostic::new(Code::InvalidValue, *at, message);
            sink.push(found.hint("write a group or a rule, such as `cover` or `limits.text`"));
        }
    }
    profile
}

struct Reader<'a> {
    sink: &'a Sink,
    /// Names of rules and groups, their places, and whether there is any such rule.
    unsure: Vec<(String, Option<Span>, Cell<bool>)>,
}

type Read<T> = Result<T, String>;

impl Reader<'_> {
    fn keys(&self, node: &Node, of: Option<&str>, known: &[&str]) {
        for (key, _) in node.entries() {
            if !known.contains(&key.name.as_str()) {
                self.sink
                    .push(yaml::unknown_key(key, of, known.iter().copied()));
            }
        }
    }

    /// A group of rules, its keys known.
    fn group<'n>(&self, tree: &'n Node, name: &str, known: &[&str]) -> Option<&'n Node> {
        let node = tree.get(name).filter(|node| !node.is_null())?;
        if !matches!(node.value, Value::Map(_)) {
            self.sink.push(yaml::wrong_type(node, name, "a mapping"));
            return None;
        }
        self.keys(node, Some(name), known);
        Some(node)
    }

    fn get<T>(
        &self,
        group: &Node,
        of: &str,
        key: &str,
        read: impl Fn(&Node) -> Read<T>,
    ) -> Option<T> {
        let node = group.get(key).filter(|node| !node.is_null())?;
        match read(node) {
            Ok(value) => Some(value),
            Err(wanted) => {
                let path = join(of, key);
                let message = format!("`{path}` cannot be read");
                let found = Diagnostic::new(Code::InvalidValue, node.at, message);
                self.sink.push(found.hint(wanted));
                None
            }
        }
    }

    /// Whether a rule is sure: neither it nor a group it is in is named as unsure.
    fn sure(&self, path: &str) -> bool {
        let mut sure = true;
        for (name, _, met) in &self.unsure {
            let rest = path.strip_prefix(name.as_str());
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
                met.set(true);
                sure = false;
            }
        }
        sure
    }

    fn rule<T>(
        &self,
        group: &Node,
        of: &str,
        key: &str,
        read: impl Fn(&Node) -> Read<T>,
    ) -> Option<Rule<T>> {
        let value = self.get(group, of, key, read)?;
        let sure = self.sure(&join(of, key));
        Some(Rule { value, sure })
    }

    fn file(&self, tree: &Node) -> FileSpec {
        let mut spec = FileSpec::default();
        let Some(group) = self.group(tree, "file", FILE_KEYS) else {
            return spec;
        };
        let flag = |key: &str, default| self.get(group, "file", key, flag).unwrap_or(default);
        if let Some(node) = group.get("standards") {
            let standards = purpose::standards(node, self.sink).into_iter();
            spec.standards = standards.map(|standard| standard.value).collect();
        }
        let color = self.get(group, "file", "color", |node| word(node, COLORS));
        spec.color = color.unwrap_or(spec.color);
        spec.intent = self.get(group, "file", "intent", intent);
        let limit = self.get(group, "file", "ink-limit", |node| whole(node, 100, 400));
        spec.ink_limit = limit.map(|limit| limit as u16);
        let kinds = [("subset", Embedding::Subset), ("whole", Embedding::Whole)];
        let embedding = self.get(group, "file", "embedding", |node| word(node, &kinds));
        spec.embedding = embedding.unwrap_or(spec.embedding);
        spec.transparency = flag("transparency", spec.transparency);
        spec.interactive = flag("interactive", spec.interactive);
        spec.tagged = flag("tagged", spec.tagged);
        if let Some(node) = group.get("marks") {
            spec.marks = purpose::marks(node, self.sink).unwrap_or_default();
        }
        spec
    }

    fn sheet(&self, tree: &Node) -> SheetRules {
        let Some(group) = self.group(tree, "sheet", SHEET_KEYS) else {
            return SheetRules::default();
        };
        let flag = |key: &str| self.get(group, "sheet", key, flag).unwrap_or(false);
        let rule = |key: &str| self.rule(group, "sheet", key, self::flag);
        let inside = self.get(group, "sheet", "inside", |node| {
            let steps = node.entries().iter().map(|(key, node)| {
                let to: u32 = key.name.parse().map_err(
                    |_| "write the most pages and the least margin of each step: `{150: 0.375in}`",
                )?;
                let value = length(node)?;
                let sure = self.sure("sheet.inside");
                let least = Rule { value, sure };
                Ok(Inside { to, least })
            });
            let mut steps = steps.collect::<Read<Vec<Inside>>>()?;
            steps.sort_by_key(|step| step.to);
            Ok(steps)
        });
        SheetRules {
            bound: flag("bound"),
            bleed: self.get(group, "sheet", "bleed", sides),
            margins: self.rule(group, "sheet", "margins", sides),
            margins_bleeding: self.rule(group, "sheet", "margins-bleeding", sides),
            inside: inside.unwrap_or_default(),
            furniture_inside: rule("furniture-inside"),
            even: flag("even"),
            last_blank: flag("last-blank"),
            marks: rule("marks"),
        }
    }

    fn limits(&self, tree: &Node) -> Limits {
        let Some(group) = self.group(tree, "limits", LIMIT_KEYS) else {
            return Limits::default();
        };
        let lengths = |key: &str| self.rule(group, "limits", key, length);
        let pixels = |key: &str| self.rule(group, "limits", key, |node| whole(node, 1, 10_000));
        Limits {
            trims: self
                .rule(group, "limits", "trims", sizes)
                .unwrap_or_default(),
            custom: self.rule(group, "limits", "custom", custom),
            text: lengths("text"),
            line: lengths("line"),
            grey: self
                .rule(group, "limits", "grey", |node| whole(node, 0, 100))
                .map(|rule| rule.map(|percent| percent as u8)),
            resolution: pixels("resolution"),
            resolution_most: pixels("resolution-most"),
            file: self.rule(group, "limits", "file", bytes),
        }
    }

    fn papers(&self, tree: &Node) -> Vec<Paper> {
        let Some(node) = tree.get("papers").filter(|node| !node.is_null()) else {
            return Vec::new();
        };
        if !matches!(node.value, Value::Map(_)) {
            self.sink
                .push(yaml::wrong_type(node, "papers", "a mapping of papers"));
        }
        let papers = node.entries().iter().map(|(key, node)| {
            let path = format!("papers.{}", key.name);
            self.keys(node, Some(&path), PAPER_KEYS);
            let sure = self.sure(&format!("{path}.pages"));
            let pages = self.get(node, &path, "pages", |node| page_ranges(node, sure));
            Paper {
                name: key.name.clone(),
                thickness: self.rule(node, &path, "thickness", length),
                color: self.get(node, &path, "color", |node| word(node, COLORS)),
                pages: pages.unwrap_or_default(),
            }
        });
        papers.collect()
    }

    fn cover(&self, tree: &Node) -> Option<CoverRules> {
        let group = self.group(tree, "cover", COVER_KEYS)?;
        let lengths = |key: &str| {
            let rule = self.rule(group, "cover", key, length);
            rule.unwrap_or_default()
        };
        let barcode = group.get("barcode").filter(|node| !node.is_null());
        let barcode = barcode.and_then(|node| {
            self.keys(node, Some("barcode"), &["size", "from-spine", "from-foot"]);
            let from = |key: &str| {
                let length = self.get(node, "cover.barcode", key, length);
                length.unwrap_or_default()
            };
            Some(BarcodeArea {
                size: self.rule(node, "cover.barcode", "size", size)?,
                from_spine: from("from-spine"),
                from_foot: from("from-foot"),
            })
        });
        Some(CoverRules {
            bleed: lengths("bleed"),
            overhang_width: lengths("overhang-width"),
            overhang_height: lengths("overhang-height"),
            hinge: lengths("hinge"),
            spine_extra: lengths("spine-extra"),
            spine_text_from: self.rule(group, "cover", "spine-text-from", |node| {
                whole(node, 0, 10_000)
            }),
            spine_clear: lengths("spine-clear"),
            safety: lengths("safety"),
            barcode,
        })
    }
}

fn join(of: &str, key: &str) -> String {
    match of {
        "" => key.to_owned(),
        of => format!("{of}.{key}"),
    }
}

fn text(node: &Node) -> Read<String> {
    let text = node.text().map(str::to_owned);
    text.ok_or_else(|| "write a text".to_owned())
}

fn texts(node: &Node) -> Read<Vec<String>> {
    match node.list() {
        Some(items) => items.iter().map(text).collect(),
        None => Ok(vec![text(node)?]),
    }
}

fn flag(node: &Node) -> Read<bool> {
    node.bool()
        .ok_or_else(|| "write `true` or `false`".to_owned())
}

fn word<T: Copy>(node: &Node, words: &[(&str, T)]) -> Read<T> {
    let found = node.text().and_then(|text| {
        let mut words = words.iter();
        words.find(|(word, _)| *word == text)
    });
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let words: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        format!("write one of {}", words.join(", "))
    })
}

fn length(node: &Node) -> Read<Abs> {
    let length = node.text().and_then(|text| text.parse::<Abs>().ok());
    let length = length.filter(|length| PAGE.contains(&length.to_pt()));
    length.ok_or_else(|| "write a length such as `0.125in` or `3mm`".to_owned())
}

fn whole(node: &Node, least: u32, most: u32) -> Read<u32> {
    let number = node.number().filter(|number| number.fract() == 0.0);
    let number = number.filter(|number| (f64::from(least)..=f64::from(most)).contains(number));
    number
        .map(|number| number as u32)
        .ok_or_else(|| format!("write a whole number from {least} to {most}"))
}

/// One length for all sides, or a mapping; a side that is not named has none.
fn sides(node: &Node) -> Read<Sides<Abs>> {
    let wanted = "write a length, or `{inner: …, outer: …, head: …, foot: …}`";
    if let Ok(all) = length(node) {
        return Ok(Sides {
            inner: all,
            outer: all,
            head: all,
            foot: all,
        });
    }
    let mut sides = Sides::default();
    if node.entries().is_empty() {
        return Err(wanted.to_owned());
    }
    for (key, node) in node.entries() {
        let side = match key.name.as_str() {
            "inner" => &mut sides.inner,
            "outer" => &mut sides.outer,
            "head" => &mut sides.head,
            "foot" => &mut sides.foot,
            _ => return Err(wanted.to_owned()),
        };
        *side = length(node)?;
    }
    Ok(sides)
}

fn size(node: &Node) -> Read<Size> {
    let size = node.text().and_then(|text| text.parse().ok());
    size.ok_or_else(|| "write a size such as `6x9in`".to_owned())
}

fn sizes(node: &Node) -> Read<Vec<Size>> {
    let items = node.list().ok_or("write a list of sizes: `[5x8in, 6x9in]`");
    items?.iter().map(size).collect()
}

fn custom(node: &Node) -> Read<TrimRange> {
    let side = |key: &str| {
        let node = node.get(key);
        node.ok_or_else(|| "write `{least: 4x6in, most: 8.5x11.69in}`".to_owned())
            .and_then(size)
    };
    Ok(TrimRange {
        least: side("least")?,
        most: side("most")?,
    })
}

/// `650MB`, of a million bytes each: the strictest reading.
fn bytes(node: &Node) -> Read<u64> {
    let text = node.text().unwrap_or_default().trim();
    let (number, unit) = match (text.strip_suffix("MB"), text.strip_suffix("GB")) {
        (Some(number), _) => (number, 1_000_000),
        (_, Some(number)) => (number, 1_000_000_000),
        _ => (text, 0),
    };
    let number = number.trim().parse::<u32>().ok().filter(|_| unit > 0);
    number
        .map(|number| u64::from(number) * unit)
        .ok_or_else(|| "write a size such as `650MB` or `2GB`".to_owned())
}

/// `24-828`, or a mapping of trims, and `other` for the rest, to such ranges.
fn page_ranges(node: &Node, sure: bool) -> Read<Vec<PageRange>> {
    let range = |node: &Node| -> Read<Rule<(u32, u32)>> {
        let parts = node.text().and_then(|text| text.split_once('-'));
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let pair = parts.and_then(|(least, most)| Some((number(least)?, number(most)?)));
        let value = pair.filter(|(least, most)| least <= most);
        let value = value.ok_or("write the fewest and the most pages: `24-828`")?;
        Ok(Rule { value, sure })
    };
    if node.entries().is_empty() {
        let pages = range(node)?;
        let trims = Vec::new();
        return Ok(vec![PageRange { trims, pages }]);
    }
    let ranges = node.entries().iter().map(|(key, node)| {
        let trims = match key.name.as_str() {
            "other" => Vec::new(),
            names => names
                .split_whitespace()
                .map(|name| {
                    name.parse::<Size>().map_err(|_| {
                        format!("`{name}` is no trim: write `other` or `6x9in 7x10in`")
                    })
                })
                .collect::<Read<_>>()?,
        };
        let pages = range(node)?;
        Ok(PageRange { trims, pages })
    });
    ranges.collect()
}

fn intent(node: &Node) -> Read<Intent> {
    let condition = node.get("condition").and_then(Node::text);
    let condition = condition.ok_or("write `{condition: FOGRA39, info: …}`")?;
    let info = node.get("info").and_then(Node::text).unwrap_or(condition);
    Ok(Intent {
        condition: condition.to_owned(),
        info: info.to_owned(),
        profile: None,
    })
}
