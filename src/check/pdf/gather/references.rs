//! References that lead to nothing, among all that the catalog leads to.

use std::collections::BTreeSet;

use super::super::fault::{Faults, Several};
use super::super::syntax::{File, Object};
use crate::diag::Code;

/// Tells of objects that are named and are not there; gives the numbers of all that are named and there.
pub(crate) fn references(file: &File<'_>, faults: &mut Faults) -> BTreeSet<u32> {
    let mut missing = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let top = ["Root", "Info"].map(|key| file.trailer.raw(key));
    let mut stack: Vec<(&Object, u32)> = top.into_iter().map(|value| (value, 0)).collect();
    while let Some((value, from)) = stack.pop() {
        match value {
            Object::Reference(to) => match file.indirect(*to) {
                Some(found) if seen.insert(to.number) => stack.push((&found.value, to.number)),
                Some(_) => {}
                None => {
                    missing.insert((to.number, from));
                }
            },
            Object::Array(items) => stack.extend(items.iter().map(|item| (item, from))),
            Object::Dict(dict) => stack.extend(dict.0.values().map(|item| (item, from))),
            _ => {}
        }
    }
    let told: Several = missing
        .into_iter()
        .map(|(number, from)| format!("object {number} (named in object {from})"))
        .collect();
    if let Some(which) = told.told() {
        let message = format!("what is named and not there: {which}");
        faults.tell(
            Code::DanglingReference,
            message,
            "make the file anew with another tool",
        );
    }
    seen
}
