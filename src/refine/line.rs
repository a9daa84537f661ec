//! A paragraph's inlines as one line of text.
//!
//! A quotation mark is judged by its neighbours, and these may stand in another inline (`"*word*"`). So the inlines are
//! laid end to end in one text, where everything that is no text counts as a letter or a space; each of its segments is
//! rewritten in turn with all of it in view, and the results are put back.

use crate::model::{Inline, InlineKind, LITERAL, Lang};

use super::{dashes, quotes, spaces};

/// Stands for an inline that is a thing among words: code, an image, a formula.
const THING: char = '\u{FFFC}';

/// Puts the language's marks around `<q>`, which has none of its own.
pub(super) fn quote(content: &mut [Inline], lang: &Lang) {
    for inline in content {
        let id = inline.id;
        if let InlineKind::Quoted(content) = &mut inline.kind {
            let mark = |mark: &str| Inline {
                id,
                kind: InlineKind::Text(mark.to_owned()),
            };
            let [open, close, ..] = *quotes::marks(lang);
            content.insert(0, mark(open));
            content.push(mark(close));
        }
        let own = match &inline.kind {
            InlineKind::Span { attrs, .. } => attrs.lang.clone(),
            _ => None,
        };
        if let Some(content) = inline.kind.content_mut() {
            quote(content, own.as_ref().unwrap_or(lang));
        }
    }
}

/// Rewrites all texts of a paragraph.
pub(super) fn refine(content: &mut [Inline], lang: &Lang) {
    if !worth_it(content, lang) {
        return;
    }
    let mut segments = Vec::new();
    flatten(content, lang, &mut segments);
    dashes::refine(&mut segments);
    quotes::refine(&mut segments);
    spaces::refine(&mut segments);
    let mut texts = segments
        .into_iter()
        .filter(|segment| segment.is_text)
        .map(|segment| segment.text);
    restore(content, &mut texts);
}

/// A piece of the line.
pub(super) struct Segment {
    /// What it says.
    pub text: String,
    /// In which language.
    pub lang: Lang,
    /// From a text, to be put back; else it only stands for something.
    pub is_text: bool,
}

/// Whether anything in there could change: most paragraphs of a clean manuscript have nothing.
fn worth_it(content: &[Inline], lang: &Lang) -> bool {
    let spaced = spaces::has_rules(lang);
    content.iter().any(|inline| match &inline.kind {
        InlineKind::Text(text) => {
            text.contains(['"', '\'', LITERAL])
                || text.contains("--")
                || text.contains("..")
                || (spaced && text.chars().any(spaces::is_concerned))
        }
        InlineKind::Span { attrs, content } => match &attrs.lang {
            Some(own) => worth_it(content, own),
            None => worth_it(content, lang),
        },
        other => worth_it(other.content(), lang),
    })
}

fn flatten(content: &mut [Inline], lang: &Lang, out: &mut Vec<Segment>) {
    let stand_in = |c: char| Segment {
        text: c.to_string(),
        lang: lang.clone(),
        is_text: false,
    };
    for inline in content {
        match &mut inline.kind {
            InlineKind::Text(text) => out.push(Segment {
                text: std::mem::take(text),
                lang: lang.clone(),
                is_text: true,
            }),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(stand_in(' ')),
            InlineKind::Code { .. } | InlineKind::Image(_) | InlineKind::Math { .. } => {
                out.push(stand_in(THING))
            }
            InlineKind::Cite { .. } | InlineKind::Ref { .. } => out.push(stand_in(THING)),
            InlineKind::NoteCall(_) => {}
            InlineKind::Span { attrs, content } => {
                let own = attrs.lang.clone().unwrap_or_else(|| lang.clone());
                flatten(content, &own, out);
            }
            // An autolink shows its address: that is no prose.
            InlineKind::Link { to, content, .. } if shows(content, to) => out.push(stand_in(THING)),
            other => {
                if let Some(content) = other.content_mut() {
                    flatten(content, lang, out);
                }
            }
        }
    }
}

