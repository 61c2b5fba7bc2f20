"""References in running text, and the comparison of what was asked with what was answered.

The numbers of the worked case are those of a published answer in which two references were mistyped; the
words around them are ours.
"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.casework.reference import LogNumber, RequestReference
from requests_app.rules.words.reference_comparison import NearKind, compare, find_references

ASKED = """I ask for the correspondence about these logs of the referral unit:

1. Log Number: 1480/23, Referred by: Exampleshire Police, Sent from: ****
2. Log Number: 43/23, Logged with: Sample Constabulary, Sent from: ****
3. Log Number:1355/22, Logged with: National, Sent from: ****
4. Log Number: 000636/18, Logged with: Exampleshire Police
5. Log Number: 000681/18, Referred by: Sample Constabulary
6. Log Number:000698/20, Referred by: Exampleshire Police
7. Log Number: 969/21, Referred by: Exampleshire Police, Sample Constabulary
8. Log Number:002017/16, Referred by: Exampleshire Police
9. Log Number:001800/17, Referred by: Sample Constabulary
10. Log Number: 1782/22, Referred by: Exampleshire Police
11. Appeal **** Your ref: 740/16
12. Log Number:1371/15, Logged with: Sample Constabulary
13. CRU Ref: 1015/15
14. CRU Case No.: 001371/15
"""
EXCLUDED = {LogNumber(1015, 2015)}
ANSWERED = """We hold something about:

