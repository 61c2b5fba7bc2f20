"""The edges of what any letter needs: what is a gap there, and what is none."""

from dataclasses import replace
from datetime import date

from requests_app.letters.gaps import letter_gaps
from requests_app.rules.letters.facts import LetterFacts
from tests.requests_app.rules.letters.complete_letters import (
    DISCLOSURE,
    FIGURES,
    INVALID,
    PART_REFUSAL,
    with_item,
)


def found(facts: LetterFacts) -> list[tuple[str, str]]:
    return [(gap.id, gap.where) for gap in letter_gaps(facts)]


def test_while_an_item_is_undecided_no_other_letter_is_called_for() -> None:
    """What is decided so far would make a disclosure of it; the open item can still make it a refusal."""
    drafted = with_item(replace(PART_REFUSAL, claims=()), "2", disposition=None)
    undecided = replace(
        drafted,
        items=tuple(item for item in drafted.items if item.label in ("1", "2")),
        clarifications=(),
        kind="part_refusal",
    )
    assert ("item_decided", "decision:2") in found(undecided)
    assert not [gap for gap in found(undecided) if gap[0] == "letter_kind"]


def test_a_claim_on_an_item_that_is_not_decided_yet_is_no_claim_where_nothing_is_refused() -> None:
    undecided = with_item(PART_REFUSAL, "2", disposition=None)
    assert found(undecided) == [("item_decided", "decision:2")]


def test_an_item_does_not_repeat_itself() -> None:
    itself = with_item(PART_REFUSAL, "8", duplicate_of="8")
    (gap,) = letter_gaps(itself)
    assert (gap.id, gap.where) == ("duplicate", "decision:8")
    assert gap.message == "Item 8 repeats another item: say which."


def test_figures_of_a_single_day_are_figures_of_a_period() -> None:
    day = date(2025, 3, 31)
    figures = replace(FIGURES, figures=(replace(FIGURES.figures[0], period_from=day, period_to=day),))
    assert found(with_item(PART_REFUSAL, "1", figure_sets=(figures,))) == []


def test_a_letter_that_asks_for_the_name_goes_without_one_and_an_answer_does_not() -> None:
    def nameless(facts: LetterFacts) -> LetterFacts:
        return replace(facts, addressee=replace(facts.addressee, name=""))

    assert found(nameless(INVALID)) == []
    assert found(nameless(DISCLOSURE)) == [("addressee", "applicant")]


def test_a_clarification_excludes_nothing_before_it_is_answered() -> None:
    open_question = replace(PART_REFUSAL.clarifications[0], answered_on=None, answer="", effect=None)
    assert found(replace(PART_REFUSAL, clarifications=(open_question,))) == [
        ("excluded", "decision:7"),
        ("clarification", "clarification"),
    ]
