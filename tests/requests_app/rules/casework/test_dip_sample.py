"""The draw of a dip sample: decided by its seed, made again from it, and at least one of every officer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.casework.dip_sample import draw, sample_size

OFFICERS = st.dictionaries(st.integers(1, 10_000), st.integers(1, 6), min_size=1, max_size=80)


@pytest.mark.parametrize(
    ("population", "chosen", "size"),
    [
        (200, {}, 20),
        (201, {}, 21),
        (1, {}, 1),
        (9, {"share": 10}, 1),
        (50, {"share": 100}, 50),
        (50, {"number": 7}, 7),
        (5, {"number": 7}, 5),
        (0, {}, 0),
    ],
)
def test_how_many(population: int, chosen: dict[str, int], size: int) -> None:
    assert sample_size(population, **chosen) == size


@given(OFFICERS, st.integers(0, 90), st.text(max_size=20))
def test_a_draw_is_as_large_as_asked_and_has_every_officer(
    officers: dict[int, int], size: int, seed: str
) -> None:
    drawn = draw(officers, size, seed)
    assert {officers[letter] for letter in drawn} == set(officers.values())
    assert len(drawn) == len(set(drawn)) == max(min(size, len(officers)), len(set(officers.values())))
    assert drawn == draw(dict(reversed(officers.items())), size, seed)


def test_the_seed_decides_and_a_draw_never_changes() -> None:
    """Written out, so that a change of the way it is drawn is seen: earlier samples could not be shown again."""
    officers = {letter: letter % 3 for letter in range(1, 41)}
    assert draw(officers, 4, "5eed") == [19, 20, 23, 30]
    assert len({tuple(draw(officers, 4, f"{seed}")) for seed in range(50)}) > 40


@given(st.integers(0, 400))
def test_every_letter_can_be_drawn(seed: int) -> None:
    assert set(draw(dict.fromkeys(range(20), 1), 2, str(seed))) <= set(range(20))


def test_no_letter_is_favoured() -> None:
    """Of 20 letters of one officer two are drawn 2,000 times: each about 200 times."""
    times = dict.fromkeys(range(20), 0)
    for seed in range(2000):
        for letter in draw(dict.fromkeys(times, 1), 2, str(seed)):
            times[letter] += 1
    assert all(140 < count < 260 for count in times.values()), times
