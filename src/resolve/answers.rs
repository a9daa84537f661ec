//! Exercises and their answers: each leads to the other, and an answer has its exercise's number.

use super::{Destination, Facts, Words};
use crate::model::{NodeRef, Number};

/// The key by which an answer names its exercise.
pub(super) const ANSWERED: &str = "for";

/// Joins an answer to the place that it names.
pub(super) fn join(facts: &mut Facts, answer: NodeRef, exercise: NodeRef, words: &Words) {
    facts.links.insert(answer, Destination::Node(exercise));
    if let Some(number) = facts.numbers.get(&exercise) {
        let number = Number {
            label: format!("{}\u{a0}{}", words.answer, number.text),
            ..number.clone()
        };
        facts.numbers.insert(answer, number);
    }
    if facts.anchors.contains_key(&answer) {
        let to = Destination::Node(answer);
        facts.links.entry(exercise).or_insert(to);
    }
}
