#!/usr/bin/env bash
# Builds pebench and runs its quick tests in a chroot of Debian 13, on a machine of any Debian release.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
release=trixie

usage() {
  cat <<'TEXT'
usage: tests/package/debian13.sh [--cache FOLDER] [ARGUMENTS OF test.sh...]

Makes a bare Debian 13 with debootstrap from the mirror that this machine's apt uses, and calls `./test.sh quick` in it,
or `./test.sh ARGUMENTS...`. Needs root, mounts and 3 GB.
  --cache FOLDER   where the chroot and the build stay for the next call (default: /var/cache/pebench/debian13)
TEXT
}

cache=/var/cache/pebench/debian13
case "${1:-}" in
  -h | --help) usage; exit 0 ;;
  --cache) cache=$2; shift 2 ;;
esac
if [[ $# == 0 ]]; then
  set -- quick
fi

if [[ $(id -u) != 0 ]]; then
  echo "debian13: a chroot needs root" >&2
  exit 1
fi
if ! command -v debootstrap >/dev/null; then
  echo "debian13: debootstrap is missing; run: apt-get install debootstrap" >&2
  exit 1
fi

# The repository that serves this machine's own release serves the other as well.
mirror() {
  # shellcheck source=/dev/null
  apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v own="$(. /etc/os-release && echo "$VERSION_CODENAME")" '$1 == own || $1 == "stable" { print $2; exit }'
}

chroot=$cache/root
build=$cache/build
if [[ ! -f $cache/ready ]]; then
  uri=$(mirror)
  if [[ -z $uri ]]; then
    echo "debian13: apt knows no Debian mirror (see: apt-get indextargets)" >&2
    exit 1
  fi
  eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
  rm -rf --one-file-system "$chroot"
  mkdir -p "$chroot" "$build"
  echo "debian13: making $chroot from $uri" >&2
  if ! http_proxy=${http_proxy:-} debootstrap --variant=minbase "$release" "$chroot" "$uri" >"$cache/debootstrap.log"; then
    tail "$cache/debootstrap.log" >&2
    exit 1
  fi
  if [[ -n ${http_proxy:-} ]]; then
    echo "Acquire::http::Proxy \"$http_proxy\";" >"$chroot/etc/apt/apt.conf.d/99proxy"
  fi
  touch "$cache/ready"
fi
cp /etc/resolv.conf "$chroot/etc/resolv.conf"

# The mounts live in a namespace of their own and vanish with it. The tree is read-only, so the tests may write nothing
# into it, and the build goes to the cache.
mkdir -p "$chroot/pebench" "$root/build"
exec unshare --mount --propagation private bash -euc '
  root=$1 chroot=$2 build=$3
  shift 3
  mount -t proc proc "$chroot/proc"
  mount --rbind /dev "$chroot/dev"
  mount --rbind /sys "$chroot/sys"
  mount --bind "$root" "$chroot/pebench"
  mount -o remount,bind,ro "$chroot/pebench"
  mount --bind "$build" "$chroot/pebench/build"
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 chroot "$chroot" /pebench/test.sh "$@"
' debian13 "$root" "$chroot" "$build" "$@"
