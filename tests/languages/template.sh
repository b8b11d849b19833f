#!/bin/sh
# template.sh PEBENCH SOURCE_DIR LANGUAGE SCRATCH_DIR: the template of a language, filled in, builds as its README says, exports
# the entry alone and describes itself; and passes `check` where this pebench has the verb. So does the listing in
# abi/LANGUAGE/README.md in the place of the template's; and a hook that is none makes a library that says so.
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

refused() {
  sh -euc "$build"
  if "$pebench" describe "$library" 2>message; then
    echo "a hook that is none was accepted" >&2
    exit 1
  fi
  grep "$1" message
}

case $language in  # in Rust the compiler refuses it
  fortran)
    sed -i 's/hooks="input"/hooks="inptu"/' my_encoding.f90
    refused "there is no hook 'inptu'"
    ;;
  go)
    echo 'func (l *learnt) Bias() {}' >>my_encoding.go
    refused 'learnt has a method Bias that is not the hook of that name'
    ;;
esac
