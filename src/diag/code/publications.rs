//! The groups of finished EPUBs of any origin.

/// Hands the groups before these, and these, to the next file.
macro_rules! and_publications {
    ($($before:tt)*) => {
        and_documents! {
            $($before)*
            "Finished EPUBs" Epub {
                UnreadableEpub "unreadable-epub" Error
                    "A file is called an EPUB, and is none that can be opened."
                    "No reading system opens it either, and no shop takes it."
                    "A download that broke off."
                    "Make it anew, or fetch it again."
            }
        }
    };
}
