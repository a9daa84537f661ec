#!/usr/bin/env python3
"""Compares the page list of an EPUB with the PDF whose pages it tells.

pagelist.py BOOK.epub BOOK.pdf [--places N --seed S] [--verbose]

For each page of the PDF (or for N of them, chosen by a seed): the words behind the page's anchor in the EPUB are the first
words of that page, as poppler reads it. For all: the labels of the navigation document, of the NCX and of the anchors are
the PDF's own page labels, in their order, and every anchor is where its link leads. Exit 1 on any difference.
"""
import argparse
import bisect
import posixpath
import random
import re
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

import pikepdf

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
# What stands out of the text's order in print, or is repeated where a page begins.
APART = {"figure", "table"}
# So many letters tell two places apart; words of a page are not compared further than its first lines.
ENOUGH = 60
# Of the letters above a page's text one in so many may be of none of the EPUB's floats: words with notes' marks, "continued".
FOREIGN = 4
# What a page may have before its text, at most: a float or two.
ABOVE = 6000


def letters(text):
    """What is the same however words are broken and marked."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalpha()).casefold()


@dataclass
class Anchor:
    """Where an anchor stands: in all words, in the running text; its label, what it is in, whether that stands apart."""

    at: int
    run: int
    label: str
    parent: str
    inside: bool


class Epub:
    """The words of all documents in one row, with the anchors among them."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        container = self.tree("META-INF/container.xml")
        self.package = next(e.get("full-path") for e in container.iter() if e.tag.endswith("rootfile"))
        self.base = posixpath.dirname(self.package)
        package = self.tree(self.package)
        self.sources = [m.text for m in package.iter(OPF + "meta") if m.get("property") == "pageBreakSource"]
        self.features = [m.text for m in package.iter(OPF + "meta") if m.get("property") == "schema:accessibilityFeature"]
        items = {item.get("id"): item for item in package.iter(OPF + "item")}
        spine = [items[ref.get("idref")].get("href") for ref in package.iter(OPF + "itemref")]
        self.title = next(e.text for e in package.iter() if e.tag.endswith("}title"))
        self.words, self.length, self.anchors, self.apart, self.faults = [], 0, {}, set(), []
        # The same without what stands apart; where each cell of a table ends.
        self.running, self.runs, self.inside, self.cells = [], 0, 0, []
        for href in spine:
            self.document(href)
        self.text, self.plain = "".join(self.words), "".join(self.running)
        self.apart_text = " ".join(self.apart)
        nav = next(item.get("href") for item in items.values() if "nav" in (item.get("properties") or "").split())
        navs = list(self.tree(self.of(nav)).iter(XHTML + "nav"))
        lists = [n for n in navs if n.get(TYPE) == "page-list"]
        toc = [a for n in navs if n.get(TYPE) == "toc" for a in n.iter(XHTML + "a")]
        self.heads = {letters("".join(a.itertext())) for a in toc} | {letters(self.title)}
        if len(lists) > 1:
            self.faults.append("several page lists")
        self.pages = [(a.get("href"), "".join(a.itertext())) for n in lists for a in n.iter(XHTML + "a")]
        ncx = next((item.get("href") for item in items.values() if item.get("media-type") == "application/x-dtbncx+xml"), None)
        ncx = self.tree(self.of(ncx)) if ncx else ElementTree.Element("none")
        self.targets = [
            (t.find(NCX + "content").get("src"), "".join(t.find(NCX + "navLabel").itertext()).strip())
            for t in ncx.iter(NCX + "pageTarget")
        ]
        self.counts = {m.get("name"): m.get("content") for m in ncx.iter(NCX + "meta")}

    def of(self, href):
        return posixpath.join(self.base, href)

    def tree(self, name):
        return ElementTree.fromstring(self.zip.read(name))

    def say(self, text):
        text = letters(text or "")
        self.words.append(text)
        self.length += len(text)
        if not self.inside:
            self.running.append(text)
            self.runs += len(text)

    def document(self, href):
        root = self.tree(self.of(href))
        ids = set()
        for element in root.iter():
            if element.get("id") is not None and element.get("id") in ids:
                self.faults.append(f"{href}: the id {element.get('id')} twice")
            ids.add(element.get("id"))
        self.element(root.find(XHTML + "body"), href, "")

    def element(self, element, href, parent):
        name = element.tag.removeprefix(XHTML)
        kind = element.get(TYPE) or ""
        if "pagebreak" in kind.split():
            if "".join(element.itertext()):
                self.faults.append(f"{href}: an anchor with words")
            here = Anchor(self.length, self.runs, element.get("aria-label"), parent, self.inside > 0)
            self.anchors[f"{href}#{element.get('id')}"] = here
            return
        # Notes stand elsewhere in print; so do their marks, which are no letters mostly.
        note = name == "aside" and ("footnote" in kind or element.get("role") == "note")
        self.inside += name in APART
        if not note and "noteref" not in kind and "backlink" not in kind:
            self.say(element.text)
            for child in element:
                self.element(child, href, name)
                self.say(child.tail)
        self.inside -= name in APART
        if name in ("td", "th", "caption"):
            self.cells.append(self.length)
        if name in APART or note or any("title" in c for c in (element.get("class") or "").split()):
            self.apart.add(letters("".join(element.itertext())))


