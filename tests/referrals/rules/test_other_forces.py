"""What in a text belongs to another force: every way in which a reference is written, and what is not one."""

import time

import pytest

from referrals.rules.other_forces import (
    ForceTraceKind,
    ForceWords,
    find_force_traces,
    never_sent,
    traces_in_words,
)

KENT = ForceWords(
    "Kent",
    references=("FOI/2026/0417", "24681"),
    mailboxes=("foi@kent.police.uk", "kent.foi@example.org"),
    names=("Kent Police", "Kent"),
)
AVON = ForceWords("Avon and Somerset", names=("Avon and Somerset Constabulary", "Avon and Somerset", "ASP"))
SOMERSET = ForceWords("Somerset Ports", names=("Somerset",), references=("SP-77/26",))


def found(text: str, *others: ForceWords, **given: object) -> list[tuple[str, str]]:
    return [
        (trace.kind.value, trace.found)
        for trace in find_force_traces(text, others or (KENT,), **given)  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize(
    "written",
    [
        "FOI/2026/0417",
        "foi/2026/0417",
        "FOI 2026 0417",
        "FOI-2026-417",
        "FOI 2026/0417",
        "FOI:2026.0417",
        "FOI2026/0417",
        "FOI / 2026 / 0417",
        "FOI–2026–0417",
        "24681",
        "024681",
    ],
)
def test_a_reference_is_known_however_it_is_written(written: str) -> None:
    (trace,) = find_force_traces(f"Hello,\nYour ref: {written}.\nThanks", [KENT])
    assert (trace.kind, trace.force, trace.line) == (ForceTraceKind.REFERENCE, "Kent", 2)


@pytest.mark.parametrize(
    "other",
    [
        "FOI/2026/04170",
        "XFOI/2026/0417",
        "FOI/2025/0417",
        "124681 people",
        "246810",
        "In foi. 2026. 0417 of them",
        "2468.1",
    ],
)
def test_another_number_is_none(other: str) -> None:
    assert not [kind for kind, _ in found(other) if kind == "reference"]


@pytest.mark.parametrize("short", ["2026", "12", "417", "n/a", "none", "-"])
def test_what_any_number_or_word_could_be_is_not_looked_for(short: str) -> None:
    assert not found(f"In {short} cases", ForceWords("Kent", references=(short,)))


@pytest.mark.parametrize(
    "written",
    [
        "From: FOI Team <foi@kent.police.uk>",
        "mailto:FOI@Kent.Police.UK",
        "kent.foi@example.org.",
        "a.sergeant@kent.police.uk",
        "a.sergeant@foi.kent.police.uk",
    ],
)
def test_a_mailbox_is_known_and_so_is_anyone_at_its_domain(written: str) -> None:
    assert [kind for kind, _ in found(written) if kind != "name"] == ["mailbox"]


@pytest.mark.parametrize("other", ["foi@example.org", "@kent.police.uk", "foi@", "foi@essex.police.uk"])
def test_another_address_is_none(other: str) -> None:
    assert not [kind for kind, _ in found(other) if kind == "mailbox"]


def test_a_force_without_a_recorded_mailbox_is_known_by_the_domain_of_its_name() -> None:
    assert found("j@lancashire.police.uk", ForceWords("Lancashire", names=("Lancashire Constabulary",)))


def test_what_is_the_readers_own_is_not_anothers() -> None:
    own = ForceWords("Essex", references=("foi 2026 417",), mailboxes=("foi@kent.police.uk",))
    assert not found("FOI/2026/0417, foi@kent.police.uk", KENT, own=own)
    assert not found("SP-77/26", SOMERSET, ours=["SP 77/26"])
    assert not found("Avon and Somerset Constabulary", SOMERSET, own=AVON)
    assert found("Somerset alone", SOMERSET, own=AVON) == [("name", "Somerset")]


def test_a_name_is_known_as_a_word_and_a_short_one_as_it_is_written() -> None:
    assert found("asked KENT  POLICE, and Kentish towns") == [("name", "KENT  POLICE")]
    assert found("the asp bit; ASP did not", AVON) == [("name", "ASP")]


def test_only_references_and_mailboxes_never_leave_and_the_place_is_told() -> None:
    traces = find_force_traces("Kent wrote:\n> ref 24681", [KENT])
    assert [trace.found for trace in never_sent(traces)] == ["24681"]
    assert traces_in_words(never_sent(traces)) == "“24681” of Kent (line 2)"


@pytest.mark.parametrize(
    "adversarial", ["FOI/2026/", "a@", "FOI ", "0" * 7 + " ", "Avon and  ", "<" * 9, "x" * 9, ".-/ "]
)
def test_it_costs_no_more_than_the_length_of_the_text(adversarial: str) -> None:
    def seconds(size: int) -> float:
        text = adversarial * (size // len(adversarial))
        best = 9.0
        for _ in range(3):
            began = time.perf_counter()
            find_force_traces(text, [KENT, AVON, SOMERSET])
            best = min(best, time.perf_counter() - began)
        return best

    assert seconds(80_000) < 12 * max(seconds(20_000), 0.002)
