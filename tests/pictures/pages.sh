#!/bin/sh
# Makes pictures of sixteen kinds of pages, to be looked at after changes to what pages show.
#
#   tests/pictures/pages.sh RECTO FOLDER      the program; where the PNGs go
#
# Needs pdftoppm and pdftotext (poppler). Openings, verse, long notes, a table of five pages, floats, tall first letters in
# three themes, poetry, a page of a report, and what else a book has.
set -eu
recto=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
books=$here/../../manuscripts
mkdir -p "$out"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# page NAME BOOK WORDS OPTIONS…: the first page after the contents that has the words.
page() {
    name=$1 book=$2 words=$3
    shift 3
    rm -rf "$scratch/out"
    "$recto" build "$book" --to pdf -o "$scratch/out" -q --set generate='[]' "$@" 2>/dev/null || true
    pdf=$(ls "$scratch"/out/*.pdf | tail -n 1)
    last=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
    page=1
    until pdftotext -f $page -l $page "$pdf" - | tr '\n' ' ' | grep -q "$words"; do
        page=$((page + 1))
        [ $page -le "$last" ] || { echo "$name: no page has \`$words\`"; return 1; }
    done
    pdftoppm -r 80 -png -singlefile -f $page -l $page "$pdf" "$out/$name"
    echo "$name: page $page of $last"
}

page 01-opening-novel "$books/novella" "The Stray"
page 02-dialogue "$books/novella" "a just man"
page 03-opening-report "$books/report" "The Question"
page 04-report-figure "$books/report" "The ideal\|Characters in a line"
page 05-floats "$books/report" "Pages by trim and type"
page 06-table-begins "$here/long/table.md" "What Went Over"
page 07-table-goes-on "$here/long/table.md" "continued"
page 08-long-notes "$here/long/notes.md" "Long Notes"
page 09-notes-go-on "$here/long/notes.md" "ninth of March"
page 10-poetry "$here/verse.md" "A ferry goes over" --theme poetry
page 11-verse-in-prose "$books/sampler" "Quotations, Letters"
page 12-tall-letter-novel "$books/novella" "The Test" --set style.heading-1.drop-cap=3 --set style.heading-1.lead-in=4
page 13-tall-letter-manual "$books/novella" "The Hoy" --theme manual --set style.heading-1.drop-cap=3
page 14-tall-letter-poetry "$books/novella" "Arithmetic" --theme poetry --set style.heading-1.drop-cap=2
page 15-code "$books/manual" "Titles, numbers and marks" --edition print
page 16-large-print "$books/novella" "a just man" --theme large-print
