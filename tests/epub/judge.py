#!/usr/bin/env python3
"""Builds EPUBs of all sorts and has them judged by programs that are not ours.

judge.py RECTO [--out FOLDER] [--judges FOLDER] [--corpus FOLDER]... [--only WORD] [--chance N] [--ace NAME]... [--read NAME]...

Built are our manuscripts, the sampler in each theme, every folder of `--corpus`, the odd books of odd.py and, with `--chance N`, so
many more books of random chapters. EPUBCheck judges all of them in one call, warnings as errors. `--ace` has a book (or `all`) judged by
Ace, which may find nothing of any impact, `--read` has it read in a reading system (reader.mjs). Judges are `epubcheck.sh` and `ace.sh` in a folder `shared/validators` beside the repository. Exit: 1 if anything is
wrong, if a build ends in panic, or if it makes no EPUB though no error says why.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

import odd

ROOT = pathlib.Path(__file__).resolve().parents[2]
THEMES = sorted(path.stem for path in (ROOT / "src/theme/builtin").glob("*.yaml") if path.stem != "base")


def sources(folder, options):
    """All books: name, what is built, with which further arguments."""
    for book in sorted((ROOT / "manuscripts").iterdir()):
        yield book.name, book, []
    for theme in THEMES:
        yield f"sampler in {theme}", ROOT / "manuscripts/sampler", ["--theme", theme]
    for corpus in options.corpus:
        for book in sorted(corpus.iterdir()):
            if book.is_dir():
                yield book.name, book, ["--allow-outside"]
    for name, files in list(odd.books()) + [one for n in range(options.chance) for one in odd.chance(n)]:
        for path, content in files.items():
            place = folder / "books" / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        book = folder / "books" / name
        yield name, (next(book.iterdir()) if name == "single-file" else book), []


def build(recto, book, out, arguments):
    """The EPUBs made, and what is wrong with the build itself."""
    # Our own are built whole: their EPUBs tell where the pages of their PDFs begin.
    only = [] if (ROOT / "manuscripts") in book.parents and not arguments else ["--to", "epub"]
    command = [recto, "build", str(book), *only, "--format", "concise", "-o", str(out), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, errors="replace")
    made = sorted(out.glob("*.epub"))
    if "panicked" in run.stderr or run.returncode not in (0, 1, 2):
        return made, f"exit {run.returncode}: {run.stderr[-2000:]}"
    if not made and "error" not in run.stderr:
        return made, f"made nothing: {run.stderr[-2000:]}"
    return made, ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recto", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--judges", type=pathlib.Path, default=ROOT.parent / "shared/validators")
    parser.add_argument("--corpus", type=pathlib.Path, action="append", default=[])
    parser.add_argument("--only", default="")
    parser.add_argument("--chance", type=int, default=0)
    parser.add_argument("--ace", action="append", default=[])
    parser.add_argument("--read", action="append", default=[])
    options = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.out or pathlib.Path(scratch)
        began, epubs = time.monotonic(), {}
        for name, book, arguments in sources(folder, options):
            if options.only in name:
                # A file's name says which book it is, in what the judges print.
                made, fault = build(options.recto.resolve(), book, folder / "epubs" / name, arguments)
                if fault:
                    wrong.append(f"{name}: {fault}")
                epubs.update({f"{name}/{epub.name}": epub for epub in made})
        print(f"{len(epubs)} EPUBs built in {time.monotonic() - began:.0f} s")
        if not epubs:
            sys.exit("nothing was built")

        def ask(what, *command):
            began = time.monotonic()
            sys.stdout.flush()
            run = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="replace")
            bad = [line for line in run.stdout.splitlines() if not line.startswith("PASS")]
            print(f"{what}: {'passed' if run.returncode == 0 else 'FAILED'}, {time.monotonic() - began:.0f} s")
            if run.returncode:
                wrong.append(f"{what}: exit {run.returncode}")
                print("\n".join(bad[:200]), run.stderr[-2000:])

        ask(f"EPUBCheck of {len(epubs)}", options.judges / "epubcheck.sh", "--strict", *epubs.values())

        def chosen(names):
            return {name: epub for name, epub in epubs.items() if "all" in names or name.split("/")[0] in names}

        for name, epub in chosen(options.ace).items():
            ask(f"Ace of {name}", options.judges / "ace.sh", epub, folder / "ace" / name, "minor")
        if options.read:
            read = chosen(options.read).values()
            ask(f"reading {len(read)}", "node", ROOT / "tests/epub/reader.mjs", *read)
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
