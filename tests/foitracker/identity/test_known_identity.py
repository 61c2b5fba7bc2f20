"""An applicant of our own is known again in a text, and a town or another's first name is not them."""

import pytest

from foitracker.identity.known_identity import find_perhaps
from foitracker.identity.traces import TraceKind, find_identity_traces, masked, traces_in_words

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
