//! What a metadata packet (XMP, ISO 16684-1) says.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Properties and bytes of values beyond these are not looked at.
const MOST: usize = 1_000;
const LONGEST: usize = 10_000;

/// Properties that also stand elsewhere in a file: what they are called there.
const KNOWN: [(&str, &str); 9] = [
    ("dc:title", "title"),
    ("dc:creator", "author"),
    ("dc:description", "subject"),
    ("dc:language", "language"),
    ("pdf:Keywords", "keywords"),
    ("pdf:Producer", "producer"),
    ("xmp:CreatorTool", "creator"),
    ("xmp:CreateDate", "created"),
    ("xmp:ModifyDate", "modified"),
];

/// The properties of a packet, by name, in order; several values of one are joined. What only says that a file is another one, its
/// identifiers and the moment of its making, is left out.
pub fn properties(packet: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(packet);
    let mut reader = Reader::from_str(&text);
    let mut found: Vec<(String, String)> = Vec::new();
    // The elements that are open, from `rdf:Description` on.
    let mut path: Vec<String> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    while found.len() < MOST {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                let name = name_of(&element);
                if path.len() == 1 {
                    values.clear();
                }
                if !path.is_empty() || name == "rdf:Description" {
                    path.push(name.clone());
                }
                if name == "rdf:Description" && path.len() == 1 {
                    attributes(&element, &mut found);
                }
            }
            Ok(Event::Empty(element)) if path.is_empty() => {
                if name_of(&element) == "rdf:Description" {
                    attributes(&element, &mut found);
                }
            }
            Ok(Event::Text(text)) if path.len() > 1 => {
                let text = text.trim();
                if !text.is_empty() {
                    values.push(text.chars().take(LONGEST).collect());
                }
            }
            Ok(Event::GeneralRef(entity)) if path.len() > 1 => {
                let text = match &*entity {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "apos" => "'",
                    "quot" => "\"",
                    _ => "\u{fffd}",
                };
                values.push(text.to_owned());
            }
            Ok(Event::End(_)) => {
                let ended = path.pop();
                if let (1, Some(name)) = (path.len(), ended) {
                    add(&name, values.join(" "), &mut found);
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    found
}

fn name_of(element: &BytesStart<'_>) -> String {
    element.name().as_ref().to_owned()
}

/// The short form: properties as attributes.
fn attributes(element: &BytesStart<'_>, found: &mut Vec<(String, String)>) {
    for attribute in element.attributes().flatten().take(MOST) {
        let name = attribute.key.as_ref().to_owned();
        let value = attribute.value.into_owned();
        add(&name, value, found);
    }
}

fn add(name: &str, value: String, found: &mut Vec<(String, String)>) {
    let of_the_file =
        name.starts_with("xmpMM:") || name.starts_with("xmlns") || name.starts_with("rdf:");
    if of_the_file || name == "xmp:MetadataDate" || value.is_empty() {
        return;
    }
    let known = KNOWN.iter().find(|(theirs, _)| *theirs == name);
    let name = known.map_or(name, |(_, ours)| ours);
    found.push((name.to_owned(), value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let packet = br#"<?xpacket?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
            <rdf:Description rdf:about="" xmlns:pdfaid="x" pdfaid:part="2" xmpMM:DocumentID="uuid:1">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Salt &amp; Road</rdf:li></rdf:Alt></dc:title>
            <dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>salt</rdf:li></rdf:Bag></dc:subject>
            </rdf:Description></rdf:RDF></x:xmpmeta>"#;
        let found = properties(packet);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("pdfaid:part", "2"),
                ("title", "Salt & Road"),
                ("dc:subject", "sea salt"),
            ]
        );
        assert!(properties(b"<rdf:Description><dc:title>").is_empty());
        assert!(properties(b"\xff\x00").is_empty());
    }
}
