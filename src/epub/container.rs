//! From documents, images and fonts to one file.
//!
//! `epub-builder` makes the container: its fixed files, and the NCX's tree. It is given every
//! document that the contents lead to, by name; [`finish`]
//! then writes the container anew with their contents: `mimetype` first and stored, one order, one date, each entry
//! deflated on its own thread; with the package and the navigation document as they are to be.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, TocElement, ZipLibrary};
use rayon::prelude::*;
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::{items, obfuscate};

/// Where the package lies in the container; the builder's choice.
pub(super) const ROOT: &str = "OEBPS/";

/// How hard to deflate: 6 is zlib's own balance; more gains a hundredth and takes twice as long.
const LEVEL: i64 = 6;

/// A document of the spine.
pub(super) struct Content {
    /// From the package.
    pub path: String,
    pub markup: String,
    /// What it holds that a reading system wants to know beforehand.
    pub properties: Vec<&'static str>,
}

/// Any other file.
pub(super) struct Resource {
    /// From the package.
    pub path: String,
    pub mime: &'static str,
    pub data: Vec<u8>,
    pub is_cover: bool,
    /// A font that must not be of use outside the book.
    pub is_hidden: bool,
}

/// An entry of the contents: how deep, where it leads, what it says.
pub(super) struct Point {
    pub depth: u8,
    pub path: String,
    pub label: String,
}

/// All that goes into the container.
pub(super) struct Parts {
    pub title: String,
    pub language: String,
    /// Pages follow each other from right to left.
    pub rtl: bool,
    /// And so do words.
    pub words_rtl: bool,
    pub uuid: Uuid,
    /// In the order of the spine.
    pub contents: Vec<Content>,
    pub resources: Vec<Resource>,
    pub points: Vec<Point>,
    pub style_sheet: String,
    pub nav: String,
    /// The NCX's `pageList` element, if the book tells its pages in print.
    pub page_list: String,
    /// How many pages those are, and their highest number.
    pub pages: (usize, u32),
    /// As of a document of the spine.
    pub nav_properties: Vec<&'static str>,
    /// The package's `metadata` element.
    pub metadata: String,
    /// What the package names by `pub-id`.
    pub identifier: String,
}

/// Makes the file.
pub(super) fn pack(parts: Parts) -> io::Result<Vec<u8>> {
    let skeleton = skeleton(&parts).map_err(io::Error::other)?;
    finish(&skeleton, parts)
}

/// The container with documents in it by name, the builder's own files whole.
fn skeleton(parts: &Parts) -> epub_builder::Result<Vec<u8>> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.metadata("title", parts.title.as_str())?;
    builder.metadata("lang", parts.language.as_str())?;
    builder.metadata("direction", if parts.rtl { "rtl" } else { "ltr" })?;
    builder.metadata("generator", "recto")?;
    builder.set_uuid(parts.uuid);
    // The builder would take today; the package's own date is in its metadata.
    builder.set_modified_date(Default::default());
    builder.stylesheet(io::empty())?;
    let mut points = tree(&parts.points);
    for content in &parts.contents {
        // The points from the first that leads into a document to the next one's hang on that document.
        if let Some(point) = points.remove(&content.path) {
            let mut entry = EpubContent::new(content.path.as_str(), io::empty());
            entry.toc = point;
            builder.add_content(entry)?;
        }
    }
    let mut out = Vec::new();
    builder.generate(&mut out)?;
    Ok(out)
}

/// The builder's elements, by the document they begin in. Its `add` hangs deeper ones on what stands before them.
fn tree(points: &[Point]) -> BTreeMap<String, TocElement> {
    let mut documents: BTreeMap<String, TocElement> = BTreeMap::new();
    for point in points {
        let element = TocElement::new(point.path.as_str(), point.label.as_str())
            .level(i32::from(point.depth) + 1);
        let document = point.path.split('#').next().unwrap_or_default();
        match documents.get_mut(document) {
            Some(first) => first.add(element),
            None => {
                documents.insert(document.to_owned(), element);
            }
        }
    }
    documents
}

