//! A book's finished PDF, and the faults that are put into it: one for each code, wherever in the book there is a place for it.
//!
//! As with EPUBs (`ebook`) a fault is called for the twin too, which it only prepares. A PDF has no lines: the place is the file, and
//! what a finding must name is the page or the object.

use std::ops::{Deref, DerefMut};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// What the message of the finding must name; empty where it is of the whole file.
pub type Named = String;

/// A PDF.
#[derive(Clone)]
pub struct Paper {
    document: Document,
    /// What is done to its bytes when they are written.
    last: Option<fn(&mut Vec<u8>)>,
    is_twin: bool,
}

impl Deref for Paper {
    type Target = Document;

    fn deref(&self) -> &Document {
        &self.document
    }
}

impl DerefMut for Paper {
    fn deref_mut(&mut self) -> &mut Document {
        &mut self.document
    }
}

impl Paper {
    /// Takes a PDF apart.
    pub fn open(bytes: &[u8], is_twin: bool) -> Paper {
        let mut document = Document::load_mem(bytes).expect("a made PDF is whole");
        // It is written with a plain table, and each object by itself.
        document.objects.retain(|_, object| {
            let kind = object.as_stream().and_then(|stream| stream.dict.get_type());
            !matches!(kind, Ok(b"ObjStm" | b"XRef"))
        });
        let kept =
            ["Root", "Info", "ID"].map(|key| (key, document.trailer.get(key.as_bytes()).cloned()));
        document.trailer = Dictionary::new();
        for (key, value) in kept {
            document.trailer.set(key, value.expect("a made PDF has it"));
        }
        document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
        Paper {
            document,
            last: None,
            is_twin,
        }
    }

