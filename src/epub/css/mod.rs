//! A theme as CSS.
//!
//! In: the [`Theme`], and how the book is [written](Writing). Out: two style sheets. The first is in words that every reading
//! system knows, those of old electronic paper and their unforgiving readers of style sheets among them; the second, in queries
//! which they skip, says what newer ones do better: veils behind code and notes, quiet greys, dark pages, ornaments, the
//! colours of code. Each role has one selector, and each [`Declaration`] one meaning (`rule`), by a
//! `match` without a wildcard. The reader's own settings win: sizes are relative, running text has neither colour nor leading
//! nor a size, and no text is justified but by the reading system.
//!
//! Steps: what a reading system needs whatever the theme (`base.css`, `fine.css`), the roles in the order of [`Role::ALL`], the
//! author's classes by name, then what is otherwise on a dark page and for those who need more contrast; at last the sides
//! get the oldest names that fit the way the lines run (`flow`). What a book has no element for, `prune` cuts off.

mod color;
mod flow;
mod prune;
mod roles;
mod rule;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::table::{WIDTHS, token_class};
use crate::model::{Role, TokenKind};
use crate::theme::{COLUMN_GAP, Declaration, Justify, Theme, ink};
use crate::unit::{Abs, Length};
use color::{at_night, hex};
pub use flow::Flow;
pub(super) use prune::prune;
#[cfg(test)]
pub(super) use prune::selector_of;
use roles::{around, holds_paragraphs, selector, takes_emphasis, undo, with_sink};
pub(super) use rule::quoted;
use rule::{Rule, em_text};

/// What does not depend on the theme: boxes, notes, images that fit the screen, code that wraps.
const BASE: &str = include_str!("base.css");

/// The same, for newer reading systems.
const FINE: &str = include_str!("fine.css");

/// What a dark page needs whatever the theme.
const NIGHT: &str = include_str!("night.css");

/// What readers need who have asked for more contrast.
const CONTRAST: &str = include_str!("contrast.css");

/// What readers need whose system takes all grounds away and sets its own colours.
const FORCED: &str = "pre, .admonition, .sidebar, mark, .line.marked { border: 1px solid; }\n";

/// What vertical lines need.
const VERTICAL: &str = include_str!("vertical.css");

/// How Chinese and Japanese stress words.
const EAST_ASIAN: &str = include_str!("cjk.css");

/// Which reading systems are newer: those that know grids know all of this, or skip what they do not.
const NEWER: &str = "@supports (display: grid)";

/// What a style sheet must know of a book's languages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Writing {
    /// Which way its lines run.
    pub flow: Flow,
    /// Some of it is in Chinese or Japanese.
    pub east_asian: bool,
}

/// A book's style sheets.
#[derive(Debug)]
pub struct Sheets {
    /// For every reading system.
    pub plain: String,
    /// Over it, for newer ones.
    pub fine: String,
}

