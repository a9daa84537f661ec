//! What the file says of itself, twice: for old readers (`Info`) and as XMP.

use lopdf::{Dictionary, ObjectId, Stream, dictionary};

use crate::pdf::syntax::{name, text};
use crate::pdf::version::Version;
use crate::profile::Standard;
use crate::typeset::pages::Info;

use super::Draft;

/// What made the file.
const TOOL: &str = concat!("recto ", env!("CARGO_PKG_VERSION"));

/// Sets `Info`, which PDF 2.0 has no more; returns the XMP stream. `claims` are the standards that the file keeps to, `seal`
/// is a digest of what it shows.
pub fn write(
    draft: &mut Draft,
    info: &Info,
    claims: &[Standard],
    version: Version,
    seal: &[u8],
) -> ObjectId {
    let date = Date::of(info.date);
    match version {
        Version::V2_0 => remove_info(draft),
        _ => set_info(draft, entries(info, claims, &date)),
    }
    let mut stream = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        packet(info, claims, &date, seal).into_bytes(),
    );
    stream.allows_compression = false;
    draft.add(stream)
}

/// What old readers look at.
fn entries(info: &Info, claims: &[Standard], date: &Date) -> Dictionary {
    let mut dict = dictionary! {
        "Title" => text(title(info)),
        "Creator" => text(TOOL),
        "Producer" => text(TOOL),
        "CreationDate" => text(&date.pdf()),
        "ModDate" => text(&date.pdf()),
    };
    let mut set = |key: &str, value: &str| {
        if !value.is_empty() {
            dict.set(key, text(value));
        }
    };
    set("Author", &info.authors.join(", "));
    set("Subject", info.subject.as_deref().unwrap_or_default());
    set("Keywords", &info.keywords.join(", "));
    let x1a = claims.contains(&Standard::X1a);
    if x1a || claims.contains(&Standard::X4) {
        // Nothing is trapped here: neighbouring colours are not spread into each other.
        dict.set("Trapped", name("False"));
        if x1a {
            dict.set("GTS_PDFXVersion", text("PDF/X-1:2001"));
            dict.set("GTS_PDFXConformance", text("PDF/X-1a:2001"));
        }
    }
    dict
}

/// Takes printpdf's `Info` away.
fn remove_info(draft: &mut Draft) {
    let old = draft.doc.trailer.remove(b"Info");
    if let Some(Ok(id)) = old.as_ref().map(|info| info.as_reference()) {
        draft.remove(id);
    }
}

/// Puts `Info` where printpdf's was.
fn set_info(draft: &mut Draft, dict: Dictionary) {
    let old = draft
        .doc
        .trailer
        .get(b"Info")
        .and_then(|info| info.as_reference());
    if let Ok(id) = old {
        draft.doc.objects.insert(id, dict.into());
    } else {
        let id = draft.add(dict);
        draft.doc.trailer.set("Info", id);
    }
}

/// A title; PDF/UA asks for one.
fn title(info: &Info) -> &str {
    if info.title.trim().is_empty() {
        "Untitled"
    } else {
        &info.title
    }
}

/// A date and a time of day, UTC.
struct Date {
    year: i64,
    month: i64,
    day: i64,
    second: i64,
}

impl Date {
    /// From seconds since 1970, by the civil calendar; what is out of four-digit years becomes the nearest.
    fn of(seconds: i64) -> Date {
        // From 0001-01-01 to 9999-12-31.
        let seconds = seconds.clamp(-62_135_596_800, 253_402_300_799);
        let days = seconds.div_euclid(86_400);
        // Years are counted from March, so that leap days come last; 146 097 days make 400 years.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        Date {
            year: year_of_era + era * 400 + i64::from(month >= 10),
            month: if month < 10 { month + 3 } else { month - 9 },
            day: day_of_year - (153 * month + 2) / 5 + 1,
            second: seconds.rem_euclid(86_400),
        }
    }

    fn time(&self) -> (i64, i64, i64) {
        (self.second / 3600, self.second / 60 % 60, self.second % 60)
    }

    fn pdf(&self) -> String {
        let (h, m, s) = self.time();
        format!(
            "D:{:04}{:02}{:02}{h:02}{m:02}{s:02}Z",
            self.year, self.month, self.day
        )
    }

    fn xmp(&self) -> String {
        let (h, m, s) = self.time();
        format!(
            "{:04}-{:02}-{:02}T{h:02}:{m:02}:{s:02}Z",
            self.year, self.month, self.day
        )
    }
}

/// XMP as text, piece by piece.
struct Xmp(String);

impl Xmp {
    fn open(&mut self, element: &str) {
        self.0.push('<');
        self.0.push_str(element);
        self.0.push('>');
    }

    fn close(&mut self, element: &str) {
        let name = element.split(' ').next().unwrap_or_default();
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '\t' | '\n' | '\r' => self.0.push(' '),
                // XML has no other control characters, and not these two.
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                c => self.0.push(c),
            }
        }
    }

    /// A property of one value.
    fn property(&mut self, name: &str, value: &str) {
        self.open(name);
        self.text(value);
        self.close(name);
        self.0.push('\n');
    }

    /// A property of several values: `Seq`, `Bag`, or `Alt` by language.
    fn list(&mut self, name: &str, kind: &str, values: &[&str]) {
        if values.is_empty() {
            return;
        }
        let item = if kind == "Alt" {
            "rdf:li xml:lang=\"x-default\""
        } else {
            "rdf:li"
        };
        let kind = format!("rdf:{kind}");
        self.open(name);
        self.open(&kind);
        for value in values {
            self.open(item);
            self.text(value);
            self.close(item);
        }
        self.close(&kind);
        self.close(name);
        self.0.push('\n');
    }
}

