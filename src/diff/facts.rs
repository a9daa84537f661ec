//! What copies say of themselves, link to and show.
//!
//! In: two copies. Out: [`Fact`]s. Lists (an outline, links, pictures) are laid beside each other like words. Where something leads to
//! a page, it leads to the same as long as it leads to the same words, whatever page they came to.

use std::collections::BTreeMap;
use std::hash::Hash;

use super::align::Alignment;
use super::bound::Pair;
use super::changes::{About, Fact};
use super::print::{Aim, Picture, Print};
use crate::unit::{Abs, Size};

/// Of two PDFs.
pub fn of_prints(pair: &Pair<'_>) -> Vec<Fact> {
    let (old, new) = (pair.old, pair.new);
    let mut facts = tables(About::Metadata, &old.record.metadata, &new.record.metadata);
    let fact = |about, name: &str, old: &str, new: &str| {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        (old != new).then(|| Fact {
            about,
            name: name.to_owned(),
            old: some(old),
            new: some(new),
            places: (None, None),
        })
    };
    facts.extend(fact(About::Size, "page size", &size(old), &size(new)));
    let labels = (&old.record.labels, &new.record.labels);
    facts.extend(fact(About::Labels, "page labels", labels.0, labels.1));
    outline(pair, &mut facts);
    pictures(pair, &mut facts);
    links(pair, &mut facts);
    facts
}

/// What is different in two tables.
pub fn tables(
    about: About,
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
) -> Vec<Fact> {
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let different = names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name));
    different
        .map(|name| Fact {
            about,
            name: name.clone(),
            old: old.get(name).cloned(),
            new: new.get(name).cloned(),
            places: (None, None),
        })
        .collect()
}

/// An item of a list.
pub struct Item<K> {
    /// What tells it from others.
    pub key: K,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub value: String,
    /// Where it is.
    pub place: Option<usize>,
}

/// What is different in two lists. `same` compares what two items of one key are; it has their numbers.
pub fn lists<K: Hash + Eq>(
    about: About,
    (old, new): (&[Item<K>], &[Item<K>]),
    same: impl Fn(usize, usize) -> bool,
    facts: &mut Vec<Fact>,
) {
    let alignment = Alignment::of(
        old.iter().map(|item| &item.key),
        new.iter().map(|item| &item.key),
    );
    let mut fact = |one: Option<&Item<K>>, other: Option<&Item<K>>| {
        let name = other.or(one).map(|item| item.name.clone());
        facts.push(Fact {
            about,
            name: name.unwrap_or_default(),
            old: one.map(|item| item.value.clone()),
            new: other.map(|item| item.value.clone()),
            places: (
                one.and_then(|item| item.place),
                other.and_then(|item| item.place),
            ),
        });
    };
    let mut hunks = alignment.hunks().iter().peekable();
    for at in 0..=old.len() {
        while let Some(hunk) = hunks.next_if(|hunk| hunk.before.start as usize == at) {
            let gone = &old[hunk.before.start as usize..hunk.before.end as usize];
            let come = &new[hunk.after.start as usize..hunk.after.end as usize];
            if gone.len() == come.len() {
                gone.iter()
                    .zip(come)
                    .for_each(|(one, other)| fact(Some(one), Some(other)));
            } else {
                gone.iter().for_each(|one| fact(Some(one), None));
                come.iter().for_each(|other| fact(None, Some(other)));
            }
        }
        if let Some(image) = alignment.image(at as u32)
            && !same(at, image as usize)
        {
            fact(Some(&old[at]), Some(&new[image as usize]));
        }
    }
}

/// The size of most pages, in millimetres.
fn size(print: &Print) -> String {
    let mut sizes: BTreeMap<(Abs, Abs), usize> = BTreeMap::new();
    for page in &print.pages {
        let Size { width, height } = page.size;
        *sizes.entry((width, height)).or_default() += 1;
    }
    let most = sizes.into_iter().max_by_key(|(_, pages)| *pages);
    most.map_or_else(String::new, |((width, height), _)| {
        format!("{:.1} × {:.1} mm", width.to_mm(), height.to_mm())
    })
}

/// Whether two things lead to the same.
fn leads_to_same(pair: &Pair<'_>, old: &Aim, new: &Aim) -> bool {
    match (old, new) {
        (Aim::Page(from, one), Aim::Page(to, other)) => {
            let by_words = match (one, other) {
                (Some(one), Some(other)) => pair.alignment.images(2 * one).contains(&(2 * other)),
                _ => false,
            };
            by_words || pair.images.get(*from).copied().flatten() == Some(*to)
        }
        (old, new) => old == new,
    }
}

