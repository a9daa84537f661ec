//! The table of codes: groups with their families; name, level, and what is said of each. Those of the pages follow from `pages`,
//! and so on: each file hands its groups and those before it to the next.

use super::{Explanation, Family, Severity};

and_pages! {
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
            "Write what it stands for. What stands in code is let pass. A check and a proof look for it, a build does not."
        DoubledWord "doubled-word" Warning
            "A word stands twice in a row, of which no sentence needs two."
            "Eyes slide over it when the two are on different lines; readers find it in print."
            "`all the`, and on the next line `the ships`"
            "Take one out. Words that may be said twice, such as `had had`, are let pass. A check and a proof look for it, a build does not."
        DoubledSpace "doubled-space" Warning
            "A space that does not break stands beside another one."
            "Markdown makes one space of several, but not of these: a gap is seen."
            "`p.&nbsp; 7`"
            "Keep one of the two. A check and a proof look for it, a build does not."
        OddHyphen "odd-hyphen" Warning
            "A word has a hyphen once and none everywhere else, or the reverse."
            "It looks like carelessness, and a search misses it."
            "One `note-book` in a book with ten `notebook`."
            "Write it alike everywhere. A check and a proof look for it, a build does not."
        OddName "odd-name" Warning
            "A name occurs once, and differs from a frequent one by two letters exchanged or by one doubled."
            "It is most likely misspelt, and no spelling checker knows names."
            "One `Queeqeug` in a book about Queequeg."
            "Mend it. A check and a proof look for it, a build does not."
        OddCharacter "odd-character" Warning
            "A letter of another alphabet stands in a word and looks like one of its own, or a character is one that nobody sees or that was misread."
            "A search misses the word, a screen reader stumbles, and a font may lack the character."
            "`Сrab` with a Cyrillic `С`; `Ã©` for `é`; a control character."
            "Type it anew, or take it out. What joins letters, and where a line may end, is let pass between letters. A check and a proof look for it, a build does not."
        OddPunctuation "odd-punctuation" Warning
            "A comma or a full stop stands apart from its word, sticks to the next one, or is two."
            "It looks like an oversight, and a line may begin with it."
            "`He came , and went.`"
            "Mend it. Verse, cells of tables and signs spaced throughout are let pass. A check and a proof look for it, a build does not."
        StrayMarkup "stray-markup" Warning
            "Markup is printed as it was typed: stars that make nothing bold, a link without its end or its target, code without its end, what only another tool understands."
            "Readers find `**` and `](` in print."
            "`See [the map](map.md` or `{% include map.html %}`"
            "Mend it. What has a backslash before it is let pass, but for a scene break. A check and a proof look for it, a build does not."
        WrongLanguage "wrong-language" Warning
            "The text is in another language than the book says, or the book says none and is not in English."
            "Hyphens, quotation marks and spaces follow the language, and a screen reader speaks it."
            "A Spanish book whose `book.yaml` has no `language:`."
            "Say `language:` in `book.yaml`; a chapter or a passage in another has `lang` of its own. A check and a proof look for it, a build does not."
        UnbalancedBracket "unbalanced-bracket" Warning
            "A bracket is opened and never closed, or closed and never opened."
            "The reader waits for the other one."
            "`(as she said, and went on.`"
            "Add the other, or take this one out. A check and a proof look for it, a build does not."
        UnbalancedQuote "unbalanced-quote" Warning
            "A quotation mark is opened and never closed, or closed and never opened."
            "The reader does not know who speaks."
            "`\"Come in, she said.`"
            "Add the other. Where a speech goes on in the next paragraph, open it there again and close the last one. A check and a proof look for it, a build does not."
        StraightQuote "straight-quote" Warning
            "A straight quotation mark or apostrophe is printed as it was typed."
            "Typewriters had no others; in a book it looks like an oversight beside the marks of the language."
            "`title: The Pilot's Wife` in a book.yaml, or a chapter with `markdown: {smart: false}`."
            "Type the mark itself, such as `’`, or let recto make it: `smart: true`. One with a backslash before it is let pass. A check and a proof look for it, a build does not."
        EmptyLink "empty-link" Warning
            "A link has no words."
            "Nobody can see it; a screen reader says link and no more."
            "`[](notes.md)`"
            "Give it words, or take it out. A check and a proof look for it, a build does not."
        PoorAlt "poor-alt" Warning
            "An image's alternative text is the name of a file, or says no more than that it is an image."
            "Who hears the book read aloud hears that instead of what the picture shows."
            "`![IMG_1234.jpg](IMG_1234.jpg)`"
            "Say in a few words what it shows, or `{decorative}`. A check and a proof look for it, a build does not."
        UnusedFile "unused-file" Warning
            "A Markdown file lies beside the book's chapters, and neither the list of chapters nor an include names it."
            "A chapter may have been forgotten."
            "A `seven.md` that `chapters:` does not list."
            "List it, include it, or move it to another folder. READMEs, licences and names that begin with `_` are let pass. A check and a proof look for it, a build does not."
    }
}
