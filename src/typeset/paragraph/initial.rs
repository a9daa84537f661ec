//! How a first paragraph begins: a tall first letter, first words in small capitals.
//!
//! In: a paragraph's inlines. Out: inlines again, cut or dressed; whatever is within emphasis or a link stays there.

use crate::model::{Inline, InlineKind, NodeId};
use crate::theme::LeadIn;

/// A first letter, cut off from what stands before and behind it.
#[derive(Debug)]
pub struct CutInitial {
    /// Opening quotation marks; mostly none.
    pub marks: Vec<Inline>,
    /// The letter, with its accents and an apostrophe behind it.
    pub letter: Vec<Inline>,
    /// What follows.
    pub rest: Vec<Inline>,
    /// The words that were cut, and how many of their bytes stand before what follows.
    pub begun: Option<(NodeId, u32)>,
}

/// Cuts off the first letter. `None` where the paragraph does not begin with a letter: with a number, a dash, an image.
pub fn cut_initial(inlines: &[Inline]) -> Option<CutInitial> {
    let (node, words) = first_words(inlines)?;
    let (marks, letter) = initial(words)?;
    let begun = Some((node, letter as u32));
    let (first, rest) = cut(inlines, letter)?;
    let (marks, letter) = if marks == 0 {
        (Vec::new(), first)
    } else {
        cut(&first, marks)?
    };
    Some(CutInitial {
        marks,
        letter,
        rest,
        begun,
    })
}

/// The text that a line begins with, and whose it is.
fn first_words(inlines: &[Inline]) -> Option<(NodeId, &str)> {
    let first = inlines.first()?;
    match &first.kind {
        InlineKind::Text(text) => Some((first.id, text)),
        kind if holds_words(kind) => first_words(kind.content()),
        _ => None,
    }
}

/// Cuts inlines behind so many bytes of the text that they begin with.
fn cut(inlines: &[Inline], at: usize) -> Option<(Vec<Inline>, Vec<Inline>)> {
    let (first, rest) = inlines.split_first()?;
    let same = |kind: InlineKind| Inline { id: first.id, kind };
    if let InlineKind::Text(text) = &first.kind {
        let (before, after) = text.split_at_checked(at)?;
        let after = Some(after).filter(|after| !after.is_empty());
        let after = after.map(|after| same(InlineKind::Text(after.to_owned())));
        let after = after.into_iter().chain(rest.iter().cloned()).collect();
        return Some((vec![same(InlineKind::Text(before.to_owned()))], after));
    }
    if !holds_words(&first.kind) {
        return None;
    }
    let (inner, left) = cut(first.kind.content(), at)?;
    let with = |content: Vec<Inline>| {
        let mut kind = first.kind.clone();
        if let Some(inside) = kind.content_mut() {
            *inside = content;
        }
        same(kind)
    };
    let left = Some(left).filter(|left| !left.is_empty()).map(with);
    let after = left.into_iter().chain(rest.iter().cloned()).collect();
    Some((vec![with(inner)], after))
}

/// Where in a text the marks before its first letter end, and where the letter does with what goes with it. Something
/// must follow.
fn initial(text: &str) -> Option<(usize, usize)> {
    let mut chars = text.char_indices().peekable();
    while chars
        .next_if(|(_, c)| matches!(c, '“' | '‘' | '«' | '„' | '¿' | '¡' | '"' | '\'' | '('))
        .is_some()
    {}
    let (marks, _) = chars.next().filter(|(_, c)| c.is_alphabetic())?;
    let accents = |c: char| ('\u{300}'..'\u{370}').contains(&c);
    while chars.next_if(|(_, c)| accents(*c) || *c == '’').is_some() {}
    let end = chars.next().map_or(text.len(), |(at, _)| at);
    Some((marks, end))
}

/// The longest beginning that punctuation ends: where a sentence has none for so long, four words do.
const LONGEST: usize = 12;

/// Puts the first words in small capitals.
pub fn lead_in(inlines: &[Inline], lead: LeadIn) -> Vec<Inline> {
    let mut text = String::new();
    flat(inlines, &mut text);
    let mut left = match lead {
        LeadIn::Words(count) => words_end(&text, usize::from(count)),
        LeadIn::Punctuation => match phrase_end(&text) {
            Some(end) if text[..end].split_whitespace().count() <= LONGEST => end,
            _ => words_end(&text, 4),
        },
    };
    dress(inlines, &mut left)
}

