#!/usr/bin/env bash
# Writes the hashed locks anew. Use the oldest supported Python, so that what only it needs is locked too.
# Local indexes and links of this machine are ignored: the hashes are those everybody downloads.
set -euo pipefail
cd "$(dirname "$0")/.."
pip_compile=${LOCK_WITH:-.venv/bin/pip-compile}
export PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make locks"
unset PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL
options=(--quiet --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --generate-hashes "$@")
"$pip_compile" "${options[@]}" --output-file requirements/run.txt pyproject.toml
"$pip_compile" "${options[@]}" --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt pyproject.toml
"$pip_compile" "${options[@]}" --output-file requirements/node.txt requirements/node.in
# Paths of the machine that compiled have no place in a lock.
sed -i "s#$PWD/##" requirements/*.txt
if grep -nE '://|file:/' requirements/*.txt; then
  echo "a lock holds an address; see above" >&2
  exit 1
fi
