//! What is said of a book to sell it, who publishes it and when, and what else of it there is.

use super::product::{identifier, status};
use super::{Form, Message, Product};
use crate::manifest::{Metadata, Status};
use crate::markup::Element;

/// Block 2: the description; `None` if there is none.
pub(super) fn collateral(product: &Product<'_>) -> Option<Element> {
    let description = product.manifest.metadata.description.as_deref()?;
    // List 153: 03 description. List 154: 00 for anybody. List 34: 06 text without markup.
    let text = Element::new("TextContent")
        .leaf("TextType", "03")
        .leaf("ContentAudience", "00")
        .child(Element::value("Text", description).with("textformat", "06"));
    Some(Element::new("CollateralDetail").child(text))
}

/// Block 4: who publishes it, whether it is out, and whose it is.
pub(super) fn publishing(product: &Product<'_>, message: &Message<'_>) -> Element {
    let metadata = &product.manifest.metadata;
    let publisher = metadata.publisher.as_deref().unwrap_or_default();
    let imprint = message.record.imprint.as_deref().unwrap_or(publisher);
    // List 45: 01 publisher. List 64: 02 forthcoming, 04 active.
    let out = Element::new("PublishingDetail")
        .child(Element::new("Imprint").leaf("ImprintName", imprint))
        .child(
            Element::new("Publisher")
                .leaf("PublishingRole", "01")
                .leaf("PublisherName", publisher),
        );
    let forthcoming = status(product, message) == Status::Forthcoming;
    let mut out = out.leaf("PublishingStatus", if forthcoming { "02" } else { "04" });
    if let Some(date) = &metadata.date {
        // List 55: 00 a day, 01 a month, 05 a year.
        let format = match date.len() {
            4 => "05",
            7 => "01",
            _ => "00",
        };
        let date = Element::value("Date", &date.replace('-', "")).with("dateformat", format);
        // List 163: 01 publication date.
        out.push(
            Element::new("PublishingDate")
                .leaf("PublishingDateRole", "01")
                .child(date),
        );
    }
    copyright(metadata, &mut out);
    out
}

/// The copyright line as it is, behind what can be read in it: its years, and its owner if that is one of those named.
fn copyright(metadata: &Metadata, out: &mut Element) {
    let Some(rights) = metadata.rights.as_deref() else {
        return;
    };
    let years: Vec<&str> = rights
        .split(|c: char| !c.is_ascii_digit())
        .filter(|word| word.len() == 4 && (word.starts_with('1') || word.starts_with('2')))
        .collect();
    let people = metadata
        .contributors
        .iter()
        .map(|person| person.name.as_str());
    let owners = people
        .map(|name| ("PersonName", name))
        .chain(
            metadata
                .publisher
                .as_deref()
                .map(|name| ("CorporateName", name)),
        )
        .filter(|(_, name)| rights.contains(*name));
    let owners: Vec<(&str, &str)> = owners.collect();
    if years.is_empty() && owners.is_empty() {
        // The line may stand only behind a statement that machines can read.
        return;
    }
    let mut statement = Element::new("CopyrightStatement");
    for year in years {
        statement.push(Element::value("CopyrightYear", year));
    }
    for (kind, name) in owners {
        statement.push(Element::new("CopyrightOwner").leaf(kind, name));
    }
    out.push(statement);
    out.push(Element::value("CopyrightStatementText", rights));
}

/// Block 5: the other products; `None` if there are none.
pub(super) fn related(product: &Product<'_>, message: &Message<'_>) -> Option<Element> {
    let mut out = Element::new("RelatedMaterial");
    let mut any = false;
    for other in &message.products {
        let Some(isbn) = other
            .isbn()
            .filter(|isbn| product.isbn().as_ref() != Some(isbn))
        else {
            continue;
        };
        any = true;
        // List 51: 06 alternative format; 13 based on the printed product; 27 electronic version.
        let mut element = Element::new("RelatedProduct").leaf("ProductRelationCode", "06");
        match (product.form, other.form) {
            (Form::Epub(_), Form::Print(_)) => element = element.leaf("ProductRelationCode", "13"),
            (Form::Print(_), Form::Epub(_)) => element = element.leaf("ProductRelationCode", "27"),
            _ => {}
        }
        out.push(element.child(identifier("15", &isbn)));
    }
    any.then_some(out)
}
