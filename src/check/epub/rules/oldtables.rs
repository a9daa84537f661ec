//! Which elements and attributes EPUB 2 has: those modules of XHTML 1.1 that OPS 2.0.1 (2.2) names, without forms and frames.

/// Elements. Programs and what stands in for them may be there, and may be ignored.
pub(super) const OLD_ELEMENTS: &str = "a abbr acronym address applet area b base bdo big blockquote body br caption cite code col colgroup dd del \
    dfn div dl dt em h1 h2 h3 h4 h5 h6 head hr html i iframe img ins kbd li link map meta noscript \
    object ol p param pre q samp script small span strong style sub sup table tbody td \
    tfoot th thead title tr tt ul var";

/// What is a paragraph or larger: what a body and a quotation hold.
pub(super) const OLD_BLOCKS: &str =
    "address blockquote del div dl h1 h2 h3 h4 h5 h6 hr ins noscript ol p pre script table ul";

/// What holds [`OLD_BLOCKS`] and no words.
pub(super) const OLD_HOLDERS: &str = "body blockquote noscript";

/// What has no content unless something of it is in it, and what that is.
pub(super) const OLD_NEEDS: &[(&str, &str)] = &[
    ("ul", "li"),
    ("ol", "li"),
    ("dl", "dt dd"),
    ("tr", "td th"),
    ("table", "tr tbody"),
    ("tbody", "tr"),
    ("thead", "tr"),
    ("tfoot", "tr"),
    ("blockquote", OLD_BLOCKS),
    ("body", OLD_BLOCKS),
];

/// Attributes of nearly every element.
pub(super) const OLD_GLOBAL: &str = "class dir id lang style title";

/// Elements without [`OLD_GLOBAL`] but for what [`OLD_ATTRIBUTES`] says.
pub(super) const OLD_BARE: &str = "base head html meta param script style title";

/// Attributes of some elements.
pub(super) const OLD_ATTRIBUTES: &[(&str, &str)] = &[
    (
        "a",
        "accesskey charset coords href hreflang rel rev shape tabindex target type",
    ),
    ("applet", "alt archive code codebase height object width"),
    (
        "area",
        "accesskey alt coords href nohref shape tabindex target",
    ),
    ("base", "href id target"),
    ("blockquote", "cite"),
    ("col", "align char charoff span valign width"),
    ("colgroup", "align char charoff span valign width"),
    ("del", "cite datetime"),
    ("head", "dir id lang profile"),
    ("html", "dir id lang version"),
    (
        "iframe",
        "frameborder height longdesc marginheight marginwidth scrolling src width",
    ),
    ("img", "alt height ismap longdesc src usemap width"),
    ("ins", "cite datetime"),
    ("link", "charset href hreflang media rel rev type"),
    ("meta", "content dir http-equiv lang name scheme"),
    ("map", "name"),
    (
        "object",
        "archive classid codebase codetype data declare height name standby tabindex type usemap width",
    ),
    ("param", "id name type value valuetype"),
    ("q", "cite"),
    ("script", "charset defer src type"),
    ("style", "dir lang media title type"),
    (
        "table",
        "border cellpadding cellspacing frame rules summary width",
    ),
    ("tbody", "align char charoff valign"),
    (
        "td",
        "abbr align axis char charoff colspan headers rowspan scope valign",
    ),
    ("tfoot", "align char charoff valign"),
    (
        "th",
        "abbr align axis char charoff colspan headers rowspan scope valign",
    ),
    ("thead", "align char charoff valign"),
    ("title", "dir id lang"),
    ("tr", "align char charoff valign"),
];

/// Attributes that elements must have.
pub(super) const OLD_NEEDED: &[(&str, &str)] = &[
    ("area", "alt"),
    ("bdo", "dir"),
    ("img", "alt src"),
    ("map", "id"),
    ("meta", "content"),
    ("param", "name"),
    ("script", "type"),
    ("style", "type"),
];
