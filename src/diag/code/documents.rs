//! The groups of finished PDFs of any origin.

/// Hands the groups before these, and these, to the next file.
macro_rules! and_documents {
    ($($before:tt)*) => {
        and_judges! {
            $($before)*
            "Finished PDFs" Pdf {
                UnreadablePdf "unreadable-pdf" Error
                    "A file is called a PDF, and is none that can be opened."
                    "Viewers show nothing or a repaired guess, and printers send it back."
                    "A download that broke off."
                    "Make it anew, or fetch it again."
            }
        }
    };
}
