//! What `META-INF` says.

use std::collections::BTreeMap;

use super::address::{Target, composed, follow};
use super::publication::{Cipher, Hidden};
use super::tree::{Space, Tree};

/// The media type of a package.
pub(super) const PACKAGE: &str = "application/oebps-package+xml";

/// The ways in which a font may be made useless outside its book: EPUB's (4.4) and Adobe's.
const OBFUSCATIONS: [&str; 2] = [
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
];

/// The path of the package: that of the first rootfile that is one.
pub(super) fn root(tree: &Tree) -> Option<String> {
    let mut files = tree.nodes().filter(|node| node.name() == "rootfile");
    let package = files.find(|node| node.attr("media-type").is_none_or(|kind| kind == PACKAGE));
    package?.attr("full-path").map(composed)
}

/// The files that `encryption.xml` names, each with what is done to it.
pub(super) fn hidden(tree: &Tree) -> BTreeMap<String, Hidden> {
    let mut hidden = BTreeMap::new();
    for data in tree
        .nodes()
        .filter(|node| node.is(Space::Encryption, "EncryptedData"))
    {
        let of = |name: &str| {
            data.descendants()
                .find(|node| node.is(Space::Encryption, name))
        };
        let method = of("EncryptionMethod").and_then(|node| node.attr("Algorithm"));
        let Some(reference) = of("CipherReference") else {
            continue;
        };
        let by = match OBFUSCATIONS.contains(&method.unwrap_or_default()) {
            true => Cipher::Obfuscated,
            false => Cipher::Encrypted,
        };
        // Addresses here begin at the root of the container.
        let target = follow("", reference.attr("URI").unwrap_or_default());
        if let Target::Inside { path, .. } = target {
            let at = reference.span_of("URI");
            hidden.entry(path).or_insert(Hidden { by, at });
        }
    }
    hidden
}
