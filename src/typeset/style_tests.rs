//! Styles from a theme's declarations.

use super::*;
use crate::diag::Sink;
use crate::source::{MemoryWorld, Sources};

fn theme() -> Theme {
    let (world, sources, sink) = (MemoryWorld::new(0), Sources::new(), Sink::new());
    crate::theme::load(None, &[], &world, &sources, &sink)
}

#[test]
fn sizes_are_of_the_body_and_lengths_of_the_role() {
    let (mut theme, fonts) = (theme(), Fonts::bundled());
    theme.roles.insert(
        Role::Heading2,
        vec![
            Declaration::Indent(Length::Em(Em::new(1.0))),
            Declaration::Size(Length::Em(Em::new(2.0))),
        ],
    );
    let styles = Styles::new(&theme, &fonts);
    let quote = styles.block(Role::Footnote, &[], styles.body());
    let heading = styles.block(Role::Heading2, &[], &quote);
    assert_eq!(heading.size(), styles.body().size() * 2);
    assert_eq!(heading.indent, heading.size());
    assert_eq!(heading.leading, heading.size().scale(LOOSEST));
}

#[test]
fn type_flows_down_and_boxes_do_not() {
    let (mut theme, fonts) = (theme(), Fonts::bundled());
    let inset = Declaration::Start(Length::Abs(Abs::pt(20.0)));
    theme
        .roles
        .insert(Role::Quote, vec![Declaration::Italic(true), inset]);
    theme
        .classes
        .insert("loud".to_owned(), vec![Declaration::Weight(700)]);
    let styles = Styles::new(&theme, &fonts);
    let quote = styles.block(Role::Quote, &[], styles.body());
    let inside = styles.block(Role::Body, &["loud".to_owned()], &quote);
    assert_eq!(fonts.face(inside.text.face).name(), "EBGaramond-BoldItalic");
    assert_eq!((quote.start, inside.start), (Abs::pt(20.0), Abs::ZERO));
    let stressed = styles.inline(Role::Emphasis, &[], &inside.text);
    assert!(!stressed.italic);
}
