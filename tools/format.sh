#!/usr/bin/env bash
# Holds the C and C++ sources to .clang-format, or with --fix puts them in its form. Exits with 77 where that cannot be told.
# Left out: pebench.h, whose prose and columns are set by hand and frozen with the ABI (docs/abi-policy.md); the frozen
# headers of abi/compat; templates, which are no C++ before `pebench new` has filled them in.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
case "${1:-}" in
  '') arguments=(--dry-run --Werror) ;;
  --fix) arguments=(-i) ;;
  *) echo "usage: tools/format.sh [--fix]" >&2; exit 2 ;;
esac

cannot_tell() {
  echo "format: $*" >&2
  exit 77
}
# Every major version of clang-format has its own idea of some lines; the sources have Debian 12's.
version=$(clang-format --version 2>/dev/null) || cannot_tell "clang-format is missing (tools/setup.sh --test installs it)"
[[ $version =~ version\ 14\. ]] || cannot_tell "the sources are in the form of clang-format 14, this is $version"
sources() { git -c safe.directory="$PWD" ls-files -z --cached --others --exclude-standard -- "$@"; }
sources . >/dev/null 2>&1 || cannot_tell "this is no git checkout, which lists the sources"
sources '*.h' '*.hpp' '*.c' '*.cc' ':!abi/include/pebench/pebench.h' ':!abi/compat' ':!templates' |
  xargs -0 clang-format "${arguments[@]}"
