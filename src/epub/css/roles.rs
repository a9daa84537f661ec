//! Which elements have which role, and which roles stand in which.

use crate::model::Role;
use crate::theme::{Caps, Color, Declaration, Theme};
use crate::unit::{Em, Length};

/// Which elements have a role. `None` for what only pages have. A paragraph of its own role in a container is named twice:
/// so that what is said of the container's paragraphs does not outweigh what is said of it.
pub(super) fn selector(role: Role) -> Option<&'static str> {
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
        Role::Attribution => ".attribution, p.attribution",
        Role::Dedication => ".dedication",
        Role::Verse => ".verse",
        Role::VerseTitle => ".verse-title, p.verse-title",
        Role::ChapterSubtitle => ".chapter-subtitle",
        Role::Letter => ".letter",
        Role::Dateline => ".dateline, p.dateline",
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
        Role::LineNumber => ".line:before",
        Role::Figure => "figure",
        Role::Caption => "figcaption, caption",
        Role::CaptionLabel => ".caption-label",
        Role::Table => "table",
        Role::TableHead => "th",
        Role::Admonition => ".admonition",
        Role::AdmonitionTitle => ".admonition-title, p.admonition-title",
        Role::Sidebar => ".sidebar",
        Role::Exercise => ".exercise",
        Role::SceneBreak => "hr.scene-break:before",
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

/// Roles of elements that hold paragraphs. What is said of them must be said of the paragraphs too: reading systems say of
/// these how they are to stand.
pub(super) fn holds_paragraphs(role: Role) -> bool {
    use Role as R;
    matches!(
        role,
        R::Quote
            | R::Epigraph
            | R::Dedication
            | R::Verse
            | R::Letter
            | R::Salutation
            | R::Signature
            | R::Center
            | R::Right
            | R::ListItem
            | R::Definition
            | R::Admonition
            | R::Sidebar
            | R::Exercise
            | R::Footnote
            | R::MarginNote
    )
}

/// The role that a role's elements stand in here, where that is no block of the typesetter's: a number stands in its
/// heading.
pub(super) fn around(role: Role) -> Option<Role> {
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

/// Roles of blocks and titles, in which an author may emphasise.
pub(super) fn takes_emphasis(role: Role) -> bool {
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
pub(super) fn with_sink(theme: &Theme, role: Role) -> Vec<Declaration> {
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
pub(super) fn undo(theme: &Theme, parent: Role, list: &[Declaration]) -> Vec<Declaration> {
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