/// Writes the container anew, whole and repeatable.
fn finish(skeleton: &[u8], parts: Parts) -> io::Result<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(skeleton))?;
    let mut read = |name: &str| -> io::Result<String> {
        let mut text = String::new();
        archive.by_name(name)?.read_to_string(&mut text)?;
        Ok(text)
    };
    let package = package(&parts);
    let ncx = ncx(&read("OEBPS/toc.ncx")?, &parts);
    let mut entries: Vec<(String, Vec<u8>)> = Vec::with_capacity(parts.contents.len() + 16);
    for name in [
        "META-INF/container.xml",
        "META-INF/com.apple.ibooks.display-options.xml",
    ] {
        entries.push((name.to_owned(), read(name)?.into_bytes()));
    }
    let mut own = |path: &str, data: Vec<u8>| entries.push((format!("{ROOT}{path}"), data));
    own("content.opf", package.into_bytes());
    own(items::NAV, parts.nav.into_bytes());
    own(items::NCX, ncx.into_bytes());
    own(items::STYLE_SHEET, parts.style_sheet.into_bytes());
    for content in parts.contents {
        own(&content.path, content.markup.into_bytes());
    }
    let key = obfuscate::key(&parts.identifier);
    let mut hidden = Vec::new();
    for mut resource in parts.resources {
        if resource.is_hidden {
            obfuscate::obfuscate(&mut resource.data, &key);
            hidden.push(format!("{ROOT}{}", resource.path));
        }
        own(&resource.path, resource.data);
    }
    if !hidden.is_empty() {
        let encryption = obfuscate::encryption(&hidden).into_bytes();
        entries.insert(1, ("META-INF/encryption.xml".to_owned(), encryption));
    }
    let packed: Vec<io::Result<Vec<u8>>> = entries
        .par_iter()
        .map(|(name, data)| entry(name, data))
        .collect();
    let size = packed.iter().flatten().map(Vec::len).sum::<usize>();
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(size + 1024)));
    writer.start_file("mimetype", options(CompressionMethod::Stored))?;
    writer.write_all(b"application/epub+zip")?;
    for archive in packed {
        let mut archive = ZipArchive::new(Cursor::new(archive?))?;
        writer.raw_copy_file(archive.by_index_raw(0)?)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// No entry has a date of its own: 1980-01-01 is the first that a zip can say.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// One entry as an archive of its own. What is packed already is stored.
fn entry(name: &str, data: &[u8]) -> io::Result<Vec<u8>> {
    let packed = [".jpg", ".png", ".gif", ".webp"]
        .iter()
        .any(|ending| name.ends_with(ending));
    let options = if packed {
        options(CompressionMethod::Stored)
    } else {
        options(CompressionMethod::Deflated).compression_level(Some(LEVEL))
    };
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(data.len() / 2 + 256)));
    writer.start_file(name, options)?;
    writer.write_all(data)?;
    Ok(writer.finish()?.into_inner())
}

/// The text of an element of the builder's, tags and all; empty if it has none of this name.
fn element<'t>(text: &'t str, name: &str) -> &'t str {
    let start = text.find(&format!("<{name}"));
    let end_tag = format!("</{name}>");
    let end = text.find(&end_tag).map(|at| at + end_tag.len());
    match (start, end) {
        (Some(start), Some(end)) => text.get(start..end).unwrap_or_default(),
        _ => "",
    }
}

/// The package document. Its titles and descriptions are in the book's language, where they don't say another.
fn package(parts: &Parts) -> String {
    let manifest = items::manifest(&parts.contents, &parts.resources, &parts.nav_properties);
    let spine = items::spine(&parts.contents, parts.rtl);
    let size = parts.metadata.len() + manifest.len() + spine.len();
    let mut root = super::Xhtml::with_capacity(size + 512);
    root.prolog("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    root.open("package")
        .attr("xmlns", "http://www.idpf.org/2007/opf")
        .attr("version", "3.0")
        .attr("unique-identifier", "pub-id")
        .attr("xml:lang", &parts.language)
        .attr_some("dir", parts.words_rtl.then_some("rtl"))
        .line();
    // Its end tag stands behind what is not the serializer's.
    let end = "</package>";
    let mut out = root.finish();
    out.truncate(out.len() - end.len());
    for part in [&parts.metadata, &manifest, &spine] {
        out.push_str(part);
        out.push('\n');
    }
    out.push_str(end);
    out.push('\n');
    out
}

/// The NCX: the builder's tree under a head that names the book and tells its depth.
fn ncx(built: &str, parts: &Parts) -> String {
    let depth = parts.points.iter().map(|point| point.depth).max();
    let depth = depth.map_or(1, |deepest| deepest + 1).to_string();
    let (count, highest) = parts.pages;
    let (count, highest) = (count.to_string(), highest.to_string());
    let mut head = super::Xhtml::default();
    head.open("head").line();
    for (name, content) in [
        ("dtb:uid", parts.identifier.as_str()),
        ("dtb:depth", depth.as_str()),
        ("dtb:totalPageCount", count.as_str()),
        ("dtb:maxPageNumber", highest.as_str()),
    ] {
        head.open("meta")
            .attr("name", name)
            .attr("content", content)
            .close()
            .line();
    }
    head.close().line();
    head.open("docTitle")
        .leaf("text", &parts.title)
        .close()
        .line();
    let mut out = String::with_capacity(built.len() + 512);
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\">\n");
    out.push_str(&head.finish());
    out.push_str(element(built, "navMap"));
    out.push('\n');
    out.push_str(&parts.page_list);
    out.push_str("\n</ncx>\n");
    out
}
