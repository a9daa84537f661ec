//! A theme as CSS.
//!
//! In: the [`Theme`]. Out: one style sheet. Each role has one selector and each [`Declaration`] one meaning here, by a
//! `match` without a wildcard. The reader's own settings win: sizes are relative, body text has no colour, and lines are
//! justified only where they may be hyphenated.
//!
//! Steps: what a reading system needs whatever the theme (`BASE`), the roles in the order of [`Role::ALL`], the author's
//! classes by name.

use std::fmt::Write as _;

use crate::model::Role;
use crate::theme::{Break, Caps, Color, Declaration, Family, Figures, Justify, Theme};
use crate::unit::{Abs, Length};

/// What does not depend on the theme: boxes, notes, images that fit the screen, code that wraps.
const BASE: &str = include_str!("base.css");

/// The style sheet of a theme. `faces` are `@font-face` rules, if fonts are embedded.
pub fn sheet(theme: &Theme, faces: &str) -> String {
    let measures = Measures::of(theme);
    let mut out = String::with_capacity(8 * 1024);
    out.push_str(faces);
    out.push_str(BASE);
    for role in Role::ALL {
        let list = theme.role(*role);
        if let Some(selector) = selector(*role).filter(|_| !list.is_empty()) {
            rule(&mut out, selector, list, *role, measures);
        }
    }
    for (class, list) in &theme.classes {
        rule(
            &mut out,
            &format!(".{}", ident(class)),
            list,
            Role::First,
            measures,
        );
    }
    out
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
                    measures.leading = leading.at(measures.size, measures.leading)
                }
                _ => {}
            }
        }
        measures
    }

    /// A role's own size, in the body's sizes.
    fn of_role(self, list: &[Declaration], role: Role) -> f64 {
        let size = list.iter().find_map(|d| match d {
            Declaration::Size(size) if role != Role::Body => {
                Some(size.at(self.size, self.leading).ratio(self.size))
            }
            _ => None,
        });
        size.filter(|size| *size > 0.0).unwrap_or(1.0)
    }
}

/// Which elements have a role. `None` for the furniture of pages, which a reading system has of its own.
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
        Role::FrontTitle => "h1.front-title",
        Role::Quote => "blockquote",
        Role::Epigraph => ".epigraph",
        Role::Attribution => ".attribution",
        Role::Dedication => ".dedication",
        Role::Verse => ".verse",
        Role::Letter => ".letter",
        Role::Center => ".center",
        Role::Right => ".right",
        Role::List => "ul, ol",
        Role::ListItem => "li",
        Role::ListMark => "li::marker",
        Role::Term => "dt",
        Role::Definition => "dd",
        Role::Code => "code",
        Role::CodeBlock => "pre",
        Role::CodeTitle => ".code-title",
        Role::LineNumber => ".line-number",
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
        Role::NoteCall => "a.note-call",
        Role::NoteMark => "a.note-mark",
        Role::Emphasis => "em",
        Role::Strong => "strong",
        Role::SmallCaps => ".smallcaps",
        Role::Link => "a.link",
        Role::Kbd => "kbd",
        Role::Mark => "mark",
        Role::HalfTitle => ".half-title",
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
        Role::RunningHead | Role::Folio => return None,
    })
}

/// Roles whose `sink`, `before`, `after` are of a whole opening page: a screen has no room for as much.
fn opens(role: Role) -> bool {
    matches!(
        role,
        Role::Heading1
            | Role::PartNumber
            | Role::PartTitle
            | Role::FrontTitle
            | Role::HalfTitle
            | Role::Title
            | Role::ContentsTitle
            | Role::Dedication
            | Role::ChapterNumber
    )
}

fn rule(out: &mut String, selector: &str, list: &[Declaration], role: Role, measures: Measures) {
    let size = measures.of_role(list, role);
    let mut css = Rule {
        out: String::new(),
        role,
        measures,
        size,
    };
    let mut caps_and_figures = Features::default();
    for declaration in list {
        css.declare(declaration, &mut caps_and_figures);
    }
    caps_and_figures.write(&mut css);
    if !css.out.is_empty() {
        let _ = writeln!(out, "{selector} {{\n{}}}", css.out);
    }
}

/// What one property of CSS gathers from several declarations.
#[derive(Default)]
struct Features {
    caps: Option<Caps>,
    figures: Option<Figures>,
    settings: Vec<String>,
}

