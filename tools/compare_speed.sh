#!/usr/bin/env bash
# Says of every benchmark whether a commit made it faster or slower than another, or whether that cannot be told here.
# usage: tools/compare_speed.sh BEFORE AFTER [BENCHMARK] [ROUNDS]
#        tools/compare_speed.sh HEAD~1 HEAD step_bench 10
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [[ $# -lt 2 || $# -gt 4 || $1 == -* ]]; then
  sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
benchmark=${3:-step_bench}
rounds=${4:-10}
[[ $rounds =~ ^[1-9][0-9]*$ && $rounds -ge 5 ]] || { echo "compare_speed: ROUNDS is \"$rounds\"; write 5 or more" >&2; exit 2; }

declare -A program
for side in before after; do
  name=$([[ $side == before ]] && echo "$1" || echo "$2")
  commit=$(git -C "$root" rev-parse --verify --quiet "$name^{commit}") ||
    { echo "compare_speed: there is no commit \"$name\"" >&2; exit 2; }
  tree=$root/build/compare/$commit
  [[ -d $tree ]] || git -C "$root" worktree add --quiet --detach "$tree" "$commit"
  "$tree/tools/build.sh" release "bin/$benchmark" >&2
  program[$side]=$tree/build/release/bin/$benchmark
done

# In turns, the first of each drawn by chance, so that a machine that slows down does so for both.
times=$(mktemp -d)
trap 'rm -rf "$times"' EXIT
for ((round = 1; round <= rounds; ++round)); do
  order=(before after)
  ((RANDOM % 2)) && order=(after before)
  for side in "${order[@]}"; do
    echo "round $round of $rounds: $side" >&2
    "${program[$side]}" --benchmark_out="$times/$side.$round.json" --benchmark_out_format=json >/dev/null 2>&1
  done
done
python3 "$root/tools/speed_verdict.py" "$times"
