#!/usr/bin/env bash
# Runs pebench in a chroot of Debian 13, on a machine of any Debian release. Exits with 77 where no chroot can be had.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
release=trixie

usage() {
  cat <<'TEXT'
usage: tests/package/debian13.sh [--keep FOLDER] [--possible | COMMAND...]

Makes a bare Debian 13 with debootstrap from the mirror that this machine's apt uses, and calls there, in the checkout, the
command: by default run.sh on a tiny suite, and the tests of the numbers. Needs root, mounts and 5 GB.
  --keep FOLDER   where the chroot and the build stay for the next call; otherwise they are in a temporary folder, and go
  --possible      only says whether a chroot can be had
TEXT
}

keep=
possible=false
while [[ $# != 0 ]]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --keep) keep=$2; shift 2 ;;
    --possible) possible=true; shift ;;
    *) break ;;
  esac
done
if [[ $# == 0 ]]; then
  set -- bash -euc '
    ./run.sh tests/e2e/tiny.toml --results /tmp/results
    tools/build.sh release parity_test encodings_test
    ctest --preset release --tests-regex "^(parity|encodings)$" --parallel "$(nproc)"'
fi

folder=$keep
if [[ -z $keep ]]; then
  folder=$(mktemp -d /var/tmp/pebench-debian13.XXXXXX)
  trap 'rm -rf --one-file-system "$folder"' EXIT
fi
mkdir -p "$folder/build"

left_out() {
  echo "debian13: LEFT OUT, there is no trial on Debian 13: $*" >&2
  exit 77
}

# The repository that serves this machine's own release serves the other as well.
mirror() {
  # shellcheck source=/dev/null
  apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v own="$(. /etc/os-release && echo "$VERSION_CODENAME")" '$1 == own || $1 == "stable" { print $2; exit }'
}

[[ $(id -u) == 0 ]] || left_out "a chroot needs root"
command -v debootstrap >/dev/null || left_out "debootstrap is missing (tools/setup.sh --test installs it)"
unshare --mount --propagation private mount -t tmpfs none /mnt 2>/dev/null || left_out "this machine refuses mounts"
rm -f "$folder/null"
{ mknod "$folder/null" c 1 3 && echo >"$folder/null"; } 2>/dev/null || left_out "$folder admits no devices"
uri=$(mirror)
[[ -n $uri ]] || left_out "apt knows no Debian mirror (see: apt-get indextargets)"
/usr/lib/apt/apt-helper -qq download-file "${uri%/}/dists/$release/Release" "$folder/Release" >/dev/null 2>&1 ||
  left_out "${uri%/}/dists/$release cannot be reached"
if $possible; then
  exit 0
fi

chroot=$folder/root
if [[ ! -f $folder/ready ]]; then
  eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
  rm -rf --one-file-system "$chroot"
  mkdir -p "$chroot"
  echo "debian13: making $chroot from $uri" >&2
  if ! http_proxy=${http_proxy:-} debootstrap --variant=minbase "$release" "$chroot" "$uri" >"$folder/debootstrap.log"; then
    tail "$folder/debootstrap.log" >&2
    exit 1
  fi
  if [[ -n ${http_proxy:-} ]]; then
    echo "Acquire::http::Proxy \"$http_proxy\";" >"$chroot/etc/apt/apt.conf.d/99proxy"
  fi
  touch "$folder/ready"
fi
cp /etc/resolv.conf "$chroot/etc/resolv.conf"

# The mounts live in a namespace of their own and vanish with it. The tree is read-only, so that nothing may be written into
# it, and the build goes to the folder.
mkdir -p "$chroot/pebench" "$root/build"
unshare --mount --propagation private bash -euc '
  root=$1 folder=$2 chroot=$2/root
  shift 2
  mount -t proc proc "$chroot/proc"
  mount --rbind /dev "$chroot/dev"
  mount --rbind /sys "$chroot/sys"
  mount --bind "$root" "$chroot/pebench"
  mount -o remount,bind,ro "$chroot/pebench"
  mount --bind "$folder/build" "$chroot/pebench/build"
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 chroot "$chroot" sh -c "cd /pebench; exec \"\$@\"" sh "$@"
' debian13 "$root" "$folder" "$@"
