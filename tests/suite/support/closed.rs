//! Whether an EPUB is closed in itself: all that it names is there, all that is there is named, each file is what it says.
//!
//! In: the bytes of an EPUB. Out: what is wrong with it, a line each. Steps: every file of XML is read by a strict parser; the
//! package is held against the archive; then every address in documents, contents and style sheet is followed; last,
//! `nesting` looks which elements stand in which. A judge that takes milliseconds, for books by the thousand: EPUBCheck
//! knows more and takes seconds.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use usvg::roxmltree::{Document, Node};

use super::nesting;

/// An archive's files by their paths.
type Files = BTreeMap<String, Vec<u8>>;

/// What a file is called in links, and the ids in it, in order.
struct Page<'a> {
    path: &'a str,
    document: &'a Document<'a>,
    /// Where each id stands among the document's nodes.
    ids: BTreeMap<&'a str, usize>,
}

/// What is wrong with an EPUB.
pub fn faults(epub: &[u8]) -> Vec<String> {
    let mut wrong = Vec::new();
    let files = unpack(epub, &mut wrong);
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for (path, bytes) in &files {
        let text = [".xhtml", ".opf", ".ncx", ".xml", ".svg", ".css"];
        if text.iter().any(|ending| path.ends_with(ending)) {
            match std::str::from_utf8(bytes) {
                // The reader knows no document types; this one names nothing.
                Ok(text) => drop(texts.insert(path, text.replacen("<!DOCTYPE html>", "", 1))),
                Err(_) => wrong.push(format!("{path}: not UTF-8")),
            }
        }
    }
    let mut documents: BTreeMap<&str, Document<'_>> = BTreeMap::new();
    for (path, text) in texts.iter().filter(|(path, _)| !path.ends_with(".css")) {
        match Document::parse(text) {
            Ok(document) => drop(documents.insert(path, document)),
            Err(error) => wrong.push(format!("{path}: not well formed: {error}")),
        }
    }
    let pages: BTreeMap<&str, Page<'_>> = documents
        .iter()
        .map(|(path, document)| (*path, page(path, document, &mut wrong)))
        .collect();
    let Some((package, folder)) = package(&documents, &mut wrong) else {
        return wrong;
    };
    let package = Package::read(package, &folder, &files, &mut wrong);
    let mut named: BTreeSet<String> = package.named.clone();
    for page in pages.values() {
        follow(page, &pages, &package, &mut named, &mut wrong);
        if page.path.ends_with(".xhtml") {
            nesting::faults(page.path, page.document, &mut wrong);
            notes(page, &mut wrong);
        }
    }
    for (path, text) in texts.iter().filter(|(path, _)| path.ends_with(".css")) {
        for (at, _) in text.match_indices("url(") {
            let address = text[at + 4..].split(')').next().unwrap_or_default();
            let to = join(path, address.trim_matches(['"', '\'', ' ']));
            if !files.contains_key(&to) {
                wrong.push(format!("{path}: {to} is not there"));
            }
            named.insert(to);
        }
    }
    for path in package.items.keys() {
        if !named.contains(path) {
            wrong.push(format!("{path}: nothing leads to it"));
        }
    }
    contents(&pages, &package, &mut wrong);
    wrong
}

fn unpack(epub: &[u8], wrong: &mut Vec<String>) -> Files {
    let mut files = Files::new();
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(epub)) else {
        wrong.push("not a zip archive".to_owned());
        return files;
    };
    for at in 0..zip.len() {
        let Ok(mut file) = zip.by_index(at) else {
            wrong.push(format!("entry {at} cannot be opened"));
            continue;
        };
        let name = file.name().to_owned();
        let mut bytes = Vec::new();
        if file.read_to_end(&mut bytes).is_err() {
            wrong.push(format!("{name}: cannot be unpacked"));
        }
        let first = name == "mimetype" && bytes == b"application/epub+zip";
        if at == 0 && (!first || file.compression() != zip::CompressionMethod::Stored) {
            wrong.push("the media type does not come first and plain".to_owned());
        }
        // OCF 3.3, 4.1.5: names of ASCII letters give no reader trouble.
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./+".contains(&b);
        if !name.bytes().all(plain) || name.contains("..") || name.starts_with('/') {
            wrong.push(format!("{name}: an odd name"));
        }
        if files.insert(name.clone(), bytes).is_some() {
            wrong.push(format!("{name}: twice"));
        }
    }
    files
}

