#!/usr/bin/env python3
"""Whether what recto says of its lines and pages is what another program measures in the PDF.

usage: agree.py RECTO --judge linequality.py --book FOLDER [--keep FOLDER]     needs pymupdf, as the judge does

The judge reads nothing but the PDF: where glyphs stand. recto says what it knows of its setting (`dump lines`) and what it finds wrong with
it (`check`). A book that is well set has few faults to agree on, so it is set in other ways too. Each line of the one is looked up in
the other by its page and height, each page by its place, each finding by its page and words.

Prints a table for each setting: what both find, what only one does, and for how many of those it is known why. Exit: 0 nothing is left
unexplained, 1 something is, and is printed.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import pymupdf

INDENT = 13.2
BODY = f"body: {{family: EB Garamond 12, size: 11pt, leading: 14pt, indent: {INDENT}pt}}"
# The judge takes what stands above the text for its first line, and then sees no page end within a paragraph.
BARE = "folio: none, head-verso: none, head-recto: none"
# Sizes in points. So narrow a page has bad lines; `ends` lets it have bad page ends. `files`: how many of the book's, from the first.
SETTINGS = {
    "as the book asks for": dict(width=432, height=648, side=54, head=54, foot=61.2, theme="", files=None),
    "narrow, and no page end better than another": dict(
        width=250, height=420, side=40, head=45, foot=50, files=60,
        theme="roles: {body: {hyphen-limits: {ladder: 6}}}\n"
        f"page: {{{BARE}, ends: {{like: strict, widow: 0, orphan: 0, short: 0, uneven: 0}}}}\n",
    ),
    "whole words of one width, relaxed page ends": dict(
        width=340, height=480, side=40, head=45, foot=50, files=60,
        theme="roles: {body: {hyphenate: false, expansion: 0%, tracking-limit: 0%}}\n"
        f"page: {{{BARE}, ends: relaxed}}\n",
    ),
    # Most lines gape here, or are but a word: of them only is asked which stick out.
    "whole words in a column too narrow for some": dict(
        width=130, height=420, side=40, head=45, foot=50, files=8, only={"overfull lines"},
        theme=f"roles: {{body: {{hyphenate: false}}}}\npage: {{{BARE}, ends: relaxed}}\n",
    ),
}
# By so much the judge's spaces, which it measures from glyph to glyph, differ from those that recto reckons with, in parts of either.
NEAR = 0.06


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


class Line:
    """A line of text as either has it: its page, how far down it is, its spaces."""

    def __init__(self, **facts):
        self.__dict__.update(facts)

    def __repr__(self):
        return f"page {self.page}, {self.y:.0f} pt down, spaces {self.space}: {getattr(self, 'text', '')[:60]}"


class Setting:
    """A book in one setting, as recto and as the judge see it."""

    def __init__(self, options, name, form, folder):
        folder.mkdir(parents=True, exist_ok=True)
        theme = folder / "theme.yaml"
        theme.write_text("extends: novel\n" + form["theme"])
        trim = f"{{width: {form['width']}pt, height: {form['height']}pt}}"
        margins = {"inner": form["side"], "outer": form["side"], "head": form["head"], "foot": form["foot"]}
        margins = ", ".join(f"{side}: {width}pt" for side, width in margins.items())
        book = [options.book, "--edition", "print", "--theme", theme, "--set", f"style={{{BODY}}}",
                "--set", f"editions={{print: {{format: pdf, trim: {trim}, margins: {{{margins}}}}}}}"]
        if form["files"]:
            files = sorted(path.name for path in options.book.glob("*.md"))[: form["files"]]
            book += ["--set", "front=[]", "--set", f"chapters=[{', '.join(files)}]"]
        report, dump = folder / "findings.json", folder / "judge.tsv"
        run(options.recto, "build", *book, "--force", "-q", "-o", folder)
        pdf = next(folder.glob("*.pdf"))
        run(options.recto, "check", *book, "-q", "--report", f"json={report}")
        self.findings = json.loads(report.read_text())["findings"]
        self.read_ours(run(options.recto, "dump", "lines", *book))
        sides = f"{form['side']},{form['head']},{form['side']},{form['foot']}"
        judged = run(sys.executable, options.judge, "--margins", sides, "--indent", INDENT, "--json", "--dump", dump, pdf)
        self.sums = json.loads(judged)[0]
        self.read_theirs(dump.read_text())
        self.left, self.right = form["side"], form["width"] - form["side"]
        self.only = form.get("only")
        with pymupdf.open(pdf) as file:
            self.labels = defaultdict(list)
            for number, page in enumerate(file, 1):
                self.labels[page.get_label()].append(number)
            self.faces = faces(file)
        self.pair()

    def read_ours(self, text):
        self.ours, self.pages, paragraph = [], {}, 0
        for row in text.splitlines()[1:]:
            page, top, space, over, is_ = row.split("\t")
            if top == "-":
                self.pages[int(page)] = Counter({k: int(v) for k, v in (word.split("=") for word in is_.split())})
                continue
            paragraph += "begins" in is_
            self.ours.append(Line(page=int(page), y=float(top), over=float(over), is_=set(is_.split()),
                                  space=None if space == "-" else float(space), paragraph=(int(page), paragraph)))

    def read_theirs(self, text):
        self.theirs = []
        for row in text.splitlines():
            page, y, x0, x1, size, flags, ratio, words = row.split("\t")
            body, just, start = (flag != "-" for flag in flags)
            self.theirs.append(Line(page=int(page), y=float(y), x0=float(x0), x1=float(x1), size=float(size), text=words,
                                    body=body, just=just, start=start, space=float(ratio) or None))

    def pair(self):
        """Finds the lines of running text that are the same."""
        body = defaultdict(list)
        for line in self.ours:
            if "body" in line.is_:
                body[line.page].append(line)
        tops = {(line.page, round(line.y, 1)) for lines in body.values() for line in lines}
        # From the top of the type area to the judge's baselines: the same on all pages.
        shifts = Counter(shift / 10 for line in self.theirs[:5000] if line.body for shift in range(300, 900)
                         if (line.page, round(line.y - shift / 10, 1)) in tops)
        shift = shifts.most_common(1)[0][0]
        self.pairs, self.only_theirs = [], []
        for line in self.theirs:
            same = [other for other in body[line.page] if abs(other.y + shift - line.y) < 1.0] if line.body else []
            if same:
                body[line.page].remove(same[0])
                same[0].text = line.text
                self.pairs.append((same[0], line))
            elif line.body:
                self.only_theirs.append(line)
        self.only_ours = [line for lines in body.values() for line in lines]
        at = {(line.page, round(line.y)): line for line in self.theirs}
        for line in self.only_ours:
            line.theirs = next((at[key] for key in ((line.page, round(line.y + shift) + d) for d in (0, -1, 1)) if key in at), None)
            line.text = line.theirs.text if line.theirs else ""


def faces(file):
    """How many letters of which face are in each line of a file, by its page and height."""
    found = defaultdict(Counter)
    for number, page in enumerate(file, 1):
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", []):
                for span in line["spans"]:
                    if span["text"].strip():
                        found[number, round(span["origin"][1])][span["font"]] += len(span["text"])
    return found


def page_faults(setting):
    """The judge's widows, orphans and short pages, page by page, by its own rules; it tells their numbers only."""
    size, lead, pages = setting.sums["body_size"], setting.sums["lead"], defaultdict(list)
    indented = lambda line: abs(line.x0 - setting.left - INDENT) < 3.2
    for line in setting.theirs:
        pages[line.page].append(line)
    feet = Counter(round(lines[-1].y * 2) / 2 for lines in pages.values())
    bottom = max(y for y, count in feet.items() if count >= max(2, 0.05 * setting.sums["pages"]))
    found = {"widow": set(), "orphan": set(), "short": set()}
    for number, here in pages.items():
        after = pages.get(number + 1)
        if not after:
            continue
        if after[0].size <= size + 4 and bottom - max(line.y for line in here) > 1.5 * lead:
            found["short"].add(number)
        body = [line for line in here if line.body]
        if not body or not after[0].body or after[0].start and indented(after[0]):
            continue
        if [line for line in here if line.size >= size - 0.5][-1] is not body[-1]:
            continue
        if body[-1].start:
            found["orphan"].add(number)
        second = after[1] if len(after) > 1 else None
        if after[0].x1 < setting.right - 2 or second and (second.start or not second.body and second.size >= size - 0.5):
            found["widow"].add(number + 1)
    for fault, many in [("widow", "widows"), ("orphan", "orphans"), ("short", "short_pages")]:
        assert len(found[fault]) == setting.sums[many], f"{fault}: the judge counts {setting.sums[many]}, not {len(found[fault])}"
    return found


