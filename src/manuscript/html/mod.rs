//! Raw HTML, as far as the model has a place for it.
//!
//! In: a block of HTML, or one tag among words. Out: frames, like Markdown's own. What the model has no place for is
//! left out, with a word to the author; its text stays, but for scripts and styles.

mod element;
mod token;

use std::ops::Range;

use self::element::{Element, element};
use self::token::{Token, Tokens};
use super::builder::Builder;
use super::events::HtmlText;
use super::frame::{Holds, Kind, Opener};
use crate::diag::{Code, Diagnostic};
use crate::model::{Attrs, BlockKind, Image, InlineKind};

impl Builder<'_> {
    /// A block of HTML, or a `:::` line that was hidden as one.
    pub fn html_block(&mut self, html: &HtmlText, range: Range<usize>) {
        let source = |at: usize| {
            let index = html.lines.partition_point(|(start, _)| *start <= at);
            let (start, source) = html.lines[index.saturating_sub(1)];
            source + at - start
        };
        let start = range.start + indent(&self.text[range.clone()]);
        if self.directive(start..range.end) {
            return;
        }
        for (token, place) in Tokens::new(&html.text) {
            let range = source(place.start)..source(place.end.max(1) - 1) + 1;
            match token {
                Token::Other if self.directive(range.clone()) => {}
                Token::Text(text) => self.html_text(text, range),
                token => self.html_token(token, range),
            }
        }
        self.flush();
        // Words that stand in a block of their own are a paragraph of their own.
        if matches!(self.top().kind, Kind::Paragraph) && self.top().opener == Opener::Implied {
            self.close_to(self.frames.len() - 1);
        }
    }

    /// One tag among words.
    pub fn html_inline(&mut self, range: Range<usize>) {
        self.flush();
        let text = self.text[range.clone()].to_owned();
        for (token, _) in Tokens::new(&text) {
            match token {
                Token::Text(text) => self.html_text(text, range.clone()),
                Token::Script(name) => {
                    // Its text and its closing tag come in events of their own.
                    self.script_dropped(&name, range.clone());
                    let opener = Opener::Html(if name == "script" { "script" } else { "style" });
                    self.prepare_inline(range.start);
                    self.open(Kind::Dropped, opener, Attrs::default(), range.clone());
                }
                token => self.html_token(token, range.clone()),
            }
        }
    }

    fn html_text(&mut self, text: &str, range: Range<usize>) {
        let decoded = token::decoded(text);
        let blank = decoded.trim().is_empty();
        match self.host().kind.holds() {
            Holds::Text => self.push_text(&decoded, range),
            Holds::Nothing => {}
            Holds::Blocks | Holds::Parts if blank => {}
            _ => {
                self.prepare_inline(range.start);
                self.push_text(&decoded, range);
            }
        }
    }

    fn html_token(&mut self, token: Token<'_>, range: Range<usize>) {
        match token {
            Token::Open(tag) => self.html_opens(&tag, range),
            Token::Close(name) => self.html_closes(&name, range),
            Token::Comment | Token::Text(_) => {}
            Token::Script(name) => self.script_dropped(&name, range),
            Token::Other => self.html_dropped("a declaration or instruction", range),
        }
    }

    fn html_dropped(&mut self, what: &str, range: Range<usize>) {
        self.leave_out(Code::HtmlDropped, what, range);
    }

    fn script_dropped(&mut self, name: &str, range: Range<usize>) {
        self.leave_out(Code::ScriptDropped, &format!("`<{name}>`"), range);
    }

    /// Counts what is left out: a form may have a hundred fields, and to say it once is enough.
    fn leave_out(&mut self, code: Code, what: &str, range: Range<usize>) {
        self.left_out
            .entry((code, what.to_owned()))
            .or_insert((range, 0))
            .1 += 1;
    }

    /// Reports what was left out.
    pub fn report_left_out(&mut self) {
        for ((code, what), (range, count)) in std::mem::take(&mut self.left_out) {
            let times = match count {
                1 => String::new(),
                _ => format!(", {count} times in this file"),
            };
            let (why, hint) = match code {
                Code::ScriptDropped => ("was left out: a book runs no scripts", "remove it"),
                _ => (
                    "has no place in a book and was left out",
                    "use Markdown, or a container with a class: `::: {.name}`",
                ),
            };
            let span = self.span(range);
            self.report(Diagnostic::new(code, span, format!("{what} {why}{times}")).hint(hint));
        }
    }

    fn html_opens(&mut self, tag: &token::Tag, range: Range<usize>) {
        if matches!(self.host().kind, Kind::Dropped) {
            return;
        }
        let by = |name: &'static str| Opener::Html(name);
        match element(tag) {
            Element::Ignored => {}
            Element::Unknown => self.html_dropped(&format!("`<{}>`", tag.name), range),
            Element::Script => self.script_dropped(&tag.name, range),
            Element::Dropped(name) => {
                self.html_dropped(&format!("`<{name}>`"), range.clone());
                if !tag.closed {
                    self.flush();
                    self.open(Kind::Dropped, by(name), Attrs::default(), range);
                }
            }
            Element::Break => {
                if let Kind::Pre { .. } = self.host().kind {
                    self.push_text("\n", range);
                } else {
                    self.thing(InlineKind::HardBreak, range);
                }
            }
            Element::WordBreak => {
                self.flush();
                self.prepare_inline(range.start);
                self.push_text("\u{200B}", range);
            }
            Element::Rule => {
                if self.prepare_block() {
                    self.block(BlockKind::SceneBreak, tag.attrs(), range);
                }
            }
            Element::Image => {
                let image = Image {
                    source: super::figure::source(self.path, tag.get("src").unwrap_or_default()),
                    alt: tag.get("alt").unwrap_or_default().trim().to_owned(),
                    title: tag.get("title").map(str::to_owned),
                    attrs: element::image_attrs(tag),
                };
                self.thing(InlineKind::Image(Box::new(image)), range);
            }
            Element::Inline(name, kind, attrs) => {
                if let Kind::Pre { lang, .. } = &mut self.host().kind {
                    // `<pre><code class="language-rust">`
                    if let Some(found) = element::code_lang(tag) {
                        *lang = Some(found);
                    }
                    return;
                }
                if self.links > 0 && matches!(kind, Kind::Link { .. }) {
                    return;
                }
                self.flush();
                self.prepare_inline(range.start);
                let is_link = matches!(kind, Kind::Link { .. });
                self.open(kind, by(name), attrs, range);
                if is_link && matches!(self.top().kind, Kind::Link { .. }) {
                    self.links += 1;
                }
            }
            Element::Block(name, kind, attrs) => {
                if let Holds::Text = self.host().kind.holds() {
                    return;
                }
                if !self.prepare_block() {
                    // Its words go on among those around.
                    return;
                }
                if name == "p"
                    && let Kind::Item { loose, .. } = &mut self.host().kind
                {
                    *loose = true;
                }
                self.open(kind, by(name), attrs, range);
            }
            Element::Part(name, kind, attrs) => self.html_part(name, kind, attrs, range),
        }
    }

    /// `<li>`, `<tr>`, `<summary>`: closes its elder sister, then opens where its kind belongs.
    fn html_part(&mut self, name: &'static str, kind: Kind, attrs: Attrs, range: Range<usize>) {
        self.flush();
        let belongs = |place: &Kind| {
            matches!(
                (place, &kind),
                (Kind::List { .. }, Kind::Item { .. })
                    | (Kind::Definitions(_), Kind::Term | Kind::Body)
                    | (Kind::Table { .. }, Kind::Row { .. })
                    | (Kind::Row { .. }, Kind::Cell { .. })
                    | (
                        Kind::Table { .. } | Kind::Details { .. } | Kind::FigureElement { .. },
                        Kind::Caption
                    )
            )
        };
        let mut left = self.frames.len();
        while left > 1 {
            let frame = &self.frames[left - 1];
            if belongs(&frame.kind) {
                break;
            }
            // Neither out of what Markdown holds open nor out of a whole list or table.
            let stops = matches!(frame.opener, Opener::Markdown | Opener::Directive)
                || matches!(
                    frame.kind,
                    Kind::List { .. } | Kind::Table { .. } | Kind::Definitions(_)
                );
            if stops {
                left = 0;
            } else {
                left -= 1;
            }
        }
        if left <= 1 {
            // A cell without a row opens one.
            if matches!(kind, Kind::Cell { .. }) && matches!(self.host().kind, Kind::Table { .. }) {
                let row = Kind::Row {
                    head: false,
                    cells: Vec::new(),
                };
                self.open(row, Opener::Implied, Attrs::default(), range.clone());
                self.open(kind, Opener::Html(name), attrs, range);
                return;
            }
            if !matches!(kind, Kind::Caption) {
                self.html_dropped(&format!("`<{name}>` outside its list or table"), range);
            }
            return;
        }
        self.close_to(left);
        self.open(kind, Opener::Html(name), attrs, range);
    }

    fn html_closes(&mut self, name: &str, range: Range<usize>) {
        self.flush();
        if name == "p"
            && !self
                .frames
                .iter()
                .rev()
                .take(8)
                .any(|f| f.opener == Opener::Html("p"))
        {
            return;
        }
        let mut at = self.frames.len();
        while at > 1 {
            at -= 1;
            let frame = &mut self.frames[at];
            match &frame.opener {
                Opener::Html(open) if *open == name => {
                    frame.range.end = range.end;
                    self.close_to(at);
                    return;
                }
                Opener::Markdown | Opener::Directive => return,
                _ => {}
            }
        }
    }
}

fn indent(text: &str) -> usize {
    text.len() - text.trim_start().len()
}
