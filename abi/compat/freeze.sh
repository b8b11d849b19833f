#!/bin/sh
# freeze.sh [--unreleased]: writes 1.<minor>/ beside this script, what a release of that minor version ships: pebench.h, a copy of
# the header, and pebench.abi, what abidw sees of it. Called once per release and never again; --unreleased replaces a folder that
# no release has shipped yet. docs/abi-policy.md says when. Needs gcc and abidw (abigail-tools) on x86-64.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
include=$here/../include/pebench
minor=$(sed -n 's/^#define PEB_ABI_MINOR \([0-9]*\)$/\1/p' "$include/pebench.h")
folder=$here/1.$minor
if [ -e "$folder" ] && [ "${1:-}" != --unreleased ]; then
  echo "freeze: $folder exists; what a release shipped is never changed" >&2
  exit 1
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$here/probe.sh" gcc "$include" "$scratch/probe.so"
mkdir -p "$folder"
cp "$include/pebench.h" "$folder/pebench.h"
abidw --no-show-locs --no-comp-dir-path --no-corpus-path --no-elf-needed --type-id-style hash --out-file "$folder/pebench.abi" \
  "$scratch/probe.so"
