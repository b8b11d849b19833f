#!/bin/sh
# installed.sh BUILD_DIR SOURCE_DIR SCRATCH_DIR: installs a finished build, moves the installation, and uses it as somebody
# without the sources does: builds a plugin by find_package(pebench), and runs a suite with it and with the installed plugins.
set -eu
build=$1 source=$2 scratch=$3
rm -rf "$scratch"
mkdir -p "$scratch/project"
cmake --install "$build" --prefix "$scratch/first" >"$scratch/install.log"
mv "$scratch/first" "$scratch/moved"
prefix=$scratch/moved

cp "$source/examples/learnt/learnt20.cc" "$scratch/project"
cat >"$scratch/project/CMakeLists.txt" <<'TEXT'
cmake_minimum_required(VERSION 3.25)
project(outside LANGUAGES CXX)
find_package(pebench 0.1 REQUIRED)
pebench_add_plugin(learnt20 learnt20.cc)
add_custom_target(describe ALL COMMAND pebench::pebench describe $<TARGET_FILE:learnt20> DEPENDS learnt20)
file(GLOB suites ${PEBENCH_SUITES_DIR}/*.toml)
file(GLOB plugins ${PEBENCH_PLUGINS_DIR}/*.so)
if(NOT suites OR NOT plugins)
  message(FATAL_ERROR "no suites in ${PEBENCH_SUITES_DIR} or no plugins in ${PEBENCH_PLUGINS_DIR}")
endif()
TEXT
cmake -S "$scratch/project" -B "$scratch/project/build" -DCMAKE_PREFIX_PATH="$prefix"
cmake --build "$scratch/project/build"

if [ ! -x "$prefix/bin/pebench-trial" ]; then
  echo "installed without pebench-trial (PEBENCH_TORCH=OFF): no suite is run"
  exit 0
fi
sed -e 's/plugin = "rope"/plugin = "project\/build\/plugins\/learnt20.so"/' -e 's/count = 2/count = 1/' \
  "$source/tests/e2e/tiny.toml" >"$scratch/tiny.toml"
export PEBENCH_CACHE="$scratch/cache"
"$prefix/bin/pebench" run "$scratch/tiny.toml" --results "$scratch/results"