/// Where something leads, in words.
fn shown(print: &Print, aim: &Aim) -> String {
    match aim {
        Aim::Out(address) => address.clone(),
        Aim::Page(page, _) => {
            let label = print.pages.get(*page).map(|page| page.label.as_str());
            format!(
                "page {}",
                label.filter(|label| !label.is_empty()).unwrap_or("?")
            )
        }
        Aim::Nowhere => String::from("nowhere"),
    }
}

fn outline(pair: &Pair<'_>, facts: &mut Vec<Fact>) {
    let items = |print: &Print| -> Vec<_> {
        let entries = print.record.outline.iter();
        entries
            .map(|entry| Item {
                key: (entry.depth, entry.title.clone()),
                name: entry.title.clone(),
                value: format!("{}, {}", entry.title, shown(print, &entry.aim)),
                place: page_of(&entry.aim),
            })
            .collect()
    };
    let (old, new) = (items(pair.old), items(pair.new));
    let (was, is) = (&pair.old.record.outline, &pair.new.record.outline);
    let same = |one: usize, other: usize| leads_to_same(pair, &was[one].aim, &is[other].aim);
    lists(About::Contents, (&old, &new), same, facts);
}

fn page_of(aim: &Aim) -> Option<usize> {
    match aim {
        Aim::Page(page, _) => Some(*page),
        Aim::Out(_) | Aim::Nowhere => None,
    }
}

fn links(pair: &Pair<'_>, facts: &mut Vec<Fact>) {
    let items = |print: &Print| -> Vec<_> {
        let links = print.links.iter();
        links
            .map(|link| Item {
                key: (link.text.clone(), matches!(link.aim, Aim::Out(_))),
                name: link.text.clone(),
                value: shown(print, &link.aim),
                place: Some(link.page),
            })
            .collect()
    };
    let (old, new) = (items(pair.old), items(pair.new));
    let (was, is) = (&pair.old.links, &pair.new.links);
    let same = |one: usize, other: usize| leads_to_same(pair, &was[one].aim, &is[other].aim);
    lists(About::Links, (&old, &new), same, facts);
}

fn pictures(pair: &Pair<'_>, facts: &mut Vec<Fact>) {
    fn all(print: &Print) -> Vec<(usize, &Picture)> {
        let pages = print.pages.iter().enumerate();
        let pictures = pages.flat_map(|(at, page)| page.pictures.iter().map(move |one| (at, one)));
        pictures.collect()
    }
    let items = |pictures: &[(usize, &Picture)]| -> Vec<_> {
        let items = pictures.iter().map(|(page, picture)| {
            let (width, height) = picture.pixels;
            let [_, _, wide, high] = picture.place;
            Item {
                key: picture.file,
                name: String::from("picture"),
                value: format!(
                    "{width} × {height} pixels on {:.1} × {:.1} mm",
                    wide.to_mm(),
                    high.to_mm()
                ),
                place: Some(*page),
            }
        });
        items.collect()
    };
    let (was, is) = (all(pair.old), all(pair.new));
    let (old, new) = (items(&was), items(&is));
    let same = |one: usize, other: usize| old[one].value == new[other].value;
    lists(About::Pictures, (&old, &new), same, facts);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str, value: &str) -> Item<String> {
        Item {
            key: name.to_owned(),
            name: name.to_owned(),
            value: value.to_owned(),
            place: None,
        }
    }

    #[test]
    fn lists_are_laid_beside_each_other() {
        let old = [item("a", "1"), item("b", "2"), item("c", "3")];
        let new = [
            item("a", "1"),
            item("x", "9"),
            item("c", "4"),
            item("d", "5"),
        ];
        let mut facts = Vec::new();
        let same = |one: usize, other: usize| old[one].value == new[other].value;
        lists(About::Links, (&old, &new), same, &mut facts);
        let told: Vec<_> = facts
            .iter()
            .map(|fact| (fact.name.as_str(), fact.old.as_deref(), fact.new.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("x", Some("2"), Some("9")),
                ("c", Some("3"), Some("4")),
                ("d", None, Some("5")),
            ]
        );
    }

    #[test]
    fn tables_are_compared_by_name() {
        let table = |rows: &[(&str, &str)]| {
            let rows = rows.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
            rows.collect::<BTreeMap<_, _>>()
        };
        let old = table(&[("author", "Ada"), ("title", "Salt")]);
        let new = table(&[("language", "en"), ("title", "Salt")]);
        let facts = tables(About::Metadata, &old, &new);
        let told: Vec<_> = facts
            .iter()
            .map(|fact| (fact.name.as_str(), fact.new.is_some()))
            .collect();
        assert_eq!(told, [("author", false), ("language", true)]);
    }
}