/// The style sheets of a theme. `faces` are `@font-face` rules, if fonts are embedded.
pub fn sheets(theme: &Theme, faces: &str, writing: Writing) -> Sheets {
    let mut sheet = Sheet {
        theme,
        measures: Measures::of(theme),
        plain: BASE.to_owned(),
        fine: FINE.to_owned(),
        night: NIGHT.to_owned(),
        initials: String::new(),
        quiet: vec![".line::before".to_owned(), ".missing-image".to_owned()],
        whole: Vec::new(),
        broken: Vec::new(),
    };
    if theme.page.column_gap != COLUMN_GAP {
        let gap = Rule::of(&[], Role::Body, sheet.measures, 1.0).em(theme.page.column_gap);
        let _ = writeln!(sheet.fine, ".columns {{\n  column-gap: {gap};\n}}");
    }
    sheet.paragraphs();
    for role in Role::ALL {
        sheet.role(*role);
    }
    sheet.classes();
    sheet.hyphens();
    sheet.code();
    let mut fine = String::new();
    if writing.flow == Flow::Vertical {
        sheet.plain.insert_str(0, VERTICAL);
    }
    if writing.east_asian {
        sheet.fine.push_str(EAST_ASIAN);
    }
    let loud = format!("{} {{ opacity: 1; }}\n{CONTRAST}", sheet.quiet.join(", "));
    for (query, rules) in [
        (NEWER, &sheet.fine),
        (
            "@supports (initial-letter: 2) or (-webkit-initial-letter: 2)",
            &sheet.initials,
        ),
        ("@media (prefers-color-scheme: dark)", &sheet.night),
        ("@media (prefers-contrast: more)", &loud),
        ("@media (forced-colors: active)", &FORCED.to_owned()),
    ] {
        if !rules.is_empty() {
            let rules = rules.trim_end().replace('\n', "\n  ");
            let _ = writeln!(fine, "{query} {{\n  {rules}\n}}");
        }
    }
    for (em, class) in WIDTHS {
        // The box is asked, not the screen: so the reader's size of type counts, and columns do.
        let own = class.rsplit(' ').next().unwrap_or(class);
        let _ = writeln!(
            fine,
            "@container (max-width: {em}em) {{\n  .{own} > table {{ display: block; max-height: 80vh; border-block-start: 0; overflow: auto; }}\n  .{own} > table td {{ min-inline-size: 4em; }}\n  .{own} > table td.align-end {{ min-inline-size: 0; white-space: nowrap; }}\n}}"
        );
    }
    Sheets {
        plain: faces.to_owned() + &writing.flow.plain(&sheet.plain),
        fine: writing.flow.plain(&fine),
    }
}

struct Sheet<'a> {
    theme: &'a Theme,
    measures: Measures,
    plain: String,
    fine: String,
    night: String,
    initials: String,
    /// Selectors of what is not in the reader's full colour.
    quiet: Vec<String>,
    /// Of what is never hyphenated.
    whole: Vec<String>,
    /// Of what is.
    broken: Vec<String>,
}

