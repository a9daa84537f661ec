//! The groups of finished EPUBs of any origin.

/// Hands the groups before these, and these, to the next file.
macro_rules! and_publications {
    ($($before:tt)*) => {
        and_documents! {
            $($before)*
            "Finished EPUBs: the Container" Epub {
                UnreadableEpub "unreadable-epub" Error
                    "A file is called an EPUB, and is none that can be opened."
                    "No reading system opens it either, and no shop takes it."
                    "A download that broke off."
                    "Make it anew, or fetch it again."
                DamagedEntry "damaged-entry" Error
                    "A file in an EPUB is cut off, does not have its checksum, or its two headers contradict each other."
                    "Reading systems show part of it, or refuse the book."
                    "A byte that changed on the way to a shop."
                    "Pack the book anew."
                OutsizedPart "outsized-part" Error
                    "Something in an EPUB is larger, deeper or more than any book needs."
                    "Opening it may take all memory of a reader's device; so it was not read to its end."
                    "A file of 40 kB that unpacks to 4 GB, a picture of a billion pixels, an entity that repeats itself."
                    "Take it out, or make it smaller; a file that you did not make yourself may be an attack."
                BadMimetype "bad-mimetype" Error
                    "An EPUB does not begin with the file `mimetype`, stored plainly, that says what it is."
                    "Reading systems and shops know an EPUB by these bytes."
                    "An EPUB packed anew by a program for zip archives."
                    "Pack `mimetype` first, uncompressed, without extra fields and with nothing but `application/epub+zip` in it."
                BadContainer "bad-container" Error
                    "`META-INF/container.xml` is missing, or does not lead to a package."
                    "It is the one place where a reading system learns where the book begins."
                    "`full-path=\"content.opf\"` where the package lies in `OEBPS/`."
                    "Name the package's path from the root of the container."
                BadEntryName "bad-entry-name" Error
                    "A file in an EPUB has a name that leads out of the book, is forbidden, or is another's."
                    "A careless program unpacks `../` over other files; of two files with one name readers see either."
                    "`../../.bashrc`, `OEBPS/a:b.xhtml`, or both `Cover.png` and `cover.png`"
                    "Name files by letters, digits, hyphens and full stops, each one once."
                AwkwardEntryName "awkward-entry-name" Note
                    "The name of a file in an EPUB holds a space, or letters beyond ASCII."
                    "Some shops and older readers do not find such files."
                    "`OEBPS/Chapter 1.xhtml`"
                    "Rename it, and whatever leads to it."
                BadEncryption "bad-encryption" Error
                    "`META-INF/encryption.xml` hides what must be readable, or names what is not there."
                    "Without the package or the contents no book can be opened."
                    "A style sheet among the obfuscated fonts."
                    "List fonts alone."
                ProtectedFile "protected-file" Warning
                    "Files of an EPUB are encrypted."
                    "They cannot be judged, and shops do not take protected books."
                    "A book with a shop's protection against copying."
                    "Check the book as it was before it was protected."
            }
            "Finished EPUBs: the Package" Epub {
                MalformedXml "malformed-xml" Error
                    "A file of an EPUB is not well-formed XML."
                    "Reading systems stop there: they show a page of errors, or half a page."
                    "`<p>One<p>Two`, `&nbsp;` or a lone `&`"
                    "Close what is open, in its order; write `&amp;` for `&` and `&#160;` for `&nbsp;`."
                BadPackage "bad-package" Error
                    "The package document does not have the parts or attributes that it must have."
                    "A reading system may not find the text, or not in its order."
                    "An `<item>` without a `media-type`."
                    "Mend the package as the message says."
                MissingMetadata "missing-metadata" Error
                    "A title, a language, an identifier or the date of the last change is missing."
                    "Shops and libraries cannot list the book; reading systems cannot tell its versions apart."
                    "An EPUB 3 without `<meta property=\"dcterms:modified\">`."
                    "Add it to the package's metadata."
                InvalidMetadata "invalid-metadata" Error
                    "Something in the package's metadata is written in a form that nobody can read, or speaks of what is not there."
                    "It is ignored, or the book is refused."
                    "`<dc:language>english</dc:language>`, or `refines=\"#creator\"` where nothing has that id"
                    "Write languages as BCP 47 has them (`en-GB`), dates as `2026-11-23T08:00:00Z`, and ids as they are."
                DuplicateItem "duplicate-item" Error
                    "The manifest or the spine names the same file twice."
                    "Which of the two holds is anybody's guess."
                    "Two `<item>` elements with one `href`."
                    "Remove one."
                MissingFile "missing-file" Error
                    "A file that an EPUB names is not in it."
                    "Readers see a gap, a broken picture or the wrong letters."
                    "`<img src=\"map.png\"/>` without a `map.png`."
                    "Add the file, or mend the address; upper and lower case differ."
                UndeclaredFile "undeclared-file" Error
                    "A document uses a file that the manifest does not list."
                    "Reading systems load what the manifest lists, and shops refuse the rest."
                    "A picture that was added by hand."
                    "Add an `<item>` for it."
                UnlistedFile "unlisted-file" Note
                    "A file lies in an EPUB that neither its manifest nor a document names."
                    "Nobody sees it, and everybody downloads it."
                    "`.DS_Store`"
                    "Take it out."
                WrongMediaType "wrong-media-type" Error
                    "A file is not what the manifest says that it is."
                    "Reading systems that trust the manifest do not show it."
                    "A JPEG called `image/png`."
                    "Mend `media-type`, or convert the file."
                MissingFallback "missing-fallback" Error
                    "A file of a kind that reading systems need not know has no other to stand in for it."
                    "Some readers see nothing in its place."
                    "A PDF in the spine, or a TIFF as a picture."
                    "Convert it to a kind that EPUB names, or add a `fallback`."
                ItemProperties "item-properties" Error
                    "The `properties` of an item do not say what the document holds, or say what it does not."
                    "Reading systems switch on programs, drawings and formulas by them."
                    "A page with an inline `<svg>` and no `properties=\"svg\"`."
                    "Write the properties that the message names."
                BadSpine "bad-spine" Error
                    "The reading order is empty, or names what is no item, or no document."
                    "Part of the book is not reached by turning pages."
                    "`<itemref idref=\"chapter-3\"/>` where no item has that id."
                    "Name each document once, by the id of its item."
                OutsideSpine "outside-spine" Error
                    "A link leads to a document that is not in the reading order."
                    "Reading systems cannot open it, or cannot turn its pages."
                    "A link to `notes.xhtml`, which the spine leaves out."
                    "Add it to the spine, with `linear=\"no\"` if it is not to be read in its turn."
            }
            "Finished EPUBs: Navigation" Epub {
                MissingNavigation "missing-navigation" Error
                    "An EPUB has no contents that a reading system can show."
                    "Readers cannot go to a chapter."
                    "An EPUB 3 without an item of `properties=\"nav\"`, an EPUB 2 without an NCX."
                    "Add the navigation document, or the NCX."
                BadNavigation "bad-navigation" Error
                    "The contents of an EPUB are not built as reading systems read them."
                    "Entries are missing from the reader's menu, or all of them."
                    "An entry without words, a `nav` without its list, an NCX of another book."
                    "Mend the entry or list that the message names."
                NavigationOrder "navigation-order" Warning
                    "The contents do not follow the reading order."
                    "Reading systems show the wrong entry as the one being read."
                    "Chapter 3 listed before chapter 2."
                    "Order the entries as the spine and the documents have their places."
                NcxDiffers "ncx-differs" Warning
                    "An EPUB 3 has contents for older reading systems as well, and they say something else."
                    "Readers of one book do not see the same chapters."
                    "A chapter renamed in `nav.xhtml` and not in `toc.ncx`."
                    "Make both from the same list, or leave the NCX out."
                BadPageList "bad-page-list" Warning
                    "The list of the printed book's pages is out of order, has a page twice, or does not say which book's pages they are."
                    "Who is told to open page 90 comes to another place."
                    "Page 12 listed before page 11; pages without a `pageBreakSource`"
                    "Mend the list, and name the printed edition in the metadata."
            }
            "Finished EPUBs: Documents" Epub {
                BadMarkup "bad-markup" Error
                    "An element or attribute stands where HTML does not have it."
                    "Reading systems guess what was meant, each in its own way, and shops refuse the book."
                    "A `<div>` in a `<p>`, a `<li>` outside a list, `<center>`, `width=\"50%\"` on a paragraph"
                    "Take it out or use what HTML has for it; a style sheet says how things look."
                BadDoctype "bad-doctype" Error
                    "A document of an EPUB 3 has the document type of an older HTML."
                    "Some reading systems show it by older rules, or fetch a definition from the net."
                    "`<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.1//EN\" …>`"
                    "Write `<!DOCTYPE html>`, or none."
                RepeatedId "repeated-id" Error
                    "Two elements of a document have the same id."
                    "A link to it leads to either of them."
                    "Two `<section id=\"notes\">`."
                    "Give each its own."
                BrokenReference "broken-reference" Error
                    "A link or reference leads to an id that its document does not have."
                    "A tap on it does nothing, or leads to the top of a chapter."
                    "`<a href=\"two.xhtml#fig-3\">` where nothing has the id `fig-3`."
                    "Mend the fragment, or give the place that id."
                BadAddress "bad-address" Error
                    "An address leads out of the book or to somebody's own machine, or is none."
                    "No reader has what lies there."
                    "`href=\"file:///C:/book/map.png\"`, `src=\"../../map.png\"` at the top of the book"
                    "Name a file in the book by its path from the document's folder."
                RemoteResource "remote-resource" Error
                    "A picture, a style sheet, a program or a document is fetched from the net."
                    "EPUB allows that for sound, films and fonts alone: a book must be whole without the net."
                    "`<img src=\"https://example.org/map.png\"/>`"
                    "Pack the file into the book."
                UntitledDocument "untitled-document" Warning
                    "A document has no title."
                    "Screen readers announce it by its file's name."
                    "`<title></title>`"
                    "Give it the chapter's heading."
                BadViewport "bad-viewport" Error
                    "A page of a fixed size does not say how large it is."
                    "Reading systems guess, and cut the page or set it in a corner."
                    "A page of a picture book without `<meta name=\"viewport\" content=\"width=1200, height=1600\"/>`."
                    "Say the width and the height in pixels; of a drawing, the `viewBox`."
                BadStyleSheet "bad-style-sheet" Error
                    "A style sheet cannot be read at some place, or sets what EPUB forbids."
                    "Reading systems drop the rule, all rules behind it, or the whole sheet."
                    "`p { color: red` without its end; `direction: rtl`"
                    "Mend the rule; directions are set by `dir` in the documents."
                BadOverlay "bad-overlay" Error
                    "A media overlay, which has a text read aloud, is not built as reading systems read it, or leads to what is not there."
                    "The reading stops, or another passage is marked than the one that is heard."
                    "`clipEnd` before `clipBegin`, a `<par>` without its `<text>`, a document whose item does not name its overlay"
                    "Mend the overlay, or the item that names it, as the message says."
                DamagedImage "damaged-image" Error
                    "A picture cannot be shown, or not to its end."
                    "Readers see a broken sign, or half a picture."
                    "A JPEG from a download that broke off."
                    "Export it anew."
            }
            "Finished EPUBs: Accessibility" Epub {
                UndescribedImage "undescribed-image" Warning
                    "A picture in an EPUB has no alternative text, not even an empty one."
                    "Screen readers read its file's name aloud, or nothing."
                    "`<img src=\"map.png\"/>`"
                    "Say what it shows, `alt=\"…\"`; if it only decorates, `alt=\"\"`."
                UndeclaredLanguage "undeclared-language" Warning
                    "A document of an EPUB does not say in which language it is."
                    "It is read aloud in the reader's own language, and hyphenated by its rules."
                    "`<html>` without `lang` and `xml:lang`."
                    "Add both."
                UnclaimedAccess "unclaimed-access" Warning
                    "An EPUB 3 does not say how accessible it is."
                    "Readers who depend on it cannot choose the book; in the European Union it may not be sold."
                    "A package without `schema:accessMode` and its like."
                    "Add what the message names to the metadata, as far as it is true."
                SkippedLevel "skipped-level" Note
                    "A heading of an EPUB leaves out a level."
                    "Who goes from heading to heading looks for what lies between."
                    "An `<h4>` right below an `<h2>`."
                    "Use the level between."
            }
        }
    };
}
