#!/bin/sh
# Pictures of an EPUB's screens in a reading system, and a sheet of them all.
#
#   tests/pictures/screens.sh BOOK.epub OUT [size=phone|tablet|WxH] [light=day|night|recoloured] [scale=200]
#                             [pages=3] [sections=0,chapter-1,5+2] [ragged=1]
#
# size: of the screen. light: `night` tells the style sheet that the page is dark, `recoloured` only makes it so. scale: the
# reader's type size in per cent. pages: screens of each section. sections: by number or by a piece of the file's name,
# `+N` to begin N screens later; default: all. Writes OUT/NNN-P.png and OUT/sheet.png, and names what is wider than the
# screen. Needs node, chromium, ImageMagick, and puppeteer-core and foliate-js under $READER_MODULES/node_modules.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export READER_MODULES="${READER_MODULES:-$HOME/.cache/validators/node}"
export PUPPETEER_EXECUTABLE_PATH="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}"
book=$1 out=$2
mkdir -p "$out"
rm -f "$out"/[0-9]*.png "$out/sheet.png"
node "$here/screens.mjs" "$@"
montage "$out"/[0-9]*.png -tile "${COLUMNS_OF_SHEET:-6}x" -geometry '+6+6' -background '#888' "$out/sheet.png"
