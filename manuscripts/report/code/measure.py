"""How long is a book? Sets a text in a size and measure, and counts what comes out."""

import re
import sys
from functools import lru_cache
from pathlib import Path

import pyphen
import uharfbuzz as hb

FONT = hb.Font(hb.Face(Path(sys.argv[1]).read_bytes()))
HYPHENATE = pyphen.Pyphen(lang="en_GB")


# ANCHOR: width
@lru_cache(maxsize=None)
def width(word):
    """The width of a word in em, with its kerning and ligatures."""
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    hb.shape(FONT, buffer)
    return sum(p.x_advance for p in buffer.glyph_positions) / FONT.face.upem
# ANCHOR_END: width


SPACE = width(" ")
STRETCH, SHRINK = SPACE / 2, SPACE * 0.3
INDENT = 1.2


def paragraphs(folder):
    """The paragraphs of a manuscript, chapter by chapter, without their Markdown."""
    for path in sorted(Path(folder).glob("[0-9]*.md")):
        chapter = []
        for block in path.read_text().split("\n\n"):
            if block.lstrip().startswith(("#", ":::", "[^", "* * *")):
                continue
            text = re.sub(r"\[\^\w+\]|[*_]|^:::.*$", "", block, flags=re.M)
            text = text.replace("---", "—").replace("'", "’")
            text = re.sub(r'(^|[\s—(])"', r"\1“", text).replace('"', "”")
            if words := text.split():
                chapter.append(words)
        yield chapter


def pieces(words, hyphens):
    """Boxes of a paragraph: (width, width with a hyphen, whether a space follows)."""
    for word in words:
        parts = [word]
        if hyphens and word.isalpha() and word.islower() and len(word) > 5:
            parts = HYPHENATE.inserted(word, "\0").split("\0")
        for index, part in enumerate(parts):
            last = index == len(parts) - 1
            yield width(part), 0 if last else width("-"), last


# ANCHOR: greedy
def greedy(words, measure):
    """First fit: a line is filled until the next word does not go in."""
    ratios, lines, glyphs, gaps = [], 1, INDENT + width(words[0]), 0
    for word in words[1:]:
        if glyphs + (gaps + 1) * SPACE + width(word) > measure:
            ratios.append(ratio(glyphs, gaps, measure))
            lines, glyphs, gaps = lines + 1, width(word), 0
        else:
            glyphs, gaps = glyphs + width(word), gaps + 1
    return ratios, lines
# ANCHOR_END: greedy


def ratio(glyphs, gaps, measure):
    """The word space of a justified line, as a multiple of the natural one."""
    return (measure - glyphs) / (gaps * SPACE) if gaps else 9.0


# ANCHOR: fit
def total_fit(words, measure, hyphens=False):
    """Best fit: of all ways to break the paragraph, the one with the least demerits."""
    boxes = list(pieces(words, hyphens))
    boxes[0] = (boxes[0][0] + INDENT, *boxes[0][1:])
    best = {0: (0.0, None, None, False)}
    for end in range(1, len(boxes) + 1):
        _, mark, space = boxes[end - 1]
        glyphs, gaps = mark, 0
        for start in range(end - 1, -1, -1):
            glyphs += boxes[start][0]
            if start < end - 1 and boxes[start][2]:
                gaps += 1
            if glyphs + gaps * (SPACE - SHRINK) > measure:
                break
            if start not in best:
                continue
            last = end == len(boxes)
            slack = measure - glyphs - gaps * SPACE
            bad = 0.0 if last and slack >= 0 else badness(slack, gaps)
            cost = best[start][0] + (10 + bad) ** 2
            if not space and not last:
                cost += 50 ** 2 + (100 ** 2 if best[start][3] else 0)
            if end not in best or cost < best[end][0]:
                now = None if last else ratio(glyphs, gaps, measure)
                best[end] = (cost, start, now, not space and not last)
    return trace(best, len(boxes))


def badness(slack, gaps):
    """Knuth's: a hundred times the cube of how far the spaces are pulled."""
    give = gaps * (STRETCH if slack > 0 else SHRINK)
    return 100 * (abs(slack) / give) ** 3 if give else 1_000_000
# ANCHOR_END: fit


def trace(best, end):
    """Follows the breaks home: word spaces, number of lines, number of hyphens."""
    ratios, lines, hyphens = [], 0, 0
    while end:
        _, start, now, hyphen = best[end]
        lines, hyphens = lines + 1, hyphens + hyphen
        if now is not None:
            ratios.append(now)
        end = start
    return ratios[::-1], lines, hyphens


# ANCHOR: pages
def pages(chapters, measure, depth, sink=9):
    """Pages of a book whose chapters each open a page, some lines down; widows and orphans it would have."""
    total = widows = orphans = 0
    for chapter in chapters:
        at = sink
        for words in chapter:
            _, lines, _ = total_fit(words, measure, hyphens=True)
            for line in range(lines):
                column = (at + line) % depth
                if lines > 1 and column == 0 and line == lines - 1:
                    widows += 1
                if lines > 1 and column == depth - 1 and line == 0:
                    orphans += 1
            at += lines
        total += -(-at // depth)
    return total, widows, orphans
# ANCHOR_END: pages
