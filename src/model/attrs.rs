//! Attributes, as `{#id .class key=value}` gives them.

use std::collections::BTreeMap;

use super::Lang;

/// What an author hung on a node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Attrs {
    /// Without the `#`; unique in its chapter, or reported.
    pub id: Option<String>,
    /// Without the dots, in the order given.
    pub classes: Vec<String>,
    /// `lang=fr`: the language from here down.
    pub lang: Option<Lang>,
    /// Everything else.
    pub rest: BTreeMap<String, String>,
}

impl Attrs {
    /// Nothing was given.
    pub fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.lang.is_none() && self.rest.is_empty()
    }

    /// Whether a class was given.
    pub fn has_class(&self, class: &str) -> bool {
        self.classes.iter().any(|c| c == class)
    }

    /// A value by its key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.rest.get(key).map(String::as_str)
    }

    /// How many columns a container asks for with `count`: 2, 3 or 4; `None` if it says nothing, or no such number.
    pub fn columns(&self) -> Option<u32> {
        let count = self.get("count")?.parse().ok()?;
        (2..=4).contains(&count).then_some(count)
    }

    /// What is said of a table's first columns: `widths="30% auto 4cm"`; as Quarto has it, `tbl-colwidths="[30,70]"`.
    /// Parts that make more than the whole are shares of it.
    pub fn column_widths(&self, columns: usize) -> Vec<ColumnWidth<'_>> {
        let Some(list) = self.get("widths").or(self.get("tbl-colwidths")) else {
            return Vec::new();
        };
        let parts = list
            .split([' ', ',', '[', ']', '\t'])
            .filter(|part| !part.is_empty());
        let mut widths: Vec<ColumnWidth<'_>> = parts.take(columns).map(ColumnWidth::read).collect();
        let part = |width: &ColumnWidth<'_>| match width {
            ColumnWidth::Part(part) => *part,
            _ => 0.0,
        };
        let sum: f64 = widths.iter().map(part).sum();
        if sum > 1.0 {
            for width in &mut widths {
                if let ColumnWidth::Part(part) = width {
                    *part /= sum;
                }
            }
        }
        widths
    }
}

/// What an author says of a column's width, or of a table's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnWidth<'a> {
    /// Nothing, or nothing that can be read as a number.
    Auto,
    /// So much of the whole, above 0 and up to 1.
    Part(f64),
    /// Something with a unit, or no length at all.
    Length(&'a str),
}

/// A number that says more than this of a width is none.
const WIDEST: f64 = 1e6;

impl ColumnWidth<'_> {
    /// A width as it is written. Bare numbers are parts of a hundred.
    pub fn read(text: &str) -> ColumnWidth<'_> {
        let text = text.trim();
        let bare = text.strip_suffix('%').unwrap_or(text).trim();
        match bare.parse::<f64>() {
            Ok(number) if number > 0.0 && number <= WIDEST => {
                ColumnWidth::Part((number / 100.0).min(1.0))
            }
            Ok(_) => ColumnWidth::Auto,
            Err(_) if text == "auto" => ColumnWidth::Auto,
            Err(_) => ColumnWidth::Length(text),
        }
    }
}
