//! What an author should hear of a book's pictures in one edition: how many pixels they have where they stand, what becomes
//! of their colours, what cannot be shown.
//!
//! In: the resolved book and, for a PDF, its pages and what it is made for. Out: findings in the sink, each at the Markdown
//! line that shows the picture; of a picture that stands in several places, at the one where it is worst.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Sink};
use crate::pdf;
use crate::profile::{ColorSpace, Profile, Rule};
use crate::resolve::{Asset, AssetKind, Edition, Tone};
use crate::source::Span;
use crate::typeset::frame::{Frame, Item, Owner};
use crate::typeset::pages::PageList;
use crate::typeset::structure::Kid;
use crate::unit::Size;

/// Below so many pixels per inch a reader sees them on any page: each is wider than a third of a millimetre.
const SEEN: f64 = 72.0;

/// What line art needs on a press, in pixels per inch: its edges are not softened by greys, so steps show up to about 600
/// (what IngramSpark's file creation guide asks of pictures in one bit).
const LINE: f64 = 600.0;

/// The part by which a picture may miss what is asked: 299 for 300 is a matter of rounding.
const MISS: f64 = 0.99;

/// No picture of a page needs so many bytes: 20 MB.
const PAGE_BYTES: usize = 20_000_000;

/// A place where a picture stands.
struct Place {
    page: usize,
    size: Size,
    slot: Option<u32>,
}

impl Place {
    /// Pixels per inch across or down, whichever is less.
    fn resolution(&self, (width, height): (u32, u32)) -> f64 {
        let along = |pixels: u32, points: f64| f64::from(pixels) * 72.0 / points.max(0.01);
        along(width, self.size.width.to_pt()).min(along(height, self.size.height.to_pt()))
    }
}

/// Tells of the pictures of a PDF.
pub(super) fn on_pages(edition: &Edition, list: &PageList, profile: &Profile, sink: &Sink) {
    let places = places(list);
    if places.is_empty() {
        return;
    }
    let origins = origins(list, &places);
    for ((path, asset), number) in edition.book.assets.iter().zip(0u32..) {
        let Some(places) = places.get(&number) else {
            continue;
        };
        let line = |place: &Place| {
            let known = place.slot.and_then(|slot| origins.get(&slot)).copied();
            known.and_then(|node| {
                let chapter = edition.book.chapter(node.chapter)?;
                chapter.spans.get(node.node)
            })
        };
        let picture = Picture {
            path,
            asset,
            at: line(&places[0]).or(asset.at),
            page: folio(list, places[0].page),
        };
        picture.becomes(profile, sink);
        if asset.kind == AssetKind::Svg {
            let narrow = places.iter().min_by_key(|place| place.size.width);
            if let Some(place) = narrow {
                let told = (line(place).or(asset.at), folio(list, place.page));
                picture.too_thin(place, told, profile, sink);
            }
            continue;
        }
        let of = |place: &&Place| place.resolution(asset.shown());
        let order = |a: &&Place, b: &&Place| of(a).total_cmp(&of(b));
        let ends = (
            places.iter().min_by(order),
            places.iter().rev().max_by(order),
        );
        if let (Some(least), Some(most)) = ends {
            let told = |place: &Place| (line(place).or(asset.at), folio(list, place.page));
            picture.too_coarse(least, told(least), profile, sink);
            picture.too_fine(most, told(most), profile, sink);
        }
    }
}

/// Tells of pictures that are grey fields in a PDF: `blank` has their numbers.
pub(super) fn undrawn(edition: &Edition, list: &PageList, blank: &BTreeSet<u32>, sink: &Sink) {
    if blank.is_empty() {
        return;
    }
    let mut places = places(list);
    places.retain(|number, _| blank.contains(number));
    let origins = origins(list, &places);
    for ((path, asset), number) in edition.book.assets.iter().zip(0u32..) {
        for place in places.get(&number).into_iter().flatten() {
            let node = place.slot.and_then(|slot| origins.get(&slot));
            let at = node.and_then(|node| {
                let chapter = edition.book.chapter(node.chapter)?;
                chapter.spans.get(node.node)
            });
            let page = folio(list, place.page);
            let message =
                format!("`{path}` cannot be drawn; on page {page} a grey field stands for it");
            let found = Diagnostic::new(Code::UndrawnImage, at.or(asset.at), message);
            sink.push(found.on_page(page).hint("open it and export it anew"));
        }
    }
}

