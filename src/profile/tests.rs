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

/// The profile that an edition's keys come to, in a folder with some files, and what was found.
fn chosen(yaml: &str, files: &[(&str, Vec<u8>)]) -> (Profile, Vec<String>) {
    let (sources, sink) = (Sources::new(), Sink::new());
    let mut world = MemoryWorld::new(0);
    for (path, bytes) in files {
        world = world.with(path, bytes.clone());
    }
    let tree = crate::yaml::read(&sources.add("book.yaml", yaml), &sink).unwrap();
    let profile = Purpose::read(&tree, &sink).profile(&world, &sources, &sink);
    let found = sink.finish(&sources).into_iter().map(|found| {
        let place = found.at.and_then(|at| sources.place(at));
        let place = place.map_or(String::new(), |p| format!("{}:{} ", p.line, p.column));
        let hints: Vec<String> = found
            .hints
            .iter()
            .map(|hint| format!(" ({hint})"))
            .collect();
        let (severity, code) = (found.severity.name(), found.code.name());
        format!(
            "{place}{severity} {code}: {}{}",
            found.message,
            hints.concat()
        )
    });
    let found = found.collect();
    (profile, found)
}

#[test]
fn an_edition_without_a_word_is_for_the_screen() {
    let (profile, found) = chosen("format: pdf", &[]);
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(profile, Profile::screen());
    assert!(profile.file.tagged && !profile.prints());
}

#[test]
fn paper_bleed_standards_and_marks_are_put_in() {
    let (profile, found) = chosen(
        "{profile: kdp-paperback, paper: premium-color, bleed: true}",
        &[],
    );
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(profile.file.color, ColorSpace::Rgb);
    assert_eq!(profile.page_range(trim("6x9in")).unwrap().value, (24, 828));
    assert_eq!(profile.bleed().unwrap().outer, Abs::inches(0.125));
    let (profile, found) = chosen(
        "{profile: generic-x4, marks: [crop, bars], standard: PDF/X-1a}",
        &[],
    );
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(profile.file.standards, [Standard::X1a]);
    assert!(profile.file.marks.crop && profile.file.marks.bars);
    let (profile, found) = chosen("standard: false", &[]);
    assert_eq!((profile.file.standards, found.len()), (Vec::new(), 0));
}

#[test]
fn what_does_not_fit_the_profile_is_said() {
    for (yaml, expected) in [
        (
            "{profile: kdp-paperback, paper: crem}",
            "1:33 error invalid-value: Amazon KDP has no paper `crem` (did you mean `cream`?)",
        ),
        (
            "{paper: cream}",
            "1:9 error invalid-value: the profile `screen` knows no papers (leave `paper` out)",
        ),
        (
            "{bleed: true}",
            "1:9 error no-bleed: how far a page bleeds is for a printer to say, and no profile is named (name one, such as \
             `profile: kdp-paperback`, or leave `bleed` out)",
        ),
        (
            "{profile: kdp-paperback, marks: crop}",
            "1:33 error unwanted-marks: Amazon KDP takes no files with marks outside the trim (the rule is `sheet.marks` of \
             the profile `kdp-paperback`, as of 2026-11-22) (leave `marks` out of this edition)",
        ),
        (
            "{standard: [ua-1, ua-2]}",
            "1:19 error standard-conflict: PDF/UA-2 cannot be kept to: it and PDF/UA-1 stand on different versions of PDF (ask for one \
             of them, or make an edition of each)",
        ),
        (
            "{standard: [a-2a, a-2b]}",
            "1:19 error standard-conflict: PDF/A-2b cannot be kept to: it and PDF/A-2a are two levels of one standard (ask for one of \
             them, or make an edition of each)",
        ),
        (
            "{standard: x-4}",
            "1:12 error standard-conflict: PDF/X-4 cannot be kept to: the profile `screen` makes files with links, for a screen \
             (ask for one of them, or make an edition of each)",
        ),
        (
            "{profile: lulu, standard: ua-1}",
            "1:27 error standard-conflict: PDF/UA-1 cannot be kept to: the profile `lulu` makes files for a press, without tags \
             (ask for one of them, or make an edition of each)",
        ),
        (
            "{profile: kdp-paperback, standard: x-1a}",
            "1:36 error standard-conflict: PDF/X-1a cannot be kept to: nothing says what the colours of the press are (name \
             the ICC profile of the press and the paper with `icc`)",
        ),
    ] {
        let (_, found) = chosen(yaml, &[]);
        assert_eq!(found, [expected]);
    }
    // Nothing follows from a profile that is not there.
    let (profile, found) = chosen(
        "{profile: kdp, paper: cream, bleed: true, marks: crop}",
        &[],
    );
    assert_eq!(profile, Profile::screen());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("1:11 error unknown-profile"));
}

#[test]
fn colours_of_a_press_are_those_of_its_device() {
    let made = icc::tests::made;
    let press = ("press.icc", made(b"prtr", b"CMYK", "Newsprint"));
    let screen = ("screen.icc", made(b"mntr", b"RGB ", "sRGB"));
    let text = ("text.icc", b"no profile".to_vec());
    let files = [press, screen, text];
    for (yaml, info) in [
        ("{profile: generic-x4, icc: press.icc}", "Newsprint"),
        // Black is one of four inks.
        ("{profile: ingramspark, icc: press.icc}", "Newsprint"),
        ("{icc: screen.icc}", "sRGB"),
    ] {
        let (profile, found) = chosen(yaml, &files);
        assert_eq!(found, Vec::<String>::new(), "{yaml}");
        let intent = profile.file.intent.unwrap();
        assert_eq!((&*intent.condition, &*intent.info), ("Custom", info));
        assert!(intent.profile.is_some());
    }
    for (yaml, code) in [
        ("{profile: generic-x4, icc: screen.icc}", "bad-icc"),
        ("{icc: press.icc}", "bad-icc"),
        ("{icc: text.icc}", "bad-icc"),
        ("{icc: none.icc}", "unreadable-file"),
        ("{icc: ../press.icc}", "outside-folder"),
    ] {
        let (_, found) = chosen(yaml, &files);
        assert_eq!(found.len(), 1, "{yaml}");
        assert!(found[0].contains(code), "{yaml}: {}", found[0]);
    }
}
