//! The words in which accessibility is claimed: schema.org's, as the vocabulary for discoverability defines them (W3C
//! Community Group Report "Schema.org Accessibility Properties for Discoverability Vocabulary", 2026).

/// Declares the words of a property, each with its name there.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $word:ident $text:literal)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $word,)* }

        impl $name {
            /// All of them, in the order in which they are written.
            pub const ALL: &'static [$name] = &[$($name::$word,)*];

            /// As schema.org has it.
            pub fn name(self) -> &'static str {
                match self { $($name::$word => $text,)* }
            }

            /// By its name.
            pub fn named(name: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|word| word.name() == name)
            }
        }
    };
}

words! {
    /// `accessibilityFeature`: what makes a book accessible. Deprecated words are not among them.
    Feature {
        /// Links to the major sections.
        TableOfContents "tableOfContents"
        /// The order of the markup is that of reading.
        ReadingOrder "readingOrder"
        /// Headings are those of the text, none left out.
        StructuralNavigation "structuralNavigation"
        /// Size, type, colours and spaces can be changed.
        DisplayTransformability "displayTransformability"
        /// Roles say what parts of the book are.
        Aria "ARIA"
        /// All pictures are described.
        AlternativeText "alternativeText"
        /// Pictures or tables are described at length.
        LongDescription "longDescription"
        /// An index.
        Index "index"
        /// Where the pages of the printed book begin.
        PageBreakMarkers "pageBreakMarkers"
        /// A list of those pages.
        PageNavigation "pageNavigation"
        /// Formulas are LaTeX that can be read.
        Latex "latex"
        /// Formulas of chemistry are LaTeX.
        LatexChemistry "latex-chemistry"
        /// Formulas are MathML.
        MathMl "MathML"
        /// Formulas of chemistry are MathML.
        MathMlChemistry "MathML-chemistry"
        /// Formulas are ChemML.
        ChemMl "ChemML"
        /// Formulas are pictures, and described.
        DescribedMath "describedMath"
        /// Text stands out by 7 to 1.
        HighContrastDisplay "highContrastDisplay"
        /// There is braille in it.
        Braille "braille"
        /// Pictures to be felt.
        TactileGraphic "tactileGraphic"
        /// Patterns of things to be felt.
        TactileObject "tactileObject"
        /// Every ideograph has its reading.
        FullRubyAnnotations "fullRubyAnnotations"
        /// Some ideographs have their readings.
        RubyAnnotations "rubyAnnotations"
        /// It can be set in rows.
        HorizontalWriting "horizontalWriting"
        /// It can be set in columns.
        VerticalWriting "verticalWriting"
        /// Words are parted in a script that does not.
        WithAdditionalWordSegmentation "withAdditionalWordSegmentation"
        /// Words are not parted.
        WithoutAdditionalWordSegmentation "withoutAdditionalWordSegmentation"
        /// No lock is on the file.
        Unlocked "unlocked"
        /// What is seen is also told.
        AudioDescription "audioDescription"
        /// Captions that can be switched off.
        ClosedCaptions "closedCaptions"
        /// Captions that cannot.
        OpenCaptions "openCaptions"
        /// Sound as sign language.
        SignLanguage "signLanguage"
        /// Sound as text.
        Transcript "transcript"
        /// Text and its reading together.
        SynchronizedAudioText "synchronizedAudioText"
        /// Speech that stands out from what sounds behind it.
        HighContrastAudio "highContrastAudio"
        /// What takes time waits.
        TimingControl "timingControl"
        /// How words are spoken.
        TtsMarkup "ttsMarkup"
        /// Large type that stays so.
        LargePrint "largePrint"
        /// The tags of a PDF.
        TaggedPdf "taggedPDF"
    }
}

words! {
    /// `accessibilityHazard`: what may harm.
    Hazard {
        /// None at all.
        None "none"
        /// Nobody knows.
        Unknown "unknown"
        /// It flashes.
        Flashing "flashing"
        /// It does not flash.
        NoFlashing "noFlashingHazard"
        /// It may flash.
        UnknownFlashing "unknownFlashingHazard"
        /// It makes one feel moved.
        Motion "motionSimulation"
        /// It does not.
        NoMotion "noMotionSimulationHazard"
        /// It may.
        UnknownMotion "unknownMotionSimulationHazard"
        /// It sounds.
        Sound "sound"
        /// It does not.
        NoSound "noSoundHazard"
        /// It may.
        UnknownSound "unknownSoundHazard"
    }
}

impl Hazard {
    /// Whether it leaves open whether something harms.
    pub fn is_unknown(self) -> bool {
        use Hazard as H;
        matches!(
            self,
            H::Unknown | H::UnknownFlashing | H::UnknownMotion | H::UnknownSound
        )
    }

    /// What it speaks of: flashing, motion, sound; `None` if of all at once.
    fn subject(self) -> Option<u8> {
        use Hazard as H;
        match self {
            H::None | H::Unknown => Option::None,
            H::Flashing | H::NoFlashing | H::UnknownFlashing => Some(0),
            H::Motion | H::NoMotion | H::UnknownMotion => Some(1),
            H::Sound | H::NoSound | H::UnknownSound => Some(2),
        }
    }

    /// Whether two cannot be said of one book. `none` and `unknown` speak of all, and stand alone.
    pub fn contradicts(self, other: Hazard) -> bool {
        self != other
            && match (self.subject(), other.subject()) {
                (Some(one), Some(two)) => one == two,
                _ => true,
            }
    }
}

/// Words that the vocabulary gave up or would have written otherwise, with those that are used instead; empty where there
/// is none.
pub(super) const GIVEN_UP: &[(&str, &str)] = &[
    ("annotations", ""),
    ("bookmarks", "tableOfContents"),
    ("captions", "closedCaptions"),
    ("printPageNumbers", "pageBreakMarkers"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_one_name_each() {
        for feature in Feature::ALL {
            assert_eq!(Feature::named(feature.name()), Some(*feature));
        }
        for hazard in Hazard::ALL {
            assert_eq!(Hazard::named(hazard.name()), Some(*hazard));
            assert!(!hazard.contradicts(*hazard));
        }
    }

    #[test]
    fn hazards_contradict_each_other_on_one_subject() {
        assert!(Hazard::Flashing.contradicts(Hazard::NoFlashing));
        assert!(Hazard::None.contradicts(Hazard::NoSound));
        assert!(Hazard::Sound.contradicts(Hazard::Unknown));
        assert!(!Hazard::Flashing.contradicts(Hazard::NoSound));
    }
}
