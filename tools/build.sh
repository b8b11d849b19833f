#!/usr/bin/env bash
# Configures a preset when that is needed, and builds it.
# usage: tools/build.sh PRESET [TARGET...]      a folder's targets are FOLDER/all
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
preset=$1
shift
build=$root/build/$preset

# Ninja configures again by itself when a CMakeLists.txt changes; presets and the environment it does not see.
settings=$(cat "$root/CMakePresets.json" && echo "prefix ${CMAKE_PREFIX_PATH:-}, compilers ${CC:-} ${CXX:-}")
if [[ ! -f $build/build.ninja || $(cat "$build/settings.txt" 2>/dev/null) != "$settings" ]]; then
  echo "configuring $preset" >&2
  fresh=()
  if [[ -f $build/settings.txt ]]; then
    fresh=(--fresh)
    rm "$build/settings.txt"
  fi
  mkdir -p "$build"
  if ! cmake "${fresh[@]}" -S "$root" --preset "$preset" >"$build/configure.log" 2>&1; then
    cat "$build/configure.log" >&2
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
