//! A book's finished EPUB, and the faults that are put into it: one for each code, wherever in the book there is a place for it.
//!
//! A fault is a function that is called twice: for the twin it only prepares (adds the picture that is to be damaged), for the bad
//! one it does the harm too. Places are those of the harm: the file inside the EPUB, and the line.

use std::io::{Cursor, Read as _};

use crate::finished::book::{Piece, pack};
use crate::support::made::made;

/// Where a fault was put.
#[derive(Default)]
pub struct Place {
    /// A path inside the EPUB; empty where it is of the whole file.
    pub path: String,
    /// The line there; 0 where any is right.
    pub line: usize,
    /// What the message names besides.
    pub named: String,
}

impl Place {
    fn at(path: &str, line: usize) -> Place {
        Place {
            path: path.to_owned(),
            line,
            ..Place::default()
        }
    }

    fn named(self, named: &str) -> Place {
        Place {
            named: named.to_owned(),
            ..self
        }
    }
}

/// An EPUB in its pieces.
#[derive(Clone)]
pub struct Ebook {
    pieces: Vec<Piece>,
    /// How much of the packed file is kept, in percent.
    kept: usize,
    /// Whether it is the one without the fault.
    is_twin: bool,
}

/// The package of every EPUB that recto makes.
pub const PACKAGE: &str = "OEBPS/content.opf";
/// Its navigation document.
pub const NAVIGATION: &str = "OEBPS/nav.xhtml";
/// Its style sheet.
const SHEET: &str = "OEBPS/stylesheet.css";

