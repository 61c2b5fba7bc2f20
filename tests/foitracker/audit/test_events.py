"""Declaring events: what their fields take and refuse, what their sentences say, what the registry refuses."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from foitracker.audit import events
from foitracker.audit.events import Event, Vocabulary, event_of, register
from foitracker.audit.fields import Code, Day, Field, Flag, Many, Number, Person, Reference, WrongDetail
from tests.foitracker.accounts.factories import UserFactory
from tests.foitracker.declared import COLOURS, LOOKED, TRIED

COLOUR = Code("Colour", COLOURS)


@pytest.mark.parametrize(
    ("field", "value", "stored", "words"),
    [
        (COLOUR, "red", "red", "Bright red"),
        (COLOUR, "", "", ""),
        (Number("Number"), 3, 3, "3"),
        (Number("Fee"), Decimal("42.50"), "42.50", "42.50"),
        (Number("Logs", unit="log"), 1, 1, "1 log"),
        (Number("Logs", unit="log"), 2, 2, "2 logs"),
        (Day("Day"), date(2026, 3, 2), "2026-03-02", "2 March 2026"),
        (Day("Day"), "2026-03-02", "2026-03-02", "2 March 2026"),
        (Flag("Urgent"), True, True, "yes"),
        (Flag("Urgent"), False, False, "no"),
        (Reference("About"), "2253/2025", "2253/2025", "2253/2025"),
        (Many("Colours", COLOUR), ["red", "blue"], ["red", "blue"], "Bright red, Deep blue"),
        (Many("Items", Reference("Item"), noun="item"), ["A"], ["A"], "item A"),
        (Many("Items", Reference("Item"), noun="item"), ["A", "B"], ["A", "B"], "items A, B"),
        (Many("Items", Reference("Item"), most=1), ["A", "B", "C"], ["A", "B", "C"], "A and 2 more"),
        (Many("Items", Reference("Item")), [], [], ""),
    ],
)
def test_what_a_field_keeps_and_says(field: Field, value: Any, stored: Any, words: str) -> None:
    assert field.stored(value) == stored
    assert field.in_words(stored) == words


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (COLOUR, "green"),
        (Number("Number"), "3"),
        (Number("Number"), True),
        (Number("Number"), 0.5),
        (Day("Day"), "2 March 2026"),
        (Day("Day"), 20260302),
        (Flag("Urgent"), 1),
        (Reference("About"), "Two lines\nof free text"),
        (Reference("About"), "x" * 201),
        (Reference("About"), 3),
        (Person("Who"), "A name that was typed"),
        (Many("Items", Reference("Item")), "A"),
        (Many("Colours", COLOUR), ["red", "green"]),
        (TRIED.fields["left"], {"green": 1}),
        (TRIED.fields["left"], {"red": "many"}),
        (TRIED.fields["limit"], {"day": date(2026, 3, 2), "why": "free text"}),
        (TRIED.fields["changed"], {"colour": {"from": "red", "to": "blue"}}),
        (TRIED.fields["changed"], {"received_on": {"from": "yesterday", "to": "today"}}),
    ],
)
def test_what_a_field_refuses(field: Field, value: Any) -> None:
    with pytest.raises(WrongDetail):
        field.stored(value)


@pytest.mark.django_db
def test_a_person_is_kept_by_the_name_they_have() -> None:
    assert Person("Who").stored(UserFactory(name="An Officer")) == "An Officer"
    assert Reference("About").stored(UserFactory(name="An Officer")) == "An Officer"


def test_a_refusal_names_the_field_and_never_the_value() -> None:
    with pytest.raises(WrongDetail) as refused:
        TRIED.checked({"colour": "the applicant's name"}, {})
    assert str(refused.value) == "tried: “Colour” is not one of its codes"


@pytest.mark.parametrize(
    ("detail", "words", "said"),
    [
        ({}, {}, ""),
        ({"day": "2026-03-02"}, {}, "On 2 March 2026."),
        ({"about": "A", "colour": "red"}, {}, "A is Bright red."),
        ({"about": "A"}, {}, ""),
        ({"urgent": True, "items": ["A", "B"]}, {}, "In a hurry. items A, B."),
        ({"urgent": False}, {}, ""),
        (
            {"changed": {"received_on": {"from": "2026-03-02", "to": None}, "subject": {}}},
            {"subject.from": "Badgers", "subject.to": "{colour}"},
            "Subject: “Badgers” became “{colour}”. Date received: “2 March 2026” became “”.",
        ),
        ({"changed": {"subject": {}, "gone": {}}}, {}, "Subject changed. gone changed."),
    ],
)
def test_sentences_say_what_is_known_and_leave_out_the_rest(
    detail: dict[str, Any], words: dict[str, str], said: str
) -> None:
    assert TRIED.sentence(detail, words) == said


def test_facts_are_everything_by_its_label() -> None:
    detail = {
        "number": 0,
        "colour": "",
        "left": {"red": 2},
        "limit": {"day": "2026-03-02", "about": "A"},
        "version": 4,
        "words": {"reason": "a hash"},
    }
    assert TRIED.facts(detail, {"reason": "Asked"}) == [
        ("Number", "0"),
        ("Left in", "2 Bright red"),
        ("Limit", "2 March 2026, A"),
        ("Version", "4"),
        ("Reason", "Asked"),
    ]


def test_an_event_that_is_declared_no_more_is_shown_by_its_code() -> None:
    gone = event_of("something_from_before")
    assert gone.title == "Something from before"
    assert gone.sentence({"on": "2026-03-02"}, {}) == ""
    assert gone.facts({"on": "2026-03-02"}, {}) == [("On", "2026-03-02")]


def _vocabulary(code: str, title: str, **declared: Any) -> Vocabulary:
    vocabulary = Vocabulary("More tests")
    vocabulary.event(code, title, **declared)
    return vocabulary


@pytest.mark.parametrize(
    ("vocabulary", "why"),
    [
        (_vocabulary("tried", "Another title"), "already"),
        (_vocabulary("another_code", "Something tried"), "already"),
        (_vocabulary("other", "Other", says=("On {day}.",)), "does not declare"),
        (_vocabulary("other", "Other", says=(("urgent", "In a hurry."),)), "does not declare"),
        (_vocabulary("other", "Other", fields={"words": Flag("Words")}), "hashes"),
    ],
)
def test_the_registry_refuses_at_start(vocabulary: Vocabulary, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        register(vocabulary)


def test_a_function_that_names_an_undeclared_field_is_an_error() -> None:
    event = Event("other", "Other", says=(lambda said: [said["day"]],))
    with pytest.raises(KeyError):
        event.sentence({}, {})


def test_accesses_and_events_are_told_apart() -> None:
    assert isinstance(LOOKED, events.Access)
    assert not isinstance(TRIED, events.Access)