impl Features {
    fn write(&self, css: &mut Rule) {
        match self.caps {
            Some(Caps::None) => {
                css.set("font-variant-caps", "normal");
                css.set("text-transform", "none");
            }
            Some(Caps::Small) => css.set("font-variant-caps", "small-caps"),
            // Small capitals for what is typed as capitals need lower case to begin with; screen readers spell out
            // nothing either way, for the text stays as typed.
            Some(Caps::AllSmall) => css.set("font-variant-caps", "all-small-caps"),
            Some(Caps::All) => css.set("text-transform", "uppercase"),
            None => {}
        }
        if let Some(figures) = self.figures {
            let shape = if figures.old_style {
                "oldstyle-nums"
            } else {
                "lining-nums"
            };
            let width = if figures.tabular {
                "tabular-nums"
            } else {
                "proportional-nums"
            };
            css.set("font-variant-numeric", &format!("{shape} {width}"));
        }
        if !self.settings.is_empty() {
            css.set("font-feature-settings", &self.settings.join(", "));
        }
    }
}

struct Rule {
    out: String,
    role: Role,
    measures: Measures,
    /// The role's size, in the body's sizes: lengths in em of CSS are relative to it.
    size: f64,
}

impl Rule {
    fn set(&mut self, property: &str, value: &str) {
        let _ = writeln!(self.out, "  {property}: {value};");
    }

    /// A length in em of the role's own size.
    fn em(&self, length: Length) -> String {
        let em = match length {
            Length::Em(em) => em.get(),
            Length::Line(lines) => {
                lines.get() * self.measures.leading.ratio(self.measures.size) / self.size
            }
            Length::Abs(abs) => abs.ratio(self.measures.size) / self.size,
        };
        em_text(em)
    }

    fn declare(&mut self, declaration: &Declaration, features: &mut Features) {
        match declaration {
            Declaration::Family(families) => {
                let names: Vec<String> = families.iter().map(family).collect();
                self.set("font-family", &names.join(", "));
            }
            // The body's size is the reader's.
            Declaration::Size(_) if self.role == Role::Body => {}
            Declaration::Size(_) => {
                let size = em_text(self.size);
                self.set("font-size", &size);
            }
            Declaration::Leading(leading) => {
                let em = match leading {
                    Length::Em(em) => em.get(),
                    Length::Line(lines) => {
                        lines.get() * self.measures.leading.ratio(self.measures.size) / self.size
                    }
                    Length::Abs(abs) => abs.ratio(self.measures.size) / self.size,
                };
                self.set("line-height", &number(em));
            }
            Declaration::Weight(weight) => self.set("font-weight", &weight.to_string()),
            Declaration::Italic(italic) => {
                self.set("font-style", if *italic { "italic" } else { "normal" })
            }
            Declaration::Caps(caps) => features.caps = Some(*caps),
            Declaration::Tracking(length) => {
                let em = self.em(*length);
                self.set("letter-spacing", &em);
            }
            Declaration::Figures(figures) => features.figures = Some(*figures),
            Declaration::Features(list) => {
                let setting = |name: &String| match name.strip_prefix('-') {
                    Some(off) => format!("\"{off}\" 0"),
                    None => format!("\"{}\" 1", name.trim_start_matches('+')),
                };
                let known = list.iter().filter(|name| {
                    name.trim_start_matches(['-', '+'])
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric())
                });
                features.settings.extend(known.map(setting));
            }
            // Ink on paper is the reader's own colour, also at night.
            Declaration::Color(color) if *color == Color::BLACK => self.set("color", "inherit"),
            Declaration::Color(color) => self.set("color", &hex(*color)),
            // A tint that works on white and on black: the colour's darkness as a grey veil.
            Declaration::Background(color) => self.set("background-color", &veil(*color)),
            Declaration::Rule(length) => {
                let em = self.em(*length);
                self.set("border-inline-start", &format!("{em} solid currentColor"));
            }
            Declaration::Frame(_) => self.set("border", "1px solid currentColor"),
            Declaration::Padding(length) => {
                let em = self.em(*length);
                match self.role {
                    // Cells are padded, not the table.
                    Role::Table => {}
                    Role::CodeBlock | Role::Admonition | Role::Sidebar => self.set("padding", &em),
                    _ => self.set("padding", &format!("0 {em}")),
                }
            }
            Declaration::Align(align) => match align {
                Justify::Both => self.set("text-align", "justify"),
                Justify::Start => self.set("text-align", "start"),
                Justify::Center => self.set("text-align", "center"),
                Justify::End => self.set("text-align", "end"),
            },
            Declaration::Hyphenate(on) => {
                let value = if *on { "auto" } else { "none" };
                self.set("-webkit-hyphens", value);
                self.set("-epub-hyphens", value);
                self.set("hyphens", value);
            }
            Declaration::Indent(length) => {
                let em = self.em(*length);
                self.set("text-indent", &em);
            }
            Declaration::Before(length) => {
                let em = self.em(*length);
                self.set("margin-top", &em);
            }
            Declaration::After(length) => {
                let em = self.em(*length);
                // Running text is parted by indents or by this, and its paragraphs are `p`.
                match self.role {
                    Role::Body => {}
                    _ => self.set("margin-bottom", &em),
                }
            }
            Declaration::Start(length) => {
                let em = self.em(*length);
                self.set("margin-inline-start", &em);
            }
            Declaration::End(length) => {
                let em = self.em(*length);
                self.set("margin-inline-end", &em);
            }
            Declaration::KeepWithNext(keep) => {
                self.set("break-after", if *keep { "avoid" } else { "auto" });
                self.set("page-break-after", if *keep { "avoid" } else { "auto" });
            }
            Declaration::KeepTogether(keep) => {
                self.set("break-inside", if *keep { "avoid" } else { "auto" });
                self.set("page-break-inside", if *keep { "avoid" } else { "auto" });
            }
            // Every chapter is a file of its own, and every file begins on a screen of its own.
            Declaration::OpenOn(Break::Page | Break::Recto | Break::Here) => {}
            Declaration::Sink(length) => {
                // A third of what the page has: a phone shows a dozen lines.
                let Length::Line(lines) = length else {
                    let em = self.em(*length);
                    return self.set("margin-top", &em);
                };
                let em = self.em(Length::Line(crate::unit::Em::new(lines.get() / 3.0)));
                self.set(
                    if opens(self.role) {
                        "margin-top"
                    } else {
                        "padding-top"
                    },
                    &em,
                );
            }
            Declaration::DropCap(_) | Declaration::LeadIn(_) => {
                // The markup carries both as spans of their own, where a theme asks for them.
            }
            Declaration::Ornament(text) => {
                if self.role == Role::SceneBreak {
                    let quoted = text
                        .replace('\\', "\\\\")
                        .replace('"', "\\\"")
                        .replace(['\n', '\r'], " ");
                    self.set("content", &format!("\"{quoted}\""));
                }
            }
            Declaration::Hidden(hidden) => {
                if *hidden {
                    self.set("display", "none");
                }
            }
        }
    }
}