impl Ebook {
    /// Takes an EPUB apart.
    pub fn open(bytes: &[u8], is_twin: bool) -> Ebook {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a made EPUB is whole");
        let mut pieces = Vec::new();
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).expect("a made EPUB is whole");
            let mut data = Vec::new();
            entry.read_to_end(&mut data).expect("a made EPUB is whole");
            pieces.push(Piece {
                stored: entry.name() == "mimetype",
                ..Piece::new(entry.name(), data)
            });
        }
        Ebook {
            pieces,
            kept: 100,
            is_twin,
        }
    }

    /// Packs it again.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = pack(&self.pieces);
        bytes.truncate(bytes.len() * self.kept / 100);
        bytes
    }

    fn at(&self, path: &str) -> usize {
        let found = self.pieces.iter().position(|piece| piece.name == path);
        found.unwrap_or_else(|| panic!("the EPUB has no {path}"))
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8_lossy(&self.pieces[self.at(path)].data).into_owned()
    }

    /// The paths of all documents but the navigation, in the order of the package.
    pub fn documents(&self) -> Vec<String> {
        let package = self.text(PACKAGE);
        let items = package
            .lines()
            .filter(|line| line.starts_with("<item ") && line.contains("xhtml+xml"));
        let paths = items.map(|line| {
            let href = line
                .split("href=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            format!("OEBPS/{}", href.expect("an item leads to a file"))
        });
        paths.filter(|path| path != NAVIGATION).collect()
    }

    /// Those of them with a heading and a text.
    pub fn chapters(&self) -> Vec<String> {
        let mut chapters = self.documents();
        chapters.retain(|path| {
            let text = self.text(path);
            text.matches("<p").count() > 3 && text.contains("<h1")
        });
        assert!(chapters.len() > 2, "the book has too few chapters");
        chapters
    }

    /// One of them, from the middle of the book.
    pub fn chapter(&self) -> String {
        let mut chapters = self.chapters();
        chapters.swap_remove(chapters.len() / 2)
    }

    /// Puts something in another's place, at its first occurrence; `§` marks where in it the fault stands, else it is its start.
    pub fn prepare(&mut self, path: &str, old: &str, new: &str) -> Place {
        let text = self.text(path);
        let at = text
            .find(old)
            .unwrap_or_else(|| panic!("{path} has no `{old}`"));
        let mark = new.find('§').unwrap_or(0);
        let text = format!(
            "{}{}{}",
            &text[..at],
            new.replacen('§', "", 1),
            &text[at + old.len()..]
        );
        let line = text[..at + mark].matches('\n').count() + 1;
        let at = self.at(path);
        self.pieces[at].data = text.into_bytes();
        Place::at(path, line)
    }

    /// The same in the bad one alone.
    pub fn edit(&mut self, path: &str, old: &str, new: &str) -> Place {
        match self.is_twin {
            true => Place::at(path, 0),
            false => self.prepare(path, old, new),
        }
    }

    /// Takes away what stands from the one up to behind the other.
    pub fn drop_between(&mut self, path: &str, from: &str, to: &str) -> Place {
        let text = self.text(path);
        let start = text
            .find(from)
            .unwrap_or_else(|| panic!("{path} has no `{from}`"));
        let length = text[start..]
            .find(to)
            .unwrap_or_else(|| panic!("{path} has no `{to}`"));
        let old = text[start..start + length + to.len()].to_owned();
        self.edit(path, &old, "")
    }

    /// Puts markup behind the paragraph in the middle of a chapter, in both.
    pub fn sow(&mut self, markup: &str) -> Place {
        let path = self.chapter();
        let text = self.text(&path);
        let ends: Vec<usize> = text.match_indices("</p>\n").map(|(at, _)| at).collect();
        let at = ends[ends.len() / 2] + "</p>\n".len();
        let mark = markup.find('§').unwrap_or(0);
        let markup = markup.replacen('§', "", 1);
        let line = format!("{}{}", &text[..at], &markup[..mark]);
        let line = line.matches('\n').count() + 1;
        let text = format!("{}{markup}\n{}", &text[..at], &text[at..]);
        let of_path = self.at(&path);
        self.pieces[of_path].data = text.into_bytes();
        Place::at(&path, line)
    }

    /// In the bad one alone.
    pub fn plant(&mut self, markup: &str) -> Place {
        match self.is_twin {
            true => Place::at(&self.chapter(), 0),
            false => self.sow(markup),
        }
    }

    /// Adds a file.
    fn add(&mut self, path: &str, data: impl Into<Vec<u8>>) -> Place {
        self.pieces.push(Piece::new(path, data));
        Place::at(path, 1)
    }

    /// Adds a file and lists it.
    fn list(&mut self, href: &str, kind: &str, data: impl Into<Vec<u8>>) -> Place {
        let item =
            format!("<item id=\"planted\" href=\"{href}\" media-type=\"{kind}\"/>\n</manifest>");
        self.add(&format!("OEBPS/{href}"), data);
        self.prepare(PACKAGE, "</manifest>", &item)
    }

    /// A good picture, listed, shown and described.
    fn show(&mut self, data: Vec<u8>) -> Place {
        self.list("images/planted.png", "image/png", data);
        self.sow("<p><img src=\"../images/planted.png\" alt=\"A map of the town\"/></p>")
    }

    /// Something done to a file of the bad one.
    fn spoil(&mut self, path: &str, deed: fn(&mut Piece)) -> Place {
        if !self.is_twin {
            let at = self.at(path);
            deed(&mut self.pieces[at]);
        }
        Place::at(path, 1)
    }

    /// What stands between two words.
    pub fn between(&self, path: &str, from: &str, to: &str) -> String {
        let text = self.text(path);
        let rest = text
            .split_once(from)
            .unwrap_or_else(|| panic!("{path} has no `{from}`"))
            .1;
        rest.split_once(to)
            .map_or(rest, |(between, _)| between)
            .to_owned()
    }

    /// A picture that stands nowhere else, in the bad one.
    pub fn picture(&mut self) {
        if !self.is_twin {
            self.show(made("png"));
        }
    }

    /// Two entries of the list of pages that follow each other, as they are written.
    pub fn page_list(&self) -> [String; 2] {
        let list = self.between(NAVIGATION, "epub:type=\"page-list\"", "</nav>");
        let mut lines = list
            .lines()
            .filter(|line| line.starts_with("<li>"))
            .skip(5)
            .map(str::to_owned);
        [(); 2].map(|()| lines.next().expect("the book has pages"))
    }

    /// The document that has these words, and their line there.
    pub fn holding(&self, words: &str) -> (String, usize) {
        let mut documents = self.documents().into_iter();
        let path = documents.find(|path| self.text(path).contains(words));
        let place = self.line(&path.expect("the words are in the book"), words);
        (place.path, place.line)
    }

    /// The line of an item of the package.
    fn line(&self, path: &str, needle: &str) -> Place {
        let text = self.text(path);
        let at = text
            .find(needle)
            .unwrap_or_else(|| panic!("{path} has no `{needle}`"));
        Place::at(path, text[..at].matches('\n').count() + 1)
    }
}

/// Hidden as fonts are, or locked.
fn encryption(algorithm: &str, path: &str) -> String {
    format!(
        "<encryption xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" xmlns:enc=\"http://www.w3.org/2001/04/xmlenc#\">\n\
         <enc:EncryptedData><enc:EncryptionMethod Algorithm=\"{algorithm}\"/>\n<enc:CipherData><enc:CipherReference \
         URI=\"{path}\"/></enc:CipherData></enc:EncryptedData></encryption>"
    )
}

/// A code, what is asked besides `recto check FILE`, and the fault.
pub type Fault = (&'static str, &'static str, fn(&mut Ebook) -> Place);

