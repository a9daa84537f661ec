//! What a file says of itself: the document information, the metadata in XML, output intents (ISO 32000-1, 14.3 and 14.11.5).

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::{NsReader, XmlVersion, name::ResolveResult};

use super::super::document::{Intent, Xmp};
use super::super::feature::{Feature, Features};
use super::super::syntax::{Dict, File, Object, text_string};

/// Elements in elements, at most. Metadata have some eight.
const DEPTH: usize = 64;

/// Metadata longer than this are not read: a record of a whole book's history has a tenth.
const LENGTH: usize = 1 << 23;

/// The document information, as texts.
pub(crate) fn info(file: &File<'_>) -> BTreeMap<String, String> {
    let info = file.dict(&file.trailer, "Info");
    let pairs = info.into_iter().flat_map(|info| &info.0);
    pairs
        .filter_map(|(key, value)| {
            let text = match file.resolve(value) {
                Object::String(bytes) => text_string(bytes),
                other => other.name()?,
            };
            Some((String::from_utf8_lossy(key).into_owned(), text))
        })
        .collect()
}

/// What the colours are meant for.
pub(crate) fn intents(file: &File<'_>, root: &Dict) -> Vec<Intent> {
    let list = file.list(root, "OutputIntents").iter();
    list.filter_map(|intent| file.resolve(intent).dict())
        .map(|intent| Intent {
            kind: file.name(intent, "S").unwrap_or_default(),
            condition: file
                .text(intent, "OutputConditionIdentifier")
                .or_else(|| file.text(intent, "OutputCondition")),
            space: profile(file, intent, 16),
            class: profile(file, intent, 12),
        })
        .collect()
}

/// What the header of an intent's profile says: at byte 12 what it is for, at 16 in which colours (ICC.1, 7.2).
fn profile(file: &File<'_>, intent: &Dict, at: usize) -> Option<String> {
    let (bytes, _) = file.decoded(intent.raw("DestOutputProfile"))?;
    let space = bytes.get(at..at + 4)?;
    Some(String::from_utf8_lossy(space).trim_end().to_owned())
}

/// The metadata in XML; `None` if there are none.
pub(crate) fn xmp(file: &File<'_>, root: &Dict, features: &mut Features) -> Option<Xmp> {
    if !root.has("Metadata") {
        return None;
    }
    let bytes = file.decoded(root.raw("Metadata")).map(|(bytes, _)| bytes);
    let text = bytes.filter(|bytes| bytes.len() <= LENGTH).map(|bytes| {
        if bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) {
            text_string(&bytes)
        } else {
            String::from_utf8_lossy(&bytes).into_owned()
        }
    });
    // The header of the packet once said how it is encoded and how long it is.
    let header = text.as_ref().and_then(|text| text.split_once("?>"));
    if header.is_some_and(|(head, _)| {
        head.contains("<?xpacket") && (head.contains("bytes=") || head.contains("encoding="))
    }) {
        features.add(Feature::MetadataHeader, None, || "the metadata".to_owned());
    }
    Some(text.map_or_else(Xmp::default, |text| read(&text)))
}

/// Reads XMP (ISO 16684-1): properties as elements or as attributes of `rdf:Description`.
pub(crate) fn read(text: &str) -> Xmp {
    let mut found = Xmp::default();
    let mut archive = (String::new(), String::new());
    let mut reader = NsReader::from_str(text);
    // Names of the elements that are open, and the text gathered in the innermost.
    let mut open: Vec<String> = Vec::new();
    let (mut gathered, mut lang) = (String::new(), String::new());
    let mut seen_any = false;
    found.is_sound = loop {
        let event = reader.read_event();
        match event {
            Ok(Event::Start(start)) | Ok(Event::Empty(start)) if open.len() >= DEPTH => {
                let _ = start;
                break false;
            }
            Ok(Event::Start(start)) => {
                seen_any = true;
                attributes(&reader, &start, &mut found, &mut archive, &mut lang);
                open.push(named(&reader, start.name()));
                gathered.clear();
            }
            Ok(Event::Empty(start)) => {
                seen_any = true;
                attributes(&reader, &start, &mut found, &mut archive, &mut lang);
            }
            Ok(Event::Text(text)) => gathered += &text,
            Ok(Event::GeneralRef(entity)) => match entity.resolve_char_ref() {
                Ok(Some(character)) => gathered.push(character),
                _ => {
                    gathered +=
                        quick_xml::escape::resolve_predefined_entity(&entity).unwrap_or_default()
                }
            },
            Ok(Event::CData(text)) => gathered += &text,
            Ok(Event::End(_)) => {
                let name = open.pop().unwrap_or_default();
                // A list's items say what the property around the list is.
                let property = match name.as_str() {
                    "rdf:li" => open
                        .len()
                        .checked_sub(2)
                        .and_then(|at| open.get(at))
                        .cloned()
                        .unwrap_or_default(),
                    _ => name,
                };
                let value = gathered.trim();
                if !value.is_empty() {
                    put(&mut found, &mut archive, &property, value, &lang);
                }
                gathered.clear();
                lang.clear();
            }
            Ok(Event::Eof) => break seen_any && open.is_empty(),
            Ok(_) => {}
            Err(_) => break false,
        }
    };
    let (part, level) = archive;
    if !part.is_empty() {
        found.archive = Some(part + &level.to_lowercase());
    }
    found
}

