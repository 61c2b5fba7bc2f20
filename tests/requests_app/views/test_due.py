"""“When is it due?”: what it answers, what it refuses, and that its address is all there is to it."""

import io
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.working_days.queries import current_calendar
from requests_app.rules.clock.kinds.clarification import clarification
from requests_app.rules.clock.statutory_clock import response_due
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL, PDF = "/due/", "/due/working.pdf"
EXTENDED = {
    "received": "22/5/2026",
    "on": "17/6/2026",
    "e-0-type": "clarification_requested",
    "e-0-date": "26/5/2026",
    "e-1-type": "clarification_received",
    "e-1-date": "1/6/2026",
    "e-2-type": "pit_extension",
    "e-2-notice_date": "24/6/2026",
    "e-2-provision": "s.31",
    "e-2-estimate": "8/7/2026",
}


@pytest.fixture
def client(client: Client) -> Client:
    factories.authority()
    client.force_login(factories.person(Role.CRU_ADVISER))
    return client


def page(client: Client, status: int = 200, **query: str) -> str:
    response = client.get(URL, {name.replace("__", "-"): value for name, value in query.items()})
    assert response.status_code == status
    return str(response.content.decode())


def test_every_date_stands_with_its_law_and_the_day_counted(client: Client) -> None:
    html = " ".join(page(client, **EXTENDED).split())
    for words in (
        "Due Wednesday 8 July 2026",
        "Working day 11 of 20",
        "9 working days left",
        "FOIA s.10(3)",
        "FOIA s.17(1) and (2)",
        "Monday 15 June 2026: World Cup bank holiday, bank holiday in Scotland",
        f"version {current_calendar().version}",
        "decision expected by 08/07/2026",
    ):
        assert words in html


def test_the_two_readings_of_a_weekend_and_the_two_laws(client: Client) -> None:
    saturday = {"received": "2/5/2026", "on": "5/5/2026"}
    assert "Due Tuesday 2 June 2026" in page(client, **saturday)
    assert "Due Wednesday 3 June 2026" in page(client, **saturday, reading="deemed_next_working_day")
    assert "EIR reg 5(2), 7(1)" in page(client, **saturday, regime="EIR")


