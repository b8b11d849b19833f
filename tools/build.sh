#!/usr/bin/env bash
# Configures a preset when that is needed, and builds it. A build of everything says what is left out for want of a program.
# usage: tools/build.sh PRESET [TARGET...]      a folder's targets are FOLDER/all
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
preset=$1
shift
build=$root/build/$preset
log=$build/configure.log

left_out() { grep 'left out' "$log" 2>/dev/null | sed 's/^-- /build: /'; }
# Programs have come or gone since the preset was configured: what it was left without may be here now.
programs_changed() {
  local -a folders
  IFS=: read -ra folders <<<"$PATH"
  [[ -n $(find "${folders[@]}" -maxdepth 0 -newer "$log" 2>/dev/null) ]]
}

# Ninja configures again by itself when a CMakeLists.txt changes; presets and the environment it does not see.
settings=$(cat "$root/CMakePresets.json" && echo "prefix ${CMAKE_PREFIX_PATH:-}, compilers ${CC:-} ${CXX:-}")
if [[ ! -f $build/build.ninja || $(cat "$build/settings.txt" 2>/dev/null) != "$settings" ]] ||
  { [[ -n $(left_out) ]] && programs_changed; }; then
  echo "configuring $preset" >&2
  fresh=()
  if [[ -f $build/settings.txt ]]; then
    fresh=(--fresh)
    rm "$build/settings.txt"
  fi
  mkdir -p "$build"
  if ! cmake "${fresh[@]}" -S "$root" --preset "$preset" >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
  fi
  echo "$settings" >"$build/settings.txt"
fi

targets=()
if [[ $# != 0 ]]; then
  targets=(--target "$@")
fi
if [[ -t 2 ]]; then
  cmake --build "$build" "${targets[@]}" >&2
else
  # Off a terminal, a line for every tenth of a way of some length, and whatever the compiler says.
  NINJA_STATUS='%p %t ' cmake --build "$build" "${targets[@]}" | awk '
    $1 ~ /^[0-9]+%$/ {
      tenth = int($1 / 10)
      if (tenth > shown && $2 > 10) { print "built " tenth "0 %"; fflush(); shown = tenth }
      next
    }
    /^-- / || /^ninja: no work to do/ { next }
    { print; fflush() }' >&2
fi
if [[ $# == 0 ]]; then
  left_out >&2 || true
fi
