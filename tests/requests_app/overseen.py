"""Something of every part of supervision: a review with an action, a sampled letter, a plan, a point."""

from dataclasses import dataclass
from datetime import date

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.improvement.models import ImprovementPoint
from foitracker.improvement.operations import add_point
from requests_app.models import FoiRequest, RecoveryPlan, SampledLetter, SupervisionReview
from requests_app.operations.dip_sample import draw_sample
from requests_app.operations.recovery import make_plan
from requests_app.operations.supervision import record_supervision
from tests import factories
from tests.factories import Staff, person
from tests.requests_app.operations.part_refusal import AT, WORKED, WorkedCase, approved_part_refusal

#: Long after every request of the factories has come; a Wednesday.
LATER = date(2026, 6, 3)


@dataclass(frozen=True)
class Overseen:
    """What there is of each part. `answered` is year and number of the request whose letter is sampled."""

    manager: User
    review: SupervisionReview
    sampled: SampledLetter
    plan: RecoveryPlan
    point: ImprovementPoint
    answered: list[int]


def answered(staff: Staff) -> WorkedCase:
    """Return a request whose answer was issued on the day it was worked on."""
    worked = approved_part_refusal(staff)
    factories.issue(staff, worked.letter, WORKED)
    worked.case.refresh_from_db()
    worked.letter.refresh_from_db()
    return worked


def supervised(staff: Staff, case: FoiRequest) -> Overseen:
    """Make one of each; the review is of `case`, its action is the intake officer's."""
    manager = person(Role.MANAGER)
    review = record_supervision(
        case_id=case.pk,
        by=manager,
        at=AT,
        today=WORKED,
        reviewed_on=WORKED,
        direction="Search again.",
        action="Ask the records team.",
        action_due_on=date(2026, 3, 20),
        action_by=staff.intake,
    )
    worked = answered(staff)
    at = factories.at(LATER)
    sample = draw_sample(by=manager, at=at, today=LATER, period_from=WORKED, period_to=WORKED, number=1)
    return Overseen(
        manager,
        review,
        sample.letters.get(),
        make_plan(by=manager, at=at, today=LATER, clear_by=date(2026, 7, 1)),
        add_point(
            by=manager,
            at=at,
            today=LATER,
            text="Search logs say who searched.",
            source="Dip sample of March",
            owner=manager,
            due_on=date(2026, 7, 1),
        ),
        [worked.case.year, worked.case.number],
    )
