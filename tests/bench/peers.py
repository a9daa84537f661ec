#!/usr/bin/env python3
"""Times recto beside typst and crowbook on one book of Markdown, whole processes, in turn.

usage: peers.py RECTO BOOK [RUNS]      RECTO: the release binary; BOOK: a folder of .md files; RUNS: 7

Needs pandoc 3.1.2 or later, or Python's package `pypandoc_binary` (writes typst's source, not timed) and the peers: Python's package `typst`, the crate `crowbook`; one that
is missing is named and left out. Each run of a peer stands between two of recto's; a ratio is the peer's time over
that pair's mean, and the median of the ratios is shown, so a machine whose speed drifts does no harm. typst runs
within Python, whose start (some 20 ms) is in its time.

Images are taken out of the text for all three: crowbook makes nothing where one is missing. What each makes: recto the EPUB and the PDF, or the EPUB alone; typst a justified PDF of the same trim and type, hyphenated;
crowbook an EPUB. Beside the times stand the sizes: of the PDFs (recto's has tags, typst's is made without and with them) and of the
EPUBs (recto's without its fonts; crowbook embeds none).
Last, what part of the PDF's build and of its bytes the tags are, by valgrind's count of instructions where it is there.
"""
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile


IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<img[^>]*>")


def run(command, folder):
    """Wall seconds and peak megabytes of one process."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    return wall, usage.ru_maxrss / 1024, child.returncode


def pair(name, ours, theirs, made, runs):
    """Prints one comparison; `made` is the file that the peer makes."""
    folder = made.parent
    run(ours, folder), run(theirs, folder)
    ratios, mine, others, memory = [], [], [], 0
    before, ours_memory, _ = run(ours, folder)
    for _ in range(runs):
        wall, peak, code = run(theirs, folder)
        if code or not made.exists():
            print(f"{name:<34} made nothing, exit code {code}")
            return
        after, mine_peak, _ = run(ours, folder)
        ratios.append(wall / ((before + after) / 2))
        mine.append(after)
        others.append(wall)
        memory, ours_memory, before = max(memory, peak), max(ours_memory, mine_peak), after
    print(
        f"{name:<34} {statistics.median(mine):7.2f} {ours_memory:7.0f} {statistics.median(others):9.2f} {memory:9.0f}"
        f" {statistics.median(ratios):7.1f} {min(ratios):7.1f} {max(ratios):7.1f}"
    )


def sizes(ours, theirs, folder):
    """Prints how large recto's tagged PDF is beside typst's, tagged and not."""
    run(ours, folder)
    tagged = sum(file.stat().st_size for file in (folder / "out").glob("*.pdf"))
    typst = folder / "typst.pdf"
    for name, option in [("untagged", False), ("tagged", True)]:
        run(theirs[:-1] + [theirs[-1].replace("'typst.pdf'", f"'typst.pdf', pdf_tags={option}")], folder)
        size = typst.stat().st_size
        print(f"recto's tagged PDF, MB : typst's {name:<8} {tagged / 1e6:7.2f} : {size / 1e6:.2f} = {tagged / size:.2f}")


def weigh(ours, theirs, folder):
    """Prints how large recto's EPUB is, without the fonts that the peer does not embed, beside the peer's."""
    run(ours, folder), run(theirs, folder)
    packed = {}
    for name in ["crowbook.epub", *[str(file.relative_to(folder)) for file in (folder / "out").glob("*.epub")]]:
        with zipfile.ZipFile(folder / name) as epub:
            fonts = sum(entry.compress_size for entry in epub.infolist() if entry.filename.endswith((".ttf", ".otf")))
        size = (folder / name).stat().st_size
        packed["theirs" if name == "crowbook.epub" else "ours"] = (size - fonts, fonts)
    (text, fonts), (peer, _) = packed["ours"], packed["theirs"]
    print(
        f"recto's EPUB, kB : crowbook's           {text / 1e3:7.0f} : {peer / 1e3:.0f} = {text / peer:.2f}, and {fonts / 1e3:.0f} of fonts"
    )


UNTAGGED = "name: Untagged\nfile: {standards: [], color: rgb, embedding: subset, interactive: true, tagged: false}\n"


def tags(ours, text, folder):
    """Prints what part of the build's instructions, and of the file, the tags of the PDF are."""
    if shutil.which("valgrind") is None:
        print("valgrind is missing; the share of tags is not measured")
        return
    (text / "untagged.yaml").write_text(UNTAGGED)
    counts, sizes = [], []
    for name, options in [("tagged", []), ("untagged", ["--set", "profile=untagged.yaml"])]:
        out = folder / name
        command = ours[:4] + ["-o", str(out), "--to", "pdf", "--jobs", "1"] + options
        counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        said = subprocess.run(counting + command, cwd=folder, stderr=subprocess.PIPE, text=True, check=False).stderr
        counts.append(int(re.search(r"I\s+refs:\s+([\d,]+)", said).group(1).replace(",", "")))
        sizes.append(sum(file.stat().st_size for file in out.glob("*.pdf")))
    for what, (tagged, untagged) in [("instructions", counts), ("the file", sizes)]:
        print(f"tags are {100 * (tagged - untagged) / tagged:.1f} % of {what}")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    recto, book = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    sources = sorted(book.glob("*.md"))
    words = sum(len(chapter.read_text().split()) for chapter in sources)
    print(f"{len(sources)} files, {words} words, {runs} runs each")
    print(f"{'':<34} {'recto s':>7} {'MB':>7} {'peer s':>9} {'MB':>9} {'ratio':>7} {'least':>7} {'most':>7}")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        text = folder / "text"
        text.mkdir()
        for source in sources:
            (text / source.name).write_text(IMAGE.sub("", source.read_text()))
        chapters = sorted(text.iterdir())
        both = [str(recto), "build", str(text), "-q", "-o", str(folder / "out")]
        epub = both + ["--to", "epub"]
        pdf = both + ["--to", "pdf"]
        typst_source(chapters, folder)
        typst = [sys.executable, "-c", "import typst; typst.compile('book.typ', output='typst.pdf')"]
        if run([sys.executable, "-c", "import typst"], folder)[2]:
            print("typst is missing (pip install typst)")
        else:
            pair("both outputs : typst's PDF", both, typst, folder / "typst.pdf", runs)
            pair("the PDF alone : typst's PDF", pdf, typst, folder / "typst.pdf", runs)
            sizes(pdf, typst, folder)
        tags(pdf, text, folder)
        if shutil.which("crowbook") is None:
            print("crowbook is missing (cargo install crowbook)")
        else:
            lines = ["title: Book", "author: Author", "lang: en", "output.epub: crowbook.epub"]
            (folder / "book.book").write_text("\n".join(lines + [f"+ {chapter}" for chapter in chapters]))
            crowbook = ["crowbook", "-q", "book.book", "--to", "epub", "--output", "crowbook.epub"]
            pair("the EPUB alone : crowbook's EPUB", epub, crowbook, folder / "crowbook.epub", runs)
            weigh(epub, crowbook, folder)
            pair("both outputs : crowbook's EPUB", both, crowbook, folder / "crowbook.epub", runs)


def typst_source(chapters, folder):
    """The book as typst's own markup, by pandoc."""
    text = "\n\n".join(chapter.read_text() for chapter in chapters)
    try:
        import pypandoc

        pandoc = pypandoc.get_pandoc_path()
    except ImportError:
        pandoc = "pandoc"
    made = subprocess.run(
        [pandoc, "-f", "commonmark_x", "-t", "typst"], input=text, stdout=subprocess.PIPE, text=True, check=True
    )
    head = """#set page(width: 6in, height: 9in, margin: (inside: 54pt, outside: 54pt, top: 54pt, bottom: 61.2pt), numbering: "1")
#set text(size: 11pt, lang: "en", hyphenate: true)
#set par(justify: true, first-line-indent: 13.2pt)
#let horizontalrule = align(center)[\\* \\* \\*]
"""
    body = "\n".join(line for line in made.stdout.splitlines() if "#image(" not in line and not line.startswith("#box("))
    (folder / "book.typ").write_text(head + body)


if __name__ == "__main__":
    main()
