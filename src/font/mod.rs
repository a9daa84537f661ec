//! The faces at hand, for both writers.
//!
//! In: the families bundled with recto, the book's own fonts folder, and the machine's fonts where the book asks for
//! them. Out: [`Fonts`]: which face a family, weight and slant mean ([`Fonts::select`]), which face has a character that
//! this one lacks ([`Fonts::fallback`]), and each [`Face`]'s names, measures, coverage and features. A bundled face is
//! parsed when it is first asked for something that its name does not say.

mod bundled;
mod coverage;
mod cut;
mod face;
mod families;
mod kern;
mod licence;
mod load;
mod outline;
mod variable;

pub use cut::{Wanted, cut, whole};
pub use face::{Face, FaceMetrics, FaceOrigin, Line};
pub use licence::Licence;
pub use variable::{Setting, freeze};

use std::collections::BTreeMap;

use crate::diag::Sink;
use crate::source::{Sources, Spanned, World};
use crate::theme::Family;
use crate::unit::Abs;

/// Names a face in [`Fonts`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// All faces at hand. The book's own come first, then the bundled ones, then the machine's.
#[derive(Debug)]
pub struct Fonts {
    faces: Vec<Face>,
    /// Faces by family: its name in lower case, and that name without a trailing number.
    families: BTreeMap<String, Vec<FaceId>>,
}

impl Fonts {
    /// The faces bundled with recto.
    pub fn bundled() -> Fonts {
        Fonts::of(bundled::faces().collect())
    }

    /// The bundled faces, those of a folder of the book's, and with `system` those of the machine. A font file that
    /// cannot be used is reported at the place that names the folder, or at its own start where none does.
    pub fn load(
        world: &dyn World,
        folder: Option<&Spanned<String>>,
        system: bool,
        sources: &Sources,
        sink: &Sink,
    ) -> Fonts {
        let mut faces = Vec::new();
        if let Some(folder) = folder {
            load::folder(world, folder, sources, sink, &mut faces);
        }
        faces.extend(bundled::faces());
        if system {
            load::system(&mut faces);
        }
        Fonts::of(faces)
    }

    /// Only these faces, in this order.
    pub fn of(mut faces: Vec<Face>) -> Fonts {
        faces.truncate(usize::from(u16::MAX));
        let mut families: BTreeMap<String, Vec<FaceId>> = BTreeMap::new();
        for (at, face) in faces.iter().enumerate() {
            let id = FaceId(at as u16);
            let exact = face.family().to_lowercase();
            let plain = without_number(&exact);
            if plain != exact {
                families.entry(plain.to_owned()).or_default().push(id);
            }
            families.entry(exact).or_default().push(id);
        }
        // A family of the book's hides a bundled one of the same name: its faces stay together.
        for members in families.values_mut() {
            let origin = faces[usize::from(members[0].0)].origin().rank();
            members.retain(|id| faces[usize::from(id.0)].origin().rank() == origin);
        }
        Fonts { faces, families }
    }

    /// How many faces there are; never none where bundled faces are in.
    pub fn len(&self) -> usize {
        self.faces.len()
    }

    /// Whether there is no face at all.
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// All faces with their names, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        self.faces
            .iter()
            .enumerate()
            .map(|(at, face)| (FaceId(at as u16), face))
    }

    /// A face.
    ///
    /// # Panics
    /// When the id comes from other `Fonts`.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// Whether a family of this name is at hand.
    pub fn has_family(&self, name: &str) -> bool {
        !self.family(name).is_empty()
    }

    /// Whether a face is one of those that a family's name stands for.
    pub fn is_of(&self, id: FaceId, name: &str) -> bool {
        self.family(name).contains(&id)
    }

    /// The faces of a family, by its name in any case; a trailing number (an optical size: `EB Garamond 12`) counts
    /// only where it tells families apart.
    fn family(&self, name: &str) -> &[FaceId] {
        let exact = name.trim().to_lowercase();
        self.families
            .get(&exact)
            .or_else(|| self.families.get(without_number(&exact)))
            .map_or(&[], Vec::as_slice)
    }

    /// The face that comes nearest: of the first family at hand, the right slant before the right weight, and that before
    /// the size that the face is drawn for. Where no family is at hand, the bundled serif.
    pub fn select(&self, families: &[Family], weight: u16, italic: bool, size: Abs) -> FaceId {
        families
            .iter()
            .map(|family| match family {
                Family::Named(name) => name.as_str(),
                Family::Serif => bundled::SERIF,
                Family::Sans => bundled::SANS,
                Family::Mono => bundled::MONO,
            })
            .chain([bundled::SERIF])
            .find_map(|name| self.nearest(self.family(name), weight, italic, Some(size)))
            .unwrap_or_default()
    }

    fn nearest(
        &self,
        members: &[FaceId],
        weight: u16,
        italic: bool,
        size: Option<Abs>,
    ) -> Option<FaceId> {
        let off_size = |face: &Face| match (face.optical(), size) {
            (Some(drawn_for), Some(size)) => (drawn_for - size).abs(),
            _ => Abs::ZERO,
        };
        members.iter().copied().min_by_key(|id| {
            let face = self.face(*id);
            // Of two weights as far away, the heavier for a bold, the lighter for a book weight.
            let wrong_side = (face.weight() > weight) != (weight > 500);
            (
                face.italic() != italic,
                face.weight().abs_diff(weight),
                wrong_side,
                off_size(face),
            )
        })
    }

    /// A face that has a character which `instead` lacks: of the first family that has it (the book's own, the bundled,
    /// the machine's), the face nearest to `instead`. `None` if no face has it.
    pub fn fallback(&self, c: char, instead: FaceId) -> Option<FaceId> {
        let (weight, italic, size) = {
            let face = self.face(instead);
            (face.weight(), face.italic(), face.optical())
        };
        // All places of a variable font have the same characters.
        let mut files = self.iter().filter(|(_, face)| face.leads());
        let (_, first) = files.find(|(_, face)| face.has(c))?;
        let members: Vec<FaceId> = self
            .family(first.family())
            .iter()
            .copied()
            .filter(|id| self.face(*id).has(c))
            .collect();
        self.nearest(&members, weight, italic, size)
    }
}

/// A family's name without a number at its end: `eb garamond 12`.
fn without_number(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((plain, number))
            if !plain.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            plain.trim_end()
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests;