/// PDF/A wants each schema that it does not know described.
const UA_SCHEMA: &str = concat!(
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">",
    "<pdfaProperty:name>part</pdfaProperty:name>",
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
    "<pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>",
    "</rdf:li></rdf:Seq></pdfaSchema:property>",
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n",
);

fn all(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).collect()
}

fn one(value: &Option<String>) -> Vec<&str> {
    value.as_deref().into_iter().collect()
}

/// A digest as a UUID of the kind that its makers define themselves (RFC 9562, 5.8).
fn uuid(seal: &[u8]) -> String {
    let mut digits: Vec<u8> = seal
        .iter()
        .chain([0; 16].iter())
        .take(16)
        .copied()
        .collect();
    digits[6] = digits[6] & 0x0f | 0x80;
    digits[8] = digits[8] & 0x3f | 0x80;
    let mut out = String::from("uuid:");
    for (at, digit) in digits.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        out.push_str(&format!("{digit:02x}"));
    }
    out
}

/// The whole XMP packet.
fn packet(info: &Info, claims: &[Standard], date: &Date, seal: &[u8]) -> String {
    let mut xmp = Xmp(String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
    ));
    xmp.0.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">");
    xmp.0
        .push_str("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">");
    xmp.0.push_str("<rdf:Description rdf:about=\"\"");
    for (prefix, space) in [
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("xmp", "http://ns.adobe.com/xap/1.0/"),
        ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
        ("pdf", "http://ns.adobe.com/pdf/1.3/"),
        ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
        ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
        ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
        ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
        ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
        ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
    ] {
        xmp.0.push_str(&format!(" xmlns:{prefix}=\"{space}\""));
    }
    xmp.0.push_str(">\n");

    xmp.property("dc:format", "application/pdf");
    xmp.list("dc:title", "Alt", &[title(info)]);
    xmp.list("dc:creator", "Seq", &all(&info.authors));
    xmp.list("dc:description", "Alt", &one(&info.subject));
    xmp.list("dc:subject", "Bag", &all(&info.keywords));
    xmp.list("dc:language", "Bag", &[info.lang.tag()]);
    xmp.list("dc:publisher", "Bag", &one(&info.publisher));
    xmp.list("dc:rights", "Alt", &one(&info.rights));
    xmp.property("xmp:CreatorTool", TOOL);
    for property in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
        xmp.property(property, &date.xmp());
    }
    xmp.property("pdf:Producer", TOOL);
    if !info.keywords.is_empty() {
        xmp.property("pdf:Keywords", &info.keywords.join(", "));
    }
    if claims.contains(&Standard::X4) {
        xmp.property("pdf:Trapped", "False");
        xmp.property("xmpMM:DocumentID", &uuid(seal));
        xmp.property("xmpMM:VersionID", "1");
        xmp.property("xmpMM:RenditionClass", "default");
        xmp.property("pdfxid:GTS_PDFXVersion", "PDF/X-4");
    }
    for claim in claims {
        let said: &[(&str, &str)] = match claim {
            Standard::A2a => &[("pdfaid:part", "2"), ("pdfaid:conformance", "A")],
            Standard::A2u => &[("pdfaid:part", "2"), ("pdfaid:conformance", "U")],
            Standard::A2b => &[("pdfaid:part", "2"), ("pdfaid:conformance", "B")],
            Standard::A4 => &[("pdfaid:part", "4"), ("pdfaid:rev", "2020")],
            Standard::Ua1 => &[("pdfuaid:part", "1")],
            Standard::Ua2 => &[("pdfuaid:part", "2"), ("pdfuaid:rev", "2024")],
            Standard::X1a | Standard::X4 => &[],
        };
        for (property, value) in said {
            xmp.property(property, value);
        }
        if *claim == Standard::Ua1 {
            xmp.0.push_str(UA_SCHEMA);
        }
    }
    xmp.0
        .push_str("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    xmp.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_827_696, "2000-02-29T12:34:56Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (i64::MAX, "9999-12-31T23:59:59Z"),
            (i64::MIN, "0001-01-01T00:00:00Z"),
        ] {
            assert_eq!(Date::of(seconds).xmp(), text);
        }
        assert_eq!(Date::of(86_400).pdf(), "D:19700102000000Z");
    }

    #[test]
    fn digests_become_uuids() {
        assert_eq!(
            uuid(&[0xff; 32]),
            "uuid:ffffffff-ffff-8fff-bfff-ffffffffffff"
        );
        assert_eq!(uuid(&[]), "uuid:00000000-0000-8000-8000-000000000000");
    }

    #[test]
    fn what_an_author_wrote_stays_xml() {
        let info = Info {
            title: "A < B & \u{1}C".to_owned(),
            authors: vec!["</rdf:li>".to_owned()],
            ..Info::default()
        };
        let packet = packet(&info, &[Standard::Ua1], &Date::of(0), &[]);
        assert!(packet.contains("A &lt; B &amp; C"));
        assert!(packet.contains("&lt;/rdf:li&gt;"));
        assert!(packet.contains("pdfuaid:part") && !packet.contains("<pdfaid:part"));
    }
}
