//! The manual's appendix of diagnostics says what the program says.

/// `UPDATE=1` writes it anew.
#[test]
fn the_manual_lists_every_code_as_it_is() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/manuscripts/manual/codes.md");
    let wanted = recto::diag::appendix();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &wanted).expect("the manual can be written");
    }
    let found = std::fs::read_to_string(path).expect("the manual has this appendix");
    assert!(
        found == wanted,
        "manuscripts/manual/codes.md is out of date: UPDATE=1 cargo test the_manual_lists writes it anew"
    );
}

#[test]
fn the_manual_lists_every_family_and_every_format() {
    use recto::diag::{Family, render::Format};
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/manuscripts/manual/diagnostics.md"
    );
    let manual = std::fs::read_to_string(path).expect("the manual has this chapter");
    let rows: Vec<&str> = manual
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let cells: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.split('|').nth(1))
        .collect();
    let names = Family::ALL.map(Family::name);
    let names = names.into_iter().chain(Format::ALL.map(Format::name));
    for name in names {
        let quoted = format!("`{name}`");
        assert!(cells.iter().any(|cell| cell.contains(&quoted)), "{name}");
    }
}

#[test]
fn the_manual_lists_every_weight_of_page_ends_as_it_is() {
    use recto::theme::PageEnds;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/manuscripts/manual/themes.md");
    let manual = std::fs::read_to_string(path).expect("the manual has this chapter");
    let (mut strict, mut relaxed) = (PageEnds::STRICT, PageEnds::RELAXED);
    for name in PageEnds::NAMES {
        let table = manual.find("| Weight |").unwrap_or_default();
        let row = manual[table..]
            .lines()
            .find(|line| line.starts_with(&format!("| `{name}` |")));
        let cells: Vec<&str> = row.unwrap_or_default().split('|').map(str::trim).collect();
        let values = [&mut strict, &mut relaxed].map(|ends| {
            let weight = ends.weight(name).expect("it is one of the names");
            weight.to_string()
        });
        assert_eq!(
            cells.get(3..5),
            Some([&*values[0], &*values[1]].as_slice()),
            "{name}"
        );
    }
}

#[test]
fn the_manual_lists_every_profile_with_its_date() {
    use recto::profile::{BUILTIN, Profile};
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/manuscripts/manual/press.md");
    let manual = std::fs::read_to_string(path).expect("the manual has this chapter");
    for (name, _) in BUILTIN {
        let row = manual
            .lines()
            .find(|line| line.starts_with(&format!("| `{name}` |")));
        let cells: Vec<&str> = row.unwrap_or_default().split('|').map(str::trim).collect();
        let profile = Profile::builtin(name).expect("it is one of the program's own");
        assert_eq!(cells.get(2), Some(&profile.verified_on.as_str()), "{name}");
    }
}

/// `UPDATE=1` writes it anew.
#[test]
fn the_manual_lists_every_rule_of_shops() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/manuscripts/manual/shops.md");
    let wanted = recto::shop::listing();
    let found = std::fs::read_to_string(path).expect("the manual has this chapter");
    let first = wanted.lines().nth(1).expect("the first shop has a heading");
    let start = found.find(&format!("\n{first}")).unwrap_or(found.len());
    if std::env::var_os("UPDATE").is_some() {
        let text = format!("{}{wanted}", &found[..start]);
        std::fs::write(path, text).expect("the manual can be written");
    }
    let found = std::fs::read_to_string(path).expect("the manual has this chapter");
    assert!(
        found.ends_with(&wanted),
        "manuscripts/manual/shops.md is out of date: UPDATE=1 cargo test the_manual_lists writes it anew"
    );
}
