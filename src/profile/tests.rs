//! The profiles inside the program against what printers say, by hand; and files of one's own.

use super::*;
use crate::diag::Sink;
use crate::source::{MemoryWorld, Sources, Spanned};

fn inches(length: Abs) -> f64 {
    (length.to_pt() / 72.0 * 100_000.0).round() / 100_000.0
}

fn trim(text: &str) -> Size {
    text.parse().unwrap()
}

/// A profile of the book's own file, and what was found in it.
fn own(yaml: &str) -> (Option<Profile>, Vec<String>) {
    let (sources, sink) = (Sources::new(), Sink::new());
    let world = MemoryWorld::new(0).with("own.yaml", yaml);
    let name = Spanned {
        value: "own.yaml".to_owned(),
        at: None,
    };
    let profile = load(&name, &world, &sources, &sink);
    let found = sink.finish(&sources).into_iter().map(|found| {
        let place = found.at.and_then(|at| sources.place(at));
        let place = place.map_or(String::new(), |p| format!("{}:{} ", p.line, p.column));
        format!("{place}{} {}", found.code.name(), found.message)
    });
    (profile, found.collect())
}

#[test]
fn every_builtin_profile_is_without_fault_and_says_since_when() {
    for (name, text) in BUILTIN {
        let (profile, found) = own(text);
        assert_eq!(found, Vec::<String>::new(), "{name}");
        let profile = profile.unwrap();
        if profile.prints() {
            let date = &profile.verified_on;
            assert_eq!(date.split('-').count(), 3, "{name} says no date");
            assert!(!profile.sources.is_empty(), "{name} says no source");
            assert!(!profile.file.interactive && !profile.file.tagged, "{name}");
            assert!(profile.sheet.bound && profile.sheet.even, "{name}");
        }
        for paper in &profile.papers {
            assert!(!paper.pages.is_empty(), "{name}: {}", paper.name);
        }
    }
}

#[test]
fn kdp_asks_for_more_inside_as_a_book_grows() {
    let kdp = Profile::builtin("kdp-paperback").unwrap();
    for (pages, inner) in [
        (24, 0.375),
        (150, 0.375),
        (151, 0.5),
        (300, 0.5),
        (301, 0.625),
        (500, 0.625),
        (501, 0.75),
        (700, 0.75),
        (701, 0.875),
        (828, 0.875),
        // No such book is taken; that is said elsewhere.
        (2000, 0.875),
    ] {
        let least = kdp.least_margins(pages);
        assert!(least.sure);
        assert_eq!(inches(least.value.inner), inner, "{pages} pages");
        assert_eq!(inches(least.value.outer), 0.25);
    }
    let bleeding = Profile {
        bleeds: true,
        ..kdp.clone()
    };
    assert_eq!(inches(bleeding.least_margins(100).value.head), 0.375);
    assert_eq!(kdp.bleed(), None);
    let bleed = bleeding.bleed().unwrap();
    let sides = [bleed.inner, bleed.outer, bleed.head, bleed.foot];
    assert_eq!(sides.map(inches), [0.0, 0.125, 0.125, 0.125]);
}

#[test]
fn papers_say_how_many_pages_and_how_thick() {
    let mut kdp = Profile::builtin("kdp-paperback").unwrap();
    assert_eq!(kdp.paper.as_ref().unwrap().name, "white");
    for (paper, size, pages) in [
        ("white", "6x9in", (24, 828)),
        ("white", "8.25x8.25in", (24, 800)),
        ("cream", "6x9in", (24, 776)),
        ("cream", "8.5x11in", (24, 550)),
        ("cream", "8.27x11.69in", (24, 730)),
        // A4 is that size in millimetres.
        ("white", "a4", (24, 780)),
        ("standard-color", "6x9in", (72, 600)),
    ] {
        let found = kdp.papers.iter().find(|known| known.name == paper);
        kdp.paper = found.cloned();
        let range = kdp.page_range(trim(size)).unwrap();
        assert!(range.sure);
        assert_eq!(range.value, pages, "{paper} {size}");
    }
    for (paper, pages, spine) in [
        ("white", 300, 0.6756),
        ("cream", 300, 0.75),
        ("premium-color", 100, 0.2347),
    ] {
        let found = kdp.papers.iter().find(|known| known.name == paper);
        kdp.paper = found.cloned();
        let found = kdp.spine(pages).unwrap();
        assert!(found.sure);
        assert!((inches(found.value) - spine).abs() < 0.0001, "{paper}");
    }
    let text = kdp.cover.as_ref().unwrap().spine_text_from;
    assert_eq!(text, Some(Rule::sure(79)));
}

