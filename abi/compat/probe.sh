#!/bin/sh
# probe.sh COMPILER INCLUDE_DIR LIBRARY: builds the probe library of the pebench.h in INCLUDE_DIR. What differs between compilers
# and machines without touching the contract is kept out: dialect, version of the debug information, paths, the C library.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"$1" -std=c99 -gdwarf-4 -O0 -fPIC -shared -nostdlib -fvisibility=hidden -ffile-prefix-map="$here"=. -I"$2" "$here/probe.c" -o "$3"
