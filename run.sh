#!/usr/bin/env bash
# Runs a suite: installs what is missing, builds what is out of date, and starts `pebench run`.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  cat <<'TEXT'
usage: ./run.sh [SUITE.toml] [ARGUMENTS...]

Runs a suite, suites/quick.toml by default. The arguments go to `pebench run`; see `build/release/bin/pebench run --help`.
The first call installs packages (Debian 12 or 13; as root or with sudo) and builds; later ones start at once.
CMAKE_PREFIX_PATH=/path/to/libtorch takes another LibTorch than Debian's.
TEXT
}

suite=$root/suites/quick.toml
if [[ $# != 0 ]]; then
  case "$1" in
    -h | --help) usage; exit 0 ;;
    -*) ;;
    *) suite=$1; shift ;;
  esac
fi

begin=$SECONDS
"$root/tools/setup.sh"
set_up=$SECONDS
"$root/tools/build.sh" release host/all plugins/all
built=$SECONDS
status=0
"$root/build/release/bin/pebench" run "$suite" "$@" || status=$?
echo "set-up $((set_up - begin)) s, build $((built - set_up)) s, run $((SECONDS - built)) s" >&2
exit "$status"
