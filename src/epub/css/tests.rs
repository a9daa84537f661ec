//! The style sheets of small themes, and what holds for those of all built-in ones.

use super::*;
use crate::diag::Sink;
use crate::source::{MemoryWorld, Sources, Spanned};
use crate::theme::{BUILTIN, ink as ink_of};
use crate::yaml::{self, Fragment, Key};

fn sheets_with(base: Option<&str>, key: &str, value: &str) -> Sheets {
    let base = base.map(|name| Spanned {
        value: name.to_owned(),
        at: None,
    });
    let sources = Sources::new();
    let node = yaml::read(&sources.add("x", value), &Sink::new()).unwrap();
    let overlay = Fragment {
        key: Key {
            name: key.to_owned(),
            at: None,
        },
        node,
    };
    let theme = crate::theme::load(
        base.as_ref(),
        &[overlay],
        &MemoryWorld::new(0),
        &sources,
        &Sink::new(),
    );
    sheets(&theme, "", Writing::default())
}

fn styled(style: &str) -> Sheets {
    sheets_with(None, "style", style)
}

/// The block of a rule that begins a line.
fn rule<'a>(css: &'a str, selector: &str) -> &'a str {
    let start = format!("\n{selector} {{\n");
    let rest = css
        .split(&start)
        .nth(1)
        .unwrap_or_else(|| panic!("no {selector} in {css}"));
    rest.split('}').next().unwrap()
}

#[test]
fn columns_are_as_far_apart_as_the_theme_says() {
    let rule = ".columns {\n    column-gap: 2em;\n  }";
    assert!(
        sheets_with(None, "page", "{column-gap: 2em}")
            .fine
            .contains(rule)
    );
    assert!(
        !sheets_with(None, "page", "{head-gap: 20pt}")
            .fine
            .contains("\n    column-gap")
    );
}

#[test]
fn the_reader_keeps_size_leading_edges_and_colour() {
    let css = styled("{body: {size: 30pt, color: black}, quote: {size: 15pt, before: 3pt}}").plain;
    let body = rule(&css, "body");
    for reader_s in ["font-size", "line-height", "text-align", "background"] {
        assert!(!body.contains(reader_s), "{body}");
    }
    assert!(body.contains("color: inherit"), "{body}");
    let quote = rule(&css, "blockquote, .quote");
    assert!(
        quote.contains("font-size: 0.5em") && quote.contains("margin-top: 0.2em"),
        "{quote}"
    );
}

#[test]
fn no_edge_is_straight_without_hyphens() {
    let ragged = styled("{body: {hyphenate: false}}").plain;
    assert!(rule(&ragged, "p").contains("text-align: left"), "{ragged}");
    let quote = styled("{quote: {align: justify, hyphenate: false}}").plain;
    assert!(rule(&quote, "blockquote p, .quote p").contains("text-align: left"));
    for (name, _) in BUILTIN {
        let sheets = sheets_with(Some(name), "style", "{}");
        let css = sheets.plain + &sheets.fine;
        assert!(!css.contains("justify;"), "{name}: {css}");
    }
}

