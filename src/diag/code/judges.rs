//! The groups of what other validators say, and of asking them.

/// Hands the groups before these, and these, to the next file.
macro_rules! and_judges {
    ($($before:tt)*) => {
        and_run! {
            $($before)*
            "Other Validators of EPUBs" Epub {
                EpubCheck "epubcheck" Error
                    "EPUBCheck finds fault with the EPUB."
                    "Shops run it at the door: what it calls an error is refused."
                    "`recto check book.epub --with epubcheck`, where a link leads nowhere."
                    "Mend what it names. If recto made the EPUB, the fault is ours: please report it."
                Ace "ace" Warning
                    "Ace by DAISY finds something in the EPUB that keeps readers out."
                    "Who cannot see the page depends on what a program can read of it."
                    "`recto check book.epub --with ace`, where a picture has no alternative text."
                    "Mend what it names; the address in the hint says how."
            }
            "Other Validators of PDFs" Pdf {
                VeraPdf "verapdf" Error
                    "veraPDF finds that the PDF does not keep to a standard that it claims."
                    "Archives and libraries check the claim, and those who need an accessible file rely on it."
                    "`recto check book.pdf --with verapdf`, where a PDF/UA has a picture without alternative text."
                    "Mend what it names, or claim nothing. If recto made the PDF, the fault is ours: please report it."
                Qpdf "qpdf" Warning
                    "qpdf finds fault with the syntax of the PDF."
                    "Viewers repair it each in their own way; presses may not."
                    "`recto check book.pdf --with qpdf`, for a file that was cut off."
                    "Make the file anew."
            }
            "Asking Others" Build {
                MissingValidator "missing-validator" Error
                    "A validator that was asked for is not installed."
                    "What it would have found, nobody looked for."
                    "`--with epubcheck` where there is no `epubcheck` on the PATH."
                    "Install it, or say how it is called: `--with 'epubcheck=java -jar epubcheck.jar'`."
                FailedValidator "failed-validator" Error
                    "A validator broke off, took too long, or did not say what it found in a way that can be read."
                    "What it would have found is not known."
                    "`--with verapdf` for a file that is no PDF."
                    "Run it by hand to see what hinders it."
                NothingAsked "nothing-asked" Note
                    "Who a book is checked for asks nothing of such files."
                    "Nobody has looked at it from that side."
                    "`recto check novel.pdf --for kobo`, which sells EPUBs."
                    "Check the file that goes there."
                NothingClaimed "nothing-claimed" Note
                    "veraPDF was not asked about a PDF that claims neither PDF/A nor PDF/UA."
                    "It holds a file against what it claims. Files for a press claim none of these."
                    "`--with verapdf` for a book with an edition for a printer."
                    "Nothing. To hold the file against a standard all the same: `--with 'verapdf=verapdf --format json --flavour ua1 {file}'`."
            }
        }
    };
}
