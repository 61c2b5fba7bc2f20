"""What in a pasted text may identify the applicant, what does not, and that masking leaves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.identity.contact_details import find_telephone_numbers
from foitracker.identity.traces import (
    MASK,
    TraceKind,
    count_by_kind,
    find_identity_traces,
    mask,
    masked,
    traces_in_words,
)

PEOPLE = [
    # labels
    ("Name: Perpetua Lowmoor", "Perpetua Lowmoor"),
    ("NAME : PERPETUA LOWMOOR", "PERPETUA LOWMOOR"),
    ("name: perpetua lowmoor", "perpetua lowmoor"),
    ("Full name:\tPerpetua Lowmoor", "Perpetua Lowmoor"),
    ("Name\tPerpetua Lowmoor", "Perpetua Lowmoor"),
    ("Name:\nPerpetua Lowmoor\nAsked: the plan", "Perpetua Lowmoor"),
    ("**Name:** Perpetua Lowmoor", "Perpetua Lowmoor"),
    ("> From: Perpetua Lowmoor", "Perpetua Lowmoor"),
    ("Surname: Lowmoor", "Lowmoor"),
    ("Surname: Lowmoor, Forename: Perpetua", "Lowmoor|Perpetua"),
    ("Name of applicant: P. Lowmoor", "P. Lowmoor"),
    ("Applicant's name - Perpetua Lowmoor", "Perpetua Lowmoor"),
    ("Requester: Perpetua Lowmoor; Ref: 12/25", "Perpetua Lowmoor"),
    ("Requester: Larkspur Gazette", "Larkspur Gazette"),
    ("Applicant: Lowmoor, Perpetua", "Lowmoor, Perpetua"),
    ("From: Lowmoor, Perpetua", "Lowmoor, Perpetua"),
    ("From: Perpetua van der Lowmoor", "Perpetua van der Lowmoor"),
    ("Log Number: 43/23, Logged with: Larkspur Constabulary, Sent from: P Lowmoor", "P Lowmoor"),
    ("Requested by: Perpetua Lowmoor", "Perpetua Lowmoor"),
    # introductions
    ("Dear Larkspur Constabulary, my name is Perpetua Lowmoor and I ask for the plan.", "Perpetua Lowmoor"),
    ("my name is perpetua lowmoor and i want the plan", "perpetua lowmoor"),
    ("My full name is Perpetua.", "Perpetua"),
    ("Dear Sir, I am Perpetua Lowmoor, a student.", "Perpetua Lowmoor"),
    ("I'm Perpetua Lowmoor from Fernhollow.", "Perpetua Lowmoor"),
    ("Dear Perpetua,", "Perpetua"),
    ("On 3 May 2025, at 10:14, Perpetua Lowmoor wrote:", "Perpetua Lowmoor"),
    ("I, Perpetua Lowmoor, ask for the plan.", "Perpetua Lowmoor"),
    ("on behalf of Perpetua Lowmoor", "Perpetua Lowmoor"),
    ("my client, Perpetua Lowmoor, asks", "Perpetua Lowmoor"),
    ("The plan.\n\nSent from Perpetua's iPhone", "Perpetua"),
    ("To: FOI; Perpetua Lowmoor", "Perpetua Lowmoor"),
    ("Name: 王小明", "王小明"),
    ("zoë\rName: Perpetua Lowmoor\rThe plan", "Perpetua Lowmoor"),
    # titles
    ("Cllr Perpetua Lowmoor asks", "Cllr Perpetua Lowmoor"),
    ("a call from Mr Lowmoor about it", "Mr Lowmoor"),
    ("Mrs P. Lowmoor-Ashdown asks", "Mrs P. Lowmoor-Ashdown"),
    ("Dr. Perpetua O'Lowmoor asks", "Dr. Perpetua O'Lowmoor"),
    ("Dr Perpetua O’Lowmoor asks", "Dr Perpetua O’Lowmoor"),
    ("mr lowmoor asked", "mr lowmoor"),
    ("Mr and Mrs Lowmoor", "Mr and Mrs Lowmoor"),
    ("Professor Zoë Łowmoor", "Professor Zoë Łowmoor"),
    ("Sir Perpetuus Lowmoor", "Sir Perpetuus Lowmoor"),
    # closings
    ("Yours sincerely\n\nPerpetua Lowmoor", "Perpetua Lowmoor"),
    ("Yours faithfully,\n\nPerpetua Lowmoor\n\n-----", "Perpetua Lowmoor"),
    ("Kind regards,\nP Lowmoor", "P Lowmoor"),
    ("Kind regards, Perpetua Lowmoor", "Perpetua Lowmoor"),
    ("regards\nperpetua lowmoor", "perpetua lowmoor"),
    ("Many thanks in advance,\nPerpetua\n", "Perpetua"),
    ("Please send the plan. Many thanks, Perpetua Lowmoor", "Perpetua Lowmoor"),
    ("Best wishes,\n> Perpetua Lowmoor (Ms)", "Perpetua Lowmoor"),
]
MAILBOXES = [
    ("write to p.lowmoor@example.org please", "p.lowmoor@example.org"),
    ("<mailto:p.lowmoor+foi@mail.example.co.uk>", "p.lowmoor+foi@mail.example.co.uk"),
    ("lowmoor (at) example (dot) org", "lowmoor (at) example (dot) org"),
    ("lowmoor[at]example[dot]org", "lowmoor[at]example[dot]org"),
    ("lowmoor at example dot org", "lowmoor at example dot org"),
    ("lowmoor @ example . org", "lowmoor @ example . org"),
    ("low\u200bmoor@exam\u00adple.org", "low\u200bmoor@exam\u00adple.org"),
    ("ｌｏｗｍｏｏｒ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ｌｏｗｍｏｏｒ＠ｅｘａｍｐｌｅ．ｏｒｇ"),
    ("'lowmoor@example.org'", "lowmoor@example.org"),
    ("per dot lowmoor at example dot org", "per dot lowmoor at example dot org"),
    ("p.lowmoor at example.org", "p.lowmoor at example.org"),
    ("perpetua.lowmoor@larkspur.police.uk", "perpetua.lowmoor@larkspur.police.uk"),
]
TELEPHONES = [
    ("ring 01632 960123 today", "01632 960123"),
    ("ring (01632) 960 123", "(01632) 960 123"),
    ("ring 020 7946 0018 or", "020 7946 0018"),
    ("ring 07700 900123", "07700 900123"),
    ("ring 07700900123.", "07700900123"),
    ("ring 07700-900-123", "07700-900-123"),
    ("ring +44 7700 900123", "+44 7700 900123"),
    ("ring +44 (0)1632 960123", "+44 (0)1632 960123"),
    ("ring 0044 1632 960123", "0044 1632 960123"),
    ("ring +353 1 555 0123", "+353 1 555 0123"),
    ("Tel: 960123", "960123"),
    ("mobile no. 7700900123", "7700900123"),
    ("ring ０７７００　９００１２３", "０７７００　９００１２３"),
    ("ring 07700\u00a0900\u2009123", "07700\u00a0900\u2009123"),
    ("ring 077\u200b00 900123", "077\u200b00 900123"),
    ("ring 07700\u2011900\u2011123", "07700\u2011900\u2011123"),
]
POSTCODES = [
    ("at ZZ99 1AA", "ZZ99 1AA"),
    ("at zz99 1aa.", "zz99 1aa"),
    ("at ZZ991AA,", "ZZ991AA"),
    ("at EX1 4PL", "EX1 4PL"),
    ("at EC1A 1BB", "EC1A 1BB"),
    ("at M1\u00a01AE", "M1\u00a01AE"),
    ("at Ｍ１　１ＡＥ", "Ｍ１　１ＡＥ"),
    ("GIR 0AA", "GIR 0AA"),
]
STREETS = [
    ("at 12 Harebell Way please", "12 Harebell Way"),
    ("at 12a, Old Oxlip Road", "12a, Old Oxlip Road"),
    ("Flat 3, 7 Larkspur Court", "Flat 3, 7 Larkspur Court"),
    ("PO Box 123", "PO Box 123"),
    ("Address: Oxlip House, 12 the drove, Fernhollow", "Oxlip House, 12 the drove, Fernhollow"),
]
PROFILES = [
    ("https://www.whatdotheyknow.com/request/patrol_plans_12", None),
    ("see linkedin.com/in/perpetua-lowmoor.", None),
    ("write to @perp_lowmoor", None),
]


@pytest.mark.parametrize(("text", "found"), PEOPLE)
def test_names_are_found_by_the_place_they_stand_in(text: str, found: str) -> None:
    traces = find_identity_traces(text)
    assert [trace.found for trace in traces] == found.split("|")
    assert {trace.kind for trace in traces} == {TraceKind.NAME}


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (kind, text, found)
        for kind, cases in (
            (TraceKind.EMAIL, MAILBOXES),
            (TraceKind.TELEPHONE, TELEPHONES),
            (TraceKind.POSTCODE, POSTCODES),
            (TraceKind.STREET, STREETS),
        )
        for text, found in cases
    ],
)
def test_addresses_and_numbers_are_found_however_they_are_written(
    kind: TraceKind, text: str, found: str
) -> None:
    (trace,) = find_identity_traces(text)
    assert (trace.kind, trace.found) == (kind, found)


@pytest.mark.parametrize("text", [text for text, _ in PROFILES])
def test_addresses_that_lead_to_a_person_are_found(text: str) -> None:
    (trace,) = find_identity_traces(text)
    assert trace.kind == TraceKind.PROFILE


OFFICIAL = [
    "Log Number: 000636/18, Logged with: South Larkspur Police, Sent from: ****",
    "CRU 636/18; CRU Ref 1480/23; CRU Case No 000088/15; 002017/16, 000698/20 and 001800/17",
    "Referred by: Larkspur Constabulary, Fernhollow Police",
    "From: Larkspur Constabulary\nTo: Central Referral Unit\nSubject: FOI 2253/2025",
    "From: 1 April 2022 To: 31 March 2025",
    "From: April 2022",
    "From: all forces in England and Wales",
    "Name of force: Larkspur Constabulary",
    "Force name: Larkspur",
    "Operation name: Harebell",
    "System name: Oxlip",
    "Name: ****",
    "Name: [name withheld]",
    "Name: not given",
    "Requester: member of the public",
    "Requester: a journalist",
    "Applicant: withheld",
    "Dear Sir or Madam,",
    "Dear Larkspur Constabulary,",
    "Dear Freedom of Information Team,",
    "Dear FOI Officer, dear colleagues, Dear all",
    "Chief Constable Perpetua Lowmoor said so, as did Detective Inspector Ashdown.",
    "Mr Justice Lowmoor held that section 40(2) applied.",
    "in MS Word and MS Excel, 30 ms later; Mr X and Ms B were stopped",
    "I am writing about the plan. I am British and interested. I AM REQUESTING THE PLAN",
    "I am Asking for this under the Act",
    "My name is on the list; my name is withheld.",
    "Thank you for your help.\nPlease provide the plan",
    "Thank you\nTaser use in 2024",
    "As regards Larkspur Police, and with regards to Section 31",
    "Yours sincerely,\n****",
    "Yours sincerely\nFreedom of Information Officer & Decision Maker",
    "s.31(1)(a)(b), s40(2), s27aa, section 12 4a, S31(1)(a), 40(3A)(a)",
    "on the M25 and the A12, the M25 3rd lane, the A1(M) and M6 toll",
    "force codes 01, 03, 04, 05, 06 and 01 03 04 05 06 07",
    "01/02/2023, 01-02-2023 12:30, 01.02.2023, 2023-02-01 10:00",
    "URN 0123456789/24, crime ref 01234567890, incident 0123456789/25",
    "101, 999, 0800 h, 0.0770 and £1,234,567,890",
    "foi@larkspur.police.uk and foi.team@fernhollow.gov.uk",
    "IC-123456-X1Y2, EA/2024/0123, [2023] UKUT 12 (AAC), CO/1234/2022",
    "look at polka dot dresses; meet @ noon. then go",
    "G36 9mm, X26 and T7 Tasers, MP5 rounds, Glock 17 4th generation",
    "in 2023 Larkspur Road was closed; the 30 mph limit in Harebell Way; 24 hours a day in Court",
    "section 31 Court records; (1) Court; s.12 Larkspur Lane",
    "Address: ****\nAddress: withheld",
    "tweets by @LarkspurPolice; 3 @ 12.50 each; born before 1950; a date of birth in 1999",
    "I, too, ask for it. Tell me, Larkspur Police, what was said. Sent from my iPhone",
    "1. the patrol plan\n2. the map\n\n(a) 2021 (b) 2022",
    "",
]


@pytest.mark.parametrize("text", OFFICIAL)
def test_the_texts_of_officers_are_left_alone(text: str) -> None:
    assert [trace.in_words for trace in find_identity_traces(text)] == []
    assert masked(text) == text


LETTER = (
    "From: Perpetua Lowmoor <p.lowmoor@example.org>\r\n"
    "To: FOI Team\r\n"
    "\r\n"
    "Dear Larkspur Constabulary,\r\n"
    "Please send the plan of 1480/23. Ring 07700 900123 or write to Oxlip House, ZZ99 1AA.\r\n"
    "Yours faithfully,\r\n"
    "\r\n"
    "Perpetua Lowmoor\r\n"
)


def test_each_is_listed_with_its_line_and_kind() -> None:
    traces = find_identity_traces(LETTER)
    assert [(trace.line, trace.kind) for trace in traces] == [
        (1, TraceKind.NAME),
        (1, TraceKind.EMAIL),
        (5, TraceKind.TELEPHONE),
        (5, TraceKind.POSTCODE),
        (8, TraceKind.NAME),
    ]
    assert (
        traces_in_words(traces[:2])
        == "line 1, name “Perpetua Lowmoor”; line 1, e-mail address “p.lowmoor@example.org”"
    )
    assert traces_in_words(traces, most=1) == "line 1, name “Perpetua Lowmoor”; and 4 more"
    assert count_by_kind(traces) == {"email": 1, "name": 2, "telephone": 1, "postcode": 1}


def test_masking_leaves_everything_else_as_it_stood() -> None:
    assert mask(LETTER, find_identity_traces(LETTER)) == (
        "From: **** <****>\r\n"
        "To: FOI Team\r\n"
        "\r\n"
        "Dear Larkspur Constabulary,\r\n"
        "Please send the plan of 1480/23. Ring **** or write to Oxlip House, ****.\r\n"
        "Yours faithfully,\r\n"
        "\r\n"
        "****\r\n"
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("DOB: 03/05/1970", "03/05/1970"),
        ("date of birth 3 May 1970", "3 May 1970"),
        ("I was born on the 3rd of May 1970.", "3rd of May 1970"),
        ("D.O.B. 1970-05-03", "1970-05-03"),
    ],
)
def test_a_date_is_found_that_is_said_to_be_of_birth(text: str, day: str) -> None:
    (trace,) = find_identity_traces(text)
    assert (trace.kind, trace.found) == (TraceKind.DATE_OF_BIRTH, day)


def test_a_name_line_without_an_end_is_not_taken_for_a_name() -> None:
    text = "Requester: asks how many officers were trained to use drones in each of the last five years"
    assert find_identity_traces(text) == ()


# --- properties -----------------------------------------------------------------------------------

_PIECES = [
    text for cases in (PEOPLE, MAILBOXES, TELEPHONES, POSTCODES, STREETS, PROFILES) for text, _ in cases
]
_GLUE = [
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    ", ",
    ": ",
    "****",
    "\u200b",
    "\u00a0",
    "Name",
    "From:",
    "Mr ",
    "@",
    "0",
    "+44",
]
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(_PIECES + OFFICIAL + _GLUE), max_size=8).map("".join),
    st.lists(st.sampled_from(_PIECES + OFFICIAL), max_size=5).map("\n".join),
    st.text(alphabet="aA1 07.@-(),:\n'*\u200b\u0301é", max_size=60),
)


@given(texts)
def test_nothing_is_found_in_a_masked_text(text: str) -> None:
    assert find_identity_traces(masked(text)) == ()


def test_masking_ends_where_each_mask_exposes_the_next() -> None:
    crafted = "The plan.\n" + "Tel: 960123" * 700 + "\nPlease."
    assert masked(crafted) == "The plan.\n****\nPlease."
    assert find_identity_traces(masked("Tel: 960123" * 700)) == ()


@given(texts)
def test_traces_lie_in_the_text_in_order_and_apart(text: str) -> None:
    traces = find_identity_traces(text)
    end = 0
    for trace in traces:
        assert end <= trace.start < trace.end
        assert text[trace.start : trace.end] == trace.found
        assert trace.found.strip() == trace.found
        end = trace.end
    assert mask(text, traces).count(MASK) >= len(traces)
    assert bool(traces) == (masked(text) != text)


@given(st.sampled_from(_PIECES), st.sampled_from(["", "Please send:\n", "The plan of 636/18.\n\n"]))
def test_what_is_found_alone_is_found_in_a_letter(piece: str, before: str) -> None:
    assert find_identity_traces(before + piece + "\nThe rest of the letter.\n")


@given(st.sampled_from(MAILBOXES[:2] + TELEPHONES[:9] + POSTCODES[:4]), st.data())
def test_invisible_characters_hide_nothing(case: tuple[str, str], data: st.DataObject) -> None:
    text, found = case
    invisible = data.draw(st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e"]))
    at = data.draw(st.integers(text.index(found) + 1, text.index(found) + len(found) - 1))
    (trace,) = find_identity_traces(text[:at] + invisible + text[at:])
    assert trace.found.replace(invisible, "") == found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ring 01632 960123.", ["01632 960123"]),
        ("Ring 01632 96 01 23.", ["01632 96 01 23"]),
        ("By month: 01632 96 01 2 3.", []),  # nobody groups a number by single digits: these are figures
    ],
)
def test_digits_are_a_telephone_number_by_their_groups(text: str, number: list[str]) -> None:
    assert [text[start:end] for start, end in find_telephone_numbers(text)] == number


def test_of_what_overlaps_the_kind_that_tells_most_is_named_for_all_of_it() -> None:
    text = "Name: Perpetua Lowmoor p.lowmoor@example.org"
    (trace,) = find_identity_traces(text)
    assert (trace.kind, trace.found) == (TraceKind.EMAIL, "Perpetua Lowmoor p.lowmoor@example.org")


def test_a_long_list_says_how_many_more_there_are() -> None:
    traces = find_identity_traces("\n".join(f"ring 01632 9601{n:02}" for n in range(13)))
    assert traces_in_words(traces[:12]).count("telephone number") == 12
    assert "more" not in traces_in_words(traces[:12])
    assert traces_in_words(traces).endswith("; and 1 more")


def test_what_is_only_perhaps_our_applicant_is_not_shown_either() -> None:
    (trace,) = find_identity_traces("asked Lowmoor again", ["Perpetua Lowmoor"])
    assert trace.kind is TraceKind.PERHAPS_OUR_APPLICANT
    assert traces_in_words([trace]) == "line 1, perhaps who our own applicant is"
