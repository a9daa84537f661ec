//! Style sheets, read by other means than recto's own: which selectors they have, and which elements those select.

use super::xml::Element;

/// The selectors of a style sheet, one by one, also those in `@media`.
pub fn selectors(sheet: &str) -> Vec<String> {
    let rules = rules(sheet);
    let lists = rules.iter().flat_map(|(selectors, _)| selectors.split(','));
    lists.map(|one| one.trim().to_owned()).collect()
}

/// The rules of a style sheet, also those in `@media`: selectors, and declarations without their strings.
pub fn rules(sheet: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let bare = without_comments_and_strings(sheet);
    // What stands before a block is its selector, or an at-rule.
    for (before, block) in bare.match_indices('{').map(|(at, _)| bare.split_at(at)) {
        let prelude = before.rsplit(['{', '}', ';']).next().unwrap_or_default();
        let prelude = prelude.trim();
        if !prelude.starts_with('@') && !prelude.is_empty() {
            let inside = block[1..].split('}').next().unwrap_or_default();
            found.push((prelude.to_owned(), inside.to_owned()));
        }
    }
    found
}

/// The selectors' words are left, so that no brace or comma of a string is taken for one of the sheet.
fn without_comments_and_strings(sheet: &str) -> String {
    let mut out = String::new();
    let mut rest = sheet;
    while let Some(at) = rest.find(['"', '/']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if let Some(mut string) = rest.strip_prefix('"') {
            while let Some(end) = string.find(['"', '\\']) {
                let skip = if string[end..].starts_with('\\') {
                    2
                } else {
                    1
                };
                let over = skip == 1;
                string = string.get(end + skip..).unwrap_or_default();
                if over {
                    break;
                }
            }
            rest = string;
        } else {
            out.push('/');
            rest = &rest[1..];
        }
    }
    out + rest
}

/// The classes that a selector names.
pub fn classes(selector: &str) -> Vec<&str> {
    let name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut found = Vec::new();
    for part in selector.split('.').skip(1) {
        let end = part.find(|c| !name(c)).unwrap_or(part.len());
        // `0.5em` in a query is no class.
        if part.starts_with(char::is_alphabetic) {
            found.push(&part[..end]);
        }
    }
    found
}

/// Whether a selector selects an element of a document. Pseudo-classes, pseudo-elements and attributes count as met.
pub fn selects(selector: &str, document: &Element) -> bool {
    let spaced = ["+", ">", "~"]
        .iter()
        .fold(without_brackets(selector), |all, sign| {
            all.replace(sign, &format!(" {sign} "))
        });
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut way = Vec::new();
    walk(document, &words, &mut way)
}

/// An element on the way down, with those before it in its parent.
type Step<'a> = (&'a Element, Vec<&'a Element>);

fn walk<'a>(element: &'a Element, words: &[&str], way: &mut Vec<Step<'a>>) -> bool {
    if way.is_empty() {
        way.push((element, Vec::new()));
    }
    if fits(words, way) {
        return true;
    }
    let mut before = Vec::new();
    for inner in element.elements() {
        way.push((inner, before.clone()));
        if walk(inner, words, way) {
            return true;
        }
        way.pop();
        before.push(inner);
    }
    false
}

/// Whether the last element of a way is what a selector selects.
fn fits(words: &[&str], way: &[Step]) -> bool {
    let Some((last, before)) = words.split_last() else {
        return true;
    };
    let Some(((element, earlier), above)) = way.split_last() else {
        return false;
    };
    if !is(element, last) {
        return false;
    }
    let beside = |at: usize, words: &[&str]| {
        let mut way: Vec<Step> = above.to_vec();
        way.push((earlier[at], earlier[..at].to_vec()));
        fits(words, &way)
    };
    match before.split_last() {
        None => true,
        Some((&">", outer)) => fits(outer, above),
        Some((&"+", left)) => !earlier.is_empty() && beside(earlier.len() - 1, left),
        Some((&"~", left)) => (0..earlier.len()).any(|at| beside(at, left)),
        Some(_) => (0..above.len()).any(|end| fits(before, &above[..=end])),
    }
}

fn is(element: &Element, compound: &str) -> bool {
    let compound = compound.split(':').next().unwrap_or_default();
    let name = compound.split('.').next().unwrap_or_default();
    let worn: Vec<&str> = element
        .attr("class")
        .unwrap_or_default()
        .split(' ')
        .collect();
    (name.is_empty() || name == "*" || name == element.name)
        && classes(compound).iter().all(|class| worn.contains(class))
}

fn without_brackets(selector: &str) -> String {
    let mut depth = 0;
    let mut out = String::new();
    for c in selector.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn selectors_are_read_and_matched() {
    let sheet = "/* a { */ p, .x > li { content: \"{ } \\\" /*\"; } @media (min-width: 2.5em) { ul li + li::before {} }";
    assert_eq!(selectors(sheet), ["p", ".x > li", "ul li + li::before"]);
    let document = super::xml::parse("<body><ul class='x y'><li/><li><p/></li></ul></body>")
        .expect("well formed");
    for (selector, met) in [
        ("p", true),
        (".x > li", true),
        (".x.y li p", true),
        ("ul li + li::before", true),
        ("li ~ li > p", true),
        ("ul:not(.z)", true),
        (".x > p", false),
        ("p + li", false),
        ("li.x", false),
    ] {
        assert_eq!(selects(selector, &document), met, "{selector}");
    }
}
