//! A face: one font of a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use skrifa::Tag;
use skrifa::font::name::NameId;
use skrifa::font::{Blob, Font};
use skrifa::raw::TableProvider;

use super::coverage::coverage;
use super::variable::{self, Place, Setting};
use crate::unit::{Abs, Em};

/// Where a face comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaceOrigin {
    /// A file of the book's, by its path in the book's folder.
    Book(String),
    /// recto itself.
    Bundled,
    /// The machine.
    System(PathBuf),
}

impl FaceOrigin {
    /// The order in which origins are looked through.
    pub(super) fn rank(&self) -> u8 {
        match self {
            FaceOrigin::Book(_) => 0,
            FaceOrigin::Bundled => 1,
            FaceOrigin::System(_) => 2,
        }
    }
}

/// A face. Cheap until something is asked that its names do not say.
#[derive(Debug)]
pub struct Face {
    names: Names,
    origin: FaceOrigin,
    data: Data,
    index: u32,
    /// Where on the axes of a variable font it is.
    place: Place,
    /// Not the first of the places that its file is offered at.
    follows: bool,
    parsed: OnceLock<Parsed>,
    shared: OnceLock<Arc<[u8]>>,
}

/// What a face is called, and what it looks like.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) family: String,
    pub(super) style: String,
    pub(super) weight: u16,
    pub(super) italic: bool,
    /// The PostScript name.
    pub(super) name: String,
}

#[derive(Clone, Debug)]
enum Data {
    Static(&'static [u8]),
    Owned(Arc<Vec<u8>>),
    /// A file of the machine's, read when it is needed; empty if it cannot be.
    File(PathBuf, OnceLock<Arc<Vec<u8>>>),
}

struct Parsed {
    font: Option<Font>,
    metrics: FaceMetrics,
    /// GSUB and GPOS features, sorted.
    features: Vec<[u8; 4]>,
    /// By feature, of those that are asked for by letters: the glyphs that it has something for, sorted.
    coverage: BTreeMap<[u8; 4], OnceLock<Vec<u16>>>,
    fs_type: u16,
}

impl std::fmt::Debug for Parsed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parsed")
            .field("metrics", &self.metrics)
            .finish_non_exhaustive()
    }
}

/// A line that a font draws under or through words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its upper edge, above the baseline.
    pub top: Em,
    /// How thick it is.
    pub thickness: Em,
}

/// A face's measures. What a font does not say is taken from what most fonts say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaceMetrics {
    /// Font units per em.
    pub units_per_em: u16,
    /// Above the baseline.
    pub ascent: Em,
    /// Below the baseline; above 0.
    pub descent: Em,
    /// The height of capitals.
    pub cap_height: Em,
    /// The height of an x.
    pub x_height: Em,
    /// The line under words.
    pub underline: Line,
    /// The line through words.
    pub strike: Line,
    /// How far superior figures that the font does not have are to be raised.
    pub superior_rise: Em,
    /// The width of a space.
    pub space: Em,
}

impl Face {
    /// A bundled face, by what its file says of it.
    pub(super) fn bundled(names: Names, data: &'static [u8]) -> Face {
        Face::new(names, FaceOrigin::Bundled, Data::Static(data), 0)
    }

    /// A face of the machine's, by what its file says of it.
    pub(super) fn system(names: Names, path: PathBuf, index: u32) -> Face {
        let data = Data::File(path.clone(), OnceLock::new());
        Face::new(names, FaceOrigin::System(path), data, index)
    }

    fn new(names: Names, origin: FaceOrigin, data: Data, index: u32) -> Face {
        Face {
            names,
            origin,
            data,
            index,
            place: Place::default(),
            follows: false,
            parsed: OnceLock::new(),
            shared: OnceLock::new(),
        }
    }

    /// A face of a file, or `None` if there is none of this index that can be used.
    pub fn parse(data: impl Into<Vec<u8>>, index: u32, origin: FaceOrigin) -> Option<Face> {
        Face::shared(Arc::new(data.into()), index, origin)
    }