/// The whole file: its own first line.
fn file() -> Place {
    Place::at("", 1)
}

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    // The archive.
    ("unreadable-epub", "", |book| { if !book.is_twin { book.kept = 50; } file() }),
    ("damaged-entry", "", |book| { let path = book.chapter(); book.spoil(&path, |piece| piece.spoilt = true); file().named(&path) }),
    ("outsized-part", "", |book| {
        let path = book.chapter();
        book.edit(&path, "<!DOCTYPE html>", "<!DOCTYPE html [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>");
        book.plant("<p>&b;</p>")
    }),
    ("bad-mimetype", "", |book| { book.edit("mimetype", "epub+zip", "epub+zip\n"); file() }),
    ("bad-container", "", |book| book.edit("META-INF/container.xml", "full-path", "fullpath")),
    ("bad-entry-name", "", |book| { if !book.is_twin { book.add("OEBPS/text/a:b.txt", "x"); } file().named("a:b.txt") }),
    ("awkward-entry-name", "", |book| { if !book.is_twin { book.add("OEBPS/text/a b.txt", "x"); } file().named("a b.txt") }),
    ("bad-encryption", "", |book| {
        let path = if book.is_twin { "OEBPS/fonts/planted.ttf" } else { "OEBPS/fonts/none.ttf" };
        book.list("fonts/planted.ttf", "font/ttf", made("font"));
        let place = book.add("META-INF/encryption.xml", encryption("http://www.idpf.org/2008/embedding", path));
        Place::at(&place.path, 3)
    }),
    ("protected-file", "", |book| {
        if book.is_twin { return file(); }
        let path = book.chapter();
        let place = book.add("META-INF/encryption.xml", encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", &path));
        Place::at(&place.path, 3)
    }),
    // The package.
    ("bad-package", "", |book| book.edit(PACKAGE, "href=\"stylesheet.css\"", "href=\"stylesheet.css\" title=\"x\"")),
    ("missing-metadata", "", |book| { book.drop_between(PACKAGE, "<dc:language>", "</dc:language>"); book.line(PACKAGE, "<metadata") }),
    ("invalid-metadata", "", |book| book.edit(PACKAGE, "T00:00:00Z", "")),
    ("duplicate-item", "", |book| book.edit(PACKAGE, "</manifest>", "§<item id=\"again\" href=\"stylesheet.css\" media-type=\"text/css\"/>\n</manifest>")),
    ("missing-file", "", |book| book.plant("<p><a href=\"planted.xhtml\">There</a></p>")),
    ("undeclared-file", "", |book| {
        book.show(made("png"));
        let place = book.line(&book.chapter(), "planted.png");
        book.drop_between(PACKAGE, "<item id=\"planted\"", "/>");
        place
    }),
    ("unlisted-file", "", |book| { if !book.is_twin { book.add("OEBPS/planted.txt", "x"); } file().named("planted.txt") }),
    ("wrong-media-type", "", |book| { book.show(made("png")); book.edit(PACKAGE, "images/planted.png\" media-type=\"image/png", "images/planted.png\" media-type=\"image/jpeg") }),
    ("missing-fallback", "", |book| {
        let kind = if book.is_twin { "audio/mpeg" } else { "audio/aiff" };
        book.list("planted.aif", kind, b"FORM....AIFF".as_slice());
        book.sow("<p>§<audio src=\"../planted.aif\" controls=\"controls\">A song</audio></p>")
    }),
    ("item-properties", "", |book| {
        let place = book.plant("<p><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>A dot</title><path d=\"M0 0H9\"/></svg></p>");
        let name = place.path.strip_prefix("OEBPS/").expect("it is a chapter").to_owned();
        book.line(PACKAGE, &format!("href=\"{name}\""))
    }),
    ("bad-spine", "", |book| book.edit(PACKAGE, "</spine>", "§<itemref idref=\"planted\"/>\n</spine>")),
    ("outside-spine", "", |book| {
        let path = book.chapter();
        let id = path.strip_prefix("OEBPS/text/").and_then(|name| name.strip_suffix(".xhtml")).expect("chapters lie there");
        let place = book.line(NAVIGATION, &format!("{id}.xhtml"));
        book.edit(PACKAGE, &format!("<itemref idref=\"text-{id}\"/>\n"), "");
        place
    }),
    // Ways through.
    ("missing-navigation", "", |book| { book.edit(PACKAGE, " properties=\"nav\"", ""); Place::at(PACKAGE, 1) }),
    ("bad-navigation", "", |book| book.edit(NAVIGATION, "</ol>", "§<li><a href=\"text/contents.xhtml\"></a></li>\n</ol>")),
    ("navigation-order", "", |book| {
        let chapters = book.chapters();
        let first = chapters[0].strip_prefix("OEBPS/").expect("chapters lie there");
        book.edit(NAVIGATION, "</ol>", &format!("§<li><a href=\"{first}\">Again</a></li>\n</ol>"))
    }),
    ("ncx-differs", "", |book| {
        let chapter = book.chapter();
        let points = book.between("OEBPS/toc.ncx", "<navMap>", chapter.trim_start_matches("OEBPS/"));
        let label = points.rsplit("<text>").next().and_then(|rest| rest.split('<').next()).expect("it is named").to_owned();
        book.edit("OEBPS/toc.ncx", &format!("<text>{label}<"), "<text>Planted<");
        // It is told at the entry's link.
        let label = if book.is_twin { label } else { "Planted".to_owned() };
        let before = book.between("OEBPS/toc.ncx", "<?xml", &format!("<text>{label}<"));
        let behind = book.between("OEBPS/toc.ncx", &format!("<text>{label}<"), "<content");
        let lines = |text: &str| text.matches('\n').count();
        Place::at("OEBPS/toc.ncx", lines(&before) + lines(&behind) + 1).named("Planted")
    }),
    ("bad-page-list", "", |book| {
        let [one, two] = book.page_list();
        book.edit(NAVIGATION, &format!("{one}\n{two}\n"), &format!("{two}\n§{one}\n"))
    }),
    // Documents.
    ("malformed-xml", "", |book| book.plant("<p>six & went</p>")),
    ("bad-markup", "", |book| book.plant("<p><center>x</center></p>")),
    ("bad-doctype", "", |book| { let path = book.chapter(); book.edit(&path, "<!DOCTYPE html>", "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.1//EN\" \"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd\">") }),
    ("repeated-id", "", |book| book.plant("<p id=\"planted\">One.</p>\n§<p id=\"planted\">Two.</p>")),
    ("broken-reference", "", |book| book.plant("<p><a href=\"#planted\">There</a></p>")),
    ("bad-address", "", |book| book.plant("<p><a href=\"file:///C:/walk/map.html\">There</a></p>")),
    ("remote-resource", "", |book| book.plant("<p><img src=\"https://example.org/map.png\" alt=\"A map of the town\"/></p>")),
    ("untitled-document", "", |book| { let path = book.chapter(); book.drop_between(&path, "<title>", "</title>"); book.line(&path, "<head") }),
    ("bad-viewport", "", |book| {
        // Pages of a fixed size, of which one does not say which.
        let path = book.chapter();
        let id = path.strip_prefix("OEBPS/text/").and_then(|name| name.strip_suffix(".xhtml")).expect("chapters lie there");
        let item = format!("<itemref idref=\"text-{id}\"/>");
        book.prepare(PACKAGE, &item, &item.replace("/>", " properties=\"rendition:layout-pre-paginated\"/>"));
        let size = "<head>\n<meta name=\"viewport\" content=\"width=600, height=800\"/>";
        if book.is_twin { book.prepare(&path, "<head>", size); }
        book.line(&path, "<head")
    }),
    ("bad-overlay", "", |book| {
        let path = book.chapter();
        let href = format!("href=\"{}\"", path.strip_prefix("OEBPS/").expect("chapters lie there"));
        book.edit(PACKAGE, &href, &format!("{href} media-overlay=\"planted\""))
    }),
    ("bad-style-sheet", "", |book| { let end = book.text(SHEET); book.edit(SHEET, &end, &format!("{end}\n§p {{ margin 0 }}\n")) }),
    ("damaged-image", "", |book| { 
        book.show(made("png 90x90"));
        book.spoil("OEBPS/images/planted.png", |piece| { let half = piece.data.len() / 2; piece.data.truncate(half); });
        book.line(PACKAGE, "images/planted.png")
    }),
    // Access.
    ("undescribed-image", "", |book| { book.show(made("png")); let path = book.chapter(); book.edit(&path, " alt=\"A map of the town\"", "") }),
    ("undeclared-language", "", |book| {
        let path = book.chapter();
        let told = book.between(&path, "ops\"", ">");
        book.edit(&path, &told, "")
    }),
    ("unclaimed-access", "", |book| { book.drop_between(PACKAGE, "<meta property=\"schema:accessibilityHazard\">", "</meta>"); book.line(PACKAGE, "<metadata") }),
    ("skipped-level", "", |book| book.plant("<h5>Deep</h5>")),
    ("shop-notes", "--for kindle", |book| {
        let back = if book.is_twin { "<a href=\"#call\">1</a> " } else { "" };
        book.sow(&format!("<p>A word.<a epub:type=\"noteref\" id=\"call\" href=\"#note\">1</a></p>\n<aside epub:type=\"footnote\" id=\"note\"><p>{back}A note.</p></aside>"));
        file()
    }),
    ("nothing-asked", "--for lulu / --for kindle", |_| file()),
];
