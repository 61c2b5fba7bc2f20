"""Two roles of the database: the owner, who migrates, and the role the tracker runs under, which may do less.

The running role gets no more of a table than the model needs: nothing that its triggers refuse outright, so that
what is append-only has neither UPDATE nor DELETE; of no table TRUNCATE or TRIGGER; and no say in what the triggers
leave out. With one role for both everything works, and nothing keeps it from switching the triggers off: health says
so, and production does not start.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
import pgtrigger
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

_WARNING = (
    "The database role the tracker runs under could change the audit trail. "
    "Give it a role of its own: docs/deploying.md, “Two database roles”."
)


class RoleNotGranted(Exception):
    """The running role cannot be given its rights; the message says why and what to do."""


def privileges_on(model: type[Model]) -> list[str]:
    """Return what the running role may do with the rows of a model, besides reading: no more than its triggers let it.

    A model can name the columns that alone are ever updated (`updated_columns`).
    """
    refused = [
        trigger.operation
        for trigger in getattr(model._meta, "triggers", [])
        if type(trigger) is pgtrigger.Protect and trigger.condition is None
    ]
    granted = ["INSERT"]
    if columns := getattr(model, "updated_columns", ()):
        granted.append(f"UPDATE ({', '.join(map(_quoted, columns))})")
    elif not _refuses(refused, "UPDATE"):
        granted.append("UPDATE")
    if not _refuses(refused, "DELETE"):
        granted.append("DELETE")
    return granted


def _refuses(operations: list[Any], wanted: str) -> bool:
    return any(wanted in str(operation).split(" OR ") for operation in operations)


def running_role() -> str:
    """Return the name of the role of DATABASE_URL."""
    return unquote(urlsplit(settings.DATABASE_URL).username or "")


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the role of MIGRATION_DATABASE_URL inside; without one, as always."""
    if not settings.MIGRATION_DATABASE_URL:
        yield
        return
    running = connections["default"]
    owner = environ.Env.db_url_config(settings.MIGRATION_DATABASE_URL)
    same = {name: owner.get(name, "") for name in ("USER", "PASSWORD", "HOST", "PORT")}
    # The options of its own address: the running role's hold the pool, which is that role's, too.
    options = {**owner.get("OPTIONS", {})}
    connections["default"] = type(running)({**running.settings_dict, **same, "OPTIONS": options}, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = running


@transaction.atomic  # so that sessions in progress never lose their rights
def grant_running_role(role: str) -> None:
    """Give `role` the rights the tracker runs with, and no others, on every table there is; make it if need be.

    Has to be called as the owner, after every migration. Raises RoleNotGranted.
    """
    with connection.cursor() as cursor:
        _check_apart(cursor, role)
        for statement in _grants(_quoted(role)):
            cursor.execute(statement)


def _check_apart(cursor: Any, role: str) -> None:
    """Make the role if it does not exist. Raise RoleNotGranted where it could do whatever the owner can."""
    cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found is None:
        _create(cursor, role)
        return
    owner, is_superuser = found
    if role == owner:
        raise RoleNotGranted(
            f"“{role}” owns the tables. DATABASE_URL has to name another role than the owner's."
        )
    cursor.execute("SELECT pg_has_role(%s, current_user, 'MEMBER')", [role])
    if is_superuser or cursor.fetchone()[0]:
        raise RoleNotGranted(
            f"“{role}” is a superuser or a member of “{owner}”, so nothing can be withheld from it. "
            "Name a plain role in DATABASE_URL."
        )


def _create(cursor: Any, role: str) -> None:
    """Make a role that can sign in, with the password of DATABASE_URL, which is sent as its hash."""
    password = unquote(urlsplit(settings.DATABASE_URL).password or "") if role == running_role() else ""
    clause = ""
    if password:
        hashed = connection.connection.pgconn.encrypt_password(
            password.encode(), role.encode(), b"scram-sha-256"
        )
        clause = f" PASSWORD '{hashed.decode()}'"
    try:
        cursor.execute(f"CREATE ROLE {_quoted(role)} LOGIN{clause}")
    except DatabaseError as error:
        raise RoleNotGranted(
            f"The role “{role}” does not exist and cannot be made ({str(error).splitlines()[0]}). "
            f"Run as a superuser: CREATE ROLE {_quoted(role)} LOGIN PASSWORD '…'"
        ) from error


def _grants(role: str) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield f"GRANT SELECT ON {_quoted(MigrationRecorder.Migration._meta.db_table)} TO {role}"
    for model in _models():
        granted = ", ".join(["SELECT", *privileges_on(model)])
        yield f"GRANT {granted} ON {_quoted(model._meta.db_table)} TO {role}"
    yield _IGNORE_FOR_THE_OWNER


#: django-pgtrigger lets every session name triggers to leave out; here only the owner's.
_IGNORE_FOR_THE_OWNER = """
DO $do$
BEGIN
    EXECUTE format($create$
        CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS $body$
        BEGIN
            RETURN pg_has_role(current_user, %L, 'MEMBER') AND trigger_name = ANY (
                coalesce(nullif(current_setting('pgtrigger.ignore', true), ''), '{}')::text[]
            );
        END;
        $body$ LANGUAGE plpgsql
    $create$, current_user);
END;
$do$
"""


def _models() -> list[type[Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def could_change_the_trail() -> bool:
    """Return whether the role this process is connected as holds a right that the running role is denied."""
    tables, denied = [], []
    for model in _models():
        granted = privileges_on(model)
        withheld = [right for right in ("UPDATE", "DELETE") if right not in granted]
        if withheld:
            tables.append(model._meta.db_table)
            denied.append(", ".join([*withheld, "TRUNCATE", "TRIGGER"]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(has_table_privilege(to_regclass(quote_ident(name)), denied))"
            " FROM unnest(%s::text[], %s::text[]) AS asked (name, denied)",
            [tables, denied],
        )
        row: tuple[bool | None] = cursor.fetchone()
    return bool(row[0])


def role_warnings(today: date) -> list[str]:
    """Return what the health page says of the role the tracker runs under."""
    return [_WARNING] if could_change_the_trail() else []


def check_role_in_production(app_configs: Any, databases: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report, as a system check, that production runs under a role that could change the trail."""
    if not (settings.IN_PRODUCTION and databases and could_change_the_trail()):
        return []
    return [Error(_WARNING, id="audit.E001")]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