/// Tells of the pictures of an EPUB what concerns its readers, wherever it is sold; of those in four `inks` if no shop
/// does.
pub(super) fn in_readers(edition: &Edition, inks: bool, sink: &Sink) {
    for (path, asset) in &edition.book.assets {
        let tell = |code, message: String, hint: &str| {
            sink.push(Diagnostic::new(code, asset.at, message).hint(hint));
        };
        if inks && asset.nature.tone == Tone::Inks {
            tell(
                Code::InksOnScreen,
                format!("`{path}` is in four inks, which many reading systems show wrong"),
                "export it in RGB, or let it be converted with `images: {colors: rgb}`",
            );
        }
        if asset.orientation != 1 {
            tell(
                Code::TurnedImage,
                format!("`{path}` is not stored upright, and not every reading system turns it"),
                "export it upright, or let it be turned with `images: {upright: true}`",
            );
        }
    }
}

struct Picture<'a> {
    path: &'a str,
    asset: &'a Asset,
    /// Where it stands first.
    at: Option<Span>,
    /// On which page that is.
    page: String,
}

impl Picture<'_> {
    /// What is not as in its file, wherever it stands.
    fn becomes(&self, profile: &Profile, sink: &Sink) {
        let Picture {
            path, asset, at, ..
        } = *self;
        let file = &profile.file;
        let tell = |code, message: String| {
            sink.push(Diagnostic::new(code, at, message).on_page(&*self.page));
        };
        match (asset.nature.tone, file.color) {
            (Tone::Color, ColorSpace::Grey) => tell(
                Code::ConvertedImage,
                format!("the colours of `{path}` become greys"),
            ),
            (Tone::Color, ColorSpace::Cmyk) => tell(
                Code::ConvertedImage,
                format!("the colours of `{path}` become those of four inks"),
            ),
            (Tone::Inks, ColorSpace::Rgb) => tell(
                Code::ConvertedImage,
                format!("the four inks of `{path}` become the colours that they show"),
            ),
            (Tone::Inks, ColorSpace::Grey) => tell(
                Code::ConvertedImage,
                format!("the four inks of `{path}` become greys"),
            ),
            (Tone::Inks, ColorSpace::Cmyk) => tell(
                Code::KeptInks,
                format!("`{path}` goes to the press in its own four inks"),
            ),
            (Tone::Line | Tone::Grey | Tone::Color | Tone::Drawing, _) => {}
        }
        if asset.nature.see_through && !file.transparency {
            let message = format!("`{path}` lets the page show through; it was laid on white");
            tell(Code::FlattenedImage, message);
        }
        if asset.nature.animated {
            let message = format!("of the animation `{path}` only the first picture is shown");
            tell(Code::AnimatedImage, message);
        }
        if asset.bytes.len() > PAGE_BYTES {
            let message = format!(
                "`{path}` has {}, more than any page needs",
                megabytes(asset.bytes.len())
            );
            let found = Diagnostic::new(Code::LargeImage, at, message).on_page(&*self.page);
            sink.push(found.hint("export it smaller"));
        }
    }

    /// Tells of lines of a drawing that are thinner than a press can print, where the drawing is smallest.
    fn too_thin(
        &self,
        place: &Place,
        (at, page): (Option<Span>, String),
        profile: &Profile,
        sink: &Sink,
    ) {
        let Some(Rule { value, sure }) = profile.limits.line else {
            return;
        };
        let Some(part) = pdf::thinnest_line(&self.asset.bytes) else {
            return;
        };
        let line = place.size.width.scale(part);
        if line.to_pt() >= value.to_pt() * MISS {
            return;
        }
        let message = format!(
            "`{}` has a line of {line} as it is shown; {} asks for {value} at least",
            self.path, profile.printer
        );
        let found = profile.finding(Code::Hairline, at, "limits.line", sure, message);
        sink.push(
            found
                .on_page(page)
                .hint("draw it thicker, or show it larger"),
        );
    }

    /// Whether it has fewer pixels than it should.
    fn too_coarse(
        &self,
        place: &Place,
        (at, page): (Option<Span>, String),
        profile: &Profile,
        sink: &Sink,
    ) {
        let line = self.asset.nature.tone == Tone::Line;
        let (least, asks) = match profile.limits.resolution {
            Some(rule) if line => {
                let least = LINE.max(f64::from(rule.value));
                (least, format!("line art needs {least}"))
            }
            Some(rule) => {
                let who = if profile.printer.is_empty() {
                    &profile.name
                } else {
                    &profile.printer
                };
                (
                    f64::from(rule.value),
                    format!("{who} asks for {}", rule.value),
                )
            }
            None => (SEEN, format!("below {SEEN} single pixels are seen")),
        };
        let has = place.resolution(self.asset.shown());
        if has >= least * MISS {
            return;
        }
        let message = format!(
            "`{}` has {has:.0} pixels per inch on page {page}; {asks}",
            self.path
        );
        let (width, height) = self.asset.shown();
        let wanted = |pixels: u32| (f64::from(pixels) * least / has).ceil();
        let narrow = place.size.width.to_mm() * has / least;
        let hint = format!(
            "use a picture of {} × {} pixels, or show it no wider than {:.0} mm",
            wanted(width),
            wanted(height),
            narrow.floor()
        );
        let found = Diagnostic::new(Code::LowResolution, at, message);
        sink.push(found.on_page(page).hint(hint));
    }

    /// Whether it has more pixels than are of use.
    fn too_fine(
        &self,
        place: &Place,
        (at, page): (Option<Span>, String),
        profile: &Profile,
        sink: &Sink,
    ) {
        let Some(rule) = profile.limits.resolution_most else {
            return;
        };
        let (has, most) = (place.resolution(self.asset.shown()), f64::from(rule.value));
        // Line art gains by more than photographs do.
        if has * MISS <= most || self.asset.nature.tone == Tone::Line {
            return;
        }
        let message = format!(
            "`{}` has {has:.0} pixels per inch on page {page}; {} takes {most} at most",
            self.path, profile.printer
        );
        let (width, height) = self.asset.shown();
        let enough = |pixels: u32| (f64::from(pixels) * most / has).floor();
        let hint = format!("{} × {} pixels are enough", enough(width), enough(height));
        let found = Diagnostic::new(Code::HighResolution, at, message);
        sink.push(found.on_page(page).hint(hint));
    }
}

