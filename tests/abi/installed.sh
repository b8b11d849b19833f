#!/bin/sh
# installed.sh SOURCE_DIR SCRATCH_DIR: installs abi/ alone and builds against what was installed, and nothing else: the
# plugin of examples/learnt through CMake and through pkg-config, and the built-in encodings.
set -eu
source=$1 scratch=$2 here=$(dirname "$0")
rm -rf "$scratch"
mkdir -p "$scratch"
prefix=$scratch/prefix

cmake -S "$source/abi" -B "$scratch/abi"
cmake --install "$scratch/abi" --prefix "$prefix"

cmake -S "$source/examples/learnt" -B "$scratch/learnt" -DCMAKE_PREFIX_PATH="$prefix"
cmake --build "$scratch/learnt"
"$here/exports.sh" "$scratch/learnt/plugins/learnt20.so"

export PKG_CONFIG_PATH="$prefix/share/pkgconfig"
${CXX:-c++} -std=c++17 $(pkg-config --cflags pebench-abi) "$source/examples/learnt/learnt20.cc" \
  $(pkg-config --libs pebench-abi) -o "$scratch/learnt20.so"
"$here/exports.sh" "$scratch/learnt20.so"

cmake -S "$source/plugins" -B "$scratch/plugins" -DCMAKE_PREFIX_PATH="$prefix"
cmake --build "$scratch/plugins"
for plugin in "$scratch"/plugins/plugins/*.so; do
  "$here/exports.sh" "$plugin"
done
