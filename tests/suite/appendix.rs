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
