"""A part refusal on which each step can be somebody else's, made with factories and the operations alone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.letters.kinds import part_refusal
from requests_app.models import FoiRequest, Letter
from requests_app.operations.decision import decide_item, record_search
from requests_app.operations.exemption import Reasons, claim_exemption
from requests_app.operations.response import LetterText, approve_letter, draft_letter, submit_letter
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.exemptions.prejudice import Prejudice
from tests.factories import authority, person, request_with_items

#: A fortnight after the requests of `tests.factories` came, and a fortnight before their answer is due.
WORKED = date(2026, 3, 16)
AT = datetime(2026, 3, 16, 16, 0, tzinfo=UTC)
REASONS = Reasons(
    why_applies="The passages say where offences are looked for.",
    prejudice=Prejudice.WOULD_BE_LIKELY,
    harm="Somebody planning an offence could choose a place that is not watched.",
    factors_for="It would show how money is spent.",
    factors_against="Crime would be harder to detect.",
    balance="The harm is real and little would be gained.",
)


@dataclass
class SharedWork:
    """A request with the draft of its answer. `officer` did whatever nobody else is named for."""

    case: FoiRequest
    letter: Letter
    officer: User


def deciding() -> User:
    """Somebody who can take every part in a decision, and approve those of others."""
    return person(Role.OFFICER, Role.DECISION_MAKER)


def drafted(*, decides: User | None = None, claims: User | None = None) -> SharedWork:
    """Item 1 disclosed, item 2 partly withheld under s.31(1)(a), and a complete draft of the letter."""
    authority()
    officer = person(Role.OFFICER)
    case = request_with_items("1", "2", officer=officer)
    first, second = case.items.all()
    record_search(
        case_id=case.pk,
        by=officer,
        at=AT,
        searched="Shared drive",
        searched_by="Patrol planning",
        searched_on=WORKED,
        criteria="Patrol, plan, map",
        result="",
        holding=Holding.HELD,
        today=WORKED,
    )
    for item, disposition in ((first, Disposition.DISCLOSED), (second, Disposition.PARTLY_DISCLOSED)):
        decide_item(
            case_id=case.pk,
            item_id=item.pk,
            by=decides or officer,
            at=AT,
            disposition=disposition,
            explanation="Enclosed.",
        )
    claim_exemption(
        case_id=case.pk,
        by=claims or officer,
        at=AT,
        section="31",
        limbs=["31(1)(a)"],
        item_ids=[second.pk],
        reasons=REASONS,
    )
    letter = draft_letter(
        case_id=case.pk,
        by=officer,
        at=AT,
        kind=part_refusal.KIND,
        text=LetterText(answer="Most of it is enclosed.", enclosures="The plan\nThe map"),
    )
    case.refresh_from_db()
    return SharedWork(case, letter, officer)


def submitted(*, submits: User | None = None, **parts: User) -> SharedWork:
    """The same, with the decision submitted for approval."""
    work = drafted(**parts)
    submit_letter(letter_id=work.letter.pk, by=submits or work.officer, at=AT, today=WORKED)
    work.case.refresh_from_db()
    return work


def approved(**parts: User) -> SharedWork:
    """The same, approved by somebody who had no part in it."""
    work = submitted(**parts)
    approve_letter(letter_id=work.letter.pk, by=deciding(), at=AT, today=WORKED)
    work.case.refresh_from_db()
    work.letter.refresh_from_db()
    return work
