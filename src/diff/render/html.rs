//! A page of HTML that shows both copies side by side.
//!
//! In: a report, and a way to have pages as pictures. Out: one file that needs nothing else: no script, no net; it follows the reader's
//! choice of light or dark. What changed is marked by rectangles over the pictures and told in words under them, so that nothing is said
//! by colour alone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::list::{notes, title};
use super::{Compared, Report, called, counted};
use crate::diff::changes::{Changes, Fact, Kind, Mark, PartChange, TextChange};
use crate::diff::words::shortened;
use crate::markup::Element;
use crate::unit::{Abs, Rect, Size};

/// The style sheet.
const STYLE: &str = include_str!("diff.css");

/// Of a changed stretch, so many words are shown.
const SHOWN: usize = 60;

/// Facts of one kind that are shown, and changes of one page.
const MOST: usize = 200;

/// A page as it is shown.
pub struct Sheet {
    /// A PNG.
    pub png: Vec<u8>,
    /// The page's size.
    pub size: Size,
}

/// Gives the pages of a pair of copies as pictures: the pair's number, then pages of the old copy and of the new one by their
/// numbers.
pub type Sheets<'a> =
    dyn Fn(usize, &[usize], &[usize]) -> (Vec<Option<Sheet>>, Vec<Option<Sheet>>) + 'a;

/// As a page. Of each pair of files, `most` changed pages are shown as pictures.
pub fn html(report: &Report<'_>, most: usize, sheets: &Sheets<'_>) -> String {
    let name = report
        .pairs
        .first()
        .map(|pair| pair.new.as_str())
        .unwrap_or("recto diff");
    let head = tag("head").and([
        tag("meta").with("charset", "utf-8"),
        tag("meta")
            .with("name", "viewport")
            .with("content", "width=device-width"),
        tag("meta")
            .with("name", "color-scheme")
            .with("content", "light dark"),
        tag("title").text(format!("What changed: {name}")),
        tag("style").text(STYLE),
    ]);
    let files = report
        .pairs
        .iter()
        .enumerate()
        .map(|(number, pair)| file(number, pair, most, sheets));
    let single = report.single.iter().map(|(name, is_new)| {
        let side = if *is_new { "new" } else { "old" };
        let heading = tag("h1").text(name.as_str());
        let words = tag("p").text(format!("Only on the {side} side."));
        tag("section").and([heading, words])
    });
    let body = tag("body").and(files).and(single);
    tag("html").with("lang", "en").and([head, body]).html()
}

fn file(number: usize, pair: &Compared, most: usize, sheets: &Sheets<'_>) -> Element {
    let changes = &pair.changes;
    let mut head = tag("header").and([
        of("p", "kicker").text("What changed"),
        tag("h1").text(pair.new.as_str()),
    ]);
    if pair.old != pair.new {
        head = head.and([of("p", "from").text(format!("compared with {}", pair.old))]);
    }
    head = head.and([chips(changes)]);
    let mut section = tag("section").and([head]);
    if changes.is_empty() {
        return section.and([of("p", "none").text("Both copies show the same.")]);
    }
    let anchor = |at: usize| format!("c{number}-{at}");
    if changes.parts.len() > 1 {
        let links = changes.parts.iter().enumerate().map(|(at, part)| {
            tag("a")
                .with("href", format!("#{}", anchor(at)))
                .with("class", sort(part))
                .text(name(changes, part))
        });
        section = section.and([tag("nav").with("aria-label", "Changed pages").and(links)]);
    }
    if changes.kind == Kind::Pdf {
        section = section.and([legend()]);
    }
    section = section.and(facts(changes));
    let shown = match changes.kind {
        Kind::Pdf => &changes.parts[..changes.parts.len().min(most)],
        Kind::Epub => &[],
    };
    let old: Vec<usize> = shown.iter().filter_map(|part| part.old).collect();
    let new: Vec<usize> = shown.iter().filter_map(|part| part.new).collect();
    let (old, new) = sheets(number, &old, &new);
    let (mut old, mut new) = (old.into_iter(), new.into_iter());
    for (at, part) in changes.parts.iter().enumerate() {
        let pictured = at < shown.len();
        let left = part
            .old
            .filter(|_| pictured)
            .and_then(|_| old.next().flatten());
        let right = part
            .new
            .filter(|_| pictured)
            .and_then(|_| new.next().flatten());
        let article = tag("article").with("id", anchor(at));
        section = section.and([part_of(article, changes, part, pictured, (left, right))]);
    }
    if changes.kind == Kind::Pdf && shown.len() < changes.parts.len() {
        let words = format!(
            "The first {} are shown as pictures.",
            counted(shown.len(), "changed page")
        );
        section = section.and([of("p", "none").text(words)]);
    }
    section
}