    /// Puts it together again.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.document
            .clone()
            .save_to(&mut bytes)
            .expect("memory takes a PDF");
        if let (Some(last), false) = (self.last, self.is_twin) {
            last(&mut bytes);
        }
        bytes
    }

    /// Does something to the bytes of the bad one.
    fn spoil(&mut self, deed: fn(&mut Vec<u8>)) -> Named {
        self.last = Some(deed);
        Named::new()
    }

    /// A page in the middle that has words, from 0, and its object.
    fn page(&self) -> (usize, ObjectId) {
        let pages: Vec<ObjectId> = self.page_iter().collect();
        let middle = pages.len() / 2;
        let found = (middle..pages.len()).find(|page| self.content(pages[*page]).len() > 900);
        let page = found.expect("there are words behind the middle of a book");
        (page, pages[page])
    }

    /// What it is called where pages are.
    fn label(&self, page: usize) -> String {
        let labels = self
            .catalog()
            .and_then(|catalog| catalog.get(b"PageLabels"));
        let labels = labels
            .and_then(|labels| self.dereference(labels))
            .map(|labels| labels.1);
        let Ok(labels) = labels else {
            return (page + 1).to_string();
        };
        let nums = labels
            .as_dict()
            .and_then(|labels| labels.get(b"Nums"))
            .and_then(Object::as_array);
        let mut told = String::new();
        for pair in nums.expect("they are a list").chunks(2) {
            let first = pair[0].as_i64().expect("a page's number") as usize;
            if first > page {
                break;
            }
            let entry = self
                .dereference(&pair[1])
                .expect("it is there")
                .1
                .as_dict()
                .expect("a range");
            let prefix = entry.get(b"P").and_then(Object::as_str).unwrap_or_default();
            let start = entry.get(b"St").and_then(Object::as_i64).unwrap_or(1) as usize;
            told = match entry.get(b"S").and_then(Object::as_name) {
                Ok(b"D") => format!(
                    "{}{}",
                    String::from_utf8_lossy(prefix),
                    start + page - first
                ),
                _ => String::new(),
            };
        }
        told
    }

    fn content(&self, page: ObjectId) -> Vec<u8> {
        self.get_page_content(page)
    }

    /// Puts other content on a page.
    fn rewrite(&mut self, page: ObjectId, deed: impl Fn(&str) -> String) {
        if self.is_twin {
            return;
        }
        let old: String = self
            .content(page)
            .iter()
            .map(|byte| char::from(*byte))
            .collect();
        let new: Vec<u8> = deed(&old).chars().map(|c| c as u8).collect();
        let stream = self.add_object(Stream::new(Dictionary::new(), new));
        let page = self
            .document
            .get_dictionary_mut(page)
            .expect("a page is a dictionary");
        page.set("Contents", stream);
    }

    /// The objects that are dictionaries with this under that key.
    fn with(&self, key: &[u8], value: &[u8]) -> Vec<ObjectId> {
        let is = |object: &Object| {
            let dict = object
                .as_dict()
                .or_else(|_| object.as_stream().map(|stream| &stream.dict));
            dict.and_then(|dict| dict.get(key))
                .and_then(Object::as_name)
                .is_ok_and(|name| name == value)
        };
        self.objects
            .iter()
            .filter(|(_, object)| is(object))
            .map(|(id, _)| *id)
            .collect()
    }

    /// One of them from the middle of the book.
    fn one(&self, key: &[u8], value: &[u8]) -> ObjectId {
        let all = self.with(key, value);
        *all.get(all.len() / 2)
            .unwrap_or_else(|| panic!("the PDF has no {}", String::from_utf8_lossy(value)))
    }

    /// Changes a dictionary of the bad one.
    fn change(&mut self, id: ObjectId, deed: impl FnOnce(&mut Dictionary)) -> Named {
        if !self.is_twin {
            let object = self
                .document
                .objects
                .get_mut(&id)
                .expect("the object is there");
            match object {
                Object::Stream(stream) => deed(&mut stream.dict),
                other => deed(other.as_dict_mut().expect("the object is a dictionary")),
            }
        }
        format!("{}", id.0)
    }

    fn root(&self) -> ObjectId {
        self.trailer
            .get(b"Root")
            .and_then(Object::as_reference)
            .expect("a PDF has a catalog")
    }

    /// The object that a key of another leads to.
    fn behind(&self, id: ObjectId, key: &[u8]) -> ObjectId {
        self.get_dictionary(id)
            .and_then(|dict| dict.get(key))
            .and_then(Object::as_reference)
            .expect("it is an object of its own")
    }

    /// A stream of data that are not packed.
    fn plain(&mut self, id: ObjectId) -> &mut Stream {
        let stream = self
            .document
            .objects
            .get_mut(&id)
            .and_then(|object| object.as_stream_mut().ok());
        let stream = stream.expect("the object is a stream");
        if stream.is_compressed() {
            stream.decompress().expect("a made stream is whole");
        }
        stream
    }

    /// Puts a word in another's place wherever it stands in a stream of the bad one.
    fn reword(&mut self, id: ObjectId, old: &str, new: &str) -> Named {
        if !self.is_twin {
            let stream = self.plain(id);
            let text = String::from_utf8_lossy(&stream.content).into_owned();
            assert!(text.contains(old), "the stream has no `{old}`");
            stream.set_plain_content(text.replace(old, new).into_bytes());
        }
        Named::new()
    }

    fn metadata(&self) -> ObjectId {
        self.behind(self.root(), b"Metadata")
    }

    /// The first font that pages are set in.
    fn font(&self) -> ObjectId {
        self.with(b"Subtype", b"Type0")[0]
    }

    /// What a font's program is described by.
    fn descriptor(&self) -> ObjectId {
        self.with(b"Type", b"FontDescriptor")[0]
    }

    /// A picture on the page in the middle, tagged and described, so large in points.
    fn show(&mut self, side: u32, points: u32) -> (usize, ObjectId) {
        let data = vec![90; (side * side * 3) as usize];
        let mut stream = Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => side, "Height" => side, "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
            },
            data,
        );
        stream.compress().expect("grey packs");
        let picture = self.add_object(stream);
        let (number, page) = self.page();
        let was = std::mem::replace(&mut self.is_twin, false);
        self.rewrite(page, |old| {
            format!("{old}\n/Artifact BMC q {points} 0 0 {points} 50 50 cm /Planted Do Q EMC\n")
        });
        self.is_twin = was;
        let resources = self
            .get_dictionary(page)
            .and_then(|page| page.get(b"Resources"))
            .cloned()
            .expect("a page has resources");
        let mut resources = self
            .dereference(&resources)
            .expect("they are there")
            .1
            .as_dict()
            .expect("a dictionary")
            .clone();
        let mut pictures = match resources.get(b"XObject") {
            Ok(old) => self
                .dereference(old)
                .expect("they are there")
                .1
                .as_dict()
                .expect("a dictionary")
                .clone(),
            Err(_) => Dictionary::new(),
        };
        pictures.set("Planted", picture);
        resources.set("XObject", pictures);
        self.get_dictionary_mut(page)
            .expect("it is a page")
            .set("Resources", resources);
        (number, picture)
    }

    /// A tag of this kind, put in place of a paragraph's in the middle of the book: its object.
    fn tag(&self, name: &[u8]) -> ObjectId {
        self.one(b"S", name)
    }
}

