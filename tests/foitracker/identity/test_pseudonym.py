"""Marks: equal for the same person, different for others, carried over to a new key without knowing anyone."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.identity.pseudonym import Mark, check_value, make_mark, normalise_email, normalise_name, wrap

KEYS = tuple(f"key {number} of the tests, long enough by itself" for number in (1, 2, 3))


@pytest.mark.parametrize(
    "written",
    [
        "p.lowmoor@example.org",
        "P.Lowmoor@Example.ORG",
        "  p.lowmoor@example.org\n",
        "<p.lowmoor@example.org>",
        "p.lowmoor+foi@example.org",
        "p.low\u200bmoor@example.org.",
        "ｐ.lowmoor＠example.org",
    ],
)
def test_ways_to_write_one_address(written: str) -> None:
    assert normalise_email(written) == "p.lowmoor@example.org"


@pytest.mark.parametrize("other", ["plowmoor@example.org", "p.lowmoor@example.com", "+p.lowmoor@example.org"])
def test_other_addresses_stay_others(other: str) -> None:
    assert normalise_email(other) not in {"", "p.lowmoor@example.org"}


@pytest.mark.parametrize("none", ["", "lowmoor", "@example.org", "lowmoor@", "lowmoor@org", "lowmoor@."])
def test_what_is_no_address_has_no_form(none: str) -> None:
    assert normalise_email(none) == ""


@pytest.mark.parametrize(
    "written",
    [
        "Zoë O'Łowmoor-Ashdown",
        "zoe olowmoor ashdown",
        "  ZOË   O’ŁOWMOOR‐ASHDOWN ",
        "Dr. Zoe O'Lowmoor Ashdown",
        "Ms Dr Zoe OLowmoor-Ashdown",
        "O'Lowmoor-Ashdown, Zoë",
        "Dr O'Lowmoor-Ashdown, Zoë",
        "O'Lowmoor-Ashdown, Ms Zoë",
        "Zoe\u0308 O'Łow\u00admoor\u00a0Ashdown",
    ],
)
def test_ways_to_write_one_name(written: str) -> None:
    assert normalise_name(written) == "zoe olowmoor ashdown"


@pytest.mark.parametrize("too_little", ["", "Perpetua", "Dr Lowmoor", "Mrs.", "?", "P.", "Lowmoor,"])
def test_less_than_two_words_has_no_form(too_little: str) -> None:
    assert normalise_name(too_little) == ""


def test_a_surname_that_is_a_title_stays() -> None:
    assert normalise_name("Lord, Perpetua") == normalise_name("Dr Perpetua Lord") == "perpetua lord"


def test_initials_are_kept_apart_from_names() -> None:
    assert normalise_name("P.J. Lowmoor") == normalise_name("P J Lowmoor") == "p j lowmoor"
    assert normalise_name("P Lowmoor") != normalise_name("Perpetua Lowmoor")


def test_a_mark_depends_on_every_key_and_on_the_kind() -> None:
    mark = make_mark("name", "perpetua lowmoor", KEYS)
    assert mark.key == 3
    assert len(mark.digest) == 64
    others = [
        make_mark("email", "perpetua lowmoor", KEYS),
        make_mark("name", "perpetua lowmoor", KEYS[:2]),
        *(
            make_mark("name", "perpetua lowmoor", [*KEYS[:place], "x" * 40, *KEYS[place + 1 :]])
            for place in range(3)
        ),
    ]
    assert mark.digest not in {other.digest for other in others}


def test_without_the_key_a_guess_cannot_be_tried() -> None:
    """What someone with the database alone could do: any hash of the guess without the key."""
    digest = make_mark("email", "p.lowmoor@example.org", KEYS[:1]).digest
    guesses = [b"p.lowmoor@example.org", b"email\0p.lowmoor@example.org", b"email:p.lowmoor@example.org"]
    for name in sorted(hashlib.algorithms_guaranteed - {"shake_128", "shake_256"}):
        for guess in guesses:
            assert hashlib.new(name, guess, usedforsecurity=False).hexdigest() != digest


@pytest.mark.parametrize(("identity", "keys"), [("", KEYS), ("perpetua lowmoor", ())])
def test_a_mark_of_nothing_is_refused(identity: str, keys: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="needs an identity and a key"):
        make_mark("name", identity, keys)


def test_a_mark_made_with_more_keys_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="made with 3 keys, and there are 2"):
        wrap(make_mark("name", "perpetua lowmoor", KEYS), KEYS[:2])


identities = st.text(min_size=1, max_size=30)
key_lists = st.lists(st.text(min_size=32, max_size=40), min_size=1, max_size=4, unique=True)


@given(identities, key_lists, st.data())
def test_carried_over_equals_made_anew(identity: str, keys: list[str], data: st.DataObject) -> None:
    then = data.draw(st.integers(1, len(keys)))
    old = make_mark("name", identity, keys[:then])
    assert wrap(old, keys) == make_mark("name", identity, keys)


@given(identities, identities, key_lists)
def test_equal_marks_mean_equal_identities(one: str, other: str, keys: list[str]) -> None:
    assert (make_mark("name", one, keys) == make_mark("name", other, keys)) == (one == other)


@given(st.emails())
def test_the_form_of_an_address_is_its_own_form(email: str) -> None:
    assert normalise_email(normalise_email(email)) == normalise_email(email)


@given(st.text(max_size=40))
def test_the_form_of_a_name_is_its_own_form(name: str) -> None:
    form = normalise_name(name)
    assert normalise_name(form) == form


def test_a_check_value_tells_keys_and_places_apart_and_is_no_mark() -> None:
    values = {check_value(number, key) for number in (1, 2) for key in KEYS}
    assert len(values) == 6
    assert make_mark("name", "1", KEYS[:1]).digest not in values
    assert wrap(Mark(make_mark("name", "1", KEYS[:1]).digest, 1), KEYS).digest not in values
