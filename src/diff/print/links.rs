//! A PDF's links: what they stand on, and where they lead.

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, Name, String as Bytes};

use super::Page;
use super::objects::{Destinations, text_of};
use crate::unit::Abs;

/// Links that are looked at.
const MOST_LINKS: usize = 200_000;

/// Where a link, or an entry of the outline, leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// Out of the file.
    Out(String),
    /// To a page, by its number in the file, and there to the first word at this place or below it, if there is one.
    Page(usize, Option<u32>),
    /// Nowhere that could be found.
    Nowhere,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The page it is on, by its number in the file.
    pub page: usize,
    /// The words it stands on.
    pub text: String,
    /// Where it leads.
    pub aim: Aim,
}

/// Where something with a destination or an action leads.
pub fn aim<'a>(holder: &Dict<'a>, destinations: &Destinations<'a>, pages: &[Page]) -> Aim {
    if let Some(spot) = destinations.target(holder) {
        let down = Abs::pt(spot.down);
        let lines = pages.get(spot.page).map(|page| page.lines.as_slice());
        let below = lines
            .into_iter()
            .flatten()
            .find(|line| line.baseline >= down);
        let word = below.and_then(|line| line.bits.first()).map(|bit| bit.word);
        return Aim::Page(spot.page, word);
    }
    let Some(action) = holder.get::<Dict<'a>>("A") else {
        return Aim::Nowhere;
    };
    let uri = action.get::<Bytes<'_>>("URI").map(|uri| text_of(&uri));
    let file = || action.get::<Bytes<'_>>("F").map(|file| text_of(&file));
    uri.or_else(file).map_or(Aim::Nowhere, Aim::Out)
}

/// All links.
pub fn links(pdf: &Pdf, pages: &[Page]) -> Vec<Link> {
    let destinations = Destinations::of(pdf);
    let mut found = Vec::new();
    for (at, (source, page)) in pdf.pages().iter().zip(pages).enumerate() {
        let Some(notes) = source.raw().get::<Array<'_>>("Annots") else {
            continue;
        };
        let foot = source.intersected_crop_box();
        for note in notes.iter::<Dict<'_>>() {
            let is_link = note
                .get::<Name<'_>>("Subtype")
                .is_some_and(|kind| kind.as_str() == "Link");
            if !is_link || found.len() >= MOST_LINKS {
                continue;
            }
            let sides = note
                .get::<[f32; 4]>("Rect")
                .unwrap_or_default()
                .map(f64::from);
            let [x0, y0, x1, y1] = sides;
            let area = [
                x0.min(x1) - foot.x0,
                foot.y1 - y0.max(y1),
                x0.max(x1) - foot.x0,
                foot.y1 - y0.min(y1),
            ];
            found.push(Link {
                page: at,
                text: words_in(page, area.map(Abs::pt)),
                aim: aim(&note, &destinations, pages),
            });
        }
    }
    found
}

/// The words whose middle lies in an area: left, top, right, foot.
fn words_in(page: &Page, [left, top, right, foot]: [Abs; 4]) -> String {
    let mut text = String::new();
    let lines = page.lines.iter().chain(&page.notes);
    for line in lines.filter(|line| line.baseline >= top && line.baseline <= foot) {
        for bit in &line.bits {
            let middle = bit.place.at.x + bit.place.size.width / 2;
            if middle < left || middle > right {
                continue;
            }
            if !text.is_empty() && !bit.glued {
                text.push(' ');
            }
            text.push_str(bit.text.trim_end_matches('\u{ad}'));
        }
    }
    text
}
