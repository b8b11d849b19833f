#!/usr/bin/env bash
# Builds and tests pebench on a machine that may have nothing yet.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  cat <<'TEXT'
usage: ./test.sh [quick] [--sanitize] [ARGUMENTS OF CTEST...]

Installs what is missing (Debian 12 or 13; as root or with sudo), builds, and runs all tests.
  quick        only the tests with the label quick
  --sanitize   the quick tests, built with ASan and UBSan
For example: ./test.sh quick --tests-regex stats
TEXT
}

build=release
tests=release
arguments=()
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
    quick) tests=quick ;;
    --sanitize) build=sanitize; tests=sanitize ;;
    *) arguments+=("$argument") ;;
  esac
done

begin=$SECONDS
"$root/tools/setup.sh" --test
set_up=$SECONDS
"$root/tools/build.sh" "$build"
echo "set-up $((set_up - begin)) s, build $((SECONDS - set_up)) s" >&2
cd "$root"
exec ctest --preset "$tests" --parallel "$(nproc)" "${arguments[@]}"