    /// A face of a file whose bytes others use too.
    pub(super) fn shared(data: Arc<Vec<u8>>, index: u32, origin: FaceOrigin) -> Option<Face> {
        let font = Font::new(Blob::Shared(data.clone()), index)?;
        // Without a character map or glyphs there is nothing to set.
        font.tables().cmap().ok()?;
        font.tables().maxp().ok().filter(|m| m.num_glyphs() > 1)?;
        font.tables().head().ok()?;
        let name = |ids: [NameId; 2]| {
            ids.iter().find_map(|id| {
                let name = font.names().get(*id)?.english_or_first()?;
                Some(name.name().chars().collect::<String>()).filter(|name| !name.trim().is_empty())
            })
        };
        let family = name([NameId::TYPOGRAPHIC_FAMILY_NAME, NameId::FAMILY_NAME])?;
        let style = name([NameId::TYPOGRAPHIC_SUBFAMILY_NAME, NameId::SUBFAMILY_NAME])
            .unwrap_or_else(|| "Regular".to_owned());
        let postscript = name([NameId::POSTSCRIPT_NAME, NameId::FULL_NAME])
            .unwrap_or_else(|| format!("{family}-{style}"))
            .chars()
            .filter(|c| c.is_ascii_graphic() && !"[](){}<>/%".contains(*c))
            .collect();
        let attributes = font.default_attributes();
        let upright = skrifa::font::attribute::Style::Normal;
        let names = Names {
            family,
            style,
            weight: attributes.weight.value() as u16,
            italic: attributes.style != upright,
            name: postscript,
        };
        Some(Face::new(names, origin, Data::Owned(data), index))
    }

    /// The faces that it can be had as: itself, or where its file has axes one for each place on them that is offered, the
    /// maker's default first.
    pub(super) fn places(self) -> Vec<Face> {
        let places = self.font().map(variable::places).unwrap_or_default();
        if places.len() < 2 {
            return vec![self];
        }
        let at = |(number, place): (usize, Place)| {
            let mut names = self.names.clone();
            names.weight = place.weight.unwrap_or(names.weight);
            names.italic = place.italic.unwrap_or(names.italic);
            // As makers of PDFs name them (Adobe technical note 5902).
            for (tag, value) in &place.settings {
                let tag = String::from_utf8_lossy(tag);
                names.name.push_str(&format!("_{value}{tag}"));
            }
            let face = Face::new(names, self.origin.clone(), self.data.clone(), self.index);
            Face {
                place,
                follows: number > 0,
                ..face
            }
        };
        places.into_iter().enumerate().map(at).collect()
    }

    /// Whether it is the only face of its file's font, or the first of several places on its axes.
    pub fn leads(&self) -> bool {
        !self.follows
    }

    /// Where on the axes of a variable font it is: those that are not at their default.
    pub fn settings(&self) -> &[Setting] {
        &self.place.settings
    }

    /// The size that it is drawn for, if it is one of several for several sizes.
    pub fn optical(&self) -> Option<Abs> {
        self.place.optical.map(|size| Abs::pt(f64::from(size)))
    }

    /// `EB Garamond`
    pub fn family(&self) -> &str {
        &self.names.family
    }

    /// `Bold Italic`
    pub fn style(&self) -> &str {
        &self.names.style
    }

    /// 100 to 900.
    pub fn weight(&self) -> u16 {
        self.names.weight
    }

    /// Whether it slants.
    pub fn italic(&self) -> bool {
        self.names.italic
    }

    /// The PostScript name: `EBGaramond-BoldItalic`.
    pub fn name(&self) -> &str {
        &self.names.name
    }

    /// Where it comes from.
    pub fn origin(&self) -> &FaceOrigin {
        &self.origin
    }

    /// The whole file.
    pub fn bytes(&self) -> &[u8] {
        match &self.data {
            Data::Static(bytes) => bytes,
            Data::Owned(bytes) => bytes,
            Data::File(path, bytes) => bytes.get_or_init(|| read(path)),
        }
    }

    /// The whole file, to keep.
    pub fn data(&self) -> Arc<[u8]> {
        self.shared.get_or_init(|| Arc::from(self.bytes())).clone()
    }

    /// Which face of a collection.
    pub fn index(&self) -> u32 {
        self.index
    }

    fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| {
            let blob = match &self.data {
                Data::Static(bytes) => Blob::Static(bytes),
                Data::Owned(bytes) => Blob::Shared(bytes.clone()),
                Data::File(path, bytes) => Blob::Shared(bytes.get_or_init(|| read(path)).clone()),
            };
            let settings = self.place.settings.iter();
            let settings = settings.map(|(tag, value)| (Tag::new(tag), *value));
            let font = Font::new(blob, self.index);
            Parsed::new(font.map(|font| font.instance_builder().variations(settings).build()))
        })
    }

    /// For shaping and drawing; `None` if the file is damaged.
    pub fn font(&self) -> Option<&Font> {
        self.parsed().font.as_ref()
    }

    /// Its measures.
    pub fn metrics(&self) -> &FaceMetrics {
        &self.parsed().metrics
    }

    /// Whether it has a glyph for a character.
    pub fn has(&self, c: char) -> bool {
        self.glyph(c).is_some()
    }

    /// The glyph of a character, if it has one.
    pub fn glyph(&self, c: char) -> Option<u16> {
        let glyph = self.font()?.charmap().map_unicode(c)?;
        u16::try_from(glyph.to_u32()).ok().filter(|id| *id != 0)
    }

    /// The width of a character's own glyph.
    pub fn advance(&self, c: char) -> Option<Em> {
        let font = self.font()?;
        let glyph = font.charmap().map_unicode(c)?;
        let width = font.glyph_metrics().h_advance(glyph);
        Some(Em::from_units(width as i32, font.units_per_em()))
    }

    /// Whether a feature has a glyph of its own for a character. What the face lacks altogether is not the feature's
    /// fault: such a character counts as covered, another face has to show it. Known are the features of
    /// [`COVERED`]; of others none is covered.
    pub fn covers(&self, feature: [u8; 4], c: char) -> bool {
        let Some(glyph) = self.glyph(c) else {
            return true;
        };
        let parsed = self.parsed();
        let (Some(font), Some(covered)) = (&parsed.font, parsed.coverage.get(&feature)) else {
            return false;
        };
        covered
            .get_or_init(|| coverage(font, feature))
            .binary_search(&glyph)
            .is_ok()
    }

    /// Whether it has a feature (`smcp`, `onum`, `kern`), of glyphs or of places.
    pub fn has_feature(&self, tag: &str) -> bool {
        <[u8; 4]>::try_from(tag.as_bytes())
            .is_ok_and(|tag| self.parsed().features.binary_search(&tag).is_ok())
    }

    /// Its features, sorted.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.parsed()
            .features
            .iter()
            .filter_map(|tag| std::str::from_utf8(tag).ok())
    }

    /// OS/2 `fsType`.
    pub(super) fn embedding(&self) -> u16 {
        self.parsed().fs_type
    }
}

fn read(path: &Path) -> Arc<Vec<u8>> {
    Arc::new(std::fs::read(path).unwrap_or_default())
}

/// The features whose glyphs are asked for letter by letter.
const COVERED: [[u8; 4]; 4] = [*b"smcp", *b"c2sc", *b"sups", *b"subs"];

impl Parsed {
    fn new(font: Option<Font>) -> Parsed {
        let metrics = FaceMetrics::new(font.as_ref());
        let mut features: Vec<[u8; 4]> = Vec::new();
        let mut fs_type = 0;
        if let Some(font) = &font {
            let tables = font.tables();
            let lists = [
                tables.gsub().and_then(|gsub| gsub.feature_list()),
                tables.gpos().and_then(|gpos| gpos.feature_list()),
            ];
            for list in lists.into_iter().flatten() {
                features.extend(
                    list.feature_records()
                        .iter()
                        .map(|record| record.feature_tag().to_be_bytes()),
                );
            }
            fs_type = font.tables().os2().map_or(0, |os2| os2.fs_type());
        }
        features.sort_unstable();
        features.dedup();
        Parsed {
            font,
            metrics,
            features,
            coverage: COVERED.map(|tag| (tag, OnceLock::new())).into(),
            fs_type,
        }
    }
}

impl FaceMetrics {
    fn new(font: Option<&Font>) -> FaceMetrics {
        let mut found = FaceMetrics {
            units_per_em: 1000,
            ascent: Em::new(0.8),
            descent: Em::new(0.2),
            cap_height: Em::new(0.66),
            x_height: Em::new(0.45),
            underline: Line {
                top: Em::new(-0.08),
                thickness: Em::new(0.05),
            },
            strike: Line {
                top: Em::new(0.27),
                thickness: Em::new(0.05),
            },
            superior_rise: Em::new(0.33),
            space: Em::new(0.25),
        };
        let Some(font) = font else {
            return found;
        };
        let per_em = font.units_per_em();
        let units = |value: f32| Em::from_units(value as i32, per_em);
        let metrics = font.metrics();
        found.units_per_em = per_em;
        if let Some(line) = metrics.typo_line.or(metrics.hhea_line) {
            found.ascent = units(line.ascender.to_f32());
            found.descent = units(-line.descender.to_f32());
        }
        let sensible = |value: f32| (value > 0.0).then(|| units(value));
        if let Some(height) = metrics.cap_height.and_then(|h| sensible(h.to_f32())) {
            found.cap_height = height;
        }
        if let Some(height) = metrics.x_height.and_then(|h| sensible(h.to_f32())) {
            found.x_height = height;
        }
        let style = font.style_metrics();
        for (line, target) in [
            (style.underline, &mut found.underline),
            (style.strike_through, &mut found.strike),
        ] {
            if let Some(line) = line.filter(|line| line.thickness.to_f32() > 0.0) {
                *target = Line {
                    top: units(line.position.to_f32()),
                    thickness: units(line.thickness.to_f32()),
                };
            }
        }
        if let Some(rise) = style
            .superscript
            .and_then(|s| sensible(s.y_offset.to_f32()))
        {
            found.superior_rise = rise;
        }
        if let Some(space) = font.charmap().map_unicode(' ') {
            found.space = units(font.glyph_metrics().h_advance(space));
        }
        found
    }
}