def runs(lines, is_hyphen, is_line, least):
    """Where lines in a row that end in a hyphen begin, if they are so many."""
    found, run = [], []
    for line in [*lines, None]:
        if line is not None and is_line(line) and is_hyphen(line):
            run.append(line)
            continue
        if len(run) >= least:
            found.append(run[0])
        run = []
    return found


def alike(pair):
    a, b = (line.space for line in pair)
    return abs(a - b) <= NEAR * max(1.0, a, b)


def letters(text):
    return re.sub(r"[\W_]", "", text)


class Table:
    """What both find and what only one does, with why."""

    def __init__(self, setting):
        self.setting, self.rows, self.open = setting, [], []

    def add(self, what, both, only_ours, only_theirs, why=lambda one: None):
        if self.setting.only and what not in self.setting.only:
            return
        reasons = Counter()
        for who, alone in (("recto", only_ours), ("the judge", only_theirs)):
            for one in alone:
                reason = why(one)
                reasons[reason or "?"] += 1
                if not reason:
                    self.open.append(f"{what}: only {who}: {one}")
        told = ", ".join(f"{many} {reason}" for reason, many in sorted(reasons.items()))
        self.rows.append((what, both, len(only_ours), len(only_theirs), told))

    def show(self):
        print(f"{'':28} {'both':>6} {'recto':>6} {'judge':>6}  why only one")
        for what, both, ours, theirs, told in self.rows:
            print(f"{what:28} {both:6} {ours:6} {theirs:6}  {told}")
        for line in self.open[:40]:
            print("  not explained:", line)


