//! The roles that a theme dresses.

macro_rules! roles {
    ($($role:ident $name:literal $doc:literal)*) => {
        /// What a piece of the book is, to a theme. Both writers ask the theme for the declarations of a role.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role {
            $(#[doc = $doc] $role,)*
        }

        impl Role {
            /// All of them.
            pub const ALL: &'static [Role] = &[$(Role::$role),*];

            /// As `theme.yaml` and `style:` write it.
            pub fn name(self) -> &'static str {
                match self { $(Role::$role => $name,)* }
            }

            /// What it dresses, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Role::$role => $doc,)* }
            }
        }
    };
}

roles! {
    Body "body" "Running text; every other role starts from its family, size and leading."
    First "first-paragraph" "The paragraph after a heading, a scene break or an opening."
    Heading1 "heading-1" "A chapter's title."
    Heading2 "heading-2" "A section's title."
    Heading3 "heading-3" "A subsection's title."
    Heading4 "heading-4" "A heading of the fourth level."
    Heading5 "heading-5" "A heading of the fifth level."
    Heading6 "heading-6" "A heading of the sixth level."
    ChapterNumber "chapter-number" "A chapter's number above its title."
    PartNumber "part-number" "A part's number above its title."
    PartTitle "part-title" "A part's title on its own page."
    OpeningImage "opening-image" "The picture above a chapter's title."
    FrontTitle "front-title" "The title of unnumbered front and back matter."
    Quote "quote" "A block quotation."
    Epigraph "epigraph" "A motto at the start of a book, part or chapter."
    Attribution "attribution" "Who said it: the last line of an epigraph that begins with a dash."
    Dedication "dedication" "To whom the book is dedicated."
    Verse "verse" "A line of verse."
    VerseTitle "verse-title" "The title of a poem."
    ChapterSubtitle "chapter-subtitle" "What stands below a chapter's title."
    Letter "letter" "A letter in the text."
    Dateline "dateline" "Where and when a letter was written: its title."
    Salutation "salutation" "How a letter addresses its reader."
    Signature "signature" "How a letter is signed."
    Center "center" "Centred lines."
    Right "right" "Lines set to the right."
    List "list" "A list as a whole."
    ListItem "list-item" "A list item's text."
    ListMark "list-mark" "A list item's bullet or number."
    Term "term" "The term of a definition list."
    Definition "definition" "The definition of a term."
    Code "code" "Code among words."
    CodeBlock "code-block" "A block of code."
    CodeTitle "code-title" "The title of a block of code."
    LineNumber "line-number" "The number of a line of code."
    Figure "figure" "A figure as a whole."
    Caption "caption" "A figure's or table's caption."
    CaptionLabel "caption-label" "The words Figure 2 in a caption."
    Table "table" "A table's cells."
    TableHead "table-head" "A table's head cells."
    Admonition "admonition" "A note, tip or warning as a whole."
    AdmonitionTitle "admonition-title" "The title of a note, tip or warning."
    Sidebar "sidebar" "An aside or sidebar as a whole."
    Exercise "exercise" "An exercise or its answer."
    SceneBreak "scene-break" "The ornament between scenes."
    Footnote "footnote" "A note's body."
    Endnote "endnote" "A note's body at the end of its chapter or of the book, in the PDF."
    MarginNote "margin-note" "A note in the margin."
    NoteCall "note-call" "A note's mark in the text."
    NoteMark "note-mark" "A note's mark at its body."
    Emphasis "emphasis" "Emphasised words."
    Strong "strong" "Strong words."
    SmallCaps "smallcaps" "Words in small capitals."
    Link "link" "A link."
    Kbd "kbd" "A key to press."
    Mark "mark" "Highlighted words."
    HalfTitle "half-title" "The title on the first page."
    Title "title" "The title on the title page."
    Subtitle "subtitle" "The subtitle on the title page."
    Author "author" "The authors on the title page."
    Contributor "contributor" "Translators, editors and others on the title page."
    Publisher "publisher" "The publisher on the title page."
    Copyright "copyright" "The copyright page."
    ContentsTitle "contents-title" "The heading of the contents."
    ContentsPart "contents-part" "A part in the contents."
    ContentsChapter "contents-chapter" "A chapter in the contents."
    ContentsSection "contents-section" "A section in the contents."
    RunningHead "running-head" "The line above the text."
    Folio "folio" "The printed page number."
    Thumb "thumb" "The tab of a thumb index at the outer edge of the page."
    Cover "cover" "A cover as a whole: its colour, and the type on it."
    CoverPattern "cover-pattern" "The ornament that is repeated over a cover."
    CoverPanel "cover-panel" "The field behind the title on a cover's front, and behind the text on its back."
    CoverTitle "cover-title" "The title on a cover."
    CoverSubtitle "cover-subtitle" "The subtitle on a cover."
    CoverAuthor "cover-author" "The authors on a cover."
    CoverPublisher "cover-publisher" "The publisher on a cover."
    CoverBack "cover-back" "The text on the back of a cover."
    CoverSpine "cover-spine" "The spine of a cover: its colour, and the type on it."
    CoverBarcode "cover-barcode" "The digits of a cover's barcode."
}

impl Role {
    /// The role of this name.
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.name() == name)
    }

    /// The role of a heading of a level from 1 to 6; beyond, the sixth.
    pub fn heading(level: u8) -> Role {
        match level {
            0 | 1 => Role::Heading1,
            2 => Role::Heading2,
            3 => Role::Heading3,
            4 => Role::Heading4,
            5 => Role::Heading5,
            _ => Role::Heading6,
        }
    }
}