def test_the_day_read_on_is_today_unless_another_is_named(client: Client) -> None:
    today = date.today()
    assert "Working day 0 of 20" in page(client, received=f"{today:%d/%m/%Y}")
    later = today + timedelta(days=30)
    assert "Working day 0 of 20" in page(client, received=f"{later:%d/%m/%Y}")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"received": "31/2/2026"}, "Enter a real date"),
        ({"on": "1/3/2026"}, "Enter the day the authority received the request"),
        ({"received": "2/3/2026", "on": "1/3/2026"}, "cannot be read before the request was received"),
        ({"received": "31/12/2004"}, "The right of access began on 01/01/2005"),
        ({"received": "2/3/2090"}, "outside the working-day calendar"),
        ({"received": "2/3/2026", "regime": "Welsh"}, "Choose the law"),
        (
            {"received": "2/3/2026", "e-0-type": "clarification_received", "e-0-date": "4/3/2026"},
            "Clarification was received, but none was asked",
        ),
        (
            {
                "received": "2/3/2026",
                "e-0-type": "clarification_requested",
                "e-0-date": "9/3/2026",
                "e-1-type": "clarification_received",
                "e-1-date": "4/3/2026",
            },
            "Clarification was answered",
        ),
        (
            {"received": "2/3/2026", "e-0-type": "response_sent", "e-0-date": "27/2/2026"},
            "before the request was received",
        ),
        (
            {
                "received": "2/3/2026",
                "e-0-type": "pit_extension",
                "e-0-notice_date": "4/3/2026",
                "e-0-provision": "s.23",
            },
            "is absolute",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_kept_as_typed(
    client: Client, query: dict[str, str], reason: str
) -> None:
    html = page(client, 400, **query)
    assert "There is a problem" in html
    assert reason in html
    assert "<title>Error: When is it due?" in html
    for value in query.values():
        assert f'value="{value}"' in html or value == "Welsh"
    assert client.get(PDF, query).headers["Location"].startswith(URL)


def test_an_event_is_added_and_removed_without_losing_what_was_typed(client: Client) -> None:
    typed = {
        "received": "not yet",
        "on": "",
        "regime": "EIR",
        "reading": "act",
        "kind": "fees_notice",
        "add": "1",
    }
    moved = client.get(URL, typed)
    address = urlsplit(moved.headers["Location"])
    assert address.fragment == "event-1"
    assert parse_qs(address.query) == {
        "received": ["not yet"],
        "regime": ["EIR"],
        "edit": ["1"],
        "e-0-type": ["fees_notice"],
    }
    html = client.get(moved.headers["Location"]).content.decode()
    assert 'value="not yet"' in html
    assert "There is a problem" not in html
    assert 'name="e-0-date"' in html
    gone = client.get(URL, {"received": "not yet", "e-0-type": "fees_notice", "e-0-date": "z", "remove": "0"})
    assert parse_qs(urlsplit(gone.headers["Location"]).query) == {"received": ["not yet"], "edit": ["1"]}


def test_showing_leads_to_the_shortest_address_at_the_result(client: Client) -> None:
    sent = {"received": "2/3/2026", "regime": "FOIA", "reading": "act", "on": "", "kind": "", "show": "1"}
    assert client.get(URL, sent).headers["Location"] == "/due/?received=2%2F3%2F2026#result"


def test_nothing_is_written(client: Client) -> None:
    before = Entry.objects.count()
    page(client, **EXTENDED)
    assert Entry.objects.count() == before


def test_an_address_of_markup_is_shown_as_it_is(client: Client) -> None:
    html = page(client, 400, received='"><script>alert(1)</script>')
    assert "<script>alert" not in html


def test_the_printed_working_says_the_same(client: Client) -> None:
    response = client.get(PDF, EXTENDED)
    assert response.headers["Content-Type"] == "application/pdf"
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(response.content)).pages)
    words = " ".join(text.split())
    assert "Council of Example Chiefs" in words
    assert "Wednesday 8 July 2026 Response due FOIA s.10(3)" in words


#: The page writes nothing, so the examples of a property can share one person who is signed in.
reads_only = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@reads_only
@given(
    received=st.dates(date(2005, 1, 1), date(2031, 1, 1)) | st.dates(),
    asked=st.dates() | st.just(date.max),
    answered=st.dates() | st.just(date.max),
    kind=st.sampled_from(["fees_notice", "response_sent", "decision_notice_sent", "internal_review_outcome"]),
)
def test_any_dates_are_answered(
    client: Client, received: date, asked: date, answered: date, kind: str
) -> None:
    query = {
        "received": received.isoformat(),
        "e-0-type": "clarification_requested",
        "e-0-date": asked.isoformat(),
        "e-1-type": kind,
        "e-1-date": answered.isoformat(),
    }
    assert client.get(URL, query).status_code in {200, 400}


@pytest.mark.slow
@reads_only
@given(
    received=st.dates(date(2005, 1, 1), date(2026, 6, 30)),
    wait=st.integers(0, 30),
    answer=st.integers(0, 80),
)
def test_the_page_gives_the_date_the_rules_give(
    client: Client, received: date, wait: int, answer: int
) -> None:
    asked = received + timedelta(days=wait)
    events = clarification(asked, asked + timedelta(days=answer))
    due = response_due(received, events, current_calendar())
    query = {
        "received": received.isoformat(),
        "on": received.isoformat(),
        "e-0-type": "clarification_requested",
        "e-0-date": asked.isoformat(),
        "e-1-type": "clarification_received",
        "e-1-date": (asked + timedelta(days=answer)).isoformat(),
    }
    html = client.get(URL, query).content.decode()
    assert due
    assert f"Due {due:%A} {due.day} {due:%B %Y}" in html
