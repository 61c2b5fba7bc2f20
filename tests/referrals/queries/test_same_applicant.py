"""Logs with an equal mark, and by which of the marks."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referrals.operations.identity import record_marks
from referrals.queries.same_applicant import MOST_LISTED, same_applicant
from tests.referrals.logs import log

pytestmark = [pytest.mark.django_db, pytest.mark.services]

EMAIL, NAME = "p.lowmoor@example.org", "Perpetua Lowmoor"


def test_each_match_says_by_what_and_which_log() -> None:
    case = log("Larkspur", number=10)
    both = log("Oxlip", "Larkspur", number=11, subject="Patrols", received_on=date(2026, 3, 3))
    by_email, by_name, nobody, unmarked = log(number=12), log(number=13), log(number=14), log(number=15)
    record_marks(case, email=EMAIL, name=NAME)
    record_marks(both, email=EMAIL, name=NAME)
    record_marks(by_email, email=EMAIL, name="Rowan Ashdown")
    record_marks(by_name, email="other@example.org", name=NAME)
    record_marks(nobody, email="r.ashdown@example.org", name="Rowan Ashdown")

    found = same_applicant(case)

    assert [(one.log_number, one.matched_by) for one in found] == [
        ("13/26", "Name"),
        ("12/26", "E-mail address"),
        ("11/26", "E-mail address and name"),
    ]
    last = found[-1]
    assert (last.subject, last.received_on) == ("Patrols", date(2026, 3, 3))
    assert last.forces == ("Larkspur Constabulary", "Oxlip Constabulary")
    assert last.get_absolute_url() == both.get_absolute_url()
    assert same_applicant(unmarked) == ()


def test_a_name_does_not_match_an_address() -> None:
    one, other = log(), log()
    record_marks(one, email="lowmoor@example.org")
    record_marks(other, name="lowmoor@example.org lowmoor")
    assert same_applicant(one) == ()


def test_the_number_of_queries_does_not_grow() -> None:
    case = log()
    record_marks(case, email=EMAIL, name=NAME)
    counts = []
    for _ in range(2):
        for _ in range(4):
            record_marks(log("Larkspur", "Oxlip"), email=EMAIL, name=NAME)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            same_applicant(case)
        counts.append(len(queries))
    assert counts == [4, 4]


def test_the_newest_are_listed_when_there_are_many() -> None:
    case = log(number=1)
    record_marks(case, name=NAME)
    for number in range(2, MOST_LISTED + 4):
        record_marks(log(number=number), name=NAME)
    found = same_applicant(case)
    assert len(found) == MOST_LISTED
    assert found[0].number == MOST_LISTED + 3
