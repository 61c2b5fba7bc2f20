"""The details of a request changed after events on its clock: dates, status and later facts stay in line."""

from datetime import date
from decimal import Decimal

import pytest

from foitracker.accounts.roles import Role
from foitracker.casework.refusals import NotPossible
from requests_app.models import FoiRequest
from requests_app.operations.clock_events import ClockFact, record_clock_event
from requests_app.operations.intake import Details, change_details
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.kinds.fees import FEES_NOTICE
from requests_app.rules.clock.kinds.review import REVIEW_EXTENDED, REVIEW_RECEIVED
from tests import factories
from tests.factories import Staff

from ..views.casework import with_items

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY = date(2026, 3, 30)
AT = factories.at(TODAY)


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    """Received on Monday 2 March 2026."""
    return with_items(staff)[0]


def _change(staff: Staff, case: FoiRequest, received_on: date, regime: str = "FOIA") -> None:
    details = Details(received_on=received_on, channel="email", subject="Patrol plans", regime=regime)
    change_details(case_id=case.pk, by=staff.officer, at=AT, today=TODAY, details=details)
    case.refresh_from_db()


def test_a_notice_that_turns_out_too_late_no_longer_makes_the_request_wait(
    staff: Staff, case: FoiRequest
) -> None:
    notice = ClockFact(FEES_NOTICE, date(2026, 3, 10), amount=Decimal("35.00"))
    record_clock_event(case_id=case.pk, by=staff.officer, at=AT, today=TODAY, fact=notice)
    case.refresh_from_db()
    assert (case.status, case.due_on) == (Status.AWAITING_FEE, None)
    _change(staff, case, date(2026, 2, 2))
    assert (case.status, case.due_on) == (Status.IN_PROGRESS, date(2026, 3, 2))


def test_a_regime_that_a_recorded_act_does_not_know_is_refused(staff: Staff, case: FoiRequest) -> None:
    reviewer = factories.person(Role.REVIEWER)
    for kind, day in ((REVIEW_RECEIVED, 23), (REVIEW_EXTENDED, 24)):
        fact = ClockFact(kind, date(2026, 3, day))
        record_clock_event(case_id=case.pk, by=reviewer, at=AT, today=TODAY, fact=fact)
    with pytest.raises(NotPossible, match="cannot be extended") as refused:
        _change(staff, case, case.received_on, regime="EIR")
    assert refused.value.field == "regime"
