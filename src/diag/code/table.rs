//! The table of codes: groups with their families; name, level, and what is said of each. Those of the outputs follow from
//! `outputs`.

use super::{Explanation, Family, Severity};

and_outputs! {
    "Files" Manuscript {
        UnreadableFile "unreadable-file" Error
            "A file that the book names could not be read."
            "What it holds would be missing from the book."
            "`chapters: [one.md]` where `one.md` may not be opened."
            "Mend the name or the file's permissions."
        OutsideFolder "outside-folder" Error
            "A path leads out of the book's folder."
            "A manuscript from elsewhere must not be able to read your other files."
            "`![map](../../secret.png)`"
            "Copy the file into the book's folder, or build with `--allow-outside` if you trust the manuscript."
        InvalidUtf8 "invalid-utf8" Error
            "A text file is not UTF-8."
            "Bytes that are no character cannot be set; they are shown as U+FFFD."
            "A chapter saved as Latin-1."
            "Save the file as UTF-8."
        NulByte "nul-byte" Warning
            "A text file holds a NUL byte."
            "CommonMark replaces it by U+FFFD, which readers see as a lozenge."
            "A file cut by a failed disk."
            "Remove the byte; restore the file if it is damaged."
        IncludeCycle "include-cycle" Error
            "A file includes itself, directly or by way of others."
            "It would never end."
            "`{{include a.md}}` inside `a.md`."
            "Remove one of the includes."
        MissingInclude "missing-include" Error
            "An included file, range or anchor does not exist."
            "The text would be missing from the book."
            "`{{include part.md}}` without a `part.md`."
            "Mend the name, the range or the anchor."
        IncludeTooLarge "include-too-large" Error
            "Includes are nested too deep, are too many, or make a chapter larger than any book."
            "The build would take all the machine's memory."
            "Sixteen files, each of which includes the next one ten times."
            "Include less; split the chapter."
        UnknownVariable "unknown-variable" Warning
            "`{{name}}` stands for nothing."
            "It is printed as it stands."
            "`{{verson}}`"
            "Define it under `variables:` in book.yaml, or mend its name."
    }
    "The Book" Manuscript {
        BadYaml "bad-yaml" Error
            "The file is not YAML (or TOML) at all."
            "Nothing in it can be used."
            "`title: [unclosed`"
            "Mend the syntax at the place shown."
        UnknownKey "unknown-key" Error
            "A key that recto does not know."
            "What it was to set stays unset."
            "`autor: Ada Lind`"
            "Use the key that the hint names."
        WrongType "wrong-type" Error
            "A value of the wrong kind."
            "It cannot be used, so the default holds."
            "`authors: 3`"
            "Give the kind of value that the message asks for."
        InvalidValue "invalid-value" Error
            "A value that is none of those allowed."
            "It cannot be used, so the default holds."
            "`notes: sidewards`"
            "Use one of the values in the hint."
        UnknownProfile "unknown-profile" Error
            "A profile that recto does not have, or a profile's file that cannot be read."
            "A PDF for the press would be made like one for the screen, and no printer's rule would be looked at."
            "`profile: kdp-papreback`"
            "Use one of the profiles in the hint, or a `.yaml` file of your own."
        UnknownShop "unknown-shop" Error
            "A shop that recto does not know, or a shop's file that cannot be read."
            "None of its rules would be looked at."
            "`shops: [aple-books]`"
            "Use one of the shops in the hint, or a `.yaml` file of your own."
        StandardConflict "standard-conflict" Error
            "An edition asks for two standards that no one file can keep to, or for one that its profile cannot give."
            "A file that claims what it does not keep is refused, or misleads those who rely on it."
            "`standard: [ua-1, x-4]`"
            "Ask for one of them, or make an edition of each: one for the screen, one for the press."
        NoBleed "no-bleed" Error
            "`bleed: true` where no profile says how far and over which edges."
            "Printers differ in it: a guess would come back from the press."
            "`print: {format: pdf, bleed: true}`"
            "Name the printer's profile, such as `profile: kdp-paperback`."
        UnwantedMarks "unwanted-marks" Error
            "Crop marks or colour bars for a printer who does not take them."
            "The printer finds the page by its size: with marks around it the file is refused, or printed with them."
            "`marks: crop` with `profile: lulu`"
            "Leave `marks` out of this edition."
        BadIcc "bad-icc" Error
            "The file named by `icc` is no ICC profile, or one of another kind of device or of other colours."
            "Colours would be reckoned for another device than the one that prints them."
            "`icc: sRGB.icc` in an edition for four inks"
            "Ask the printer for the profile of the press and the paper."
        MissingTitle "missing-title" Warning
            "The book has no title."
            "Shops, readers and the title page need one."
            "A book.yaml without `title`."
            "Add `title: …`."
        MissingChapter "missing-chapter" Error
            "A chapter that the book lists does not exist."
            "It would be missing from the book."
            "`chapters: [tow.md]`"
            "Mend the name; the hint names the nearest file."
        DuplicateChapter "duplicate-chapter" Warning
            "A file is listed twice."
            "Its text would stand in the book twice."
            "`chapters: [one.md, one.md]`"
            "Remove one of the entries."
        EmptyBook "empty-book" Error
            "There is no chapter at all."
            "Neither an EPUB nor a PDF can be empty."
            "A folder without any `.md` file."
            "Add a chapter."
        UnknownTheme "unknown-theme" Error
            "There is no such theme."
            "The book cannot be styled."
            "`theme: novle`"
            "Use `novel`, `report`, `manual` or `poetry`, or name a file."
        UnknownEdition "unknown-edition" Error
            "`--edition` names an edition that book.yaml does not have."
            "There is nothing to build."
            "`--edition prnit`"
            "Use a name from `editions:`."
    }
    "The Markdown" Manuscript {
        BadHeader "bad-header" Error
            "The YAML header of a file cannot be used."
            "Its title, role or language would be lost."
            "`role: prefase`"
            "Mend the header."
        BadAttribute "bad-attribute" Warning
            "An attribute list `{…}` is malformed."
            "It is printed as text."
            "`# Title {#a .b c=}`"
            "Write `{#id .class key=value}`."
        UnclosedContainer "unclosed-container" Warning
            "A `:::` container is never closed."
            "It was closed at the end of the file, so it may hold too much."
            "`::: note` without a `:::`."
            "Add `:::` where it ends."
        StrayContainerEnd "stray-container-end" Warning
            "A `:::` closes nothing."
            "It is left out."
            "`:::` on its own."
            "Remove it, or open the container."
        HtmlDropped "html-dropped" Warning
            "Raw HTML that the model has no place for was left out."
            "The EPUB and the PDF come from one model; what it cannot hold cannot be in both."
            "`<marquee>`"
            "Use Markdown, or a container with a class."
        ScriptDropped "script-dropped" Warning
            "A script, style or form was left out."
            "Shops refuse them and paper cannot run them."
            "`<script>…</script>`"
            "Remove it."
        UndefinedNote "undefined-note" Warning
            "A note is called but not defined."
            "The reader would follow a mark to nothing."
            "`[^1]` without `[^1]: …`"
            "Define the note, or remove the call."
        UnusedNote "unused-note" Warning
            "A note is defined but never called."
            "Nobody will read it."
            "`[^9]: …` without `[^9]`"
            "Call it, or remove it."
        DuplicateNote "duplicate-note" Warning
            "Two notes of a chapter have one name."
            "Only the first can be shown."
            "`[^1]: …` twice."
            "Rename one of them."
        TooDeep "too-deep" Warning
            "Blocks or inlines are nested deeper than any book needs."
            "What lies deeper is set flat, so that no program that reads the book breaks."
            "10,000 `>` in one line."
            "Nest less."
    }
    "The Whole Book" Manuscript {
        DeadLink "dead-link" Warning
            "A link inside the book leads nowhere."
            "The reader's tap does nothing; EPUBCheck refuses the file."
            "`[see](#mehtod)`"
            "Mend the target; the hint names the nearest."
        DuplicateId "duplicate-id" Warning
            "An id is given twice in one chapter."
            "A link to it would be ambiguous."
            "`{#map}` on two figures."
            "Rename one of them."
        HeadingSkip "heading-skip" Warning
            "A heading skips a level."
            "Screen readers and contents lose the outline."
            "`###` right under `#`."
            "Use the next level."
        MissingImage "missing-image" Error
            "An image does not exist."
            "There would be a hole in the page."
            "`![map](mpa.png)`"
            "Mend the name; the hint names the nearest file."
        NotAnImage "not-an-image" Error
            "A file used as an image is none that recto can read."
            "There would be a hole in the page."
            "`![map](notes.txt)`"
            "Use PNG, JPEG, GIF, WebP or SVG."
        BrokenImage "broken-image" Error
            "An image is cut short or damaged."
            "Shops and presses refuse it."
            "A PNG from a broken download."
            "Export the image again."
        RemoteImage "remote-image" Warning
            "An image lies on the network."
            "recto never uses the network, and a book must be whole without it."
            "`![x](https://example.org/x.png)`"
            "Download it into the book's folder."
        MissingAlt "missing-alt" Warning
            "An image has no alternative text."
            "Readers who cannot see it get nothing; accessibility law asks for it."
            "`![](map.png)`"
            "Describe it, or say `{decorative}`."
        FalseClaim "false-claim" Error
            "book.yaml claims a feature of accessibility that the EPUB does not have."
            "Readers who need it choose the book by its metadata, and are let down."
            "`accessibility: {features: [index]}` in a book without an index."
            "Mend the book, or leave the claim out: what the book shows is claimed without being asked."
        UnmetConformance "unmet-conformance" Error
            "book.yaml claims conformance to accessibility guidelines, but something speaks against it."
            "A claim that is not true misleads readers, and the law holds the publisher to it. The EPUB is made without it."
            "`accessibility: {conforms-to: wcag-2.2-aa}` without a `certified-by`, or in a book with an image that nobody described."
            "Mend what the message names; the numbers are those of the guidelines' success criteria."
        UnresolvedReference "unresolved-reference" Note
            "A citation, index mark, formula or numbered reference is shown as plain text."
            "This release parses it but does not yet resolve it."
            "`@fig-map`"
            "Nothing: a later release resolves it."
    }
    "The Words" Manuscript {
        PlaceholderText "placeholder-text" Warning
            "A reminder such as `TODO`, `FIXME` or `TK`, or lorem ipsum, stands in the text."
            "It would be printed."
            "`The house had TK windows.`"
            "Write what it stands for. What stands in code is let pass. Only `recto check` looks for it."
        DoubledWord "doubled-word" Warning
            "A word stands twice in a row, of which no sentence needs two."
            "Eyes slide over it when the two are on different lines; readers find it in print."
            "`all the`, and on the next line `the ships`"
            "Take one out. Words that may be said twice, such as `had had`, are let pass. Only `recto check` looks for it."
        DoubledSpace "doubled-space" Warning
            "A space that does not break stands beside another one."
            "Markdown makes one space of several, but not of these: a gap is seen."
            "`p.&nbsp; 7`"
            "Keep one of the two. Only `recto check` looks for it."
        OddHyphen "odd-hyphen" Warning
            "A word has a hyphen once and none everywhere else, or the reverse."
            "It looks like carelessness, and a search misses it."
            "One `note-book` in a book with ten `notebook`."
            "Write it alike everywhere. Only `recto check` looks for it."
        OddName "odd-name" Warning
            "A name occurs once, and differs from a frequent one by two letters exchanged or by one doubled."
            "It is most likely misspelt, and no spelling checker knows names."
            "One `Queeqeug` in a book about Queequeg."
            "Mend it. Only `recto check` looks for it."
        UnbalancedBracket "unbalanced-bracket" Warning
            "A bracket is opened and never closed, or closed and never opened."
            "The reader waits for the other one."
            "`(as she said, and went on.`"
            "Add the other, or take this one out. Only `recto check` looks for it."
        UnbalancedQuote "unbalanced-quote" Warning
            "A quotation mark is opened and never closed, or closed and never opened."
            "The reader does not know who speaks."
            "`\"Come in, she said.`"
            "Add the other. Where a speech goes on in the next paragraph, open it there again and close the last one. Only `recto check` looks for it."
        EmptyLink "empty-link" Warning
            "A link has no words."
            "Nobody can see it; a screen reader says link and no more."
            "`[](notes.md)`"
            "Give it words, or take it out. Only `recto check` looks for it."
        PoorAlt "poor-alt" Warning
            "An image's alternative text is the name of a file, or says no more than that it is an image."
            "Who hears the book read aloud hears that instead of what the picture shows."
            "`![IMG_1234.jpg](IMG_1234.jpg)`"
            "Say in a few words what it shows, or `{decorative}`. Only `recto check` looks for it."
        UnusedFile "unused-file" Warning
            "A Markdown file lies beside the book's chapters, and neither the list of chapters nor an include names it."
            "A chapter may have been forgotten."
            "A `seven.md` that `chapters:` does not list."
            "List it, include it, or move it to another folder. READMEs, licences and names that begin with `_` are let pass. Only `recto check` looks for it."
    }
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
