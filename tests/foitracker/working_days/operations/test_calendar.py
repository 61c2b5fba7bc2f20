"""The calendar in the database: what is proposed, confirmed, rejected, and kept."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from foitracker.working_days import queries as queries
from foitracker.working_days.models import BankHoliday, CalendarProposal, CalendarVersion
from foitracker.working_days.operations import calendar as operations
from foitracker.working_days.published_holidays import PublishedHolidays, read_published
from tests.factories import person
from tests.foitracker.working_days.published import text

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
JUBILEE = date(2027, 1, 22)
SOURCE = "www.example.org"


@pytest.fixture
def manager() -> User:
    return person(Role.MANAGER)


def published(**changes: object) -> PublishedHolidays:
    return read_published(text(**changes), today=TODAY)


def propose(**changes: object) -> list[CalendarProposal]:
    operations.propose_published(published=published(**changes), source=SOURCE, at=AT)
    return list(queries.open_proposals())


def by_hand(manager: User, day: date = JUBILEE, kind: str = "addition", **values: object) -> CalendarProposal:
    arguments = {"divisions": ["scotland"], "title": "Jubilee", "reason": "Proclaimed today.", **values}
    return operations.propose_by_hand(by=manager, at=AT, kind=kind, day=day, **arguments)[0]  # type: ignore[arg-type]


def test_a_database_begins_with_the_shipped_days_in_force() -> None:
    shipped = queries.calendar_of(queries.shipped_holidays())
    assert queries.current_calendar() == shipped
    change = queries.latest_change()
    assert change is not None
    assert (change.version, change.made_by) == (shipped.version, None)
    assert BankHoliday.objects.filter(source="shipped with the software").count() == 849
    operations.load_shipped(at=AT)
    assert CalendarVersion.objects.count() == 1


def test_what_is_published_counts_once_a_manager_confirms_it(manager: User) -> None:
    before = queries.current_calendar()
    proposals = propose(added=[(JUBILEE, "scotland", "Jubilee")], without=[(date(2026, 6, 15), "scotland")])
    assert [(p.kind, p.day, p.source) for p in proposals] == [
        ("removal", date(2026, 6, 15), SOURCE),
        ("addition", JUBILEE, SOURCE),
    ]
    assert queries.current_calendar(checked_now=True) == before
    change = operations.confirm_proposals(by=manager, at=AT, ids=[p.pk for p in proposals])
    after = queries.current_calendar(checked_now=True)
    assert after.version == change.version != before.version
    assert after.reason_not_working(JUBILEE) == "Jubilee, bank holiday in Scotland"
    assert after.is_working_day(date(2026, 6, 15))
    added = BankHoliday.objects.get(day=JUBILEE)
    assert (added.learned_at, added.confirmed_by, added.source) == (AT, manager, SOURCE)
    assert BankHoliday.objects.get(day=date(2026, 6, 15)).removed_by == change
    entry = timeline("calendar").first()
    assert entry is not None
    assert entry.detail["added"] == ["2027-01-22 Scotland: Jubilee"]
    assert entry.detail["calendar_version"] == change.version


def test_every_version_that_ever_was_can_be_put_together_again(manager: User) -> None:
    versions = [queries.current_calendar()]
    for day, kind in ((JUBILEE, "addition"), (date(2027, 2, 1), "addition"), (JUBILEE, "removal")):
        operations.confirm_proposals(by=manager, at=AT, ids=[by_hand(manager, day, kind).pk])
        versions.append(queries.calendar_of(queries.holidays_in_force()))
    assert len({calendar.version for calendar in versions}) == 4
    for calendar in versions:
        assert queries.calendar_of_version(calendar.version) == calendar
    assert queries.calendar_of_version("none such") is None


def test_a_day_that_comes_back_has_a_row_of_its_own(manager: User) -> None:
    first = queries.current_calendar().version
    for kind in ("addition", "removal", "addition", "removal"):
        operations.confirm_proposals(by=manager, at=AT, ids=[by_hand(manager, kind=kind).pk])
    assert BankHoliday.objects.filter(day=JUBILEE).count() == 2
    assert queries.current_calendar(checked_now=True).version == first
    assert queries.calendar_of_version(first) == queries.current_calendar()


def test_reading_the_same_again_proposes_nothing_more() -> None:
    changes = {"added": [(JUBILEE, "scotland", "Jubilee")]}
    assert len(propose(**changes)) == 1
    again = operations.propose_published(published=published(**changes), source=SOURCE, at=AT)
    assert again.proposed == 0
    assert queries.open_proposals().count() == 1


def test_what_was_rejected_is_not_proposed_again(manager: User) -> None:
    (proposal,) = propose(added=[(JUBILEE, "scotland", "Jubilee")])
    before = queries.current_calendar().version
    assert operations.reject_proposals(by=manager, at=AT, ids=[proposal.pk]) == 1
    assert propose(added=[(JUBILEE, "scotland", "Jubilee")]) == []
    assert queries.current_calendar(checked_now=True).version == before


def test_a_proposal_that_is_no_longer_published_is_withdrawn(manager: User) -> None:
    (proposal,) = propose(added=[(JUBILEE, "scotland", "Jubilee")])
    entered = by_hand(manager, date(2027, 2, 1))
    assert propose() == [entered]
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert len(propose(added=[(JUBILEE, "scotland", "Jubilee")])) == 2


def test_only_a_manager_changes_the_calendar(manager: User) -> None:
    proposal = by_hand(manager)
    for role in set(Role) - {Role.MANAGER}:
        other = person(role)
        with pytest.raises(NotPermitted):
            operations.confirm_proposals(by=other, at=AT, ids=[proposal.pk])
        with pytest.raises(NotPermitted):
            operations.reject_proposals(by=other, at=AT, ids=[proposal.pk])
        with pytest.raises(NotPermitted):
            by_hand(other, date(2027, 2, 1))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"day": date(2026, 12, 25)}, "is a bank holiday"),
        ({"kind": "removal"}, "is no bank holiday"),
        ({"reason": " "}, "Say why"),
        ({"divisions": []}, "at least one part"),
    ],
)
def test_a_day_by_hand_is_refused_with_the_reason(
    manager: User, values: dict[str, object], reason: str
) -> None:
    with pytest.raises(NotPossible, match=reason):
        by_hand(manager, **values)  # type: ignore[arg-type]
    assert not CalendarProposal.objects.exists()


def test_a_day_waits_in_one_proposal_only(manager: User) -> None:
    by_hand(manager)
    with pytest.raises(NotPossible, match="waits already"):
        by_hand(manager)


def test_a_new_year_comes_whole_or_not_at_all(manager: User) -> None:
    """A year with one day would be taken for a year without any other bank holidays."""
    new_year = [
        (date(2031, 1, 1), division) for division in ("england-and-wales", "northern-ireland", "scotland")
    ]
    some = [by_hand(manager, day, divisions=[division]) for day, division in new_year]
    with pytest.raises(NotPossible, match="Choose all the days of the year together"):
        operations.confirm_proposals(by=manager, at=AT, ids=[some[0].pk])
    with pytest.raises(NotPossible, match="2031 has only 1 of at least 8"):
        operations.confirm_proposals(by=manager, at=AT, ids=[p.pk for p in some])
    assert queries.current_calendar(checked_now=True).last_year == 2030


def test_what_was_decided_meanwhile_is_not_decided_again(manager: User) -> None:
    proposal, other = by_hand(manager), by_hand(manager, date(2027, 2, 1))
    seen = queries.latest_change()
    assert seen is not None
    operations.confirm_proposals(by=manager, at=AT, ids=[proposal.pk], seen_version=seen.pk)
    with pytest.raises(NotPossible, match="decided"):
        operations.confirm_proposals(by=manager, at=AT, ids=[proposal.pk])
    with pytest.raises(NotPossible, match="decided meanwhile"):
        operations.reject_proposals(by=manager, at=AT, ids=[proposal.pk, other.pk])
    with pytest.raises(NotPossible, match="changed after you opened"):
        operations.confirm_proposals(by=manager, at=AT, ids=[other.pk], seen_version=seen.pk)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM working_days_bankholiday",
        "UPDATE working_days_bankholiday SET day = day + 1",
        "UPDATE working_days_bankholiday SET learned_at = now()",
        "UPDATE working_days_bankholiday SET removed_by_id = NULL WHERE removed_by_id IS NOT NULL",
        "UPDATE working_days_calendarversion SET version = 'forged'",
        "DELETE FROM working_days_calendarversion",
        "DELETE FROM working_days_calendarproposal",
        "UPDATE working_days_calendarproposal SET state = 'open', decided_at = NULL, decided_by_id = NULL",
        "UPDATE working_days_calendarproposal SET title = 'Another'",
    ],
)
def test_the_database_keeps_the_history(manager: User, sql: str) -> None:
    for kind in ("addition", "removal"):
        operations.confirm_proposals(by=manager, at=AT, ids=[by_hand(manager, kind=kind).pk])
    with connection.cursor() as cursor, pytest.raises(Error, match="Cannot"), transaction.atomic():
        cursor.execute(sql)


def test_the_database_holds_a_day_once_in_each_part_of_the_uk() -> None:
    shipped = BankHoliday.objects.first()
    assert shipped is not None
    shipped.pk = None
    with pytest.raises(Error, match="holiday_in_force_once"), transaction.atomic():
        shipped.save(force_insert=True)


def test_a_process_asks_seldom_and_notices_all_the_same(
    manager: User, django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries.current_calendar()
    with django_assert_num_queries(0):  # type: ignore[operator]
        for _ in range(100):
            before = queries.current_calendar()
    operations.confirm_proposals(by=manager, at=AT, ids=[by_hand(manager).pk])
    assert queries.current_calendar() == before, "kept for the moment: the transaction has not ended"
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert not queries.current_calendar(checked_now=True).is_working_day(JUBILEE)
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.current_calendar(checked_now=True)
    monkeypatch.setattr(queries, "CHECK_EVERY", 0)
    operations.confirm_proposals(by=manager, at=AT, ids=[by_hand(manager, kind="removal").pk])
    assert queries.current_calendar() == before


def test_managers_are_warned_of_what_is_short_refused_or_waiting(manager: User) -> None:
    assert queries.managers_warnings(TODAY) == []
    operations.record_refused_data(source=SOURCE, problem="The server answered 404.", at=AT)
    by_hand(manager)
    assert queries.managers_warnings(TODAY) == [
        f"The published bank holidays of {SOURCE} could not be used: The server answered 404. "
        "The calendar stays as it is.",
        "1 change to the bank holidays waits for a manager.",
    ]
    assert "31 December 2030" in queries.coverage_warnings(date(2030, 3, 1))[0]


def test_a_calendar_with_a_hole_is_a_warning_and_no_crash(manager: User) -> None:
    day = date(2028, 12, 26)
    operations.confirm_proposals(
        by=manager, at=AT, ids=[by_hand(manager, day, "removal", divisions=["england-and-wales"]).pk]
    )
    queries.forget_calendar()
    assert queries.coverage_warnings(TODAY) == [
        "2028 has only 7 of at least 8 bank holidays for England and Wales."
    ]


def test_the_trail_stays_whole(manager: User) -> None:
    operations.confirm_proposals(by=manager, at=AT, ids=[by_hand(manager).pk])
    call_command("verify_audit")
