//! From the bytes of an EPUB to a [`Publication`].
//!
//! Steps: the archive's directory; `META-INF`; the package; then every entry once: documents and sheets are read, pictures looked
//! into, of all others the first bytes; each is unpacked whole and held against its checksum. What cannot be read is told here, and
//! what can is judged by the rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address::composed;
use super::archive::{self, Entry};
use super::limits;
use super::media::{self, Medium};
use super::publication::{Cipher, Container, File, Item, Overlay, Package, Publication, StyleFile};
use super::tally::{Tally, shown};
use super::tree::Tree;
use super::unpack::{Budget, Refused};
use super::{css, document, navigation, package, text, xml};
use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{SourceFile, Sources, Span};

/// Opens an EPUB. `name` is what the file is called; its texts are taken into `sources` below that name. What hinders reading is
/// pushed; `None` if nothing of it can be judged.
pub fn read(name: &str, bytes: &[u8], sources: &Sources, sink: &Sink) -> Option<Publication> {
    let file = sources.add(name.to_owned(), String::new());
    let mut reading = Reading {
        name,
        bytes,
        sources,
        tally: Tally::new(sink),
        at: Span::new(file.id, 0, 0),
        budget: Budget::new(bytes.len()),
        texts: limits::TEXTS,
        nodes: limits::ALL_NODES,
        is_wide: false,
        container: Container::default(),
    };
    let publication = reading.open();
    reading.tally.finish();
    publication
}

/// How an entry is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Document,
    Sheet,
    Ncx,
    Overlay,
    Other,
}

impl Form {
    fn of(item: Option<&Item>) -> Form {
        match item.map(Item::kind).as_deref() {
            Some("application/xhtml+xml" | "image/svg+xml") => Form::Document,
            Some("text/css") => Form::Sheet,
            Some("application/x-dtbncx+xml") => Form::Ncx,
            Some("application/smil+xml") => Form::Overlay,
            _ => Form::Other,
        }
    }
}

/// A reading under way.
struct Reading<'r> {
    name: &'r str,
    bytes: &'r [u8],
    sources: &'r Sources,
    tally: Tally<'r>,
    at: Span,
    budget: Budget,
    /// How much text may still be read, in bytes.
    texts: u64,
    /// How many elements, attributes and texts there may still be.
    nodes: usize,
    /// Whether the text that was read last is in UTF-16.
    is_wide: bool,
    container: Container,
}

