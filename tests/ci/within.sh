#!/usr/bin/env bash
# usage: within.sh MINUTES COMMAND...     calls the command if ./test.sh --ci began no longer than that ago
# .ci/run has an hour, and a slow machine is told loudly what it had no time for rather than stopped in the middle.
set -euo pipefail
minutes=$1
shift
gone=$(((EPOCHSECONDS - ${PEBENCH_CI_BEGIN:-$EPOCHSECONDS}) / 60))
if ((gone > minutes)); then
  echo "LEFT OUT: $gone of .ci/run's 60 minutes are gone, and this begins within $minutes or not at all: $*" >&2
  exit 77
fi
exec "$@"
