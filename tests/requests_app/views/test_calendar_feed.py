"""The feed of due dates: what is in it, who can read it and for how long, and that nothing else gets out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from foitracker.accounts.models import User
from foitracker.accounts.operations import deactivate_user
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from requests_app.models import CalendarFeed
from requests_app.operations.calendar_feed import create_feed, record_use, revoke_feed
from requests_app.operations.clock import ask_clarification
from requests_app.operations.clock_events import ClockFact, record_clock_event
from requests_app.operations.closure import close_unanswered
from requests_app.operations.intake import assign
from requests_app.queries.calendar_feed import due_dates, feed_of, feed_with_token
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.clock.kinds.review import REVIEW_OUTCOME, REVIEW_RECEIVED
from requests_app.views import calendar_feed as views
from tests import factories
from tests.factories import AT, RECEIVED

from ..operations.part_refusal import WORKED, approved_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]

PAGE, REVOKE = "/account/calendar/", "/account/calendar/revoke/"


@pytest.fixture
def officer() -> User:
    return factories.person(Role.OFFICER)


def given(officer: User, **fields: Any) -> Any:
    case = factories.request(subject="Secret subject", **fields)
    return assign(case_id=case.pk, by=officer, at=AT, officer=officer)


def feed(officer: User, *, at: datetime | None = None, days: int = 180) -> str:
    return create_feed(by=officer, at=at or timezone.now(), days=days)[1]


def read(token: str) -> Any:
    return Client().get(f"/calendar/{token}.ics")


def events(token: str) -> dict[str, Any]:
    response = read(token)
    assert response.status_code == 200
    return {str(event["uid"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}


def test_the_answer_due_is_a_whole_day_under_the_reference(officer: User) -> None:
    case = given(officer)
    found = events(feed(officer))
    assert set(found) == {f"{case.year}-{case.number}-response_due@foitracker"}
    event = found[f"{case.year}-{case.number}-response_due@foitracker"]
    assert event["summary"] == f"{case.reference}: answer due"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 3, 31), date(2026, 4, 1))
    assert event["transp"] == "TRANSPARENT"
    assert str(event["url"]).endswith(case.get_absolute_url())


def test_while_an_answer_is_awaited_the_lapse_and_its_warning_are_in_it_and_the_date_moves_under_its_uid(
    officer: User,
) -> None:
    case, token = given(officer), feed(officer)
    before = set(events(token))
    ask_clarification(
        case_id=case.pk, by=officer, at=AT, asked_on=RECEIVED, question="Which plan?", today=date(2026, 3, 9)
    )
    found = {event["summary"]: event["dtstart"].dt for event in events(token).values()}
    assert found == {
        f"{case.reference}: warn of the lapse": date(2026, 5, 19),
        f"{case.reference}: clarification lapses": date(2026, 6, 2),
    }
    assert before.isdisjoint(events(token))


def test_only_ones_own_live_requests_and_nothing_personal(officer: User) -> None:
    given(officer)
    given(factories.person(Role.OFFICER))
    factories.request()
    closed = given(officer)
    close_unanswered(
        case_id=closed.pk, by=officer, at=AT, on=RECEIVED, outcome=Outcome.WITHDRAWN, reason="By telephone"
    )
    response = read(feed(officer))
    assert response.content.count(b"BEGIN:VEVENT") == 1
    for secret in ("Secret subject", "Perpetua", "Lowmoor", "patrol", officer.email, officer.name):
        assert secret.encode() not in response.content


def test_a_review_of_a_closed_request_is_in_it_until_its_outcome() -> None:
    staff = factories.staff()
    worked = approved_part_refusal(staff)
    factories.issue(staff, worked.letter, WORKED)
    case, today = worked.case, date(2026, 3, 30)
    case.refresh_from_db()
    given: dict[str, Any] = {"case_id": case.pk, "by": staff.officer, "at": AT, "today": today}
    assert case.is_closed
    assert case.officer
    assert due_dates(case.officer, today=today) == []
    record_clock_event(fact=ClockFact(REVIEW_RECEIVED, date(2026, 3, 19)), **given)
    found = [(due.entry.name, due.entry.day) for due in due_dates(case.officer, today=today)]
    assert found == [("review_due", date(2026, 4, 20))]
    reviewer = factories.person(Role.REVIEWER)
    outcome = ClockFact(REVIEW_OUTCOME, date(2026, 3, 27), finding="partly_upheld", reviewer=reviewer)
    record_clock_event(fact=outcome, **given)
    assert due_dates(case.officer, today=today) == []


def test_no_one_can_keep_it_or_pass_its_address_on(officer: User) -> None:
    for response in (read(feed(officer)), read("none-such")):
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]
        assert "Set-Cookie" not in response.headers
    assert read(feed(officer)).headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_an_unknown_expired_ended_or_idle_token_all_answer_the_same(officer: User) -> None:
    past = feed(factories.person(Role.OFFICER), at=timezone.now() - timedelta(days=181))
    ended = feed(officer)
    assert read(ended).status_code == 200
    revoke_feed(by=officer, at=timezone.now())
    replaced = feed(officer)
    feed(officer)
    gone = factories.person(Role.OFFICER)
    of_gone = feed(gone)
    deactivate_user(user=gone, by=factories.person(Role.ADMINISTRATOR), at=timezone.now())
    moved = factories.person(Role.OFFICER)
    of_moved = feed(moved)
    User.objects.filter(pk=moved.pk).update(roles=[Role.ADMINISTRATOR])
    tokens = ["none-such", "é%00", "x" * 3000, past, ended, replaced, of_gone, of_moved]
    answers = {(response.status_code, response.content) for response in map(read, tokens)}
    assert answers == {(404, b"There is no such calendar.\n")}


def test_every_wrong_token_costs_the_same_one_query(
    officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ended = feed(officer)
    revoke_feed(by=officer, at=timezone.now())
    expired = feed(officer, at=timezone.now() - timedelta(days=200))
    for token in ("none-such", ended, expired):
        with django_assert_num_queries(1):
            assert read(token).status_code == 404


def test_more_requests_cost_no_more_queries(
    officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        given(officer)
    with django_assert_max_num_queries(5):  # the open ones, the closed ones, what is recorded of them
        assert len(due_dates(officer, today=RECEIVED)) == 5


def test_the_token_is_kept_nowhere(officer: User) -> None:
    token = feed(officer)
    kept = CalendarFeed.objects.get(user=officer)
    assert len(token) == 43
    assert token not in str(vars(kept))
    assert not any(token in str(entry.detail) for entry in Entry.objects.all())
    assert feed_with_token(token, at=timezone.now()) == kept


def test_it_ends_to_the_second(officer: User) -> None:
    begun = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
    token = feed(officer, at=begun, days=30)
    end = begun + timedelta(days=30)
    assert feed_with_token(token, at=end - timedelta(seconds=1))
    assert feed_with_token(token, at=end) is None


def test_making_and_ending_are_on_the_trail_and_reading_is_not(officer: User) -> None:
    token = feed(officer)
    read(token)
    assert revoke_feed(by=officer, at=timezone.now())
    assert not revoke_feed(by=officer, at=timezone.now())
    acts = Entry.objects.filter(subject=officer.audit_subject, event__startswith="calendar_feed")
    assert sorted(acts.values_list("event", flat=True)) == ["calendar_feed_created", "calendar_feed_revoked"]


def test_when_it_was_last_read_is_kept(officer: User) -> None:
    token, now = feed(officer), timezone.now()
    kept = CalendarFeed.objects.get()
    assert kept.last_used_at is None
    read(token)
    kept.refresh_from_db()
    first = kept.last_used_at
    assert first
    assert first >= now
    record_use(feed=kept, at=first + timedelta(minutes=1))
    kept.refresh_from_db()
    assert kept.last_used_at == first, "not written for every reading"
    record_use(feed=kept, at=first + timedelta(minutes=6))
    kept.refresh_from_db()
    assert kept.last_used_at == first + timedelta(minutes=6)


def test_a_person_has_one_feed(officer: User) -> None:
    feed(officer)
    feed(officer)
    assert CalendarFeed.objects.filter(revoked_at__isnull=True).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.update(revoked_at=None)


def test_who_sees_no_requests_makes_no_feed() -> None:
    with pytest.raises(NotPermitted):
        feed(factories.person(Role.ADMINISTRATOR))


def test_readings_are_limited_for_each_feed(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "OF_ONE_FEED", 3)
    token = feed(officer)
    assert [read(token).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert read(token).headers["Retry-After"] == "60"
    assert read(feed(factories.person(Role.OFFICER))).status_code == 200


def test_readings_are_limited_for_each_address(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "FROM_ONE_ADDRESS", 3)
    assert [read(f"guess-{number}").status_code for number in range(5)] == [404, 404, 404, 429, 429]
    assert read(feed(officer)).status_code == 429


def test_without_redis_the_feed_is_still_read(officer: User, settings: Any) -> None:
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"},
    }
    assert read(feed(officer)).status_code == 200


def test_the_address_is_shown_once(officer: User, client: Client) -> None:
    client.force_login(officer)
    made = client.post(PAGE, {"days": "90"})
    html = made.content.decode()
    address = html.partition('type="text" value="')[2].partition('"')[0]
    assert address.startswith("http://testserver/calendar/")
    assert Client().get(address.removeprefix("http://testserver")).status_code == 200
    assert "no-store" in made.headers["Cache-Control"]
    kept = feed_of(officer)
    assert kept
    assert kept.expires_at - kept.created_at == timedelta(days=90)
    again = client.get(PAGE).content.decode()
    assert "/calendar/" + address.rpartition("/")[2] not in again
    assert "End this feed" in again
    assert client.post(REVOKE).status_code == 302
    assert feed_of(officer) is None
    assert "End this feed" not in client.get(PAGE).content.decode()


def test_half_a_year_unless_another_time_is_chosen_and_no_other_is_taken(
    officer: User, client: Client
) -> None:
    client.force_login(officer)
    chosen = [line for line in client.get(PAGE).content.decode().split("<input") if "checked" in line]
    assert len(chosen) == 1
    assert 'value="180"' in chosen[0]
    refused = client.post(PAGE, {"days": "9999"}).content.decode()
    assert "Choose how long" in refused
    assert feed_of(officer) is None
