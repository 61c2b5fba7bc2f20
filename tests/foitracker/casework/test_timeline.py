"""The timeline and the conflict panel: facts from the trail, free text from beside it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from pytest_django import DjangoAssertNumQueries

from foitracker.audit.models import EventWords
from foitracker.audit.operations import record_event
from foitracker.audit.queries import timeline
from foitracker.casework.conflict import conflict_panel
from foitracker.casework.timeline import timeline_events
from tests.foitracker.accounts.factories import UserFactory
from tests.foitracker.declared import TRIED

AT = datetime(2025, 4, 25, 9, 30, tzinfo=UTC)
CHANGED = {
    "changed": {
        "subject": {"from": "Badgers", "to": "Otters"},
        "received_on": {"from": date(2026, 3, 2), "to": date(2026, 3, 5)},
    }
}

pytestmark = pytest.mark.django_db


def _record(count: int = 1) -> None:
    for _ in range(count):
        record_event(
            event=TRIED,
            by=UserFactory(name="An Officer"),
            at=AT,
            subject="1/2025",
            detail=CHANGED,
            words={"reason": "Asked by telephone"},
        )


def test_an_event_says_who_did_what_and_why() -> None:
    _record()
    (event,) = timeline_events(timeline("1/2025"))
    assert event == {
        "title": "Something tried",
        "at": AT,
        "by": "An Officer",
        "text": "Subject: “Badgers” became “Otters”. Date received: “2 March 2026” became “5 March 2026”.",
        "user_text": "Asked by telephone",
    }


def test_erased_words_are_said_to_be_erased() -> None:
    _record()
    EventWords.objects.all().delete()
    (event,) = timeline_events(timeline("1/2025"))
    assert event["text"] == "Subject changed. Date received: “2 March 2026” became “5 March 2026”."
    assert event["user_text"] == "(erased)"


def test_an_event_of_nobody_is_shown() -> None:
    record_event(event=TRIED, by=None, at=AT, subject="1/2025")
    (event,) = timeline_events(timeline("1/2025"))
    assert (event["by"], event["text"], event["user_text"]) == ("", "", "")


def test_the_words_of_any_number_of_events_are_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    _record(12)
    with django_assert_num_queries(2):
        assert len(timeline_events(timeline("1/2025"))) == 12


class _Form(forms.Form):
    subject = forms.CharField(label="Subject")
    received_on = forms.CharField(label="Date received")


def test_a_conflict_shows_before_now_and_what_was_typed() -> None:
    _record()
    form = _Form({"subject": "Foxes", "received_on": "4 March 2026"})
    assert form.is_valid()
    assert conflict_panel(list(timeline("1/2025")), form, "/reload/")["changes"] == [
        {"label": "Subject", "before": "Badgers", "now": "Otters", "yours": "Foxes"},
        {
            "label": "Date received",
            "before": "2 March 2026",
            "now": "5 March 2026",
            "yours": "4 March 2026",
        },
    ]


def test_where_the_words_are_gone_a_conflict_shows_those_of_the_case() -> None:
    _record()
    EventWords.objects.all().delete()
    form = _Form({"subject": "Foxes", "received_on": "4 March 2026"})
    assert form.is_valid()
    case = SimpleNamespace(subject="Otters")
    panel = conflict_panel(list(timeline("1/2025")), form, "/reload/", case)
    assert panel["changes"][0] == {"label": "Subject", "before": "", "now": "Otters", "yours": "Foxes"}
