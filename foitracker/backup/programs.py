"""pg_dump and pg_restore: those of this machine that fit the server, or the ones of the embedded PostgreSQL."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from django.db import connection

from foitracker import embedded

#: What libpq calls a part of an address in the environment.
_VARIABLES = {
    **{name: f"PG{name.upper()}" for name in ("host", "port", "user", "password")},
    **{name: f"PG{name.upper()}" for name in ("sslmode", "sslrootcert", "sslcert", "sslkey")},
    "dbname": "PGDATABASE",
}


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
    connection.ensure_connection()
    info = connection.connection.info
    known = {"host": info.host, "port": info.port, "password": info.password, **info.get_parameters()}
    named = {_VARIABLES[name]: str(value) for name, value in known.items() if value and name in _VARIABLES}
    return {**os.environ, **named}


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
