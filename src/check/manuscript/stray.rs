//! Markup that became no markup and is printed: stars, brackets of a link, code that never ends, and what other tools would have
//! taken for their own.
//!
//! In: lines, where code and formulas are no text. What stands behind a backslash is meant. What as a rule a whole chapter has
//! alike (signs of another tool, scene breaks with backslashes, grid tables) is told once in it.

use super::Page;
use super::line::{Form, Line, OBJECT};
use crate::diag::{Code, Diagnostic, Sink};

pub(super) fn judge(page: &Page<'_>, sink: &Sink) {
    let mut alike: [(Option<Told<'_>>, usize); 3] = Default::default();
    for line in &page.lines {
        let found = [scene_break(line), template(line), grid(line)];
        for ((first, times), found) in alike.iter_mut().zip(found) {
            if let Some((range, what, hint)) = found {
                first.get_or_insert((line, range, what, hint));
                *times += 1;
            }
        }
        for (range, what, hint) in [
            stars(page, line),
            link(page, line),
            attributes(line),
            latex(line),
        ]
        .into_iter()
        .chain([wiki(line), code(page, line)])
        .flatten()
        {
            tell(page, (line, range, what, hint), 1, sink);
        }
    }
    for (first, times) in alike {
        if let Some(first) = first {
            tell(page, first, times, sink);
        }
    }
}

/// A link's words, its target and attributes are looked for within so many bytes.
const NEAR: usize = 400;
/// So many signs of a line are looked up in the Markdown: each look-up reads a paragraph.
const LOOKS: usize = 16;

/// From where to where in a line, what is said of it, what helps.
type Found = ((usize, usize), String, &'static str);

type Told<'l> = (&'l Line, (usize, usize), String, &'static str);

fn tell(page: &Page<'_>, (line, (start, end), what, hint): Told<'_>, times: usize, sink: &Sink) {
    let more = match times {
        1 => String::new(),
        times => format!(", one of {times} in this chapter"),
    };
    let at = page.span(line, start, end);
    let message = format!("{what}{more}");
    sink.push(Diagnostic::new(Code::StrayMarkup, at, message).hint(hint));
}

/// `\* \* \*` alone, as some tools write out scene breaks.
fn scene_break(line: &Line) -> Option<Found> {
    let text = line.text.trim();
    let stars = text.chars().filter(|c| *c == '*').count();
    let alone = text.chars().all(|c| c == '*' || c.is_whitespace());
    let is_break = stars >= 3 && alone && matches!(line.form, Form::Paragraph | Form::Inner);
    is_break.then(|| {
        let what = format!("`{text}` is set as words, not as a scene break");
        let hint = "write `* * *` alone on its line, without backslashes";
        ((0, line.text.len()), what, hint)
    })
}

/// `{% include … %}` of Jekyll and Liquid, `{{< … >}}` of Hugo and Quarto.
fn template(line: &Line) -> Option<Found> {
    let (from, close) = [("{%", "%}"), ("{{<", ">}}"), ("{{%", "%}}")]
        .into_iter()
        .find_map(|(open, close)| Some((line.text.find(open)?, close)))?;
    let end = from + line.text[from..].find(close)? + close.len();
    let what = format!(
        "`{}` is of another tool, and is printed",
        quoted(&line.text[from..end])
    );
    let hint = "take it out, or write it in recto's own Markdown: `{{include FILE}}`, `{{name}}`";
    Some(((from, end), what, hint))
}

/// pandoc's tables drawn with `+---+`.
fn grid(line: &Line) -> Option<Found> {
    let text = line.text.trim_start();
    let rest = text.strip_prefix('+')?;
    let rule = |c: char| matches!(c, '-' | '–' | '—' | '=' | ':' | '+');
    let end = rest.find(|c| !rule(c)).unwrap_or(rest.len());
    let is_grid = rest[..end].chars().count() >= 3 && rest[..end].ends_with('+');
    is_grid.then(|| {
        let start = line.text.len() - text.len();
        (
            (start, start + 1 + end),
            "a table drawn with `+---+` is set as words".to_owned(),
            "write it as a table of pipes: `| a | b |`",
        )
    })
}

/// Stars that were to open and close: `**a**` where neither does, `*a *`.
fn stars(page: &Page<'_>, line: &Line) -> Option<Found> {
    if !line.text.contains('*') || line.text.trim().starts_with("* *") {
        return None;
    }
    let mut open: Option<(usize, usize)> = None;
    let (mut rest, mut looks) = (0, 0);
    while let Some(found) = line.text[rest..].find('*') {
        let start = rest + found;
        let after = line.text[start..].trim_start_matches('*');
        let end = line.text.len() - after.len();
        rest = end;
        let gap = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (before, after) = (line.text[..start].chars().next_back(), after.chars().next());
        let many = end - start;
        match open {
            Some((_, length)) if length == many => {
                // One star behind a word is a footnote's.
                let closes = match many {
                    1 => gap(before) && !word(after),
                    _ => !word(after) && (!gap(before) || gap(after)),
                };
                looks += usize::from(closes);
                if looks > LOOKS {
                    return None;
                }
                if closes && is_typed(page, line, start) {
                    let (from, _) = open?;
                    let what = format!(
                        "`{}` is printed with its stars",
                        quoted(&line.text[from..end])
                    );
                    let hint = "let the stars touch the words that they stand around, or write `\\*` for a star";
                    return is_typed(page, line, from).then_some(((from, end), what, hint));
                }
            }
            _ => {}
        }
        let ahead = before.is_none_or(|c| !c.is_alphanumeric()) && word(after);
        if many < 4 && ahead {
            open = Some((start, many));
        }
    }
    None
}

/// Whether a sign stands in the Markdown without a backslash.
fn is_typed(page: &Page<'_>, line: &Line, at: usize) -> bool {
    let typed = line.typed(at, page.chapter, page.sources);
    typed.is_some_and(|(before, c)| before != Some('\\') && line.text[at..].starts_with(c))
}

/// `[words](target` and `[words][name]` that are no links.
fn link(page: &Page<'_>, line: &Line) -> Option<Found> {
    let text = &line.text;
    let mut looks = 0;
    for (at, middle) in text.match_indices("](").chain(text.match_indices("][")) {
        let near = text.ceil_char_boundary(at.saturating_sub(NEAR));
        let Some(from) = opening(&text[near..at]).map(|from| near + from) else {
            continue;
        };
        let words = &text[from + 1..at];
        // `a[i][j]`, `f[x](y)`
        let of_a_name = text[..from]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || c == ')' || c == ']');
        let many =
            words.chars().filter(|c| c.is_alphabetic()).count() > 1 || words.contains(OBJECT);
        if of_a_name || !many {
            continue;
        }
        looks += 1;
        if looks > LOOKS {
            break;
        }
        // What follows may be the words of a link of its own.
        let typed = line.typed(at + 1, page.chapter, page.sources);
        let beside = typed.is_none_or(|(before, _)| before == Some(']'));
        if !beside || !is_typed(page, line, at) {
            continue;
        }
        let target = &text[at + 2..];
        let target = &target[..target.floor_char_boundary(NEAR)];
        let close = if middle == "](" { ')' } else { ']' };
        let end = target.find(close);
        let name = match end {
            Some(end) => &target[..end],
            None => target.split(char::is_whitespace).next().unwrap_or_default(),
        };
        if middle == "][" {
            if end.is_none() || name.contains(char::is_whitespace) {
                continue;
            }
            let what = format!(
                "`[{}][{name}]` is no link: nothing defines its target",
                quoted(words)
            );
            let end = at + 2 + name.len() + 1;
            return Some((
                (from, end),
                what,
                "define it, as in `[name]: target`, or mend its name",
            ));
        }
        let is_address =
            name.starts_with([OBJECT, '#', '/', '.']) || name.contains(['/', '.', OBJECT]);
        if is_address {
            let what = format!("`[{}](` begins a link that is none", quoted(words));
            let hint = "close its target with `)`, and put one with spaces between `<` and `>`";
            return Some(((from, at + 2), what, hint));
        }
    }
    None
}

/// Where the bracket stands that is closed behind a text.
fn opening(text: &str) -> Option<usize> {
    let mut inside = 0usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ']' => inside += 1,
            '[' if inside == 0 => return Some(at),
            '[' => inside -= 1,
            _ => {}
        }
    }
    None
}

