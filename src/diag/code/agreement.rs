//! The group of an EPUB and a PDF of one book that do not say the same.

/// Hands the groups before these, and these, to the next file.
macro_rules! and_agreement {
    ($($before:tt)*) => {
        and_judges! {
            $($before)*
            "EPUB and PDF of One Book" Agree {
                UnlikeBooks "unlike-books" Warning
                    "An EPUB and a PDF that are checked together are not of one book."
                    "Nothing in them can be compared."
                    "`recto check novel.epub novel.pdf`, where one of them is an old translation."
                    "Check each by itself, or give the two that belong together."
                UnlikeText "unlike-text" Warning
                    "A passage is in the EPUB or the PDF of a book, and not in the other."
                    "Readers of one of them do not get the whole book."
                    "A paragraph corrected in the PDF alone, in the last hour before it went to the press."
                    "Make both anew from one manuscript. What is meant for one of them stands in `::: {only=pdf}`."
                UnlikeNotes "unlike-notes" Warning
                    "A note of the EPUB is not in the PDF."
                    "Its call leads nowhere there, or the reader misses what it says."
                    "Notes that a converter dropped."
                    "Make both anew from one manuscript."
                UnlikeOrder "unlike-order" Warning
                    "The documents of the EPUB come in another order than the same text in the PDF."
                    "One of the two tells the story wrongly."
                    "A spine with its chapters in the order of their file names: 1, 10, 2."
                    "Mend the order in one of them."
                UnlikeMetadata "unlike-metadata" Warning
                    "The EPUB and the PDF say different things of the book: its title, its author, its language."
                    "Shops and libraries take them for two books."
                    "A working title that stayed in the PDF."
                    "Mend the metadata of the wrong one."
                UnlikeContents "unlike-contents" Warning
                    "The contents of the EPUB and the outline of the PDF differ in an entry or in their order."
                    "Readers of one of them do not find a chapter that the others do."
                    "A chapter whose heading was renamed in one file only."
                    "Make both anew from one manuscript. One of them may go deeper: only levels that both have are compared."
                UnlikeLinks "unlike-links" Warning
                    "A link to the web is in the EPUB or in the PDF, and not in the other. A PDF without any links is meant for a press."
                    "Readers of one of them cannot follow it."
                    "An address that was mended in one file only."
                    "Mend it in the other one too."
                UnlikePictures "unlike-pictures" Warning
                    "The EPUB describes more or fewer pictures to those who cannot see them than the PDF."
                    "A picture is missing in one of them, or is not described there."
                    "A figure dropped by a converter."
                    "Compare the two by eye; make both anew from one manuscript."
                UnlikePages "unlike-pages" Warning
                    "The EPUB tells pages that the PDF does not have in that order."
                    "Who is told a page in class opens another one."
                    "A PDF set anew with larger type, beside the EPUB of last year."
                    "Build both in one run."
            }
        }
    };
}
