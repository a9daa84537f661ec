//! Name trees and number trees (ISO 32000-1, 7.9.6 and 7.9.7): keys with their values, in order.

use std::collections::BTreeSet;

use super::super::syntax::{Dict, File, Object};

/// Entries of a tree, at most: nodes may share their lists, and a hostile file's do.
const ENTRIES: usize = 4_000_000;

/// The entries of a tree, and whether the tree is sound: nothing twice, nothing missing, keys in order.
pub(crate) fn entries<'f>(
    file: &'f File<'_>,
    root: &'f Dict,
    list: &str,
) -> (Vec<(&'f Object, &'f Object)>, bool) {
    let mut found = Vec::new();
    let mut is_sound = true;
    let mut seen = BTreeSet::new();
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        if found.len() + stack.len() > ENTRIES {
            return (found, false);
        }
        let pairs = file.list(node, list).chunks(2);
        for pair in pairs {
            match pair {
                [key, value] => found.push((file.resolve(key), value)),
                _ => is_sound = false,
            }
        }
        for kid in file.list(node, "Kids").iter().rev() {
            let (own, kid) = file.follow(kid);
            match kid.dict() {
                Some(kid) if own.is_none_or(|own| seen.insert(own)) => stack.push(kid),
                _ => is_sound = false,
            }
        }
    }
    let in_order = found.windows(2).all(|pair| before(pair[0].0, pair[1].0));
    (found, is_sound && in_order)
}

fn before(one: &Object, two: &Object) -> bool {
    match (one, two) {
        (Object::String(one), Object::String(two)) => one < two,
        (Object::Integer(one), Object::Integer(two)) => one < two,
        _ => false,
    }
}
