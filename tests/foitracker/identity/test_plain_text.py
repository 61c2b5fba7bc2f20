"""Pasted text as it reads, character for character, and where each plain character came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.identity.plain_text import plain_text


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("plain", "plain"),
        ("a\tb", "a\tb"),
        ("a\r\nb\rc\x0bd\x0ce", "a \nb\nc\nd\ne"),
        ("ä\rb\r\rc", "ä\nb\n\nc"),
        ("ä\u2028b\u2029c\x85d\r\ne", "ä\nb\nc\nd \ne"),
        ("０１６３２", "01632"),  # full-width digits
        ("٠١٢", "012"),  # Arabic-Indic digits
        ("a\u00a0b\u202fc\u3000d", "a b c d"),  # no-break, narrow and ideographic spaces
        ("a\u200bb\u00adc\u2060d", "abcd"),  # zero-width space, soft hyphen, word joiner
        ("a\u115fb\u1160c\u3164d\uffa0e", "abcde"),  # letters that are blank
        ("a\u20ddb\ufe0fc", "abc"),  # an enclosing circle, a variation selector
        ("‘a’ “b” ′c`", "'a' \"b\" 'c'"),
        ("a–b—c‑d−e", "a-b-c-d-e"),
        ("ﬁle", "file"),
        ("Sia\u0302n", "Siân"),
    ],
)
def test_what_looks_alike_reads_alike(pasted: str, plain: str) -> None:
    assert plain_text(pasted).text == plain


def test_a_stretch_is_found_again_where_it_was_pasted() -> None:
    pasted = "é\u200b０１\u00adﬁ x"
    plain = plain_text(pasted)
    assert plain.text == "é01fi x"
    first, last = plain.place(1, 3)
    assert pasted[first:last] == "０１"
    assert pasted[slice(*plain.place(3, 5))] == "ﬁ"


@given(st.text(max_size=40))
def test_every_plain_character_stands_for_a_stretch_of_the_pasted_text(pasted: str) -> None:
    plain = plain_text(pasted)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    for start, end in zip(plain.starts, plain.ends, strict=True):
        assert 0 <= start < end <= len(pasted)
    assert list(plain.starts) == sorted(plain.starts)