fn page<'a>(path: &'a str, document: &'a Document<'a>, wrong: &mut Vec<String>) -> Page<'a> {
    let mut ids = BTreeMap::new();
    for (at, node) in document.descendants().enumerate() {
        if let Some(id) = node.attribute("id") {
            if id.is_empty() || id.contains(char::is_whitespace) {
                wrong.push(format!("{path}: no id: {id:?}"));
            }
            if ids.insert(id, at).is_some() {
                wrong.push(format!("{path}: the id {id} twice"));
            }
        }
    }
    Page {
        path,
        document,
        ids,
    }
}

fn package<'a>(
    documents: &'a BTreeMap<&str, Document<'a>>,
    wrong: &mut Vec<String>,
) -> Option<(&'a Document<'a>, String)> {
    let container = documents.get("META-INF/container.xml");
    let root = container.and_then(|container| {
        let mut nodes = container.descendants();
        nodes.find_map(|node| node.attribute("full-path"))
    });
    let found = root.and_then(|root| Some((documents.get(root)?, root)));
    let Some((package, root)) = found else {
        wrong.push("no package".to_owned());
        return None;
    };
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some((package, format!("{folder}/")))
}

/// The package, as far as others lead to it.
struct Package {
    /// Media types by path.
    items: BTreeMap<String, String>,
    /// Paths in reading order.
    spine: Vec<String>,
    nav: String,
    ncx: String,
    /// What needs no link from elsewhere.
    named: BTreeSet<String>,
}

impl Package {
    fn read(
        document: &Document<'_>,
        folder: &str,
        files: &Files,
        wrong: &mut Vec<String>,
    ) -> Package {
        let mut package = Package {
            items: BTreeMap::new(),
            spine: Vec::new(),
            nav: String::new(),
            ncx: String::new(),
            named: BTreeSet::new(),
        };
        let mut by_id = BTreeMap::new();
        let all = |name: &'static str| {
            let nodes = document.descendants();
            nodes.filter(move |node| node.tag_name().name() == name)
        };
        for item in all("item") {
            let of = |name| item.attribute(name).unwrap_or_default();
            let path = join(folder, of("href"));
            let properties: Vec<&str> = of("properties").split_whitespace().collect();
            if properties.contains(&"nav") {
                package.nav.clone_from(&path);
            }
            if properties.contains(&"nav") || properties.contains(&"cover-image") {
                package.named.insert(path.clone());
            }
            by_id.insert(of("id"), path.clone());
            match files.get(&path) {
                None => wrong.push(format!("package: {path} is not there")),
                Some(bytes) => {
                    if !is_of(of("media-type"), bytes) && !files.contains_key(OBFUSCATED) {
                        wrong.push(format!("{path}: not {}", of("media-type")));
                    }
                }
            }
            if package
                .items
                .insert(path.clone(), of("media-type").to_owned())
                .is_some()
            {
                wrong.push(format!("package: {path} twice"));
            }
        }
        for itemref in all("itemref") {
            match by_id.get(itemref.attribute("idref").unwrap_or_default()) {
                Some(path) if !package.spine.contains(path) => package.spine.push(path.clone()),
                _ => wrong.push("package: the spine names what is no item, or twice".to_owned()),
            }
        }
        let toc = all("spine").find_map(|spine| spine.attribute("toc"));
        if let Some(path) = toc.and_then(|toc| by_id.get(toc)) {
            package.ncx.clone_from(path);
            package.named.insert(path.clone());
        }
        package.named.extend(package.spine.iter().cloned());
        let ids: BTreeSet<&str> = document
            .descendants()
            .filter_map(|n| n.attribute("id"))
            .collect();
        for node in document.descendants() {
            let refines = node
                .attribute("refines")
                .map(|to| to.trim_start_matches('#'));
            let unique = node.attribute("unique-identifier");
            for id in refines.into_iter().chain(unique) {
                if !ids.contains(id) {
                    wrong.push(format!("package: nothing is called {id}"));
                }
            }
        }
        for path in files.keys() {
            let outside =
                path == "mimetype" || path.starts_with("META-INF/") || path.ends_with(".opf");
            if !outside && !package.items.contains_key(path) {
                wrong.push(format!("{path}: the package does not name it"));
            }
        }
        if package.nav.is_empty() || package.spine.is_empty() {
            wrong.push("package: no contents, or no spine".to_owned());
        }
        package
    }
}