class Pdf:
    def __init__(self, path):
        with pikepdf.open(path) as pdf:
            self.labels = [page.label for page in pdf.pages]
            self.labelled = "/PageLabels" in pdf.Root
        text = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True).stdout.decode()
        # In contents, the numbers at the ends of lines are the print's alone.
        text = re.sub(r"(?: ?\.){3,} *\S+$", "", text, flags=re.MULTILINE)
        self.raw = text.split("\f")[: len(self.labels)]
        self.pages = [letters(page) for page in self.raw]


def above(raw, length):
    """The words of a page's first letters; none where these end within a word."""
    found, done = set(), 0
    for word in re.split(r"[^\w]+", raw):
        if done >= length:
            break
        found.add(letters(word))
        done += len(letters(word))
    return found - {""} if done == length else set()


def without_initial(said, raw):
    """The first letter of a chapter is drawn beside its lines, and read behind them on a line of its own."""
    alone = {letters(line) for line in raw.splitlines() if len(line) <= 3} - {""}
    cuts = [(at, count) for at in range(len(said) - 12) for count in (1, 2) if said[at : at + count] in alone]
    return [(said[:at] + said[at + count :], "an initial") for at, count in cuts]


def compare(epub, raw, here, page, said):
    said = said[: len(page)]
    if not said:
        return None
    if page.startswith(said):
        return "the same"
    before = epub.plain[max(0, here.run - 25) : here.run]
    for words_there, kind in [(said, "below a float")] + without_initial(said, raw):
        found = page.find(words_there, 0, ABOVE)
        if found == 0:
            return kind
        if found > 0 and before not in page[:found] and not epub.plain[: here.run].endswith(page[:found]):
            # Floats, heads of tables that go on, titles of boxes that go on: what else is above it is of these.
            those = above(raw, found)
            others = {word for word in those if word not in epub.apart_text}
            if those and len("".join(others)) <= found // FOREIGN:
                return kind
    return None


