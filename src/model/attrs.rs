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
}
