"""Advice: what may be given, what it does to the log, and what stays as it was."""

import pytest
from django.db import Error

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from referrals.models import Advice, AdviceTold
from referrals.operations.advice import draft_advice, give_advice
from referrals.operations.triage import close_referral
from referrals.rules.vocabulary import Marking
from referrals.rules.workflow import Closing, ReferralStatus
from requests_app.operations.consultation import check_not_held, place_hold
from tests import factories
from tests.referrals.factories import adviser, entry, referral
from tests.referrals.operations.advised import ADVICE, AT, TODAY, advise

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_advice_given_is_dated_and_the_log_no_longer_awaits_any() -> None:
    by, log = adviser(), referral()
    assert log.reply_by is not None
    typed = ["s31(1)(a)(b)", "40(2)+(3A)(a)", "31(1)(a)"]
    advice = advise(log, by, exemptions=typed, marking=Marking.OFFICIAL_SENSITIVE)
    log.refresh_from_db()
    assert (log.status, log.advised_on, log.reply_by) == (ReferralStatus.ADVISED, TODAY, None)
    assert (advice.number, advice.given_on, advice.adviser) == (1, TODAY, by)
    assert advice.exemptions == ["31(1)(a)", "31(1)(b)", "40(2)+(3A)(a)"]
    entry = Entry.objects.get(event="advice_given")
    assert (entry.subject, entry.detail["version"], log.version) == (log.reference, log.version, 2)
    assert "larkspur" not in str(entry.detail)


def test_later_advice_has_the_next_number_and_the_first_day_stays() -> None:
    by, log = adviser(), referral()
    advise(log, by)
    later = advise(log, by, text="On second thoughts.", today=TODAY.replace(day=9))
    log.refresh_from_db()
    assert (later.number, log.advised_on) == (2, TODAY)


def test_a_draft_becomes_the_advice() -> None:
    by, log = adviser(), referral()
    draft = draft_advice(referral_id=log.pk, by=by, at=AT, text="Not yet: [insert the harm]")
    again = draft_advice(referral_id=log.pk, by=by, at=AT, text="Still not", exemptions=["23(1)"])
    assert again.pk == draft.pk
    log.refresh_from_db()
    assert (log.status, log.advised_on) == (ReferralStatus.LOGGED, None)
    given = advise(log, by)
    assert (given.pk, given.text, given.exemptions) == (draft.pk, ADVICE, ["31(1)(a)"])
    assert Advice.objects.count() == 1


def test_given_advice_cannot_be_changed() -> None:
    advice = advise(referral(), adviser())
    advice.text = "Something else"
    with pytest.raises(Error, match="Cannot update"):
        advice.save()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("40(3)(a)(i)", r"40\(3A\)\(a\)"),
        ("31(1)(z)", "no limb 31"),
        ("31", "which limb of section 31"),
        ("99(1)", "not an exemption"),
        ("the usual", "cannot be read"),
        ("regulation 12(5)(a)", "Environmental Information Regulations.*not covered here"),
        ("EIR 12(5)(a)", "not covered here"),
        ("r. 31(1)(a)", "cannot be read"),
    ],
)
def test_an_exemption_that_is_not_law_is_refused_with_what_is(typed: str, said: str) -> None:
    by, log = adviser(), referral()
    with pytest.raises(NotPossible, match=said) as refused:
        advise(log, by, exemptions=["23(1)", typed])
    assert refused.value.field == "exemptions"
    with pytest.raises(NotPossible, match=said):
        draft_advice(referral_id=log.pk, by=by, at=AT, text="Words", exemptions=[typed])
    assert not Advice.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rely on section 40(3)(a)(i) and the first data protection principle.", r"40\(3A\).*Article 5"),
        ("The harm is [insert the harm].", "line 1"),
        ("TBC", "still open"),
        (" \n ", "Enter the words"),
        ("SECRET – UK EYES ONLY\nThe tactic works so.", "above OFFICIAL-SENSITIVE"),
        ("The applicant is reached at p.lowmoor@somewhere.org", "applicant"),
    ],
)
def test_words_that_the_forces_must_not_copy_are_refused(text: str, said: str) -> None:
    by, log = adviser(), referral()
    with pytest.raises(NotPossible, match=said) as refused:
        advise(log, by, text=text)
    assert refused.value.field == "text"
    log.refresh_from_db()
    assert (log.status, log.version) == (ReferralStatus.LOGGED, 1)


def test_what_looks_like_the_applicant_and_is_not_is_kept_when_the_officer_says_so() -> None:
    text = "The regulator's guidance is sent on request from guidance@somewhere.org"
    assert advise(referral(), adviser(), text=text, identity_confirmed=True).text == text


def test_who_our_own_applicant_is_never_enters() -> None:
    officer = factories.person(Role.OFFICER)
    case = factories.request_with_items("1", officer=officer)
    log = referral(by=officer, log={"own_request": case})
    with pytest.raises(NotPossible, match="our own applicant"):
        advise(log, adviser(), text="Write to Perpetua Lowmoor first.", identity_confirmed=True)


def test_advice_on_our_own_request_reaches_it_and_is_taken_up_before_it_goes_on() -> None:
    officer = factories.person(Role.OFFICER)
    case = factories.request_with_items("1", officer=officer)
    log = referral(
        by=officer,
        forces=[entry("National Police Chiefs' Council", reference=case.reference)],
        log={"own_request": case},
    )
    place_hold(case_id=case.pk, by=officer, at=AT, awaited=log.title, page=log.get_absolute_url())
    with pytest.raises(NotPossible, match="waiting for advice"):
        check_not_held(case)
    advise(log, adviser())
    with pytest.raises(NotPossible, match="Record first whether it is adopted"):
        check_not_held(case)
    assert AdviceTold.objects.get().told_to.is_ourselves


def test_a_closed_log_takes_no_advice() -> None:
    by, log = adviser(), referral()
    close_referral(
        referral_id=log.pk,
        by=by,
        at=AT,
        today=TODAY,
        closing=Closing.WITHDRAWN,
        reason="The force withdrew it.",
    )
    with pytest.raises(TransitionNotAllowed):
        advise(log, by)
    with pytest.raises(TransitionNotAllowed):
        draft_advice(referral_id=log.pk, by=by, at=AT, text="Words")


def test_only_an_adviser_advises() -> None:
    log = referral()
    for role in (Role.MANAGER, Role.OFFICER, Role.FORCE_CONTACT):
        with pytest.raises(NotPermitted):
            advise(log, factories.person(role))


def test_what_somebody_else_did_meanwhile_is_not_advised_over() -> None:
    by, log = adviser(), referral()
    draft_advice(referral_id=log.pk, by=by, at=AT, text="Words", seen_version=log.version)
    with pytest.raises(CaseChanged):
        give_advice(referral_id=log.pk, by=by, at=AT, today=TODAY, text="Words", seen_version=log.version)
