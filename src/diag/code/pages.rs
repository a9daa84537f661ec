//! The groups of what becomes of a book on its pages, for the press and for the screen.

/// Hands the groups before these, and these, to the next file.
macro_rules! and_pages {
    ($($before:tt)*) => {
        and_outputs! {
            $($before)*
            "The Press" Press {
                TrimNotOffered "trim-not-offered" Error
                    "The book's trim is none that the printer of its profile has."
                    "The file is refused, or scaled to another size."
                    "`{trim: 4x5in, profile: bod}`"
                    "Take one of the printer's trims; the hint names the nearest."
                PageCount "page-count" Error
                    "The book has fewer or more pages than the printer binds of its trim and paper."
                    "The file is refused."
                    "An edition of twenty pages with `profile: kdp-paperback`."
                    "Take another paper, trim or size of type; a booklet wants another binding."
                NarrowMargin "narrow-margin" Error
                    "A margin that the book itself says is smaller than the printer asks for, or holds a running head or a folio that stands too near to the edge."
                    "Text is cut off, or vanishes in the spine. A book's own margins are never changed."
                    "`margins: {inner: 6mm}`, for a book of 200 pages"
                    "Make it larger, or leave it out: then it is as wide as is asked for, and grows with the number of pages."
                SmallText "small-text" Error
                    "A kind of text is smaller than the printer asks for."
                    "It is printed unevenly, and few can read it; the file may be refused."
                    "`style: {footnote: {size: 6pt}}`"
                    "Give its role a larger `size`."
                Hairline "hairline" Error
                    "A line is thinner than the printer can print."
                    "It breaks up, or vanishes. What the theme or the book's style asks for is drawn as thick as the printer wants; a drawing's own lines stay as they are."
                    "`style: {table: {row-rule: 0.2pt}}`"
                    "Write the width that the message names; in a drawing, draw it thicker."
                PaleFill "pale-fill" Error
                    "The background of a text is paler than the printer can print."
                    "Its dots are too far apart: it vanishes, or looks dirty. It is drawn as dark as is asked for."
                    "`style: {sidebar: {background: grey 97%}}`"
                    "Write a darker colour, or `white`."
                RichBlack "rich-black" Warning
                    "Text is of a colour that is nearly black, in a book that is printed in four inks."
                    "The inks never meet exactly: small letters get coloured edges."
                    "`heading-2: {color: '#101820'}`"
                    "Say `color: black`, which is printed in black ink alone."
                ColouredText "coloured-text" Note
                    "Text is coloured in a book that is printed in black ink, or in four."
                    "It is printed in dots: small letters get ragged edges, and in black ink all colours are greys."
                    "The blue links of the theme `report` with `profile: lulu`."
                    "Give the role `color: black` in that edition."
                FontLicence "font-licence" Error
                    "The font's own file says that it may not be embedded, or not in parts."
                    "A PDF without its fonts looks otherwise on every machine, and printers refuse it; with them it breaks the licence. An EPUB goes without such a font (a warning), and shows its text in one of the reader's."
                    "A family of the machine's, bought for a screen alone."
                    "Ask its maker for a licence for books, or take another font."
                LargeFile "large-file" Error
                    "The PDF is larger than the printer takes."
                    "It cannot be uploaded."
                    "Two hundred photographs as the camera made them."
                    "Save photographs at the size in which they are printed: 300 pixels to the inch."
            }
            "Themes and Fonts" Layout {
                UnreadableFont "unreadable-font" Error
                    "A font file cannot be used."
                    "Its text would be set in another font."
                    "A `.otf` that is cut short."
                    "Replace the file."
                MissingFamily "missing-family" Warning
                    "No font of this family is at hand."
                    "The text is set in the theme's own font."
                    "`family: Garamnod`"
                    "Put the font into the book's `fonts` folder, or mend the name."
                MissingGlyph "missing-glyph" Warning
                    "No font at hand has these characters."
                    "They show as empty boxes in the PDF."
                    "Chinese in a book with Latin fonts."
                    "Put a font that has them into the book's `fonts` folder."
                MissingFeature "missing-feature" Warning
                    "A font has no glyphs for what the theme or the text asks for: small capitals, fractions, swashes."
                    "recto prints true glyphs only. Capitals made small by a machine are too thin beside the text, so the words stand as they are written."
                    "`[Anno Domini]{.smallcaps}` among italics of a font whose italic has no small capitals."
                    "Set the words in a font that has them, or say something else of the role in `style:`."
                UnknownRole "unknown-role" Error
                    "The theme or `style:` names a role that recto does not have."
                    "Its declarations style nothing."
                    "`heading-9: …`"
                    "Use the role that the hint names."
            }
            "The Pages" Layout {
                OverfullLine "overfull-line" Warning
                    "A line is longer than its measure."
                    "It sticks out into the margin."
                    "A long word that may not be hyphenated."
                    "Reword, allow a break with a soft hyphen, or use a wider measure."
                LooseLine "loose-line" Note
                    "A justified line has word spaces more than twice as wide as the font's own."
                    "The gaps catch the eye, and over several lines they run down the page as rivers."
                    "A narrow column in which a line ends before a long name that may not be divided."
                    "Let the word at the start of the next line be divided, reword, ask for a line more or fewer by `{looseness=1}`, or use a wider measure."
                HyphenLadder "hyphen-ladder" Note
                    "More lines in a row end in a hyphen than the theme's `hyphen-limits` allow."
                    "A ladder of hyphens at the edge catches the eye, and readers slip into the wrong line."
                    "Long compounds one behind the other in a narrow column."
                    "Reword, ask for a line more or fewer by `{looseness=1}`, or use a wider measure."
                River "river" Note
                    "Spaces of four lines or more stand one below the other, and are wide."
                    "The white runs down the page as a river, and draws the eye away from the words."
                    "Loose lines below each other in a narrow column."
                    "Reword one of its lines, ask for a line more or fewer by `{looseness=1}`, or use a wider measure."
                StackedWords "stacked-words" Note
                    "Three lines in a row or more begin, or end, with the same word."
                    "The eye takes one of them for the other, and reads a line twice or not at all."
                    "A paragraph full of `and`."
                    "Reword one of the lines, or ask for a line more or fewer by `{looseness=1}`."
                Runt "runt" Note
                    "The last line of a paragraph is but the end of a word of four letters at most, a word of three at most, or shorter than the indent."
                    "The white beside it looks like an empty line between the paragraphs."
                    "A paragraph of which nothing but `so.` was left for its last line."
                    "Reword the paragraph, or ask for a line more or fewer by `{looseness=1}`."
                HyphenAtTurn "hyphen-at-turn" Note
                    "A word is divided where the page is turned: in a book of facing pages, at the end of a right-hand one."
                    "The reader must hold half of it in mind while the page is turned."
                    "A long word that the last line of a page had no room for."
                    "Reword the paragraph; or let the theme's page weigh this more: `ends: {hyphen-at-turn: 20}`."
                TooTall "too-tall" Warning
                    "Something is taller than a page."
                    "It was scaled or cut to fit."
                    "A figure of 300 mm on an A5 page."
                    "Make it smaller, or split it."
                TooWide "too-wide" Warning
                    "Something is wider than its measure."
                    "It was scaled or broken to fit."
                    "A table of twelve columns on a pocket page."
                    "Make it narrower."
                ShortPage "short-page" Note
                    "A page ends lines above its foot, though every page should be full."
                    "The text block looks ragged; the next piece of text could not be parted there, and no paragraph near could be set longer."
                    "A heading that would stand on the last line, after pages of dialogue."
                    "Reword a paragraph of that page or the one before, as the hints say; or let the theme's page have `ends: relaxed`."
                MovedPageBreak "moved-page-break" Error
                    "A page begins at other words than the file of frozen pages says, or is not there at all."
                    "In a reprint, what quotes a page by its number would be wrong: other books, an index, the EPUB's page list."
                    "A sentence added to a page of an edition whose pages are frozen."
                    "Make the text before the break as long as it was; or, for a new edition, write the pages anew: `recto check --freeze-pages FILE --update-freeze`."
                UnevenSpread "uneven-spread" Note
                    "Facing pages end at different heights."
                    "The eye compares them when the book is open."
                    "A page that is a line short beside one that is full."
                    "Reword a paragraph of the spread, as the hints say."
                Widow "widow" Note
                    "The last line of a paragraph stands alone at the top of a page."
                    "It looks lost, and the eye takes it for a heading."
                    "A paragraph of three lines on a page that has room for two of them."
                    "Reword the paragraph or one before it, as the hints say."
                Orphan "orphan" Note
                    "The first line of a paragraph stands alone at the foot of a page."
                    "The reader must turn the page before the paragraph has begun."
                    "A paragraph that begins on the last line."
                    "Reword a paragraph before it, as the hints say."
                Stranded "stranded" Note
                    "A page ends behind a heading, or within what should stay together."
                    "The reader loses what belongs together."
                    "A quotation with `keep-together` that is longer than a page."
                    "Shorten it, or let it be parted."
                NoteAway "note-away" Note
                    "A note does not begin on the page of its call."
                    "The reader must look for it."
                    "A long note called in the last line of a page that is full of notes."
                    "Shorten the notes of that page, or call the note elsewhere."
                FarFloat "far-float" Note
                    "A figure or a table stands more than one page behind the place that calls it."
                    "Readers must leaf for it, and may look for it in vain."
                    "Six large figures in a page of text."
                    "Make figures smaller, spread them through the text, or let them stand here: `{place=here}`."
                LowResolution "low-resolution" Warning
                    "A picture has fewer pixels for its size on the page than the printer asks for, or so few that they are seen."
                    "It looks soft or jagged in print; some printers refuse the file."
                    "A photograph of 900 pixels across a page of five inches, which is 180 pixels per inch, for a press that asks for 300."
                    "Export it with more pixels from its source, or show it smaller. Enlarging it in an editor adds pixels but no detail."
                UndrawnImage "undrawn-image" Error
                    "A picture could not be made from its file; in the PDF a grey field stands in its place."
                    "Readers see a hole in the page."
                    "A GIF whose pixels are damaged, or a drawing that is made of itself."
                    "Open it in the program that made it and export it anew, a drawing as plain SVG or as PNG."
                HighResolution "high-resolution" Note
                    "A picture has more pixels for its size on the page than the printer can use."
                    "The file is larger for nothing, and may be refused."
                    "A scan of 1200 pixels per inch for a press that takes 600 at most."
                    "Export it with fewer pixels."
                ConvertedImage "converted-image" Note
                    "A picture's colours are not those that this PDF is made for, so they were converted."
                    "Colours in four inks or in greys never look quite as they do on a screen."
                    "A colour photograph in an edition that is printed in black alone."
                    "Nothing, if the proof looks right; else convert it yourself where you can see what becomes of it."
                KeptInks "kept-inks" Note
                    "A picture in four inks goes to the press with the inks that it has."
                    "Inks are right for the press that they were chosen for, and for no other."
                    "A CMYK JPEG in an edition for four inks."
                    "Nothing, if it was made for this press; else give it in RGB, and recto makes the inks."
                FlattenedImage "flattened-image" Note
                    "A picture that lets something show through was laid on white: this edition may hold nothing transparent."
                    "What stands behind it no longer shows."
                    "A PNG with soft edges on a tinted panel, in an edition for PDF/X-1a."
                    "Nothing on white paper; else give it the ground that it stands on."
                AnimatedImage "animated-image" Note
                    "Only the first picture of an animation can stand on a page."
                    "Readers of the PDF do not see what comes after it."
                    "An animated GIF."
                    "Choose a picture that says what the animation does, or say it in words: `[…]{only=pdf}`."
                UnsettledPages "unsettled-pages" Warning
                    "Page numbers in the contents did not settle."
                    "A number may be wrong by one."
                    "A reference whose own length moves its target."
                    "Reword the reference."
            }
        }
    };
}
