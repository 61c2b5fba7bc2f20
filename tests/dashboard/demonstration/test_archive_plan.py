"""The demonstration's logs of earlier years add up to the published figures, whatever the day they end on."""

import csv
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from benchmarks.populations.logs import SyntheticLog
from dashboard.demonstration.archive.plan import NAMED, ArchivePlan
from dashboard.demonstration.data import lancashire
from dashboard.demonstration.data.lancashire import COUNTED, FORCE, PUBLISHED, YEARS
from foitracker.working_days.calendar import WorkingDayCalendar, calendar_from_rows
from referrals.queries.forces import shipped_forces
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from referrals.rules.workflow import Closing


@pytest.fixture(scope="module")
def calendar() -> WorkingDayCalendar:
    text = files("foitracker.working_days.data").joinpath("bank_holidays.csv").read_text(encoding="utf-8")
    return calendar_from_rows(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module")
def forces() -> dict[str, int]:
    chosen = [
        one
        for one in shipped_forces()
        if one["kind"] in ("territorial", "special") and one["regime"] == "foia"
    ]
    return {one["name"]: key for key, one in enumerate(chosen, start=1)}


def counted_in_years(logs: list[SyntheticLog], force: int) -> Counter[int]:
    """Return how many logs count for a force, by the year in which the year ending 31 March ends."""
    years: Counter[int] = Counter()
    for log in logs:
        for involved in log.forces:
            alone = log.scope == Scope.SINGLE and involved.role == ForceRole.REFERRED_BY and involved.form_on
            meets = alone or log.scope == Scope.NATIONAL or involved.trigger == Trigger.MANDATORY
            day = involved.contact_on
            if involved.force == force and day and meets and log.closing != Closing.LOGGED_IN_ERROR:
                years[day.year + (day.month > 3)] += 1
    return years


@pytest.mark.parametrize("until", [date(2025, 10, 3), date(2026, 9, 1), date(2027, 1, 2), date(2029, 2, 28)])
def test_the_published_figures_whatever_the_day(
    calendar: WorkingDayCalendar, forces: dict[str, int], until: date
) -> None:
    logs = ArchivePlan(forces, until, calendar).logs()

    years = counted_in_years(logs, forces[FORCE])
    assert {year: years[year] for year in PUBLISHED} == PUBLISHED
    assert all(years[year] for year in range(2016, 2023))
    assert max(log.received_on for log in logs) <= until
    assert len({(log.number, log.year) for log in logs}) == len(logs)
    assert {(one.number, one.year) for one in NAMED} <= {(log.number, log.year) for log in logs}
    assert [log.received_on for log in logs] == sorted(log.received_on for log in logs)


def test_every_part_is_there_in_the_year_of_65(calendar: WorkingDayCalendar, forces: dict[str, int]) -> None:
    own, logs = forces[FORCE], ArchivePlan(forces, date(2026, 9, 1), calendar).logs()
    of_the_year = [log for log in logs if date(2022, 4, 1) <= log.received_on <= date(2023, 3, 31)]
    silent = [
        log
        for log in of_the_year
        if log.scope == Scope.NATIONAL and any(f.force == own and f.contact_on is None for f in log.forces)
    ]
    crossing = [
        log
        for log in of_the_year
        if any(f.force == own and f.contact_on and f.contact_on > date(2023, 3, 31) for f in log.forces)
    ]
    assert len(silent) == YEARS[2023][lancashire.Part.NATIONAL_SILENT]
    assert len(crossing) == YEARS[2024][lancashire.Part.NATIONAL_FROM_BEFORE]
    assert sum(count for part, count in YEARS[2023].items() if part in COUNTED) + 1 == PUBLISHED[2023]


def test_the_same_plan_every_time(calendar: WorkingDayCalendar, forces: dict[str, int]) -> None:
    until = date(2026, 9, 1)
    assert ArchivePlan(forces, until, calendar).logs() == ArchivePlan(forces, until, calendar).logs()


def test_every_word_fits_its_year_and_a_mandatory_referral_its_criterion(
    calendar: WorkingDayCalendar, forces: dict[str, int]
) -> None:
    for log in ArchivePlan(forces, date(2026, 9, 1), calendar).logs():
        assert log.subject.asked_since <= log.year
        assert not log.is_mandatory or log.subject.criterion
        assert log.title in log.subject.name
        assert f"since {log.year + 1}" not in log.words
