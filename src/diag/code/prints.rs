//! The group of what printers send back of a finished PDF, besides what they ask of pages.

/// Hands the groups before these, and these, to the next file.
macro_rules! and_prints {
    ($($before:tt)*) => {
        and_agreement! {
            $($before)*
            "Finished PDFs for a Printer" Press {
                PageSize "page-size" Error
                    "The pages of a PDF are not all of one size, or the sheet is larger than the trim and the bleed that the printer takes."
                    "The printer finds the page by its size: the file is refused, or cut in the wrong place."
                    "A PDF with crop marks, checked with `--for kdp-paperback`."
                    "Export it with the printer's bleed or without any, and without marks."
                LastPage "last-page" Warning
                    "A PDF has an odd number of pages, or text on its last page, where the printer wants it otherwise."
                    "A leaf has two sides, and some printers put their own mark on the last one."
                    "A PDF of 231 pages, checked with `--for ingramspark`."
                    "Add a blank page."
                PressColours "press-colours" Error
                    "A PDF has colours for screens, and the printer takes inks alone."
                    "It is refused, or the colours turn out otherwise than on the screen."
                    "A photograph in RGB, checked with `--for ingramspark`."
                    "Convert it to grey or to four inks where you can see what becomes of it."
                PressExtras "press-extras" Warning
                    "A PDF for a printer has links, comments, form fields or an outline."
                    "Paper has no use for them, and some printers refuse them."
                    "The PDF for readers, checked with `--for kdp-paperback`."
                    "Export it for print; recto makes one with `profile: kdp-paperback`."
                PressStandard "press-standard" Warning
                    "A PDF does not claim the standard for presses that the printer asks for."
                    "It may be refused, or the printer converts it."
                    "A PDF without PDF/X, checked with `--for ingramspark`."
                    "Export it as PDF/X."
            }
        }
    };
}