/// `changed`, `added` or `removed`.
fn sort(part: &PartChange) -> &'static str {
    match (part.old, part.new) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    }
}

fn name(changes: &Changes, part: &PartChange) -> String {
    let of = |names: &[String], at: Option<usize>| at.map(|at| called(names, at));
    let new = of(&changes.names.1, part.new);
    new.or_else(|| of(&changes.names.0, part.old))
        .unwrap_or_default()
}

fn chips(changes: &Changes) -> Element {
    let (changed, added, removed) = changes.counts();
    let unit = changes.kind.unit();
    let (old, new) = (changes.names.0.len(), changes.names.1.len());
    let all = match old == new {
        true => counted(new, unit),
        false => format!("{old} → {}", counted(new, unit)),
    };
    let parts = [
        (1, "all", all),
        (changed, "changed", format!("{changed} changed")),
        (added, "added", format!("{added} added")),
        (removed, "removed", format!("{removed} removed")),
        (
            changes.texts.len(),
            "words",
            counted(changes.texts.len(), "change") + " of text",
        ),
    ];
    let parts = parts.into_iter().filter(|(number, ..)| *number > 0);
    of("p", "chips").and(parts.map(|(_, class, text)| of("span", class).text(text)))
}

fn legend() -> Element {
    let parts = [
        ("gone", "words that are gone"),
        ("come", "words that have come"),
        ("line", "lines that break elsewhere"),
        ("look", "set or drawn otherwise"),
    ];
    let parts = parts.map(|(class, text)| {
        let key = of("i", class);
        tag("span").and([key]).text(text)
    });
    of("p", "legend").and(parts)
}

fn facts(changes: &Changes) -> Option<Element> {
    let mut rows = Vec::new();
    let mut last = None;
    let mut shown = 0;
    for fact in &changes.facts {
        let first = last != Some(fact.about);
        shown = if first { 0 } else { shown + 1 };
        last = Some(fact.about);
        if shown < MOST {
            rows.push(row(changes, fact, first));
        } else if shown == MOST {
            let more = tag("td").with("colspan", "4").text("and more");
            rows.push(tag("tr").and([more]));
        }
    }
    (!rows.is_empty()).then(|| {
        let table = of("table", "facts").and([tag("tbody").and(rows)]);
        of("div", "wide").and([table])
    })
}

fn row(changes: &Changes, fact: &Fact, first: bool) -> Element {
    let about = if first { fact.about.name() } else { "" };
    let place = match fact.places {
        (_, Some(new)) => called(&changes.names.1, new),
        (Some(old), None) => called(&changes.names.0, old),
        (None, None) => String::new(),
    };
    let place = match changes.kind {
        Kind::Pdf if !place.is_empty() => format!("p. {place}"),
        _ => place,
    };
    let mut values = tag("td");
    if let Some(old) = &fact.old {
        values = values
            .and([tag("del").text(shortened(old, SHOWN))])
            .text(" ");
    }
    if let Some(new) = &fact.new {
        values = values.and([tag("ins").text(shortened(new, SHOWN))]);
    }
    tag("tr").and([
        tag("th").text(about),
        tag("td").text(shortened(&fact.name, SHOWN)),
        values,
        of("td", "place").text(place),
    ])
}

