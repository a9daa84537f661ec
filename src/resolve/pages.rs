//! Where the printed pages begin: places that one edition's pages know, for another edition to find.
//!
//! In: the [`PageStarts`] of a PDF and the [`Edition`] that was set. Out: the same places in another edition's book.
//! Editions that read their chapters alike have the same nodes; where they do not, a place is found by the bytes of the
//! source (`home`), and what cannot be found is the nearest place behind it.

mod home;

use super::Edition;
use crate::model::{ChapterId, ChapterRole, Locus};
use crate::source::Sources;
use home::Home;

/// Where each printed page begins, in the order of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageStarts(pub Vec<PageStart>);

/// Where a printed page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// The page's number as it is printed, or would be: `xii`, `47`.
    pub label: String,
    /// The first of its words; `None` where no words of the book stand on it or behind it. Never before that of an earlier
    /// page.
    pub at: Option<Locus>,
}

impl PageStarts {
    /// The same places in another edition, as far as `has` says that it shows their chapters: a page of a chapter that it
    /// does not show begins where the next chapter does.
    pub fn moved(
        &self,
        from: &Edition,
        to: &Edition,
        sources: &Sources,
        has: impl Fn(ChapterId) -> bool,
    ) -> PageStarts {
        let homes = home::homes(&from.book, &to.book, sources, has);
        let find = |at: Locus| homes.get(at.node.chapter.0 as usize)?.find(at);
        let entry = |at: Locus| {
            // The place is an entry of the outline, which the other edition may have elsewhere.
            let leads = from.facts.toc.get(at.byte as usize)?.to;
            let leads = find(Locus {
                node: leads,
                byte: 0,
            })?;
            let behind = to.facts.toc.partition_point(|entry| entry.to < leads.node);
            Some(behind as u32)
        };
        let mut latest: Option<Option<Locus>> = None;
        let moved = |start: &PageStart| {
            let mut at = start.at.and_then(find);
            if let (Some(own), Some(found)) = (start.at, &mut at) {
                let chapter = from.book.chapter(own.node.chapter);
                if chapter.is_some_and(|chapter| chapter.role == ChapterRole::Contents) {
                    found.byte = entry(own).unwrap_or(found.byte);
                }
            }
            // Behind a page without a place there is none.
            at = match latest {
                Some(before) => at.zip(before).map(|(here, before)| here.max(before)),
                None => at,
            };
            latest = Some(at);
            PageStart {
                label: start.label.clone(),
                at,
            }
        };
        PageStarts(self.0.iter().map(moved).collect())
    }
}

impl Home {
    /// Where a place of the chapter is; `None` if it is nowhere, nor is anything behind it.
    fn find(&self, at: Locus) -> Option<Locus> {
        match self {
            Home::Same(chapter) => {
                let mut at = at;
                at.node.chapter = *chapter;
                Some(at)
            }
            Home::Other(other) => Some(other.find(at)),
            Home::Next(chapter) => Some(home::begin(*chapter)),
            Home::None => None,
        }
    }
}
