#!/bin/sh
# installed.sh BUILD_DIR SOURCE_DIR SCRATCH_DIR: installs a finished build, moves the installation, and uses it as somebody
# without the sources does. The steps stand at the end.
set -eu
build=$1 source=$2 scratch=$3
prefix=$scratch/moved  # of everything
abi=$scratch/abi       # of the abi part alone
PATH=$prefix/bin:$PATH
export PATH PEBENCH_CACHE="$scratch/cache"

installs_and_moves() {
  rm -rf "$scratch"
  mkdir -p "$scratch/project" "$scratch/projects"
  cmake --install "$build" --prefix "$scratch/first" >"$scratch/install.log"
  mv "$scratch/first" "$prefix"
}

a_plugin_builds_by_find_package() {
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
}

# It needs no library, and no LibTorch.
the_abi_part_is_nothing_but_texts() {
  cmake --install "$build" --component abi --prefix "$abi" >"$scratch/install_abi.log"
  binaries=$(grep -rLI . "$abi" || true)
  if [ -n "$binaries" ]; then
    echo "the abi part holds files that are no texts: $binaries" >&2
    exit 1
  fi
}

# What the first block of a project's README says to do, less what this build or this machine cannot.
commands_of() {
  sed -n '/^```/,/^```/p' "$1" | sed -e '1d' -e '/^```/,$d' | while read -r command; do
    case $command in
      *pebench' check '*) [ ! -x "$prefix/bin/pebench-trial" ] || echo "$command --no-price" ;;
      *pebench' run '*) [ ! -x "$prefix/bin/pebench-trial" ] || echo "$command" ;;
      *) echo "$command" ;;
    esac
  done
}
compiler_of() {
  case $1 in
    c) command -v cc ;;
    cpp) command -v c++ ;;
    fortran) command -v gfortran ;;
    go) command -v go ;;
    python) ls "$prefix"/lib*/pebench/plugins/python.so "$prefix"/lib/*/pebench/plugins/python.so 2>/dev/null ;;
    rust) command -v cargo ;;
    *) echo unknown ;;  # tried all the same
  esac
}

a_project_of_every_language_runs() {
  for template in "$prefix"/share/pebench/templates/*/; do
    language=$(basename "$template")
    if [ -z "$(compiler_of "$language")" ]; then
      echo "template $language: its compiler is not here (CI has it): no project is made"
      continue
    fi
    echo "template $language:"
    pebench new "sample_$language" --lang "$language" --into "$scratch/projects"
    cd "$scratch/projects/sample_$language"
    sed -i -e 's/^count = .*/count = 1/' suite.toml
    commands_of README.md >commands.sh
    sh -eux commands.sh
    cd "$scratch"
  done
}

a_project_builds_against_the_abi_part_alone() {
  sample=$scratch/projects/sample_c
  cmake -S "$sample" -B "$sample/alone" -DCMAKE_PREFIX_PATH="$abi"
  cmake --build "$sample/alone"
  grep -q "^pebench-abi_DIR.*=$abi/" "$sample/alone/CMakeCache.txt"
  export PKG_CONFIG_PATH="$abi/share/pkgconfig"
  ${CC:-cc} $(pkg-config --cflags pebench-abi) "$sample/sample_c.c" $(pkg-config --libs pebench-abi) -o "$scratch/sample_c.so"
  pebench describe "$scratch/sample_c.so" >"$scratch/sample_c.json"
  cmp "$scratch/sample_c.json" - <<TEXT
$(pebench describe "$sample/alone/plugins/sample_c.so")
TEXT
}

a_suite_runs_with_installed_plugins() {
  if [ ! -x "$prefix/bin/pebench-trial" ]; then
    echo "installed without pebench-trial (PEBENCH_TORCH=OFF): no suite is run"
    return
  fi
  sed -e 's/plugin = "rope"/plugin = "project\/build\/plugins\/learnt20.so"/' -e 's/count = 2/count = 1/' \
    "$source/tests/e2e/tiny.toml" >"$scratch/tiny.toml"
  pebench run "$scratch/tiny.toml" --results "$scratch/results"
}

for step in installs_and_moves a_plugin_builds_by_find_package the_abi_part_is_nothing_but_texts \
  a_project_of_every_language_runs a_project_builds_against_the_abi_part_alone a_suite_runs_with_installed_plugins; do
  echo "== $step"
  $step
done
