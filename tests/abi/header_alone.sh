#!/bin/sh
# header_alone.sh INCLUDE_DIR SOURCE C_COMPILER CXX_COMPILER: the header compiles by itself, without a warning
# and without padding, under every language standard, and its layout is the one that was shipped.
set -eu
include=$1 source=$2 c=$3 cxx=$4
warnings="-Wall -Wextra -Wpadded -pedantic -Werror"
for standard in c89 c99 c11 c17 c2x; do
  "$c" -std=$standard $warnings -I"$include" -fsyntax-only "$source"
done
for standard in c++98 c++11 c++14 c++17 c++20 c++2b; do
  "$cxx" -x c++ -std=$standard $warnings -I"$include" -fsyntax-only "$source"
done