/// The words of inlines as `dress` counts them.
fn flat(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => out.push_str(text),
            kind if holds_words(kind) => flat(kind.content(), out),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push('\n'),
            // One byte for whatever is no word.
            _ => out.push('\u{1}'),
        }
    }
}

/// Where so many words of a text end.
fn words_end(text: &str, count: usize) -> usize {
    let mut left = count;
    let mut within = false;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return at;
        }
        if c.is_whitespace() && within {
            left -= 1;
            if left == 0 {
                return at;
            }
        }
        within = !c.is_whitespace();
    }
    if left == count { 0 } else { text.len() }
}

/// Where the text before the first mark of punctuation ends.
fn phrase_end(text: &str) -> Option<usize> {
    let mut begun = false;
    for (at, c) in text.char_indices() {
        if begun && matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '…' | '—' | '–') {
            return Some(at);
        }
        begun |= c.is_alphabetic();
    }
    None
}

/// Small capitals for the first bytes.
fn dress(inlines: &[Inline], left: &mut usize) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len() + 1);
    for inline in inlines {
        let same = |kind: InlineKind| Inline {
            id: inline.id,
            kind,
        };
        match &inline.kind {
            _ if *left == 0 => out.push(inline.clone()),
            InlineKind::Text(text) => {
                let at = (*left).min(text.len());
                *left -= at;
                let (small, rest) = text.split_at_checked(at).unwrap_or((text, ""));
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
            _ => {
                *left -= 1;
                out.push(inline.clone());
            }
        }
    }
    out
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
    fn the_first_letter_is_cut_off_with_its_marks_apart() {
        for (words, marks, letter, rest) in [
            ("There is", "", "T", "here is"),
            ("“There is", "“", "T", "here is"),
            ("“‘There is", "“‘", "T", "here is"),
            ("L’été fut", "", "L’", "été fut"),
            ("E\u{301}tait", "", "E\u{301}", "tait"),
            ("I", "", "I", ""),
            ("A man", "", "A", " man"),
        ] {
            let found = cut_initial(&[text(words)]).unwrap();
            assert_eq!(plain_inlines(&found.marks), marks);
            assert_eq!(plain_inlines(&found.letter), letter);
            assert_eq!(plain_inlines(&found.rest), rest);
        }
        let emphasis = inline(InlineKind::Emph(vec![text("“Soon”")]));
        let found = cut_initial(&[emphasis, text(" after")]).unwrap();
        assert!(matches!(found.letter[0].kind, InlineKind::Emph(_)));
        assert_eq!(plain_inlines(&found.rest), "oon” after");
        assert!(cut_initial(&[text("1851 was")]).is_none());
        assert!(cut_initial(&[text("— Non")]).is_none());
        assert!(cut_initial(&[]).is_none());
    }

    fn small(inlines: &[Inline], lead: LeadIn) -> Vec<String> {
        let dressed = lead_in(inlines, lead);
        assert_eq!(plain_inlines(&dressed), plain_inlines(inlines));
        dressed
            .iter()
            .flat_map(|inline| std::iter::once(inline).chain(inline.kind.content()))
            .filter(|inline| matches!(inline.kind, InlineKind::SmallCaps(_)))
            .map(|inline| plain_inlines(std::slice::from_ref(inline)))
            .collect()
    }

    #[test]
    fn first_words_are_counted_across_inlines() {
        let inlines = [
            text("Some "),
            inline(InlineKind::Emph(vec![text("years ago")])),
            text(" I thought"),
        ];
        assert_eq!(small(&inlines, LeadIn::Words(2)), ["Some ", "years"]);
        assert_eq!(small(&inlines, LeadIn::Words(0)), [""; 0]);
        assert_eq!(
            small(&inlines, LeadIn::Words(9)),
            ["Some ", "years ago", " I thought"]
        );
    }

    #[test]
    fn a_first_phrase_ends_at_its_punctuation() {
        let phrase = |words: &str| small(&[text(words)], LeadIn::Punctuation);
        assert_eq!(phrase("“In March, when"), ["“In March"]);
        assert_eq!(phrase("They went—all of them"), ["They went"]);
        assert_eq!(
            phrase("One two three four five six"),
            ["One two three four"]
        );
        let long = "a b c d e f g h i j k l m n, o";
        assert_eq!(phrase(long), ["a b c d"]);
        assert_eq!(phrase(""), [""; 0]);
    }
}
