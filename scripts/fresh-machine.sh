#!/usr/bin/env bash
# Makes a bare Debian 12 (debootstrap minbase with python3, python3-venv, make and git, and nothing else), and runs in it,
# in a fresh clone of the current commit, `make run` until its pages answer, and `make test`.
#
#   scripts/fresh-machine.sh [--args "-m browser"] [--keep] [run] [test]
#
#   run, test   which of the two (both, when none is named)
#   --args      passed to pytest, like ARGS of make
#   --keep      leave the machine's folder, and say where it is
#
# As root. The mirror, the package index and the npm registry are those of this machine's own configuration (apt, pip, npm,
# proxies, certificates); MIRROR=… where apt names no Debian mirror. The folder is made below TMPDIR and takes 4 GB.
set -euo pipefail
cd "$(dirname "$0")/.."

RELEASE=bookworm
PACKAGES=python3,python3-venv,make,git
PATIENCE=900 # seconds until the pages must answer

say() { printf '[%02d:%02d] %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }
fail() { printf 'fresh-machine: %s\n' "$*" >&2; exit 1; }

# --- Outside: a namespace of its own for mounts and processes, so that both end with it whatever happens -------------

outside() {
  local tool signal missing=""
  [ "$(id -u)" -eq 0 ] || fail "run it as root: sudo $0"
  for tool in debootstrap unshare chroot git; do
    command -v "$tool" >/dev/null || missing+=" $tool"
  done
  [ -z "$missing" ] || fail "this needs$missing. Run: apt-get install -y debootstrap util-linux coreutils git"
  FOLDER=$(mktemp -d --tmpdir foitracker-machine.XXXXXX) # root's alone: the machine holds what root may read here
  export MACHINE=$FOLDER/debian
  trap clean_up EXIT
  for signal in INT TERM HUP; do
    # shellcheck disable=SC2064 # the name of the signal is meant now
    trap "fail 'stopped by SIG$signal'" $signal
  done
  unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$0" --inside "$@" &
  wait $!
}

clean_up() {
  local namespace attempt
  for namespace in $(jobs -p); do
    kill -KILL "$namespace" 2>/dev/null || true # its processes and mounts go with it
    wait "$namespace" 2>/dev/null || true
  done
  if [ -n "$keep" ]; then
    echo "The machine is left in $MACHINE"
    return
  fi
  for attempt in 1 2 3 4 5; do # what is ending may still write
    rm -rf --one-file-system "$FOLDER" 2>/dev/null && return
    sleep "$attempt"
  done
  echo "$FOLDER could not be removed" >&2
}

# --- Inside: the machine ----------------------------------------------------------------------------------------------

# Print this machine's Debian sources, one "URL SUITE" a line, for the release that is made.
debian_sources() {
  local codename
  if [ -n "${MIRROR:-}" ]; then
    echo "$MIRROR $RELEASE"
    return
  fi
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(REPO_URI) $(CODENAME)' 'Created-By: Packages' 2>/dev/null |
    sed -nE "s/^Debian main (\S+) $codename(-updates|-security)?$/\1 $RELEASE\2/p" | sort -u
}

make_machine() {
  local sources mirror output
  sources=$(debian_sources)
  mirror=$(sed -n "s/ $RELEASE$//p" <<<"$sources" | head -n 1)
  [ -n "$mirror" ] || fail "apt names no Debian mirror here. Run apt-get update, or set MIRROR=http://…/debian"
  say "Making a Debian 12 with debootstrap (minbase, $PACKAGES)"
  output=$(
    export http_proxy=${http_proxy:-$(apt_option Acquire::http::Proxy)}
    export https_proxy=${https_proxy:-$(apt_option Acquire::https::Proxy)}
    debootstrap --variant=minbase --include=$PACKAGES $RELEASE "$MACHINE" "$mirror" 2>&1
  ) ||
    { tail -n 20 <<<"$output" >&2; fail "debootstrap failed; see the messages above"; }
  sed 's/.*/deb & main/' <<<"$sources" >"$MACHINE/etc/apt/sources.list"
  mount -t proc proc "$MACHINE/proc"
  mount -t sysfs sysfs "$MACHINE/sys"
  mount --rbind /dev "$MACHINE/dev"
}

apt_option() { local value=""; eval "$(apt-config shell value "$1")"; echo "$value"; }

# carry FILE...: copy this machine's file to the same place, where there is one.
carry() {
  local file
  for file in "$@"; do
    [ ! -f "$file" ] || cp --parents --dereference --preserve=mode,ownership "$file" "$MACHINE"
  done
}

# What says how this machine reaches its mirror, index and registry. Nothing of it is printed.
carry_configuration() {
  local name value variable npm_configuration
  carry /etc/hosts /etc/resolv.conf /etc/apt/auth.conf /etc/apt/auth.conf.d/* \
    /etc/ssl/certs/ca-certificates.crt "${NODE_EXTRA_CA_CERTS:-}"
  apt-config dump Acquire | grep -E '^Acquire::(https?|Check-|Retries)' >"$MACHINE/etc/apt/apt.conf.d/99machine" || true
  {
    echo "[global]"
    for name in index-url trusted-host cert client-cert proxy timeout; do
      variable=PIP_$(tr a-z- A-Z_ <<<"$name")
      value=${!variable:-$(python3 -m pip config get "global.$name" 2>/dev/null || true)}
      [ -z "$value" ] || echo "$name = $value"
      case $name in *cert) carry "$value" ;; esac
    done
  } >"$MACHINE/etc/pip.conf"
  npm_configuration=$(cat /usr/etc/npmrc /usr/local/etc/npmrc ~/.npmrc 2>/dev/null |
    grep -E '^ *(registry|cafile|proxy|https-proxy|noproxy|strict-ssl|//)' || true)
  echo "$npm_configuration" >"$MACHINE/root/.npmrc"
  carry "$(sed -nE 's/^ *cafile *= *"?([^"]*)"?$/\1/p' <<<"$npm_configuration" | tail -n 1)"
}

clone() {
  git bundle create --quiet "$MACHINE/srv/commit.bundle" HEAD
  "${within[@]}" git -c advice.detachedHead=false clone --quiet /srv/commit.bundle /srv/foitracker
  say "Cloned $(git log -1 --format='%h %s')"
  [ -z "$(git status --porcelain)" ] || say "What is not committed is not in the clone"
}

# Set `within`: what runs a command in the machine, with a new user's environment and this machine's way out.
enter_machine() {
  local variable
  within=(env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "TERM=${TERM:-dumb}")
  for variable in {http,https,no}_proxy {HTTP,HTTPS,NO}_PROXY npm_config_{registry,cafile} NODE_EXTRA_CA_CERTS; do
    [ -z "${!variable:-}" ] || within+=("$variable=${!variable}")
  done
  within+=(chroot "$MACHINE" setsid --wait) # signals to a group stay on their side
}

# --- The two commands --------------------------------------------------------------------------------------------------

run() {
  local port make answer started=$SECONDS
  port=$("${within[@]}" python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  say "make run (PORT=$port)"
  "${within[@]}" make --no-print-directory -C /srv/foitracker run "PORT=$port" </dev/null &
  make=$!
  until answer=$(ask "$port"); do
    if ! kill -0 $make 2>/dev/null; then
      conclude "make run ended before its pages answered, after $((SECONDS - started)) s"
      return 1
    fi
    if [ $((SECONDS - started)) -ge $PATIENCE ]; then
      conclude "make run did not answer in $PATIENCE s"
      break
    fi
    sleep 1
  done
  [ -z "$answer" ] || conclude "make run answered after $((SECONDS - started)) s: $answer"
  started=$SECONDS
  kill -TERM $make
  wait $make || true # make calls it an error when it is told to stop
  conclude "make run was told to stop, and did after $((SECONDS - started)) s"
  [ -n "$answer" ]
}

# ask PORT: print what the health check and the first page say; fails while one of them does not answer 200.
ask() {
  "${within[@]}" python3 - "$1" 2>/dev/null <<'PYTHON'
import re, sys
from urllib.request import urlopen

site = f"http://127.0.0.1:{sys.argv[1]}"
health = urlopen(f"{site}/health/", timeout=5).read().decode()
page = urlopen(site, timeout=5)
title = re.search(r"<title>(.*?)</title>", page.read().decode(), re.S)[1].strip()
print(f"/health/ {health}; {page.url.removeprefix(site)} “{title}”")
PYTHON
}

run_tests() {
  local started=$SECONDS code=0
  say "make test${arguments:+ ARGS=\"$arguments\"}"
  "${within[@]}" make --no-print-directory -C /srv/foitracker test "ARGS=$arguments" </dev/null || code=$?
  conclude "make test ended with $code after $((SECONDS - started)) s"
  return $code
}

conclude() { say "$@"; conclusions+=("$*"); }

inside() {
  local failed=0 command
  conclusions=()
  make_machine
  conclude "the machine was made in $SECONDS s"
  carry_configuration
  enter_machine
  clone
  for command in "${commands[@]}"; do
    case $command in run) run ;; test) run_tests ;; esac || failed=1
  done
  printf '\nA bare Debian 12:\n'
  printf '  %s\n' "${conclusions[@]}"
  return $failed
}

# --- Arguments ---------------------------------------------------------------------------------------------------------

given=("$@") where=outside commands=() arguments="" keep=""
while [ $# -gt 0 ]; do
  case $1 in
    run | test) commands+=("$1") ;;
    --args) arguments=${2?--args needs a value} && shift ;;
    --keep) keep=yes ;;
    --inside) where=inside ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0"; [ "$1" = --help ] && exit 0 || exit 2 ;;
  esac
  shift
done
[ ${#commands[@]} -gt 0 ] || commands=(run test)
$where "${given[@]}"
