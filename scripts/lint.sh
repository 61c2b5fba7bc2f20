#!/usr/bin/env bash
# Every check that needs no running service. All of them run; the exit code tells whether one complained.
set -uo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export FOITRACKER_MODE=test # the settings are read, and ask for no secrets
complaints=0
check() { "$@" || { echo "^ $*" >&2; complaints=1; }; }

check ruff check .
check ruff format --check .
check mypy
check lint-imports --no-logo
check python scripts/check_cases.py
check python scripts/check_dates.py
git ls-files -z 'templates/*.html' 'requests_app/letters/kinds/*/letter.html' | xargs -0 -r djade --check --target-version 5.2 || { echo "^ djade" >&2; complaints=1; }
check python manage.py makemigrations --check --dry-run
exit $complaints
