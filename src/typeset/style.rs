//! From a theme's declarations to what lines and pages are made by.
//!
//! In: a theme, the faces at hand. Out: [`Style`]s, all lengths absolute, faces chosen. Blocks: [`Styles::block`] takes
//! what flows down from the block around (type, leading, alignment, indent), then lays the role's declarations over it
//! and last those of the author's classes. Words: [`Styles::inline`] does the same within a line. Everything starts from
//! the role `body`.

use std::sync::Arc;

use crate::font::{FaceId, Fonts};
use crate::model::Role;
use crate::theme::{
    Break, Caps, Color, Declaration, Family, Figures, FloatPlaces, Give, HyphenLimits, Initial,
    Justify, LeadIn, Ligatures, Protrusion, Theme, Turnover, WordSpace,
};
use crate::unit::{Abs, Em, Length};

/// How words look.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// What was asked for.
    pub families: Arc<[Family]>,
    /// What was found.
    pub face: FaceId,
    /// What was asked for: 100 to 900.
    pub weight: u16,
    /// What was asked for.
    pub italic: bool,
    /// All its letters are of one width: neither fitted to the line nor hyphenated.
    pub fixed_pitch: bool,
    /// The font size.
    pub size: Abs,
    /// Capitals.
    pub caps: Caps,
    /// Space between letters.
    pub tracking: Abs,
    /// Spaces between words.
    pub word_space: WordSpace,
    /// How far its glyphs give to fit a line.
    pub give: Give,
    /// How far its characters hang out at straight edges.
    pub protrusion: Protrusion,
    /// Where its words may be hyphenated.
    pub hyphens: HyphenLimits,
    /// Digits; the font's own if nothing is said.
    pub figures: Option<Figures>,
    /// Which are made.
    pub ligatures: Ligatures,
    /// Features, and what the theme sets them to.
    pub features: Arc<[([u8; 4], u32)]>,
    /// The text's colour.
    pub color: Color,
    /// What is behind the words; only of inlines.
    pub background: Option<Color>,
    /// The thickness of a line all round the words; only of inlines.
    pub frame: Abs,
    /// Where the words stand.
    pub position: Position,
}

/// Where words stand in their line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Position {
    /// On the baseline.
    #[default]
    Normal,
    /// Above, small.
    Superior,
    /// Below, small.
    Inferior,
}

/// How a block looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// How its words look.
    pub text: Arc<TextStyle>,
    /// From baseline to baseline.
    pub leading: Abs,
    /// How lines stand.
    pub align: Justify,
    /// Whether words may be broken.
    pub hyphenate: bool,
    /// What a paragraph's last line should be at least; `None` for three times its size.
    pub runt: Option<Abs>,
    /// In how many lines more, or fewer if below 0, it is to be set than is best for it.
    pub looseness: i8,
    /// How far the first line stands in; below 0 the others do.
    pub indent: Abs,
    /// Space above.
    pub before: Abs,
    /// Space below.
    pub after: Abs,
    /// Inset at the start of lines.
    pub start: Abs,
    /// Inset at the end of lines.
    pub end: Abs,
    /// Behind the block.
    pub background: Option<Color>,
    /// The thickness of a line along the start edge.
    pub rule: Abs,
    /// The thickness of a line all round.
    pub frame: Abs,
    /// Between frame, rule or background and the text.
    pub padding: Abs,
    /// No page end after it.
    pub keep_with_next: bool,
    /// No page end in it.
    pub keep_together: bool,
    /// Where it may stand, if it is a figure or a table.
    pub float: FloatPlaces,
    /// Where a chapter or part that it opens begins; `None` if the theme leaves it to the role.
    pub open_on: Option<Break>,
    /// How far it stands below the top of the type area where it opens a page.
    pub sink: Abs,
    /// A tall first letter.
    pub drop_cap: Initial,
    /// The first words in small capitals.
    pub lead_in: LeadIn,
    /// Where the rest of a line of verse goes that is too long.
    pub turnover: Turnover,
    /// The block stands in the middle by its longest line.
    pub center_block: bool,
    /// A number has its word before it.
    pub label: bool,
    /// What is printed for a scene break, a bullet.
    pub ornament: Option<Arc<str>>,
    /// Not shown at all.
    pub hidden: bool,
    /// How small the type may be made where it does not fit otherwise; 0 if not at all.
    pub smallest: Abs,
    /// Behind every second row of a table.
    pub stripes: Option<Color>,
    /// The thickness of a line between a table's rows; 0 for none.
    pub row_rule: Abs,
}

