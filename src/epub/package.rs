//! What the package says of the book: identifiers, titles, people, subjects.
//!
//! In: the metadata. Out: the `metadata` element of the package document; `access` adds what it says of accessibility.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Xhtml;
use super::xhtml::allowed;
use crate::manifest::Metadata;
use crate::resolve::Edition;

/// The identifier that names this EPUB and no other: the ISBN where it has one, else the UUID.
pub(super) fn unique_identifier(edition: &Edition) -> String {
    let ids = &edition.book.manifest.metadata.identifiers;
    match &ids.isbn_epub {
        Some(isbn) => isbn_urn(isbn),
        None => uuid(edition).urn().to_string(),
    }
}

fn isbn_urn(isbn: &str) -> String {
    let digits: String = isbn
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x'))
        .collect();
    format!("urn:isbn:{digits}")
}

/// The UUID given, or one made from what does not change while a book is being worked on: its titles, people and
/// language.
pub(super) fn uuid(edition: &Edition) -> Uuid {
    let meta = &edition.book.manifest.metadata;
    let given = meta.identifiers.uuid.as_deref().and_then(|text| {
        let text = text.trim().trim_start_matches("urn:uuid:");
        Uuid::try_parse(text).ok()
    });
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
    let (year, month, day) = civil(days);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// The date of a day counted from 1970-01-01, in the proleptic Gregorian calendar: years are counted from March, so that
/// the leap day comes last (Howard Hinnant's method).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// The `metadata` element.
pub(super) fn metadata(edition: &Edition, timestamp: i64) -> String {
    let meta = &edition.book.manifest.metadata;
    let mut out = Metas(Xhtml::with_capacity(4096));
    out.0
        .open("metadata")
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .line();
    out.identifiers(edition, meta);
    out.titles(meta);
    out.people(meta);
    out.dc("dc:language", "", meta.language.tag());
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
    for subject in &meta.subjects {
        out.dc("dc:subject", "", subject);
    }
    if let Some(series) = &meta.series {
        out.meta("belongs-to-collection", "", Some("series"), &series.name);
        out.meta("collection-type", "series", None, "series");
        if let Some(position) = &series.position {
            out.meta("group-position", "series", None, position);
        }
    }
    out.meta("dcterms:modified", "", None, &date_time(timestamp));
    if cover(edition).is_some() {
        // What EPUB 2 readers, and Kindle, go by; the builder names the item so.
        out.0
            .open("meta")
            .attr("name", "cover")
            .attr("content", "cover-image")
            .close()
            .line();
    }
    out.access(edition);
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
        if property == "role" {
            self.0.attr("scheme", "marc:relators");
        }
        self.0.text(text.trim()).close().line();
    }

    fn identifiers(&mut self, edition: &Edition, meta: &Metadata) {
        let unique = unique_identifier(edition);
        self.dc("dc:identifier", "pub-id", &unique);
        let uuid = uuid(edition).urn().to_string();
        if uuid != unique {
            self.dc("dc:identifier", "uuid", &uuid);
        }
        if let Some(doi) = &meta.identifiers.doi {
            let doi = doi.trim().trim_start_matches("https://doi.org/");
            self.dc("dc:identifier", "doi", &format!("doi:{doi}"));
        }
        if let Some(isbn) = &meta.identifiers.isbn_print {
            self.dc("dc:source", "print", &isbn_urn(isbn));
        }
    }

    fn titles(&mut self, meta: &Metadata) {
        self.dc("dc:title", "title", &meta.title);
        if let Some(subtitle) = &meta.subtitle {
            self.meta("title-type", "title", None, "main");
            self.dc("dc:title", "subtitle", subtitle);
            self.meta("title-type", "subtitle", None, "subtitle");
        }
    }

    fn people(&mut self, meta: &Metadata) {
        for (index, person) in meta.contributors.iter().enumerate() {
            let id = format!("person-{}", index + 1);
            let name = if person.role == "aut" {
                "dc:creator"
            } else {
                "dc:contributor"
            };
            self.dc(name, &id, &person.name);
            self.meta("role", &id, None, &person.role);
            if let Some(sort) = &person.sort {
                self.meta("file-as", &id, None, sort);
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
