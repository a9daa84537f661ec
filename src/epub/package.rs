//! What the package says of the book: identifiers, titles, people, subjects.
//!
//! In: the metadata. Out: the `metadata` element of the package document; `access` adds what it says of accessibility.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Xhtml;
use super::items::COVER_IMAGE;
use super::xhtml::allowed;
use crate::manifest::{Contributor, Metadata, Series, SeriesKind, Subject, date_of, isbn13};
use crate::model::Lang;
use crate::resolve::Edition;
use crate::resolve::access::Access;

/// The identifier that names this EPUB and no other: the ISBN where it has one, else the UUID.
pub(super) fn unique_identifier(edition: &Edition) -> String {
    let ids = &edition.book.manifest.metadata.identifiers;
    match &ids.isbn_epub {
        Some(isbn) => isbn_urn(isbn),
        None => uuid(edition).urn().to_string(),
    }
}

/// With 13 digits and nothing between them, which is how shops compare numbers.
pub(super) fn isbn_urn(isbn: &str) -> String {
    format!("urn:isbn:{}", isbn13(isbn).as_deref().unwrap_or(isbn))
}

/// The UUID given, or one made from what does not change while a book is being worked on: its titles, people and
/// language.
pub(super) fn uuid(edition: &Edition) -> Uuid {
    let meta = &edition.book.manifest.metadata;
    let given = meta
        .identifiers
        .uuid
        .as_deref()
        .and_then(|text| Uuid::try_parse(text).ok());
    given.unwrap_or_else(|| {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        };
        add(&meta.title);
        add(meta.subtitle.as_deref().unwrap_or_default());
        add(meta.language.tag());
        for person in &meta.contributors {
            add(&person.role);
            add(&person.name);
        }
        Uuid::new_v5(&Uuid::NAMESPACE_URL, &hash.finalize())
    })
}