/// The properties that an element carries as attributes, and its language.
fn attributes(
    reader: &NsReader<&[u8]>,
    start: &BytesStart<'_>,
    found: &mut Xmp,
    archive: &mut (String, String),
    lang: &mut String,
) {
    for attribute in start.attributes().flatten() {
        let value = attribute
            .normalized_value(XmlVersion::default())
            .unwrap_or_default();
        if attribute.key.as_ref() == "xml:lang" {
            *lang = value.into_owned();
            continue;
        }
        let (space, local) = reader.resolver().resolve_attribute(attribute.key);
        let name = prefixed(&space, local.as_ref());
        put(found, archive, &name, value.trim(), "");
    }
}

fn named(reader: &NsReader<&[u8]>, name: QName<'_>) -> String {
    let (space, local) = reader.resolver().resolve_element(name);
    prefixed(&space, local.as_ref())
}

/// A name with the usual prefix of its vocabulary, whichever the file has.
fn prefixed(space: &ResolveResult<'_>, local: &str) -> String {
    let ResolveResult::Bound(space) = space else {
        return String::new();
    };
    let prefix = match space.as_ref() {
        "http://purl.org/dc/elements/1.1/" => "dc",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#" => "rdf",
        "http://ns.adobe.com/xap/1.0/" => "xmp",
        "http://ns.adobe.com/pdf/1.3/" => "pdf",
        "http://www.aiim.org/pdfua/ns/id/" => "pdfuaid",
        "http://www.aiim.org/pdfa/ns/id/" => "pdfaid",
        "http://www.npes.org/pdfx/ns/id/" => "pdfxid",
        "http://ns.adobe.com/pdfx/1.3/" => "pdfx",
        _ => return String::new(),
    };
    format!("{prefix}:{local}")
}

/// Takes a property in. Of one in several languages, the default's or the first.
fn put(found: &mut Xmp, archive: &mut (String, String), name: &str, value: &str, lang: &str) {
    let text = value.to_owned();
    let is_default = lang == "x-default";
    let slot = match name {
        "dc:title" => &mut found.title,
        "dc:description" => &mut found.description,
        "dc:creator" if found.creators.len() < 1000 => return found.creators.push(text),
        "dc:language" if found.languages.len() < 1000 => return found.languages.push(text),
        "pdf:Keywords" => &mut found.keywords,
        "pdf:Producer" => &mut found.producer,
        "xmp:CreatorTool" => &mut found.tool,
        "xmp:CreateDate" => &mut found.created,
        "xmp:ModifyDate" => &mut found.modified,
        "pdfuaid:part" => &mut found.ua,
        "pdfxid:GTS_PDFXVersion" | "pdfx:GTS_PDFXVersion" => &mut found.press,
        "pdfaid:part" => return archive.0 = text,
        "pdfaid:conformance" => return archive.1 = text,
        _ => return,
    };
    if slot.is_none() || is_default {
        *slot = Some(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_read_in_all_their_forms() {
        let xmp = read(
            r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
            <r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <r:Description r:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:p="http://ns.adobe.com/pdf/1.3/"
              p:Keywords="whales" xmlns:u="http://www.aiim.org/pdfua/ns/id/" u:part="1">
            <dc:title><r:Alt><r:li xml:lang="de">Wal</r:li><r:li xml:lang="x-default">Whale &amp; Sea</r:li></r:Alt></dc:title>
            <dc:creator><r:Seq><r:li>A</r:li><r:li>B</r:li></r:Seq></dc:creator>
            <a:part xmlns:a="http://www.aiim.org/pdfa/ns/id/">2</a:part>
            <a:conformance xmlns:a="http://www.aiim.org/pdfa/ns/id/">B</a:conformance>
            </r:Description></r:RDF></x:xmpmeta><?xpacket end="w"?>"#,
        );
        assert!(xmp.is_sound);
        assert_eq!(xmp.title.as_deref(), Some("Whale & Sea"));
        assert_eq!(xmp.creators, ["A", "B"]);
        assert_eq!(xmp.keywords.as_deref(), Some("whales"));
        assert_eq!(
            (xmp.ua.as_deref(), xmp.archive.as_deref()),
            (Some("1"), Some("2b"))
        );
    }

    #[test]
    fn what_is_no_xml_is_told() {
        for text in ["", "title: Whale", "<a><b></a>", "<a>", &"<a>".repeat(9999)] {
            assert!(!read(text).is_sound, "{}", &text[..text.len().min(20)]);
        }
    }
}
