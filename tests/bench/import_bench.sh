#!/usr/bin/env bash
# How fast files are imported: CPU seconds, events a second of them, and the most memory, for each format as a row of a Markdown table.
# usage: import_bench.sh PEBENCH [EVENTS [USERS [ITEMS [FORMAT...]]]]     by default 1,000,000 events, 100,000 users and items, all formats
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
pebench=$1 events=${2:-1000000} users=${3:-100000} items=${4:-100000}
shift $(($# < 4 ? $# : 4))
formats=("$@")
if [[ $# == 0 ]]; then
  formats=(tsv csv recbole movielens1m amazon2014 amazon2023 steam yelp gowalla rechorus sasrec)
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo '| format | events | MB | CPU seconds | events a second | most memory, MB |'
echo '|---|---|---|---|---|---|'
for format in "${formats[@]}"; do
  python3 "$here/event_files.py" "$format" "$events" "$users" "$items" "$folder/events"
  /usr/bin/time -f '%U %S %M' -o "$folder/time" "$pebench" data import "$folder/events" --out "$folder/set" >/dev/null
  read -r user system memory <"$folder/time"
  bytes=$(stat -c %s "$folder/events")
  awk -v format="$format" -v n="$events" -v u="$user" -v s="$system" -v m="$memory" -v b="$bytes" 'BEGIN {
    printf "| %s | %d | %.0f | %.2f | %.0f | %.0f |\n", format, n, b / 1e6, u + s, n / (u + s), m / 1024 }'
  rm -rf "$folder/set" "$folder/events"
done
