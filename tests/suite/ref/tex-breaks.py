#!/usr/bin/env python3
"""Makes tex-breaks.txt: paragraphs of our own novella, and where TeX ends their lines.

usage: tex-breaks.py > tex-breaks.txt      (needs `tex`, Debian's texlive-binaries)

Words are boxes of the widths below, in thousandths of 10 pt, so that no font is needed; they may be broken where a vowel is
followed by a consonant and a vowel. That is no good English, but TeX and we are told the same. The parameters are plain
TeX's.
"""
import os, re, subprocess, sys, tempfile
here = os.path.dirname(os.path.abspath(__file__))
novella = os.path.join(here, '..', '..', '..', 'manuscripts', 'novella')
WIDTHS = {250: " ", 278: "ijl.,;:!'’‘|()", 389: "rst-", 500: "aceghnouvxyzbdpkqf“”?", 722: "wABCDEFGHKLNOPQRSTUVXYZ", 778: "mMW—–&"}
width = {c: w for w, cs in WIDTHS.items() for c in cs}
SPACE, STRETCH, SHRINK, HYPHEN = 333, 166, 111, 333
MEASURES = [210, 260, 330]
INDENT = 20
def sp(thousandths): return thousandths * 65536 * 10 // 1000
def hyphenated(word):
    out, letters = '', word
    m = re.fullmatch(r"([^A-Za-z]*)([a-z]{6,})([^A-Za-z]*)", word)
    if not m: return word
    a, w, b = m.groups()
    parts, last = [], 0
    for i in range(2, len(w) - 2):
        if w[i-1] in 'aeiou' and w[i] not in 'aeiouy' and w[i+1] in 'aeiouy' and i - last >= 2:
            parts.append(w[last:i]); last = i
    parts.append(w[last:])
    return a + '·'.join(parts) + b
def paragraphs():
    found = []
    for name in sorted(os.listdir(novella)):
        if not re.match(r'\d\d-.*\.md$', name): continue
        for block in open(os.path.join(novella, name), encoding='utf-8').read().split('\n\n'):
            text = ' '.join(block.split())
            if re.search(r'[*_#\[\]{}<>`^~|\d"$-]', text) or text.startswith(':'): continue
            if any(c not in width and not c.isascii() for c in text): continue
            if len(text.split()) >= 45: found.append(' '.join(hyphenated(w) for w in text.split()))
    step = max(1, len(found) // 40)
    return found[::step][:40]
def tokens(text):
    """Pieces with what follows each: ' ', '·' or ''."""
    out = []
    for word in text.split(' '):
        parts = word.split('·')
        for i, p in enumerate(parts): out.append((p, '·' if i + 1 < len(parts) else ' '))
    out[-1] = (out[-1][0], '')
    return out
def tex(text, measure):
    body = ''
    for piece, behind in tokens(text):
        body += r'\w{%d}' % sum(sp(width.get(c, 500)) for c in piece)
        body += {' ': '\\s\n', '·': '\\h\n', '': ''}[behind]
    source = r'''\catcode`\{=1 \catcode`\}=2 \catcode`\#=6
\showboxbreadth=100000 \showboxdepth=10 \batchmode
\def\w#1{\hbox to #1sp{}}
\hsize=%dpt \parfillskip=0pt plus 1fil \parindent=%dpt \hbadness=10000 \hfuzz=0pt
\tolerance=200 \pretolerance=100 \linepenalty=10 \hyphenpenalty=50 \adjdemerits=10000 \doublehyphendemerits=10000
\finalhyphendemerits=5000 \tracingparagraphs=0
\def\s{\hskip %dsp plus %dsp minus %dsp\relax}
\def\h{\discretionary{\hbox to %dsp{}}{}{}}
\setbox0=\vbox{\indent %s\par}
\showbox0
\end
''' % (measure, INDENT, sp(SPACE), sp(STRETCH), sp(SHRINK), sp(HYPHEN), body)
    with tempfile.TemporaryDirectory() as folder:
        open(os.path.join(folder, 'p.tex'), 'w').write(source)
        subprocess.run(['tex', '-ini', 'p.tex'], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        log = open(os.path.join(folder, 'p.log'), encoding='latin-1').read()
    if 'Overfull' in log: return None
    shown = log[log.index('> \\box0='):]
    ends, seen, first = [], 0, True
    lines = re.split(r'\n\.\\hbox', shown)[1:]
    for line in lines:
        rows = line.split('\n')
        items = [r for r in rows[1:] if r.startswith('..') and not r.startswith('...')]
        boxes = sum(1 for r in items if r.startswith('..\\hbox'))
        # The indent and a hyphen at the end are boxes too.
        # After a discretionary of its own level stands either the rest of its word or, at the line's end, the hyphen.
        hyphen = len(items) > 2 and items[-3].startswith('..\\discretionary') and items[-2].startswith('..\\hbox') and items[-1].startswith('..\\glue(\\rightskip')
        # An unbroken one still has its hyphen within it.
        if hyphen:
            at = rows.index(items[-3], len(rows) - rows[::-1].index(items[-3]) - 1)
            hyphen = not rows[at + 1].startswith('...')
        boxes -= hyphen
        seen += boxes - (1 if first else 0)
        first = False
        ends.append(seen)
    return ends
def main():
    print('# Made by tex-breaks.py beside this with TeX 3.141592653: our words, their widths, where TeX ends their lines.')
    print('# `·` is where a word may be broken. Under each paragraph: a measure in points, and how many pieces (words and parts')
    print('# of words) stand before each line end.')
    for w, cs in WIDTHS.items(): print('width', w, cs)
    print('space', SPACE, STRETCH, SHRINK); print('hyphen', HYPHEN); print('indent', INDENT)
    dropped = 0
    for text in paragraphs():
        print('\n' + text)
        for measure in MEASURES:
            ends = tex(text, measure)
            if ends is None: dropped += 1; continue
            assert ends[-1] == len(tokens(text)), (ends, len(tokens(text)))
            print('=', measure, *ends)
    print(dropped, 'measures left out: TeX found no way within its tolerance', file=sys.stderr)
main()
