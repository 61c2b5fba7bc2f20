"""Published bank holidays at their edges: a file that is too large, and years a later file does not reach."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from foitracker.working_days.models import CalendarProposal
from foitracker.working_days.operations.published_calendar import refresh_from_file, refresh_from_text
from tests.foitracker.working_days.published import text

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def test_a_file_larger_than_the_bank_holidays_ever_are_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "bank-holidays.json"
    file.write_text(text() + " " * 1_000_000, encoding="utf-8")
    assert "more than 1,000,000 bytes" in refresh_from_file(file, at=AT, today=TODAY).problem
    file.write_text(text(), encoding="utf-8")
    assert refresh_from_file(file, at=AT, today=TODAY).problem == ""


def test_a_proposal_of_a_year_that_is_not_published_this_time_stays() -> None:
    """The published data say nothing of 2029, so they do not say that the day is no holiday either."""
    beyond, within = (
        CalendarProposal.objects.create(
            kind="addition",
            day=day,
            division="scotland",
            title="Jubilee",
            source="www.example.org",
            proposed_at=AT,
        )
        for day in (date(2029, 1, 22), date(2027, 1, 22))
    )
    refresh_from_text(text(), source="www.example.org", at=AT, today=TODAY)
    beyond.refresh_from_db()
    within.refresh_from_db()
    assert (beyond.state, within.state) == ("open", "withdrawn")