impl Style {
    /// The same, all lengths of the type and what is around it so many times as long.
    pub fn scaled(&self, by: f64) -> Style {
        let text = TextStyle {
            size: self.text.size.scale(by),
            tracking: self.text.tracking.scale(by),
            ..(*self.text).clone()
        };
        Style {
            text: Arc::new(text),
            leading: self.leading.scale(by),
            indent: self.indent.scale(by),
            padding: self.padding.scale(by),
            ..self.clone()
        }
    }

    /// The font size.
    pub fn size(&self) -> Abs {
        self.text.size
    }

    /// Where the baseline stands in a line of its leading: the extra space is shared out above and below, by the face's
    /// own ascent and descent.
    pub fn baseline(&self, fonts: &Fonts) -> Abs {
        let metrics = fonts.face(self.text.face).metrics();
        let (up, down) = (
            metrics.ascent.at(self.text.size),
            metrics.descent.at(self.text.size),
        );
        up + (self.leading - up - down) / 2
    }
}

/// Makes styles.
#[derive(Clone, Debug)]
pub struct Styles<'a> {
    theme: &'a Theme,
    fonts: &'a Fonts,
    body: Style,
}

/// What a size in em is a multiple of: the body's size for blocks, that of the words around for inlines.
#[derive(Clone, Copy)]
enum Scope {
    Block,
    Inline,
}

/// The body's size and leading where a theme says nothing.
const BODY: (Abs, Abs) = (Abs::pt(11.0), Abs::pt(14.0));

/// A leading that a larger size needs at least, where nothing is said.
const LOOSEST: f64 = 1.2;