1371/15 (asked for twice)
740/16
2107/16
1800/17
636/18
681/18
698/18
969/21
1782/22
1355/22
43/23
1480/23
"""


def texts(found):
    return [str(place.reference) for place in found]


def found_in(text):
    return texts(find_references(text))


class TestTheWorkedCase:
    comparison = compare(ASKED, ANSWERED, excluded=EXCLUDED)

    def test_fourteen_are_asked_for_in_order(self):
        found = find_references(ASKED)
        assert [place.ordinal for place in found] == list(range(1, 15))
        assert [place.label for place in found] == [str(n) for n in range(1, 15)]
        assert [place.line for place in found] == list(range(3, 17))

    def test_missing_and_unexpected(self):
        assert texts(self.comparison.missing) == ["698/20", "2017/16"]
        assert texts(self.comparison.unexpected) == ["2107/16", "698/18"]
        assert not self.comparison.is_clean

    def test_the_duplicate_stands_at_12_and_14(self):
        (duplicate,) = self.comparison.duplicates
        assert duplicate.reference == LogNumber(1371, 2015)
        assert [place.ordinal for place in duplicate.asked] == [12, 14]
        assert [place.written for place in duplicate.asked] == ["1371/15", "001371/15"]
        assert duplicate.asked[1].where == "14th reference, line 16, labelled 14"
        assert [place.ordinal for place in duplicate.answered] == [1]

    def test_near_misses(self):
        assert [
            (str(pair.missing.reference), str(pair.unexpected.reference), pair.kind)
            for pair in self.comparison.near_misses
        ] == [("698/20", "698/18", NearKind.YEAR), ("2017/16", "2107/16", NearKind.SWAPPED)]

    def test_without_the_clarification_the_excluded_one_is_missed(self):
        assert texts(compare(ASKED, ANSWERED).missing) == ["698/20", "2017/16", "1015/15"]

    def test_it_is_clean_once_both_are_corrected(self):
        corrected = ANSWERED.replace("2107/16", "2017/16").replace("698/18", "698/20")
        comparison = compare(ASKED, corrected, excluded=EXCLUDED)
        assert comparison.is_clean
        assert comparison.near_misses == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("636/18", ["636/18"]),
        ("000636/18", ["636/18"]),
        ("000012/05", ["12/05"]),
        ("012/05", ["12/05"]),
        ("Log Number:1355/22", ["1355/22"]),
        ("Log Number: 000636 / 18", ["636/18"]),
        ("CRU Ref: 15/15", ["15/15"]),
        ("CRU Case No.: 5/15", ["5/15"]),
        ("Your ref: 7/16", ["7/16"]),
        ("Logged with CRU 7/16", ["7/16"]),
        ("logged as 7/16.", ["7/16"]),
        ("case ref 10/15", ["10/15"]),
        ("case (24/18)", ["24/18"]),
        ("No. 17/22", ["17/22"]),
        ("reference number is 12/05", ["12/05"]),
        ("CRU000636/18", ["636/18"]),
        ("FOI2253/2025", ["2253/2025"]),
        ("FOI 7/2026", ["0007/2026"]),
        ("0007/2026", ["0007/2026"]),
        ("REQUEST REFERENCE NUMBER: 2024/2025", ["2024/2025"]),
        ("2253/2025", ["2253/2025"]),
        ("Log 002024/25", ["2024/25"]),
        ("CRU Ref 2024/25", ["2024/25"]),
        ("2024/23", ["2024/23"]),
        ("636/18,681/18;698/20", ["636/18", "681/18", "698/20"]),
        ("636/18-640/18", ["636/18", "640/18"]),
        ("Exampleshire’s 636/18", ["636/18"]),
        ("logs 12/18, 24/18 and 3/19", ["12/18", "24/18", "3/19"]),
        ("1480/23, 12/05 & 60/40", ["1480/23", "12/05", "60/40"]),
        ("1480/23 and 2023/24", ["1480/23", "2023/24"]),
        ("12/05", ["12/05"]),
        ("1. 12/05\n2. 13/06", ["12/05", "13/06"]),
        ("• 12/05", ["12/05"]),
        ("3.12/05", ["12/05"]),
        ("1480/23 first\n24/18 second", ["1480/23", "24/18"]),
        ("1) 1480/23, Exampleshire\n2) 2024/25, Sample", ["1480/23", "2024/25"]),
        ("References of that year:\n12/05", ["12/05"]),
        ("001 000636/18", ["636/18"]),
        ("Log 636\u2215 18, 681\u204418; 698\xa0\uff0f\xa020", ["636/18", "681/18", "698/20"]),
    ],
)
def test_references_in_every_published_form(text, expected):
    assert found_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # dates
        "09/05/2025", "31/03/2025", "on 09 / 05 / 2025", "2025/05/09", "09/05/25", "from 01/04 to 31/03",
        "a meeting on 12/05",
        "my request of 12/05", "between 01/04, 05/04 and 31/03", "05/2025 to 12/2025", "by 12/05, please",
        "12/05 was a Monday", "The dates:\n12/05\n13/05", "01/04-31/03", "12/05/2025-13/05/2025",
        # financial years
        "2024/25", "2024/2025", "in 23/24", "1999/00", "1. 2022/23\n2. 2023/24", "FOI requests 2023/24",
        "CRU logs 2024/25",
        "number of requests: 24/25", "in 2023/24, 2024/25 and on", "reference period 2024/25",
        # fractions, ratios and rates
        "24/7", "24/7/365", "the 9/11 attacks", "1/2", "15/20 marks", "a 50/50 split", "shared 60/40",
        "about 70/30", "80/20 vision", "10/15 minutes",
        "100/20%",
        # law and pages
        "section 30/31", "sections 23/24 and 38/39", "s.31/40", "s40/41", "§ 31/40", "section no. 40/23", "reg 12/13",
        "paragraph 40/18", "SI 2004/2060", "Directive 95/46/EC", "page 40/50", "pp. 40/23, 45/23", "SI 2018/1212",
        # telephone numbers and addresses of the web
        "Tel: 01632 960001/23", "Tel. 478922/23", "telephone number 478922/23", "ext 636/18", "(01632) 960 001/18",
        "+44 1632 960001/18", "https://example.org/log/636/18", "www.example.org/636/18", "example.org/636/18",
        # other
        "and/or", "636/1", "636/118", "636/1918", "x636/18", "636/18th", "£636/18", "v1.636/18", "12345678/18",
        "1234567/18",
        "000/18", "EA/2006/0049", "636/18/2", "a\\636/18", "", "****/18",
    ],
)  # fmt: skip
def test_what_is_no_reference(text):
    assert found_in(text) == []


def test_a_year_in_full_is_a_requests_unless_its_label_says_log():
    assert find_references("636/2018")[0].reference == RequestReference(636, 2018)
    assert find_references("FOI request 636/2018")[0].reference == RequestReference(636, 2018)
    assert find_references("Log Number: 636/2018")[0].reference == LogNumber(636, 2018)
    assert found_in("CRU logs 636/2018 and 681/2018; FOI 2253/2025") == ["636/18", "681/18", "2253/2025"]
    assert found_in("CRU log 636/2018 was asked for in 2253/2025") == ["636/18", "2253/2025"]


def test_a_labelled_one_after_something_else_counts_again():
    assert found_in("section 30/31, ref 40/23, 41/23") == ["40/23", "41/23"]


@pytest.mark.parametrize(
    ("ordinal", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
                          (21, "21st"), (111, "111th")]
)  # fmt: skip
def test_places_are_told_in_words(ordinal, text):
    place = find_references("\n".join(["636/18"] * ordinal))[-1]
    assert place.where == f"{text} reference, line {ordinal}"


def test_places_are_offsets_into_the_text():
    text = "x\r\n (b) about 000636/18\n\n and 43/23"
    assert [(text[p.offset :][: len(p.written)], p.line, p.label) for p in find_references(text)] == [
        ("000636/18", 2, "b"),
        ("43/23", 4, ""),
    ]


@pytest.mark.parametrize(
    ("asked", "answered", "kind"),
    [
        ("1480/23", "1460/23", NearKind.ONE_DIGIT),
        ("1480/23", "148/23", NearKind.DIGIT_COUNT),
        ("1480/23", "14880/23", NearKind.DIGIT_COUNT),
        ("1480/23", "1840/23", NearKind.SWAPPED),
        ("1480/23", "8410/23", NearKind.SWAPPED),
        ("1480/23", "1480/22", NearKind.YEAR),
        ("2253/2025", "2253/2024", NearKind.YEAR),
        ("2253/2025", "2235/2025", NearKind.SWAPPED),
        ("Log 636/18", "FOI 636/2018", NearKind.OTHER_REGISTER),
        ("FOI 636/2018", "Log 636/18", NearKind.OTHER_REGISTER),
    ],
)
def test_near_misses_name_the_slip(asked, answered, kind):
    (pair,) = compare(asked, answered).near_misses
    assert pair.kind is kind


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("1480/23", "1841/23"),
        ("1480/23", "1560/23"),
        ("1480/23", "1460/22"),
        ("1480/23", "14/23 and 99/23"),
        ("100/23", "00/23, 1/23"),
        ("43/23", "2253/2025"),
    ],
)
def test_two_slips_are_no_near_miss(asked, answered):
    assert compare(asked, answered).near_misses == ()


def test_several_near_misses_come_in_the_order_of_the_request():
    near = compare("1480/23, 1355/22", "1355/21, 1481/23, 1470/23").near_misses
    assert [(str(p.missing.reference), str(p.unexpected.reference)) for p in near] == [
        ("1480/23", "1481/23"), ("1480/23", "1470/23"), ("1355/22", "1355/21"),
    ]  # fmt: skip


def test_equal_counts_do_not_hide_a_difference():
    comparison = compare("636/18, 681/18", "636/18, 682/18")
    assert (texts(comparison.missing), texts(comparison.unexpected)) == (["681/18"], ["682/18"])


def test_texts_without_references_are_the_same():
    comparison = compare("How many drones?", "There are 12.")
    assert comparison.is_clean
    assert comparison.duplicates == ()


def test_a_duplicate_in_the_answer_is_told_and_no_difference():
    comparison = compare("636/18", "636/18 is held. About 000636/18 we add this.")
    assert comparison.is_clean
    assert [place.ordinal for place in comparison.duplicates[0].answered] == [1, 2]


def test_mentioning_an_excluded_reference_is_not_unexpected():
    assert compare("636/18, 681/18", "636/18; 681/18 was left out", excluded={LogNumber(681, 2018)}).is_clean


@pytest.mark.parametrize(
    "piece",
    [
        "636/18 ",
        "1/18,",
        "0",
        "no ",
        "/",
        "12/05\n",
        "ref ",
        "12 / ",
        " ,",
        "(0 ",
        "1. Log Number: 43/23\n",
        "+1 2 ",
        "www.",
    ],
)
def test_a_hundred_thousand_characters_are_read_in_good_time(piece):
    started = time.process_time()
    find_references(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 60  # minutes, if the work grew with the square of the length


references = st.builds(LogNumber, st.integers(100, 9999), st.integers(2005, 2039)) | st.builds(
    RequestReference, st.integers(13, 1800), st.integers(2005, 2099)
)
reference_lists = st.lists(references, max_size=8)


def written(reference, padding, label):
    """Return a reference in one of its published forms."""
    text = str(reference)
    return f"{label}{text.zfill(len(text) + padding)}"


forms = st.tuples(st.integers(0, 2), st.sampled_from(["", "Ref ", "Your ref: ", "Case No. ", "No.:"]))
parted = st.sampled_from([", ", "\n", " and ", "; ", " as well as ", "\n\n- "])


@given(reference_lists, st.lists(forms, min_size=8, max_size=8), parted)
def test_what_was_written_is_found_in_every_form(wanted, how, between):
    text = between.join(written(one, *form) for one, form in zip(wanted, how, strict=False))
    assert [place.reference for place in find_references(text)] == wanted


@given(reference_lists, reference_lists, reference_lists)
def test_a_comparison_turned_round_is_its_mirror(asked, answered, excluded):
    texts_of = ["\n".join(map(str, some)) for some in (asked, answered)]
    there, back = compare(*texts_of, excluded), compare(*texts_of[::-1], excluded)
    assert (there.missing, there.unexpected) == (back.unexpected, back.missing)
    assert {(p.missing, p.unexpected, p.kind) for p in there.near_misses} == {
        (p.unexpected, p.missing, p.kind) for p in back.near_misses
    }
    assert {(d.reference, d.asked, d.answered) for d in there.duplicates} == {
        (d.reference, d.answered, d.asked) for d in back.duplicates
    }
    assert {p.reference for p in there.missing} == set(asked) - set(answered) - set(excluded)


@given(
    st.lists(
        st.sampled_from(
            ["12/05", "2253/2025", "000636/18", "ref", "on", ",", "\n", "2023/24", "/", "0163296000"]
        )
    )
)
def test_every_place_is_where_it_says(pieces):
    text = " ".join(pieces)
    for ordinal, place in enumerate(find_references(text), start=1):
        assert text.startswith(place.written, place.offset)
        assert place.ordinal == ordinal
        assert place.line == text.count("\n", 0, place.offset) + 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We wrote about 12/2025 then", []),  # December 2025
        ("We wrote about 13/2025 then", [RequestReference(13, 2025)]),
        ("Filed as 01234 5678/18 there", [LogNumber(5678, 2018)]),  # too short for a telephone number
        ("Filed as 01234 56789/18 there", []),
    ],
)
def test_where_a_month_and_a_telephone_number_end(text, found):
    assert [place.reference for place in find_references(text)] == found
