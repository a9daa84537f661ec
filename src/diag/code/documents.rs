//! The groups of finished PDFs of any origin.

/// Hands the groups before these, and these, to the next file.
macro_rules! and_documents {
    ($($before:tt)*) => {
        and_prints! {
            $($before)*
            "Finished PDFs: the File" Pdf {
                UnreadablePdf "unreadable-pdf" Error
                    "A file is called a PDF, and is none that can be opened."
                    "Viewers show nothing or a repaired guess, and printers send it back."
                    "A download that broke off."
                    "Make it anew, or fetch it again."
                HostilePdf "hostile-pdf" Error
                    "A PDF asks for more time or memory than any book: values without end, streams that swell, a picture of a thousand million pixels."
                    "A viewer that tries to show it stands still or breaks down. recto stops reading it."
                    "A file of 10 kB with a stream that inflates to gigabytes."
                    "Do not open it, unless you know who made it and why it is so."
                EncryptedPdf "encrypted-pdf" Warning
                    "A PDF is encrypted. What opens without a password is judged all the same; what asks for one, or is encrypted in another way, is not."
                    "Shops and presses refuse it, and restrictions may keep a screen reader out."
                    "A PDF with printing forbidden."
                    "Save it without a password and without restrictions."
                BrokenXref "broken-xref" Error
                    "The table that says where in the file each object stands is missing or wrong."
                    "Viewers look through the whole file and guess; presses and archives refuse it."
                    "A PDF that was edited as text, so that its offsets are off."
                    "Make the file anew; `qpdf IN OUT` writes a new table, but look at every page then."
                CutOff "cut-off" Error
                    "The end of a PDF is missing."
                    "What stood there is lost, among it where all else is to be found."
                    "An upload that broke off."
                    "Fetch it again, or make it anew."
                StrayBytes "stray-bytes" Note
                    "Something stands before a PDF's header or behind its end."
                    "Archives and some presses refuse it."
                    "A PDF saved out of an e-mail with lines of the mail around it."
                    "Remove it, or make the file anew."
                BrokenObject "broken-object" Error
                    "An object of a PDF cannot be read."
                    "A page, a font or a picture may be missing, and another viewer may show another guess."
                    "A dictionary that is never closed."
                    "Make the file anew."
                BrokenStream "broken-stream" Error
                    "The data of a stream are damaged, break off, or are not as long as the file says."
                    "Text vanishes from a page, or a picture ends in grey."
                    "A PDF that went through a transfer made for text."
                    "Make the file anew."
                DanglingReference "dangling-reference" Warning
                    "Something in a PDF leads to an object that is not there."
                    "It counts as nothing: a font, a picture or a destination may be missing."
                    "A picture deleted by a tool that left its name on the page."
                    "Make the file anew with another tool."
            }
            "Finished PDFs: the Pages" Pdf {
                PageTree "page-tree" Error
                    "The tree that lists the pages is broken: it goes round in a circle, counts wrong, or leads to no page."
                    "Viewers show fewer pages, other ones, or none."
                    "A node of the tree that lists itself among its kids."
                    "Make the file anew."
                PageBox "page-box" Error
                    "A page has no size, or its boxes do not lie within each other."
                    "It is printed in the wrong size or cut in the wrong place."
                    "A `TrimBox` that is larger than the `MediaBox`."
                    "Set the boxes anew: trim within bleed, bleed within media."
                PageLabel "page-label" Warning
                    "The labels of the pages cannot be read, or leave pages without one."
                    "The number that a viewer shows is not the one that is printed."
                    "Labels that begin on the fifth page."
                    "Let them begin on the first page, and each range with a known style of numbers."
            }
            "Finished PDFs: Fonts and Text" Pdf {
                UnembeddedFont "unembedded-font" Warning
                    "A font that a page shows is not in the file."
                    "Each machine takes another in its place, with other widths; presses and shops refuse the file."
                    "Helvetica, which many tools leave out as one of the fourteen that viewers once had."
                    "Embed all fonts; most tools have a setting for it."
                BrokenFont "broken-font" Error
                    "An embedded font cannot be read."
                    "Its text is shown in another font, or not at all."
                    "A subset that was cut wrongly."
                    "Export the file anew, or with another version of the font."
                TypeThreeFont "type-3-font" Note
                    "Letters are drawn by instructions of the page instead of by a font."
                    "They look coarse on screens, and some presses refuse them."
                    "A PDF from TeX with bitmap fonts."
                    "Use the outline version of the font."
                ShownNotdef "shown-notdef" Warning
                    "A page shows glyphs that their font does not have."
                    "Readers see empty boxes or nothing."
                    "A Chinese word in a font that has only Latin letters."
                    "Set the characters in a font that has them."
                LostText "lost-text" Warning
                    "Letters are shown whose characters the file does not tell."
                    "They cannot be searched, copied, read aloud, or shown as an e-book."
                    "A font without a `ToUnicode` table, whose codes are numbers of its glyphs."
                    "Export the file anew with a tool that writes `ToUnicode`, or from the source."
            }
            "Finished PDFs: Tags" Pdf {
                Untagged "untagged" Warning
                    "A PDF has no tags, which say what is a heading, a paragraph, a picture, and in which order they are read."
                    "Who has it read aloud gets letters without order; in the European Union it may not be sold. Files for a press need none."
                    "A PDF printed from a web page with tags left out."
                    "Export it with tags; most tools call it “accessible” or “PDF/UA”."
                UntaggedContent "untagged-content" Warning
                    "On a page of a tagged PDF stands something that is neither tagged nor marked as decoration."
                    "A screen reader leaves it out, or reads it in the wrong place."
                    "A watermark that was stamped on later."
                    "Tag it, or mark it as an artifact."
                BrokenTags "broken-tags" Error
                    "The tree of tags contradicts itself or the pages."
                    "Screen readers leave text out, read it twice, or give up."
                    "A tag whose text is on no page."
                    "Make the file anew, or let a tool that repairs tags build them again."
                UnknownTag "unknown-tag" Warning
                    "A tag has a name that no standard knows, and the file does not say for which it stands."
                    "What it marks is read as plain text."
                    "`/StyleNormal` without an entry in the role map."
                    "Map it to a standard tag, such as `P`."
                UndescribedFigure "undescribed-figure" Warning
                    "A figure or a formula is tagged without words that say what it shows."
                    "Who cannot see it learns only that something is there."
                    "`Figure` without `Alt`."
                    "Describe it; if it says nothing, mark it as decoration."
                TaggedHeadingSkip "tagged-heading-skip" Warning
                    "Tagged headings skip a level."
                    "Listeners find their way by levels, and look for the one that is missing."
                    "`H1` and then `H3`."
                    "Tag it one level higher."
                TableTags "table-tags" Warning
                    "A tagged table has rows of different lengths, or holds what is no part of a table."
                    "A listener cannot know to what a number belongs."
                    "A row of two cells in a table of three columns."
                    "Give each row as many cells, or say which cells span more than one column or row."
                ListTags "list-tags" Warning
                    "A part of a list or of contents is tagged outside it, or it holds what is no part of one."
                    "A listener does not learn how many points there are, and where they end."
                    "An `LI` that stands in a paragraph."
                    "Tag points as `LI` within `L`, entries as `TOCI` within `TOC`."
                HeaderlessTable "headerless-table" Note
                    "A tagged table has no header cells."
                    "A listener cannot know to what a number belongs, unless the table is only an arrangement of words."
                    "A table of `TD` alone."
                    "Tag its headers as `TH`, with a scope."
                PdfLanguage "pdf-language" Warning
                    "A PDF does not say in which language it is, or names none that there is."
                    "It is read aloud with the wrong pronunciation."
                    "No `Lang` in the catalog."
                    "Set the language of the document where you export it."
                PdfTitle "pdf-title" Warning
                    "A PDF has no title in its metadata, or lets viewers show the name of its file instead."
                    "The window, the shelf and the screen reader say “final_v7.pdf”."
                    "A tagged PDF without `DisplayDocTitle`."
                    "Set the title, and that it is shown, where you export it."
            }
            "Finished PDFs: Ways Through" Pdf {
                DeadDestination "dead-destination" Warning
                    "A link or an entry of the outline leads nowhere."
                    "Nothing happens when a reader clicks."
                    "A link to a page that was taken out."
                    "Mend where it leads, or remove it."
                BrokenOutline "broken-outline" Error
                    "The outline goes round in a circle or breaks off."
                    "Viewers show half of it, hang, or hide it."
                    "An entry whose next one is itself."
                    "Make the file anew."
                UntoldLink "untold-link" Warning
                    "A link of a tagged PDF is not among its tags, or has no words that say where it leads."
                    "Who has it read aloud does not learn of it."
                    "A link that was drawn over a page later on."
                    "Tag it as `Link`, and give it `Contents`."
                UntoldNote "untold-note" Warning
                    "In a PDF that claims to be PDF/UA, a comment, a field or another note on a page is not among the tags, or has no words."
                    "Who has it read aloud does not learn of it, or not what it is for."
                    "A field of a form without a name (`TU`)."
                    "Tag it as `Form` or `Annot`, and say what it is."
                PdfAction "pdf-action" Warning
                    "A PDF runs programs: JavaScript, or files on the reader's machine."
                    "Shops and presses refuse it, and viewers warn of it."
                    "An action that runs when the book is opened."
                    "Remove it; a book does not need any."
            }
            "Finished PDFs: Colours and Pictures" Pdf {
                DeviceColour "device-colour" Warning
                    "A PDF for a press or an archive has colours that its output intent does not cover."
                    "They look different on every device; the file is refused."
                    "An RGB picture in a PDF/X file for four inks."
                    "Convert them to the colours of the output intent, or give them a profile of their own."
                CoarseImage "coarse-image" Note
                    "A picture has few pixels for its size on the page."
                    "It looks soft or jagged in print."
                    "A picture from a web page across a page for a press."
                    "Take the original, or show it smaller."
            }
            "Finished PDFs: What They Say of Themselves" Pdf {
                MetadataDiffers "metadata-differs" Warning
                    "The two places of a PDF's metadata say different things, or one of them cannot be read."
                    "Shops, libraries and viewers each take the other."
                    "A title that was changed in the document information alone."
                    "Set it anew with a tool that writes both."
                FalseConformance "false-conformance" Error
                    "A PDF claims to keep to PDF/UA, PDF/A or PDF/X, and what it holds says otherwise."
                    "Who relies on the claim is deceived; presses and archives refuse the file."
                    "`pdfuaid:part` in a file without tags."
                    "Mend what the message names, or remove the claim."
            }
        }
    };
}