impl<'a> Styles<'a> {
    /// The styles of a theme, in the faces at hand.
    pub fn new(theme: &'a Theme, fonts: &'a Fonts) -> Styles<'a> {
        let families: Arc<[Family]> = Arc::new([Family::Serif]);
        let text = TextStyle {
            face: fonts.select(&families, 400, false, BODY.0),
            families,
            weight: 400,
            italic: false,
            fixed_pitch: false,
            size: BODY.0,
            caps: Caps::None,
            tracking: Abs::ZERO,
            word_space: WordSpace::default(),
            give: Give::default(),
            protrusion: Protrusion::default(),
            hyphens: HyphenLimits::default(),
            figures: None,
            ligatures: Ligatures::default(),
            features: Arc::new([]),
            color: Color::BLACK,
            background: None,
            frame: Abs::ZERO,
            position: Position::Normal,
        };
        let root = Style::around(Arc::new(text), BODY.1);
        let mut styles = Styles {
            theme,
            fonts,
            body: root.clone(),
        };
        let declarations: Vec<&Declaration> = theme.role(Role::Body).iter().collect();
        styles.body = styles.apply(&root, &declarations, Scope::Block);
        styles
    }

    /// Running text.
    pub fn body(&self) -> &Style {
        &self.body
    }

    /// The theme.
    pub fn theme(&self) -> &'a Theme {
        self.theme
    }

    /// The faces at hand.
    pub fn fonts(&self) -> &'a Fonts {
        self.fonts
    }

    /// A block's style. `parent` is the style of the block around it ([`Styles::body`] at the top). Type, leading,
    /// alignment and indent flow down from it; spaces, insets, frames and keeps do not.
    pub fn block(&self, role: Role, classes: &[String], parent: &Style) -> Arc<Style> {
        let declarations = self.declarations(role, classes);
        let mut base = Style::around(parent.text.clone(), parent.leading);
        (base.align, base.hyphenate, base.indent) = (parent.align, parent.hyphenate, parent.indent);
        (base.runt, base.looseness) = (parent.runt, parent.looseness);
        Arc::new(self.apply(&base, &declarations, Scope::Block))
    }

    /// The style of words of a role within words of a style.
    pub fn inline(
        &self,
        role: Role,
        classes: &[String],
        around: &Arc<TextStyle>,
    ) -> Arc<TextStyle> {
        let mut declarations = self.declarations(role, classes);
        let innate = innate(role);
        if self.theme.role(role).is_empty() {
            declarations.splice(0..0, innate.iter());
        }
        let mut style = self.overlay(&declarations, around);
        // What is emphasised among slanted words stands upright.
        if role == Role::Emphasis && around.italic && style.italic {
            style.italic = false;
            self.choose_face(&mut style);
        }
        if role == Role::NoteCall {
            style.position = Position::Superior;
        }
        Arc::new(style)
    }

    /// The style of words with classes of the author's alone.
    pub fn classes(&self, classes: &[String], around: &Arc<TextStyle>) -> Arc<TextStyle> {
        let declarations = self.of_classes(classes).collect::<Vec<_>>();
        if declarations.is_empty() {
            return around.clone();
        }
        Arc::new(self.overlay(&declarations, around))
    }

    /// The style of superior or inferior words.
    pub fn position(&self, position: Position, around: &Arc<TextStyle>) -> Arc<TextStyle> {
        Arc::new(TextStyle {
            position,
            ..(**around).clone()
        })
    }

    fn overlay(&self, declarations: &[&Declaration], around: &Arc<TextStyle>) -> TextStyle {
        let base = Style::around(around.clone(), self.body.leading);
        let style = self.apply(&base, declarations, Scope::Inline);
        TextStyle {
            background: style.background.or(around.background),
            frame: if style.frame.is_zero() {
                around.frame
            } else {
                style.frame
            },
            ..(*style.text).clone()
        }
    }

    fn declarations(&self, role: Role, classes: &[String]) -> Vec<&'a Declaration> {
        // The body's declarations are in `body` already, and flow down from there.
        let role: &'a [Declaration] = match role {
            Role::Body => &[],
            role => self.theme.role(role),
        };
        role.iter().chain(self.of_classes(classes)).collect()
    }

    /// What is said of classes. A class that the theme does not have but that is called like a role takes the role's.
    fn of_classes<'b>(
        &self,
        classes: &'b [String],
    ) -> impl Iterator<Item = &'a Declaration> + use<'a, 'b> {
        let theme = self.theme;
        classes.iter().flat_map(move |class| {
            theme
                .classes
                .get(class)
                .map(Vec::as_slice)
                .or_else(|| Role::named(class).map(|role| theme.role(role)))
                .unwrap_or_default()
        })
    }

    fn choose_face(&self, text: &mut TextStyle) {
        let size = text.size;
        text.face = (self.fonts).select(&text.families, text.weight, text.italic, size);
        let face = self.fonts.face(text.face);
        text.fixed_pitch = face.advance('i').is_some() && face.advance('i') == face.advance('M');
    }

    fn apply(&self, base: &Style, declarations: &[&Declaration], scope: Scope) -> Style {
        let mut style = base.clone();
        let mut text = (*base.text).clone();
        let (body_size, line) = (self.body.text.size, self.body.leading);
        // The size first: other lengths in em are multiples of it, whatever their order.
        let mut sized = false;
        for declaration in declarations {
            if let Declaration::Size(length) = declaration {
                text.size = match scope {
                    Scope::Block => length.at(body_size, line),
                    Scope::Inline => length.at(base.text.size, line),
                };
                sized = true;
            }
        }
        let size = text.size;
        let at = |length: &Length| length.at(size, line);
        let mut led = false;
        for declaration in declarations {
            match declaration {
                Declaration::Family(families) => text.families = families.as_slice().into(),
                Declaration::Size(_) => {}
                Declaration::Leading(length) => {
                    style.leading = at(length).max(Abs::pt(1.0));
                    led = true;
                }
                Declaration::Weight(weight) => text.weight = *weight,
                Declaration::Italic(italic) => text.italic = *italic,
                Declaration::Caps(caps) => text.caps = *caps,
                Declaration::Tracking(length) => text.tracking = at(length),
                Declaration::Figures(figures) => text.figures = Some(*figures),
                Declaration::Ligatures(ligatures) => text.ligatures = *ligatures,
                Declaration::Features(features) => text.features = features.as_slice().into(),
                Declaration::Color(color) => text.color = *color,
                Declaration::Background(color) => style.background = Some(*color),
                Declaration::Rule(length) => style.rule = at(length),
                Declaration::Frame(length) => style.frame = at(length),
                Declaration::Padding(length) => style.padding = at(length),
                Declaration::Align(align) => style.align = *align,
                Declaration::Hyphenate(hyphenate) => style.hyphenate = *hyphenate,
                Declaration::HyphenLimits(limits) => {
                    text.hyphens = *limits;
                }
                Declaration::WordSpace(space) => text.word_space = *space,
                Declaration::Expansion(expansion) => text.give.expansion = *expansion,
                Declaration::TrackingLimit(tracking) => text.give.tracking = *tracking,
                Declaration::Protrusion(protrusion) => text.protrusion = *protrusion,
                Declaration::Runt(length) => style.runt = Some(at(length)),
                Declaration::Indent(length) => style.indent = at(length),
                Declaration::Before(length) => style.before = at(length),
                Declaration::After(length) => style.after = at(length),
                Declaration::Start(length) => style.start = at(length),
                Declaration::End(length) => style.end = at(length),
                Declaration::KeepWithNext(keep) => style.keep_with_next = *keep,
                Declaration::KeepTogether(keep) => style.keep_together = *keep,
                Declaration::Float(places) => style.float = *places,
                Declaration::OpenOn(on) => style.open_on = Some(*on),
                Declaration::Sink(length) => style.sink = at(length),
                Declaration::DropCap(initial) => style.drop_cap = *initial,
                Declaration::LeadIn(lead) => style.lead_in = *lead,
                Declaration::Turnover(turnover) => style.turnover = *turnover,
                Declaration::Label(label) => style.label = *label,
                Declaration::CenterBlock(center) => style.center_block = *center,
                Declaration::Ornament(ornament) => style.ornament = Some(ornament.as_str().into()),
                Declaration::Hidden(hidden) => style.hidden = *hidden,
                // Of the role's size where it says so, like any length.
                Declaration::Smallest(length) => style.smallest = at(length),
                Declaration::Stripes(color) => style.stripes = Some(*color),
                Declaration::RowRule(length) => style.row_rule = at(length),
            }
        }
        if sized && !led {
            style.leading = style.leading.max(size.scale(LOOSEST));
        }
        let asked = |text: &TextStyle| (text.families.clone(), text.weight, text.italic);
        let drawn_for_size = || self.fonts.face(text.face).optical().is_some();
        if asked(&text) != asked(&base.text) || (sized && drawn_for_size()) {
            self.choose_face(&mut text);
        }
        style.text = Arc::new(text);
        style
    }
}

