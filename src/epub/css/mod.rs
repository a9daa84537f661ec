//! A theme as CSS.
//!
//! In: the [`Theme`]. Out: one style sheet. Each role has one selector, and each
//! [`Declaration`] one meaning (`rule`), by a `match` without a wildcard. The reader's own
//! settings win: sizes are relative, running text has neither colour nor leading nor a size, and is justified or not as
//! the reading system does it.
//!
//! Steps: what a reading system needs whatever the theme (`BASE`), the roles in the order of [`Role::ALL`], the author's
//! classes by name, then what is otherwise on a dark page. What a book has no element for, `prune` cuts off.

mod color;
mod prune;
mod rule;

use std::fmt::Write as _;

use crate::model::Role;
use crate::theme::{COLUMN_GAP, Caps, Color, Declaration, Theme};
use crate::unit::{Abs, Em, Length};
pub(super) use prune::prune;
#[cfg(test)]
pub(super) use prune::selector_of;
pub(super) use rule::quoted;
use rule::{Rule, em_text};

/// What does not depend on the theme: boxes, notes, images that fit the screen, code that wraps.
const BASE: &str = include_str!("base.css");

/// The style sheet of a theme. `faces` are `@font-face` rules, if fonts are embedded.
pub fn sheet(theme: &Theme, faces: &str) -> String {
    let mut sheet = Sheet {
        theme,
        measures: Measures::of(theme),
        day: String::with_capacity(16 * 1024),
        night: String::new(),
    };
    sheet.day.push_str(faces);
    sheet.day.push_str(BASE);
    if theme.page.column_gap != COLUMN_GAP {
        let gap = Rule::of(&[], Role::Body, sheet.measures, 1.0).em(theme.page.column_gap);
        let _ = writeln!(sheet.day, ".columns {{\n  column-gap: {gap};\n}}");
    }
    sheet.paragraphs();
    for role in Role::ALL {
        sheet.role(*role);
    }
    for (class, list) in &theme.classes {
        let selector = format!(".{}", ident(class));
        // Anything may have a class; as a role, one without a meaning of its own here.
        let mut rule = Rule::of(list, Role::First, sheet.measures, 1.0);
        for (part, css) in std::mem::take(&mut rule.parts) {
            // A chapter has it: of its first paragraph.
            let _ = writeln!(sheet.day, "{selector} p.opening{part} {{\n{css}}}");
        }
        sheet.write(&selector, rule);
    }
    if !sheet.night.is_empty() {
        let night = sheet.night.trim_end().replace('\n', "\n  ");
        let _ = writeln!(
            sheet.day,
            "@media (prefers-color-scheme: dark) {{\n  {night}\n}}"
        );
    }
    sheet.day
}

struct Sheet<'a> {
    theme: &'a Theme,
    measures: Measures,
    day: String,
    night: String,
}

