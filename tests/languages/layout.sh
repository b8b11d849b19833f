#!/bin/sh
# layout.sh PROGRAM LAYOUT_C: the bindings of a language lay out what the header does. The program prints every size, offset
# and code of its bindings in the form of layout.c, which the compiler holds against the header.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
grep -E '^(SIZE|PLACE|CODE)\(' "$2" | sort >"$folder/header"
"$1" | sort >"$folder/bindings"
[ -s "$folder/header" ] || { echo "layout: $2 has no lines of the form SIZE(, PLACE( or CODE(" >&2; exit 1; }
if ! diff "$folder/header" "$folder/bindings"; then
  echo "layout: lines with < are the header's, those with > the bindings'" >&2
  exit 1
fi
