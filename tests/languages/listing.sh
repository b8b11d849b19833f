#!/bin/sh
# listing.sh PEBENCH SOURCE_DIR LANGUAGE SCRATCH_DIR: the listing in abi/LANGUAGE/README.md builds in the place of a template's,
# exports the entry alone and describes itself; with a hook that is none it is a library that says so.
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

sed -n "/^\`\`\`$language\$/,/^\`\`\`\$/p" "$source/abi/$language/README.md" | sed '1d;$d' >listing
mv listing "$(ls my_encoding.*)"
sh -euc "$build"
"$source/tests/abi/exports.sh" "$library"
"$pebench" describe "$library" | grep '"id": "learnt20"'

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