#[test]
fn nothing_an_author_writes_breaks_out_of_its_rule() {
    let sheets = styled(
        "{scene-break: {ornament: '\"}\\'}, '.1a{b': {italic: true}, body: {family: 'x\"; } p {'}}",
    );
    let css = sheets.plain + &sheets.fine;
    assert!(!css.contains(".1a{b"), "{css}");
    assert!(css.contains(r#"font-family: "x\"; } p {""#), "{css}");
    assert!(css.contains(r#"content: "\"}\\""#), "{css}");
}

#[test]
fn greys_are_less_of_the_readers_colour_and_others_have_a_pair_by_night() {
    let sheets = styled("{caption: {color: grey 40%}, link: {color: '#234a73'}}");
    assert!(!rule(&sheets.plain, "figcaption, caption, .caption").contains("color"));
    assert!(
        sheets
            .fine
            .contains("figcaption, caption, .caption {\n    opacity: 0.6;\n  }")
    );
    assert!(rule(&sheets.plain, "a.link").contains("color: #234a73"));
    let night = sheets
        .fine
        .split("(prefers-color-scheme: dark)")
        .nth(1)
        .unwrap();
    assert!(night.contains("a.link {\n    color: #"), "{night}");
}

/// What makes old reading systems give up a whole style sheet, or the book.
#[test]
fn the_first_sheet_has_only_what_every_reading_system_knows() {
    for (name, _) in BUILTIN {
        let plain = sheets_with(Some(name), "style", "{}").plain;
        for unknown in [
            "@media",
            "@supports",
            "::",
            ":not",
            ":is",
            ":nth",
            ":has",
            "calc(",
            "min(",
            "max(",
            "var(",
            "rgba(",
            "flex",
            "grid",
            "inline-start",
            "block-start",
            "fit-content",
            "opacity",
        ] {
            assert!(!plain.contains(unknown), "{name}: {unknown} in {plain}");
        }
    }
}

/// Sizes are the reader's; a pixel is the width of a line, no length.
#[test]
fn every_size_is_relative() {
    for (name, _) in BUILTIN {
        let sheets = sheets_with(Some(name), "style", "{}");
        for line in (sheets.plain + &sheets.fine).lines() {
            for unit in ["pt", "px", "mm", "cm", "in"] {
                let ends = |at: usize| line[at..].starts_with([';', ' ', '}', ',']);
                let sizes = line.match_indices(unit).filter(|(at, _)| {
                    line[..*at].ends_with(|c: char| c.is_ascii_digit()) && ends(at + unit.len())
                });
                for (at, _) in sizes {
                    let hairline = line[..at + unit.len()].ends_with("1px")
                        || line[..at + unit.len()].ends_with("2px");
                    let of_line = line.contains("border") || line.contains("thickness");
                    assert!(hairline && of_line, "{name}: {line}");
                }
            }
        }
    }
}

#[test]
fn the_body_has_neither_colour_nor_ground_nor_type_of_a_size() {
    for (name, _) in BUILTIN {
        let sheets = sheets_with(Some(name), "style", "{}");
        for part in (sheets.plain + &sheets.fine).split('}') {
            let (selector, block) = part.rsplit_once('{').unwrap_or_default();
            let selector = selector.rsplit(['\n', '{']).next().unwrap_or_default();
            if selector
                .split(',')
                .any(|one| matches!(one.trim(), "body" | "html" | "p"))
            {
                for property in [
                    "color:",
                    "background",
                    "font-size",
                    "line-height",
                    "justify",
                ] {
                    assert!(!block.contains(property), "{name}: {selector} {{{block}}}");
                }
            }
        }
    }
}

/// What a page is by day and by night: white; black, and the grey that many reading systems take for it. With the ink there.
const PAGES: [(f64, f64); 3] = [(255.0, 0.0), (0.0, 216.0), (18.0, 216.0)];

type Rgb = [f64; 3];

/// The contrast of two colours, after WCAG 2.2.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |color: Rgb| {
        let [r, g, b] = color.map(|channel| {
            let c = channel / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A colour over another, as strong as said.
fn over(top: Rgb, alpha: f64, below: Rgb) -> Rgb {
    [0, 1, 2].map(|at| top[at] * alpha + below[at] * (1.0 - alpha))
}

/// `rgba(1, 2, 3, 0.4)` over a page.
fn ground(veil: &str, page: Rgb) -> Rgb {
    let numbers: Vec<f64> = veil
        .trim_start_matches("rgba(")
        .trim_end_matches(')')
        .split(", ")
        .filter_map(|number| number.parse().ok())
        .collect();
    match numbers.as_slice() {
        [r, g, b, alpha] => over([*r, *g, *b], *alpha, page),
        _ => page,
    }
}

fn rgb(color: crate::theme::Color) -> Rgb {
    [color.r, color.g, color.b].map(f64::from)
}

/// WCAG's 4.5 to 1, for all that a built-in theme colours, by day and by night.
#[test]
fn every_colour_can_be_read_by_day_and_by_night() {
    for (name, _) in BUILTIN {
        let sources = Sources::new();
        let base = Spanned {
            value: (*name).to_owned(),
            at: None,
        };
        let theme = crate::theme::load(
            Some(&base),
            &[],
            &MemoryWorld::new(0),
            &sources,
            &Sink::new(),
        );
        let shown = Role::ALL.iter().filter(|role| selector(**role).is_some());
        for role in shown {
            let list = theme.role(*role);
            let veil = list.iter().find_map(|declaration| match declaration {
                Declaration::Background(color) => Some(color::veil(*color)),
                _ => None,
            });
            let ink = list.iter().find_map(|declaration| match declaration {
                Declaration::Color(color) if *color != crate::theme::Color::BLACK => Some(*color),
                _ => None,
            });
            for (page, text) in PAGES.map(|(page, text)| ([page; 3], [text; 3])) {
                let is_day = page[0] > 128.0;
                let below = ground(veil.as_deref().unwrap_or_default(), page);
                let mut words = vec![match ink {
                    Some(ink) if color::is_quiet(ink) => {
                        let strength = color::quiet(ink).parse().unwrap();
                        over(text, strength, below)
                    }
                    Some(ink) if is_day => rgb(ink),
                    Some(ink) => rgb(at_night(ink).unwrap_or(ink)),
                    None => text,
                }];
                if *role == Role::CodeBlock {
                    words.extend(TokenKind::ALL.iter().map(|kind| {
                        let ink = ink_of(*kind);
                        rgb(if is_day {
                            ink
                        } else {
                            at_night(ink).unwrap_or(ink)
                        })
                    }));
                }
                for ink in words {
                    let ratio = contrast(ink, below);
                    assert!(
                        ratio >= 4.5,
                        "{name}: {}: {ink:?} on {below:?} is {ratio:.2} to 1",
                        role.name()
                    );
                }
            }
        }
    }
}

/// A reading system may make words white and say nothing of it: no ground may then stay as light as paper.
#[test]
fn no_ground_stays_light_under_white_words() {
    for color in ["#fff3b0", "#f5f3ee", "#f2f5f8", "#eeeeee", "#ffe0e0"] {
        let sheets = styled(&format!("{{sidebar: {{background: '{color}'}}}}"));
        let veil = rule(&sheets.fine.replace("\n  ", "\n"), ".sidebar").to_owned();
        let veil = veil
            .trim()
            .trim_start_matches("background-color: ")
            .trim_end_matches(';')
            .to_owned();
        let below = ground(&veil, [18.0; 3]);
        assert!(contrast([216.0; 3], below) >= 4.5, "{color}: {veil}");
    }
}
