"""Logs that ask nearly the same: found however they are typed and greeted, and no others."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from foitracker.accounts.models import User
from referrals.models import Referral
from referrals.operations.grouping import group
from referrals.operations.triage import close_referral
from referrals.queries.similar import similar_logs
from referrals.rules.similar_wording import MOST_FOUND, WINDOW_DAYS
from tests.referrals.factories import AT, RECEIVED, adviser, entry, referral

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ASKED = (
    "How many drones did the force own on 1 January 2026, of which makes, how often did each fly in 2025, and what "
    "did their pilots' training cost?"
)
OTHER = (
    "Please provide the number of police dogs retired in each of the last three years, their breeds, and the rules "
    "on who may keep a retired dog."
)
GREETED = f"Dear Sir or Madam,\n\nUnder the Freedom of Information Act 2000 please could you tell me:\n\n{ASKED}\n\n"


@pytest.fixture
def by() -> User:
    return adviser()


def _log(by: User, wording: str = ASKED, **said: Any) -> Referral:
    return referral(by=by, wording=wording, **said)


def _found(log: Referral) -> list[Referral]:
    return [one.case for one in similar_logs(log)]


@pytest.mark.parametrize(
    "typed",
    [
        ASKED,
        ASKED.upper(),
        ASKED.replace(",", " –").replace("?", "."),
        f"{GREETED}Many thanks in advance. I look forward to hearing from you.\n\nYours faithfully",
        ASKED.replace("drones", "drone"),
        ASKED.replace("of which makes", "which makes").replace("2025", "2024"),
    ],
)
def test_the_same_request_is_found_however_it_is_typed(by: User, typed: str) -> None:
    log, same = _log(by), _log(by, typed, subject="Something else in the subject")
    assert _found(log) == [same]
    assert _found(same) == [log]


def test_what_is_the_same_is_alike_in_every_word(by: User) -> None:
    log = _log(by)
    _log(by, GREETED)
    (found,) = similar_logs(log)
    assert found.percent == 100
    assert (found.our_words, found.their_words) == (ASKED, GREETED.strip())


def test_another_request_is_not_found_for_its_courtesies_or_subject(by: User) -> None:
    log = _log(by, GREETED, subject="Drones and dogs")
    _log(by, GREETED.replace(ASKED, OTHER), subject="Drones and dogs")
    assert _found(log) == []


def test_a_request_of_courtesies_alone_is_like_no_other(by: User) -> None:
    log = _log(by, "Dear Sir, please send the information.")
    _log(by, "Dear Madam, please send the information.")
    assert _found(log) == []


def test_what_a_force_was_asked_in_its_own_words_is_compared_too(by: User) -> None:
    log = _log(by)
    asked_own = entry("Kent Police", wording=f"{ASKED} For Kent only.")
    theirs = referral(by=by, wording=OTHER, forces=[asked_own])
    (found,) = similar_logs(log)
    assert (found.case, found.our_words, found.their_words) == (theirs, ASKED, f"{ASKED} For Kent only.")
    (found,) = similar_logs(theirs)
    assert (found.case, found.our_words, found.their_words) == (log, f"{ASKED} For Kent only.", ASKED)


def test_only_what_came_near_in_time_is_found(by: User) -> None:
    log = _log(by)
    near = _log(by, received_on=RECEIVED + timedelta(days=WINDOW_DAYS))
    before = _log(by, received_on=RECEIVED - timedelta(days=WINDOW_DAYS))
    _log(by, received_on=RECEIVED + timedelta(days=WINDOW_DAYS + 1))
    _log(by, received_on=RECEIVED - timedelta(days=WINDOW_DAYS + 1))
    assert set(_found(log)) == {near, before}


def test_what_is_grouped_together_is_not_offered_again(by: User) -> None:
    national, member, other, left = (_log(by) for _ in range(4))
    group(referral_id=national.pk, member_ids=[member.pk, other.pk], by=by, at=AT)
    assert _found(Referral.objects.get(pk=national.pk)) == [left]
    assert _found(Referral.objects.get(pk=member.pk)) == [left]
    assert set(_found(left)) == {national, member, other}


def test_closed_logs_are_found_unless_logged_in_error(by: User) -> None:
    log, withdrawn, mistaken = (_log(by) for _ in range(3))
    for one, closing in ((withdrawn, "withdrawn"), (mistaken, "logged_in_error")):
        close_referral(referral_id=one.pk, by=by, at=AT, today=RECEIVED, closing=closing, reason="So.")
    assert _found(log) == [withdrawn]


def test_the_most_alike_come_first_and_no_more_than_a_page(by: User) -> None:
    log = _log(by)
    less = _log(by, f"{ASKED} And how many helicopters?")
    same = [_log(by) for _ in range(MOST_FOUND)]
    found = similar_logs(log)
    assert len(found) == MOST_FOUND
    assert {one.case for one in found} == set(same)
    assert less not in {one.case for one in found}


def test_it_takes_as_many_queries_for_many_as_for_few(
    by: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    log = _log(by)
    own = [entry(name, wording=f"{ASKED} {name}") for name in ("Kent Police", "Essex Police")]
    referral(by=by, forces=own, wording=OTHER)
    with django_assert_num_queries(4):
        similar_logs(log)
    for _ in range(5):
        _log(by)
    with django_assert_num_queries(4):
        similar_logs(log)


# Each a word to itself for the search: none is a greeting, or has the stem of one (as “informants” has).
_TOPICS = [
    "drones", "helicopters", "vetting", "tasers", "custody", "burglary", "dogs", "surveillance", "interpreters",
    "overtime", "mileage", "uniforms", "speeding", "telephones", "stalking", "passports", "weddings", "libraries",
]  # fmt: skip
_WORDS = st.lists(st.sampled_from(_TOPICS), min_size=3, max_size=12, unique=True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_WORDS, _WORDS)
def test_they_are_found_exactly_when_enough_words_are_shared(
    by: User, ours: list[str], theirs: list[str]
) -> None:
    Referral.objects.update(received_on=RECEIVED - timedelta(days=1000))
    log, other = (
        _log(by, ", ".join(ours).upper()),
        _log(by, f"Dear team, please send {' and '.join(theirs)}."),
    )
    shared, all_words = set(ours) & set(theirs), set(ours) | set(theirs)
    assert (_found(log) == [other]) == (len(shared) >= 0.6 * len(all_words))
