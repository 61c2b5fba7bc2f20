"""Databases of a benchmark's own, on the server of DATABASE_URL or on an embedded one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from foitracker import embedded

PREFIX = "foitracker_bench_"


def use_servers() -> None:
    """Start embedded servers, apart from those of `make run`, where no URL is set."""
    embedded.use(embedded.default_folder() / "bench" / "servers")


@contextmanager
def population(requests: int, still_open: int, *, keep: bool) -> Iterator[str]:
    """Yield the URL of a database with a synthetic population, made unless an earlier run kept it; dropped after."""
    load = ["load_synthetic", "--requests", str(requests), "--open", str(still_open)]
    with _database(f"{requests}_{still_open}", "requests_app_foirequest", requests, load, keep=keep) as url:
        yield url


@contextmanager
def log(logs: int, *, keep: bool) -> Iterator[str]:
    """Yield the URL of a database with this many synthetic logs, as `population` gives one with requests."""
    load = ["load_synthetic", "--referrals", str(logs)]
    with _database(f"logs_{logs}", "referrals_referral", logs, load, keep=keep) as url:
        yield url


@contextmanager
def _database(name: str, table: str, rows: int, load: list[str], *, keep: bool) -> Iterator[str]:
    """A database with at least this many rows in a table, loaded unless they are there; dropped after."""
    name = f"{PREFIX}{name}"
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    with _server() as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        _manage(url, "migrate", "--verbosity", "0")
        if not _holds(url, table, rows):
            _manage(url, *load)
        yield url
    finally:
        if not keep:
            with _server() as server:
                server.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )


def _holds(url: str, table: str, rows: int) -> bool:
    """Whether the population is there; operations measured in an earlier run may have added a few."""
    with psycopg.connect(url) as connection:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return row is not None and row[0] >= rows


def _manage(url: str, *arguments: str) -> None:
    subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        check=True,
        env=environment(url),
        stdout=sys.stderr,
    )


def environment(url: str) -> dict[str, str]:
    """Return the environment in which a part of the benchmark uses a database."""
    local = {"DJANGO_SETTINGS_MODULE": "foitracker.settings", "FOITRACKER_MODE": "local"}
    return {**os.environ, **local, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"}


def _server() -> "psycopg.Connection[tuple[int]]":
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
