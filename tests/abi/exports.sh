#!/bin/sh
# exports.sh PLUGIN: it exports peb_plugin_v1 and nothing else, and needs no LibTorch.
set -eu
exported=$(nm -D --defined-only "$1" | awk '{print $NF}')
if [ "$exported" != peb_plugin_v1 ]; then
  echo "$1 exports: $exported" >&2
  exit 1
fi
if readelf -d "$1" | grep NEEDED | grep -E 'torch|c10'; then
  echo "$1 needs LibTorch" >&2
  exit 1
fi
