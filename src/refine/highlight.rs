//! What the stretches of a code block are.
//!
//! In: a language's name and the code. Out: [`Token`]s in order. Sublime's grammars find scopes such as
//! `keyword.control.rust`; a short table makes one of our few kinds of each. A language that nobody knows has no tokens.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::model::{Token, TokenKind};

/// Lines longer than this are data, not code, and cost the grammars much.
const LONGEST_LINE: usize = 2_000;

/// The same of whole blocks, in bytes.
const LONGEST_BLOCK: usize = 400_000;

/// Names that authors use and the grammars do not.
const ALIASES: &[(&str, &str)] = &[
    ("console", "bash"),
    ("shell", "bash"),
    ("sh-session", "bash"),
    ("zsh", "bash"),
    ("yml", "yaml"),
    ("golang", "go"),
    ("c#", "cs"),
    ("dockerfile", "Dockerfile"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("vue", "html"),
    ("mjs", "js"),
    ("rust,ignore", "rust"),
];

/// From scopes to kinds; the first row that fits, from the innermost scope outwards.
const KINDS: &[(&str, Option<TokenKind>)] = &[
    ("comment", Some(TokenKind::Comment)),
    ("punctuation.definition.comment", Some(TokenKind::Comment)),
    ("punctuation.definition.string", Some(TokenKind::String)),
    ("string", Some(TokenKind::String)),
    ("constant", Some(TokenKind::Constant)),
    ("markup.inserted", Some(TokenKind::Inserted)),
    ("markup.deleted", Some(TokenKind::Deleted)),
    ("meta.diff.header", Some(TokenKind::Comment)),
    ("meta.annotation", Some(TokenKind::Attribute)),
    ("meta.attribute", Some(TokenKind::Attribute)),
    ("variable.annotation", Some(TokenKind::Attribute)),
    ("entity.other.attribute-name", Some(TokenKind::Attribute)),
    ("entity.name.tag", Some(TokenKind::Tag)),
    ("meta.mapping.key", Some(TokenKind::Tag)),
    ("support.type.property-name", Some(TokenKind::Tag)),
    ("entity.name.function", Some(TokenKind::Function)),
    ("support.function", Some(TokenKind::Function)),
    ("variable.function", Some(TokenKind::Function)),
    ("entity.name.type", Some(TokenKind::Type)),
    ("entity.name.class", Some(TokenKind::Type)),
    ("entity.name.struct", Some(TokenKind::Type)),
    ("entity.name.enum", Some(TokenKind::Type)),
    ("entity.name.trait", Some(TokenKind::Type)),
    ("support.type", Some(TokenKind::Type)),
    ("support.class", Some(TokenKind::Type)),
    ("storage.type.numeric", Some(TokenKind::Constant)),
    ("keyword.operator", None),
    ("keyword", Some(TokenKind::Keyword)),
    ("storage.type", Some(TokenKind::Keyword)),
    ("storage.modifier", Some(TokenKind::Keyword)),
    ("variable.language", Some(TokenKind::Keyword)),
];

struct Grammars {
    set: SyntaxSet,
    kinds: Vec<(Scope, Option<TokenKind>)>,
}

/// Read once, and only by a book that has code.
fn grammars() -> &'static Grammars {
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    GRAMMARS.get_or_init(|| {
        let kinds = KINDS
            .iter()
            .filter_map(|(name, kind)| Scope::new(name).ok().map(|scope| (scope, *kind)))
            .collect();
        Grammars {
            set: two_face::syntax::extra_newlines(),
            kinds,
        }
    })
}

/// The tokens of a block of code.
pub(super) fn tokens(lang: Option<&str>, text: &str) -> Vec<Token> {
    let Some(lang) = lang else { return Vec::new() };
    if text.len() > LONGEST_BLOCK || matches!(lang, "text" | "txt" | "plain" | "output") {
        return Vec::new();
    }
    let grammars = grammars();
    find(&grammars.set, lang)
        .map(|syntax| parse(grammars, syntax, text))
        .unwrap_or_default()
}

fn find<'a>(set: &'a SyntaxSet, lang: &str) -> Option<&'a SyntaxReference> {
    let lang = lang.to_ascii_lowercase();
    let name = ALIASES
        .iter()
        .find(|(alias, _)| *alias == lang)
        .map_or(lang.as_str(), |(_, name)| name);
    set.find_syntax_by_token(name)
}

fn parse(grammars: &Grammars, syntax: &SyntaxReference, text: &str) -> Vec<Token> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > LONGEST_LINE {
            at += line.len();
            continue;
        }
        // A grammar that fails leaves the rest of the block plain.
        let with_end = if line.ends_with('\n') {
            line.to_owned()
        } else {
            format!("{line}\n")
        };
        let Ok(ops) = state.parse_line(&with_end, &grammars.set) else {
            break;
        };
        let mut from = 0;
        let shown = line.trim_end_matches('\n').len();

        for (to, op) in ops {
            push(
                &mut out,
                at + from,
                at + to.min(shown),
                kind(grammars, &stack),
            );
            from = to;
            if stack.apply(&op).is_err() {
                return out;
            }
        }
        push(&mut out, at + from, at + shown, kind(grammars, &stack));
        at += line.len();
    }
    out
}

/// Appends a stretch, or lengthens the last one.
fn push(out: &mut Vec<Token>, start: usize, end: usize, kind: Option<TokenKind>) {
    let Some(kind) = kind.filter(|_| start < end) else {
        return;
    };
    match out.last_mut() {
        Some(last) if last.end as usize == start && last.kind == kind => last.end = end as u32,
        _ => out.push(Token {
            start: start as u32,
            end: end as u32,
            kind,
        }),
    }
}

fn kind(grammars: &Grammars, stack: &ScopeStack) -> Option<TokenKind> {
    let of = |scope: &Scope| {
        grammars
            .kinds
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(*scope))
            .map(|(_, kind)| *kind)
    };
    stack.as_slice().iter().rev().find_map(of).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_is_coloured() {
        let code = "// hi\nfn main() { let x = \"s\"; }";
        let found: Vec<(&str, TokenKind)> = tokens(Some("rust"), code)
            .into_iter()
            .map(|t| (&code[t.start as usize..t.end as usize], t.kind))
            .collect();
        assert!(found.contains(&("// hi", TokenKind::Comment)), "{found:?}");
        assert!(found.contains(&("fn", TokenKind::Keyword)), "{found:?}");
        assert!(found.contains(&("main", TokenKind::Function)), "{found:?}");
        assert!(found.contains(&("\"s\"", TokenKind::String)), "{found:?}");
    }

    #[test]
    fn the_usual_languages_are_known_and_the_unknown_is_plain() {
        for lang in [
            "rust",
            "python",
            "js",
            "ts",
            "typescript",
            "toml",
            "yaml",
            "yml",
            "json",
            "html",
            "css",
            "c",
            "cpp",
            "java",
            "go",
            "bash",
            "sh",
            "console",
            "markdown",
            "md",
            "sql",
            "xml",
            "diff",
            "ruby",
            "haskell",
            "latex",
            "kotlin",
            "swift",
            "make",
            "ini",
        ] {
            assert!(find(&grammars().set, lang).is_some(), "{lang}");
        }
        assert_eq!(tokens(Some("no-such-language"), "x"), []);
        assert_eq!(tokens(None, "x"), []);
    }
}
