//! How a first paragraph begins: a tall first letter, first words in small capitals.
//!
//! In: a paragraph's inlines. Out: inlines again, cut or dressed; whatever is within emphasis or a link stays there.

use crate::model::{Inline, InlineKind};

/// Cuts off the first letter, with an opening mark before it and an apostrophe behind it. `None` where the paragraph does
/// not begin with a letter.
pub fn cut_initial(inlines: &[Inline]) -> Option<(Vec<Inline>, Vec<Inline>)> {
    let (first, rest) = inlines.split_first()?;
    let same = |kind: InlineKind| Inline { id: first.id, kind };
    if let InlineKind::Text(text) = &first.kind {
        let at = initial(text)?;
        let after = same(InlineKind::Text(text[at..].to_owned()));
        let after = std::iter::once(after).chain(rest.iter().cloned());
        let before = same(InlineKind::Text(text[..at].to_owned()));
        return Some((vec![before], after.collect()));
    }
    if !holds_words(&first.kind) {
        return None;
    }
    let (inner, left) = cut_initial(first.kind.content())?;
    let with = |content: Vec<Inline>| {
        let mut kind = first.kind.clone();
        if let Some(inside) = kind.content_mut() {
            *inside = content;
        }
        same(kind)
    };
    let after = std::iter::once(with(left)).chain(rest.iter().cloned());
    Some((vec![with(inner)], after.collect()))
}

/// The bytes of a first letter and of the marks that go with it.
fn initial(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while chars
        .next_if(|(_, c)| matches!(c, '“' | '‘' | '«' | '„' | '¿' | '¡' | '"' | '\'' | '('))
        .is_some()
    {}
    chars.next().filter(|(_, c)| c.is_alphabetic())?;
    let marks = |c: char| ('\u{300}'..'\u{370}').contains(&c);
    while chars.next_if(|(_, c)| marks(*c) || *c == '’').is_some() {}
    Some(chars.next()?.0)
}

/// Puts the first words in small capitals.
pub fn lead_in(inlines: &[Inline], words: u8) -> Vec<Inline> {
    let mut left = words;
    dress(inlines, &mut left)
}

fn dress(inlines: &[Inline], left: &mut u8) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len() + 1);
    for inline in inlines {
        let same = |kind: InlineKind| Inline {
            id: inline.id,
            kind,
        };
        match &inline.kind {
            _ if *left == 0 => out.push(inline.clone()),
            InlineKind::Text(text) => {
                let at = words_end(text, left);
                let (small, rest) = text.split_at(at);
                if !small.is_empty() {
                    let words = same(InlineKind::Text(small.to_owned()));
                    out.push(same(InlineKind::SmallCaps(vec![words])));
                }
                if !rest.is_empty() {
                    out.push(same(InlineKind::Text(rest.to_owned())));
                }
            }
            kind if holds_words(kind) => {
                let mut kind = kind.clone();
                if let Some(content) = kind.content_mut() {
                    *content = dress(content, left);
                }
                out.push(same(kind));
            }
            _ => out.push(inline.clone()),
        }
    }
    out
}

/// Where so many words of a text end; takes them off the count.
fn words_end(text: &str, left: &mut u8) -> usize {
    let mut within = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() && within {
            *left -= 1;
            if *left == 0 {
                return at;
            }
        }
        within = !c.is_whitespace();
    }
    text.len()
}

/// Inlines that are words with something about them.
fn holds_words(kind: &InlineKind) -> bool {
    matches!(
        kind,
        InlineKind::Emph(_)
            | InlineKind::SmallCaps(_)
            | InlineKind::Strong(_)
            | InlineKind::Quoted(_)
            | InlineKind::Span { .. }
            | InlineKind::Link { .. }
            | InlineKind::Index { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NodeId, plain_inlines};

    fn inline(kind: InlineKind) -> Inline {
        Inline {
            id: NodeId(0),
            kind,
        }
    }

    fn text(words: &str) -> Inline {
        inline(InlineKind::Text(words.to_owned()))
    }

    #[test]
    fn the_first_letter_takes_its_marks_along() {
        for (words, first, rest) in [
            ("There is", "T", "here is"),
            ("“There is", "“T", "here is"),
            ("L’été fut", "L’", "été fut"),
        ] {
            let (initial, left) = cut_initial(&[text(words)]).unwrap();
            assert_eq!(plain_inlines(&initial), first);
            assert_eq!(plain_inlines(&left), rest);
        }
        let emphasis = inline(InlineKind::Emph(vec![text("Soon")]));
        let (initial, left) = cut_initial(&[emphasis, text(" after")]).unwrap();
        assert!(matches!(initial[0].kind, InlineKind::Emph(_)));
        assert_eq!(plain_inlines(&left), "oon after");
        assert!(cut_initial(&[text("1851 was")]).is_none());
        assert!(cut_initial(&[]).is_none());
    }

    #[test]
    fn first_words_are_counted_across_inlines() {
        let inlines = [
            text("Some "),
            inline(InlineKind::Emph(vec![text("years ago")])),
            text(" I thought"),
        ];
        let dressed = lead_in(&inlines, 2);
        assert_eq!(plain_inlines(&dressed), "Some years ago I thought");
        let small: Vec<String> = dressed
            .iter()
            .flat_map(|inline| std::iter::once(inline).chain(inline.kind.content()))
            .filter(|inline| matches!(inline.kind, InlineKind::SmallCaps(_)))
            .map(|inline| plain_inlines(std::slice::from_ref(inline)))
            .collect();
        assert_eq!(small, ["Some ", "years"]);
    }
}
