//! What attributes of HTML may say, alone and beside each other.

use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space};
use super::tables::has;
use crate::diag::Code;

/// Attributes with few values: elements (all, if none is named), attribute, values.
const CHOICES: &[(&str, &str, &str)] = &[
    ("", "dir", "ltr rtl auto"),
    ("", "contenteditable", "true false plaintext-only"),
    ("", "draggable", "true false"),
    ("", "spellcheck", "true false"),
    ("", "translate", "yes no"),
    ("", "hidden", "hidden until-found"),
    (
        "",
        "autocapitalize",
        "off none on sentences words characters",
    ),
    (
        "",
        "inputmode",
        "none text tel url email numeric decimal search",
    ),
    ("table", "border", "1"),
    ("img", "border", "0"),
    ("ol", "type", "1 a A i I"),
    ("th", "scope", "row col rowgroup colgroup"),
    ("audio video", "preload", "none metadata auto"),
    (
        "track",
        "kind",
        "subtitles captions descriptions chapters metadata",
    ),
    ("area", "shape", "rect circle poly default"),
    ("button", "type", "submit reset button"),
    ("form", "method", "get post dialog"),
    ("img iframe", "loading", "lazy eager"),
    ("img", "decoding", "sync async auto"),
];

/// Attributes that say by being there: they are empty, or say their own name.
const SWITCHES: &str = "allowfullscreen async autofocus autoplay checked controls default defer disabled inert ismap itemscope loop multiple muted \
    nomodule novalidate open playsinline readonly required reversed selected";

/// Attributes that may be empty instead of one of their values.
const MAY_BE_EMPTY: &str = "contenteditable spellcheck translate hidden border preload";

/// What an attribute should say, in the part of a sentence, where it says something else.
pub(super) fn wrong(element: &str, name: &str, value: &str) -> Option<String> {
    let is_own = |elements: &str| elements.is_empty() || has(elements, element);
    let choice = CHOICES
        .iter()
        .find(|(elements, own, _)| *own == name && is_own(elements));
    if let Some((_, _, values)) = choice {
        // `a` and `A` number differently.
        let is_exact = name == "type" && element == "ol";
        let same = |one: &str| match is_exact {
            true => one == value,
            false => one.eq_ignore_ascii_case(value),
        };
        let known = values.split_ascii_whitespace().any(same)
            || value.is_empty() && has(MAY_BE_EMPTY, name);
        let all: Vec<&str> = values.split_ascii_whitespace().collect();
        return (!known).then(|| format!("`{}`", all.join("`, `")));
    }
    if has(SWITCHES, name) && !value.is_empty() && !value.eq_ignore_ascii_case(name) {
        return Some(format!("`{name}` or empty"));
    }
    match (element, name) {
        (_, "usemap") if !value.starts_with('#') || value.len() < 2 => {
            Some("`#` and the name of a map".to_owned())
        }
        ("time" | "ins" | "del", "datetime") if !is_time(value) => {
            Some("a date or time like `2026-11-23`".to_owned())
        }
        (_, "tabindex") if value.trim().parse::<i32>().is_err() => {
            Some("a whole number".to_owned())
        }
        ("link" | "a" | "object" | "embed" | "source", "type") if !is_type(value) => {
            Some("a media type like `text/css`".to_owned())
        }
        _ => None,
    }
}

/// States of ARIA with few values.
const STATES: &[(&str, &str)] = &[
    (
        "aria-atomic aria-busy aria-disabled aria-hidden aria-modal aria-multiline aria-multiselectable aria-readonly aria-required",
        "true false",
    ),
    ("aria-checked aria-pressed", "true false mixed undefined"),
    (
        "aria-expanded aria-selected aria-grabbed",
        "true false undefined",
    ),
    ("aria-live", "off polite assertive"),
    ("aria-orientation", "horizontal vertical undefined"),
    ("aria-sort", "none ascending descending other"),
    ("aria-current", "page step location date time true false"),
    ("aria-haspopup", "true false menu listbox tree grid dialog"),
    ("aria-invalid", "true false grammar spelling"),
];

/// States of ARIA that are whole numbers.
const NUMBERS: &str = "aria-colcount aria-colindex aria-colspan aria-level aria-posinset aria-rowcount aria-rowindex aria-rowspan aria-setsize";

/// Roles of ARIA 1.2, of its modules for digital publishing and for graphics, those that were left behind among them.
const ROLES: &str = "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox comment complementary \
    contentinfo definition deletion dialog directory document emphasis feed figure form generic grid gridcell group heading image img insertion \
    link list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note \
    option paragraph presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider \
    spinbutton status strong subscript suggestion superscript switch tab table tablist tabpanel term text textbox time timer toolbar tooltip \
    tree treegrid treeitem doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-biblioentry doc-bibliography \
    doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover doc-credit doc-credits doc-dedication doc-endnote doc-endnotes \
    doc-epigraph doc-epilogue doc-errata doc-example doc-footnote doc-foreword doc-glossary doc-glossref doc-index doc-introduction \
    doc-noteref doc-notice doc-pagebreak doc-pagefooter doc-pageheader doc-pagelist doc-part doc-preface doc-prologue doc-pullquote doc-qna \
    doc-subtitle doc-tip doc-toc graphics-document graphics-object graphics-symbol";

