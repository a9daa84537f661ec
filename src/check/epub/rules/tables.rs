//! Which elements and attributes HTML has, and which may stand in which (the HTML standard, section 4; its syntax for XML).
//!
//! As much of it as people break. What reading systems take and validators argue about is left out.

/// Elements of HTML.
pub(super) const ELEMENTS: &str = "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col \
    colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header \
    hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter nav object ol optgroup \
    option output p param picture pre progress q rb rp rt rtc ruby s samp script search section select slot small source span strong style \
    sub summary sup table tbody td template textarea tfoot th thead time title tr track u ul var video wbr";

/// What may stand among words.
pub(super) const WORDS: &str = "a abbr acronym area audio b bdi bdo big br button canvas cite code data datalist del dfn em embed i iframe img input ins \
    kbd label link map mark meta meter noscript object output picture progress q rb rp rt rtc ruby s samp script select slot small span \
    strong style sub sup template textarea time tt u var video wbr param source track option optgroup";

/// What holds words and what stands among them, and no paragraphs.
pub(super) const LINES: &str = "p h1 h2 h3 h4 h5 h6 pre span em strong s sub sup u mark kbd q abbr acronym big tt code cite dfn small i b var samp bdi bdo \
    rt rb time data label output summary legend button datalist meter progress ruby";

/// What holds whatever the element around it may hold.
pub(super) const TRANSPARENT: &str = "a ins del map object video audio canvas slot";

/// What has no content.
pub(super) const EMPTY: &str =
    "area base br col embed hr img input link meta param source track wbr";

/// What holds no words of its own.
pub(super) const WORDLESS: &str =
    "ul ol menu dl table thead tbody tfoot tr colgroup html head select optgroup hgroup picture";

/// What a reader touches: nothing of it stands in a link or a button.
pub(super) const TOUCHED: &str = "a button details embed iframe label select textarea";

/// What may stand only in some elements.
pub(super) const KEPT: &[(&str, &str)] = &[
    ("li", "ul ol menu"),
    ("dt", "dl div"),
    ("dd", "dl div"),
    ("figcaption", "figure"),
    ("caption", "table"),
    ("colgroup", "table"),
    ("col", "colgroup table"),
    ("thead", "table"),
    ("tbody", "table"),
    ("tfoot", "table"),
    ("tr", "thead tbody tfoot table"),
    ("td", "tr"),
    ("th", "tr"),
    ("rt", "ruby rtc"),
    ("rp", "ruby"),
    ("legend", "fieldset"),
    ("option", "select datalist optgroup"),
    ("optgroup", "select"),
    ("summary", "details"),
    ("source", "audio video picture"),
    ("track", "audio video"),
    ("param", "object"),
    ("body", "html"),
    ("head", "html"),
    ("title", "head"),
    ("base", "head"),
    ("style", "head"),
];

/// What may hold nothing but some elements.
pub(super) const HOLDERS: &[(&str, &str)] = &[
    ("ul", "li script template"),
    ("ol", "li script template"),
    ("menu", "li script template"),
    ("dl", "dt dd div script template"),
    (
        "table",
        "caption colgroup col thead tbody tfoot tr script template",
    ),
    ("thead", "tr script template"),
    ("tbody", "tr script template"),
    ("tfoot", "tr script template"),
    ("tr", "td th script template"),
    ("colgroup", "col template script"),
    ("head", "title meta link style script base template object"),
    ("html", "head body"),
    ("hgroup", "h1 h2 h3 h4 h5 h6 p script template"),
    ("select", "option optgroup hr script template"),
    ("optgroup", "option script template"),
    ("picture", "source img script template"),
    ("option", ""),
    ("textarea", ""),
    ("title", ""),
    ("iframe", ""),
    ("rp", ""),
];

/// Attributes of every element, those of RDFa and microdata among them.
pub(super) const GLOBAL: &str = "about content datatype inlist prefix property rel resource rev typeof vocab accesskey autocapitalize autofocus class contenteditable dir draggable enterkeyhint hidden id inert inputmode is itemid \
    itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style tabindex title translate";