/// What says that fonts are obfuscated, and so not what they seem.
const OBFUSCATED: &str = "META-INF/encryption.xml";

/// Whether bytes are of a media type, by how they begin.
fn is_of(kind: &str, bytes: &[u8]) -> bool {
    let starts = |signs: &[&[u8]]| signs.iter().any(|sign| bytes.starts_with(sign));
    let holds = |word: &str| String::from_utf8_lossy(bytes).contains(word);
    match kind {
        "image/png" => starts(&[b"\x89PNG"]),
        "image/jpeg" => starts(&[b"\xff\xd8\xff"]),
        "image/gif" => starts(&[b"GIF8"]),
        "image/webp" => starts(&[b"RIFF"]) && bytes.get(8..12) == Some(b"WEBP"),
        "image/svg+xml" => holds("http://www.w3.org/2000/svg"),
        "application/xhtml+xml" => holds("http://www.w3.org/1999/xhtml"),
        "application/x-dtbncx+xml" => holds("http://www.daisy.org/z3986/2005/ncx/"),
        "font/ttf" | "application/font-sfnt" => starts(&[b"\0\x01\0\0", b"true"]),
        "font/otf" | "application/vnd.ms-opentype" => starts(&[b"OTTO", b"\0\x01\0\0"]),
        "font/woff" => starts(&[b"wOFF"]),
        "font/woff2" => starts(&[b"wOF2"]),
        "text/css" => true,
        _ => false,
    }
}

/// A path, from the file that names it.
fn join(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .split('/')
        .collect();
    for part in to.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// Follows every address of a document.
fn follow(
    page: &Page<'_>,
    pages: &BTreeMap<&str, Page<'_>>,
    package: &Package,
    named: &mut BTreeSet<String>,
    wrong: &mut Vec<String>,
) {
    if page.path.starts_with("META-INF/") || page.path.ends_with(".opf") {
        return;
    }
    for node in page.document.descendants().filter(Node::is_element) {
        for address in node
            .attributes()
            .filter(|a| matches!(a.name(), "href" | "src"))
        {
            let link = matches!(node.tag_name().name(), "a" | "content");
            let Some((to, id)) = place(page.path, address.value()) else {
                if !link {
                    wrong.push(format!("{}: {} from elsewhere", page.path, address.value()));
                }
                continue;
            };
            if !package.items.contains_key(&to) && to != page.path {
                wrong.push(format!("{}: {to} is not there", page.path));
            }
            if link && !package.spine.contains(&to) && to != page.path && to != package.nav {
                wrong.push(format!("{}: {to} cannot be read", page.path));
            }
            let there = id.is_none_or(|id| {
                pages
                    .get(to.as_str())
                    .is_some_and(|page| page.ids.contains_key(id))
            });
            if !there {
                wrong.push(format!(
                    "{}: {} leads to nothing",
                    page.path,
                    address.value()
                ));
            }
            named.insert(to);
        }
        for name in [
            "aria-labelledby",
            "aria-describedby",
            "aria-details",
            "headers",
            "for",
        ] {
            for id in node.attribute(name).unwrap_or_default().split_whitespace() {
                if !page.ids.contains_key(id) {
                    wrong.push(format!(
                        "{}: {name} names {id}, which is not there",
                        page.path
                    ));
                }
            }
        }
    }
}

/// The file and the id in it that an address names; `None` for one out of the book.
fn place<'t>(from: &str, address: &'t str) -> Option<(String, Option<&'t str>)> {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| !scheme.contains(['/', '#'])) {
        return None;
    }
    let (path, id) = match address.split_once('#') {
        Some((path, id)) => (path, Some(id)),
        None => (address, None),
    };
    let to = if path.is_empty() {
        from.to_owned()
    } else {
        join(from, path)
    };
    Some((to, id))
}

const OPS: &str = "http://www.idpf.org/2007/ops";

