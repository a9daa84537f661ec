//! Names of other vocabularies: prefixes, and which names they stand before (EPUB 3.3, D.1).

use std::collections::BTreeSet;

use super::super::publication::{Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space, Tree};
use super::super::xml::is_name;
use super::tables::{beside, has};
use crate::diag::Code;
use crate::source::Span;

/// Prefixes of the package that need no declaration (EPUB 3.3, D.1.3; `msv` and `prism` from 3.0).
const OF_PACKAGES: &str = "a11y dcterms marc media onix rendition schema xsd msv prism";

/// Those of documents and overlays.
const OF_DOCUMENTS: &str = "msv prism";

/// Names behind those prefixes of which all are known.
const KNOWN: &[(&str, &str)] = &[
    ("rendition", "flow layout orientation spread viewport"),
    (
        "media",
        "active-class duration narrator playback-active-class",
    ),
    (
        "a11y",
        "certifiedBy certifierCredential certifierReport contact exemption pageBreakSource refinementOf",
    ),
];

/// What a place of the spine says of its page.
const OF_PLACES: &str = "align-x-center flow-auto flow-paginated flow-scrolled-continuous flow-scrolled-doc layout-pre-paginated \
    layout-reflowable orientation-auto orientation-landscape orientation-portrait page-spread-center page-spread-left page-spread-right \
    spread-auto spread-both spread-landscape spread-none spread-portrait";

/// Properties of the metadata that have no prefix (D.3), those of dictionaries among them.
const PLAIN: &str = "alternate-script authority belongs-to-collection collection-type dictionary-type display-seq file-as group-position \
    identifier-type meta-auth pageBreakSource role source-language source-of target-language term title-type";

/// The prefixes that may be used in a document.
pub(super) struct Prefixes<'t> {
    declared: BTreeSet<&'t str>,
    reserved: &'static str,
}

impl<'t> Prefixes<'t> {
    /// Of the package.
    pub fn of_package(root: Node<'t>) -> Prefixes<'t> {
        let declared = root.attr("prefix").unwrap_or_default();
        Prefixes::new(declared, OF_PACKAGES)
    }

    fn new(declared: &'t str, reserved: &'static str) -> Prefixes<'t> {
        let words = declared.split_ascii_whitespace();
        let declared = words.filter_map(|word| word.strip_suffix(':')).collect();
        Prefixes { declared, reserved }
    }

    /// Whether a name may have this prefix.
    pub fn knows(&self, prefix: &str) -> bool {
        self.declared.contains(prefix) || has(self.reserved, prefix)
    }

    /// What is wrong with a name that stands on an element; names without a prefix are for others to judge.
    fn fault(&self, name: &str, element: &str) -> Option<String> {
        let (prefix, own) = name.split_once(':')?;
        if !self.knows(prefix) {
            return Some(format!("the prefix of `{}` is not declared", shown(name)));
        }
        let known = match (prefix, element) {
            ("rendition", "itemref") => OF_PLACES,
            ("rendition" | "media", "item") | ("media", "itemref") => "",
            _ => beside(KNOWN, prefix)?,
        };
        if self.declared.contains(prefix) || has(known, own) {
            return None;
        }
        Some(match element {
            "item" | "itemref" => format!("`{}` is no property of an `{element}`", shown(name)),
            _ => format!("there is no property `{}`", shown(name)),
        })
    }
}

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    let package = &publication.package;
    if package.version == Version::Two {
        return;
    }
    if let Some(root) = package.tree.as_ref().and_then(|tree| tree.root()) {
        if let Some((prefix, at)) = root.attr_of(Space::None, "prefix") {
            declaration(prefix, at, tally);
        }
        properties(root, tally);
    }
    let documents = publication.documents.iter().map(|document| &document.tree);
    let overlays = publication.overlays.iter().map(|overlay| &overlay.tree);
    for tree in documents.chain(overlays) {
        types(tree, tally);
    }
}

