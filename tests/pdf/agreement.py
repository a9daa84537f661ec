#!/usr/bin/env python3
"""Which spoilt PDFs recto, veraPDF and qpdf find.

agreement.py [--judges FOLDER] [FOLDER]

Makes the files of tests/suite/documents/cases.rs in FOLDER (or in one that is removed afterwards) by the test that judges them, has all of
them judged by veraPDF for PDF/UA-1 in one call and by qpdf one by one, and prints a line each: what was done, what recto finds, the
clauses that veraPDF finds broken, whether qpdf complains, whether recto takes offence where one of them does. Exit: 1 if it does not.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def clauses(report):
    """By the stem of each file the clauses that it breaks, in the plain report of many files."""
    found, current = {}, None
    for line in report.splitlines():
        head = re.match(r"(PASS|FAIL|ERROR)\s+\S+\s+(\S+)", line)
        clause = re.match(r"\s+ISO \S+ clause (\S+) test (\S+)", line)
        if head:
            current = pathlib.Path(head[2]).stem
            found[current] = [] if head[1] == "PASS" else ["unreadable"] if head[1] == "ERROR" else []
        elif clause and current is not None:
            found[current].append(f"{clause[1]}-{clause[2]}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, nargs="?")
    parser.add_argument("--judges", type=pathlib.Path, default=ROOT.parent / "shared/validators")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.folder or pathlib.Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        test = ["cargo", "test", "--test", "suite", "spoilt_documents_are_found"]
        run = subprocess.run(test, cwd=ROOT, env={**os.environ, "MUTANTS": str(folder)}, capture_output=True, text=True)
        rows = [["good", "nothing", ""]] + [line.split("\t") for line in (folder / "list.tsv").read_text().splitlines()]
        files = {row[0]: folder / f"{row[0]}.pdf" for row in rows}
        vera = subprocess.run(
            [options.judges / "verapdf.sh", "-f", "ua1", *files.values()], capture_output=True, text=True)
        theirs = clauses(vera.stdout)
        agree = alone = missed = 0
        for number, what, ours in rows:
            ours, found = ours.split(), theirs.get(number, ["unreadable"])
            syntax = subprocess.run(["qpdf", "--check", files[number]], capture_output=True, text=True)
            complains = syntax.returncode != 0
            if bool(ours) == bool(found or complains):
                verdict, agree = "yes", agree + 1
            elif ours:
                verdict, alone = "recto alone", alone + 1
            else:
                verdict, missed = "NO: recto misses it", missed + 1
            told = " ".join(found[:4]) + (" …" if len(found) > 4 else "")
            print(f"{what:32.32}  {', '.join(ours):60.60}  {told:42}  {'qpdf' if complains else '':5} {verdict}")
        print(f"{len(rows)} files: {agree} judged alike, {alone} found by recto alone, {missed} by others alone")
        if run.returncode:
            print(run.stdout[-4000:])
        sys.exit(1 if missed or run.returncode else 0)


if __name__ == "__main__":
    main()