/// `{#id}`, `{.class}`, kramdown's `{: .class}`, where no attributes can stand.
fn attributes(line: &Line) -> Option<Found> {
    let text = &line.text;
    for (from, _) in text.match_indices('{') {
        let rest = &text[from + 1..];
        let rest = &rest[..rest.floor_char_boundary(NEAR)];
        let inner = rest
            .strip_prefix(':')
            .unwrap_or(rest)
            .trim_start_matches(' ');
        let mut chars = inner.chars();
        let begins = matches!(chars.next(), Some('#' | '.'))
            && chars.next().is_some_and(char::is_alphabetic);
        let Some(end) = rest.find('}').filter(|_| begins) else {
            continue;
        };
        if rest[..end].contains('{') {
            continue;
        }
        let end = from + 1 + end + 1;
        let what = format!("`{}` is printed", quoted(&text[from..end]));
        let hint = "put it right behind what it belongs to: a heading, an image, a link, code or `[words]`";
        return Some(((from, end), what, hint));
    }
    None
}

/// Commands of LaTeX that mean something to it in any text.
const LATEX: &[&str] = &[
    "begin{",
    "end{",
    "cite{",
    "citep{",
    "citet{",
    "ref{",
    "label{",
    "footnote{",
    "emph{",
    "textit{",
    "textbf{",
    "texttt{",
    "newpage",
    "clearpage",
    "pagebreak",
    "vspace{",
    "hspace{",
    "noindent",
    "includegraphics",
    "chapter{",
    "section{",
    "index{",
];

