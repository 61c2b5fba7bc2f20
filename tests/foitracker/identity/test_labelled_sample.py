"""On the labelled sample the finder finds as much as it did, and no more for nothing."""

import pytest

from benchmarks.identity import KINDS, Measured, measure

#: Just below what is reached (docs/security.md). Raise it with the finder; never lower it.
LEAST_RECALL = {"n": 0.96, "e": 1.0, "h": 1.0, "t": 1.0, "s": 0.93, "p": 1.0, "d": 1.0, "k": 1.0}
MOST_FALSE_ALARMS_PER_THOUSAND_WORDS = 0.5


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure()


@pytest.mark.parametrize("kind", LEAST_RECALL, ids=KINDS.get)
def test_as_much_is_found_as_before(measured: Measured, kind: str) -> None:
    assert measured.recall(kind) >= LEAST_RECALL[kind], measured.missed


def test_no_more_is_found_for_nothing(measured: Measured) -> None:
    assert measured.false_alarms_per_thousand_words <= MOST_FALSE_ALARMS_PER_THOUSAND_WORDS, (
        measured.false_alarms
    )


def test_the_sample_is_large_enough_and_half_of_it_is_without_anything_to_find(measured: Measured) -> None:
    assert measured.texts >= 120
    assert 0.4 <= measured.texts_without_labels / measured.texts <= 0.6
    assert LEAST_RECALL.keys() == KINDS.keys()
    assert min(measured.labels.values()) >= 3
