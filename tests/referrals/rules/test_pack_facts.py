"""A pack is marked as the most sensitive thing in it."""

from datetime import UTC, date, datetime

import pytest

from referrals.rules.pack_facts import PackAdvice, PackFacts
from referrals.rules.vocabulary import Marking

OFFICIAL, SENSITIVE = Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE


@pytest.mark.parametrize(
    ("advice", "marking"),
    [
        ([], OFFICIAL),
        ([OFFICIAL], OFFICIAL),
        ([SENSITIVE], SENSITIVE),
        ([OFFICIAL, SENSITIVE], SENSITIVE),
        ([SENSITIVE, OFFICIAL], SENSITIVE),
    ],
)
def test_the_highest_marking_of_any_advice_is_that_of_the_pack(
    advice: list[Marking], marking: Marking
) -> None:
    day = date(2026, 3, 6)
    pack = PackFacts(
        unit="Central Referral Unit",
        log_number="1/26",
        subject="Patrols",
        prepared_for="Kent Police",
        is_national=False,
        received_on=day,
        wording="How many patrols?",
        criteria=(),
        forces=(),
        advice=tuple(PackAdvice(n, day, one, (), "Words") for n, one in enumerate(advice, start=1)),
        letters=(),
        question=None,
        as_at=datetime(2026, 3, 6, 15, 0, tzinfo=UTC),
    )
    assert pack.marking is marking