def compare(setting):
    table, pairs = Table(setting), setting.pairs
    theirs_of = {id(a): b for a, b in pairs}
    ours_of = {id(b): a for a, b in pairs}
    usual = sum(setting.faces.values(), Counter()).most_common(1)[0][0]
    face_of = lambda line: max(setting.faces[line.page, round(line.y)].items(), key=lambda face: face[1], default=(None,))[0]

    def why_lonely(line):
        there = getattr(line, "theirs", None)
        if there is None:
            return None
        if face_of(there) != usual:
            return "of another face"
        if abs(there.size - setting.sums["body_size"]) >= 0.3:
            return "of another size"
        return "stand in" if there.x0 - setting.left >= 3.2 else None

    def why_spaces(pair):
        a, b = pair
        if set(setting.faces[b.page, round(b.y)]) - {usual}:
            return "with words of another face, whose space is another"
        if re.search("[\u2018\u201c][\u2018\u2019\u201c]|[\u2019\u201d][\u2019\u201d]", b.text):
            return "with a thin space between quotation marks, taken for one"
        if b.text.endswith("\u00ad") or setting.begins_divided(b):
            return "with a word divided in a ligature, shaped anew"
        return None

    table.add("lines of running text", len(pairs), setting.only_ours, setting.only_theirs, why_lonely)
    measured = [(a, b) for a, b in pairs if b.just and a.space and b.space]
    apart = [pair for pair in measured if not alike(pair)]
    table.add(f"spaces alike within {NEAR:.0%}", len(measured) - len(apart), apart, [], why_spaces)

    def edge(pair):
        return "on the edge" if alike(pair) else why_spaces(pair)

    for what, test in [
        ("spaces over 1.33", lambda r: r > 1.33), ("spaces over 1.5", lambda r: r > 1.5),
        ("spaces over 2", lambda r: r > 2.0), ("spaces under 0.8", lambda r: r < 0.8),
    ]:
        table.add(what, sum(test(a.space) and test(b.space) for a, b in measured),
                  [(a, b) for a, b in measured if test(a.space) > test(b.space)],
                  [(a, b) for a, b in measured if test(b.space) > test(a.space)], edge)

    sticks = lambda b: b.x1 > setting.right + 1.2
    hyphen = lambda b: b.text[-1] in "-\u2010\u00ad" or b.text[-2:-1] == "\u00ad"  # Italics hang over theirs.
    whole = [(a, b) for a, b in pairs if b.text[-2:].isalnum()]
    table.add("overfull lines", sum(a.over > 1.2 and sticks(b) for a, b in whole),
              [(a, b) for a, b in whole if a.over > 1.2 and not sticks(b)], [(a, b) for a, b in whole if sticks(b) and a.over <= 1.2],
              lambda pair: "on the edge" if abs(pair[0].over - (pair[1].x1 - setting.right)) < 0.5 else None)
    just = [(a, b) for a, b in pairs if b.just]
    table.add("lines that end in a hyphen", sum("hyphenated" in a.is_ and hyphen(b) for a, b in just),
              [a for a, b in just if "hyphenated" in a.is_ and not hyphen(b)],
              [b for a, b in just if hyphen(b) and "hyphenated" not in a.is_])
    # Smaller lines, notes at the foot, part no ladder.
    size = setting.sums["body_size"]
    theirs = [line for line in setting.theirs if line.just or line.size >= size - 0.5]
    for least in (2, 3):
        ours_runs = runs(setting.ours, lambda a: "hyphenated" in a.is_, lambda a: {"body", "justified"} <= a.is_, least)
        their_runs = runs(theirs, hyphen, lambda b: b.just, least)
        ours_at, theirs_at = {id(a) for a in ours_runs}, {id(b) for b in their_runs}
        table.add(f"ladders of {least} or more",
                  sum(id(theirs_of.get(id(a))) in theirs_at for a in ours_runs),
                  [a for a in ours_runs if id(theirs_of.get(id(a))) not in theirs_at],
                  [b for b in their_runs if id(ours_of.get(id(b))) not in ours_at])

    if setting.only:
        return table
    faults, why = page_faults(setting), why_page(setting, size)
    for fault, least in [("widow", 1), ("orphan", 1), ("short", 2)]:
        ours = {page for page, figures in setting.pages.items() if figures[fault] >= least}
        table.add(f"pages with {fault}" if fault != "short" else "short pages", len(ours & faults[fault]),
                  sorted(ours - faults[fault]), sorted(faults[fault] - ours), lambda page: why(page, fault))
    findings(setting, table, faults, measured)
    return table


