#!/usr/bin/env bash
# Builds and tests pebench on a machine that may have nothing yet.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  cat <<'TEXT'
usage: ./test.sh [quick] [--sanitize | --ci] [ARGUMENTS OF CTEST...]

Installs what is missing (Debian 12 or 13; as root or with sudo), builds, and runs all tests.
  quick        only the tests with the label quick
  --sanitize   the quick tests of compiled code, built with ASan and UBSan
  --ci         all tests, built with warnings as errors; --sanitize; and a trial in a chroot of Debian 13, where one can be had
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
    --ci) build=ci; tests=ci ;;
    *) arguments+=("$argument") ;;
  esac
done

export PEBENCH_CI_BEGIN=${PEBENCH_CI_BEGIN:-$EPOCHSECONDS}
begin=$SECONDS
"$root/tools/setup.sh" --test
set_up=$SECONDS
"$root/tools/build.sh" "$build"
echo "set-up $((set_up - begin)) s, build $((SECONDS - set_up)) s" >&2
if [[ $tests == ci ]]; then
  if grep -q 'left out' "$root/build/ci/configure.log"; then
    echo "test.sh: --ci runs every test, and some are left out (above)" >&2
    exit 1
  fi
  "$root/tests/package/debian13.sh" --possible || true
fi
cd "$root"
exec ctest --preset "$tests" --parallel "$(nproc)" "${arguments[@]}"
