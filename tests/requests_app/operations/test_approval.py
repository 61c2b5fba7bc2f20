"""Two people on a refusal: whoever took any part in a decision does not approve it."""

from collections.abc import Callable

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.audit.queries import timeline
from requests_app.models import LetterStatus
from requests_app.operations.intake import Identity, complete_identity
from requests_app.operations.response import LetterIncomplete, approve_letter
from requests_app.rules.casework.workflow import Status

from .shared_work import AT, WORKED, SharedWork, deciding, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.mark.parametrize(
    "took_part",
    [
        lambda who: submitted(decides=who),
        lambda who: submitted(claims=who),
        lambda who: submitted(submits=who),
    ],
    ids=["decided an item", "claimed an exemption", "submitted"],
)
def test_whoever_did_one_part_of_it_does_not_approve_it(took_part: Callable[[User], SharedWork]) -> None:
    who = deciding()
    work = took_part(who)

    with pytest.raises(NotPermitted, match="You took part in this decision"):
        approve_letter(letter_id=work.letter.pk, by=who, at=AT, today=WORKED)

    work.case.refresh_from_db()
    work.letter.refresh_from_db()
    assert (work.case.status, work.letter.status) == (Status.AWAITING_APPROVAL, LetterStatus.SUBMITTED)
    assert timeline(work.case.reference)[0].event == "letter_submitted"


def test_who_had_no_part_in_it_approves_and_it_is_not_their_own() -> None:
    work, second = submitted(), deciding()
    letter = approve_letter(letter_id=work.letter.pk, by=second, at=AT, today=WORKED)
    assert (letter.approved_by, letter.own_approval) == (second, False)


def test_a_part_in_another_request_is_none_in_this_one() -> None:
    who = deciding()
    submitted(decides=who, claims=who, submits=who)
    other = submitted()
    assert approve_letter(letter_id=other.letter.pk, by=who, at=AT, today=WORKED).approved_by == who


def test_a_gap_that_opened_after_submission_is_found_at_approval_and_nothing_moves() -> None:
    work = submitted()
    complete_identity(
        case_id=work.case.pk, by=work.officer, at=AT, identity=Identity(name="Perpetua Lowmoor")
    )

    with pytest.raises(LetterIncomplete) as refused:
        approve_letter(letter_id=work.letter.pk, by=deciding(), at=AT, today=WORKED)

    assert {gap.where for gap in refused.value.gaps} == {"applicant"}
    assert all(gap.blocks for gap in refused.value.gaps)
    work.case.refresh_from_db()
    work.letter.refresh_from_db()
    assert (work.case.status, work.letter.status) == (Status.AWAITING_APPROVAL, LetterStatus.SUBMITTED)
    assert (work.letter.approved_by, work.letter.approved_digest) == (None, "")
    assert timeline(work.case.reference)[0].event == "identity_changed"