fn part_of(
    article: Element,
    changes: &Changes,
    part: &PartChange,
    pictured: bool,
    (left, right): (Option<Sheet>, Option<Sheet>),
) -> Element {
    let word = match (changes.kind, sort(part)) {
        (Kind::Pdf, _) => title(changes, part).replacen("p. ", "Page ", 1),
        (Kind::Epub, _) => title(changes, part),
    };
    let heading = tag("h2").text(word);
    let heading = match sort(part) {
        "changed" => heading,
        class => heading.text(" ").and([of("span", class).text(class)]),
    };
    let mut article = article.and([heading]);
    let notes = notes(part);
    if !notes.is_empty() {
        let items = notes.into_iter().map(|note| tag("li").text(note));
        article = article.and([of("ul", "notes").and(items)]);
    }
    if pictured {
        let names = (&changes.names.0, &changes.names.1);
        article = article.and([of("div", "pair").and([
            figure(left, part.old, names.0, &part.marks.old, "before"),
            figure(right, part.new, names.1, &part.marks.new, "now"),
        ])]);
    }
    let texts: Vec<Element> = part
        .texts
        .iter()
        .take(MOST)
        .filter_map(|number| changes.texts.get(*number))
        .map(|text| text_of(changes, text))
        .collect();
    match texts.is_empty() {
        true => article,
        false => article.and([of("ol", "texts").and(texts)]),
    }
}

fn text_of(changes: &Changes, text: &TextChange) -> Element {
    let place = match (changes.kind, text.is.line) {
        (_, 0) => String::new(),
        (Kind::Pdf, line) => format!("line {line}"),
        (Kind::Epub, line) => format!("paragraph {line}"),
    };
    let mut words = tag("span").text(format!("{} ", text.around.0));
    if !text.old.is_empty() {
        words = words
            .and([tag("del").text(shortened(&text.old, SHOWN))])
            .text(" ");
    }
    if !text.new.is_empty() {
        words = words
            .and([tag("ins").text(shortened(&text.new, SHOWN))])
            .text(" ");
    }
    words = words.text(text.around.1.as_str());
    tag("li").and([of("span", "place").text(place), words])
}

fn figure(
    sheet: Option<Sheet>,
    part: Option<usize>,
    names: &[String],
    marks: &[(Mark, Rect)],
    when: &'static str,
) -> Element {
    let name = part.map(|part| called(names, part));
    let caption = match &name {
        Some(name) => format!("{when}: page {name}"),
        None => format!("{when}: no such page"),
    };
    let content = match sheet {
        Some(sheet) => {
            let picture = tag("img")
                .with("alt", format!("Page {}, {when}", name.unwrap_or_default()))
                .with(
                    "src",
                    format!("data:image/png;base64,{}", STANDARD.encode(&sheet.png)),
                );
            let marks = marks
                .iter()
                .map(|(mark, place)| marked(*mark, *place, sheet.size));
            of("div", "sheet").and([picture]).and(marks)
        }
        None if part.is_some() => of("div", "empty").text("This page cannot be drawn."),
        None => of("div", "empty"),
    };
    tag("figure").and([tag("figcaption").text(caption), content])
}

/// A rectangle over a picture, in hundredths of its sides.
fn marked(mark: Mark, place: Rect, size: Size) -> Element {
    let percent = |length: Abs, of: Abs| match of > Abs::ZERO {
        true => (length.ratio(of) * 100.0).clamp(0.0, 100.0),
        false => 0.0,
    };
    let class = match mark {
        Mark::Gone => "gone",
        Mark::Come => "come",
        Mark::Line => "line",
        Mark::Look => "look",
    };
    let style = format!(
        "left:{:.2}%;top:{:.2}%;width:{:.2}%;height:{:.2}%",
        percent(place.at.x, size.width),
        percent(place.at.y, size.height),
        percent(place.size.width, size.width),
        percent(place.size.height, size.height),
    );
    of("i", class).with("style", style)
}
/// An element without attributes, empty.
fn tag(name: &'static str) -> Element {
    Element::new(name)
}

/// One of a class.
fn of(name: &'static str, class: &'static str) -> Element {
    tag(name).with("class", class)
}