def judge(epub, pdf, number, anchors):
    """How a page's first words are those behind its anchor; a word in capitals is a difference."""
    page, here = pdf.pages[number], anchors[number]
    at = here.at
    with_next = number + 1 == len(anchors) or anchors[number + 1].at == at
    if not page:
        if here.parent == "figure":
            return "a picture"
        return "blank" if with_next else "BLANK, NOT WITH THE NEXT"
    # What stands on the page ends where the next page begins.
    later = next((other for other in anchors[number + 1 :] if other.at > at), None)
    # The lines of cells side by side are read in turns.
    cell = next(iter(epub.cells[bisect.bisect_right(epub.cells, at) :]), len(epub.text))
    sayings = [epub.text[at : min(cell, at + ENOUGH // 5)]]
    if not here.inside:
        end = later.run if later and not later.inside else len(epub.plain)
        sayings.insert(0, epub.plain[here.run : min(end, here.run + ENOUGH)])
    # The running head is read last.
    heads = [head for head in epub.heads if head and page.endswith(head)]
    for page in [page[: len(page) - len(head)] for head in ["", max(heads, key=len, default="")]]:
        for said in sayings:
            verdict = compare(epub, pdf.raw[number], here, page, said)
            if verdict:
                return verdict
    if with_next:
        # What begins the page is not in the EPUB: a half title, notes of the whole book.
        return "elsewhere" if page[:ENOUGH] not in epub.text[:at] else "OUT OF PLACE"
    return "DIFFERENT"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("epub")
    parser.add_argument("pdf")
    parser.add_argument("--places", type=int, help="compare so many pages; all without")
    parser.add_argument("--seed", type=int, default=1851)
    parser.add_argument("--verbose", action="store_true", help="say what was compared on each page")
    asked = parser.parse_args()
    epub, pdf = Epub(asked.epub), Pdf(asked.pdf)
    faults = list(epub.faults)
    if not pdf.labelled and len(pdf.labels) == len(epub.pages):
        # A file for a press says nothing of its pages.
        pdf.labels = [label for _, label in epub.pages]
    for name, links in [("the navigation document", epub.pages), ("the NCX", epub.targets)]:
        if [label for _, label in links] != pdf.labels:
            faults.append(f"{name} has other labels than the PDF: {[l for _, l in links][:12]} … for {pdf.labels[:12]} …")
        for href, label in links:
            if href not in epub.anchors or epub.anchors[href].label != label:
                faults.append(f"{name}: page {label} leads to {href}, which is {epub.anchors.get(href)}")
    if len(epub.anchors) != len(epub.pages):
        faults.append(f"{len(epub.anchors)} anchors for {len(epub.pages)} pages")
    highest = max((int(label) for label in pdf.labels if label.isdigit()), default=0)
    wanted = {"dtb:totalPageCount": str(len(pdf.labels)), "dtb:maxPageNumber": str(highest)}
    if any(epub.counts.get(key) != value for key, value in wanted.items()):
        faults.append(f"the NCX counts {epub.counts}, not {wanted}")
    if len(epub.sources) != 1:
        faults.append(f"pageBreakSource: {epub.sources}")
    faults += [f"{f} is not said" for f in ("pageBreakMarkers", "pageNavigation") if f not in epub.features]
    if faults:
        print("\n".join(faults))
        sys.exit(1)
    anchors = [epub.anchors[href] for href, _ in epub.pages]
    if any(one.at > next_.at for one, next_ in zip(anchors, anchors[1:])):
        print("the pages are not in order")
        sys.exit(1)
    numbers = list(range(len(anchors)))
    if asked.places:
        numbers = sorted(random.Random(asked.seed).sample(numbers, min(asked.places, len(numbers))))
    counts = {}
    for number in numbers:
        verdict = judge(epub, pdf, number, anchors)
        counts[verdict] = counts.get(verdict, 0) + 1
        if asked.verbose or verdict.isupper() or verdict.split(",")[0].isupper():
            at = anchors[number].at
            print(f"page {pdf.labels[number]} ({number + 1}): {verdict}")
            print(f"  EPUB …{epub.text[max(0, at - 20):at]}|{epub.text[at:at + 50]}\n  PDF  {pdf.pages[number][:70]}")
    wrong = sum(count for verdict, count in counts.items() if verdict.split(",")[0].isupper())
    told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items(), key=lambda found: -found[1]))
    print(f"{asked.epub}: {len(numbers)} of {len(anchors)} pages: {told}; source: {epub.sources[0]}")
    sys.exit(1 if wrong else 0)


main()
