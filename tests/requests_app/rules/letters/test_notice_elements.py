"""The elements of a notice: each of the data file is answered for, and they join at their most binding."""

import itertools
from pathlib import Path

from requests_app.queries.exemption_catalogue import refusal_elements
from requests_app.rules.exemptions.claim import ClaimProblem
from requests_app.rules.letters.claim_checks import ELEMENT_OF_FIELD
from requests_app.rules.letters.notice_checks import CARRIED_BY_TEMPLATE, CHECKED_ELSEWHERE, ELEMENT_CHECKS
from requests_app.rules.letters.notice_elements import Level, RefusalElements
from tests.requests_app.rules.letters.complete_letters import CATALOGUE

ELEMENTS = refusal_elements()


def test_every_element_of_the_data_file_is_answered_for() -> None:
    ways = (ELEMENT_CHECKS, CARRIED_BY_TEMPLATE, CHECKED_ELSEWHERE)
    questions = {one.element for one in CATALOGUE.exemption("21").questions.values()}
    claimed = {*ELEMENT_OF_FIELD.values(), *questions, "pit_reasons_ncnd", "masking"}
    known = {element.id for elements in ELEMENTS.types.values() for element in elements}
    assert known == set().union(*ways) | claimed
    assert not any(set(one) & set(other) for one, other in itertools.combinations(ways, 2))
    assert set(CHECKED_ELSEWHERE.values()) <= {*ELEMENT_CHECKS, "item_decided"}


def test_the_parts_that_carry_an_element_are_there() -> None:
    letters = Path(__file__).parents[4] / "templates" / "letters"
    assert [part for part in CARRIED_BY_TEMPLATE.values() if not (letters / part).is_file()] == []


def test_every_field_of_a_claim_problem_belongs_to_an_element() -> None:
    fields = set(ClaimProblem.__dataclass_fields__)
    assert fields == {"field", "message", "reference", "blocks", "element"}
    assert {"section", "limbs", "harm", "balance"} <= set(ELEMENT_OF_FIELD)


def test_elements_join_at_their_most_binding() -> None:
    entry = {"id": "s50_right", "text": "t", "reference": "r"}
    parsed = RefusalElements.parse(
        [
            {"id": "weak", "elements": [entry | {"level": "good_practice"}]},
            {"id": "strong", "elements": [entry | {"level": "statutory"}]},
        ]
    )
    for order in (["weak", "strong"], ["strong", "weak"]):
        assert [element.level for element in parsed.of(order)] == [Level.STATUTORY]
