#!/usr/bin/env bash
# Builds the documentation as a site in build/site, which needs no server and no network: open build/site/index.html.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: tools/site.sh [FOLDER]

Builds the site of docs/ in FOLDER, build/site where none is named, by Debian's mkdocs (tools/setup.sh --test installs it).
TEXT
}

case "${1:-}" in
  -h | --help) usage; exit 0 ;;
  -*) usage >&2; exit 2 ;;
esac
if ! command -v mkdocs >/dev/null; then
  echo "site: there is no mkdocs; tools/setup.sh --test installs it on Debian 12 and 13" >&2
  exit 77
fi
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(realpath --canonicalize-missing "${1:-$root/build/site}")
if ! log=$(mkdocs build --strict --clean --config-file "$root/mkdocs.yml" --site-dir "$folder" 2>&1); then
  grep -v -e '^INFO' -e '^  - ' <<<"$log" >&2
  exit 1
fi
echo "$folder/index.html"
