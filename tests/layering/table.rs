//! The tables of `src/ARCHITECTURE.md` and the dependencies of `Cargo.toml`, read as rules.

use std::collections::{BTreeMap, BTreeSet};

use super::root;

/// What the table says of one module.
#[derive(Debug, Default)]
pub struct Rule {
    /// Modules, or `module::inner`.
    pub uses: BTreeSet<String>,
    /// All modules above it.
    pub everything: bool,
}

#[derive(Debug, Default)]
pub struct Layering {
    /// By module.
    pub rules: BTreeMap<String, Rule>,
    /// Outside crates that only some modules may use.
    pub crates: BTreeMap<String, BTreeSet<String>>,
}

pub fn dependencies() -> BTreeSet<String> {
    let manifest =
        std::fs::read_to_string(root().join("Cargo.toml")).expect("cargo itself has just read it");
    manifest
        .lines()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The cells of the table rows below a line of the architecture page.
pub fn table(heading: &str) -> Vec<Vec<String>> {
    let page = std::fs::read_to_string(root().join("src/ARCHITECTURE.md"))
        .expect("the architecture page is part of the source");
    let rows: Vec<_> = page
        .lines()
        .skip_while(|line| !line.starts_with(heading))
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|row| {
            row.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().replace('`', ""))
                .collect()
        })
        .collect();
    assert!(!rows.is_empty(), "no table below \"{heading}\"");
    rows
}

pub fn layering() -> Layering {
    let dependencies = dependencies();
    let mut layering = Layering::default();
    for row in table("Who may import whom") {
        let [modules, uses, crates] = row.as_slice() else {
            panic!("a row of the layering table has other than three cells: {row:?}");
        };
        let mut rule = Rule {
            everything: uses.contains("all above"),
            ..Rule::default()
        };
        for used in split_list(uses) {
            match used.split_once("::") {
                Some((outer, inner)) => {
                    for inner in inner.trim_matches(['{', '}']).split(',') {
                        rule.uses.insert(format!("{outer}::{}", inner.trim()));
                    }
                }
                None => {
                    rule.uses.insert(used);
                }
            }
        }
        for name in modules.split(',').map(str::trim) {
            layering.rules.insert(
                name.to_owned(),
                Rule {
                    uses: rule.uses.clone(),
                    everything: rule.everything,
                },
            );
            for word in crates.split([',', ' ', ':']) {
                let known = [word.to_owned(), word.replace('_', "-")];
                if known.iter().any(|name| dependencies.contains(name)) {
                    layering
                        .crates
                        .entry(word.replace('-', "_"))
                        .or_default()
                        .insert(name.to_owned());
                }
            }
        }
    }
    layering
}

/// `a, b (a remark), c::{d, e}; a remark` as `a`, `b`, `c::{d, e}`.
pub fn split_list(cell: &str) -> Vec<String> {
    let cell = cell.split(';').next().unwrap_or_default();
    let (mut items, mut item, mut depth, mut remark) = (Vec::new(), String::new(), 0, 0);
    for c in cell.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '(' => remark += 1,
            _ => {}
        }
        match c {
            ')' => remark -= 1,
            ',' if depth == 0 && remark == 0 => items.push(std::mem::take(&mut item)),
            _ if remark == 0 => item.push(c),
            _ => {}
        }
    }
    items.push(item);
    items
        .iter()
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty() && item != "–")
        .collect()
}
