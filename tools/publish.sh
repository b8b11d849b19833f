#!/usr/bin/env bash
# Makes a published run of a suite's results: results/SUITE/records.tar.xz, from which everybody can repeat the report and
# replay every trial, and results/SUITE/report.md. README.md beside them, what it asks and says, is written by hand.
# usage: tools/publish.sh FOLDER        a suite's folder, as `pebench run` wrote it
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
pebench=$root/build/release/bin/pebench
[[ $# == 1 && -f $1/suite.lock.json ]] || { echo "usage: tools/publish.sh FOLDER, a suite's folder as \`pebench run\` wrote it" >&2; exit 2; }
folder=$(cd "$1" && pwd)
name=$(basename "$folder")
target=$root/results/$name

"$pebench" verify "$folder"
mkdir -p "$target"
"$pebench" report "$folder" --format markdown --out "$target/report.md"
tar --create --xz --file "$target/records.tar.xz" --directory "$(dirname "$folder")" --sort name --mtime @0 \
  --owner 0 --group 0 --numeric-owner \
  "$name/suite.lock.json" $(cd "$(dirname "$folder")" && find "$name" -path "$name/speed/*.json" -o -path "$name/users/*.gz" | LC_ALL=C sort) $(cd "$(dirname "$folder")" && find "$name/trials" \( -name trial.json -o -name record.json -o -name ranks.bin.gz -o -name recommendations.bin.gz \) | LC_ALL=C sort)
ls -l "$target"
