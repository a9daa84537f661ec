//! The archive: `mimetype`, `container.xml`, `encryption.xml`.

use std::collections::BTreeSet;

use super::super::address::composed;
use super::super::archive::Entry;
use super::super::container::{PACKAGE, root};
use super::super::publication::{Cipher, Publication, Version};
use super::super::tally::{Tally, shown};
use super::super::tree::{Node, Space, Tree};
use crate::diag::{Code, Diagnostic};

/// What the first entry says (OCF 3.3, 4.2.2).
const MIMETYPE: &[u8] = b"application/epub+zip";

const CONTAINER: &str = "META-INF/container.xml";

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    mimetype(publication, tally);
    rootfiles(publication, tally);
    encryption(publication, tally);
}

fn mimetype(publication: &Publication, tally: &Tally<'_>) {
    let (at, container) = (publication.at, &publication.container);
    let bad = |message: &str| {
        let found = Diagnostic::new(Code::BadMimetype, at, message);
        tally.push(found.hint("pack `mimetype` first, stored and without extra fields"));
    };
    let Some(first) = container.entries.iter().min_by_key(|entry| entry.offset) else {
        return bad("the archive is empty");
    };
    let own = container
        .entries
        .iter()
        .find(|entry| entry.name == "mimetype");
    let Some(Entry { method, extra, .. }) = own else {
        return bad("there is no `mimetype`");
    };
    if first.name != "mimetype" {
        let message = format!(
            "the archive begins with `{}`, not with `mimetype`",
            shown(&first.name)
        );
        bad(&message);
    }
    if *method != 0 {
        bad("`mimetype` is compressed");
    }
    if *extra {
        bad("`mimetype` has an extra field in its header");
    }
    if let Some(bytes) = container
        .mimetype
        .as_deref()
        .filter(|bytes| *bytes != MIMETYPE)
    {
        let says = shown(&String::from_utf8_lossy(bytes));
        bad(&format!(
            "`mimetype` says `{says}`, not `application/epub+zip` alone"
        ));
    }
}

fn rootfiles(publication: &Publication, tally: &Tally<'_>) {
    let container = &publication.container;
    let bad = |at, message: String| tally.tell(Code::BadContainer, at, message);
    let Some(tree) = &container.tree else {
        if !container.files.contains_key(CONTAINER) {
            bad(publication.at, format!("there is no `{CONTAINER}`"));
        }
        return;
    };
    let Some(path) = root(tree) else {
        if tree.is_whole {
            let file = tree.nodes().find(|node| node.name() == "rootfile");
            bad(
                file.map_or_else(|| tree.start(), |file| file.span()),
                format!("no `rootfile` of the type `{PACKAGE}` has a `full-path`"),
            );
        }
        return;
    };
    let file = tree
        .nodes()
        .find(|node| node.attr("full-path").map(composed).as_ref() == Some(&path));
    let at = file.map_or_else(|| tree.start(), |file| file.span_of("full-path"));
    if !container.files.contains_key(&path) {
        bad(
            at,
            format!("the package `{}` is not in the archive", shown(&path)),
        );
    }
    if file.is_some_and(|file| file.attr("media-type").is_none()) {
        bad(at, "the `rootfile` has no `media-type`".to_owned());
    }
    let mut packages = tree.nodes().filter(|node| {
        node.name() == "rootfile" && node.attr("media-type").map(str::trim) == Some(PACKAGE)
    });
    if let Some(second) = packages
        .nth(1)
        .filter(|_| publication.package.version == Version::Two)
    {
        bad(
            second.span(),
            "an EPUB 2 has one package, and here a second is named".to_owned(),
        );
    }
    for node in tree.nodes().filter(|node| node.space() == Space::Container) {
        let up = node.parent().map_or("", Node::name);
        let fits = match node.name() {
            "container" => up.is_empty(),
            "rootfiles" | "links" => up == "container",
            "rootfile" => up == "rootfiles",
            "link" => up == "links",
            _ => false,
        };
        if !fits {
            bad(
                node.span(),
                format!("`<{}>` does not belong here", shown(node.name())),
            );
        }
    }
    let root = tree.root();
    if root.is_some_and(|root| root.name() != "container" || root.attr("version").is_none()) {
        bad(
            tree.start(),
            "the outermost element is no `container` with a `version`".to_owned(),
        );
    }
}

/// The media types of fonts (EPUB 3.3, 3.2), those of older books among them.
const FONTS: [&str; 10] = [
    "font/ttf",
    "font/otf",
    "font/woff",
    "font/woff2",
    "application/font-sfnt",
    "application/font-woff",
    "application/vnd.ms-opentype",
    "application/x-font-ttf",
    "application/x-font-truetype",
    "application/x-font-opentype",
];

fn encryption(publication: &Publication, tally: &Tally<'_>) {
    let container = &publication.container;
    if let Some(tree) = &container.encryption {
        listed(tree, tally);
    }
    let (mut protected, mut first) = (0, None);
    for (path, hidden) in &container.hidden {
        let name = shown(path);
        let bad = |message: String| tally.tell(Code::BadEncryption, hidden.at, message);
        let Some(file) = container.files.get(path) else {
            bad(format!("`{name}` is not in the archive"));
            continue;
        };
        let item = publication.item(path);
        let needed = path.starts_with("META-INF/")
            || path == "mimetype"
            || *path == publication.package.path
            || item.is_some_and(|item| item.has("nav"));
        let kind = item.map(|item| item.kind()).unwrap_or_default();
        let is_font = FONTS.contains(&kind.as_str());
        match hidden.by {
            _ if needed => bad(format!("`{name}` must be readable by all")),
            Cipher::Obfuscated if !is_font && file.is_sound => {
                bad(format!(
                    "`{name}` is `{}`, and only fonts are obfuscated",
                    shown(&kind)
                ));
            }
            Cipher::Obfuscated => {}
            Cipher::Encrypted => {
                protected += 1;
                first = first.or(Some(hidden.at));
            }
        }
    }
    if let Some(at) = first {
        let files = if protected == 1 {
            "file is"
        } else {
            "files are"
        };
        let message = format!("{protected} {files} encrypted, and not judged");
        tally.tell(Code::ProtectedFile, at, message);
    }
}

/// The form of `encryption.xml`, as far as its lists go.
fn listed(tree: &Tree, tally: &Tally<'_>) {
    let bad = |at, message: String| tally.tell(Code::BadEncryption, at, message);
    let Some(root) = tree.root() else { return };
    if !root.is(Space::Container, "encryption") {
        return bad(
            root.span(),
            "the outermost element is no `encryption` of its namespace".to_owned(),
        );
    }
    let mut ids = BTreeSet::new();
    for node in tree.nodes() {
        for (space, name, value, at) in node.attrs() {
            if space == Space::None && matches!(name, "Id" | "ID") && !ids.insert(value) {
                bad(at, format!("the id `{}` is given twice", shown(value)));
            }
        }
        match node.name() {
            "CipherReference" if node.attr("URI").is_none() => {
                bad(node.span(), "a `CipherReference` has no `URI`".to_owned());
            }
            "Compression" => {
                if !matches!(node.attr("Method"), Some("0" | "8")) {
                    bad(
                        node.span_of("Method"),
                        "the `Method` is `0` or `8`".to_owned(),
                    );
                }
                let length = node.attr("OriginalLength").unwrap_or_default();
                if length.trim().parse::<u64>().is_err() {
                    bad(
                        node.span_of("OriginalLength"),
                        "the `OriginalLength` is a number of bytes".to_owned(),
                    );
                }
            }
            _ => {}
        }
    }
}
