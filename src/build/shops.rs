//! The shops that an EPUB goes to: what they look at, and what they say.
//!
//! In: an edition as it is going to be written, then its bytes. Out: findings in the sink. A book that names no shops hears,
//! as notes, which of its pictures some shop would not take.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Press;
use crate::diag::Sink;
use crate::epub;
use crate::model::{Block, BlockKind, Image, ImageSource, Inline, InlineKind, Visit, walk_blocks};
use crate::picture;
use crate::resolve::access::Access;
use crate::resolve::{Asset, AssetKind, Edition, Tone};
use crate::shop::{self, Ask, Contents, Cover, Kind, Picture, Shop, Wares};
use crate::source::Span;
use crate::theme::Theme;

/// The shops of an edition, and what they look at.
pub(super) struct Shelf {
    wares: Wares,
    /// Each with the place where the book names it.
    shops: Vec<(Shop, Option<Span>)>,
}

impl Shelf {
    /// Gathers what shops look at; `has_pages`: the EPUB tells the pages of a PDF.
    pub fn new(
        press: Press<'_>,
        edition: &Edition,
        theme: &Theme,
        access: &Access,
        has_pages: bool,
        sink: &Sink,
    ) -> Shelf {
        let named = &edition.book.manifest.shops;
        let mut shops: Vec<(Shop, Option<Span>)> = Vec::new();
        for name in named {
            let shop = shop::load(name, press.world, press.sources, sink);
            // Two names of one shop are one.
            let shop = shop.filter(|shop| shops.iter().all(|(known, _)| known.name != shop.name));
            shops.extend(shop.map(|shop| (shop, name.at)));
        }
        let mut wares = wares(edition, theme, access, has_pages);
        let asks = |wanted: &Ask| {
            let mut rules = shops.iter().flat_map(|(shop, _)| &shop.rules);
            rules.any(|rule| rule.ask == *wanted)
        };
        if asks(&Ask::PictureGround) {
            look_through(&mut wares, edition);
        }
        Shelf { wares, shops }
    }

    /// Whether a shop of the book's says something of pictures in four inks.
    pub fn sees_inks(&self) -> bool {
        let mut rules = self.shops.iter().flat_map(|(shop, _)| &shop.rules);
        rules.any(|rule| rule.ask == Ask::PictureColors)
    }

    /// Says what the shops would; `bytes` is the size of the file, if it was made.
    pub fn judge(mut self, bytes: Option<usize>, sink: &Sink) {
        self.wares.bytes = bytes.map(|bytes| bytes as u64);
        for (shop, at) in &self.shops {
            for found in shop::judge(&self.wares, shop, *at) {
                sink.push(found);
            }
        }
        if self.shops.is_empty() && !self.wares.pictures.is_empty() {
            let all: Vec<Shop> = shop::BUILTIN
                .iter()
                .filter_map(|(name, _)| shop::builtin(name))
                .collect();
            for found in shop::refused_somewhere(&self.wares, &all) {
                sink.push(found);
            }
        }
    }
}

/// What shops look at, but for the size of the file.
fn wares(edition: &Edition, theme: &Theme, access: &Access, has_pages: bool) -> Wares {
    let book = &edition.book;
    let mut shown = Shown::default();
    for chapter in &book.chapters {
        shown.chapter = Some(chapter);
        walk_blocks(&chapter.blocks, &mut shown);
        for note in &chapter.notes {
            walk_blocks(&note.blocks, &mut shown);
        }
    }
    let cover = book.manifest.metadata.cover.as_ref();
    let pictures: Vec<Picture> = book
        .assets
        .iter()
        .map(|(path, asset)| Picture {
            at: match cover.filter(|cover| cover.value == *path) {
                Some(cover) => cover.at,
                None => asset.at,
            },
            fixed: shown.fixed.remove(path),
            ..of_asset(path, asset)
        })
        .collect();
    let place = cover.and_then(|cover| book.assets.keys().position(|path| *path == cover.value));
    let (entries, depth) = epub::contents(edition);
    let notes = book
        .chapters
        .iter()
        .any(|chapter| !chapter.notes.is_empty());
    let sheets = epub::css::sheets(theme, "", epub::css::Writing::default());
    Wares {
        bytes: None,
        cover: place.map(|picture| Cover {
            picture,
            own_page: true,
        }),
        pictures,
        contents: Contents { entries, depth },
        // Without the printed book's number nobody can tell that there is one.
        page_list: book
            .manifest
            .metadata
            .identifiers
            .isbn_print
            .is_some()
            .then_some(has_pages),
        note_links: notes.then_some(true),
        forced: shop::forced(&(sheets.plain + &sheets.fine)),
        protected: false,
        epubcheck: None,
        claims: Some(epub::claims(edition, access)),
    }
}

fn of_asset(path: &str, asset: &Asset) -> Picture {
    Picture {
        name: path.to_owned(),
        at: asset.at,
        kind: match asset.kind {
            AssetKind::Png => Kind::Png,
            AssetKind::Jpeg => Kind::Jpeg,
            AssetKind::Gif => Kind::Gif,
            AssetKind::WebP => Kind::WebP,
            AssetKind::Svg => Kind::Svg,
        },
        size: asset.shown(),
        bytes: asset.bytes.len() as u64,
        inks: asset.nature.tone == Tone::Inks,
        see_through: asset.nature.see_through,
        fixed: None,
    }
}

/// Many files only say that something might show through: looks at their pixels.
fn look_through(wares: &mut Wares, edition: &Edition) {
    let assets = edition.book.assets.values();
    let pairs: Vec<_> = wares.pictures.iter_mut().zip(assets).collect();
    pairs.into_par_iter().for_each(|(picture, asset)| {
        if let (true, Some(kind)) = (picture.see_through, raster(asset.kind)) {
            picture.see_through = picture::shows_through(&asset.bytes, kind.format());
        }
    });
}

/// The kind of a file with pixels.
pub(super) fn raster(kind: AssetKind) -> Option<picture::Kind> {
    match kind {
        AssetKind::Png => Some(picture::Kind::Png),
        AssetKind::Jpeg => Some(picture::Kind::Jpeg),
        AssetKind::Gif => Some(picture::Kind::Gif),
        AssetKind::WebP => Some(picture::Kind::WebP),
        AssetKind::Svg => None,
    }
}

/// How pictures are shown.
#[derive(Default)]
struct Shown<'a> {
    /// By path: the first width or height in fixed units, and where.
    fixed: BTreeMap<String, (Option<Span>, String)>,
    chapter: Option<&'a crate::model::Chapter>,
}

impl Shown<'_> {
    fn image(&mut self, image: &Image, node: crate::model::NodeId) {
        let ImageSource::File(path) = &image.source else {
            return;
        };
        let mut sides = ["width", "height"]
            .into_iter()
            .filter_map(|side| image.attrs.get(side));
        if let Some(length) = sides.find(|length| is_fixed(length)) {
            let at = self.chapter.and_then(|chapter| chapter.spans.get(node));
            self.fixed
                .entry(path.clone())
                .or_insert_with(|| (at, length.trim().to_owned()));
        }
    }
}

/// Whether a length is of fixed units. Those of the text, which readers choose, are not.
fn is_fixed(length: &str) -> bool {
    let length = length.trim();
    length.starts_with(|c: char| c.is_ascii_digit())
        && !["%", "em", "ex"].iter().any(|unit| length.ends_with(unit))
}

impl Visit<'_> for Shown<'_> {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Figure(figure) = &block.kind {
            self.image(&figure.image, block.id);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Image(image) = &inline.kind {
            self.image(image, inline.id);
        }
    }
}