/// What a state of ARIA, or a role, should say, where it says something else.
pub(super) fn aria(name: &str, value: &str) -> Option<String> {
    let value = value.trim();
    if name == "role" {
        let unknown = value.split_ascii_whitespace().find(|one| !has(ROLES, one));
        return unknown.map(|_| "one that ARIA has".to_owned());
    }
    if has(NUMBERS, name) {
        return value
            .parse::<i64>()
            .is_err()
            .then(|| "a whole number".to_owned());
    }
    let (_, values) = STATES.iter().find(|(names, _)| has(names, name))?;
    let all: Vec<&str> = values.split_ascii_whitespace().collect();
    (!all.contains(&value) && !value.is_empty()).then(|| format!("`{}`", all.join("`, `")))
}

/// Two words with a `/` between.
fn is_type(value: &str) -> bool {
    let plain = value.split(';').next().unwrap_or_default().trim();
    plain.is_empty()
        || plain
            .split_once('/')
            .is_some_and(|(kind, form)| !kind.is_empty() && !form.is_empty())
}

/// Whether a value could be a date, a month, a year, a week, a time or how long something takes (HTML, 2.3.5).
fn is_time(value: &str) -> bool {
    let value = value.trim();
    let known = |c: char| c.is_ascii_digit() || " -:.+TZWPYMDHSwdhms".contains(c);
    let is_long = value.starts_with('P')
        || value.ends_with(['s', 'm', 'h', 'd', 'w', 'S', 'M', 'H', 'D', 'W']);
    let has_digit = value.bytes().any(|b| b.is_ascii_digit());
    if value == "Z" {
        return true;
    }
    if !has_digit || !value.chars().all(known) {
        return false;
    }
    if is_long {
        return true;
    }
    let (day, time) = match value.split_once(['T', ' ']) {
        Some((day, time)) => (Some(day), Some(time.trim_start())),
        None if value.contains(':') && !value.get(1..).unwrap_or_default().contains('-') => {
            (None, Some(value))
        }
        None => (Some(value), None),
    };
    day.is_none_or(is_day) && time.is_none_or(is_hour)
}

/// `2026`, `2026-11`, `2026-11-23`, `11-23`, `2026-W47`.
fn is_day(day: &str) -> bool {
    let day = day.strip_prefix("--").unwrap_or(day);
    let parts: Vec<&str> = day.split('-').collect();
    let number = |part: &str, length: std::ops::RangeInclusive<usize>, most: u32| {
        length.contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse::<u32>().is_ok_and(|value| value <= most)
    };
    let year = |part: &str| number(part, 4..=9, u32::MAX);
    let two = |part: &str, most: u32| number(part, 2..=2, most);
    match parts.as_slice() {
        [one] => year(one),
        [one, week] if week.starts_with('W') => year(one) && two(&week[1..], 53),
        [one, other] => two(other, 31) && (year(one) || two(one, 12)),
        [one, month, day] => year(one) && two(month, 12) && two(day, 31),
        _ => false,
    }
}

/// `08:30`, `08:30:12.5`, with `Z` or `+01:00` behind it, which may stand alone.
fn is_hour(time: &str) -> bool {
    let (clock, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => (&time[..at], &time[at..]),
        None => (time, ""),
    };
    let two = |part: &str, most: u32| {
        part.len() == 2 && part.parse::<u32>().is_ok_and(|value| value <= most)
    };
    let fits = |clock: &str| {
        let parts: Vec<&str> = clock.split(':').collect();
        match parts.as_slice() {
            [hour, minute] => two(hour, 23) && two(minute, 59),
            [hour, minute, second] => {
                let whole = second.split('.').next().unwrap_or_default();
                two(hour, 23) && two(minute, 59) && two(whole, 59)
            }
            _ => false,
        }
    };
    let is_zone = match zone.strip_prefix(['+', '-']) {
        Some(rest) => fits(rest) || rest.len() == 4 && rest.bytes().all(|b| b.is_ascii_digit()),
        None => matches!(zone, "" | "Z"),
    };
    is_zone && (fits(clock) || clock.is_empty() && !zone.is_empty())
}

