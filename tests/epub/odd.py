"""Odd books: what no author would write at once, and each of them might write once.

`books()` gives the name of each and its files: a path below the book's folder, and text or bytes. All of it is made here; nothing
is read from anywhere, and it is the same on every run.
"""
import base64
import random
import struct
import zlib

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 40
GIF = base64.b64decode("R0lGODlhAgACAIAAAP8AAAAA/yH/C05FVFNDQVBFMi4wAwEAAAAh+QQFCgAAACwAAAAAAgACAAACAoRRACH5BAUKAAAALAAAAAACAAIAAAIChFEAOw==")
WEBP = base64.b64decode("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=")


def png(width=8, height=8, color=(90, 120, 160), alpha=False):
    """A picture of one colour; with `alpha`, half transparent."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    pixel = bytes(color) + (b"\x80" if alpha else b"")
    rows = (b"\0" + pixel * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 6 if alpha else 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20"><rect width="20" height="20" fill="teal"/></svg>'


def yaml(**keys):
    """A `book.yaml` of plain keys; strings are quoted."""
    return "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in keys.items())


def tongues():
    """Scripts from right to left and without spaces, and languages that say so in odd ways."""
    note = "[^1]\n\n[^1]: "
    texts = {
        "arabic": ("ar", "كتاب صغير", f"# الفصل الأول\n\nهذا *نص* عربي مع **English** و123{note}حاشية.\n\n## قسم\n\n> اقتباس\n\n- واحد\n- اثنان\n\n| أ | ب |\n|--:|:--|\n| ١ | ٢ |\n"),
        "hebrew": ("he", "ספר קטן", f"# פרק ראשון\n\nזהו *טקסט* עם [English text]{{lang=en}}{note}הערה.\n\n::: verse\nשורה אחת\n  שורה שתיים\n:::\n\n```python\nprint(1)\n```\n"),
        "persian": ("fa", "کتاب", "# فصل یکم\n\nمی‌خواهم «نقل قول» بنویسم. Urdu: [اردو]{lang=ur}\n"),
        "japanese": ("ja", "小さな本", f"# 第一章\n\n吾輩は猫である。\n名前はまだ無い{note}注。\n\n*強調*と**太字**、『引用』。<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>\n\n## 節\n\n- 一\n- 二\n"),
        "chinese": ("zh-Hant-TW", "小書", "# 第一章\n\n床前明月光，\n疑是地上霜。\n\n[简体]{lang=zh-Hans} [日本語]{lang=ja} [한국어]{lang=ko}\n"),
        "thai": ("th", "หนังสือ", "# บทที่หนึ่ง\n\nภาษาไทยไม่มีช่องว่างระหว่างคำ\n"),
        "turned": ("en", "Turned round", "# One\n\nText.\n"),
        "odd-language": ("x-klingon", "Odd language", "# One\n\n[a]{lang=en-GB-oed} [b]{lang=de_AT} [c]{lang=\"not a tag\"} [d]{lang=} [e]{lang=zh-cmn-Hans-CN} [f]{lang=i-default}\n"),
    }
    for name, (lang, title, text) in texts.items():
        more = {"direction": "rtl"} if name == "turned" else {}
        front = f"---\nlang: {'en' if lang != 'en' else 'ar'}\n---\n\n# Other\n\nIn another language.\n"
        yield name, {"book.yaml": yaml(title=title, language=lang, generate="[title-page, copyright, contents, colophon]", **more),
                     "one.md": text, "two.md": front}


def shapes():
    """Folders of every shape."""
    yield "mdbook", {
        "book.toml": '[book]\ntitle = "An <mdBook> & more"\nauthors = ["A & B"]\nlanguage = "en"\n',
        "src/SUMMARY.md": "# Summary\n\n[Preface](preface.md)\n\n# Part & One\n\n- [One `code`](one/README.md)\n  - [Two *stars*](one/two.md)\n    - [Three](one/three.md)\n- [Draft]()\n\n---\n\n[End](end.md)\n",
        "src/preface.md": "# Preface\n\nSee [two](one/two.md#part).\n", "src/one/README.md": "# One\n\n{{#include ../code.rs:2:3}}\n\n```rust,ignore\n# hidden\nfn a() {}\n```\n",
        "src/code.rs": "fn a() {\n    b();\n    c();\n}\n", "src/one/two.md": "# Two\n\n## Part\n\n![x](img/p.png)\n\n<div class=\"warning\">\n\nTake *care*.\n\n</div>\n",
        "src/one/img/p.png": png(), "src/one/three.md": "## Not a first level\n\nText[^x].\n\n[^x]: Note.\n", "src/end.md": "No heading.\n"}
    yield "single-file", {"only.md": "Text without a header or a heading.\n"}
    yield "empty-file", {"empty.md": ""}
    yield "empty-files", {"book.yaml": yaml(title="Empty"), "a.md": "", "b.md": "\n\n", "c.md": "<!-- nothing -->\n", "d.md": "::: {only=pdf}\nNot here.\n:::\n", "e.md": "---\ntitle: \n---\n"}
    yield "only-images", {"a.md": "![](p.png)\n", "b.md": "![A picture](p.png)\n\n![Another](p.png)\n\n![](p.png){decorative}\n", "p.png": png()}
    yield "only-notes", {"a.md": "[^1]^[inline]\n\n[^1]: one[^2]\n[^2]: two[^1]\n[^3]: never called\n"}
    many = {"book.yaml": yaml(title="Three hundred chapters", generate="[contents]", theme="report")}
    for count in range(1, 301):
        many[f"{count:03}.md"] = f"# Chapter {count}\n\nText[^1], see [the next]({count % 300 + 1:03}.md).\n\n## Section\n\nMore.\n\n[^1]: Note {count}.\n"
    yield "three-hundred-chapters", many
    quotes = "\n".join("> " * depth + f"level {depth}\n" + "> " * depth for depth in range(1, 60))
    lists = "".join("  " * depth + f"- level {depth}\n" for depth in range(60))
    boxes = "".join(f"{':' * (80 - depth)} note Box {depth}\n\nText {depth}\n\n" for depth in range(40))
    spans = "*a **b " * 30 + "c" + "** d*" * 30
    yield "deep-nesting", {"a.md": f"# Deep\n\n{quotes}\n\n{lists}\n\n{boxes}\n", "b.md": f"# Deep too\n\n{spans}\n\n" + "<div>" * 60 + "\n\ndeep\n\n" + "</div>" * 60 + "\n"}
    odd = ["with space.md", "ünï cödé.md", "a&b.md", "100%.md", "c#d.md", "e?f.md", "日本.md", "g;h=i+j,k@l!m$.md", "'quote'.md", "UPPER.MD.md", "upper.md", "-.md", "..dots...md", "cover.md", "nav.md", "a b/c d/e&f.md", "CON.md"]
    files = {name: f"# {name}\n\nSee [other](<{odd[(at + 1) % len(odd)]}>) and ![x](<pics/{at} & ü#%.png>).\n" for at, name in enumerate(odd)}
    files.update({f"pics/{at} & ü#%.png": png(color=(at, 9, 9)) for at in range(len(odd))})
    files["book.yaml"] = "title: 'Odd <names> & \"marks\"'\nchapters:\n" + "".join(f"  - {quoted(name)}\n" for name in odd)
    yield "strange-names", files
    yield "parts", {"book.yaml": "title: Parts\ngenerate: [half-title, title-page, copyright, contents, notes, colophon]\nnumbering: {chapters: roman, sections: true}\nchapters:\n  - part: 'One & <b>'\n    chapters:\n      - a.md\n      - {part: Inner, chapters: [b.md, c.md]}\n  - part: Two\n    chapters: [d.md]\n  - e.md\n",
                    **{f"{name}.md": f"# {name}\n\n### Skips a level\n\n## Back\n\n# Second first level\n\nText[^1].\n\n[^1]: N.\n" for name in "abcde"}}
    roles = "chapter part cover half-title title-page copyright dedication epigraph contents foreword preface acknowledgments introduction prologue epilogue afterword conclusion appendix glossary bibliography index notes colophon errata about-the-author other".split()
    yield "every-role", {"book.yaml": yaml(title="Every role", generate="[half-title, title-page, copyright, contents, notes, colophon]"),
                         **{f"{at:02}.md": f"---\nrole: {role}\n---\n\n# {role}\n\nText[^1].\n\n> Quote\n\nTerm\n: Meaning\n\n[^1]: N.\n" for at, role in enumerate(roles)},
                         **{f"x{at:02}.md": f"---\nrole: {role}\n---\n\nNo title.\n" for at, role in enumerate(roles)}}


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def names():
    """Ids, headings, links and notes."""
    yield "clashing-ids", {"a.md": "# Same {#same}\n\n## Same {#same}\n\n[x]{#same} [y]{#same}\n\n::: {.note #same}\nBox\n:::\n\n| a |\n|---|\n| b |\n\n: Caption {#same}\n\n![f](p.png){#same}\n\nText[^same].\n\n[^same]: N.\n\n## noteref-1 {#noteref-1}\n\n## fn-1 {#fn-1}\n\n## toc {#toc}\n\n## landmarks {#landmarks}\n",
                           "b.md": "# Same {#same}\n\n[to](#same) [to a](a.md#same)\n\n## 1 starts with a digit\n\n## {#has space}\n\n## É {#é-ü}\n\n## x {#a:b.c_d}\n\n## y {#<&\">}\n\n## note-1\n\n## page-1\n\n[z]{#pub-id}\n", "p.png": png()}
    same = "".join("## Notes\n\n### Notes\n\nText.\n\n" for _ in range(30))
    yield "duplicate-headings", {"a.md": f"# Notes\n\n{same}", "b.md": f"# Notes\n\n{same}[here](#notes) [there](a.md#notes) [third](a.md#notes-3)\n"}
    heads = ["*stars* and **more**", "`code <b>`", "a [link](b.md) in it", "a note[^1] in it", "an inline^[note] in it", "![picture](p.png)", "![](p.png)", "", "H~2~O and x^2^", "[Small]{.smallcaps} caps", "Ends: with -- \"quotes\"...", "<b>raw</b> & <br> html",
             "&nbsp;", "[span]{#own-id lang=fr}", "a  \nbreak", "~~gone~~ <mark>m</mark> <kbd>k</kbd>", "Index [word]{index}", "$x^2$ math", "@ref [@cite]", "<https://example.org>", "[only pdf]{only=pdf}", "[only epub]{only=epub}", "[*a [b](b.md)*](b.md)", "x" * 3000]
    text = "".join(f"{'#' * (at % 6 + 1)} {head}\n\nText.\n\n" for at, head in enumerate(heads))
    files = {f"h{at:02}.md": f"# {head}\n\nText.\n\n[^1]: The note.\n" for at, head in enumerate(heads)}
    yield "headings", {"book.yaml": yaml(title="Headings", generate="[contents]", contents="{depth: 6}"), "a.md": f"{text}\n[^1]: The note.\n", "b.md": "# B\n\nText.\n", **files, "p.png": png()}
    urls = ["b.md", "b.md#sec", "b.md#none", "none.md", "#none", "#", "", "b.md?q=1#sec", "./b.md", "../b.md", "/b.md", "mailto:a@b.example", "mailto:a b@c", "tel:+1 2", "https://example.org/a b", "https://example.org/ä/日本?q=ü#f", "https://example.org/%", "https://example.org/%zz", "https://exa mple.org/",
            "http://[::1", "http://[::1]/", "https://", "https:example", "http:///x", "http://user:pw@host:99999/", "//example.org/x", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.org/x", "urn:isbn:123", "C:\\\\path\\\\x", "a\\\\b.md", "https://example.org/a|b{c}^d`e\\\\f", "https://example.org/<x>", "https://example.org/a\"b'c",
            "p.png", "book.yaml", "?q", "https://example.org/\u202e", "HTTPS://EXAMPLE.ORG", "irc://x y", "unknown:thing", "https://example.org:port/", "https://münchen.example/", "doi:10.1/2<3>", "about:blank", "blob:x", "x:", ":x", "1:2", "https://example.org/#a#b", "b.md#sec#x", "b%2Emd", "OEBPS/content.opf", "nav.xhtml", "../stylesheet.css", "cover.xhtml", "b.xhtml"]
    links = "".join(f"- [link {at}](<{url}>) ![image {at}](<{url}>)\n" for at, url in enumerate(urls))
    raw = "".join(f'<a href="{url.replace(chr(34), "&quot;")}">raw {at}</a> <img src="{url.replace(chr(34), "&quot;")}" alt="x">\n\n' for at, url in enumerate(urls))
    autos = "".join(f"<{url}> {url}\n\n" for url in urls if url)
    yield "links", {"a.md": f"# Links\n\n{links}", "b.md": f"# B {{#sec}}\n\n{raw}", "c.md": f"# Autolinks\n\n{autos}\n\n[a [b](b.md) c](b.md) [![img](p.png)](b.md) [note^[x]](b.md) ![alt [link](b.md) *x*](p.png) www.example.org/(a)b, a@b.example\n", "p.png": png()}
    kinds = "# Notes\n\nAll over[^a][^b][^c], again[^a], *in emphasis[^d]*, [in a link[^e]](#notes), `not[^f]`.\n\n> Quoted[^g]\n\n- Item[^h]\n  - Inner[^i]\n\n| Head[^j] |\n|---|\n| Cell[^k] |\n\n: Caption[^l] {#tbl}\n\n![Figure](p.png \"Title[^m]\")\n\n::: verse\nLine[^n]\n:::\n\n::: note Title[^o]\nBox[^p]\n:::\n\nTerm[^q]\n: Meaning[^r]\n\n::: {only=pdf}\nPaper[^s]\n:::\n\nMargin[^t]\n\n[^missing] [^a]\n\n"
    bodies = "[^a]: Calls [^b] and [^a].\n\n[^b]: Two\n\n    paragraphs.\n\n[^c]:\n    - a list\n\n[^d]: ```\n    code\n    ```\n\n[^e]: | a |\n    |---|\n    | b |\n\n[^f]: never\n\n[^g]: > quote\n\n[^h]: # Heading\n\n[^i]:\n\n[^j]: ![x](p.png)\n\n[^k]: k\n\n[^l]: l\n\n[^m]: m\n\n[^n]: n\n\n[^o]: o^[inner ^[more]]\n\n[^p]: $x$\n\n[^q]: ***\n\n[^r]: ::: note\n    Box\n    :::\n\n[^s]: s\n\n[^t]: t\n\n[^a]: defined twice\n\n[^odd name & <x>]: odd\n"
    for mode in ("foot", "chapter", "book", "margin"):
        yield f"notes-{mode}", {"book.yaml": yaml(title=f"Notes {mode}", notes=mode, generate="[contents, notes]"), "a.md": kinds + bodies, "b.md": kinds.replace("# Notes", "# More") + bodies, "p.png": png()}


def pictures():
    """Images of every kind."""
    svgs = {
        "plain": SVG,
        "ids": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" id="a" width="20" height="20"><defs><linearGradient id="a b"/><path id="p" d="M0 0h9"/></defs><use xlink:href="#p"/><use href="#none"/></svg>',
        "links": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20"><a href="https://example.org/"><text x="1" y="9">go</text></a><a xlink:href="b.md"><text>x</text></a></svg>',
        "outside": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20"><image href="https://example.org/a.png" width="9" height="9"/><image xlink:href="p.png" width="9" height="9"/><style>@import url(https://example.org/x.css); rect{fill:url(x.svg#a)}</style><rect width="3" height="3"/></svg>',
        "active": '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" onload="alert(1)"><script>alert(1)</script><rect width="9" height="9" onclick="x()"/><foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">html</p></foreignObject><animate attributeName="x"/></svg>',
        "doctype": '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY ns "http://www.w3.org/2000/svg">]>\n<svg xmlns="&ns;" width="20" height="20"><text y="9">&#169;</text></svg>',
        "inkscape": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" width="20mm" height="20mm" inkscape:version="1"><sodipodi:namedview id="v"/><metadata id="m"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata><g inkscape:label="x" id="g"><rect width="3" height="3" style="-inkscape-stroke:none"/></g></svg>',
        "prefixed": '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="20" height="20"><s:rect width="9" height="9"/></s:svg>',
        "no-namespace": '<svg width="20" height="20"><rect width="9" height="9"/></svg>',
        "no-size": '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
        "invalid": '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="-9" height="x" fill="nocolor" id="1 2"/><blink/><rect id="q"/><rect id="q"/><path d="garbage"/></svg>',
        "broken": '<svg xmlns="http://www.w3.org/2000/svg"><rect>',
        "data": '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><image width="9" height="9" href="data:image/png;base64,' + base64.b64encode(png()).decode() + '"/></svg>',
        "fonts": '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><style>@font-face{font-family:X;src:url(x.ttf)} text{font-family:X;}</style><text x="1" y="9" font-family="No Such Font">text é 中</text></svg>',
    }
    files = {f"{name}.svg": text for name, text in svgs.items()}
    files["latin1.svg"] = '<?xml version="1.0" encoding="ISO-8859-1"?><svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="9">é</text></svg>'.encode("latin-1")
    files["utf16.svg"] = ('<?xml version="1.0" encoding="UTF-16"?>' + SVG).encode("utf-16")
    files["bom.svg"] = "\ufeff" + SVG
    files["packed.svgz"] = zlib.compress(SVG.encode())
    text = "# SVG\n\n" + "".join(f"![{name}]({name})\n\nInline ![{name}]({name}) here.\n\n" for name in files)
    yield "svg", {"a.md": text, **files, "p.png": png(), "b.md": "# B\n"}
    raster = {"a.gif": GIF, "b.webp": WEBP, "c.png": png(alpha=True), "d.PNG": png(3, 3), "e.jpg": png(4, 4), "f.gif": png(5, 5), "empty.png": b"", "text.png": b"not an image", "cut.png": png()[:40], "g": png(6, 6), "same-1.png": png(), "same-2.png": png(), "dir/same-1.png": png(7, 7), "tall.png": png(1, 4000), "wide.png": png(4000, 1), "h.bmp": b"BM" + bytes(60), "i.tiff": b"II*\0" + bytes(20)}
    pictures_text = "# Raster\n\n" + "".join(f"![{name}]({name})\n\nInline ![]({name}) here. ![{name}]({name}){{width=50% .x #i-{at}}}\n\n" for at, name in enumerate(raster))
    yield "raster", {"a.md": pictures_text, **raster}
    for kind, data in {"png": png(60, 90), "svg": SVG, "webp": WEBP, "gif": GIF}.items():
        yield f"cover-{kind}", {"book.yaml": yaml(title=f"Cover {kind}", cover=f"c.{kind}", generate="[title-page]"), f"c.{kind}": data, "a.md": f"# A\n\nThe cover again: ![c](c.{kind})\n"}
    yield "cover-missing", {"book.yaml": yaml(title="No cover", cover="none.png"), "a.md": "# A\n\nText.\n"}


def texts():
    """Characters, words, tables, markup."""
    control = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, *range(128, 160), 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0xFDD0, 0xFEFF, 0x2028, 0x2029, 0xAD, 0x200B, 0xE000, 0xF8FF, 0xE0001]))
    yield "control-characters", {"book.yaml": yaml(title='"A\\u0001B\\uFFFEC"', authors='["X\\u0002Y"]', description='"\\u0003"', generate="[title-page, copyright, contents]"),
                                 "a.md": f"# Head {control} end {{#a{control}b}}\n\nText {control} end. `code {control}` [link](<http://x.example/{control}>) ![{control}](p.png \"{control}\")\n\n```a{control}\ncode {control}\n```\n\n[x]{{.{control} lang={control} k=\"{control}\"}} &#0; &#1; &#xFFFE; &#xD800; &#x110000; &#128;\n", "p.png": png(),
                                 "b.md": "A\rB\r\nC\0D\n\n# \0\n\n\ufeffE\n"}
    yield "not-utf-8", {"a.md": b"# One\n\nText.\n", "b.md": b"# \xff\xfe\n\n\xed\xa0\x80 \xc3\x28 lone surrogate\n"}
    yield "long-words", {"a.md": f"# {LONG}\n\n{LONG} `{LONG}` [{LONG}](http://x.example/{LONG})\n\n| {LONG} | b |\n|---|---|\n| a | {LONG} |\n\n```\n{LONG}\n```\n\n> {LONG}\n\n{'a' * 200_000}\n"}
    wide = "|" + "|".join(f" h{c} " for c in range(60)) + "|\n|" + "---|" * 60 + "\n" + ("|" + "|".join(f" c{c} " for c in range(60)) + "|\n") * 20
    tall = "| a | b | c |\n|:--|:-:|--:|\n" + "".join(f"| {r} | *x* `y` | [z](#t)[^1] |\n" for r in range(3000)) + "\n: Tall {#t widths=\"10% 20% *\"}\n"
    spans = "<table><caption>Cap <b>x</b></caption><colgroup><col style=\"width:9%\"><col></colgroup><thead><tr><th rowspan=2>A</th><th colspan=\"2\" scope=colgroup>B</th></tr><tr><th>C<th>D</tr></thead><tbody><tr><td rowspan=\"3\">1<td colspan=99>2<tr><td>3</td></tr><tr></tr></tbody><tfoot><tr><td>f</table>\n\n<table></table>\n\n<table><tr></tr></table>\n\n<table><tr><td><table><tr><td>inner</td></tr></table></td></tr></table>\n\n<table border=1 width=100%><tr><td rowspan=0>z</td><td colspan=0>q</td><td colspan=-1>r</td><td rowspan=70000>s</td></tr></table>\n"
    yield "tables", {"a.md": f"# Tables\n\n{wide}\n\n{tall}\n\n[^1]: N.\n", "b.md": f"# Raw tables\n\n{spans}\n\n| a |\n|---|\n\n: Caption alone {{#t2}}\n\n| | |\n|-|-|\n| | |\n"}
    tags = "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp custom-element".split()
    attributes = 'id="i" class="c d" style="color:red" title="t" lang="fr" dir="rtl" href="b.md" src="p.png" alt="x" onclick="y()" epub:type="z" role="button" aria-label="l" data-x="1" width="9" height="9" align="center" name="n" hidden'
    inline = "".join(f"Text <{tag} {attributes}>inside *{tag}*</{tag}> after <{tag}> open <{tag}/> </{tag}>\n\n" for tag in tags)
    block = "".join(f"<{tag} {attributes}>\n\ninside **{tag}**\n\n</{tag}>\n\nbetween\n\n<{tag}>\ntight {tag}\n</{tag}>\n\n" for tag in tags)
    nests = [(outer, inner) for outer in "p div span a b ul ol li dl dt table tr td h1 h2 figure blockquote pre code details ruby sup em section aside".split() for inner in "p div span a ul li dt dd tr td h1 h2 figure figcaption blockquote pre img br hr table sup summary aside section rt".split()]
    nested = "".join(f"<{outer}><{inner}>x {outer} {inner}</{inner}>y</{outer}>\n\n" for outer, inner in nests)
    yield "raw-html", {"a.md": f"# Inline\n\n{inline}", "b.md": f"# Block\n\n{block}", "c.md": f"# Nested\n\n{nested}", "d.md": f"# In Markdown\n\n- <div>item</div>\n- <p>para\n\n> <ul><li>quoted\n\n*emph <div>block</div> emph*\n\n# Head <div>x</div>\n\n| <div>cell</div> | <ul><li>x</ul> |\n|---|---|\n\n[link <div>x</div> <a href='b.md'>y</a>](b.md)\n\n<!-- comment -- with --- dashes -->\n<?php x ?>\n<!DOCTYPE html>\n<![CDATA[ x ]]>\n\n<b><i>crossed</b></i> </never-opened> <a href=unquoted>x</a> <img src=p.png> <a\nhref='x'>y</a> <b <i>> &nbsp; &notanentity; &amp;amp;\n", "p.png": png()}
    keys = '{#id1 .class1 .class-2 .UPPER .1digit .ünï .a:b width=50% height=3cm style="color:red" onclick="x()" id=other class=more lang=de dir=rtl title="t \\" <" alt="a" role=main epub:type=x data-a=1 aria-label=b hidden decorative colspan=2 href=x src=y start=-5 from=99999999999 lines mark="9-1,a" index="a!b" only=html page=#x widths="1 2"}'
    places = [f"# Head {keys}", f"Para\n{keys}", f"[span]{keys}", f"[link](b.md){keys}", f"![img](p.png){keys}", f"![img](p.png){keys} in line", f"`code`{keys}", f"```rust {keys}\ncode\n```", f"::: {keys}\nbox\n:::", f"| a |\n|---|\n| b |\n\n: Cap {keys}", f"- item\n{keys}", f"> quote\n{keys}", f"***\n{keys}", f"$x$ {keys}", f"$$\nx\n$$ {keys}"]
    boxes = "epigraph dedication verse aside note tip warning letter sidebar center right pagebreak columns exercise answer half-title title-page copyright important caution row result unknown".split()
    inner = "Text *with* [link](b.md)^[note].\n\n— Someone\n\n## Heading\n\n- list\n\n![x](p.png)\n\n| a |\n|---|\n| b |\n\n> quote\n\n```\ncode\n```\n\n***\n\nTerm\n: Def\n"
    contained = "".join(f"::::: {{.{box} #box-{box} lang=fr}}\n{inner}\n:::::\n\n::: {box} A *title* [x](b.md)^[n]\n:::\n\n" for box in boxes)
    within = "".join(f":::: {outer}\n::: {one}\nin {outer}\n:::\n::::\n\n" for outer in boxes for one in boxes)
    yield "attributes", {"a.md": "# Attributes\n\n" + "\n\n".join(places) + "\n", "b.md": f"# Boxes\n\n{contained}", "c.md": f"# Boxes in boxes\n\n{within}", "p.png": png()}
    every = "# Every construct in every other\n\n"
    holders = {"quote": "> {}", "item": "- {}", "number": "7. {}", "task": "- [x] {}", "definition": "T\n: {}", "note": "x[^{n}]\n\n[^{n}]: {}", "box": "::: tip\n{}\n:::", "verse": "::: verse\n{}\n:::", "div": "<div>\n\n{}\n\n</div>", "cell": "| {} |\n|---|\n| {} |"}
    held = ["p", "# h", "- l", "1. n", "> q", "```\nc\n```", "    code", "***", "| a |\n|---|\n| b |", "![f](p.png)", "![f](p.png \"cap\")", "$$x$$", "<p>raw</p>", "<table><tr><td>r</table>", "T\n: D", "[^z]", "^[in]", "- [ ] t", "`c`", "\\\nbr\\\nbr", "[](b.md)", "![](none.png)", "[]{#e}", "", "{{include c.md}}", "> [!NOTE]\n> alert", "@fig [@c]"]
    count = 0
    for holder in holders.values():
        for part in held:
            count += 1
            lines = part.split("\n")
            pad = "    " if "[^{n}]" in holder else "  "
            joined = ("\n> " if holder.startswith(">") else "\n" if ":::" in holder or "<div" in holder else "\n" + pad).join(lines)
            every += holder.replace("{n}", str(count)).replace("{}", joined if "|" not in holder else part.replace("\n", " ")) + "\n\n"
    yield "everything-in-everything", {"a.md": every + "[^z]: zed\n", "b.md": "# B\n", "c.md": "included *text*\n\n## heading\n", "p.png": png()}


def metadata():
    """What a `book.yaml` may say of the book."""
    yield "odd-metadata", {"book.yaml": """title: '<b>"Title" & more</b> — ]]> é 中'