impl Sheet<'_> {
    fn write(&mut self, selector: &str, rule: Rule) {
        let day = &mut self.day;
        if !rule.day.is_empty() {
            let _ = writeln!(day, "{selector} {{\n{}}}", rule.day);
        }
        for (part, css) in rule.parts {
            let whole: Vec<String> = match part.starts_with("::") {
                true => selector
                    .split(", ")
                    .map(|one| one.to_owned() + part)
                    .collect(),
                false => vec![part.to_owned()],
            };
            let _ = writeln!(day, "{} {{\n{css}}}", whole.join(", "));
        }
        if !rule.night.is_empty() {
            let _ = writeln!(self.night, "{selector} {{\n{}}}", rule.night);
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
                    let _ = writeln!(space, "  margin-top: {};", em(length));
                }
                Declaration::After(length) => {
                    let _ = writeln!(space, "  margin-bottom: {};", em(length));
                }
                _ => {}
            }
        }
        if !space.is_empty() {
            let _ = writeln!(self.day, "p {{\n{space}}}");
            // Space between paragraphs is none at the end of what holds them.
            let _ = writeln!(
                self.day,
                "li > p:last-child, td > p:last-child, dd > p:last-child, .admonition > p:last-child, .sidebar > p:last-child {{\n  margin-bottom: 0;\n}}"
            );
        }
        let size = self.measures.size;
        let indent = indent.at(size, self.measures.leading).ratio(size);
        if indent > 0.0 {
            let _ = writeln!(
                self.day,
                "blockquote p + p, li p + p, dd p + p, .letter p + p, .sidebar p + p, .admonition p + p, .footnote p + p {{\n  text-indent: {};\n}}",
                em_text(indent)
            );
            let _ = writeln!(
                self.day,
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
        let (list, around) = match self.around(role) {
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
        let rule = Rule::of(list, role, self.measures, around.unwrap_or(1.0));
        self.write(selector, rule);
        if role == Role::Caption {
            // A table's caption stands in the table, whose size it is not to multiply.
            let table = self
                .measures
                .of_role(self.theme.role(Role::Table), Role::Table);
            if let (Some(table), Some(size)) = (table, self.measures.of_role(list, role)) {
                let size = em_text(size / table);
                let _ = writeln!(self.day, "table > caption {{\n  font-size: {size};\n}}");
            }
        }
        for declaration in list {
            match declaration {
                Declaration::Ornament(bullet) if role == Role::ListMark => {
                    let bullet = quoted(&format!("{bullet} "));
                    let _ = writeln!(self.day, "ul {{\n  list-style-type: {bullet};\n}}");
                }
                // Emphasis among slanted words stands upright.
                Declaration::Italic(true) if takes_emphasis(role) => {
                    for one in selector.split(", ") {
                        let _ = writeln!(self.day, "{one} em {{\n  font-style: normal;\n}}");
                    }
                }
                _ => {}
            }
        }
    }

    /// The role that a role's elements stand in here, where that is no block of the typesetter's: a number stands in its
    /// heading.
    fn around(&self, role: Role) -> Option<Role> {
        match role {
            Role::ChapterNumber => Some(Role::Heading1),
            Role::PartNumber => Some(Role::PartTitle),
            Role::CaptionLabel => Some(Role::Caption),
            Role::TableHead => Some(Role::Table),
            Role::AdmonitionTitle => Some(Role::Admonition),
            Role::NoteMark => Some(Role::Footnote),
            Role::Attribution => Some(Role::Epigraph),
            _ => None,
        }
    }
}

/// Roles of blocks and titles, in which an author may emphasise.
fn takes_emphasis(role: Role) -> bool {
    use Role as R;
    let words = matches!(role, R::Emphasis | R::Link | R::Code | R::Kbd);
    // An author has no hand in these.
    let made = matches!(
        role,
        R::SceneBreak
            | R::ChapterNumber
            | R::PartNumber
            | R::CaptionLabel
            | R::ListMark
            | R::LineNumber
            | R::NoteCall
            | R::NoteMark
    );
    !(words || made)
}

/// An opening's declarations, with the sink of the number that stands first in it.
fn with_sink(theme: &Theme, role: Role) -> Vec<Declaration> {
    let number = match role {
        Role::PartTitle => Role::PartNumber,
        _ => Role::ChapterNumber,
    };
    let sinks = |d: &&Declaration| matches!(d, Declaration::Sink(_));
    let mut own = theme.role(role).to_vec();
    if !own.iter().any(|d| sinks(&d)) {
        own.extend(theme.role(number).iter().find(sinks).cloned());
    }
    own
}

/// A number's declarations, behind what takes back its heading's: the theme sees the number as a line of its own.
fn undo(theme: &Theme, parent: Role, list: &[Declaration]) -> Vec<Declaration> {
    let mut all = Vec::new();
    if matches!(parent, Role::Heading1 | Role::PartTitle) {
        for declaration in theme.role(parent) {
            let instead = match declaration {
                Declaration::Family(_) => {
                    let body = theme.role(Role::Body).iter();
                    let mut families = body.filter(|d| matches!(d, Declaration::Family(_)));
                    families.next().cloned()
                }
                Declaration::Weight(_) => Some(Declaration::Weight(400)),
                Declaration::Italic(_) => Some(Declaration::Italic(false)),
                Declaration::Caps(_) => Some(Declaration::Caps(Caps::None)),
                Declaration::Tracking(_) => Some(Declaration::Tracking(Length::ZERO)),
                Declaration::Color(_) => Some(Declaration::Color(Color::BLACK)),
                Declaration::Size(_) => Some(Declaration::Size(Length::Em(Em::ONE))),
                _ => None,
            };
            all.extend(instead.filter(|instead| {
                let kind = std::mem::discriminant(instead);
                list.iter().all(|own| std::mem::discriminant(own) != kind)
            }));
        }
    }
    // Where it stands is the heading's matter.
    let stays = |d: &&Declaration| !matches!(d, Declaration::Sink(_) | Declaration::OpenOn(_));
    all.extend(list.iter().filter(stays).cloned());
    all
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

/// Which elements have a role. `None` for what only pages have.
fn selector(role: Role) -> Option<&'static str> {
    Some(match role {
        Role::Body => "body",
        Role::First => "p.first-paragraph",
        Role::Heading1 => "h1",
        Role::Heading2 => "h2",
        Role::Heading3 => "h3",
        Role::Heading4 => "h4",
        Role::Heading5 => "h5",
        Role::Heading6 => "h6",
        Role::ChapterNumber => ".chapter-number",
        Role::PartNumber => ".part-number",
        Role::PartTitle => "h1.part-title",
        Role::OpeningImage => "figure.opening",
        Role::FrontTitle => "h1.front-title",
        Role::Quote => "blockquote",
        Role::Epigraph => ".epigraph",
        Role::Attribution => ".attribution",
        Role::Dedication => ".dedication",
        Role::Verse => ".verse",
        Role::VerseTitle => ".verse-title",
        Role::ChapterSubtitle => ".chapter-subtitle",
        Role::Letter => ".letter",
        Role::Dateline => ".dateline",
        Role::Salutation => ".salutation",
        Role::Signature => ".signature",
        Role::Center => ".center",
        Role::Right => ".right",
        Role::List => "ul, ol, dl",
        Role::ListItem => "li",
        Role::ListMark => "li::marker",
        Role::Term => "dt",
        Role::Definition => "dd",
        Role::Code => "code",
        Role::CodeBlock => "pre",
        Role::CodeTitle => ".code-title",
        Role::LineNumber => ".line::before",
        Role::Figure => "figure",
        Role::Caption => "figcaption, caption",
        Role::CaptionLabel => ".caption-label",
        Role::Table => "table",
        Role::TableHead => "th",
        Role::Admonition => ".admonition",
        Role::AdmonitionTitle => ".admonition-title",
        Role::Sidebar => ".sidebar",
        Role::Exercise => ".exercise",
        Role::SceneBreak => "hr.scene-break::before",
        Role::Footnote => ".footnote",
        Role::MarginNote => ".margin-note",
        Role::NoteCall => "a.note-call",
        Role::NoteMark => "a.note-mark",
        Role::Emphasis => "em",
        Role::Strong => "strong",
        Role::SmallCaps => ".smallcaps",
        Role::Link => "a.link",
        Role::Kbd => "kbd",
        Role::Mark => "mark",
        Role::Title => ".title",
        Role::Subtitle => ".subtitle",
        Role::Author => ".author",
        Role::Contributor => ".contributor",
        Role::Publisher => ".publisher",
        Role::Copyright => ".copyright",
        Role::ContentsTitle => "h1.contents-title",
        Role::ContentsPart => ".contents-part",
        Role::ContentsChapter => ".contents-chapter",
        Role::ContentsSection => ".contents-section",
        // A half title is a leaf of paper. Notes stand at the ends of chapters anyway, as footnotes do.
        Role::HalfTitle | Role::Endnote | Role::RunningHead | Role::Folio | Role::Thumb => {
            return None;
        }
        // A cover that goes round a printed book.
        Role::Cover
        | Role::CoverPattern
        | Role::CoverPanel
        | Role::CoverTitle
        | Role::CoverSubtitle
        | Role::CoverAuthor
        | Role::CoverPublisher
        | Role::CoverBack
        | Role::CoverSpine
        | Role::CoverBarcode => {
            return None;
        }
    })
}

/// A number with at most three decimals.
fn number(value: f64) -> String {
    let rounded = (value * 1000.0).round() / 1000.0;
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::source::{MemoryWorld, Sources};
    use crate::yaml::{self, Fragment, Key};

    fn sheet_of(style: &str) -> String {
        sheet_with("style", style)
    }

    fn sheet_with(key: &str, value: &str) -> String {
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
            None,
            &[overlay],
            &MemoryWorld::new(0),
            &sources,
            &Sink::new(),
        );
        sheet(&theme, "")
    }

    #[test]
    fn columns_are_as_far_apart_as_the_theme_says() {
        let rule = ".columns {\n  column-gap: 2em;\n}";
        assert!(sheet_with("page", "{column-gap: 2em}").contains(rule));
        assert!(!sheet_with("page", "{head-gap: 20pt}").contains("\n  column-gap"));
    }

    #[test]
    fn the_reader_keeps_size_and_colour() {
        let css = sheet_of("{body: {size: 30pt, color: black}, quote: {size: 15pt, before: 3pt}}");
        let body = css
            .split("\nbody {\n")
            .nth(1)
            .unwrap()
            .split('}')
            .next()
            .unwrap();
        assert!(
            !body.contains("font-size") && body.contains("color: inherit"),
            "{body}"
        );
        let quote = css
            .split("\nblockquote, .quote {\n")
            .nth(1)
            .unwrap()
            .split('}')
            .next()
            .unwrap();
        assert!(
            quote.contains("font-size: 0.5em") && quote.contains("margin-top: 0.2em"),
            "{quote}"
        );
    }

    #[test]
    fn nothing_an_author_writes_breaks_out_of_its_rule() {
        let css = sheet_of(
            "{scene-break: {ornament: '\"}\\'}, '.1a{b': {italic: true}, body: {family: 'x\"; } p {'}}",
        );
        assert!(!css.contains(".1a{b"), "{css}");
        assert!(css.contains(r#"font-family: "x\"; } p {""#), "{css}");
        assert!(css.contains(r#"content: "\"}\\""#), "{css}");
    }
}