/// What an element says by several attributes, or an attribute beside other elements.
pub(super) fn together(node: Node<'_>, tally: &Tally<'_>) {
    let bad = |at, message: String| tally.tell(Code::BadMarkup, at, message);
    let element = node.name();
    match element {
        "meta" => meta(node, tally),
        "link" => {
            let rel = |word: &str| {
                node.listed(Space::None, "rel")
                    .any(|one| one.eq_ignore_ascii_case(word))
            };
            let title = node.attr("title").unwrap_or_default();
            if rel("stylesheet") && rel("alternate") && title.trim().is_empty() {
                bad(
                    node.span(),
                    "a style sheet to choose has a `title`, by which it is chosen".to_owned(),
                );
            }
            if node.attr("rel").is_none()
                && node.attr("itemprop").is_none()
                && node.attr("property").is_none()
            {
                bad(node.span(), "a `<link>` has no `rel`".to_owned());
            }
        }
        "object" if node.attr("data").is_none() && node.attr("type").is_none() => {
            bad(node.span(), "an `<object>` has no `data`".to_owned());
        }
        "area" if node.attr("href").is_some() && node.attr("alt").is_none() => {
            bad(
                node.span(),
                "an `<area>` that leads somewhere has an `alt`".to_owned(),
            );
        }
        "map" => {
            let (id, name) = (node.attr("id"), node.attr("name"));
            if name.is_none() || id.is_some_and(|id| Some(id) != name) {
                bad(
                    node.span(),
                    "a `<map>` has a `name`, and no other `id` than that".to_owned(),
                );
            }
        }
        _ => {}
    }
    // Microdata: a property's value is the address of what leads somewhere.
    if node.attr("itemprop").is_some() {
        let needed = match element {
            "a" | "area" | "link" => "href",
            "audio" | "embed" | "iframe" | "img" | "source" | "video" => "src",
            "object" => "data",
            "meta" => "content",
            _ => return,
        };
        if node.attr(needed).is_none() {
            bad(
                node.span(),
                format!("`itemprop` on a `<{element}>` without `{needed}` says nothing"),
            );
        }
    }
}

/// What a `meta` says of the encoding: in a book it is UTF-8, and of HTML, and said once.
fn meta(node: Node<'_>, tally: &Tally<'_>) {
    let bad = |at, message: String| tally.tell(Code::BadMarkup, at, message);
    let is_type = |name: &str| name.trim().eq_ignore_ascii_case("content-type");
    if let Some((charset, at)) = node.attr_of(Space::None, "charset") {
        if !charset.eq_ignore_ascii_case("utf-8") {
            bad(
                at,
                format!(
                    "the `charset` of a document is `utf-8`, not `{}`",
                    shown(charset)
                ),
            );
        }
        // A head has some dozens of them; each looks no further, so that many of them take no longer.
        let beside = node.parent().into_iter().flat_map(Node::children);
        let mut beside = beside.take(100);
        if beside.any(|other| other.attr("http-equiv").is_some_and(is_type)) {
            bad(
                at,
                "the encoding is said twice: here, and by `http-equiv`".to_owned(),
            );
        }
    }
    let said = ["name", "http-equiv", "charset", "itemprop", "property"]
        .iter()
        .any(|name| node.attr(name).is_some());
    if !said {
        bad(
            node.span(),
            "a `<meta>` does not say of what: it has no `name`".to_owned(),
        );
    } else if node.attr("content").is_none() && node.attr("charset").is_none() {
        bad(node.span(), "a `<meta>` has no `content`".to_owned());
    }
    if !node.attr("http-equiv").is_some_and(is_type) {
        return;
    }
    let said = node.attr("content").unwrap_or_default();
    let plain: String = said.chars().filter(|c| !c.is_whitespace()).collect();
    if !plain.eq_ignore_ascii_case("text/html;charset=utf-8") {
        bad(
            node.span_of("content"),
            format!("`{}` is not `text/html; charset=utf-8`", shown(said)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_their_forms() {
        for good in [
            "2026",
            "2026-11",
            "2026-11-23",
            "11-23",
            "2026-W47",
            "08:30",
            "08:30:12.5",
            "2026-11-23T08:30Z",
            "2026-11-23 08:30+01:00",
            "P1Y2M",
            "PT4H18M3S",
            "4h 18m",
            "Z",
            "+01:00",
            "-08:00",
            "12026-01-01",
        ] {
            assert!(is_time(good), "{good}");
        }
        for bad in [
            "",
            "soon",
            "23.11.2026",
            "2026-13-01",
            "2026-11-40",
            "25:00",
            "2026-11-23T",
            "-",
            "T08",
            "2026/11/23",
        ] {
            assert!(!is_time(bad), "{bad}");
        }
    }

    #[test]
    fn values_are_those_that_html_has() {
        for (element, name, value) in [
            ("p", "dir", "RTL"),
            ("ol", "type", "A"),
            ("nav", "hidden", ""),
            ("video", "controls", "controls"),
            ("link", "type", "text/css"),
            ("img", "usemap", "#m"),
            ("p", "tabindex", "-1"),
            ("table", "border", ""),
        ] {
            assert_eq!(wrong(element, name, value), None, "{name} {value}");
        }
        for (element, name, value) in [
            ("p", "dir", "up"),
            ("ol", "type", "x"),
            ("nav", "hidden", "no"),
            ("video", "controls", "true"),
            ("link", "type", "css"),
            ("img", "usemap", "m"),
            ("p", "tabindex", "first"),
            ("img", "border", "1"),
            ("ol", "type", "A "),
        ] {
            assert!(wrong(element, name, value).is_some(), "{name} {value}");
        }
    }
}
