"""What is logged says nothing about the applicant, and carries no higher marking."""

import pytest
from django.db import connection

from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from referrals.operations.intake import add_force, change_details, change_force
from referrals.rules.vocabulary import Scope
from tests import factories as people
from tests.referrals.factories import AT, RECEIVED, adviser, details, entry, referral

pytestmark = [pytest.mark.django_db, pytest.mark.services]

LANCASHIRE, KENT = "Lancashire Constabulary", "Kent Police"


def test_words_that_may_tell_who_asks_have_to_be_masked_or_confirmed() -> None:
    wording = "How many patrols?\nMy e-mail is p.lowmoor@example.org"
    with pytest.raises(NotPossible, match="line 2") as refusal:
        referral(wording=wording)
    assert refusal.value.field == "wording"
    log = referral(wording=wording, log={"identity_confirmed": True})
    assert timeline(log.reference).get().detail["unmasked"] == {"email": 1}


def test_the_wording_of_one_force_is_looked_at_too() -> None:
    told = entry(KENT, wording="Ring me on 01632 960123")
    with pytest.raises(NotPossible, match="telephone number"):
        referral(forces=[told])
    log = referral()
    common = {"referral_id": log.pk, "by": adviser(), "at": AT, "today": RECEIVED, "entry": told}
    with pytest.raises(NotPossible, match="telephone number"):
        add_force(**common, scope=Scope.SEVERAL)  # type: ignore[arg-type]
    with pytest.raises(NotPossible, match="telephone number"):
        change_force(**common, involved_id=log.forces.get().pk)  # type: ignore[arg-type]
    with pytest.raises(NotPossible, match="telephone number"):
        change_details(
            referral_id=log.pk, by=adviser(), at=AT, today=RECEIVED, details=details(wording=told.wording)
        )


@pytest.mark.parametrize("reference", ["p.lowmoor@example.org", "Miss Perpetua Lowmoor"])
def test_the_reference_of_a_force_is_looked_at_too(reference: str) -> None:
    """It goes into e-mails, the pack and the contact's list."""
    with pytest.raises(NotPossible, match="may identify the applicant"):
        referral(forces=[entry(KENT, reference=reference)])
    log = referral()
    with pytest.raises(NotPossible, match="may identify the applicant") as refused:
        add_force(
            referral_id=log.pk,
            by=adviser(),
            at=AT,
            today=RECEIVED,
            entry=entry(KENT, reference=reference),
            scope=Scope.SEVERAL,
        )
    assert refused.value.field == "reference"


def test_our_own_applicant_cannot_be_named_whatever_is_confirmed() -> None:
    officer, case = people.person(Role.OFFICER), people.request()
    with pytest.raises(NotPossible, match="our own applicant") as refusal:
        referral(
            by=officer,
            wording="Perpetua Lowmoor asks for the patrol plan",
            log={"own_request": case, "identity_confirmed": True},
        )
    assert "Lowmoor" not in str(refusal.value)


def test_a_higher_marking_keeps_a_text_out() -> None:
    with pytest.raises(NotPossible, match="above OFFICIAL-SENSITIVE"):
        referral(wording="SECRET\nThe patrol plan", log={"identity_confirmed": True})
    with pytest.raises(NotPossible, match="write it in small letters"):
        referral(wording="TOP SECRET: the patrol plan", log={"identity_confirmed": True})
    assert referral(wording="The secret ballot on the patrol plan").pk


def test_who_asks_leaves_a_mark_and_nothing_else() -> None:
    said = {"applicant_email": "P.Lowmoor@example.org", "applicant_name": "Perpetua Lowmoor"}
    first, second = referral(log=said), referral(log=said)
    assert [mark.digest for mark in first.marks.order_by("kind")] == [
        mark.digest for mark in second.marks.order_by("kind")
    ]
    assert first.marks.count() == 2
    told = timeline(first.reference).get().detail
    assert sorted(told["marks"]) == ["email", "name"]
    with connection.cursor() as cursor:
        for table in (
            "referrals_referral",
            "referrals_referralforce",
            "audit_entry",
            "referrals_applicantmark",
        ):
            cursor.execute(f"SELECT count(*) FROM {table} AS row WHERE row::text ILIKE '%lowmoor%'")  # noqa: S608
            assert cursor.fetchone() == (0,), table


def test_wrong_keys_stop_the_mark_and_not_the_log(settings: object) -> None:
    referral(log={"applicant_email": "p.lowmoor@example.org"})
    settings.REFERRAL_PSEUDONYM_KEYS = ("another key that nothing was made with, long enough",)  # type: ignore[attr-defined]
    with pytest.raises(NotPossible, match="leave the applicant's boxes empty") as refusal:
        referral(log={"applicant_email": "p.lowmoor@example.org"})
    assert refusal.value.field == "applicant_email"
    assert referral().log_number == "2/26"
