#!/bin/sh
# template.sh PEBENCH SOURCE_DIR LANGUAGE SCRATCH_DIR: the template of a language, filled in, builds as its README says, exports
# the entry alone and describes itself; and passes `check` where this pebench has the verb. So does the listing in
# abi/LANGUAGE/README.md in the place of the template's.
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
library=$(sed -n 's/^plugin = "\(.*\.so\)"$/\1/p' suite.toml)

build_and_try() {
  sh -euc "$build"
  "$source/tests/abi/exports.sh" "$library"
  "$pebench" describe "$library" | grep "\"id\": \"$1\""
  if "$pebench" check --help >/dev/null 2>&1; then
    "$pebench" check "$library"
  fi
}

build_and_try my_encoding
sed -n "/^\`\`\`$language\$/,/^\`\`\`\$/p" "$source/abi/$language/README.md" | sed '1d;$d' >listing
mv listing "$(ls my_encoding.*)"
build_and_try learnt20