#[test]
fn trims_are_offered_or_within_a_range_or_refused() {
    let offers = |profile: &str, size: &str| {
        let rule = Profile::builtin(profile)?.limits.offers(trim(size))?;
        Some((rule.value, rule.sure))
    };
    assert_eq!(offers("kdp-paperback", "6x9in"), Some((true, true)));
    assert_eq!(offers("kdp-paperback", "a5"), Some((true, true)));
    assert_eq!(offers("kdp-paperback", "3x5in"), Some((false, true)));
    assert_eq!(offers("kdp-hardcover", "5x8in"), Some((false, false)));
    assert_eq!(offers("bod", "12x19cm"), Some((true, true)));
    assert_eq!(offers("screen", "3x5in"), None);
}

#[test]
fn a_file_extends_a_profile_and_inherits_its_doubts() {
    let (profile, found) = own(
        "extends: ingramspark\nname: Ours\nverified-on: 2027-01-01\nlimits: {text: 8pt}\nsheet: {margins: 14mm}\n",
    );
    assert_eq!(found, Vec::<String>::new());
    let profile = profile.unwrap();
    assert_eq!(
        (&*profile.name, &*profile.printer),
        ("own.yaml", "IngramSpark")
    );
    assert_eq!(profile.verified_on, "2027-01-01");
    assert_eq!(
        profile.limits.text,
        Some(Rule {
            value: Abs::pt(8.0),
            sure: false
        })
    );
    assert_eq!(profile.least_margins(100).value.head, Abs::mm(14.0));
    assert_eq!(profile.file.standards, [Standard::X1a]);
}

#[test]
fn faults_of_a_file_have_places() {
    let (profile, found) = own(
        "printer: Us\nsheet: {inner: 3mm, bleed: wide, inside: {many: 3mm}}\n\
         limits: {file: 3kB, trims: 6x9in, grey: 120}\npapers: {thin: {pages: 900-24}}\nunsure: [limits.txet]\n\
         file: {standards: [x-9], color: pink}\n",
    );
    assert!(profile.is_some());
    let codes: Vec<&str> = found
        .iter()
        .map(|found| found.rsplit_once(' ').map_or("", |(head, _)| head))
        .collect();
    assert_eq!(codes.len(), 10, "{found:#?}");
    assert!(
        found
            .iter()
            .all(|found| found.starts_with(|c: char| c.is_ascii_digit()))
    );
}

#[test]
fn an_unknown_profile_is_named_and_a_circle_ends() {
    let (sources, sink) = (Sources::new(), Sink::new());
    let name = Spanned {
        value: "kdp-papreback".to_owned(),
        at: None,
    };
    assert!(load(&name, &MemoryWorld::new(0), &sources, &sink).is_none());
    let found = sink.finish(&sources);
    assert_eq!(found[0].code.name(), "unknown-profile");
    assert_eq!(found[0].hints, ["did you mean `kdp-paperback`?"]);
    let (profile, found) = own("extends: own.yaml\nprinter: Us\n");
    assert_eq!(
        (profile.unwrap().printer, found.len()),
        ("Us".to_owned(), 0)
    );
}