/// States and properties of ARIA 1.2 and those of its module for digital publishing, without `aria-`.
pub(super) const ARIA: &str = "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex colindextext colspan controls \
    current describedby description details disabled dropeffect errormessage expanded flowto grabbed haspopup hidden invalid keyshortcuts \
    label labelledby level live modal multiline multiselectable orientation owns placeholder posinset pressed readonly relevant required \
    roledescription rowcount rowindex rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext";

/// Attributes of some elements.
pub(super) const ATTRIBUTES: &[(&str, &str)] = &[
    (
        "a",
        "download href hreflang name ping referrerpolicy rel target type",
    ),
    (
        "area",
        "alt coords download href hreflang ping referrerpolicy rel shape target",
    ),
    (
        "audio",
        "autoplay controls crossorigin loop muted preload src",
    ),
    ("base", "href target"),
    ("blockquote", "cite"),
    (
        "button",
        "command commandfor disabled form formaction formenctype formmethod formnovalidate formtarget name popovertarget popovertargetaction type value",
    ),
    ("canvas", "height width"),
    ("col", "span"),
    ("colgroup", "span"),
    ("data", "value"),
    ("del", "cite datetime"),
    ("details", "name open"),
    ("dialog", "closedby open"),
    ("embed", "height src type width"),
    ("fieldset", "disabled form name"),
    (
        "form",
        "accept-charset action autocomplete enctype method name novalidate rel target",
    ),
    ("html", "manifest version"),
    (
        "iframe",
        "allow allowfullscreen height loading name referrerpolicy sandbox src srcdoc width",
    ),
    (
        "img",
        "alt border crossorigin decoding fetchpriority height ismap loading referrerpolicy sizes src srcset usemap width",
    ),
    (
        "input",
        "accept alpha alt autocomplete checked colorspace dirname disabled form formaction formenctype formmethod formnovalidate formtarget height list max maxlength min minlength multiple name pattern placeholder popovertarget popovertargetaction readonly required size src step type value width",
    ),
    ("ins", "cite datetime"),
    ("label", "for"),
    ("li", "value"),
    (
        "link",
        "as blocking color crossorigin disabled fetchpriority href hreflang imagesizes imagesrcset integrity media referrerpolicy rel sizes type",
    ),
    ("map", "name"),
    (
        "meta",
        "charset color content http-equiv media name property",
    ),
    ("meter", "high low max min optimum value"),
    ("object", "data form height name type usemap width"),
    ("ol", "reversed start type"),
    ("optgroup", "disabled label"),
    ("option", "disabled label selected value"),
    ("output", "for form name"),
    ("param", "name value"),
    ("progress", "max value"),
    ("q", "cite"),
    ("slot", "name"),
    (
        "script",
        "async blocking charset crossorigin defer fetchpriority integrity language nomodule referrerpolicy src type",
    ),
    (
        "select",
        "autocomplete disabled form multiple name required size",
    ),
    ("source", "height media sizes src srcset type width"),
    ("style", "blocking media scoped type"),
    ("table", "border"),
    ("td", "colspan headers rowspan"),
    (
        "textarea",
        "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required rows wrap",
    ),
    ("th", "abbr colspan headers rowspan scope"),
    ("time", "datetime"),
    ("track", "default kind label src srclang"),
    (
        "video",
        "autoplay controls controlslist crossorigin disablepictureinpicture disableremoteplayback height loop muted playsinline poster preload src width",
    ),
];

/// Elements whose role is always their own (ARIA in HTML, section 4).
pub(super) const UNROLED: &str = "base caption col colgroup datalist head html label legend map meta meter param picture script source style \
    template title track";

/// Attributes that elements must have.
pub(super) const NEEDED: &[(&str, &str)] = &[
    ("img", "src"),
    ("param", "name"),
    ("optgroup", "label"),
    ("bdo", "dir"),
];

/// Attributes that are whole numbers: of pixels, cells, and the first number of a list.
pub(super) const NUMBERS: &[(&str, &str)] = &[
    ("width", "img video canvas iframe embed object input"),
    ("height", "img video canvas iframe embed object input"),
    ("colspan", "td th"),
    ("rowspan", "td th"),
    ("span", "col colgroup"),
    ("start", "ol"),
    ("value", "li"),
];

/// Whether a word is one of a list of words.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// What stands beside a word in a table.
pub(super) fn beside(table: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|(one, _)| *one == word)
        .map(|(_, list)| *list)
}
