#!/bin/sh
# golden.sh COMPILER SCRATCH ABI_DIR MINOR PYTHON: the header has the ABI that version 1.MINOR shipped (abidiff: no difference at
# all, nothing suppressed, harmless ones included) and says what it said (frozen.py); and both notice when it has not, shown on
# mutants of it.
set -eu
compiler=$1 scratch=$2 abi=$3 minor=$4 python=$5
here=$(cd "$(dirname "$0")" && pwd)
shipped=$abi/compat/1.$minor
if [ ! -d "$shipped" ]; then
  echo "there is no $shipped: release 1.$minor is prepared by abi/compat/freeze.sh (docs/abi-policy.md)" >&2
  exit 1
fi
rm -rf "$scratch"
mkdir -p "$scratch/mutants"

# Both print what differs; 0 for no difference, 4 and 2 for one, anything else is a failure of their own.
abi_of() {
  "$abi/compat/probe.sh" "$compiler" "$1" "$scratch/probe.so"
  abidiff --no-default-suppression --harmless --redundant "$shipped/pebench.abi" "$scratch/probe.so"
}
text_of() { "$python" -B "$here/frozen.py" "$shipped/pebench.h" "$1/pebench.h"; }

abi_of "$abi/include/pebench"
text_of "$abi/include/pebench"

"$python" -B "$here/mutants.py" "$abi/include/pebench/pebench.h" "$scratch/mutants" >"$scratch/names"
while read -r name; do
  abi_exit=0 text_exit=0 expected_abi=4 expected_text=2
  [ "$name" != comment ] || expected_abi=0 expected_text=0
  abi_of "$scratch/mutants/$name" >"$scratch/log" 2>&1 || abi_exit=$?
  text_of "$scratch/mutants/$name" >>"$scratch/log" 2>&1 || text_exit=$?
  if [ "$abi_exit" != "$expected_abi" ] || [ "$text_exit" != "$expected_text" ]; then
    cat "$scratch/log"
    echo "mutant $name: abidiff $abi_exit, expected $expected_abi; frozen.py $text_exit, expected $expected_text" >&2
    exit 1
  fi
  echo "mutant $name: abidiff $abi_exit, frozen.py $text_exit, as expected"
done <"$scratch/names"
