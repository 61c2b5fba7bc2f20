"""What the team answered before it had the tracker, as it stands in the register once it is brought over."""

from collections import Counter
from dataclasses import fields
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from dashboard.demonstration.archive.past import Past, Team
from dashboard.demonstration.archive.requests import bring_requests_over
from dashboard.demonstration.data.team.arrivals import first_day
from dashboard.demonstration.data.team.plan import begun_on, numbered, team_requests
from dashboard.demonstration.player.people import set_up_authority
from foitracker.audit.models import Entry
from foitracker.working_days.queries import current_calendar
from requests_app.measures.periods.figures import count_period
from requests_app.measures.periods.view import PeriodView
from requests_app.models import ExemptionClaim, FoiRequest
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.clock import calendar_for, clock_events, policy_for
from requests_app.rules.clock.clock_dates import ClockDates, clock_dates
from tests.factories import at

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY = date(2026, 11, 30)
#: A month of them, and besides every one that something unusual happened to.
MONTH = (date(2026, 1, 1), date(2026, 1, 31))


@pytest.fixture
def past() -> list[Past]:
    """Some of the past, brought over, with whoever did the work."""
    calendar = current_calendar()
    staff, since = set_up_authority(at(TODAY)), begun_on(TODAY, calendar)
    made = [
        one
        for one in team_requests(TODAY, calendar)
        if not one.is_played(since, TODAY)
        and (MONTH[0] <= one.received_on <= MONTH[1] or one.after or one.course.facts or one.course.question)
    ]
    numbers = numbered(((one.received_on, None) for one in made), first_day(TODAY))
    team = Team(staff.intake, staff.officers, staff.reviewer, staff.manager)
    past = [Past(one, number, team) for one, number in zip(made, numbers, strict=True)]
    bring_requests_over(past, calendar_version=calendar.version, at=at(TODAY))
    return past


def test_a_recompute_changes_no_date_and_late_answers_alone_say_why(past: list[Past]) -> None:
    policy = clock_policy(authority())
    cases = FoiRequest.objects.prefetch_related("clarifications", "recorded_clock_events")
    assert len(cases) == len(past) > 150
    for case in cases:
        found = clock_dates(
            case.received_on, clock_events(case), calendar_for(case), policy_for(case, policy)
        )
        stored = {one.name: getattr(case, one.name) for one in fields(ClockDates)}
        assert stored == {one.name: getattr(found, one.name) for one in fields(ClockDates)}, case.reference
        late = case.missed_on or (case.limit_on and case.responded_on and case.responded_on > case.limit_on)
        assert bool(late and case.responded_on) is bool(case.late_reason and case.late_step), case.reference
    assert FoiRequest.objects.filter(review_due_on__gte=TODAY).exists()
    assert FoiRequest.objects.filter(review_due_on__lt=TODAY).exists()
    assert FoiRequest.objects.exclude(late_reason="").exists()


def test_the_trail_tells_it_in_order_and_is_whole(past: list[Past]) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "is whole" in out.getvalue()
    versions = dict(FoiRequest.objects.values_list("reference", "version"))
    entries = Entry.objects.filter(subject__in=versions).order_by("sequence")
    assert Counter(entries.values_list("subject", flat=True)) == versions
    times = list(entries.values_list("at", flat=True))
    assert times == sorted(times)
    assert max(times) < at(TODAY)
    numbers: Counter[str] = Counter()
    for entry in entries:
        numbers[entry.subject] += 1
        assert entry.detail["version"] == numbers[entry.subject]
        assert numbers[entry.subject] > 1 or entry.event == "request_logged"


def test_figures_of_a_month_are_those_planned(past: list[Past]) -> None:
    view = PeriodView(today=TODAY, user=None, from_on=MONTH[0], to_on=MONTH[1])
    numbers = count_period(view).numbers
    assert numbers["received"] == sum(MONTH[0] <= one.made.received_on <= MONTH[1] for one in past)
    answered = [
        one.made.course
        for one in past
        if one.made.course.is_answered and MONTH[0] <= one.made.course.ended_on <= MONTH[1]
    ]
    assert numbers["answered"] == len(answered) > 5
    assert numbers["answered_late"] == sum(course.is_late for course in answered)
    complaints = [fact for one in past for fact in one.facts if fact.kind.code == "complaint_made"]
    year = PeriodView(today=TODAY, user=None, from_on=TODAY - timedelta(days=800), to_on=TODAY)
    assert count_period(year).numbers["complaints"] == len(complaints) > 3


def test_whoever_reviews_took_no_part_and_what_is_claimed_is_of_an_item(past: list[Past]) -> None:
    assert not ExemptionClaim.objects.filter(items__isnull=True).exists()
    for one in past:
        assert all(fact.reviewer != one.officer for fact in one.facts)
    assert not FoiRequest.objects.filter(items__disposition="", responded_on__isnull=False).exists()


def test_its_pages_open(past: list[Past], client: Client) -> None:
    client.force_login(past[0].team.manager)
    unusual = sorted(past, key=lambda one: (len(one.facts), one.made.lot))
    for one in [*unusual[:8], *unusual[-12:]]:
        place = [one.made.received_on.year, one.number]
        for name in ("casefile", "clock", "clock_working_pdf"):
            assert client.get(reverse(f"requests_app:{name}", args=place)).status_code == 200, (name, place)
        page = client.get(reverse("requests_app:casefile", args=place)).content.decode()
        assert "Request logged" in page
    listed = client.get(reverse("requests_app:register"), {"status": "all"})
    assert listed.status_code == 200
