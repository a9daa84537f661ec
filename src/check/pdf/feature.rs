//! What a file uses that standards for archives, presses or readers restrict, with the places where it does.

use std::collections::BTreeMap;

use super::fault::Several;

/// Something that some standard forbids. Which do, and in which words it is told, stands with the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feature {
    // The file.
    /// No comment of bytes above 127 behind the header.
    NoBinaryMark,
    /// No identifiers in the trailer.
    NoIdentifier,
    /// Bytes before the header or behind the end.
    Stray,
    /// Objects packed into streams.
    PackedObjects,
    /// Streams packed by LZW.
    Lzw,
    /// Streams whose data are elsewhere.
    OutsideData,
    /// Whole numbers beyond 32 bits.
    HugeNumber,
    /// Strings beyond 32,767 bytes.
    LongString,
    /// Names beyond 127 bytes.
    LongName,
    // What is drawn.
    /// Softness, opacity, blending, groups.
    Transparency,
    /// Pages that use them without a space to blend in.
    UngroupedTransparency,
    /// Ways to blend that there are not.
    UnknownBlend,
    /// Curves for one device.
    Transfer,
    /// Screens for one device.
    Halftone,
    /// Rendering intents that there are not.
    UnknownIntent,
    /// Pictures with others in their stead.
    Alternates,
    /// Pictures and forms that a server replaces.
    Opi,
    /// Pictures to be smoothed.
    Smoothed,
    /// Programs in PostScript.
    PostScript,
    /// Forms that name one.
    PostScriptKey,
    /// Forms that stand for pages of other files.
    ReferenceForm,
    // Notes on pages.
    /// Kinds of notes that no archive takes.
    ForbiddenNote,
    /// Kinds that came after PDF 1.4.
    NewNote,
    /// Notes that are not printed, or are hidden.
    UnprintedNote,
    /// Notes with an opacity of their own.
    FaintNote,
    /// Notes that do not say how they look.
    NoAppearance,
    /// Fields that do not.
    NoFieldAppearance,
    /// Notes that say more than how they look.
    MoreAppearances,
    /// Traps as notes.
    TrapNote,
    // What runs.
    /// Kinds of actions that no archive takes.
    ForbiddenAction,
    /// Actions of fields.
    FieldAction,
    /// Actions of the catalog.
    CatalogAction,
    /// Actions of pages.
    PageAction,
    /// Forms as XML.
    Xfa,
    /// Forms that viewers are to draw.
    NeedAppearances,
    // What is beside the pages.
    /// Files within the file.
    Embedded,
    /// Such files that are no PDFs.
    EmbeddedForeign,
    /// Such files without both of their names.
    EmbeddedUnnamed,
    /// Layers.
    Layers,
    /// Sets of layers without a name.
    UnnamedLayers,
    /// Layers that switch by themselves.
    AutoLayers,
    /// Metadata that are packed.
    PackedMetadata,
    /// Attributes in the header of the metadata that were given up.
    MetadataHeader,
    // Tags.
    /// Tags that the file itself calls guesses.
    Suspects,
    /// Pages whose notes are not in the order of tags.
    TabOrder,
    /// Decoration within what is tagged.
    DecorationInTags,
    /// What is tagged within decoration.
    TagsInDecoration,
    // Fonts.
    /// Widths that differ from those of the program.
    Widths,
    /// Character collections that do not fit.
    Collection,
    /// No way from CIDs to glyphs.
    NoGlyphMap,
    /// Directions of writing that differ.
    WritingMode,
    /// CMaps that are not in the file.
    OutsideCmap,
    /// Lists of glyphs that leave some out.
    GlyphList,
    /// Fonts cut to their glyphs without a list of them.
    NoGlyphList,
    /// Encodings that the kind of font may not have.
    Encoding,
}

/// Places where something is used.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    pub(crate) places: Several,
    /// The first page among them.
    pub(crate) page: Option<usize>,
}

/// What a file uses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features(BTreeMap<Feature, Places>);

impl Features {
    /// Takes a place in.
    pub(crate) fn add(
        &mut self,
        feature: Feature,
        page: Option<usize>,
        place: impl FnOnce() -> String,
    ) {
        let found = self.0.entry(feature).or_default();
        found.page = found.page.or(page);
        found.places.add(place);
    }

    /// Where something is used; `None` if nowhere.
    pub(crate) fn get(&self, feature: Feature) -> Option<&Places> {
        self.0.get(&feature)
    }
}