/// `prefix: address prefix: address …`
fn declaration(said: &str, at: Span, tally: &Tally<'_>) {
    let bad = |message: String| tally.tell(Code::InvalidMetadata, at, message);
    let words: Vec<&str> = said.split_ascii_whitespace().collect();
    for two in words.chunks(2) {
        let Some(prefix) = two[0].strip_suffix(':') else {
            return bad(format!("`{}` is no prefix: a colon ends it", shown(two[0])));
        };
        let Some(address) = two.get(1) else {
            return bad(format!("the prefix `{}` stands for nothing", shown(prefix)));
        };
        match prefix {
            "" => bad("a prefix without letters is declared".to_owned()),
            "_" => bad("the prefix `_` may not be declared".to_owned()),
            _ if !is_name(prefix) || prefix.contains(':') => {
                bad(format!("`{}` is no prefix", shown(prefix)));
            }
            _ if *address == "http://purl.org/dc/elements/1.1/" => {
                bad("Dublin Core has elements of its own, and no prefix".to_owned());
            }
            _ if address.starts_with("http://idpf.org/epub/vocab/package/")
                && ["meta/#", "link/#", "item/#", "itemref/#"]
                    .iter()
                    .any(|own| address.ends_with(own)) =>
            {
                bad(format!("names of `{}` have no prefix", shown(address)));
            }
            _ if !address.contains(':') => {
                bad(format!(
                    "the prefix `{}` stands for `{}`, no address",
                    shown(prefix),
                    shown(address)
                ));
            }
            _ => {}
        }
    }
}

/// The names in the package: `property` of metadata, `properties` of items and links, `rel`.
fn properties(root: Node<'_>, tally: &Tally<'_>) {
    let prefixes = Prefixes::of_package(root);
    for node in root
        .descendants()
        .filter(|node| node.space() == Space::Package)
    {
        for (space, name, value, at) in node.attrs() {
            let code = match (node.name(), name) {
                _ if space != Space::None => continue,
                ("meta", "property") => Code::InvalidMetadata,
                ("link", "properties" | "rel") => Code::InvalidMetadata,
                ("item" | "itemref", "properties") => Code::ItemProperties,
                _ => continue,
            };
            let is_place = |one: &str| matches!(one, "page-spread-left" | "page-spread-right");
            let mut words = value.split_ascii_whitespace();
            let unknown = words.find(|one| !one.contains(':') && !is_place(one));
            if let Some(name) = unknown.filter(|_| node.name() == "itemref") {
                let message = format!("`{}` is no property of an `itemref`", shown(name));
                tally.tell(code, at, message);
            }
            let mut wrong = value.split_ascii_whitespace();
            if let Some(fault) = wrong.find_map(|one| prefixes.fault(one, node.name())) {
                tally.tell(code, at, fault);
            }
            let name = value.trim();
            let is_one = !name.is_empty() && !name.contains(char::is_whitespace);
            if node.name() == "meta" && is_one && !name.contains(':') && !has(PLAIN, name) {
                let message = format!("there is no property `{}` without a prefix", shown(name));
                tally.tell(code, at, message);
            }
        }
    }
}

/// `epub:type` of a document, and the prefixes that it declares.
fn types(tree: &Tree, tally: &Tally<'_>) {
    let Some(root) = tree.root().filter(|_| tree.is_whole) else {
        return;
    };
    let declared = root.attr_of(Space::Ops, "prefix");
    if let Some((prefix, at)) = declared {
        declaration(prefix, at, tally);
    }
    let declared = declared.map_or("", |(prefix, _)| prefix);
    let prefixes = Prefixes::new(declared, OF_DOCUMENTS);
    for node in tree.nodes() {
        let Some((said, at)) = node.attr_of(Space::Ops, "type") else {
            continue;
        };
        for name in said.split_ascii_whitespace() {
            if let Some((prefix, _)) = name
                .split_once(':')
                .filter(|(prefix, _)| !prefixes.knows(prefix))
            {
                let message = format!(
                    "the prefix `{}` of an `epub:type` is not declared",
                    shown(prefix)
                );
                tally.tell(Code::BadMarkup, at, message);
            }
        }
    }
}
