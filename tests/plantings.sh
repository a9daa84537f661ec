#!/bin/sh
# Prints a table of every code: where its fault was planted, whether it is found there, how often it is said of the same book without
# the fault, and of the book as it is. Faults of the manuscript go into the books that are named, else into our own novella; those of
# finished files into their EPUBs and PDFs. Then what is found of the small finished files that were made worse one by one.
#
#   tests/plantings.sh [BOOK...]      RECTO=path/to/recto for another program, as a rule a release build: each fault is planted
#                                     alone, so a book is checked some five hundred times
set -u
cd "$(dirname "$0")/.." || exit 2
worst=0
planted() {
    PLANT=$1 cargo test -q --test suite what_is_planted -- --nocapture 2>/dev/null |
        grep -Ev '^(running|test |stack backtrace|failures)|^ *$' || worst=1
}
[ $# -gt 0 ] || set -- manuscripts/novella
for book; do
    planted "$(realpath "$book")"
done
cargo test -q --test suite mutants -- --nocapture 2>/dev/null | grep 'made worse' || worst=1
exit $worst
