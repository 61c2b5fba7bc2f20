"""The register as a file: what PostgreSQL makes of a request is what its columns say, byte for byte."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.models import RecordedAccess
from foitracker.pages.lists.columns import file_value, named
from foitracker.pages.lists.csv_download import FORMULA_STARTS, copied_download, csv_download
from foitracker.pages.lists.stored_cells import copy_statement
from foitracker.trail.events import LIST_DOWNLOADED
from requests_app.measures import RequestView
from requests_app.models import Channel, FoiRequest, Priority, Regime
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.views.request_rows import COLUMNS, IN_FILE, request_rows
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: Beginnings that a spreadsheet would compute, what a file of this kind has to set in quotation marks, and letters.
texts = st.text(
    st.sampled_from([*FORMULA_STARTS, *"\"',; \\.N{}%ab1ÄöüßŵŶ’–", "\u2028", "\U0001f600"]),
    min_size=1,
    max_size=12,
)


@st.composite
def cases(draw, officers):
    """Return a request as it may stand in the register, without its number."""
    today = timezone.localdate()
    day = st.integers(-3000, 300).map(lambda days: today + timedelta(days=days))
    is_closed = draw(st.booleans())
    priority = draw(st.sampled_from(Priority))
    return {
        "subject": draw(texts),
        "received_on": draw(day),
        "due_on": draw(st.none() | day),
        "officer": draw(st.sampled_from([None, *officers])),
        "status": Status.CLOSED
        if is_closed
        else draw(st.sampled_from([s for s in Status if s != Status.CLOSED])),
        "outcome": draw(st.sampled_from(Outcome)) if is_closed else "",
        "closed_on": draw(day) if is_closed else None,
        "regime": draw(st.sampled_from(Regime)),
        "priority": priority,
        "priority_reason": "" if priority == Priority.NORMAL else "Agreed.",
        "channel": draw(st.sampled_from(Channel)),
    }


def put(drawn, by: User) -> None:
    FoiRequest.objects.bulk_create(
        FoiRequest(
            number=number,
            year=2026,
            reference=f"{number:04}/2026",
            words="Plans",
            logged_by=by,
            logged_at=timezone.now(),
            **fields,
        )
        for number, fields in enumerate(drawn, start=1001)
    )


def files() -> tuple[bytes, bytes]:
    """Return the register as the columns' values and as PostgreSQL write it."""
    today, columns = timezone.localdate(), named(COLUMNS, IN_FILE)
    found = FoiRequest.objects.select_related("officer").order_by("year", "number")
    rows = [
        [file_value(column.value(row)) for column in columns]
        for row in request_rows(found, RequestView(today))
    ]
    header = [column.file_header for column in columns]
    copied = copied_download(
        "r.csv", header, copy_statement(found, [column.stored(today) for column in columns])
    )
    return csv_download("r.csv", header, rows).getvalue(), copied.getvalue()


@settings(max_examples=40)
@given(st.data())
def test_it_says_what_the_columns_say_whatever_stands_in_a_request(data):
    by = User.objects.filter(email="officer.of.the.file@example.org").first() or factories.person(
        Role.OFFICER, email="officer.of.the.file@example.org"
    )
    with transaction.atomic():
        by.name = data.draw(texts)
        by.save(update_fields=["name"])
        put(data.draw(st.lists(cases([by]), max_size=12)), by)
        row_by_row, copied = files()
        transaction.set_rollback(True)
    assert copied == row_by_row


def test_a_long_one_is_the_same_with_every_kind_of_request() -> None:
    by = factories.person(Role.OFFICER)
    subject = ['two\nlines, "quoted"', "=1+1", "\tTab", "Größe", "plain", '"', "\r", "ŵ’s"]
    statuses, outcomes = [s for s in Status if s != Status.CLOSED], list(Outcome)
    today = timezone.localdate()
    put(
        [
            {
                "subject": subject[n % len(subject)],
                "received_on": today - timedelta(days=n % 900),
                "due_on": today + timedelta(days=n % 60 - 30) if n % 7 else None,
                "officer": by if n % 2 else None,
                "status": statuses[n % len(statuses)] if n % 3 else Status.CLOSED,
                "outcome": "" if n % 3 else outcomes[n % len(outcomes)],
                "closed_on": None if n % 3 else today,
                "channel": list(Channel)[n % len(Channel)],
            }
            for n in range(1200)
        ],
        by,
    )
    row_by_row, copied = files()
    assert copied == row_by_row
    assert copied.count(b"\r\n") == 1201


@pytest.mark.django_db(transaction=True)
def test_who_read_it_is_recorded_and_one_that_is_given_up_leaves_the_connection_free(client: Client) -> None:
    by = factories.person(Role.OFFICER)
    put([{"subject": "Plans", "received_on": timezone.localdate(), "channel": "email"}] * 3000, by)
    client.force_login(by)
    response = client.get(reverse("requests_app:register_csv"))
    parts = iter(response.streaming_content)
    assert b"reference" in next(parts) + next(parts) + next(parts)
    response.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert RecordedAccess.objects.filter(actor=by, event=LIST_DOWNLOADED.code).exists()


def test_one_of_nothing_has_a_header_alone(client: Client) -> None:
    client.force_login(factories.person(Role.OFFICER))
    file = client.get(reverse("requests_app:register_csv")).getvalue()
    assert file.startswith(b"\xef\xbb\xbfreference,")
    assert file.count(b"\r\n") == 1
