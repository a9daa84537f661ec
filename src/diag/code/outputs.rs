//! The groups of what is made of a book besides pages, and of where it goes.

/// Hands the groups before these, and these, to the next file.
macro_rules! and_outputs {
    ($($before:tt)*) => {
        and_publications! {
            $($before)*
            "The Cover" Press {
                CoverOverflow "cover-overflow" Warning
                    "A text does not fit on the cover, even in smaller type."
                    "It would stand on something else, or run off the sheet."
                    "A description of 500 words on the back of a pocket book."
                    "Shorten the text, or set it smaller."
                CoverEdge "cover-edge" Warning
                    "A text stands nearer to an edge or a fold of the cover than the printer allows."
                    "Knives and folds are off by a millimetre or two: a letter may be cut, or turned round the spine."
                    "A word on the back that is wider than the cover and cannot be broken."
                    "Let it be broken, shorten the text, or set it smaller."
                SpineText "spine-text" Note
                    "There is no text on the spine: the book is too thin for it, or the title too long."
                    "Printers refuse it where it could slip round the fold; what is tiny is not read."
                    "A title on the spine of a book of 40 pages."
                    "`spine: false`, if that is as it should be."
                GuessedSpine "guessed-spine" Warning
                    "It is not known how wide the spine is."
                    "If it is wrong, the front begins on the spine, or the spine on the front."
                    "A cover for an edition without a `profile`, or on a paper whose thickness the printer does not tell."
                    "`spine-width: 17.5mm`, as the printer's own reckoner says."
                NoBarcode "no-barcode" Warning
                    "There is no barcode on the cover, though one is asked for."
                    "Shops do not sell a book that their tills cannot read."
                    "`barcode: own` without an `isbn-print`."
                    "Mend `isbn-print` under `identifiers:`, or leave the barcode to the printer."
            }
            "The EPUB" Epub {
                InksOnScreen "inks-on-screen" Warning
                    "An EPUB holds a picture in four inks."
                    "Many reading systems show it in wrong colours or not at all."
                    "A CMYK JPEG from a printer's files."
                    "Export it in RGB, or give the EPUB a picture of its own: `::: {only=epub}`."
                TurnedImage "turned-image" Note
                    "A photograph of an EPUB lies on its side or head, and its file says how to turn it."
                    "recto's PDF turns it, but not every reading system does."
                    "A JPEG straight from a telephone that was held upright."
                    "Export it upright."
                LargeImage "large-image" Note
                    "A picture is larger than shops take, or larger than all the rest of a book."
                    "A shop may refuse the book, and readers wait for the page."
                    "A photograph of twelve million pixels in an EPUB."
                    "Export it smaller for this edition."
                IncompleteRecord "incomplete-record" Error
                    "A record for the book trade lacks something that no shop can do without."
                    "Half a record is refused, or the book is filed where nobody finds it; so none is written."
                    "An edition with `format: onix` in a book without an ISBN."
                    "Add the key that the hint names."
            }
            "The Shops" Store {
                MissingCover "missing-cover" Error
                    "The book has no cover, and a shop that it goes to wants one inside the file."
                    "It is refused there, or shown as a grey rectangle among covers."
                    "`shops: [google-play]` in a book without `cover:`"
                    "Name a picture with `cover:`."
                CoverImage "cover-image" Warning
                    "The cover is none that a shop takes, or not as it advises: in its pixels, its shape, its size or its kind of file."
                    "Shops refuse covers that are too small, and show the others blurred or between bars."
                    "A cover of 400 × 600 pixels with `shops: [kindle]`."
                    "Export it anew from its source; 1600 × 2400 pixels as a JPEG suit nearly all shops."
                ShopImage "shop-image" Warning
                    "A picture is of a kind of file that a shop does not take."
                    "It is not shown there, or the book is refused."
                    "A WebP picture with `shops: [kindle]`."
                    "Export it as JPEG (photographs) or PNG (drawings)."
                SeeThroughImage "see-through-image" Warning
                    "A picture lets the page show through, in a book for a shop that advises against it."
                    "Dark lines vanish on the black page of readers who read at night."
                    "A drawing in black on nothing with `shops: [kobo]`."
                    "Give it a ground in its file, or write `images: {background: white}`."
                FixedWidth "fixed-width" Warning
                    "A picture is shown at a width or height in fixed units, in a book for a shop that asks for percentages."
                    "It is tiny on a tablet, or wider than a telephone."
                    "`![map](map.png){width=12cm}` with `shops: [kobo]`."
                    "Write `{width=60%}`."
                ShopContents "shop-contents" Warning
                    "A shop's readers see no contents, or not all of their levels."
                    "Readers there cannot go to the deeper headings."
                    "Headings of four levels with `shops: [kindle]`."
                    "Do without the lowest headings, or leave it so."
                ShopPages "shop-pages" Warning
                    "The EPUB does not list the pages of the printed book, and a shop shows them."
                    "Readers of both cannot name a place to each other."
                    "An EPUB without a page list with `shops: [apple-books]`."
                    "Build the EPUB and the PDF in one run."
                ShopNotes "shop-notes" Warning
                    "A note does not begin with the link back to its call, as a shop asks."
                    "Its readers find no way back, or see the link twice."
                    "An EPUB with its links back behind the notes, for Kindle."
                    "Put the link at the start of the note."
                ShopText "shop-text" Warning
                    "Body text has a size, a leading or a colour of its own, and a shop wants these left to the reader."
                    "It cannot be read by night, or not be made larger."
                    "`style: {body: {color: black}}` with `shops: [kindle]`."
                    "Leave it out of the role `body`; headings may have what they like."
                ShopFile "shop-file" Error
                    "The EPUB is larger than a shop takes, or protected, or EPUBCheck finds errors in it."
                    "It is refused at the door."
                    "An EPUB of 300 MB with `shops: [ingram]`."
                    "Let large pictures be made smaller: `images: {max-pixels: 4mp}`."
                ShopClaims "shop-claims" Warning
                    "The metadata does not say how accessible the book is, in words that a shop or a law asks for."
                    "Readers who depend on it cannot choose the book; in the European Union it may not be sold."
                    "An EPUB without `schema:accessMode`."
                    "Describe every picture, and say what the book holds; recto writes the rest."
                ScaledImage "scaled-image" Note
                    "A picture was made anew for the EPUB, as `images:` asks: smaller, upright, on a ground or in RGB."
                    "It is not the file that you gave. What its file said besides the picture, such as where it was taken, is left out."
                    "A photograph of twelve million pixels with `images: {max-pixels: 4mp}`."
                    "Nothing, if the picture looks right."
                UnscaledImage "unscaled-image" Warning
                    "A picture is not as `images:` asks, and could not be made so."
                    "A shop may refuse it."
                    "An animated GIF of ten million pixels with `images: {max-pixels: 4mp}`."
                    "Export it smaller yourself."
            }
        }
    };
}