impl Style {
    /// Words of a style without anything around them.
    pub fn around(text: Arc<TextStyle>, leading: Abs) -> Style {
        Style {
            text,
            leading,
            align: Justify::Both,
            hyphenate: true,
            runt: None,
            looseness: 0,
            indent: Abs::ZERO,
            before: Abs::ZERO,
            after: Abs::ZERO,
            start: Abs::ZERO,
            end: Abs::ZERO,
            background: None,
            rule: Abs::ZERO,
            frame: Abs::ZERO,
            padding: Abs::ZERO,
            keep_with_next: false,
            keep_together: false,
            float: FloatPlaces::AUTO,
            open_on: None,
            sink: Abs::ZERO,
            drop_cap: Initial::default(),
            lead_in: LeadIn::default(),
            turnover: Turnover::Hang,
            center_block: false,
            label: true,
            ornament: None,
            hidden: false,
            smallest: Abs::ZERO,
            stripes: None,
            row_rule: Abs::ZERO,
        }
    }
}

/// What words of a role look like if the theme says nothing of it.
fn innate(role: Role) -> Vec<Declaration> {
    match role {
        Role::Emphasis => vec![Declaration::Italic(true)],
        Role::Strong => vec![Declaration::Weight(700)],
        Role::SmallCaps => vec![Declaration::Caps(Caps::Small)],
        Role::Code | Role::Kbd => vec![
            Declaration::Family(vec![Family::Mono]),
            Declaration::Size(Length::Em(Em::new(0.85))),
        ],
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[path = "style_tests.rs"]
mod tests;
