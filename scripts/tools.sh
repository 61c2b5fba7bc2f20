#!/usr/bin/env bash
# Proves that the tools named start on this machine:
#   scripts/tools.sh compiler printing node services servers driver browser imap
# What does not start is installed where that is allowed, and tried again. When one still does not start, says in one
# line which, why and what to run, and exits with 1.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

say() { printf '%s\n' "$*" >&2; }

# The Debian packages of a tool; nothing for what comes with the Python packages or is the user's own.
packages_of() {
  case $1 in
    compiler) echo gcc make libc6-dev ;;
    printing) echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
    node | driver) echo libatomic1 ;;
    browser) [ -n "${CHROMIUM:-}" ] || echo chromium ;;
    imap) [ -n "${DOVECOT:-}" ] || echo dovecot-imapd openssl ;;
  esac
}

fault_of() {
  case $1 in
    compiler) echo "there is no C compiler to build Redis with" ;;
    printing) echo "WeasyPrint cannot print letters" ;;
    node) echo "Node.js does not start" ;;
    services) echo "the embedded PostgreSQL or Redis does not start" ;;
    servers) echo "the server that DATABASE_URL or REDIS_URL names does not answer" ;;
    driver) echo "Playwright does not start" ;;
    browser) echo "Chromium does not start" ;;
    imap) echo "Dovecot, the IMAP server of the tests, does not start" ;;
  esac
}

# Each start_TOOL succeeds only when the tool starts; the last line it prints says why not.
start_compiler() { command -v make && echo '#include <stdio.h>
int main(void) { return puts("") < 0; }' | cc -x c -o /dev/null -; }

start_node() { .venv/bin/node --version; }

start_driver() { .venv/bin/playwright --version; }

start_printing() {
  .venv/bin/python - <<'PYTHON'
import sys
import weasyprint
from weasyprint.text.ffi import harfbuzz_subset

harfbuzz_subset or sys.exit("libharfbuzz-subset is missing")
weasyprint.HTML(string="<p>A letter</p>").write_pdf()
PYTHON
}

start_services() {
  .venv/bin/python - <<'PYTHON'
import os, subprocess, sys
from foitracker.embedded import EmbeddedServiceError, program

embedded = {"postgres": "DATABASE_URL", "initdb": "DATABASE_URL", "redis-server": "REDIS_URL"}
try:
    for name, instead in embedded.items():
        if instead not in os.environ:
            subprocess.run([program(name), "--version"], check=True)
except (EmbeddedServiceError, OSError, subprocess.CalledProcessError) as error:
    sys.exit(str(error))
PYTHON
}

start_servers() {
  .venv/bin/python - <<'PYTHON'
import os, sys
import psycopg, redis

try:
    if "DATABASE_URL" in os.environ:
        psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5).close()
    if "REDIS_URL" in os.environ:
        redis.Redis.from_url(os.environ["REDIS_URL"], socket_connect_timeout=5).ping()
except (psycopg.Error, redis.RedisError) as error:
    sys.exit(str(error).splitlines()[0])
PYTHON
}

start_browser() {
  .venv/bin/python - <<'PYTHON'
import os, shutil, subprocess, sys, tempfile
from tests.browser import ARGUMENTS, NAMES

path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
if path is None:
    sys.exit("not found")
with tempfile.TemporaryDirectory() as profile:
    command = [path, "--headless", *ARGUMENTS, f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
    try:
        subprocess.run(command, check=True, timeout=60)
    except subprocess.CalledProcessError:
        sys.exit(1)  # it has said itself why
    except (OSError, subprocess.TimeoutExpired) as error:
        sys.exit(str(error))
PYTHON
}

start_imap() { .venv/bin/python -m tests.dovecot; }

# prove TOOL...: sets `failing` to the tools that do not start, and `reasons` to what is the matter with each.
prove() {
  local tool output
  failing=() reasons=""
  for tool in "$@"; do
    output=$("start_$tool" 2>&1) && continue
    failing+=("$tool")
    reasons+="$(fault_of "$tool") ($(printf '%s\n' "${output:-no message}" | tail -n 1)). "
  done
}

# install PACKAGE...: with apt-get, as root or with passwordless sudo.
install() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0) may=() had_dovecot=""
  command -v apt-get >/dev/null || return
  [ "$(id -u)" -eq 0 ] || { sudo -n true 2>/dev/null || return; may=(sudo -n) apt=(sudo -n "${apt[@]}"); }
  [ ! -e /etc/dovecot ] || had_dovecot=yes
  say "Installing $* ($(for tool in "${failing[@]}"; do fault_of "$tool"; done | paste -s -d ';' - | sed 's/;/; /g'))"
  "${apt[@]}" install -y --no-install-recommends "$@" >/dev/null 2>&1 ||
    { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$@" >/dev/null; } || return
  # Debian starts a Dovecot that it installs. The tests start one of their own, and nobody asked for another.
  [ -n "$had_dovecot" ] || [ ! -e /etc/dovecot ] || ! command -v systemctl >/dev/null ||
    "${may[@]}" systemctl disable --now dovecot.service dovecot.socket >/dev/null 2>&1 || true
}

prove "$@"
[ ${#failing[@]} -gt 0 ] || exit 0
read -ra packages <<<"$(for tool in "${failing[@]}"; do packages_of "$tool"; done | xargs)"
advice=""
if [ ${#packages[@]} -gt 0 ]; then
  if ! install "${packages[@]}"; then
    advice="Run: sudo apt-get install -y ${packages[*]}"
    command -v apt-get >/dev/null || advice="Install what your system has for Debian's ${packages[*]}"
  fi
  prove "${failing[@]}"
fi
[ ${#failing[@]} -eq 0 ] || { say "setup: $reasons$advice"; exit 1; }
