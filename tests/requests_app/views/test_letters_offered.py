"""Which letters a casefile offers to write next: what their kinds declare, in the order of their places."""

import pytest
from django.test import Client

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.letters.kinds import acknowledgement, disclosure, invalid
from requests_app.models import Despatch, FoiRequest, LetterStatus
from requests_app.operations.clock import ask_clarification
from requests_app.operations.decision import decide_items
from requests_app.operations.intake import Identity
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import LetterText, draft_letter
from requests_app.rules.casework.dispositions import Disposition
from tests import factories
from tests.factories import AT, RECEIVED

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: What these kinds are offered as; the four answers share one step.
OFFERS = {kind.step.label for kind in (acknowledgement.KIND, invalid.KIND, disclosure.KIND) if kind.step}


@pytest.fixture
def officer() -> User:
    factories.authority()
    return factories.person(Role.OFFICER)


def _offered(client: Client, officer: User, case: FoiRequest) -> list[tuple[str, str]]:
    """The letters among the next steps: label, and the last word of the address."""
    client.force_login(officer)
    steps = client.get(case.get_absolute_url()).context["steps"]
    return [(step.label, step.url.rstrip("/").rpartition("/")[2]) for step in steps if step.label in OFFERS]


def _answered(officer: User, disposition: Disposition) -> FoiRequest:
    case = factories.request_with_items("1", "2", officer=officer)
    ids = list(case.items.values_list("pk", flat=True))
    decide_items(case_id=case.pk, item_ids=ids, by=officer, at=AT, disposition=disposition)
    return case


def test_a_new_request_is_acknowledged_until_a_letter_has_gone_out(client: Client, officer: User) -> None:
    case = factories.request()
    letter = draft_letter(case_id=case.pk, by=officer, at=AT, kind=acknowledgement.KIND, text=LetterText())
    assert _offered(client, officer, case) == [("Acknowledge it", "acknowledgement")]
    issue_letter(letter_id=letter.pk, by=officer, at=AT, on=RECEIVED, despatch=Despatch.EMAIL)
    assert _offered(client, officer, case) == []


def test_what_is_missing_comes_before_the_acknowledgement(client: Client, officer: User) -> None:
    case = factories.request(identity=Identity(name="Q", email="q@example.org"))
    assert [address for _, address in _offered(client, officer, case)] == ["invalid", "acknowledgement"]
    letter = draft_letter(case_id=case.pk, by=officer, at=AT, kind=invalid.KIND, text=LetterText())
    assert letter.status == LetterStatus.DRAFT
    assert len(_offered(client, officer, case)) == 2
    issue_letter(letter_id=letter.pk, by=officer, at=AT, on=RECEIVED, despatch=Despatch.EMAIL)
    assert _offered(client, officer, case) == []


@pytest.mark.parametrize(
    "disposition",
    [
        Disposition.DISCLOSED,
        Disposition.PARTLY_DISCLOSED,
        Disposition.WITHHELD,
        Disposition.NEITHER,
        Disposition.NOT_HELD,
        Disposition.OUTSIDE_FUNCTIONS,
    ],
)
def test_whatever_was_decided_one_answer_is_offered(
    client: Client, officer: User, disposition: Disposition
) -> None:
    case = _answered(officer, disposition)
    assert _offered(client, officer, case) == [
        ("Acknowledge it", "acknowledgement"),
        ("Write the answer", "answer"),
    ]


def test_no_answer_is_offered_while_an_item_is_open_or_there_is_none(client: Client, officer: User) -> None:
    case = factories.request_with_items("1", "2", officer=officer)
    assert _offered(client, officer, factories.request()) == [("Acknowledge it", "acknowledgement")]
    decide_items(
        case_id=case.pk,
        item_ids=[case.items.values_list("pk", flat=True)[0]],
        by=officer,
        at=AT,
        disposition=Disposition.DISCLOSED,
    )
    assert _offered(client, officer, case) == [("Acknowledge it", "acknowledgement")]


def test_an_answer_in_hand_is_neither_acknowledged_nor_written_again(client: Client, officer: User) -> None:
    case = _answered(officer, Disposition.DISCLOSED)
    draft_letter(case_id=case.pk, by=officer, at=AT, kind=disclosure.KIND, text=LetterText())
    assert _offered(client, officer, case) == []


def test_nothing_is_written_while_the_applicant_is_awaited(client: Client, officer: User) -> None:
    case = factories.request()
    ask_clarification(
        case_id=case.pk, by=officer, at=AT, asked_on=RECEIVED, question="Which?", today=RECEIVED
    )
    assert _offered(client, officer, case) == []