impl Sheet<'_> {
    fn write(&mut self, selector: &str, rule: Rule) {
        if rule.fine.contains("opacity: ") {
            self.quiet.push(selector.to_owned());
        }
        // Old readers of style sheets stop at what they cannot parse.
        let (day, fine) = match selector.contains("::") {
            true => (String::new(), rule.day + &rule.fine),
            false => (rule.day, rule.fine),
        };
        let groups = [
            (&mut self.plain, day, rule.parts),
            (&mut self.fine, fine, rule.fine_parts),
            (&mut self.night, rule.night, Vec::new()),
            (&mut self.initials, String::new(), rule.initials),
        ];
        for (out, css, parts) in groups {
            if !css.is_empty() {
                let _ = writeln!(out, "{selector} {{\n{css}}}");
            }
            for (part, css) in parts {
                // Others are whole selectors.
                let whole = match part.starts_with([':', ' ']) {
                    true => each(selector, part),
                    false => part.to_owned(),
                };
                let _ = writeln!(out, "{whole} {{\n{css}}}");
            }
        }
        if let Some(hyphenate) = rule.hyphenate {
            let list = if hyphenate {
                &mut self.broken
            } else {
                &mut self.whole
            };
            list.push(selector.to_owned());
        }
    }

    /// How paragraphs are parted: by the body's indent, and by its space. The first in a list item, a cell or a quotation
    /// stands flush with what is around it.
    fn paragraphs(&mut self) {
        let (mut indent, mut space) = (Length::ZERO, String::new());
        for declaration in self.theme.role(Role::Body) {
            let em = |length: &Length| {
                let size = self.measures.size;
                em_text(length.at(size, self.measures.leading).ratio(size))
            };
            match declaration {
                Declaration::Indent(length) => indent = *length,
                Declaration::Before(length) => {
                    let _ = writeln!(space, "  margin-block-start: {};", em(length));
                }
                Declaration::After(length) => {
                    let _ = writeln!(space, "  margin-block-end: {};", em(length));
                }
                _ => {}
            }
        }
        if !space.is_empty() {
            let _ = writeln!(self.plain, "p {{\n{space}}}");
            // Space between paragraphs is none at the end of what holds them.
            let _ = writeln!(
                self.plain,
                "li > p:last-child, td > p:last-child, dd > p:last-child, .admonition > p:last-child, .sidebar > p:last-child {{\n  margin-block-end: 0;\n}}"
            );
        }
        let size = self.measures.size;
        let indent = indent.at(size, self.measures.leading).ratio(size);
        if indent > 0.0 {
            let _ = writeln!(
                self.plain,
                "blockquote p + p, li p + p, dd p + p, .letter p + p, .sidebar p + p, .admonition p + p, .footnote p + p {{\n  text-indent: {};\n}}",
                em_text(indent)
            );
            let _ = writeln!(
                self.plain,
                ".admonition .admonition-title + p, .sidebar .admonition-title + p {{\n  text-indent: 0;\n}}"
            );
        }
    }

    fn role(&mut self, role: Role) {
        let list = self.theme.role(role);
        let Some(selector) = selector(role).filter(|_| !list.is_empty()) else {
            return;
        };
        // What an author calls like a role looks like it, as in print, and so does a heading whose element is another's.
        let selector = match role == Role::Body || selector.contains(['.', ':']) {
            true => selector.to_owned(),
            false => format!("{selector}, .{}", role.name()),
        };
        let selector = selector.as_str();
        let own;
        let (list, around) = match around(role) {
            None if matches!(role, Role::Heading1 | Role::PartTitle) => {
                own = with_sink(self.theme, role);
                (own.as_slice(), None)
            }
            Some(parent) => {
                own = undo(self.theme, parent, list);
                (
                    own.as_slice(),
                    self.measures.of_role(self.theme.role(parent), parent),
                )
            }
            None => (list, None),
        };
        let mut rule = Rule::of(list, role, self.measures, around.unwrap_or(1.0));
        let align = self.edges(role, &rule);
        if let Some(align) = align {
            let _ = writeln!(rule.day, "  text-align: {align};");
        }
        let hyphenate = rule.hyphenate;
        self.write(selector, rule);
        // A reading system says of paragraphs how they are to stand: what is said of those of a role must be said of them.
        if role == Role::Body || holds_paragraphs(role) {
            let inner = match role {
                Role::Body => "p".to_owned(),
                _ => each(selector, " p"),
            };
            if let Some(align) = align {
                let _ = writeln!(self.plain, "{inner} {{\n  text-align: {align};\n}}");
            }
            // Whether running text is hyphenated, its reader says.
            if hyphenate == Some(false) {
                self.whole.push(inner);
            }
        }
        if role == Role::Caption {
            // A table's caption stands in the table, whose size it is not to multiply.
            let table = self
                .measures
                .of_role(self.theme.role(Role::Table), Role::Table);
            if let (Some(table), Some(size)) = (table, self.measures.of_role(list, role)) {
                let size = em_text(size / table);
                let _ = writeln!(self.plain, "table > caption {{\n  font-size: {size};\n}}");
            }
        }
        for declaration in list {
            match declaration {
                Declaration::Ornament(bullet) if role == Role::ListMark => {
                    let bullet = quoted(&format!("{bullet} "));
                    let _ = writeln!(self.fine, "ul {{\n  list-style-type: {bullet};\n}}");
                }
                // Emphasis among slanted words stands upright.
                Declaration::Italic(true) if takes_emphasis(role) => {
                    let inner = each(selector, " em");
                    let _ = writeln!(self.plain, "{inner} {{\n  font-style: normal;\n}}");
                }
                _ => {}
            }
        }
    }

    /// How a role's lines stand, where that is not as the reader has it: as the theme says, and at the start where it would have
    /// straight edges without hyphens, which makes holes.
    fn edges(&self, role: Role, rule: &Rule) -> Option<&'static str> {
        let of_body = self.theme.role(Role::Body);
        let said = |list: &[Declaration], what: Declaration| list.contains(&what);
        let both = said(self.theme.role(role), Declaration::Align(Justify::Both));
        let whole = match rule.hyphenate {
            Some(hyphenate) => !hyphenate,
            None => !said(of_body, Declaration::Hyphenate(true)),
        };
        rule.align.or((both && whole).then_some("start"))
    }

    fn classes(&mut self) {
        let theme = self.theme;
        for (class, list) in &theme.classes {
            let selector = format!(".{}", ident(class));
            // Anything may have a class; as a role, one without a meaning of its own here.
            let mut rule = Rule::of(list, Role::First, self.measures, 1.0);
            if let Some(align) = rule.align {
                let _ = writeln!(rule.day, "  text-align: {align};");
            }
            // A chapter has it: of its first paragraph.
            let opening = |parts: &mut Vec<(&'static str, String)>, out: &mut String| {
                for (part, css) in std::mem::take(parts) {
                    let _ = writeln!(out, "{selector} p.opening{part} {{\n{css}}}");
                }
            };
            opening(&mut rule.parts, &mut self.plain);
            opening(&mut rule.initials, &mut self.initials);
            self.write(&selector, rule);
        }
    }

    /// What is broken at line ends and what is not, said once for all: in five words, each of which some reading system needs.
    fn hyphens(&mut self) {
        for (list, old, value) in [
            (&self.whole, "explicit", "manual"),
            (&self.broken, "auto", "auto"),
        ] {
            if !list.is_empty() {
                let _ = writeln!(
                    self.plain,
                    "{} {{\n  adobe-hyphenate: {old};\n  -epub-hyphens: {value};\n  -webkit-hyphens: {value};\n  hyphens: {value};\n}}",
                    list.join(", ")
                );
            }
        }
    }

    /// The inks of code, by day and by night.
    fn code(&mut self) {
        for kind in TokenKind::ALL {
            let (class, ink) = (token_class(*kind), ink(*kind));
            let _ = writeln!(self.fine, ".{class} {{ color: {}; }}", hex(ink));
            if let Some(night) = at_night(ink) {
                let _ = writeln!(self.night, ".{class} {{ color: {}; }}", hex(night));
            }
        }
    }
}

