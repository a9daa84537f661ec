//! Names of files in the EPUB.
//!
//! In: the edition. Out: for each chapter and image a name of ASCII letters, digits, `-` and `.`, unique in its folder even
//! where capitals do not count, and kept near the author's own so that a listing can be read.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ChapterId, Origin};
use crate::resolve::{AssetKind, Edition};

/// What each thing is called.
#[derive(Debug)]
pub(super) struct Names {
    chapters: Vec<String>,
    images: BTreeMap<String, String>,
}

impl Names {
    /// Names everything.
    pub fn of(edition: &Edition) -> Names {
        let mut taken = Taken(BTreeSet::new());
        let chapters = edition.book.chapters.iter().map(|chapter| {
            let stem = match &chapter.origin {
                Origin::File(_, path) => path.trim_end_matches(".md").trim_end_matches(".markdown"),
                Origin::Made(name) => name,
            };
            taken.take(stem, "chapter", "xhtml")
        });
        let chapters = chapters.collect();
        let mut taken = Taken(BTreeSet::new());
        let images = edition.book.assets.iter().map(|(path, asset)| {
            let ending = match asset.kind {
                AssetKind::Png => "png",
                AssetKind::Jpeg => "jpg",
                AssetKind::Gif => "gif",
                AssetKind::WebP => "webp",
                AssetKind::Svg => "svg",
            };
            let name = path.rsplit('/').next().unwrap_or(path);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            (path.clone(), taken.take(stem, "image", ending))
        });
        Names {
            chapters,
            images: images.collect(),
        }
    }

    /// A chapter's file, in `text/`.
    pub fn chapter(&self, id: ChapterId) -> &str {
        self.chapters.get(id.0 as usize).map_or("", String::as_str)
    }

    /// An image's file, in `images/`; by its path in the book's folder.
    pub fn image(&self, path: &str) -> Option<&str> {
        self.images.get(path).map(String::as_str)
    }
}

struct Taken(BTreeSet<String>);

impl Taken {
    fn take(&mut self, wish: &str, otherwise: &str, ending: &str) -> String {
        let mut stem = String::new();
        for c in wish.chars() {
            match c.to_ascii_lowercase() {
                c if c.is_ascii_alphanumeric() => stem.push(c),
                _ if stem.ends_with('-') || stem.is_empty() => {}
                _ => stem.push('-'),
            }
        }
        let stem = stem.trim_end_matches('-');
        // Longer names break the limits of some file systems and zip readers.
        let stem = if stem.is_empty() {
            otherwise
        } else {
            &stem[..stem.len().min(80)]
        };
        let mut name = format!("{stem}.{ending}");
        let mut count = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{stem}-{count}.{ending}");
            count += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_unique() {
        let mut taken = Taken(BTreeSet::new());
        assert_eq!(
            taken.take("vec/vec Layout", "chapter", "xhtml"),
            "vec-vec-layout.xhtml"
        );
        assert_eq!(
            taken.take("Vec/Vec--layout", "chapter", "xhtml"),
            "vec-vec-layout-2.xhtml"
        );
        assert_eq!(taken.take("第一章", "chapter", "xhtml"), "chapter.xhtml");
        assert_eq!(taken.take("…", "chapter", "xhtml"), "chapter-2.xhtml");
    }
}
