#!/usr/bin/env python3
"""Which mutants of good EPUBs recto and EPUBCheck find.

agreement.py [--judges FOLDER] [FOLDER]

Makes the mutants of tests/suite/finished/mutants.txt in FOLDER (or in one that is removed afterwards) by the test that judges them, has
all of them judged by EPUBCheck in one call, and prints a line each: what was done, what recto finds, what EPUBCheck finds, whether
both take offence. Where recto alone does and the case says why, that is printed. Exit: 1 if recto misses what EPUBCheck finds.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Of an advice nothing depends.
BAD = {"FATAL", "ERROR", "WARNING"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, nargs="?")
    parser.add_argument("--judges", type=pathlib.Path, default=ROOT.parent / "shared/validators")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.folder or pathlib.Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        test = ["cargo", "test", "--test", "suite", "mutants_are_found"]
        (folder / "list.tsv").unlink(missing_ok=True)
        run = subprocess.run(test, cwd=ROOT, env={**os.environ, "MUTANTS": str(folder)}, capture_output=True, text=True)
        if run.returncode:
            print(run.stdout[-4000:], run.stderr[-2000:])
        rows = [line.split("\t") for line in (folder / "list.tsv").read_text().splitlines()]
        files = [folder / f"{row[0]}.epub" for row in rows]
        judge = subprocess.run([options.judges / "epubcheck.sh", "--json", *files], capture_output=True, text=True)
        reports = json.loads(judge.stdout)
        theirs = {}
        for report in reports:
            name = pathlib.Path(report["checker"]["filename"]).stem
            theirs[name] = sorted({m["ID"] for m in report["messages"] if m["severity"] in BAD})
    agree = missed = alone = 0
    for number, book, name, ours, why in rows:
        found = theirs.get(number, ["?"])
        ours = ours.split()
        if bool(ours) == bool(found):
            verdict, agree = "yes", agree + 1
        elif found:
            verdict, missed = "NO: recto misses it", missed + 1
        else:
            verdict, alone = "no: " + (why or "recto alone"), alone + 1
        print(f"{book}  {name:55.55}  {', '.join(ours):34}  {' '.join(found):32}  {verdict}")
    print(f"{len(rows)} mutants: {agree} found by both, {alone} by recto alone, {missed} by EPUBCheck alone")
    sys.exit(1 if missed or run.returncode else 0)


if __name__ == "__main__":
    main()
