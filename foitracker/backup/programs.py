"""pg_dump and pg_restore: those of this machine that fit the server, or the ones of the embedded PostgreSQL."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from django.db import connection

from foitracker import embedded


class NoProgram(Exception):
    """There is no program that fits the server; the message says what to install."""


def program(name: str) -> Path:
    """Return the program of the server's own version, or else of the next newer one. Raises NoProgram."""
    server = connection.pg_version // 10_000  # type: ignore[attr-defined]
    versions = {_major(path): path for path in reversed(_candidates(name, server))}
    fitting = sorted(major for major in versions if major >= server)
    if not fitting:
        raise NoProgram(f"{name} of PostgreSQL {server} was not found. Install postgresql-client-{server}.")
    return versions[fitting[0]]


def environment() -> dict[str, str]:
    """Return the environment by which the programs reach the database of Django's connection; no argument shows it."""
    given = connection.settings_dict
    parameters = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGDATABASE": given["NAME"],
        "PGSSLMODE": given["OPTIONS"].get("sslmode", ""),
        "PGSSLROOTCERT": given["OPTIONS"].get("sslrootcert", ""),
    }
    return {**os.environ, **{name: str(value) for name, value in parameters.items() if value}}


def _candidates(name: str, server: int) -> list[Path]:
    """Where the program may be, what is preferred first."""
    found = [Path(f"/usr/lib/postgresql/{server}/bin") / name]  # where Debian puts it
    if on_path := shutil.which(name):
        found.append(Path(on_path))
    with suppress(embedded.EmbeddedServiceError):
        found.append(embedded.program(name))
    return [path for path in found if path.exists()]


def _major(path: Path) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    match = re.search(r"(\d+)(?:\.\d+)*\s*(?:\(|$)", said.strip())
    return int(match[1]) if match else 0
