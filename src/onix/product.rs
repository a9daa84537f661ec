//! A product: its numbers, its form, then the blocks of its record in their order.

use super::{Bound, Form, Message, Product, access, description, trade};
use crate::manifest::{Feature, Status, days_of};
use crate::markup::Element;
use crate::resolve::access::Mode;
use crate::unit::Abs;

/// Writes a product; `None` if it has no ISBN.
pub(super) fn product(product: &Product<'_>, message: &Message<'_>) -> Option<Element> {
    let isbn = product.isbn()?;
    let forthcoming = status(product, message) == Status::Forthcoming;
    let mut out = Element::new("Product")
        .leaf("RecordReference", &format!("isbn-{isbn}"))
        // List 1: 02 advance notification, confirmed; 03 notification confirmed on publication.
        .leaf("NotificationType", if forthcoming { "02" } else { "03" })
        // List 3: 01 publisher.
        .leaf("RecordSourceType", "01")
        // List 5: 15 ISBN-13; 03 GTIN-13, which is the same number to tills; 06 DOI.
        .child(identifier("15", &isbn))
        .child(identifier("03", &isbn));
    // One DOI names the work in its first form: where it is published on the net, that is the EPUB.
    if let (Form::Epub(_), Some(doi)) = (product.form, &product.manifest.metadata.identifiers.doi) {
        out.push(identifier("06", doi));
    }
    out.push(descriptive(product, message));
    if let Some(collateral) = trade::collateral(product) {
        out.push(collateral);
    }
    out.push(trade::publishing(product, message));
    if let Some(related) = trade::related(product, message) {
        out.push(related);
    }
    Some(out)
}

/// A number and its kind by list 5.
pub(super) fn identifier(kind: &str, value: &str) -> Element {
    Element::new("ProductIdentifier")
        .leaf("ProductIDType", kind)
        .leaf("IDValue", value)
}

/// Whether the product has come out: as its author says, else by its date.
pub(super) fn status(product: &Product<'_>, message: &Message<'_>) -> Status {
    message.record.status.unwrap_or_else(|| {
        let date = product.manifest.metadata.date.as_deref().and_then(days_of);
        match date.is_some_and(|day| day > message.timestamp.div_euclid(86_400)) {
            true => Status::Forthcoming,
            false => Status::Active,
        }
    })
}

/// Block 1: what the product is.
fn descriptive(product: &Product<'_>, message: &Message<'_>) -> Element {
    let mut out = Element::new("DescriptiveDetail")
        // List 2: 00 a single thing, sold on its own.
        .leaf("ProductComposition", "00");
    match product.form {
        Form::Epub(access) => {
            // List 150: ED digital download. List 175: E101 EPUB, E200 reflowable.
            out = out.leaf("ProductForm", "ED");
            for detail in ["E101", "E200"] {
                out.push(Element::value("ProductFormDetail", detail));
            }
            // List 79: 15 version of the format. List 220: 101F EPUB 3.3.
            out.push(access::feature("15", "101F"));
            access::features(product.manifest, access, message.record, &mut out);
            // List 81: 10 text, 07 still images, 48 mathematics.
            let text = access.modes.contains(&Mode::Textual);
            let images = access.modes.contains(&Mode::Visual);
            let (primary, further) = match (text, images) {
                (true, true) => ("10", Some("07")),
                (true, false) => ("10", None),
                (false, _) => ("07", None),
            };
            out = out
                .leaf("PrimaryContentType", primary)
                .leaf_some("ProductContentType", further);
            if access.features.contains(&Feature::Latex) {
                out.push(Element::value("ProductContentType", "48"));
            }
            if access.features.contains(&Feature::Unlocked) {
                // List 144: 00 none.
                out.push(Element::value("EpubTechnicalProtection", "00"));
            }
        }
        Form::Print(bound) => {
            // List 150: BB hardback, BC paperback.
            out = out.leaf("ProductForm", if bound.cased { "BB" } else { "BC" });
            for measure in measures(bound) {
                out.push(measure);
            }
        }
    }
    description::describe(product, message, &mut out);
    out
}

/// Height, width and, if it is known, thickness: list 48, in millimetres (list 50).
fn measures(bound: Bound) -> Vec<Element> {
    let measure = |kind: &str, length: Abs| {
        let millimetres = (length.to_mm() * 10.0).round() / 10.0;
        Element::new("Measure")
            .leaf("MeasureType", kind)
            .leaf("Measurement", &millimetres.to_string())
            .leaf("MeasureUnitCode", "mm")
    };
    // A hardback is larger than its pages, by how much its binder knows: 04 and 05 are the trim's own.
    let (height, width) = if bound.cased {
        ("04", "05")
    } else {
        ("01", "02")
    };
    let mut out = vec![
        measure(height, bound.trim.height),
        measure(width, bound.trim.width),
    ];
    out.extend(bound.spine.map(|spine| measure("03", spine)));
    out
}
