#!/bin/sh
# template.sh PEBENCH SOURCE_DIR LANGUAGE SCRATCH_DIR: the template of a language, filled in, builds as its README says, exports
# the entry alone and describes itself; and passes `check` where this pebench has the verb.
set -eu
pebench=$1 source=$2 language=$3 scratch=$4
rm -rf "$scratch"
mkdir -p "$scratch"
for file in "$source/templates/$language"/*; do
  name=$(basename "$file" | sed 's/@NAME@/my_encoding/')
  sed -e "s#@NAME@#my_encoding#g; s#@CLASS@#MyEncoding#g; s#@PEBENCH@#$pebench#g; s#@PEBENCH_ABI@#$source/abi#g" \
    "$file" >"$scratch/$name"
done
cd "$scratch"
PATH=/usr/bin:/bin:$PATH
build=$(sed -n '/^```$/{n;p;q}' README.md)
sh -euc "$build"
library=$(sed -n 's/^plugin = "\(.*\.so\)"$/\1/p' suite.toml)
"$source/tests/abi/exports.sh" "$library"
"$pebench" describe "$library" | grep '"id": "my_encoding"'
if "$pebench" check --help >/dev/null 2>&1; then
  "$pebench" check "$library"
fi
