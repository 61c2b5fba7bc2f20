"""A request worked to a part refusal through the operations, for tests of what follows."""

from dataclasses import dataclass
from datetime import date

from requests_app.models import FoiRequest, Letter
from requests_app.operations.exemption import Reasons, claim_exemption
from requests_app.operations.intake import Identity
from requests_app.operations.response import LetterText
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.exemptions.prejudice import Prejudice
from tests import factories
from tests.factories import Staff

RECEIVED, WORKED = date(2026, 3, 2), date(2026, 3, 16)
AT = factories.at(WORKED, 17)
IDENTITY = Identity(name="Perpetua Lowmoor", email="p.lowmoor@example.org", salutation="Dr Lowmoor")
REASONS = Reasons(
    why_applies="The passages say where offences are looked for.",
    prejudice=Prejudice.WOULD_BE_LIKELY,
    harm="Somebody planning an offence could choose a place that is not watched.",
    factors_for="It would show how money is spent.",
    factors_against="Crime would be harder to detect.",
    balance="The harm is real and little would be gained.",
)


@dataclass
class WorkedCase:
    """A drafted request with the people who worked on it."""

    staff: Staff
    case: FoiRequest
    letter: Letter
    items: dict[str, int]


def drafted_part_refusal(
    staff: Staff, answer: str = "Most of it is enclosed.", received_on: date = RECEIVED
) -> WorkedCase:
    """Return a case with two items, one disclosed, one partly withheld under s.31(1)(a), and a complete draft."""
    case = factories.request(
        by=staff.intake, received_on=received_on, at=factories.at(received_on), identity=IDENTITY
    )
    factories.take_up(staff, case, RECEIVED)
    items = factories.split(
        staff, case, [("1", "the patrol plan"), ("2", "the map that goes with it")], RECEIVED
    )
    factories.search(staff, case, WORKED)
    decisions = {
        items["1"]: (Disposition.DISCLOSED, "Enclosed."),
        items["2"]: (Disposition.PARTLY_DISCLOSED, "Enclosed, with places blacked out."),
    }
    factories.decide(staff, case, decisions, WORKED)
    claim_exemption(
        case_id=case.pk,
        by=staff.officer,
        at=factories.at(WORKED),
        section="31",
        limbs=["31(1)(a)"],
        item_ids=[items["2"]],
        reasons=REASONS,
    )
    letter = factories.draft(staff, case, LetterText(answer=answer, enclosures="The plan\nThe map"), WORKED)
    case.refresh_from_db()
    return WorkedCase(staff, case, letter, items)


def approved_part_refusal(staff: Staff, received_on: date = RECEIVED) -> WorkedCase:
    """Return the same case, submitted by the officer and approved by the decision maker."""
    worked = drafted_part_refusal(staff, received_on=received_on)
    factories.submit(staff, worked.letter, WORKED)
    factories.approve(staff, worked.letter, WORKED)
    worked.letter.refresh_from_db()
    worked.case.refresh_from_db()
    return worked
