"""An applicant of our own is known again in a text, and a town or another's first name is not them."""

import pytest

from foitracker.identity.known_identity import find_perhaps
from foitracker.identity.traces import (
    TraceKind,
    find_identity_traces,
    find_traces_of,
    masked,
    traces_in_words,
)

KNOWN = (
    "Ms Perpetua Lowmoor",
    "p.lowmoor@example.org",
    "12 Harebell Way\nFernhollow\nZZ99 1AA",
    "Larkspur Gazette",
)

CERTAIN = [
    "what Perpetua Lowmoor asked",
    "what PERPETUA  LOWMOOR asked",
    "what perpetua\nlowmoor asked",
    "what Lowmoor, Perpetua asked",
    "what Perpetua J. Lowmoor asked",
    "what p lowmoor asked",
    "what P.Lowmoor asked",
    "what Per\u200bpetua Low\u00admoor asked",
    "sent to P.LOWMOOR@EXAMPLE.ORG",
    "at 12, Harebell Way",
    "at 12 harebell way",
    "at ZZ991AA",
    "for the Larkspur Gazette",
]


@pytest.mark.parametrize("text", CERTAIN)
def test_what_only_they_can_be_is_certain_and_never_shown(text: str) -> None:
    (trace,) = find_identity_traces(text, KNOWN)
    assert trace.kind == TraceKind.OUR_APPLICANT
    assert traces_in_words([trace]) in {
        "line 1, who our own applicant is",
        "line 2, who our own applicant is",
    }
    assert find_identity_traces(masked(text, KNOWN), KNOWN) == ()


@pytest.mark.parametrize("text", ["when Lowmoor asked", "when LOWMOOR asked", "Lowmoor's letter"])
def test_the_surname_alone_may_be_somebody_elses(text: str) -> None:
    (trace,) = find_identity_traces(text, KNOWN)
    assert trace.kind == TraceKind.PERHAPS_OUR_APPLICANT
    assert "Lowmoor" not in traces_in_words([trace])
    assert "****" in masked(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Perpetua and others",
        "patrols in Fernhollow",
        "Lowmoorland and Lowmoor-on-Sea",
        "a low moor, 12 Harebells, a gazette in Larkspur",
        "how the lowmoor was burnt",
    ],
)
def test_what_others_share_is_nobody(text: str) -> None:
    assert find_identity_traces(text, KNOWN) == ()


def test_a_surname_that_is_a_word_counts_only_with_a_capital() -> None:
    known = ("Amaryllis Price",)
    assert find_identity_traces("at what price", known) == ()
    (trace,) = find_identity_traces("Price of a drone", known)
    assert trace.kind == TraceKind.PERHAPS_OUR_APPLICANT


@pytest.mark.parametrize("known", [("",), ("Li",), ("Jo Ng",), ("1",), ("   \n ",)])
def test_too_little_is_not_looked_for(known: tuple[str, ...]) -> None:
    assert find_identity_traces("Li, Ng and 1 more", known) == ()


def test_the_last_word_of_a_bodys_name_is_no_surname() -> None:
    text = "The Federation wrote, and so did Lowmoor."
    assert [text[slice(*span)] for span in find_perhaps(text, ["Police Federation"])] == []
    assert [text[slice(*span)] for span in find_perhaps(text, ["Perpetua Lowmoor"])] == ["Lowmoor"]


O_BRIEN = ("Pat O'Brien", "Siân Beresford", "pat.obrien@example.org", "14 Larch Close\nFernhollow\nZZ14 9ZZ")


@pytest.mark.parametrize(
    "text",
    [
        "asked by Pat O’Brien",
        "asked by pat obrien",
        "asked by Pat O Brien",
        "asked by S. Beresford",
        "asked by S.\nBeresford",
        "asked by Sian\u00a0Beresford",
        "asked by Siân\r\n> Beresford",
        "asked by Sia\u0302n Beresford",
        "asked by Beresford, S.",
        "at ZZ14 9ZZ",
        "at zz149zz",
        "of 14, Larch Close",
        "to pat dot obrien at example dot org",
        "to pat.obrien (at) example.org",
    ],
)
def test_what_is_known_is_known_again_however_it_is_spelt(text: str) -> None:
    (trace,) = find_identity_traces(text, O_BRIEN)
    assert trace.kind is TraceKind.OUR_APPLICANT
    assert masked(text, O_BRIEN).endswith("****")


def test_the_street_without_its_number_may_be_somebody_elses() -> None:
    (trace,) = find_traces_of("works in Larch Close", O_BRIEN)
    assert trace.kind is TraceKind.PERHAPS_OUR_APPLICANT
    assert find_traces_of("works in Fernhollow", O_BRIEN) == ()


def test_in_what_we_write_nobody_but_this_applicant_counts() -> None:
    text = "Ask DS Harker on 01632 960123, Mr Smith, or Pat O'Brien of ZZ99 1AA."
    assert [trace.found for trace in find_traces_of(text, O_BRIEN)] == ["Pat O'Brien"]
    assert len(find_identity_traces(text, O_BRIEN)) > 1
    assert find_traces_of(text, ()) == ()


def test_signs_and_flats_are_no_address_to_look_for() -> None:
    assert find_traces_of("in Flat 2, _ _ _ and 1 - 1", ["Flat 2\n_ _ 1\n- 1 -"]) == ()