subtitle: '   '
authors: ['A & B <c@d.example>', '', {name: 'X', role: aut}, {name: 'Y', role: translator, sort: 'Y, <z>'}, {name: 'Z', role: 'not a role'}]
language: en
date: 2026
publisher: ' & '
rights: '© <2026>'
description: "<p>Several\\n\\nparagraphs & <i>marks</i></p>"
subjects: ['', 'A & B', 'A & B', FIC000000]
series: {name: 'S & T', position: 1.5}
identifiers: {isbn-epub: '978-0-306-40615-7', isbn-print: '978-1-86197-271-2', doi: '10.1000/<182>', uuid: 'not-a-uuid'}
generate: [half-title, title-page, copyright, contents, notes, bibliography, index, colophon]
contents: {depth: 0}
variables: {v: '<b>&'}
""", "a.md": "# {{v}} & {{title}}\n\n{{v}} {{none}}\n"}
    yield "untitled", {"book.yaml": "title: ''\n", "a.md": "Text.\n"}
    yield "blank-title", {"book.yaml": "title: '   '\nlanguage: ''\n", "a.md": "# \n\nText.\n"}
    yield "many-identifiers", {"book.yaml": "title: Ids\ndate: 2026-02-30\nidentifiers: {isbn-epub: '1234567890', doi: 'https://doi.org/10.1/a b', uuid: 'urn:uuid:5F1C2D0E-7B1A-4C9E-9D3A-2A6F0B7C4E11'}\n", "a.md": "# A\n\nText.\n"}
    long = "A very long title indeed " * 60
    yield "long-title", {"book.yaml": f"title: {long}\nauthors: [{', '.join(f'Author {n}' for n in range(80))}]\nsubjects: [{', '.join(f's{n}' for n in range(300))}]\ngenerate: [half-title, title-page, copyright, contents]\n", "a.md": f"# {long}\n\nText.\n"}


PIECES = ["word ", "\n", "\n\n", " ", "\t", "    ", "# ", "## ", "###### ", "- ", "1. ", "> ", "***\n", "---\n", "===\n", "```\n", "~~~ rust {lines from=3 mark=\"1-2\"}\n", "`", "``", "*", "**", "_", "~", "~~", "^", "[", "]", "(", ")", "![", "](p.png)", "](p.png \"t\")", "](000.md#a)", "](https://example.org/?a=b&c)",
          "<", ">", "<b>", "</b>", "<div>", "</div>", "<br>", "<p>", "</p>", "<!--", "-->", "<script>", "</script>", "<table><tr><td>", "</table>", "<ul><li>", "</ul>", "<figure>", "</figure>", "<a href='001.md'>", "</a>", "<ruby>x<rt>", "</ruby>", "<details><summary>", "</details>", "<h2>", "</h2>", "<sup>", "</sup>", "<blockquote>", "</blockquote>", "<dl><dt>", "<dd>", "</dl>",
          "&amp;", "&#0;", "&", "{", "}", "{#a .b c=d}", "{.smallcaps}", "{lang=ar}", "{only=pdf}", "{only=epub}", "{index=\"a!b\"}", ":::", "::: verse\n", "::: note Title\n", "::: {.x #a}\n", "::: epigraph\n", "::: columns\n", "::: exercise\n", "::: answer\n", ":::\n", "[^a]", "[^a]: ", "[^b]", "[^b]: ", "^[", "|", "|-|-|\n", "| a | b |\n", ": ", "Term\n: ", "@a", "[@b, p. 3]", "$", "$$", "{{title}}", "{{", "}}", "\\", "\\\n",
          "\"", "'", "--", "---", "...", "é", "ß", "中文", "العربية", "שלום", "हिन्दी", "👩\u200d👧", "\u0301", "\u00ad", "\u00a0", "\u200b", "\u202e", "\ufeff", "\0", "\r", "\u2028", "https://example.org/a?b=c", "[a]: 002.md \"c\"\n", "[x] ", "- [ ] ", "> [!NOTE]\n", "\n\n\n# Heading\n\n", "\n\n## Section\n\n", "\n\nParagraph with words.\n\n"]


def chance(seed=20261123, chapters=400):
    """Pieces of Markdown, whole and broken, put together by chance: the same on every run."""
    draw = random.Random(seed)
    files = {f"{at:03}.md": "".join(draw.choices(PIECES, k=draw.randint(3, 90))) for at in range(chapters)}
    yield f"chance-{seed}", {"book.yaml": yaml(title="By chance", generate="[title-page, contents]", contents="{depth: 6}"), **files, "p.png": png()}


def books(seed=20261123):
    """All of them: name and files."""
    for group in (tongues, shapes, names, pictures, texts, metadata):
        yield from group()
    yield from chance(seed)
