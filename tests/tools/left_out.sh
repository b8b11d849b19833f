#!/bin/sh
# left_out.sh SOURCE_DIR SCRATCH_DIR: tools/build.sh says which languages are left out for want of a program, and looks again
# once programs have been installed.
set -eu
source=$1 scratch=$2
rm -rf "$scratch"
mkdir -p "$scratch/tools" "$scratch/bin"
cp "$source/tools/build.sh" "$scratch/tools"
cp "$source/CMakePresets.json" "$scratch"
cat >"$scratch/CMakeLists.txt" <<TEXT
cmake_minimum_required(VERSION 3.25)
project(nothing LANGUAGES NONE)
include($source/tests/languages/Toolchains.cmake)
find_language(esperanto tradukilo)
file(WRITE \${PROJECT_BINARY_DIR}/found "\${PEBENCH_HAS_esperanto}")
TEXT
PATH=$scratch/bin:$PATH
sentence="Plugins in esperanto are left out: there is no tradukilo"

fail() {
  cat "$scratch/said" >&2
  echo "left_out.sh: $1" >&2
  exit 1
}
# What building everything says, of configuring, and whether the language was found.
expect() {
  "$scratch/tools/build.sh" release 2>"$scratch/said" || fail "the build failed"
  [ "$(grep -c "$sentence" "$scratch/said")" = "$1" ] || fail "expected the sentence $1 times"
  [ "$(grep -c '^configuring' "$scratch/said")" = "$2" ] || fail "expected to configure $2 times"
  [ "$(cat "$scratch/build/release/found")" = "$3" ] || fail "expected PEBENCH_HAS_esperanto to be $3"
}
expect 1 1 FALSE
expect 1 0 FALSE
printf '#!/bin/sh\n' >"$scratch/bin/tradukilo"
chmod +x "$scratch/bin/tradukilo"
expect 0 1 TRUE