impl Reading<'_> {
    fn open(&mut self) -> Option<Publication> {
        let name = self.name;
        let Some(directory) = archive::directory(self.bytes) else {
            let message = format!("`{name}` is no zip archive, or its end is missing");
            let found = Diagnostic::new(Code::UnreadableEpub, self.at, message);
            self.tally.push(found.hint("make it anew"));
            return None;
        };
        for fault in &directory.faults {
            let message = format!("`{name}` is damaged: {fault}");
            self.tally.tell(Code::DamagedEntry, self.at, message);
        }
        if let Some(outsized) = directory.outsized {
            self.tally.tell(Code::OutsizedPart, self.at, outsized);
            return None;
        }
        self.take(directory.entries);
        self.container.tree = self.tree_at("META-INF/container.xml");
        self.container.encryption = self.tree_at("META-INF/encryption.xml");
        if let Some(tree) = &self.container.encryption {
            self.container.hidden = super::container::hidden(tree);
        }
        let root = self
            .container
            .tree
            .as_ref()
            .and_then(super::container::root);
        let mut package = match root {
            Some(path) => {
                let tree = self.tree_at(&path);
                package::read(path, tree)
            }
            None => Package::default(),
        };
        let mut publication = Publication {
            name: self.name.to_owned(),
            at: self.at,
            bytes: self.bytes.len() as u64,
            container: Container::default(),
            nav: None,
            ncx: None,
            documents: Vec::new(),
            overlays: Vec::new(),
            sheets: BTreeMap::new(),
            package: std::mem::take(&mut package),
        };
        self.all(&mut publication);
        publication.container = std::mem::take(&mut self.container);
        publication.nav = navigation::nav(&publication);
        Some(publication)
    }

    /// Takes the directory in, and tells what is wrong with its entries.
    fn take(&mut self, entries: Vec<Entry>) {
        for (at, entry) in entries.iter().enumerate() {
            for fault in &entry.faults {
                let message = format!("`{}` {fault}", shown(&entry.name));
                self.tally.tell(Code::DamagedEntry, self.at, message);
            }
            if entry.name.ends_with('/') {
                continue;
            }
            let file = File {
                entry: at,
                bytes: entry.size,
                ..File::default()
            };
            let files = &mut self.container.files;
            files.entry(composed(&entry.name)).or_insert(file);
        }
        self.container.entries = entries;
    }

    /// Reads all files but those of `META-INF` and the package, which are read.
    fn all(&mut self, publication: &mut Publication) {
        // The first entry's bytes say what the archive is.
        if let Some(entry) = self.entry("mimetype") {
            self.container.mimetype = self.unpack(&entry, 64).map(|(bytes, _)| bytes);
        }
        let read = |path: &str| {
            matches!(
                path,
                "mimetype" | "META-INF/container.xml" | "META-INF/encryption.xml"
            ) || path == publication.package.path
        };
        let mut paths: Vec<String> = self.container.files.keys().cloned().collect();
        paths.retain(|path| !read(path));
        // The spine in its order, then the others.
        let place = |path: &String| publication.package.in_spine.get(path).copied();
        paths.sort_by_key(|path| place(path).unwrap_or(usize::MAX));
        let mut documents = Vec::new();
        for path in paths {
            let form = Form::of(publication.item(&path));
            let is_drawing = publication
                .item(&path)
                .is_some_and(|item| item.kind() == "image/svg+xml");
            match form {
                Form::Document => {
                    if let Some(tree) = self.tree_at(&path) {
                        let found = document::read(path, tree, is_drawing);
                        self.container
                            .documents
                            .insert(found.path.clone(), documents.len());
                        documents.push(found);
                    }
                }
                Form::Ncx => {
                    if let Some(tree) = self.tree_at(&path) {
                        let of = publication.package.toc.as_ref();
                        let of = of.and_then(|(id, _)| publication.package.by_id.get(id));
                        let of = of.and_then(|at| publication.package.items[*at].target.path());
                        // Of several the one that the spine names.
                        if publication.ncx.is_none() || of == Some(path.as_str()) {
                            publication.ncx = Some(navigation::ncx(path, tree));
                        }
                    }
                }
                Form::Overlay => {
                    if let Some(tree) = self.tree_at(&path) {
                        publication.overlays.push(Overlay { path, tree });
                    }
                }
                Form::Sheet => {
                    if let Some(file) = self.text_at(&path) {
                        let sheet = css::read(&file.text);
                        let at = Span::new(file.id, 0, 0);
                        publication.sheets.insert(path, StyleFile { sheet, at });
                    }
                }
                Form::Other => self.other(&path),
            }
        }
        publication.documents = documents;
    }

    /// Looks into a file that is no text.
    fn other(&mut self, path: &str) {
        const HEAD: u64 = 64;
        let Some(entry) = self.entry(path) else {
            return;
        };
        // A picture is known before it is unpacked by how it is called, since the first bytes come with the rest.
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let pictures = ["jpg", "jpeg", "png", "gif", "webp"];
        let is_picture = pictures.iter().any(|one| ending.eq_ignore_ascii_case(one));
        let most = if is_picture { limits::PICTURE } else { HEAD };
        let Some((bytes, whole)) = self.unpack(&entry, most) else {
            return;
        };
        let mut medium = Medium::of(&bytes);
        let mut raster = if is_picture {
            media::raster(&bytes)
        } else {
            None
        };
        if !whole && let Some(raster) = &mut raster {
            // What was not read cannot be missing.
            raster.fault = None;
        }
        if self.container.hidden.contains_key(path) {
            (medium, raster) = (None, None);
        }
        if let Some(file) = self.container.files.get_mut(path) {
            (file.medium, file.raster) = (medium, raster);
        }
    }

    fn entry(&self, path: &str) -> Option<Entry> {
        let file = self.container.files.get(path)?;
        self.container.entries.get(file.entry).cloned()
    }

    /// Unpacks an entry: as much of it as is asked for, and whether that is all.
    fn unpack(&mut self, entry: &Entry, most: u64) -> Option<(Vec<u8>, bool)> {
        let path = &composed(&entry.name);
        match self.budget.unpack(self.bytes, entry, most) {
            Ok(found) => {
                if let Some(file) = self.container.files.get_mut(path) {
                    file.is_sound = entry.faults.is_empty();
                    file.medium = Medium::of(&found.bytes);
                }
                Some((found.bytes, found.whole))
            }
            Err(refused) => {
                let (code, fault) = match refused {
                    Refused::Outsized(fault) => (Code::OutsizedPart, fault),
                    Refused::Damaged(fault) => (Code::DamagedEntry, fault),
                };
                let message = format!("`{}` {fault}", shown(path));
                self.tally.tell(code, self.at, message);
                None
            }
        }
    }

    /// A file's text, taken into the sources.
    fn text_at(&mut self, path: &str) -> Option<Arc<SourceFile>> {
        let entry = self.entry(path)?;
        let most = limits::TEXT.min(self.texts);
        let (bytes, whole) = self.unpack(&entry, most)?;
        let hidden = self.container.hidden.get(path);
        // A picture that is called a text is told by the rules.
        if hidden.is_some_and(|hidden| hidden.by == Cipher::Encrypted)
            || Medium::of(&bytes).is_some()
        {
            return None;
        }
        if !whole {
            let message = format!(
                "`{}` has {} bytes, more than are read of a text",
                shown(path),
                entry.size
            );
            self.tally.tell(Code::OutsizedPart, self.at, message);
            return None;
        }
        self.texts -= bytes.len() as u64;
        self.is_wide = text::is_wide(&bytes);
        let (text, fault) = text::decode(&bytes);
        let file = self.sources.add(format!("{}/{path}", self.name), text);
        let start = Span::new(file.id, 0, 0);
        self.container.texts.insert(path.to_owned(), start);
        if let Some(fault) = fault {
            let code = match path.ends_with(".css") {
                true => Code::BadStyleSheet,
                false => Code::MalformedXml,
            };
            self.tally.tell(
                code,
                start,
                format!("`{}` is misread: {fault}", shown(path)),
            );
        }
        Some(file)
    }

    /// A file as XML.
    fn tree_at(&mut self, path: &str) -> Option<Tree> {
        let file = self.text_at(path)?;
        let (mut tree, fault) = xml::read(&file, self.nodes);
        tree.is_wide = self.is_wide;
        self.nodes = self.nodes.saturating_sub(tree.weight());
        if let Some(fault) = fault {
            let code = match fault.is_outsized {
                true => Code::OutsizedPart,
                false => Code::MalformedXml,
            };
            let at = Span::new(file.id, fault.at.start, fault.at.end);
            self.tally.tell(code, at, fault.message);
        }
        Some(tree)
    }
}
