"""References in the forms they have been published in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.casework.reference import LogNumber, ReferenceNotUnderstood, RequestReference

years = st.integers(2000, 2099)


@pytest.mark.parametrize(
    ("typed", "number", "year", "printed"),
    [
        ("2253/2025", 2253, 2025, "2253/2025"),
        ("7/2026", 7, 2026, "0007/2026"),
        ("0007/2026", 7, 2026, "0007/2026"),
        ("  0007 / 2026 ", 7, 2026, "0007/2026"),
        ("FOI 2253/2025", 2253, 2025, "2253/2025"),
        ("foi: 2253/2025", 2253, 2025, "2253/2025"),
        ("FOIA-2253/2025", 2253, 2025, "2253/2025"),
        ("NPCC FOI 2253/2025", 2253, 2025, "2253/2025"),
        ("EIR 12/2025", 12, 2025, "0012/2025"),
        ("12345/2025", 12345, 2025, "12345/2025"),
        ("1234567/2025", 1234567, 2025, "1234567/2025"),
    ],
)
def test_request_references_are_read_and_printed(typed, number, year, printed):
    reference = RequestReference.parse(typed)
    assert (reference.number, reference.year) == (number, year)
    assert str(reference) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2253",
        "2253/25",
        "2253-2025",
        "/2025",
        "2253/",
        "2253/1999",
        "2253/2125",
        "12345678/2025",
        "01/02/2025",
        "2253/2025/1",
        "SAR 1383/2025",
        "abc/2025",
        "２２５３/2025",
        "2253/2025 or 7/2026",
    ],
)
def test_what_is_not_a_request_reference_is_told_the_form(typed):
    with pytest.raises(ReferenceNotUnderstood, match="number and the four-digit year, such as 2253/2025"):
        RequestReference.parse(typed)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("636/18", "636/18"),
        ("000636/18", "636/18"),
        ("0636 / 18", "636/18"),
        ("636/2018", "636/18"),
        ("CRU Ref: 1015/15", "1015/15"),
        ("CRU Case No.: 001371/15", "1371/15"),
        ("Log Number:1355/22", "1355/22"),
        ("cru ref 43/03", "43/03"),
        ("1/00", "1/00"),
    ],
)
def test_log_numbers_are_read_and_printed_without_padding(typed, printed):
    assert str(LogNumber.parse(typed)) == printed


def test_two_digits_of_a_year_are_of_this_century():
    assert LogNumber.parse("636/18").year == 2018
    assert LogNumber.parse("636/99").year == 2099
    assert LogNumber.parse("636/18") == LogNumber(636, 2018)


@pytest.mark.parametrize(
    "typed",
    ["", "636", "636/1", "636/018", "636/1918", "0636-18", "FOI 636/18", "0000636/18", "24/7", "x/18"],
)
def test_what_is_not_a_log_number_is_told_the_form(typed):
    with pytest.raises(ReferenceNotUnderstood, match="number and the two-digit year, such as 636/18"):
        LogNumber.parse(typed)


@pytest.mark.parametrize(
    "make",
    [
        lambda: RequestReference.parse("0/2025"),
        lambda: LogNumber.parse("000000/18"),
        lambda: RequestReference(5, 1999),
        lambda: LogNumber(5, 2100),
        lambda: LogNumber(-1, 2018),
    ],
)
def test_numbers_start_at_one_and_years_at_2000(make):
    with pytest.raises(ReferenceNotUnderstood, match="starts at 1 and the year lies between 2000 and 2099"):
        make()


def test_the_message_does_not_repeat_a_long_text():
    with pytest.raises(ReferenceNotUnderstood) as refusal:
        RequestReference.parse("9" * 10_000)
    assert len(str(refusal.value)) < 150


def test_they_sort_by_year_then_number():
    texts = ["0007/2026", "2253/2025", "12345/2025", "2216/2025"]
    assert [str(reference) for reference in sorted(map(RequestReference.parse, texts))] == [
        "2216/2025",
        "2253/2025",
        "12345/2025",
        "0007/2026",
    ]
    assert max(LogNumber(1480, 2023), LogNumber(1355, 2022)) == LogNumber(1480, 2023)


def test_a_request_and_a_log_are_never_the_same():
    assert RequestReference(636, 2018) != LogNumber(636, 2018)
    assert len({RequestReference(636, 2018), LogNumber(636, 2018)}) == 2
    with pytest.raises(TypeError):
        sorted([RequestReference(636, 2018), LogNumber(636, 2018)])


@given(st.integers(1, 9_999_999), years)
def test_a_printed_request_reference_reads_back(number, year):
    reference = RequestReference(number, year)
    assert RequestReference.parse(str(reference)) == reference


@given(st.integers(1, 999_999), years, st.integers(0, 6))
def test_a_printed_log_number_reads_back_however_it_is_padded(number, year, width):
    log = LogNumber(number, year)
    assert LogNumber.parse(str(log)) == log
    assert LogNumber.parse(f"{number:0{width}}/{year % 100:02}") == log


@given(st.tuples(st.integers(1, 9999), years), st.tuples(st.integers(1, 9999), years))
def test_the_order_is_the_order_of_issue(first, second):
    assert (RequestReference(*first) <= RequestReference(*second)) == (first[::-1] <= second[::-1])
