"""What the role the tracker runs under may do: real connections as that role, on the server the tests use."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction
from django.test import Client
from psycopg import sql

from foitracker.accounts.models import User
from foitracker.audit.models import Entry, EventWords, Head, RecordedAccess
from foitracker.audit.operations import record_event
from foitracker.audit.running_role import as_owner, could_change_the_trail, privileges_on
from foitracker.trail.sealing import seal_accesses
from foitracker.working_days.models import CalendarVersion
from requests_app.models import FoiRequest, Letter, Masking
from requests_app.operations.clarification_corrections import correct_clarification
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.masking import lift_maskings, mask_phrases
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests import factories
from tests.foitracker.declared import LOOKED, TRIED
from tests.foitracker.trail.test_sealing import AT, look
from tests.requests_app.operations.part_refusal import drafted_part_refusal

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

#: Roles belong to the server, so each run of the tests has one of its own.
ROLE = f"foitracker_test_running_{os.getpid()}"


def url_as(role: str) -> str:
    """The test database's URL as another role."""
    given = urlsplit(os.environ["DATABASE_URL"])
    place = given.netloc.rpartition("@")[2]
    return given._replace(netloc=f"{role}@{place}", path=f"/{connection.settings_dict['NAME']}").geturl()


@pytest.fixture
def role(transactional_db: None, settings: Any) -> Iterator[str]:
    """The running role of the test database, made and granted by the command."""
    settings.DATABASE_URL = url_as(ROLE)
    call_command("grant_running_role", stdout=StringIO())
    yield ROLE
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


@contextmanager
def connected_as(role: str) -> Iterator[None]:
    """The tracker's own connection, as a role."""
    owner = connections["default"]
    connections["default"] = type(owner)({**owner.settings_dict, "USER": role, "PASSWORD": ""}, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = owner


@pytest.fixture
def refused(role: str) -> Iterator[Callable[[str], str]]:
    """Run a statement as the running role; give what the server says."""
    with psycopg.connect(url_as(role), autocommit=True) as session:

        def run(statement: str) -> str:
            try:
                session.execute(statement.encode())
            except psycopg.Error as error:
                return str(error)
            return "done"

        yield run


APPEND_ONLY = [
    model._meta.db_table
    for model in apps.get_models()
    if not {"UPDATE", "DELETE"} & set(privileges_on(model)) and model is not Head
]


def test_the_list_of_append_only_tables_is_read_from_the_models() -> None:
    assert {"audit_entry", "audit_recordedaccess", CalendarVersion._meta.db_table} <= set(APPEND_ONLY)
    assert len(APPEND_ONLY) >= 8
    assert privileges_on(Head) == ["INSERT", 'UPDATE ("sequence", "hash")']
    assert privileges_on(EventWords) == ["INSERT", 'UPDATE ("masked_words")', "DELETE"]
    assert privileges_on(FoiRequest) == ["INSERT", "UPDATE"]
    assert privileges_on(Letter) == ["INSERT", "UPDATE", "DELETE"]


def statements(table: str, column: str) -> list[str]:
    """Everything by which a table of rows that stay could be made to lose or change one."""
    return [
        f"UPDATE {table} SET {column} = {column}",  # noqa: S608
        f"DELETE FROM {table}",  # noqa: S608
        f"TRUNCATE {table} CASCADE",
        f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"ALTER TABLE {table} ADD COLUMN forged text",
        f"CREATE TRIGGER forged BEFORE INSERT ON {table} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        f"DROP TABLE {table} CASCADE",
    ]


def test_the_running_role_cannot_touch_what_is_append_only(refused: Callable[[str], str]) -> None:
    done = []
    for table in APPEND_ONLY:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 LIMIT 1",
                [table],
            )
            column = cursor.fetchone()[0]
        for statement in statements(table, column):
            said = refused(f"BEGIN; {statement}")
            if "must be owner" not in said and "permission denied" not in said:
                done.append((statement, said))
            refused("ROLLBACK")
    assert done == []


GO_ROUND = [
    "SET session_replication_role = replica",
    "CREATE TABLE forged (line text)",
    "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS"
    " $$ SELECT true $$ LANGUAGE sql",
    "DELETE FROM audit_head",
    "UPDATE audit_head SET id = 2",
    "TRUNCATE audit_eventwords",
    "UPDATE audit_eventwords SET words = 'forged'",
    "UPDATE django_migrations SET name = 'forged'",
    "SELECT setval('audit_recordedaccess_id_seq', 1)",
    "TRUNCATE requests_app_foirequest CASCADE",
]


def test_the_running_role_cannot_go_round_it(refused: Callable[[str], str]) -> None:
    for statement in GO_ROUND:
        said = refused(statement)
        assert "permission denied" in said or "must be owner" in said, (statement, said)
    refused("GRANT UPDATE ON audit_entry TO PUBLIC")  # to have nothing to give is a warning only
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('public', 'audit_entry', 'UPDATE')")
        assert cursor.fetchone() == (False,)


