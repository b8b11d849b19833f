#!/usr/bin/env bash
# usage: within.sh MINUTES COMMAND...     calls the command if ./test.sh --ci began no longer than that ago
# It has an hour: what it has no time for, or cannot end in time, is left out loudly rather than cut off with everything else.
set -euo pipefail
hour=$((57 * 60))
minutes=$1
shift
left_out() {
  echo "LEFT OUT: $*" >&2
  exit 77
}

gone=$((EPOCHSECONDS - ${PEBENCH_CI_BEGIN:-$EPOCHSECONDS}))
((gone <= minutes * 60)) || left_out "$((gone / 60)) of its 60 minutes are gone, and this begins within $minutes or not at all: $*"
status=0
timeout --kill-after=10 "$((hour - gone))" "$@" || status=$?
((status != 124 && status != 137)) || left_out "it would not have ended within 60 minutes: $*"
exit "$status"
