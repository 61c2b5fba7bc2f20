"""Test data, made by the operations the pages call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.letters.kind import LetterKind
from requests_app.letters.kinds import answer_to
from requests_app.models import Authority, Despatch, FoiRequest, Letter, Regulator
from requests_app.operations.decision import ItemDraft, decide_item, record_search, set_items
from requests_app.operations.intake import Details, Identity, assign, log_request
from requests_app.operations.issue import Lateness, issue_letter
from requests_app.operations.response import LetterText, approve_letter, draft_letter, submit_letter
from requests_app.rules.casework.dispositions import Disposition, outcome
from requests_app.rules.casework.holding import Holding
from requests_app.rules.casework.lateness import LateReason, LateStep
from tests.foitracker.accounts.factories import UserFactory

#: A Monday; the answer is due on 31 March 2026, because 17 March is a bank holiday in Northern Ireland.
RECEIVED = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
IDENTITY = Identity(name="Perpetua Lowmoor", email="p.lowmoor@example.org")
WORDS = "Please send me:\n1. the patrol plan\n2. the map that goes with it"


@dataclass(frozen=True)
class Staff:
    """Who logs, works on and approves a request."""

    intake: User
    officer: User
    decision_maker: User


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A time of a day, in the morning unless told otherwise."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def person(*roles: Role, **fields: Any) -> User:
    """Return someone who holds these roles and can sign in."""
    return UserFactory(roles=list(roles), **fields)


def authority(**fields: Any) -> Authority:
    """Return the authority that answers, and the regulator over it."""
    Regulator.objects.get_or_create(
        from_date=date(2005, 1, 1),
        defaults={
            "name": "Information Commissioner",
            "address": "1 Example Way\nFernhollow",
            "telephone": "01632 960111",
            "website": "www.example.org",
        },
    )
    return Authority.objects.update_or_create(
        id=1,
        defaults={
            "name": "Council of Example Chiefs",
            "short_name": "CEC",
            "office": "Freedom of Information team",
            "address": "Example House\nFernhollow\nZZ99 1AA",
            "telephone": "01632 960100",
            "email": "foi@example.org",
            "website": "www.example.org",
            "signature_line": "Freedom of Information Officer",
            "review_address": "Reviews\nExample House",
            **fields,
        },
    )[0]


def staff() -> Staff:
    """The authority, and one person in each of the roles that an answer passes through."""
    authority()
    return Staff(
        intake=person(Role.INTAKE), officer=person(Role.OFFICER), decision_maker=person(Role.DECISION_MAKER)
    )


def request(
    *,
    by: User | None = None,
    received_on: date = RECEIVED,
    subject: str = "Patrol plans",
    words: str = WORDS,
    identity: Identity = IDENTITY,
    at: datetime = AT,
    details: dict[str, Any] | None = None,
    **log: Any,
) -> FoiRequest:
    """Return a logged request; `details` and further arguments go to `Details` and `log_request`."""
    return log_request(
        by=by or person(Role.INTAKE),
        at=at,
        today=max(received_on, at.date()),
        details=Details(received_on=received_on, channel="email", subject=subject, **(details or {})),
        words=words,
        identity=identity,
        **log,
    )


def request_with_items(*labels: str, officer: User, **fields: Any) -> FoiRequest:
    """Return a request in an officer's hands, split into items with these labels."""
    case = request(**fields)
    assign(case_id=case.pk, by=officer, at=AT, officer=officer)
    items = [ItemDraft(label, f"What item {label} asks for") for label in labels]
    return set_items(case_id=case.pk, by=officer, at=AT, items=items)


def take_up(staff: Staff, case: FoiRequest, on: date) -> None:
    """Give the request to the officer."""
    assign(case_id=case.pk, by=staff.intake, at=at(on, 14), officer=staff.officer)


def split(staff: Staff, case: FoiRequest, items: Sequence[tuple[str, str]], on: date) -> dict[str, int]:
    """Make the items of a request; give their keys by label."""
    drafts = [ItemDraft(label, text) for label, text in items]
    set_items(case_id=case.pk, by=staff.officer, at=at(on, 15), items=drafts)
    return dict(case.items.values_list("label", "pk"))


def search(staff: Staff, case: FoiRequest, on: date, holding: Holding = Holding.HELD) -> None:
    """Record a search and what is held."""
    record_search(
        case_id=case.pk,
        by=staff.officer,
        at=at(on, 16),
        searched="Shared drive",
        searched_by="Patrol team",
        searched_on=on,
        criteria="Patrol, plan, map",
        result="",
        holding=holding,
        today=on,
    )


def decide(
    staff: Staff, case: FoiRequest, decisions: Mapping[int, tuple[Disposition, str]], on: date
) -> None:
    """Decide items: key to disposition and explanation."""
    for pk, (disposition, explanation) in decisions.items():
        decide_item(
            case_id=case.pk,
            item_id=pk,
            by=staff.officer,
            at=at(on, 16),
            disposition=disposition,
            explanation=explanation,
        )


def draft(
    staff: Staff, case: FoiRequest, text: LetterText, on: date, kind: LetterKind | None = None
) -> Letter:
    """Draft the letter that the decisions call for, or one of the kind given."""
    found = [Disposition(value) for value in case.items.values_list("disposition", flat=True)]
    return draft_letter(
        case_id=case.pk, by=staff.officer, at=at(on, 9), kind=kind or answer_to(outcome(found)), text=text
    )


def submit(staff: Staff, letter: Letter, on: date) -> None:
    """Submit a letter for approval."""
    submit_letter(letter_id=letter.pk, by=staff.officer, at=at(on), today=on)


def approve(staff: Staff, letter: Letter, on: date) -> None:
    """Approve a letter, by the second person."""
    approve_letter(letter_id=letter.pk, by=staff.decision_maker, at=at(on, 12), today=on)


def issue(staff: Staff, letter: Letter, on: date) -> Letter:
    """Issue a letter by e-mail."""
    by = staff.officer if letter.is_answer else staff.intake
    lateness = Lateness(LateReason.VOLUME, LateStep.DECISION)  # kept only where it is late
    return issue_letter(
        letter_id=letter.pk, by=by, at=at(on, 15), on=on, despatch=Despatch.EMAIL, lateness=lateness
    )