/// `12.3 MB`.
fn megabytes(bytes: usize) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// A page's printed number, or its place in the file.
fn folio(list: &PageList, page: usize) -> String {
    match list.pages.get(page) {
        Some(found) if !found.folio.is_empty() => found.folio.clone(),
        _ => (page + 1).to_string(),
    }
}

/// Where each image stands, by its number, in the order of the pages.
fn places(list: &PageList) -> BTreeMap<u32, Vec<Place>> {
    let mut places: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
    if list.images.is_empty() {
        return places;
    }
    for (number, page) in list.pages.iter().enumerate() {
        // Without recursion: an author's nesting has no limit.
        let mut frames: Vec<&Frame> = vec![&page.frame];
        while let Some(frame) = frames.pop() {
            for (_, item) in &frame.items {
                match item {
                    Item::Group(inner) | Item::Turned(inner) => frames.push(inner),
                    Item::Image { image, size, owner } => {
                        let slot = match owner {
                            Owner::Slot(slot) => Some(slot.0.saturating_add(page.slot_base)),
                            Owner::Artifact(_) => None,
                        };
                        places.entry(image.0).or_default().push(Place {
                            page: number,
                            size: *size,
                            slot,
                        });
                    }
                    _ => {}
                }
            }
        }
    }
    places
}

/// The nodes that slots with images come from.
fn origins(
    list: &PageList,
    places: &BTreeMap<u32, Vec<Place>>,
) -> BTreeMap<u32, crate::model::NodeRef> {
    let wanted: BTreeSet<u32> = places
        .values()
        .flatten()
        .filter_map(|place| place.slot)
        .collect();
    let mut origins = BTreeMap::new();
    for element in &list.structure.elements {
        for kid in &element.kids {
            if let (Kid::Slot(slot), Some(origin)) = (kid, element.origin)
                && wanted.contains(&slot.0)
            {
                origins.insert(slot.0, origin);
            }
        }
    }
    origins
}
