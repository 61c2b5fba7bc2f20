"""Test data, made by the operations the pages call."""

from datetime import UTC, date, datetime
from typing import Any

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.models import Authority, FoiRequest, Regulator
from requests_app.operations.decision import ItemDraft, set_items
from requests_app.operations.intake import Details, Identity, assign, log_request
from tests.foitracker.accounts.factories import UserFactory

#: A Monday; the answer is due on 31 March 2026, because 17 March is a bank holiday in Northern Ireland.
RECEIVED = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
IDENTITY = Identity(name="Perpetua Lowmoor", email="p.lowmoor@example.org")
WORDS = "Please send me:\n1. the patrol plan\n2. the map that goes with it"


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
