//! A style sheet cut down to the rules that a book has elements for.
//!
//! In: a style sheet of ours, and the [`Shapes`] of a book's documents. Out: the same rules in the same order, without
//! the selectors that select nothing, without rules that lost all theirs, and without comments.
//!
//! Steps: `statement` takes one statement off the sheet (a rule, an at-rule with its block, or one that ends in a
//! semicolon); `selector_of` reads a selector; what stands in a `@media` is cut down by itself.

use super::super::shapes::{Compound, Join, Selector, Shapes};

/// At-rules that hold rules.
const HOLDERS: [&str; 4] = ["@media", "@supports", "@container", "@layer"];

/// Cuts a style sheet down.
pub(in crate::epub) fn prune(sheet: &str, shapes: &Shapes) -> String {
    let mut out = String::with_capacity(sheet.len());
    rules(sheet, shapes, "", &mut out);
    out
}

fn rules(sheet: &str, shapes: &Shapes, margin: &str, out: &mut String) {
    let mut rest = sheet;
    while let Some((prelude, block, after)) = statement(rest) {
        rest = after;
        let Some(block) = block else {
            out.push_str(&format!("{margin}{prelude};\n"));
            continue;
        };
        if HOLDERS.iter().any(|at| prelude.starts_with(at)) {
            let mut inner = String::new();
            rules(block, shapes, &format!("{margin}  "), &mut inner);
            if !inner.is_empty() {
                out.push_str(&format!("{margin}{prelude} {{\n{inner}{margin}}}\n"));
            }
        } else if prelude.starts_with('@') {
            out.push_str(&format!("{margin}{prelude} {{{block}}}\n"));
        } else {
            let heard: Vec<&str> = split(prelude, ',')
                .into_iter()
                .map(str::trim)
                .filter(|one| selector_of(one).is_none_or(|one| shapes.has(&one)))
                .collect();
            if !heard.is_empty() {
                let heard = heard.join(", ");
                out.push_str(&format!("{margin}{heard} {{{block}}}\n"));
            }
        }
    }
}

/// The first statement of a style sheet: what stands before its block, the block if it has one, and what follows it.
fn statement(sheet: &str) -> Option<(&str, Option<&str>, &str)> {
    let mut sheet = sheet.trim_start();
    while let Some(comment) = sheet.strip_prefix("/*") {
        sheet = comment.split_once("*/")?.1.trim_start();
    }
    let end = find(sheet, &['{', ';'])?;
    let prelude = sheet[..end].trim_end();
    if sheet[end..].starts_with(';') {
        return Some((prelude, None, &sheet[end + 1..]));
    }
    let block = &sheet[end + 1..];
    let mut depth = 1;
    let mut at = 0;
    while depth > 0 {
        at += find(&block[at..], &['{', '}'])?;
        depth = if block[at..].starts_with('{') {
            depth + 1
        } else {
            depth - 1
        };
        at += 1;
    }
    Some((prelude, Some(&block[..at - 1]), &block[at..]))
}

/// The first of some ASCII characters that stands outside strings and escapes.
fn find(css: &str, wanted: &[char]) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in css.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '\\' => escaped = true,
            c if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' => quote = Some(c),
            c if wanted.contains(&c) => return Some(at),
            _ => {}
        }
    }
    None
}

/// A list's members; commas in brackets part nothing.
fn split(list: &str, at: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut place, mut depth) = (0, 0, 0_u32);
    while let Some(step) = find(&list[place..], &[at, '(', ')', '[', ']']) {
        place += step;
        match &list[place..=place] {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                parts.push(&list[from..place]);
                from = place + 1;
            }
            _ => {}
        }
        place += 1;
    }
    parts.push(&list[from..]);
    parts
}

/// A selector, without its attributes and pseudo-classes. `None` for what is none: its rule is kept.
pub(in crate::epub) fn selector_of(text: &str) -> Option<Selector> {
    let mut selector: Selector = Vec::new();
    let mut join = Join::Within;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (compound, after) = compound(rest)?;
        selector.push((join, compound));
        rest = after.trim_start();
        join = match rest.chars().next() {
            Some('>') => Join::Child,
            Some('+') => Join::Next,
            Some('~') => Join::Later,
            _ => Join::Within,
        };
        if join != Join::Within {
            rest = rest[1..].trim_start();
        }
    }
    (!selector.is_empty()).then_some(selector)
}

fn compound(text: &str) -> Option<(Compound, &str)> {
    let mut compound = Compound::default();
    let mut rest = text;
    loop {
        match rest.chars().next() {
            Some('*') => rest = &rest[1..],
            Some('.') => {
                let (class, after) = ident(&rest[1..])?;
                compound.classes.push(class);
                rest = after;
            }
            Some('[') => rest = &rest[find(rest, &[']'])? + 1..],
            Some(':') => {
                let (_, after) = ident(rest.trim_start_matches(':'))?;
                rest = after;
                if rest.starts_with('(') {
                    let mut depth = 0;
                    let mut at = 0;
                    loop {
                        at += find(&rest[at..], &['(', ')'])?;
                        depth += if rest[at..].starts_with('(') { 1 } else { -1 };
                        at += 1;
                        if depth == 0 {
                            break;
                        }
                    }
                    rest = &rest[at..];
                }
            }
            None | Some(' ' | '\n' | '>' | '+' | '~') => break,
            Some(_) => {
                let (name, after) = ident(rest)?;
                compound.name = Some(name);
                rest = after;
            }
        }
    }
    (rest.len() < text.len()).then_some((compound, rest))
}

/// A name, its escapes resolved.
fn ident(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '\\' {
            let digits = rest[1..]
                .find(|c: char| !c.is_ascii_hexdigit())
                .unwrap_or(rest.len() - 1)
                .min(6);
            if digits == 0 {
                return None;
            }
            let code = u32::from_str_radix(&rest[1..=digits], 16).ok()?;
            name.push(char::from_u32(code)?);
            rest = &rest[1 + digits..];
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        } else if c.is_alphanumeric() || c == '-' || c == '_' || !c.is_ascii() {
            name.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            break;
        }
    }
    (!name.is_empty()).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_without_elements_go() {
        let mut shapes = Shapes::default();
        shapes.enter("body", "");
        shapes.enter("p", "a{b");
        let sheet = "/* All. */\n@page { margin: 5%; }\nbody { margin: 0; }\np, ul li, .a\\7b b { a: \"}\"; }\n\
             ul::before {\n  content: \"{\";\n}\n@media (prefers-color-scheme: dark) {\n  ul {\n    color: red;\n  }\n}\n\
             @media print {\n  ul {\n    color: red;\n  }\n  p:not(.a, .b) {\n    color: red;\n  }\n}\n\
             @namespace epub \"x;y\";\n";
        assert_eq!(
            prune(sheet, &shapes),
            "@page { margin: 5%; }\nbody { margin: 0; }\np, .a\\7b b { a: \"}\"; }\n\
             @media print {\n  p:not(.a, .b) {\n    color: red;\n  }\n}\n@namespace epub \"x;y\";\n"
        );
    }
}
