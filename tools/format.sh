#!/usr/bin/env bash
# Holds the C and C++ sources to .clang-format, or with --fix puts them in its form.
# Left out: pebench.h, whose prose and columns are set by hand and frozen with the ABI (docs/abi-policy.md); the frozen
# headers of abi/compat; templates, which are no C++ before `pebench new` has filled them in.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
case "${1:-}" in
  '') arguments=(--dry-run --Werror) ;;
  --fix) arguments=(-i) ;;
  *) echo "usage: tools/format.sh [--fix]" >&2; exit 2 ;;
esac
git ls-files -z -- '*.h' '*.hpp' '*.c' '*.cc' ':!abi/include/pebench/pebench.h' ':!abi/compat' ':!templates' |
  xargs -0 clang-format "${arguments[@]}"