def why_page(setting, size):
    """Why only one of both may find a fault of a page."""
    ours, theirs = defaultdict(list), defaultdict(list)
    for line in setting.ours:
        ours[line.page].append(line)
    for line in setting.theirs:
        theirs[line.page].append(line)

    def why(page, fault):
        here, there = ours[page], theirs[page]
        if setting.pages[page]["free"]:
            return "which may end anywhere"
        if fault == "short":
            return "with room above notes" if there and there[-1].size < size - 0.5 else None
        at = 0 if fault == "widow" else -1
        if here and "body" not in here[at].is_:
            return "of text in another form"
        text = [line for line in there if line.size >= size - 0.5]
        if fault == "orphan" and len(text) > 1 and not text[-2].body:
            return "behind a line of another face"
        return None

    return why


def findings(setting, table, faults, measured):
    """What `check` tells, against the judge."""
    told = defaultdict(list)
    for found in setting.findings:
        for page in setting.labels.get(found["page"], []):
            quote = re.search(r"`(.*)`", found["message"])
            if "has no space" not in found["message"]:
                told[found["code"]].append((page, letters(quote[1].rstrip("…")) if quote else ""))
    body = defaultdict(list)
    for a, b in setting.pairs:
        body[b.page].append(letters(b.text))
    of_text = lambda found: any(text.startswith(found[1]) for text in body[found[0]])
    loose = [found for found in told["loose-line"] if of_text(found)]
    key = lambda line: (line.page, letters(line.text))
    gaping = {key(b): (a, b) for a, b in measured if b.space > 2.0}
    unlike, matched = [], set()
    for page, quote in loose:
        same = {one for one in gaping if one[0] == page and one[1].startswith(quote)}
        matched |= same
        if not same:
            unlike.append((page, quote))
    pair_of = {key(b): (a, b) for a, b in measured}
    paragraphs = Counter(a.paragraph for a, b in measured if a.space > 2.0)

    def why_told(one):
        same = [pair for (page, text), pair in pair_of.items() if page == one[0] and text.startswith(one[1])]
        if not same:
            return None
        a, b = same[0]
        if (a.space >= 2.0) != (b.space > 2.0):
            return "as above"
        return "of more than six in a paragraph" if paragraphs[a.paragraph] > 6 else None

    table.add("`loose-line`", len(matched), unlike, sorted(set(gaping) - matched), why_told)
    why = why_page(setting, setting.sums["body_size"])
    for code in ("widow", "orphan"):
        ours = {page for page, _ in told[code]}
        table.add(f"`{code}`", len(ours & faults[code]), sorted(ours - faults[code]), sorted(faults[code] - ours),
                  lambda page: why(page, code))


def begins_divided(setting):
    """The lines that begin within a word: those behind a soft hyphen."""
    lines = {id(b) for a, b in zip(setting.theirs, setting.theirs[1:]) if a.text.endswith("\u00ad")}
    setting.begins_divided = lambda line: id(line) in lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recto", type=Path)
    parser.add_argument("--judge", type=Path, required=True)
    parser.add_argument("--book", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="write the files here and leave them")
    options = parser.parse_args()
    options.recto, options.judge, options.book = (path.resolve() for path in (options.recto, options.judge, options.book))
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        for number, (name, form) in enumerate(SETTINGS.items()):
            setting = Setting(options, name, form, (options.keep or Path(scratch)) / str(number))
            begins_divided(setting)
            print(f"\n{options.book.name}, {name}: {setting.sums['pages']} pages")
            table = compare(setting)
            table.show()
            failed |= bool(table.open)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
