//! What the book is about, in the author's words and in the codes of shops and libraries.

use super::values;
use crate::diag::{Severity, Sink};
use crate::yaml::{self, Node, Value};

/// A subject: a keyword, or an entry of a scheme. It has a name, a code, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// In words: `FICTION / Sea Stories`.
    pub name: Option<String>,
    /// The list that it is taken from; `None` for a keyword.
    pub scheme: Option<Scheme>,
    /// Its code in that list: `FIC047000`.
    pub code: Option<String>,
}

impl Subject {
    /// What stands for it where one text is wanted: its name, else its code.
    pub fn label(&self) -> &str {
        let code = self.code.as_deref();
        self.name.as_deref().or(code).unwrap_or_default()
    }
}

/// A list of subjects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// One of those that everybody knows.
    Known(KnownScheme),
    /// Any other, by its address.
    At(String),
}

/// The lists that the package vocabulary of EPUB has names for (its registry of authorities, 2014).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the words an author types")]
pub enum KnownScheme {
    Bisac,
    Thema,
    Bic,
    Lcsh,
    Ddc,
    Udc,
    Clil,
    Wgs,
    Ndc,
    Clc,
    Aat,
    EuroVoc,
    Medtop,
}

impl Scheme {
    /// As an EPUB names it: `BISAC`, or the address.
    pub fn authority(&self) -> &str {
        match self {
            Scheme::Known(known) => SCHEMES
                .iter()
                .find(|(_, scheme, _)| scheme == known)
                .map_or("", |(_, _, authority)| authority),
            Scheme::At(address) => address,
        }
    }
}

/// The word that an author types, the scheme, and how an EPUB names it.
const SCHEMES: &[(&str, KnownScheme, &str)] = &[
    ("bisac", KnownScheme::Bisac, "BISAC"),
    ("thema", KnownScheme::Thema, "Thema"),
    ("bic", KnownScheme::Bic, "BIC"),
    ("lcsh", KnownScheme::Lcsh, "LCSH"),
    ("ddc", KnownScheme::Ddc, "DDC"),
    ("dewey", KnownScheme::Ddc, "DDC"),
    ("udc", KnownScheme::Udc, "UDC"),
    ("clil", KnownScheme::Clil, "CLIL"),
    ("wgs", KnownScheme::Wgs, "WGS"),
    ("ndc", KnownScheme::Ndc, "NDC"),
    ("clc", KnownScheme::Clc, "CLC"),
    ("aat", KnownScheme::Aat, "AAT"),
    ("eurovoc", KnownScheme::EuroVoc, "EuroVoc"),
    ("medtop", KnownScheme::Medtop, "MEDTOP"),
];

/// `subjects:`: a keyword, an entry of a scheme, or a list of such.
pub(super) fn subjects(node: &Node, sink: &Sink) -> Vec<Subject> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::List(items) => items
            .iter()
            .filter_map(|item| subject(item, sink))
            .collect(),
        _ => subject(node, sink).into_iter().collect(),
    }
}

fn subject(node: &Node, sink: &Sink) -> Option<Subject> {
    if !matches!(node.value, Value::Map(_)) {
        if node.text().is_none() && !node.is_null() {
            let wanted = "a keyword, or a mapping with `scheme`, `code` and `name`";
            sink.push(yaml::wrong_type(node, "subjects", wanted));
            return None;
        }
        return Some(Subject {
            name: Some(values::text(node, "subjects", sink)?),
            scheme: None,
            code: None,
        });
    }
    values::mapping(node, "subjects", &["scheme", "code", "name"], sink);
    let text = |key: &str| node.get(key).and_then(|node| values::text(node, key, sink));
    let subject = Subject {
        name: text("name"),
        scheme: node.get("scheme").and_then(|node| scheme(node, sink)),
        code: text("code"),
    };
    if subject.name.is_none() && subject.code.is_none() {
        let wrong = "a subject has neither a code nor a name";
        sink.push(values::invalid(
            node.at,
            wrong,
            "add `code: …` or `name: …`",
        ));
        return None;
    }
    if subject.code.is_some() && node.get("scheme").is_none() {
        let wrong = "a subject has a code, but no scheme";
        sink.push(values::invalid(
            node.at,
            wrong,
            "say whose code it is: `scheme: bisac`",
        ));
    }
    if let (Some(Scheme::Known(known)), Some(code), Some(at)) =
        (&subject.scheme, &subject.code, node.get("code"))
        && let Some(hint) = doubt(*known, code)
    {
        let message = format!("`{code}` does not look like a code of that scheme");
        let mut found = values::invalid(at.at, message, hint);
        found.severity = Severity::Warning;
        sink.push(found);
    }
    Some(subject)
}

fn scheme(node: &Node, sink: &Sink) -> Option<Scheme> {
    let written = values::text(node, "scheme", sink)?;
    let word = written.to_lowercase();
    if let Some((_, known, _)) = SCHEMES.iter().find(|(name, ..)| *name == word) {
        return Some(Scheme::Known(*known));
    }
    if written.contains("://") {
        return Some(Scheme::At(written));
    }
    let names = SCHEMES.iter().map(|(name, ..)| *name);
    let found = yaml::invalid_value(node, "scheme", names);
    sink.push(found.hint("give any other by its address: `https://…`"));
    None
}

/// What a code should look like, if it does not. The lists themselves are not looked into: they change each year.
fn doubt(scheme: KnownScheme, code: &str) -> Option<&'static str> {
    let (right, hint) = match scheme {
        KnownScheme::Bisac => (
            code.len() == 9
                && code.bytes().take(3).all(|b| b.is_ascii_uppercase())
                && code.bytes().skip(3).all(|b| b.is_ascii_digit()),
            "a BISAC code has three capitals and six digits, such as `FIC047000`",
        ),
        KnownScheme::Thema => (
            code.bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-'),
            "a Thema code has capitals and digits only, such as `FBA` or `1DDU-GB-E`",
        ),
        KnownScheme::Ddc => (
            code.bytes().next().is_some_and(|b| b.is_ascii_digit()),
            "a Dewey number begins with a digit, such as `823.914`",
        ),
        _ => (true, ""),
    };
    (!right).then_some(hint)
}
