//! The built-in themes in the trims that books have.

use super::*;
use crate::diag::Sink;
use crate::source::{MemoryWorld, Sources, Spanned};
use crate::unit::Abs;
use crate::yaml::{self, Fragment, Key};

/// A built-in theme as it is.
pub(super) fn builtin(name: &str) -> Theme {
    let (sources, sink) = (Sources::new(), Sink::new());
    let name = Spanned {
        value: name.to_owned(),
        at: None,
    };
    load(Some(&name), &[], &MemoryWorld::new(0), &sources, &sink)
}

/// A theme in a trim: its page, and the body's size and leading.
fn theme(name: &str, trim: &str) -> (PageSpec, Abs, Abs) {
    let (sources, sink) = (Sources::new(), Sink::new());
    let overlay = Fragment {
        key: Key {
            name: "trim".to_owned(),
            at: None,
        },
        node: yaml::read(&sources.add("x", trim), &sink).unwrap(),
    };
    let name = Spanned {
        value: name.to_owned(),
        at: None,
    };
    let theme = load(
        Some(&name),
        &[overlay],
        &MemoryWorld::new(0),
        &sources,
        &sink,
    );
    assert_eq!(sink.finish(&sources).len(), 0, "{name:?} {trim}");
    let (mut size, mut leading) = (Abs::ZERO, Abs::ZERO);
    for declaration in theme.role(Role::Body) {
        match declaration {
            Declaration::Size(length) => size = length.at(Abs::ZERO, Abs::ZERO),
            Declaration::Leading(length) => leading = length.at(size, Abs::ZERO),
            _ => {}
        }
    }
    (theme.page, size, leading)
}

const TRIMS: &[&str] = &[
    "5x8in",
    "5.5x8.5in",
    "a5",
    "6x9in",
    "b5",
    "7x10in",
    "letter",
    "a4",
];

/// How wide a letter is on the average, spaces and all, in em: counted in English prose.
const GARAMOND: f64 = 0.376;
const SOURCE_SANS: f64 = 0.43;
const ATKINSON: f64 = 0.48;

#[test]
fn lines_hold_a_good_number_of_letters_in_every_trim() {
    for (name, letter, least, most) in [
        ("novel", GARAMOND, 60.0, 72.0),
        ("manual", GARAMOND, 60.0, 72.0),
        ("poetry", GARAMOND, 50.0, 80.0),
        ("report", SOURCE_SANS, 60.0, 74.0),
        // Large letters are read a few at a time.
        ("large-print", ATKINSON, 31.0, 52.0),
    ] {
        for trim in TRIMS {
            let (page, size, leading) = theme(name, trim);
            let letters = page.measure().ratio(size) / letter;
            assert!(
                (least..=most).contains(&letters),
                "{name} {trim}: {letters}"
            );
            let led = leading.ratio(size);
            assert!((1.25..=1.45).contains(&led), "{name} {trim}: {led}");
            let lines = page.depth().ratio(leading);
            let enough = if name == "large-print" { 18.0 } else { 24.0 };
            assert!(lines > enough, "{name} {trim}: {lines} lines");
        }
    }
}

#[test]
fn larger_pages_have_letters_no_smaller_and_the_binding_its_room() {
    for (name, _) in BUILTIN {
        let mut before = Abs::ZERO;
        for trim in TRIMS {
            let (page, size, _) = theme(name, trim);
            assert!(size >= before, "{name} {trim}");
            before = size;
            // A quarter of an inch is what any press wants; nobody reads in the fold.
            let binding = if page.spread == Spread::Facing {
                36.0
            } else {
                18.0
            };
            assert!(page.margins.inner >= Abs::pt(binding), "{name} {trim}");
            assert!(page.margins.outer >= Abs::pt(30.0), "{name} {trim}");
            assert!(
                page.margins.head >= page.head_gap + Abs::pt(14.0),
                "{name} {trim}"
            );
            assert!(
                page.margins.foot >= page.folio_gap + Abs::pt(12.0),
                "{name} {trim}"
            );
        }
    }
}

#[test]
fn large_print_is_large_throughout() {
    let (sources, sink) = (Sources::new(), Sink::new());
    let name = Spanned {
        value: "large-print".to_owned(),
        at: None,
    };
    for trim in TRIMS {
        let (_, body, line) = theme("large-print", trim);
        let all = load(Some(&name), &[], &MemoryWorld::new(0), &sources, &sink);
        for role in Role::ALL.iter().filter(|role| **role != Role::Body) {
            for declaration in all.role(*role) {
                match declaration {
                    Declaration::Size(size) => {
                        let size = size.at(body, line);
                        assert!(size >= Abs::pt(16.0), "{} in {trim}: {size}", role.name());
                    }
                    Declaration::Italic(italic) => assert!(!italic, "{}", role.name()),
                    Declaration::Hyphenate(on) => assert!(!on, "{}", role.name()),
                    Declaration::Caps(caps) => assert_eq!(*caps, Caps::None, "{}", role.name()),
                    _ => {}
                }
            }
        }
    }
}
