from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.audit.chain import GENESIS, Break, Link, first_break, plain_detail

AT = datetime(2025, 4, 25, 9, 30, tzinfo=UTC)


def link(sequence: int = 1, previous_hash: str = GENESIS, **changes: Any) -> Link:
    return replace(
        Link(sequence, AT, AT, 7, "request_logged", "2253/2025", {"items": 3}, previous_hash),
        **changes,
    )


def chain(length: int) -> list[tuple[Link, str]]:
    links: list[tuple[Link, str]] = []
    previous = GENESIS
    for sequence in range(1, length + 1):
        one = link(sequence, previous)
        previous = one.digest()
        links.append((one, previous))
    return links


def head(links: list[tuple[Link, str]]) -> tuple[int, str]:
    return (links[-1][0].sequence, links[-1][1]) if links else (0, GENESIS)


def test_the_digest_is_what_was_agreed() -> None:
    """Worked out apart from this code; a change of it would break every trail that exists."""
    assert link().digest() == "8fc380e80b2760a55aec10977f006f869af89918da0e6bc2748e376f52f47949"


def test_the_same_moment_in_another_zone_is_the_same_entry() -> None:
    bst = AT.astimezone(timezone(timedelta(hours=1)))
    assert link(at=bst).digest() == link().digest()


OTHER = {
    "sequence": 2,
    "recorded_at": AT + timedelta(microseconds=1),
    "at": AT - timedelta(days=1),
    "actor_id": None,
    "event": "request_logged2",
    "subject": "2253/2026",
    "detail": {"items": 4},
    "previous_hash": "1" * 64,
}


@pytest.mark.parametrize("field", [field.name for field in fields(Link)])
def test_every_field_counts(field: str) -> None:
    assert link(**{field: OTHER[field]}).digest() != link().digest()


@pytest.mark.parametrize("length", [0, 1, 2, 5])
def test_a_whole_chain_has_no_break(length: int) -> None:
    links = chain(length)
    assert first_break(links, head=head(links)) is None


def altered(links: list[tuple[Link, str]]) -> list[tuple[Link, str]]:
    links[2] = (replace(links[2][0], detail={"items": 99}), links[2][1])
    return links


def altered_and_hashed_again(links: list[tuple[Link, str]]) -> list[tuple[Link, str]]:
    forged = replace(links[2][0], detail={"items": 99})
    links[2] = (forged, forged.digest())
    return links


def put_twice(links: list[tuple[Link, str]]) -> list[tuple[Link, str]]:
    return [*links[:3], links[2], *links[3:]]


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (altered, Break(3, "its content is not what was written")),
        (altered_and_hashed_again, Break(4, "it does not follow from the entry before it")),
        (lambda links: links[:2] + links[3:], Break(3, "it is missing")),
        (lambda links: links[1:], Break(1, "it is missing")),
        (lambda links: links[:4], Break(5, "it is missing from the end of the trail")),
        (lambda links: [], Break(1, "it is missing from the end of the trail")),
        (put_twice, Break(3, "its number is out of order")),
        (
            lambda links: [*links, (link(6, links[-1][1]), link(6, links[-1][1]).digest())],
            Break(6, "it was put after the end of the trail"),
        ),
    ],
)
def test_the_first_break_is_named(tamper: Any, found: Break) -> None:
    links = chain(5)
    end = head(links)
    assert first_break(tamper(list(links)), head=end) == found


def test_a_trail_rewritten_whole_still_differs_from_what_was_noted_down() -> None:
    links = chain(5)
    anchors = {3: links[2][1]}
    rewritten: list[tuple[Link, str]] = []
    previous = GENESIS
    for one, _hash in links:
        forged = replace(one, event="something_else", previous_hash=previous)
        previous = forged.digest()
        rewritten.append((forged, previous))
    assert first_break(rewritten, head=head(rewritten)) is None
    assert first_break(rewritten, head=head(rewritten), anchors=anchors) == Break(
        3, "it is not the entry that was noted down"
    )
    assert first_break(links, head=head(links), anchors=anchors) is None


def test_a_trail_cut_behind_an_anchor_is_found_even_if_its_head_was_moved() -> None:
    links = chain(5)
    found = first_break(links[:2], head=head(links[:2]), anchors={4: links[3][1]})
    assert found == Break(3, "it is missing from the end of the trail")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), json_values, max_size=4))
def test_plain_values_stay_as_they_are(detail: dict[str, Any]) -> None:
    assert plain_detail(detail) == detail


def test_dates_and_decimals_become_text() -> None:
    assert plain_detail({"day": date(2025, 4, 25), "fee": Decimal("0.10"), 5: "key"}) == {
        "day": "2025-04-25",
        "fee": "0.10",
        "5": "key",
    }


@pytest.mark.parametrize("number", [0.5, 1e22, float("nan"), float("inf")])
def test_floats_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match=r"float|JSON compliant"):
        plain_detail({"deep": [{"number": number}]})


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(TypeError):
        plain_detail({"thing": object()})