/// A place in a page's content from where a whole paragraph's mark begins.
fn first_mark(content: &str) -> usize {
    let at = content
        .find("/P <</MCID")
        .or_else(|| content.find("/P<</MCID"));
    at.expect("a page of words has a paragraph")
}

fn at(bytes: &[u8], word: &str) -> usize {
    let found = bytes
        .windows(word.len())
        .rposition(|window| window == word.as_bytes());
    found.unwrap_or_else(|| panic!("the file has no `{word}`"))
}

/// A code, what is asked besides `recto check FILE`, and the fault.
pub type Fault = (&'static str, &'static str, fn(&mut Paper) -> Named);

/// Faults of PDFs for the screen, which are tagged.
#[rustfmt::skip]
pub const SCREEN: &[Fault] = &[
    // The file.
    ("unreadable-pdf", "", |pdf| pdf.spoil(|bytes| bytes[1] = b'X')),
    ("hostile-pdf", "", |pdf| {
        let (_, picture) = pdf.show(90, 20);
        pdf.change(picture, |dict| { dict.set("Width", 100_000); dict.set("Height", 100_000); })
    }),
    ("encrypted-pdf", "", |pdf| {
        if !pdf.is_twin { pdf.trailer.set("Encrypt", dictionary! { "Filter" => "Standard" }); }
        Named::new()
    }),
    ("broken-xref", "", |pdf| pdf.spoil(|bytes| { let at = at(bytes, "startxref") + 10; bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' }; })),
    ("cut-off", "", |pdf| pdf.spoil(|bytes| bytes.truncate(bytes.len() - 200))),
    ("stray-bytes", "", |pdf| pdf.spoil(|bytes| bytes.extend(b"mail"))),
    ("broken-object", "", |pdf| { let (number, page) = pdf.page(); pdf.rewrite(page, |old| format!("{old}\n/Planted Go\n")); format!("page {}", pdf.label(number)) }),
    ("broken-stream", "", |pdf| {
        let (_, picture) = pdf.show(90, 20);
        pdf.change(picture, |dict| dict.set("Width", 91));
        format!("object {}", picture.0)
    }),
    ("dangling-reference", "", |pdf| {
        let (_, picture) = pdf.show(90, 20);
        if !pdf.is_twin { pdf.objects.remove(&picture); }
        format!("object {}", picture.0)
    }),
    // The pages.
    ("page-tree", "", |pdf| { let tree = pdf.with(b"Type", b"Pages")[0]; pdf.change(tree, |dict| dict.set("Count", 3)); Named::new() }),
    ("page-box", "", |pdf| { let (number, page) = pdf.page(); pdf.change(page, |dict| dict.set("TrimBox", vec![(-9).into(), 0.into(), 309.into(), 400.into()])); format!("page {}", pdf.label(number)) }),
    ("page-label", "", |pdf| { let root = pdf.root(); pdf.change(root, |dict| dict.set("PageLabels", dictionary! { "Nums" => vec![4.into(), dictionary! { "S" => "D" }.into()] })); Named::new() }),
    // Fonts and text.
    ("unembedded-font", "", |pdf| { let font = pdf.descriptor(); pdf.change(font, |dict| { dict.remove(b"FontFile2"); dict.remove(b"FontFile3"); }); Named::new() }),
    ("broken-font", "", |pdf| {
        let font = pdf.descriptor();
        let key: &[u8] = if pdf.get_dictionary(font).is_ok_and(|dict| dict.has(b"FontFile2")) { b"FontFile2" } else { b"FontFile3" };
        let program = pdf.behind(font, key);
        if !pdf.is_twin { pdf.plain(program).set_plain_content(vec![0; 999]); }
        Named::new()
    }),
    ("type-3-font", "", |pdf| {
        if pdf.is_twin { return Named::new(); }
        let dot = pdf.add_object(Stream::new(Dictionary::new(), b"1 0 d0".to_vec()));
        let font = pdf.font();
        let differences: Vec<Object> = std::iter::once(0.into()).chain((0..256).map(|_| Object::Name(b"dot".to_vec()))).collect();
        let drawn = dictionary! {
            "Type" => "Font", "Subtype" => "Type3", "FontBBox" => vec![0.into(), 0.into(), 1.into(), 1.into()],
            "FontMatrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 0.into(), 0.into()], "CharProcs" => dictionary! { "dot" => dot },
            "Encoding" => dictionary! { "Differences" => differences }, "FirstChar" => 0, "LastChar" => 0, "Widths" => vec![1.into()],
        };
        pdf.change(font, |dict| *dict = drawn);
        Named::new()
    }),
    ("shown-notdef", "", |pdf| { let (number, page) = pdf.page(); pdf.rewrite(page, |old| old.replacen("[(", "[<0000>(", 1)); format!("page {}", pdf.label(number)) }),
    ("lost-text", "", |pdf| { let font = pdf.font(); pdf.change(font, |dict| { dict.remove(b"ToUnicode"); }); Named::new() }),
    // Tags.
    ("untagged", "", |pdf| { let root = pdf.root(); pdf.change(root, |dict| { dict.remove(b"MarkInfo"); }); Named::new() }),
    ("untagged-content", "", |pdf| { let (number, page) = pdf.page(); pdf.rewrite(page, |old| format!("0 0 9 9 re f\n{old}")); format!("page {}", pdf.label(number)) }),
    ("broken-tags", "", |pdf| { let (number, page) = pdf.page(); pdf.rewrite(page, |old| { let at = first_mark(old); format!("{}/P<</MCID 999", &old[..at]) + &old[at + 12..] }); format!("page {}", pdf.label(number)) }),
    ("unknown-tag", "", |pdf| { let tag = pdf.tag(b"P"); pdf.change(tag, |dict| dict.set("S", "Planted")); "`Planted`".to_owned() }),
    ("undescribed-figure", "", |pdf| { let tag = pdf.tag(b"P"); pdf.change(tag, |dict| dict.set("S", "Figure")); format!("object {}", tag.0) }),
    ("tagged-heading-skip", "", |pdf| { let tag = pdf.tag(b"H1"); pdf.change(tag, |dict| dict.set("S", "H4")); "`H4`".to_owned() }),
    ("table-tags", "", |pdf| { let cells = if pdf.is_twin { [1, 1] } else { [1, 2] }; let table = pdf.table("TH", &cells); format!("object {}", table.0) }),
    ("list-tags", "", |pdf| { let tag = pdf.tag(b"P"); pdf.change(tag, |dict| dict.set("S", "LI")); format!("object {}", tag.0) }),
    ("headerless-table", "", |pdf| { let table = pdf.table(if pdf.is_twin { "TH" } else { "TD" }, &[1, 1]); format!("object {}", table.0) }),
    ("pdf-language", "", |pdf| { let root = pdf.root(); pdf.change(root, |dict| { dict.remove(b"Lang"); }); Named::new() }),
    ("pdf-title", "", |pdf| { let root = pdf.root(); pdf.change(root, |dict| { dict.remove(b"ViewerPreferences"); }); Named::new() }),
    // Ways through.
    ("dead-destination", "", |pdf| { let entry = pdf.outline(); pdf.change(entry, |dict| dict.set("Dest", Object::string_literal("planted"))); "`planted`".to_owned() }),
    ("broken-outline", "", |pdf| { let entry = pdf.outline(); pdf.change(entry, |dict| dict.set("Next", entry)); Named::new() }),
    ("untold-link", "", |pdf| { let number = pdf.link(); if pdf.is_twin { return Named::new(); } format!("page {number}") }),
    ("untold-note", "", |pdf| {
        let (_, page) = pdf.page();
        let note = pdf.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Text", "Rect" => vec![1.into(), 1.into(), 9.into(), 9.into()], "Contents" => Object::string_literal("planted"),
        });
        pdf.change(page, |dict| {
            let mut notes = dict.get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
            notes.push(note.into());
            dict.set("Annots", notes);
        });
        format!("object {}", note.0)
    }),
    ("pdf-action", "", |pdf| { let root = pdf.root(); pdf.change(root, |dict| dict.set("OpenAction", dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.beep()") })); Named::new() }),
    // Pictures, and what it says of itself.
    ("coarse-image", "", |pdf| { let points = if pdf.is_twin { 20 } else { 250 }; let (number, _) = pdf.show(90, points); format!("page {}", pdf.label(number)) }),
    ("metadata-differs", "", |pdf| { let info = pdf.trailer.get(b"Info").and_then(Object::as_reference).expect("it is told of itself"); pdf.change(info, |dict| dict.set("Title", Object::string_literal("Planted"))); "`Planted`".to_owned() }),
    ("false-conformance", "", |pdf| { let root = pdf.root(); pdf.change(root, |dict| { dict.remove(b"StructTreeRoot"); }); Named::new() }),
];

/// Faults of PDFs for a press.
#[rustfmt::skip]
pub const PRESS: &[Fault] = &[
    ("device-colour", "", |pdf| { let (number, page) = pdf.page(); pdf.rewrite(page, |old| format!("1 0 0 rg 0 0 9 9 re f\n{old}")); format!("page {}", pdf.label(number)) }),
    ("page-size", "--for ingramspark", |pdf| { let (number, page) = pdf.page(); pdf.change(page, |dict| { for key in ["MediaBox", "TrimBox", "BleedBox"] { dict.set(key, vec![0.into(), 0.into(), 300.into(), 400.into()]); } }); format!("page {}", number + 1) }),
    ("last-page", "--for kdp-paperback", |pdf| { pdf.even(); Named::new() }),
    ("press-colours", "--for ingramspark", |pdf| { let (_, page) = pdf.page(); pdf.rewrite(page, |old| format!("1 0 0 rg 0 0 9 9 re f\n{old}")); Named::new() }),
    ("press-extras", "--for ingramspark", |pdf| { pdf.link(); Named::new() }),
    ("press-standard", "--for ingramspark", |pdf| {
        let info = pdf.trailer.get(b"Info").and_then(Object::as_reference).expect("it is told of itself");
        pdf.change(info, |dict| { dict.remove(b"GTS_PDFXVersion"); });
        let root = pdf.root();
        pdf.change(root, |dict| { dict.remove(b"OutputIntents"); });
        let metadata = pdf.metadata();
        pdf.reword(metadata, "pdfxid:GTS_PDFXVersion", "pdfxid:Planted");
        Named::new()
    }),
];

impl Paper {
    /// A table in place of a paragraph in the middle of the book, in both: rows of so many cells, of which the first has its words.
    fn table(&mut self, cell: &str, rows: &[usize]) -> ObjectId {
        let table = self.tag(b"P");
        let old = self
            .get_dictionary(table)
            .expect("a tag is a dictionary")
            .clone();
        let mut words = old.get(b"K").ok().cloned();
        let mut all = Vec::new();
        for cells in rows {
            let row = self.new_object_id();
            let cells = (0..*cells).map(|_| {
                let scope = dictionary! { "O" => "Table", "Scope" => "Column" };
                let mut tag = dictionary! { "S" => cell, "P" => row, "A" => scope };
                if let Some(words) = words.take() {
                    tag.set("K", words);
                    tag.set("Pg", old.get(b"Pg").expect("it is on a page").clone());
                }
                Object::from(self.add_object(tag))
            });
            let cells: Vec<Object> = cells.collect();
            self.set_object(row, dictionary! { "S" => "TR", "P" => table, "K" => cells });
            all.push(Object::from(row));
        }
        let dict = self
            .get_dictionary_mut(table)
            .expect("a tag is a dictionary");
        dict.set("S", "Table");
        dict.set("K", all);
        table
    }

    /// An entry of the outline, not the last one.
    fn outline(&self) -> ObjectId {
        let outline = self.behind(self.root(), b"Outlines");
        let first = self.behind(outline, b"First");
        self.behind(first, b"Next")
    }

    /// A link that was drawn over the page in the middle later on, in the bad one.
    fn link(&mut self) -> String {
        let (number, page) = self.page();
        if !self.is_twin {
            let link = self.add_object(dictionary! {
                "Type" => "Annot", "Subtype" => "Link", "Rect" => vec![90.into(), 90.into(), 120.into(), 99.into()],
                "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal("https://example.org/planted") }, "F" => 4,
                "Border" => vec![0.into(), 0.into(), 0.into()],
            });
            let dict = self.get_dictionary_mut(page).expect("it is a page");
            let mut all = dict
                .get(b"Annots")
                .and_then(Object::as_array)
                .cloned()
                .unwrap_or_default();
            all.push(link.into());
            dict.set("Annots", all);
        }
        self.label(number)
    }

    /// Takes pages from the end until their number is even, and in the bad one another.
    fn even(&mut self) {
        let pages: Vec<ObjectId> = self.page_iter().collect();
        let excess = pages.len() % 2 + usize::from(!self.is_twin);
        let count = u32::try_from(pages.len()).expect("few pages");
        let last: Vec<u32> = (0..excess as u32).map(|number| count - number).collect();
        self.delete_pages(&last);
    }
}