fn family(family: &Family) -> String {
    match family {
        Family::Named(name) => format!("\"{}\"", name.replace(['"', '\\', '\n', '\r'], "")),
        Family::Serif => "serif".to_owned(),
        Family::Sans => "sans-serif".to_owned(),
        Family::Mono => "monospace".to_owned(),
    }
}

fn number(value: f64) -> String {
    let rounded = (value * 1000.0).round() / 1000.0;
    format!("{rounded}")
}

fn em_text(em: f64) -> String {
    if em.abs() < 0.0005 {
        "0".to_owned()
    } else {
        format!("{}em", number(em))
    }
}

fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)
}

/// A background as a transparent grey or tint: on white it looks as the theme says, on black it lightens as much as it
/// darkened there.
fn veil(color: Color) -> String {
    let darkest = color.r.min(color.g).min(color.b);
    let alpha = 1.0 - f64::from(darkest) / 255.0;
    if alpha < 0.004 {
        return "transparent".to_owned();
    }
    let channel = |value: u8| {
        (255.0 - (255.0 - f64::from(value)) / alpha)
            .round()
            .clamp(0.0, 255.0)
    };
    // Grey at the middle shows on both; a hue keeps its own channels.
    let lift = |value: f64| (value + 128.0) / 2.0;
    let (r, g, b) = (
        lift(channel(color.r)),
        lift(channel(color.g)),
        lift(channel(color.b)),
    );
    format!(
        "rgba({r:.0}, {g:.0}, {b:.0}, {})",
        number((alpha * 2.0).min(1.0))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::source::{MemoryWorld, Sources};
    use crate::yaml::{self, Fragment, Key};

    fn sheet_of(style: &str) -> String {
        let sources = Sources::new();
        let node = yaml::read(&sources.add("x", style), &Sink::new()).unwrap();
        let overlay = Fragment {
            key: Key {
                name: "style".to_owned(),
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
            .split("\nblockquote {\n")
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
        assert!(
            !css.contains(".1a{b") && !css.contains("\"; } p {\""),
            "{css}"
        );
    }
}