fn is(node: Node<'_, '_>, word: &str) -> bool {
    let kinds = [node.attribute((OPS, "type")), node.attribute("role")];
    kinds
        .into_iter()
        .flatten()
        .any(|kinds| kinds.split_whitespace().any(|kind| kind == word))
}

/// Every call leads to a note of its document; every note has a way back, to an element that called it.
fn notes(page: &Page<'_>, wrong: &mut Vec<String>) {
    let all: Vec<Node<'_, '_>> = page.document.descendants().collect();
    let target = |link: Node<'_, '_>| {
        let id = link
            .attribute("href")
            .and_then(|href| href.strip_prefix('#'));
        id.and_then(|id| page.ids.get(id))
            .and_then(|at| all.get(*at).copied())
    };
    for node in &all {
        let is_note = |note: Node<'_, '_>| is(note, "footnote") || is(note, "doc-footnote");
        if is(*node, "noteref") && !target(*node).is_some_and(is_note) {
            wrong.push(format!("{}: a call leads to no note", page.path));
        }
        if is_note(*node) {
            let back = node
                .descendants()
                .find(|link| is(*link, "backlink") || is(*link, "doc-backlink"));
            let call = back.and_then(target);
            // A call inside a link cannot be one itself.
            if !call.is_some_and(|call| is(call, "noteref") || call.has_tag_name((XHTML, "sup"))) {
                wrong.push(format!("{}: a note leads back to no call", page.path));
            }
        }
    }
}

/// The namespace of XHTML.
pub const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The contents lead on from page to page, never back, and the NCX says the same.
fn contents(pages: &BTreeMap<&str, Page<'_>>, package: &Package, wrong: &mut Vec<String>) {
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = |node: Node<'_, '_>| {
        words(
            node.descendants()
                .filter(Node::is_text)
                .filter_map(|n| n.text())
                .collect(),
        )
    };
    let Some(nav) = pages.get(package.nav.as_str()) else {
        return;
    };
    let mut lists = nav
        .document
        .descendants()
        .filter(|node| node.has_tag_name((XHTML, "nav")));
    let Some(toc) = lists.clone().find(|nav| is(*nav, "toc")) else {
        return wrong.push("no contents".to_owned());
    };
    let links = |list: Node<'_, '_>| -> Vec<(String, String)> {
        let links = list
            .descendants()
            .filter(|node| node.has_tag_name((XHTML, "a")));
        links
            .map(|a| (said(a), a.attribute("href").unwrap_or_default().to_owned()))
            .collect()
    };
    let entries = links(toc);
    for list in [Some(toc), lists.find(|nav| is(*nav, "page-list"))]
        .into_iter()
        .flatten()
    {
        let mut last = (0, 0);
        for (label, href) in links(list) {
            if label.is_empty() {
                wrong.push(format!("contents: an entry says nothing: {href}"));
            }
            let Some((path, id)) = place(nav.path, &href) else {
                wrong.push(format!("contents: an entry leads out: {href}"));
                continue;
            };
            let at = id.and_then(|id| pages.get(path.as_str())?.ids.get(id).copied());
            let place = (
                package
                    .spine
                    .iter()
                    .position(|one| *one == path)
                    .unwrap_or(usize::MAX),
                at.unwrap_or(0),
            );
            if place < last {
                wrong.push(format!("contents: an entry leads back: {href}"));
            }
            last = place;
        }
    }
    let Some(ncx) = pages.get(package.ncx.as_str()) else {
        return;
    };
    let points = ncx
        .document
        .descendants()
        .filter(|node| node.tag_name().name() == "navPoint");
    let told: Vec<(String, String)> = points
        .map(|point| {
            let of = |name| point.children().find(|kid| kid.tag_name().name() == name);
            let to = of("content").and_then(|content| content.attribute("src"));
            (
                of("navLabel").map(said).unwrap_or_default(),
                to.unwrap_or_default().to_owned(),
            )
        })
        .collect();
    if told != entries {
        let first = told.iter().zip(&entries).find(|(a, b)| a != b);
        wrong.push(format!(
            "the NCX does not say what the contents say: {first:?}, {} of {}",
            told.len(),
            entries.len()
        ));
    }
}
