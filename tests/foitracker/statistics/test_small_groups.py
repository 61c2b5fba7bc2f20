"""What is shown of groups of people: never the part of one, neither alone nor as a difference from the total."""

from hypothesis import given
from hypothesis import strategies as st

from foitracker.statistics.small_groups import LEAST, safe_to_show

GROUPS = st.dictionaries(st.text(max_size=3), st.sets(st.integers(0, 6), max_size=6), max_size=7)


@given(GROUPS)
def test_whatever_is_shown_has_enough_people(people: dict[str, set[int]]) -> None:
    shown = safe_to_show(people)
    assert {*shown.alone, *shown.together} == set(people)
    assert all(len(people[key]) >= LEAST for key in shown.alone)
    behind = set().union(*(people[key] for key in shown.together))
    if shown.together and not shown.none:
        assert len(behind) >= LEAST
        assert len(shown.together) >= 2 or not shown.alone
    if shown.none:  # nothing is left that could have been put with them
        assert not shown.alone
    if all(len(members) >= LEAST for members in people.values()):
        assert not shown.together


def test_one_small_group_takes_the_smallest_other_with_it() -> None:
    people = {"a": {1}, "b": {1, 2, 3, 4}, "c": {2, 3, 4}}
    shown = safe_to_show(people)
    assert (shown.alone, shown.together, shown.none) == (("b",), ("a", "c"), False)


def test_a_small_team_shows_nothing() -> None:
    shown = safe_to_show({"a": {1}, "b": {1, 2}})
    assert (shown.alone, shown.none) == ((), True)
    assert safe_to_show({}).none is False
