#!/usr/bin/env bash
# Installs what pebench is built from, out of the packages of Debian 12 or 13. Does nothing, quickly, when all is there.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: tools/setup.sh [--test] [--list]

Installs by apt, as root or with sudo, the packages that pebench is built from.
  --test   also those that only developers and tests need: clang, libabigail, Rust, Fortran, Go, R
  --list   only print their names

LibTorch is left out when CMAKE_PREFIX_PATH leads to one.
TEXT
}

# The reference BLAS that LibTorch would otherwise bring multiplies matrices 60 times slower than OpenBLAS.
packages=(
  ca-certificates
  g++ cmake make ninja-build pkg-config
  libopenblas0-pthread
  libcli11-dev libtomlplusplus-dev nlohmann-json3-dev libfmt-dev
  libboost-dev libboost-iostreams-dev libssl-dev zlib1g-dev librandom123-dev
  libsimdjson-dev libcsv-dev libsqlite3-dev libcpp-httplib-dev libjs-vega
  libgtest-dev libgmock-dev libbenchmark-dev
  python3-dev
)
developer_packages=(
  clang clang-format clang-tidy abigail-tools python3 python3-jsonschema python3-numpy sqlite3 xz-utils debootstrap
  rustc cargo gfortran golang-go  # the languages that plugins are shown in
  mkdocs  # docs/ as a site
  chromium nodejs librsvg2-bin  # the page of a report is looked at, its charts are drawn for papers
  texlive-latex-recommended  # the tables of a report are set
  r-base-core r-cran-jsonlite r-cran-nortest r-cran-exactranktests  # what the statistics are checked against
)

has_own_torch() {
  local prefix
  local -a prefixes
  IFS=':;' read -ra prefixes <<<"${CMAKE_PREFIX_PATH:-}"
  for prefix in "${prefixes[@]}"; do
    if compgen -G "$prefix/share/cmake/Torch/TorchConfig.cmake" >/dev/null ||
      compgen -G "$prefix/lib*/cmake/Torch/TorchConfig.cmake" >/dev/null ||
      compgen -G "$prefix/TorchConfig.cmake" >/dev/null; then
      return 0
    fi
  done
  return 1
}

list=false
for argument in "$@"; do
  case "$argument" in
    --test) packages+=("${developer_packages[@]}") ;;
    --list) list=true ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
has_own_torch || packages+=(libtorch-dev)
if $list; then
  printf '%s\n' "${packages[@]}"
  exit 0
fi

if ! command -v dpkg-query >/dev/null; then
  echo "setup: this is not Debian, so nothing is installed; pebench needs the libraries behind: ${packages[*]}" >&2
  exit 0
fi

installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null || true)
missing=()
for package in "${packages[@]}"; do
  [[ $'\n'$installed$'\n' == *$'\n'"installed $package"$'\n'* ]] || missing+=("$package")
done
if [[ ${#missing[@]} == 0 ]]; then
  exit 0
fi

# shellcheck source=/dev/null
distribution=$(. /etc/os-release && echo "${ID:-unknown} ${VERSION_ID:-}")
if [[ $distribution != "debian 12" && $distribution != "debian 13" ]]; then
  echo "setup: only Debian 12 and 13 are set up by themselves, this is $distribution; install: ${missing[*]}" >&2
  exit 0
fi

as_root=()
if [[ $(id -u) != 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "setup: packages are missing and there is no sudo; as root, run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "setup: installing ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" </dev/null >"$log" 2>&1
}
# One unreachable foreign repository makes this fail, and need not matter.
apt update || cat "$log" >&2
if ! apt install --yes --no-install-recommends "${missing[@]}"; then
  cat "$log" >&2
  echo "setup: apt-get could not install ${missing[*]}" >&2
  exit 1
fi