/// Each of several selectors with something behind it.
fn each(selectors: &str, inner: &str) -> String {
    selectors.replace(", ", &format!("{inner}, ")) + inner
}

/// A class's name as CSS may have it.
fn ident(class: &str) -> String {
    let mut out = String::new();
    for (at, c) in class.chars().enumerate() {
        if c.is_alphanumeric() && !(at == 0 && c.is_ascii_digit())
            || c == '-'
            || c == '_'
            || !c.is_ascii()
        {
            out.push(c);
        } else {
            let _ = write!(out, "\\{:x} ", u32::from(c));
        }
    }
    out
}

/// The body's size and leading, which lengths of other roles refer to.
#[derive(Clone, Copy)]
struct Measures {
    size: Abs,
    leading: Abs,
}

impl Measures {
    fn of(theme: &Theme) -> Measures {
        let mut measures = Measures {
            size: Abs::pt(11.0),
            leading: Abs::pt(14.0),
        };
        for declaration in theme.role(Role::Body) {
            match declaration {
                Declaration::Size(size) => measures.size = size.at(measures.size, measures.leading),
                Declaration::Leading(leading) => {
                    measures.leading = leading.at(measures.size, measures.leading);
                }
                _ => {}
            }
        }
        measures
    }

    /// A role's own size, in the body's sizes, if it has one.
    fn of_role(self, list: &[Declaration], role: Role) -> Option<f64> {
        let size = list.iter().find_map(|d| match d {
            Declaration::Size(size) if role != Role::Body => {
                Some(size.at(self.size, self.leading).ratio(self.size))
            }
            _ => None,
        });
        size.filter(|size| *size > 0.0)
    }
}

/// A number with at most three decimals.
fn number(value: f64) -> String {
    let rounded = (value * 1000.0).round() / 1000.0;
    format!("{rounded}")
}
