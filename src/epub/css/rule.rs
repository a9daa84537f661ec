//! A role's declarations as properties of CSS, by one `match` without a wildcard.

use std::fmt::Write as _;

use super::color::{at_night, hex, is_quiet, quiet, veil};
use super::{Measures, number};
use crate::model::Role;
use crate::theme::{
    Break, Caps, Color, Declaration, Family, Figures, Initial, Justify, LeadIn, Ligatures,
};
use crate::unit::{Em, Length};

/// How much of a sink's lines a screen has room for: a phone shows some twenty lines, a page three dozen; and where a
/// chapter begins, one wants to read.
const SINK: f64 = 0.4;

/// The same, where nothing is to be read but a title; and the most lines of it, so that a title in type of twice the size
/// is still on the first screen.
const SINK_OF_A_PAGE: f64 = 0.75;
const DEEPEST: f64 = 5.0;

/// What a line of print holds, in em: some 65 characters. Insets are this part of the screen's line that they are of it, so
/// that they shrink with the screen and do not grow with the type.
const MEASURE: f64 = 26.0;

/// The largest lines, in their own size, of what is larger than the text: titles are read line by line.
const TITLE_LEADING: &str = "1.2";

/// A rule under way.
pub(super) struct Rule {
    /// For every reading system, by day.
    pub day: String,
    /// For newer ones.
    pub fine: String,
    /// What is otherwise on a dark page.
    pub night: String,
    /// Rules for parts of the role's elements, which begin with `:`, or for other elements: selector and properties.
    pub parts: Vec<(&'static str, String)>,
    /// The same, for newer reading systems.
    pub fine_parts: Vec<(&'static str, String)>,
    /// Tall first letters, for reading systems that fit them to their lines.
    pub initials: Vec<(&'static str, String)>,
    /// How its paragraphs stand, where that is not as they do anyway.
    pub align: Option<&'static str>,
    /// Whether its words may be broken.
    pub hyphenate: Option<bool>,
    role: Role,
    /// It has a ground or a frame: space within it shows on all sides.
    boxed: bool,
    measures: Measures,
    /// The role's size, in the body's sizes: lengths in em of CSS are relative to it.
    size: f64,
    /// The size around it, likewise.
    around: f64,
    caps: Option<Caps>,
    figures: Option<Figures>,
    ligatures: Option<Ligatures>,
    settings: Vec<String>,
}

impl Rule {
    /// The properties of a list of declarations. `around` is the size, in the body's sizes, of the element that the
    /// role's elements stand in.
    pub fn of(list: &[Declaration], role: Role, measures: Measures, around: f64) -> Rule {
        let mut rule = Rule {
            day: String::new(),
            fine: String::new(),
            night: String::new(),
            parts: Vec::new(),
            fine_parts: Vec::new(),
            initials: Vec::new(),
            align: None,
            hyphenate: None,
            role,
            boxed: list.iter().any(is_ground),
            measures,
            size: measures.of_role(list, role).unwrap_or(around),
            around,
            caps: None,
            figures: None,
            ligatures: None,
            settings: Vec::new(),
        };
        for declaration in list {
            rule.declare(declaration);
        }
        rule.gathered();
        rule
    }

    fn set(&mut self, property: &str, value: &str) {
        let _ = writeln!(self.day, "  {property}: {value};");
    }

    fn set_both(&mut self, property: &str, old: &str, value: &str) {
        self.set(old, value);
        self.set(property, value);
    }

    /// A length in em of the role's own size.
    pub(super) fn em(&self, length: Length) -> String {
        let em = match length {
            Length::Em(em) => em.get(),
            Length::Line(lines) => {
                lines.get() * self.measures.leading.ratio(self.measures.size) / self.size
            }
            Length::Abs(abs) => abs.ratio(self.measures.size) / self.size,
        };
        em_text(em)
    }

    /// A letter so many lines high, in em: a capital is some two thirds of its size high, and the lines are to be filled
    /// but for what is above the first one's capitals.
    fn initial_size(&self, lines: u8) -> f64 {
        (f64::from(lines) - 0.35) * self.measures.leading.ratio(self.measures.size) / 0.7
    }

    /// A part of the role's elements; what is said of a chapter's title, of the text that it opens.
    fn part(&self, part: &'static str) -> &'static str {
        let opens = matches!(
            self.role,
            Role::Heading1 | Role::FrontTitle | Role::PartTitle
        );
        match (opens, part) {
            (true, ":first-letter") => "p.opening:first-letter",
            (true, _) => "p.opening:first-line",
            (false, part) => part,
        }
    }

    /// A property for newer reading systems.
    fn set_fine(&mut self, property: &str, value: &str) {
        let _ = writeln!(self.fine, "  {property}: {value};");
    }

    /// An inset, as a part of the line.
    fn set_inset(&mut self, property: &str, length: Length) {
        let Length::Em(em) = length else {
            return self.set_em(property, length);
        };
        let part = em.get() * self.size / MEASURE * 1000.0;
        if part.abs() < 0.5 {
            self.set(property, "0");
        } else {
            self.set(property, &format!("{}%", part.round() / 10.0));
        }
    }

    fn set_em(&mut self, property: &str, length: Length) {
        let em = self.em(length);
        self.set(property, &em);
    }

    fn declare(&mut self, declaration: &Declaration) {
        let body = self.role == Role::Body;
        match declaration {
            Declaration::Family(families) => {
                let names: Vec<String> = families.iter().map(family).collect();
                self.set("font-family", &names.join(", "));
            }
            // The body's size and leading are the reader's.
            Declaration::Size(_) | Declaration::Leading(_) if body => {}
            Declaration::Size(_) => {
                let size = em_text(self.size / self.around);
                self.set("font-size", &size);
            }
            // Lines of the grid are the page's: on a screen the reader says how far they are apart.
            Declaration::Leading(Length::Line(_)) if self.size <= 1.1 => {}
            Declaration::Leading(Length::Line(_)) => self.set("line-height", TITLE_LEADING),
            Declaration::Leading(leading) => {
                let em = self.em(*leading);
                self.set("line-height", em.trim_end_matches("em"));
            }
            Declaration::Weight(weight) => self.set("font-weight", &weight.to_string()),
            Declaration::Italic(italic) => {
                self.set("font-style", if *italic { "italic" } else { "normal" });
            }
            Declaration::Caps(caps) => self.caps = Some(*caps),
            Declaration::Tracking(length) => self.set_em("letter-spacing", *length),
            Declaration::Figures(figures) => self.figures = Some(*figures),
            Declaration::Ligatures(ligatures) => self.ligatures = Some(*ligatures),
            Declaration::Features(list) => self.settings.extend(list.iter().map(setting)),
            // Ink on paper is the reader's own colour, also at night.
            Declaration::Color(color) if *color == Color::BLACK => self.set("color", "inherit"),
            // Grey is the reader's own colour with less of it. Where it cannot be had so, it is not had: on electronic paper
            // it is hard to read anyway.
            Declaration::Color(color) if is_quiet(*color) => {
                self.set_fine("opacity", &quiet(*color));
            }
            Declaration::Color(color) => {
                self.set("color", &hex(*color));
                if let Some(night) = at_night(*color) {
                    let _ = writeln!(self.night, "  color: {};", hex(night));
                }
            }
            Declaration::Background(color) => self.set_fine("background-color", &veil(*color)),
            Declaration::Rule(length) => {
                let em = self.em(*length);
                self.set("border-inline-start", &format!("{em} solid"));
            }
            Declaration::Frame(length) => {
                let width = if length
                    .at(self.measures.size, self.measures.leading)
                    .is_zero()
                {
                    "0"
                } else {
                    // A hairline of print is less than a screen can draw.
                    "1px solid"
                };
                self.set("border", width);
            }
            Declaration::Padding(length) => {
                let em = self.em(*length);
                match self.role {
                    // Cells are padded, not the table.
                    Role::Table => {}
                    Role::CodeBlock | Role::Admonition | Role::Sidebar if self.boxed => {
                        self.set("padding", &em);
                    }
                    _ => self.set("padding", &format!("0 {em}")),
                }
            }
            // What has straight edges in print is as its reader likes it: some cannot read it so. `edges` sees to it that
            // what is not hyphenated is not justified.
            Declaration::Align(Justify::Both) => {}
            Declaration::Align(Justify::Start) => self.align = Some("start"),
            Declaration::Align(Justify::Center) => self.align = Some("center"),
            Declaration::Align(Justify::End) => self.align = Some("end"),
            Declaration::Hyphenate(on) => self.hyphenate = Some(*on),
            Declaration::HyphenLimits(limits) => {
                let chars = format!("{} {} {}", limits.word, limits.before, limits.after);
                self.set("hyphenate-limit-chars", &chars);
                self.set("hyphenate-limit-lines", &limits.ladder.to_string());
            }
            // How lines are fitted to the screen is the reading system's own affair.
            Declaration::WordSpace(_)
            | Declaration::Expansion(_)
            | Declaration::TrackingLimit(_)
            | Declaration::Protrusion(_)
            | Declaration::Runt(_) => {}
            Declaration::Indent(length) => self.set_em("text-indent", *length),
            // Space between paragraphs of running text is theirs, not the page's.
            Declaration::Before(_) | Declaration::After(_) if body => {}
            Declaration::Before(length) => self.set_em("margin-block-start", *length),
            Declaration::After(length) => self.set_em("margin-block-end", *length),
            // Contents are nested lists: these stand in already.
            Declaration::Start(_)
                if matches!(self.role, Role::ContentsChapter | Role::ContentsSection) => {}
            // Marks and terms stand in what lists are set in by: that grows with them.
            Declaration::Start(length)
                if matches!(self.role, Role::ListItem | Role::Definition) =>
            {
                self.set_em("margin-inline-start", *length);
            }
            Declaration::Start(length) => self.set_inset("margin-inline-start", *length),
            Declaration::End(length) => self.set_inset("margin-inline-end", *length),
            Declaration::KeepWithNext(keep) => {
                let value = if *keep { "avoid" } else { "auto" };
                self.set_both("break-after", "page-break-after", value);
            }
            Declaration::KeepTogether(keep) => {
                let value = if *keep { "avoid" } else { "auto" };
                self.set_both("break-inside", "page-break-inside", value);
            }
            // Screens have no head and no foot: figures stand where they are called.
            Declaration::Float(_) => {}
            // Every chapter is a file of its own, and every file begins on a screen of its own.
            Declaration::OpenOn(Break::Page | Break::Recto | Break::Here) => {}
            Declaration::Sink(length) => {
                let length = match length {
                    Length::Line(lines) => {
                        let alone = matches!(
                            self.role,
                            Role::Title | Role::HalfTitle | Role::PartTitle | Role::Dedication
                        );
                        let part = if alone { SINK_OF_A_PAGE } else { SINK };
                        Length::Line(Em::new((lines.get() * part).min(DEEPEST)))
                    }
                    other => *other,
                };
                self.set_em("margin-block-start", length);
            }
            Declaration::DropCap(Initial { lines: 0 | 1, .. })
            | Declaration::LeadIn(LeadIn::Words(0)) => {}
            // It stands on the line, and must not part it from the next.
            Declaration::DropCap(Initial {
                lines,
                raised: true,
            }) => {
                let css = format!(
                    "  font-size: {}em;\n  line-height: 0;\n",
                    number(self.initial_size(*lines))
                );
                self.parts.push((self.part(":first-letter"), css));
            }
            Declaration::DropCap(Initial { lines, .. }) => {
                let css = format!(
                    "  float: inline-start;\n  font-size: {}em;\n  line-height: 0.8;\n  padding-inline-end: 0.06em;\n",
                    number(self.initial_size(*lines))
                );
                self.parts.push((self.part(":first-letter"), css));
                self.fine_initial(*lines);
            }
            // Which words the first line holds, the screen decides; CSS cannot count them.
            Declaration::LeadIn(_) => {
                let css = "  font-variant: small-caps;\n".to_owned();
                self.parts.push((self.part(":first-line"), css));
            }
            // A screen may be narrower than any line: where its rest goes, is its own matter.
            Declaration::Turnover(_) => {}
            Declaration::CenterBlock(true) => {
                self.set_fine("inline-size", "fit-content");
                self.set_fine("margin-inline-start", "auto");
                self.set_fine("margin-inline-end", "auto");
            }
            Declaration::CenterBlock(false) => {}
            // What a number says is text.
            Declaration::Label(_) => {}
            Declaration::Ornament(text) if self.role == Role::SceneBreak => {
                self.set_fine("content", &quoted(text));
            }
            Declaration::Ornament(text) if is_opening(self.role) => {
                let css = format!("  content: {};\n  display: block;\n", quoted(text));
                self.parts.push((":after", css));
            }
            // Of a list's bullets: said of the list, by `sheet`.
            Declaration::Ornament(_) => {}
            Declaration::Hidden(hidden) => {
                if *hidden {
                    self.set("display", "none");
                }
            }
            // A screen scrolls, and its reader chooses the size.
            Declaration::Smallest(_) => {}
            Declaration::Stripes(color) => {
                let css = format!("  background-color: {};\n", veil(*color));
                self.fine_parts.push((" tbody > tr:nth-child(even)", css));
            }
            Declaration::RowRule(length) => {
                let none = length
                    .at(self.measures.size, self.measures.leading)
                    .is_zero();
                // As with frames, a hairline is a pixel.
                let width = if none { "0" } else { "1px solid" };
                let css = format!("  border-block-start: {width};\n");
                self.parts.push((" tbody > tr + tr", css));
            }
        }
    }

    /// A letter that newer reading systems fit to its lines by themselves.
    fn fine_initial(&mut self, lines: u8) {
        let css = format!(
            "  float: none;\n  padding-inline-end: 0;\n  margin-inline-end: 0.08em;\n  font-size: inherit;\n  line-height: inherit;\n  -webkit-initial-letter: {lines};\n  initial-letter: {lines};\n"
        );
        self.initials.push((self.part(":first-letter"), css));
    }

    /// What one property of CSS gathers from several declarations.
    fn gathered(&mut self) {
        if let Some(caps) = self.caps {
            let old = match caps {
                Caps::None | Caps::All => "normal",
                Caps::Small | Caps::AllSmall => "small-caps",
            };
            // The old word for it, which takes figures back too.
            self.set("font-variant", old);
            if self.figures.is_none() {
                self.set("font-variant-numeric", "inherit");
            }
            match caps {
                Caps::None => self.set("text-transform", "none"),
                Caps::Small => {}
                Caps::AllSmall => self.set("font-variant-caps", "all-small-caps"),
                Caps::All => {
                    self.set("text-transform", "uppercase");
                    // Signs that stand at the height of capitals.
                    self.settings.insert(0, "\"case\" 1".to_owned());
                }
            }
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
            self.set("font-variant-numeric", &format!("{shape} {width}"));
        }
        if let Some(ligatures) = self.ligatures {
            self.set("font-variant-ligatures", &ligature_words(ligatures));
        }
        if !self.settings.is_empty() {
            let settings = self.settings.join(", ");
            self.set("font-feature-settings", &settings);
        }
    }
}

/// Whether a declaration makes a box that one sees.
fn is_ground(declaration: &Declaration) -> bool {
    match declaration {
        Declaration::Background(color) => *color != Color::WHITE,
        Declaration::Frame(length) => *length != Length::ZERO,
        _ => false,
    }
}

/// Ligatures as CSS has them.
fn ligature_words(ligatures: Ligatures) -> String {
    let kinds = [
        (ligatures.common, "common-ligatures"),
        (ligatures.discretionary, "discretionary-ligatures"),
        (ligatures.historical, "historical-ligatures"),
    ];
    let wanted: Vec<&str> = kinds.iter().filter(|k| k.0).map(|k| k.1).collect();
    match (ligatures.common, wanted.as_slice()) {
        (_, []) => "none".to_owned(),
        (true, [_]) => "normal".to_owned(),
        (true, wanted) => wanted.join(" "),
        (false, wanted) => format!("no-common-ligatures {}", wanted.join(" ")),
    }
}

/// Roles of what stands above a chapter's text.
fn is_opening(role: Role) -> bool {
    use Role as R;
    matches!(
        role,
        R::Heading1 | R::FrontTitle | R::PartTitle | R::ChapterNumber | R::PartNumber
    )
}

/// A feature as CSS has it.
fn setting((tag, value): &([u8; 4], u32)) -> String {
    // Four letters or figures, says the schema.
    let tag: String = tag.iter().map(|b| char::from(*b)).collect();
    format!("\"{tag}\" {value}")
}

/// A text in quotation marks.
pub(in crate::epub) fn quoted(text: &str) -> String {
    let text = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace(['\n', '\r', '\u{c}'], " ");
    format!("\"{text}\"")
}

/// A family's name; a generic one as it is.
pub(super) fn family(family: &Family) -> String {
    match family {
        Family::Named(name) => quoted(name),
        Family::Serif => "serif".to_owned(),
        Family::Sans => "sans-serif".to_owned(),
        Family::Mono => "monospace".to_owned(),
    }
}

/// A length in em; a bare zero for none.
pub(super) fn em_text(em: f64) -> String {
    if em.abs() < 0.0005 {
        "0".to_owned()
    } else {
        format!("{}em", number(em))
    }
}
