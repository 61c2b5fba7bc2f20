"""Figures of a period: each equals a count by its predicate over any population, and the list that it opens."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from foitracker.accounts.roles import Role
from requests_app.measures.periods import ALL, BY_CODE, DECLARED, PeriodMeasure, PeriodView
from requests_app.measures.periods.cases import cases_of_period
from requests_app.measures.periods.declared import ANSWERED, FELL_DUE, FELL_DUE_IN_TIME, RECEIVED
from requests_app.measures.periods.figures import (
    count_by,
    count_by_month,
    count_period,
    count_periods,
)
from requests_app.measures.periods.outcomes import OUTCOMES, SECTIONS
from requests_app.models import Clarification, ExemptionClaim, FoiRequest, RecordedClockEvent
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests import factories
from tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: A Monday that is a bank holiday in Scotland.
TODAY = date(2026, 11, 30)
DAYS = st.integers(-45, 20).map(lambda days: TODAY + timedelta(days=days))
MAYBE = st.none() | DAYS
_EVENTS = (
    ("complaint_made", ""),
    ("decision_notice_sent", ""),
    ("fees_notice", ""),
    ("fee_received", ""),
    *(("internal_review_outcome", finding) for finding in ("upheld", "partly_upheld", "overturned")),
)


@st.composite
def facts(draw: Any) -> dict[str, Any]:
    """The dated facts of a request as its row holds them: in the order of time, otherwise anything."""
    received = draw(DAYS)
    responded = draw(st.none() | st.integers(0, 40).map(lambda days: received + timedelta(days=days)))
    outcome = draw(st.sampled_from(["", *Outcome]))
    closed = draw(DAYS) if outcome else None
    waits = not outcome and draw(st.booleans())
    return {
        "received_on": received,
        "responded_on": responded,
        "outcome": outcome,
        "closed_on": closed,
        "status": Status.CLOSED if outcome else Status.AWAITING_FEE if waits else Status.IN_PROGRESS,
        "awaited_since": draw(MAYBE) if waits else None,
        "extended_on": draw(MAYBE),
        "regime": draw(st.sampled_from(["FOIA", "EIR"])),
        "limit_on": draw(MAYBE),
        "missed_on": draw(st.none() | st.none() | DAYS),
        "answer_days": draw(st.none() | st.integers(1, 45)) if responded else None,
        "review_asked_on": draw(MAYBE),
        "review_limit_on": draw(MAYBE),
        "review_ended_on": draw(MAYBE),
    }


@pytest.fixture
def staff() -> factories.Staff:
    return factories.staff()


def _store(
    rows: list[dict[str, Any]],
    events: list[tuple[int, tuple[str, str], date | None]],
    staff: Any,
    claims: list[tuple[int, str]] = [],  # noqa: B006 - only read
    questions: list[tuple[int, date, int | None, ClockEffect]] = [],  # noqa: B006
) -> None:
    first = 5000 + FoiRequest.objects.count()
    cases = FoiRequest.objects.bulk_create(
        FoiRequest(
            number=first + place,
            year=2026,
            reference=f"{first + place}/2026",
            channel="email",
            subject="Bicycles",
            words="How many?",
            logged_by=staff.intake,
            logged_at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
            officer=staff.officer if place % 2 else None,
            **row,
        )
        for place, row in enumerate(rows)
    )
    RecordedClockEvent.objects.bulk_create(
        RecordedClockEvent(
            foi_request=cases[place % len(cases)],
            kind=kind,
            on=on or cases[place % len(cases)].review_ended_on or TODAY,
            finding=finding,
            reviewer=staff.decision_maker if finding else None,
            recorded_by=staff.officer,
            recorded_at=datetime(2026, 11, 30, 9, 0, tzinfo=UTC),
        )
        for place, (kind, finding), on in events
    )
    opened = {
        place % len(cases): (asked, None, effect) for place, asked, days, effect in questions if days is None
    }
    answered = [
        (place % len(cases), asked, asked + timedelta(days=days), effect)
        for place, asked, days, effect in questions
        if days is not None
    ]
    Clarification.objects.bulk_create(
        Clarification(
            foi_request=cases[place],
            asked_on=asked,
            question="Which?",
            asked_by=staff.officer,
            answered_on=on,
            answer="These." if on else "",
            effect=effect if on else "",
            effect_reason="They said so." if on else "",
        )
        for place, asked, on, effect in [*((place, *rest) for place, rest in opened.items()), *answered]
    )
    ExemptionClaim.objects.bulk_create(
        ExemptionClaim(
            foi_request=cases[place % len(cases)],
            section=section,
            limbs=[section],
            claimed_by=staff.officer,
            claimed_at=datetime(2026, 11, 30, 9, 0, tzinfo=UTC),
        )
        for place, section in claims
    )


@settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(facts(), min_size=1, max_size=12),
    events=st.lists(st.tuples(st.integers(0, 11), st.sampled_from(_EVENTS), MAYBE), max_size=6),
    claims=st.lists(st.tuples(st.integers(0, 11), st.sampled_from(SECTIONS)), max_size=6),
    questions=st.lists(
        st.tuples(st.integers(0, 11), DAYS, st.none() | st.integers(0, 30), st.sampled_from(ClockEffect)),
        max_size=6,
    ),
    from_on=DAYS,
    length=st.integers(0, 40),
    as_at=DAYS,
)
def test_every_figure_is_the_count_of_its_predicate(
    staff: factories.Staff,
    rows: Any,
    events: Any,
    claims: Any,
    questions: Any,
    from_on: date,
    length: int,
    as_at: date,
) -> None:
    view = PeriodView(as_at, from_on=from_on, to_on=from_on + timedelta(days=length))
    with transaction.atomic():
        _store(rows, events, staff, claims, questions)
        _check_figures(view)
        transaction.set_rollback(True)


def _check_figures(view: PeriodView) -> None:
    cases = list(
        FoiRequest.objects.order_by("pk").prefetch_related(
            "recorded_clock_events", "claims", "clarifications"
        )
    )
    figures = count_period(view, ALL)
    kept = cases_of_period(view, ALL)
    by_officer = count_by(view, "officer", ALL)
    for measure in ALL:
        among = [case.pk for case in cases if measure.holds(case, view)]
        counted = len(among)
        assert kept[measure.code] == among, measure.code
        assert figures.numbers[measure.code] == counted, measure.code
        assert sum(numbers[measure.code] for numbers in by_officer.values()) == counted, measure.code
    numbers = figures.numbers
    if view.from_on <= view.last_day:
        assert numbers["open_at_start"] + numbers["received"] - numbers["closed"] == numbers[
            "open_at_end"
        ] + sum(closed_before_it_came(case, view) for case in cases)
    assert numbers["answered"] == numbers["answered_in_time"] + numbers["answered_late"]
    assert numbers["answered_in_time"] == numbers["answered_in_20"] + numbers["answered_extended"]
    assert numbers["fell_due"] == sum(
        numbers[code] for code in ("fell_due_in_time", "fell_due_late", "fell_due_owed")
    )
    assert numbers["answered"] == sum(numbers[measure.code] for measure in OUTCOMES)
    cohort = ("received_processed", "received_put_aside", "received_still_open")
    assert numbers["received"] == sum(numbers[code] for code in cohort)
    owed = ("received_open_past_limit", "received_open_extended", "received_open_not_due")
    assert numbers["received_still_open"] == sum(numbers[code] for code in owed)
    for code in ("reviews_upheld", "reviews_partly_upheld", "reviews_overturned"):
        assert numbers[code] <= numbers["reviews_answered"], code
    assert numbers["overdue_at_end"] == sum(
        number for code, number in numbers.items() if code.startswith("overdue_age_")
    )
    days = sorted(
        case.answer_days for case in cases if ANSWERED.holds(case, view) and case.answer_days is not None
    )
    assert figures.days.total == len(days)
    if days:
        assert figures.days.median == days[(len(days) - 1) // 2]
    _check_together(view)
    months = count_by_month(view, (RECEIVED, ANSWERED, FELL_DUE))
    assert sum(month["received"] for month in months.values()) == numbers["received"]
    assert sum(month["fell_due"] for month in months.values()) == numbers["fell_due"]


def _check_together(view: PeriodView) -> None:
    """Counted together, whether they share days or not, periods have the figures that each has alone."""
    around = replace(view, from_on=view.from_on - timedelta(days=10), to_on=view.to_on + timedelta(days=3))
    apart = replace(view, from_on=view.from_on - timedelta(days=40), to_on=view.from_on - timedelta(days=20))
    views = [view, around, apart]
    assert count_periods(views) == [count_period(one) for one in views]


def closed_before_it_came(case: FoiRequest, view: PeriodView) -> int:
    """A row that the drawing made impossible: closed before it was received. It upsets the balance, and only it."""
    received, closed = case.received_on, case.closed_on
    if closed is None or closed >= received:
        return 0
    opening = int(received < view.from_on and closed >= view.from_on)
    ending = int(received <= view.last_day and closed > view.last_day)
    return opening + int(view.has_within(received)) - int(view.has_within(closed)) - ending


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.code)
def test_a_figure_opens_the_list_of_what_it_counts(
    client: Client, staff: factories.Staff, measure: PeriodMeasure
) -> None:
    rows = [
        {
            "received_on": TODAY - timedelta(days=days),
            "responded_on": TODAY - timedelta(days=3) if days % 3 else None,
            "limit_on": TODAY - timedelta(days=days % 5),
            "answer_days": days,
            "outcome": Outcome.LAPSED if days % 4 == 0 else Outcome.WITHDRAWN if days % 4 == 1 else "",
            "closed_on": TODAY - timedelta(days=2) if days % 4 in (0, 1) else None,
            "status": Status.CLOSED if days % 4 in (0, 1) else Status.IN_PROGRESS,
            "review_asked_on": TODAY - timedelta(days=6),
            "review_limit_on": TODAY - timedelta(days=days % 4 + 1),
            "review_ended_on": TODAY - timedelta(days=2) if days % 2 else None,
        }
        for days in range(4, 44, 3)
    ]
    _store(rows, [(n, event, TODAY - timedelta(days=4)) for n, event in enumerate(_EVENTS)], staff)
    view = PeriodView(TODAY, from_on=TODAY - timedelta(days=30), to_on=TODAY)
    number = count_period(view, (measure,)).numbers[measure.code]
    client.force_login(person(Role.MANAGER))
    page = client.get(measure.list_url(view))
    assert page.status_code == 200
    assert page.context["page_obj"].paginator.count == number
    assert f"{measure.name}, 31 October 2026 to 30 November 2026" in page.content.decode()


def test_a_breach_that_a_late_question_healed_counts_as_late(staff: factories.Staff) -> None:
    healed = {
        "received_on": date(2026, 9, 1),
        "responded_on": date(2026, 11, 20),
        "limit_on": date(2026, 11, 25),
        "missed_on": date(2026, 9, 29),
        "answer_days": 17,
    }
    _store([healed], [], staff)
    numbers = count_period(PeriodView(TODAY, from_on=date(2026, 11, 1), to_on=date(2026, 11, 29))).numbers
    assert (numbers["answered"], numbers["answered_in_time"]) == (1, 0)
    assert (numbers["fell_due"], numbers["fell_due_in_time"], numbers["fell_due_late"]) == (1, 0, 1)


def test_what_an_earlier_review_found_is_not_counted_of_the_latest(staff: factories.Staff) -> None:
    """Reviewed twice: in September the decision was upheld, in November it is overturned. A third has begun on one."""
    reviewed = {
        "received_on": date(2026, 8, 3),
        "review_asked_on": date(2026, 11, 2),
        "review_ended_on": date(2026, 11, 20),
    }
    upheld, overturned = (("internal_review_outcome", finding) for finding in ("upheld", "overturned"))
    _store(
        [reviewed, {**reviewed, "review_asked_on": date(2026, 11, 23), "review_ended_on": None}],
        [(place, upheld, date(2026, 11, 1)) for place in (0, 1)]
        + [(place, overturned, date(2026, 11, 20)) for place in (0, 1)],
        staff,
    )
    numbers = count_period(PeriodView(TODAY, from_on=date(2026, 11, 1), to_on=TODAY), ALL).numbers
    said = ("reviews_answered", "reviews_upheld", "reviews_overturned")
    assert [numbers[code] for code in said] == [1, 0, 1]
    asked = ("reviews_received", "reviews_known", "reviews_known_upheld", "reviews_known_overturned")
    assert [numbers[code] for code in asked] == [2, 1, 0, 1]


def test_what_is_due_today_has_fallen_due_once_it_is_answered(staff: factories.Staff) -> None:
    due = {"received_on": date(2026, 11, 2), "limit_on": TODAY}
    _store([due, {**due, "responded_on": TODAY, "answer_days": 19}], [], staff)
    view = PeriodView(TODAY, from_on=TODAY, to_on=TODAY)
    assert [FELL_DUE.holds(case, view) for case in FoiRequest.objects.order_by("pk")] == [False, True]
    assert count_period(view, (FELL_DUE, FELL_DUE_IN_TIME)).numbers == {"fell_due": 1, "fell_due_in_time": 1}


@pytest.mark.parametrize(
    "counted",
    ["received", "received.2026-11-30.2026-11-01.2026-11-30", "nothing.2026-11-01.2026-11-30.2026-11-30",
     "received.2026-11-01.2026-11-31.2026-11-30", "received.0001-01-01.2026-11-30.2026-11-30", "%00"],
)  # fmt: skip
def test_an_address_made_up_by_hand_says_what_to_do(
    client: Client, staff: factories.Staff, counted: str
) -> None:
    client.force_login(person(Role.MANAGER))
    page = client.get("/requests/", {"counted": counted})
    assert page.status_code == 400
    assert "does not name a figure" in page.content.decode()


def test_how_many_statements_a_period_takes(staff: factories.Staff, django_assert_num_queries: Any) -> None:
    view = PeriodView(TODAY, from_on=date(2026, 4, 1), to_on=TODAY)
    view.twenty_days_ago  # noqa: B018 - the calendar is read once a process
    anchors = {measure.anchor for measure in DECLARED if measure.anchor}
    # Also: the transaction with its settings, what has no anchor, and the days to the answer.
    with django_assert_num_queries(len(anchors) + 5):
        count_period(view)
    earlier = PeriodView(TODAY, from_on=date(2025, 4, 1), to_on=date(2025, 11, 30))
    earlier.twenty_days_ago  # noqa: B018
    with django_assert_num_queries(len(anchors) + 5):
        count_periods([view, earlier])


def test_every_measure_of_a_part_names_its_whole() -> None:
    for measure in ALL:
        assert not measure.part_of or measure.part_of in BY_CODE
        assert measure.definition.endswith(".")
