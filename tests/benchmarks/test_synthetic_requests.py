"""Synthetic requests: consistent, reproducible, and never among real requests."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, F, Max, Min

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.working_days.queries import current_calendar
from requests_app.models import (
    Applicant,
    Clarification,
    ExemptionClaim,
    FoiRequest,
    Letter,
    LetterStatus,
    RequestItem,
    SealedWords,
)
from requests_app.queries.casefile import casefile
from requests_app.queries.clock import clock_events
from requests_app.rules.casework.dispositions import REFUSING, Disposition, outcome
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES, Outcome, Status
from requests_app.rules.clock.statutory_clock import response_due
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY = date(2026, 6, 15)
SIZE = {"requests": 1200, "open": 300, "on": TODAY}


def load(**options: object) -> str:
    said = StringIO()
    call_command("load_synthetic", stdout=said, **{**SIZE, **options})
    return said.getvalue()


def a_real_request() -> FoiRequest:
    return factories.request(received_on=TODAY, at=factories.at(TODAY))


def test_as_many_requests_as_asked_for_in_every_state() -> None:
    said = load()

    statuses = Counter(FoiRequest.objects.values_list("status", flat=True))
    outcomes = set(FoiRequest.objects.values_list("outcome", flat=True))
    assert "1200 synthetic requests loaded, 300 of them open" in said
    assert sum(statuses.values()) == 1200
    assert statuses[Status.CLOSED] == 900
    assert set(statuses) == set(Status) - {Status.AWAITING_FEE, Status.UNDELIVERED}
    assert outcomes == {"", *Outcome} - {Outcome.NOTHING_LEFT, Outcome.FEE_UNPAID}


def test_every_due_date_is_the_one_the_clock_gives() -> None:
    load()
    calendar = current_calendar()

    for case in FoiRequest.objects.prefetch_related("clarifications"):
        assert case.due_on == response_due(case.received_on, clock_events(case), calendar)
        assert case.calendar_version == calendar.version


def test_what_became_of_the_items_bears_the_outcome_out() -> None:
    load()

    for case in FoiRequest.objects.filter(status=Status.CLOSED).prefetch_related("items__claims"):
        dispositions = [item.disposition for item in case.items.all()]
        assert dispositions
        if case.outcome in UNANSWERED_OUTCOMES:
            assert not any(dispositions)
            assert case.responded_on is None
        else:
            assert outcome(Disposition(d) for d in dispositions) == case.outcome
            assert case.responded_on == case.closed_on
        for item in case.items.all():
            assert bool(item.claims.all()) == (item.disposition in REFUSING)


def test_nothing_happens_after_today_or_before_receipt() -> None:
    load()

    days = FoiRequest.objects.aggregate(Max("received_on"), Max("closed_on"), Min("received_on"))
    assert max(days["received_on__max"], days["closed_on__max"]) <= TODAY
    assert days["received_on__min"].year == TODAY.year - 10
    assert not FoiRequest.objects.filter(closed_on__lt=F("received_on")).exists()
    assert not Clarification.objects.filter(asked_on__lt=F("foi_request__received_on")).exists()
    assert not Clarification.objects.filter(answered_on__gt=TODAY).exists()
    assert not Entry.objects.filter(subject__contains="/", at__date__gt=TODAY).exists()


def test_numbers_of_a_year_run_on_and_the_next_request_gets_the_next_one() -> None:
    load()

    for year in FoiRequest.objects.values("year").annotate(count=Count("pk"), last=Max("number")):
        assert year["count"] == year["last"]
    last = FoiRequest.objects.filter(year=2026).aggregate(Max("number"))["number__max"]
    assert a_real_request().reference == f"{last + 1:04}/2026"


def test_the_audit_trail_is_whole_and_goes_on() -> None:
    a_login_before = factories.person(Role.INTAKE)
    work_before = Entry.objects.count()
    load()
    a_real_request()

    said = StringIO()
    call_command("verify_audit", stdout=said)
    for entry in Entry.objects.all():
        assert entry.detail.keys() <= {*entry.declared.fields, "version"}, entry.event
    assert "is whole" in said.getvalue()
    assert Entry.objects.count() > work_before + 1200 * 2
    assert User.objects.filter(pk=a_login_before.pk).exists()


def test_the_version_of_a_case_counts_its_acts() -> None:
    load()

    acts = Counter(Entry.objects.values_list("subject", flat=True))
    for case in FoiRequest.objects.all():
        assert acts[case.reference] == case.version


def test_letters_wait_for_the_open_ones_alone() -> None:
    load()

    waiting = Counter(Letter.objects.values_list("foi_request__status", "status"))
    assert set(waiting) == {
        (Status.AWAITING_APPROVAL, LetterStatus.SUBMITTED),
        (Status.READY_TO_ISSUE, LetterStatus.APPROVED),
    }
    assert (
        sum(waiting.values())
        == FoiRequest.objects.filter(status__in=[Status.AWAITING_APPROVAL, Status.READY_TO_ISSUE]).count()
    )


def test_a_casefile_can_be_read() -> None:
    load()

    case = FoiRequest.objects.filter(outcome=Outcome.PARTLY_DISCLOSED)[0]
    found = casefile(case, today=TODAY)
    assert found.claims
    assert "answered_in_an_earlier_register" in {event.event for event in found.events}


def test_the_same_seed_gives_the_same_population_and_another_one_another() -> None:
    def loaded(seed: int) -> list[object]:
        load(requests=200, open=50, seed=seed)
        rows = list(FoiRequest.objects.order_by("pk").values_list("reference", "words", "status", "due_on"))
        names = list(Applicant.objects.order_by("pk").values_list("name", "email"))
        empty_the_register()
        return [*rows, *names]

    first, again, other = loaded(7), loaded(7), loaded(8)
    assert first == again
    assert first != other


def empty_the_register() -> None:
    """Empty the register. Requests are never deleted; as a replica PostgreSQL leaves the triggers out."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        tables = (
            ExemptionClaim.items.through,
            ExemptionClaim,
            Letter,
            SealedWords,
            Clarification,
            RequestItem,
        )
        for model in tables:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608
        cursor.execute(f"DELETE FROM {Applicant._meta.db_table}")  # noqa: S608
        cursor.execute(f"DELETE FROM {FoiRequest._meta.db_table}")  # noqa: S608
        cursor.execute("RESET session_replication_role")


def test_a_second_call_changes_nothing() -> None:
    load(requests=40, open=10)
    entries = Entry.objects.count()

    assert "already loaded; nothing was changed" in load(requests=40, open=10)
    assert Entry.objects.count() == entries


def test_another_size_is_refused() -> None:
    load(requests=40, open=10)

    with pytest.raises(
        CommandError, match=r"There are 40 synthetic requests already\. Use an empty database"
    ):
        load(requests=41, open=10)


def test_a_register_with_real_requests_is_refused() -> None:
    a_real_request()

    with pytest.raises(CommandError, match=r"that are not synthetic \(1\)\. Use an empty database"):
        load()
    assert FoiRequest.objects.count() == 1


@pytest.mark.parametrize("still_open", [0, 30])
def test_all_closed_or_all_open(still_open: int) -> None:
    load(requests=30, open=still_open)

    assert FoiRequest.objects.exclude(status=Status.CLOSED).count() == still_open