/// Seconds since 1970 as `2026-11-01T12:00:00Z`.
pub(super) fn date_time(timestamp: i64) -> String {
    let days = timestamp.div_euclid(86_400);
    let seconds = timestamp.rem_euclid(86_400);
    let (year, month, day) = date_of(days);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// The `metadata` element; `print` names what the pages are of that the book tells.
pub(super) fn metadata(
    edition: &Edition,
    access: &Access,
    timestamp: i64,
    print: Option<&str>,
) -> String {
    let meta = &edition.book.manifest.metadata;
    let mut out = Metas(Xhtml::with_capacity(4096));
    out.0
        .open("metadata")
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .line();
    out.identifiers(edition, meta);
    out.titles(meta);
    out.people(meta);
    for language in std::iter::once(&meta.language).chain(&meta.more_languages) {
        out.dc("dc:language", "", language.tag());
    }
    if let Some(date) = &meta.date {
        out.dc("dc:date", "", date);
    }
    for (name, value) in [
        ("dc:publisher", &meta.publisher),
        ("dc:rights", &meta.rights),
        ("dc:description", &meta.description),
    ] {
        if let Some(value) = value {
            out.dc(name, "", value);
        }
    }
    out.subjects(&meta.subjects);
    out.series(&meta.series);
    out.meta("dcterms:modified", "", None, &date_time(timestamp));
    if cover(edition).is_some() {
        // What EPUB 2 readers, and Kindle, go by.
        out.0
            .open("meta")
            .attr("name", "cover")
            .attr("content", COVER_IMAGE)
            .close()
            .line();
    }
    if let Some(print) = print {
        out.meta("pageBreakSource", "", None, print);
        if meta.identifiers.isbn_print.is_some() {
            // What readers of EPUB 3.2 go by.
            out.meta("source-of", "print", None, "pagination");
        }
    }
    out.access(access);
    out.0.close();
    out.0.finish()
}

/// The cover's path in the book's folder, if it could be read.
pub(super) fn cover(edition: &Edition) -> Option<&str> {
    let cover = edition.book.manifest.metadata.cover.as_ref()?;
    edition
        .book
        .assets
        .contains_key(&cover.value)
        .then_some(cover.value.as_str())
}

/// The `metadata` element being written.
pub(super) struct Metas(pub(super) Xhtml);

impl Metas {
    /// An element of Dublin Core; an id where it has refinements.
    fn dc(&mut self, name: &'static str, id: &str, text: &str) {
        let text: String = text.chars().filter(|c| allowed(*c)).collect();
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.0.open(name);
        if !id.is_empty() {
            self.0.attr("id", id);
        }
        self.0.text(text).close().line();
    }

    /// A `meta` element of the package, or (with an id it refines) of another element.
    pub(super) fn meta(&mut self, property: &str, refines: &str, id: Option<&str>, text: &str) {
        self.0.open("meta");
        if !refines.is_empty() {
            self.0.attr("refines", &format!("#{refines}"));
        }
        self.0.attr("property", property).attr_some("id", id);
        let scheme = match property {
            "role" => Some("marc:relators"),
            "identifier-type" => Some("onix:codelist5"),
            _ => None,
        };
        self.0.attr_some("scheme", scheme);
        self.0.text(text.trim()).close().line();
    }

    /// How an element's text is spelt elsewhere.
    fn scripts(&mut self, refines: &str, scripts: &[(Lang, String)]) {
        for (lang, text) in scripts {
            self.0
                .open("meta")
                .attr("refines", &format!("#{refines}"))
                .attr("property", "alternate-script")
                .attr("xml:lang", lang.tag());
            self.0.text(text).close().line();
        }
    }

    /// The numbers, each with its kind by ONIX's list 5. A UUID is of no kind there.
    fn identifiers(&mut self, edition: &Edition, meta: &Metadata) {
        const DOI: &str = "06";
        const ISBN: &str = "15";
        let ids = &meta.identifiers;
        self.dc("dc:identifier", "pub-id", &unique_identifier(edition));
        if ids.isbn_epub.is_some() {
            self.meta("identifier-type", "pub-id", None, ISBN);
            let uuid = uuid(edition).urn().to_string();
            self.dc("dc:identifier", "uuid", &uuid);
        }
        if let Some(doi) = &ids.doi {
            self.dc("dc:identifier", "doi", &format!("doi:{doi}"));
            self.meta("identifier-type", "doi", None, DOI);
        }
        if let Some(isbn) = &ids.isbn_print {
            self.dc("dc:source", "print", &isbn_urn(isbn));
            self.meta("identifier-type", "print", None, ISBN);
        }
    }

    /// The title comes first: many readers look no further.
    fn titles(&mut self, meta: &Metadata) {
        self.dc("dc:title", "title", &meta.title);
        let others = [
            ("subtitle", &meta.subtitle),
            ("short", &meta.short_title),
            ("edition", &meta.edition_statement),
        ];
        if others.iter().any(|(_, title)| title.is_some()) {
            self.meta("title-type", "title", None, "main");
        }
        if let Some(sorted) = meta.sorted_title() {
            self.meta("file-as", "title", None, &sorted);
        }
        self.scripts("title", &meta.title_scripts);
        for (kind, title) in others {
            if let Some(title) = title {
                let id = match kind {
                    "subtitle" => "subtitle",
                    "short" => "short-title",
                    _ => "edition",
                };
                self.dc("dc:title", id, title);
                self.meta("title-type", id, None, kind);
            }
        }
    }

    /// Authors are creators; where there is none, those who did what the first named did: the editors of a collection.
    fn people(&mut self, meta: &Metadata) {
        let is_author = |person: &Contributor| person.roles().any(|role| role == "aut");
        let first = meta.contributors.first().map(|first| first.role.as_str());
        let leads = match meta.contributors.iter().any(is_author) {
            true => Some("aut"),
            false => first,
        };
        for (index, person) in meta.contributors.iter().enumerate() {
            let id = format!("person-{}", index + 1);
            let creates = person.roles().any(|role| Some(role) == leads);
            let name = if creates {
                "dc:creator"
            } else {
                "dc:contributor"
            };
            self.dc(name, &id, &person.name);
            for role in person.roles() {
                self.meta("role", &id, None, role);
            }
            if let Some(sort) = &person.sort {
                self.meta("file-as", &id, None, sort);
            }
            self.scripts(&id, &person.scripts);
        }
    }

    /// An entry of a scheme says which it is, and has a code; some schemes have none but the words themselves.
    fn subjects(&mut self, subjects: &[Subject]) {
        for (index, subject) in subjects.iter().enumerate() {
            let Some(scheme) = &subject.scheme else {
                self.dc("dc:subject", "", subject.label());
                continue;
            };
            let id = format!("subject-{}", index + 1);
            self.dc("dc:subject", &id, subject.label());
            self.meta("authority", &id, None, scheme.authority());
            let code = subject.code.as_deref().unwrap_or(subject.label());
            self.meta("term", &id, None, code);
        }
    }

    fn series(&mut self, all: &[Series]) {
        for (index, series) in all.iter().enumerate() {
            let id = match index {
                0 => "series".to_owned(),
                more => format!("series-{}", more + 1),
            };
            self.meta("belongs-to-collection", "", Some(&id), &series.name);
            let kind = match series.kind {
                SeriesKind::Series => "series",
                SeriesKind::Set => "set",
            };
            self.meta("collection-type", &id, None, kind);
            if let Some(position) = &series.position {
                self.meta("group-position", &id, None, position);
            }
            if let Some(issn) = &series.issn {
                let issn = format!("urn:issn:{issn}");
                self.meta("dcterms:identifier", &id, None, &issn);
            } else if let Some(identifier) = &series.identifier {
                self.meta("dcterms:identifier", &id, None, identifier);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (timestamp, date) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_793_534_400, "2026-11-01T12:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ] {
            assert_eq!(date_time(timestamp), date);
        }
        assert_eq!(isbn_urn("978-0-306-40615-7"), "urn:isbn:9780306406157");
    }
}
