#!/bin/sh
# Makes the manual's pictures of themes, canons and a press's sheets: spreads of real books, built by this recto.
#
#   tests/pictures/make.sh [RECTO]      the program; default: recto, as the PATH has it
#
# Needs pdftoppm and pdftotext (poppler) and montage (ImageMagick). Writes manuscripts/manual/images/theme-*.png,
# canons.png and tagged-table.png, each under 40 kB. Run it after changes to themes; look at what it wrote.
set -eu
recto=${1:-recto}
here=$(cd "$(dirname "$0")" && pwd)
books=$here/../../manuscripts
images=$books/manual/images
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# spread BOOK WORDS OUTPUT OPTIONS…: the left and the right page, of which the first that has the words is one.
spread() {
    book=$1 words=$2 output=$3
    shift 3
    rm -rf "$scratch/out"
    "$recto" build "$book" --to pdf -o "$scratch/out" -q "$@" 2>/dev/null
    pdf=$(ls "$scratch"/out/*.pdf | tail -n 1)
    page=1
    until pdftotext -f $page -l $page "$pdf" - | tr '\n' ' ' | grep -q "$words"; do page=$((page + 1)); done
    left=$((page / 2 * 2))
    for side in 0 1; do
        n=$((left + side))
        pdftoppm -scale-to 430 -gray -png -singlefile -f $n -l $n "$pdf" "$scratch/side-$side"
    done
    montage "$scratch/side-0.png" "$scratch/side-1.png" -tile 2x1 -geometry '+1+0' -background '#999' \
        -bordercolor '#999' -border 1 -colors 6 -depth 8 -strip -define png:exclude-chunk=all "$output"
}

spread "$books/novella" "a just man" "$images/theme-novel.png"
spread "$here/verse.md" "A ferry goes over" "$images/theme-poetry.png" --theme poetry
spread "$books/manual" "in emphasised text" "$images/theme-manual.png" --edition print
spread "$books/report" "Measure, em.*Characters" "$images/theme-report.png"
spread "$books/novella" "a just man" "$images/theme-large-print.png" --theme large-print

for canon in van-de-graaf 2:3:4:6 twelfths 1:1:1:1; do
    name=$(echo $canon | tr : -)
    spread "$books/novella" "a just man" "$scratch/canon-$name.png" --set "margins={canon: $canon}" --set trim=6x9in
    mogrify -resize 290x -bordercolor white -border 8 "$scratch/canon-$name.png"
done
montage "$scratch"/canon-van-de-graaf.png "$scratch"/canon-2-3-4-6.png "$scratch"/canon-twelfths.png \
    "$scratch"/canon-1-1-1-1.png -tile 2x2 -geometry +4+4 -colors 5 -depth 8 -strip "$images/canons.png"
# A page with a table, and beside it what a screen reader finds there.
page() {
    "$recto" build "$1" --to pdf -o "$scratch/page" -q --set style.folio.hidden=true --set style.running-head.hidden=true 2>/dev/null
    pdftoppm -r 130 -gray -png -singlefile -f 1 -l 1 "$scratch"/page/*.pdf "$2"
    rm -r "$scratch/page"
}
page "$here/cloths.md" "$scratch/table"
{
    printf -- '---\ngenerate: []\ntrim: {width: 88mm, height: 106mm}\n'
    printf 'margins: {inner: 6mm, outer: 6mm, head: 6mm, foot: 6mm}\nstyle: {code-block: {size: 6.4pt, leading: 7.8pt}}\n---\n'
    printf '```text\n'
    # Each text behind its element.
    "$recto" dump structure "$here/cloths.md" 2>/dev/null |
        awk '/^ *"/ { sub(/^ */, " "); held = held $0; next } NR > 1 { print held } { held = $0 } END { print held }'
    printf '```\n'
} > "$scratch/tree.md"
page "$scratch/tree.md" "$scratch/tree"
montage "$scratch/table.png" "$scratch/tree.png" -tile 2x1 -geometry '+6+6' -gravity center -background '#bbb' \
    -colors 8 -depth 8 -strip -define png:exclude-chunk=all "$images/tagged-table.png"

# For a press: a page, and a plate that runs off its page, with marks. Ghostscript shows inks as they are printed over each other.
rm -rf "$scratch/out"
"$recto" build "$books/sampler" --edition press -o "$scratch/out" -q \
    --set 'editions={press: {format: pdf, profile: generic-x4, bleed: true, marks: [crop, bars]}}' 2>/dev/null
pdf=$(ls "$scratch"/out/*.pdf | tail -n 1)
page=1
until pdftotext -f $page -l $page "$pdf" - | grep -q "The alphabet, as it is always"; do page=$((page + 1)); done
for side in 0 1; do
    n=$((page + side))
    gs -q -o "$scratch/side-$side.png" -sDEVICE=png16m -r80 -dTextAlphaBits=4 -dGraphicsAlphaBits=4 \
        -dOverprint=/simulate -dFirstPage=$n -dLastPage=$n "$pdf"
done
montage "$scratch/side-0.png" "$scratch/side-1.png" -tile 2x1 -geometry '+3+3' -background '#999' \
    +dither -colors 96 -depth 8 -strip -define png:exclude-chunk=all "$images/press.png"
ls -l "$images"/theme-*.png "$images/canons.png" "$images/press.png" "$images/tagged-table.png"
