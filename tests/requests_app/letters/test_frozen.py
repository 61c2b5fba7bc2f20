"""An issued letter is checked wherever it is read: by the page, by the command, and against the trail."""

import hashlib
import logging
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from foitracker.audit.models import RecordedAccess
from requests_app.models import Letter
from requests_app.operations.verification import first_altered_letter
from tests import factories
from tests.requests_app.operations.part_refusal import (
    WORKED,
    WorkedCase,
    approved_part_refusal,
    drafted_part_refusal,
)

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ALTERED = {
    "PDF": "pdf = pdf || 'x'",
    "HTML": "html = replace(html, 'enclosed', 'withheld')",
    "facts": """facts = facts || '{"words": "forged"}'""",
}


@pytest.fixture
def issued() -> WorkedCase:
    worked = approved_part_refusal(factories.staff())
    worked.letter = factories.issue(worked.staff, worked.letter, WORKED)
    return worked


def tamper(assignments: str) -> None:
    """As a superuser who has switched the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE requests_app_letter SET {assignments}")  # noqa: S608
        cursor.execute("SET LOCAL session_replication_role = origin")


def address(issued: WorkedCase, name: str) -> str:
    return f"/requests/{issued.case.year}/{issued.case.number}/letters/{issued.letter.pk}/{name}/"


@pytest.mark.parametrize("part", ALTERED)
@pytest.mark.parametrize("name", ["html", "pdf"])
def test_an_altered_letter_is_refused_by_its_page(
    issued: WorkedCase, client: Client, caplog: pytest.LogCaptureFixture, name: str, part: str
) -> None:
    client.force_login(issued.staff.officer)
    assert client.get(address(issued, name)).status_code == 200
    tamper(ALTERED[part])
    with caplog.at_level(logging.ERROR, logger="requests_app"):
        response = client.get(address(issued, name))
    assert response.status_code == 409
    page = response.content.decode()
    assert "This letter is not as it was issued" in page
    assert f"its {part} was altered" in page
    assert "Tell your administrator" in page
    assert "Lowmoor" not in page
    assert f"letter {issued.letter.pk} of {issued.case.reference} was refused" in caplog.text
    look = RecordedAccess.objects.order_by("id").last()
    assert look is not None
    assert (look.event, look.subject) == ("altered_letter_refused", issued.case.reference)


@pytest.mark.parametrize("part", ALTERED)
def test_an_altered_letter_is_not_written_by_the_command(
    issued: WorkedCase, tmp_path: Path, part: str
) -> None:
    out = tmp_path / "letter.pdf"
    call_command("letter", issued.case.reference, "--out", str(out), stdout=StringIO())
    assert out.exists()
    out.unlink()
    tamper(ALTERED[part])
    with pytest.raises(CommandError, match=f"not as it was issued: its {part} was altered"):
        call_command("letter", issued.case.reference, "--out", str(out), stdout=StringIO())
    assert not out.exists()
    assert RecordedAccess.objects.filter(event="altered_letter_refused", actor=None).exists()


def verified() -> str:
    err = StringIO()
    try:
        call_command("verify_audit", stdout=StringIO(), stderr=err)
    except SystemExit:
        return err.getvalue()
    return "whole"


@pytest.mark.parametrize("part", ALTERED)
def test_an_altered_letter_is_found_by_the_verification(issued: WorkedCase, part: str) -> None:
    assert verified() == "whole"
    tamper(ALTERED[part])
    assert f"letter {issued.letter.pk} is not what it issued: its {part}" in verified()


def test_a_letter_altered_with_its_hash_is_found_by_the_trail(issued: WorkedCase, client: Client) -> None:
    tamper("pdf = 'forged', sha256 = '" + hashlib.sha256(b"forged").hexdigest() + "'")
    client.force_login(issued.staff.officer)
    assert client.get(address(issued, "pdf")).status_code == 200  # the row agrees with itself
    assert f"letter {issued.letter.pk} is not what it issued: its PDF" in verified()


@pytest.mark.parametrize("how", ["status = 'draft'", "id = id + 1000"])
def test_a_letter_that_is_gone_is_found(issued: WorkedCase, how: str) -> None:
    tamper(how)
    assert f"letter {issued.letter.pk}, which it issued, is there no more" in verified()


def test_a_letter_that_no_entry_issued_is_found(issued: WorkedCase, settings: Any) -> None:
    draft = drafted_part_refusal(issued.staff).letter
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        columns = ", ".join(
            f'"{field.column}"'
            for field in Letter._meta.concrete_fields
            if field.name not in {"id", "foi_request", "corrected_letter"}
        )
        cursor.execute("DELETE FROM requests_app_letter WHERE id = %s", [draft.pk])
        cursor.execute(
            f"INSERT INTO requests_app_letter (id, foi_request_id, {columns})"  # noqa: S608
            f" SELECT %s, foi_request_id, {columns} FROM requests_app_letter WHERE id = %s",
            [draft.pk, issued.letter.pk],
        )
    assert "no entry issued letter" in verified()


def test_letters_are_looked_at_a_few_at_a_time(
    issued: WorkedCase, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        assert first_altered_letter() is None