fn latex(line: &Line) -> Option<Found> {
    for (from, _) in line.text.match_indices('\\') {
        let rest = &line.text[from + 1..];
        let Some(command) = LATEX.iter().find(|command| rest.starts_with(**command)) else {
            continue;
        };
        let end = from + 1 + command.len();
        let what = format!(
            "`{}` is a command of LaTeX, and is printed",
            &line.text[from..end]
        );
        return Some(((from, end), what, "say it in Markdown, or take it out"));
    }
    None
}

/// `[[Page]]` of wikis.
fn wiki(line: &Line) -> Option<Found> {
    let from = line.text.find("[[")?;
    let inner = &line.text[from + 2..];
    let end = inner.find("]]")?;
    let name = &inner[..end];
    let is_name = name.starts_with(char::is_alphabetic) && !name.contains(['[', ']', '(', OBJECT]);
    let before = line.text[..from].chars().next_back();
    let apart = before.is_none_or(|c| !c.is_alphanumeric() && c != '#');
    (is_name && apart).then(|| {
        let what = format!("`[[{}]]` is no link", quoted(name));
        let hint = "write `[words](file.md)`";
        ((from, from + 2 + end + 2), what, hint)
    })
}

/// A backtick in the text.
fn code(page: &Page<'_>, line: &Line) -> Option<Found> {
    let mut ticks = line.text.match_indices('`').take(LOOKS);
    let (from, _) = ticks.find(|(at, _)| is_typed(page, line, *at))?;
    let rest = &line.text[from..];
    let end = from + rest.len() - rest.trim_start_matches('`').len();
    let what = "a backtick is printed: it begins no code".to_owned();
    let hint = "close the code with as many backticks as begin it, or write `\\`` for the sign";
    Some(((from, end), what, hint))
}

/// Not more of a text than is needed to know it.
fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let text = text.replace(OBJECT, "…").replace(['\n', '`'], " ");
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}