def test_the_running_role_cannot_have_triggers_left_out(refused: Callable[[str], str]) -> None:
    """django-pgtrigger's own setting works for the owner alone."""
    record_event(event=TRIED, by=None, at=AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_head'::regclass AND NOT tgisinternal"
        )
        names = ",".join(name for (name,) in cursor.fetchall())
    assert refused(f"SET pgtrigger.ignore = '{{{names}}}'") == "done"
    assert "Cannot move" in refused("UPDATE audit_head SET sequence = 9, hash = repeat('a', 64)")


def test_the_tracker_works_under_the_running_role(role: str, client: Client) -> None:
    with connected_as(role):
        staff = factories.staff()
        worked = drafted_part_refusal(staff)
        look()
        client.force_login(staff.officer)
        assert client.get(f"/requests/{worked.case.year}/{worked.case.number}/").status_code == 200
        assert seal_accesses(at=AT) >= 2
        entry = record_event(event=TRIED, by=staff.officer, at=AT, words={"reason": "Why"})
        EventWords.objects.filter(entry=entry).delete()
        assert client.get("/health/").json()["warnings"] == []
        assert not could_change_the_trail()
        call_command("verify_audit", stdout=StringIO())
    assert Entry.objects.filter(event="tried").exists()
    assert RecordedAccess.objects.filter(event=LOOKED.code).exists()


def test_answers_are_masked_corrected_and_shown_again_under_the_running_role(role: str) -> None:
    """Only their masked copy changes; what else was recorded is kept by the database."""
    with connected_as(role):
        staff = factories.staff()
        case = factories.request_with_items("1", officer=staff.officer)
        given = {"case_id": case.pk, "by": staff.officer, "at": factories.AT}
        asked = factories.AT.date()
        ask_clarification(**given, asked_on=asked, question="Which map?", today=asked)
        answer_clarification(
            **given,
            answered_on=asked,
            answer="The map that Odo Fennimore saw, he is on 01632 960199.",
            effect=ClockEffect.NARROWS,
            effect_reason="It could be answered.",
            excluded_item_ids=[],
            today=asked,
        )
        answered = case.clarifications.get()
        assert "01632" not in answered.answer
        mask_phrases(**given, phrases=["Odo Fennimore"])
        answered.refresh_from_db()
        assert answered.answer.startswith("The map that **** saw")
        lift_maskings(**given, masking_ids=list(Masking.objects.values_list("pk", flat=True)))
        answered.refresh_from_db()
        assert "Odo Fennimore" in answered.answer
        corrected = correct_clarification(
            **given,
            clarification_id=answered.pk,
            today=asked,
            asked_on=asked,
            question="Which map?",
            correction_reason="Misread.",
            answered_on=asked,
            answer="The other map, ring 01632 960198.",
            effect=ClockEffect.NARROWS,
            effect_reason="It could be answered.",
        )
        assert corrected.answer == "The other map, ring ****."
        for change in ("effect = 'restarts'", "in_force = true", "correction_reason = 'x'"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE requests_app_clarification SET {change} WHERE NOT in_force")  # noqa: S608


def test_one_role_for_both_is_said_by_health(client: Client) -> None:
    assert could_change_the_trail()
    assert any(
        "could change the audit trail" in warning for warning in client.get("/health/").json()["warnings"]
    )


def test_rights_follow_every_migration(role: str, settings: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON audit_entry FROM {role}")
        cursor.execute(f"GRANT UPDATE, TRIGGER ON audit_entry TO {role}")
    settings.MIGRATION_DATABASE_URL = os.environ["DATABASE_URL"]
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants"
            " WHERE grantee = %s AND table_name = 'audit_entry' ORDER BY 1",
            [role],
        )
        assert [name for (name,) in cursor.fetchall()] == ["INSERT", "SELECT"]


def test_the_owner_is_whom_migrations_connect_as(role: str, settings: Any) -> None:
    settings.MIGRATION_DATABASE_URL = os.environ["DATABASE_URL"]
    with connected_as(role):
        with as_owner():
            assert could_change_the_trail()
            User.objects.exists()
        assert not could_change_the_trail()


@pytest.mark.usefixtures("role")
def test_a_role_that_cannot_be_held_to_less_is_refused(settings: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(CommandError, match="owns the tables"):
        call_command("grant_running_role", owner)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE {ROLE} SUPERUSER")
    with pytest.raises(CommandError, match="nothing can be withheld"):
        call_command("grant_running_role")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE {ROLE} NOSUPERUSER")
    settings.DATABASE_URL = "postgresql:///nowhere"
    with pytest.raises(CommandError, match="names no role"):
        call_command("grant_running_role")


def test_a_role_is_made_with_its_password_kept_as_a_hash(settings: Any) -> None:
    name = f"{ROLE}_made"
    settings.DATABASE_URL = f"postgresql://{name}:its%20secret@localhost/x"
    call_command("grant_running_role", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolpassword, rolsuper, rolcanlogin FROM pg_authid WHERE rolname = %s", [name])
        password, is_superuser, can_sign_in = cursor.fetchone()
        cursor.execute(sql.SQL("DROP OWNED BY {0}").format(sql.Identifier(name)).as_string(None))
        cursor.execute(sql.SQL("DROP ROLE {0}").format(sql.Identifier(name)).as_string(None))
    assert password.startswith("SCRAM-SHA-256$")
    assert (is_superuser, can_sign_in) == (False, True)