fn shows(content: &[Inline], to: &str) -> bool {
    matches!(content, [Inline { kind: InlineKind::Text(text), .. }] if to == text || to.strip_prefix("mailto:") == Some(text))
}

fn restore(content: &mut [Inline], texts: &mut impl Iterator<Item = String>) {
    for inline in content {
        match &mut inline.kind {
            InlineKind::Text(text) => {
                *text = texts.next().unwrap_or_default();
                text.retain(|c| c != LITERAL);
            }
            InlineKind::Link { to, content, .. } if shows(content, to) => {}
            other => {
                if let Some(content) = other.content_mut() {
                    restore(content, texts);
                }
            }
        }
    }
}

/// All segments' texts as one, for those who look around.
pub(super) fn joined(segments: &[Segment]) -> Vec<char> {
    segments
        .iter()
        .flat_map(|segment| segment.text.chars())
        .collect()
}

/// Rewrites every character of the texts: `write` gets the whole line, the place in it, and where to put what replaces
/// the character there; it returns how many characters it has dealt with (0 counts as 1, copied).
pub(super) fn rewrite(
    segments: &mut [Segment],
    mut write: impl FnMut(&[char], usize, &Lang, &mut String) -> usize,
) {
    let line = joined(segments);
    let mut at = 0;
    for segment in segments {
        let end = at + segment.text.chars().count();
        if !segment.is_text {
            at = end;
            continue;
        }
        let mut out = String::with_capacity(segment.text.len() + 8);
        while at < end {
            // What a backslash stood before stays as typed, through all passes.
            if line[at] == LITERAL {
                out.extend(&line[at..end.min(at + 2)]);
                at = end.min(at + 2);
                continue;
            }
            match write(&line, at, &segment.lang, &mut out) {
                0 => {
                    out.push(line[at]);
                    at += 1;
                }
                done => at = (at + done).min(end),
            }
        }
        segment.text = out;
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::NodeId;

    pub(in crate::refine) fn text(text: &str) -> Inline {
        Inline {
            id: NodeId(0),
            kind: InlineKind::Text(text.to_owned()),
        }
    }

    pub(in crate::refine) fn refined(typed: &str, lang: &str) -> String {
        let mut content = vec![text(typed)];
        refine(&mut content, &Lang::new(lang).unwrap());
        crate::model::plain_inlines(&content)
    }

    #[test]
    fn marks_see_across_inlines() {
        let emph = |inside: &str| Inline {
            id: NodeId(0),
            kind: InlineKind::Emph(vec![text(inside)]),
        };
        let mut content = vec![
            text("\""),
            emph("so"),
            text("\" he said, "),
            emph("\"yes\""),
        ];
        refine(&mut content, &Lang::default());
        assert_eq!(crate::model::plain_inlines(&content), "“so” he said, “yes”");
    }

    #[test]
    fn what_a_backslash_protects_stays() {
        let typed = format!("{LITERAL}\"a{LITERAL}\" \"b\" c{LITERAL}-- {LITERAL}...");
        assert_eq!(refined(&typed, "en"), "\"a\" “b” c-- ...");
    }

    #[test]
    fn code_and_addresses_stay_as_typed() {
        let code = Inline {
            id: NodeId(0),
            kind: InlineKind::Code {
                text: "a--b".to_owned(),
                attrs: Box::default(),
            },
        };
        let to = "https://a.b/c--d".to_owned();
        let link = Inline {
            id: NodeId(0),
            kind: InlineKind::Link {
                to: to.clone(),
                title: None,
                attrs: Box::default(),
                content: vec![text(&to)],
            },
        };
        let mut content = vec![code, text(" -- "), link];
        refine(&mut content, &Lang::default());
        assert_eq!(
            crate::model::plain_inlines(&content),
            "a--b – https://a.b/c--d"
        );
    }
}
