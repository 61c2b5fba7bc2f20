"""The references of a request against those of its draft, through the database."""

import pytest

from requests_app.letters.kinds import disclosure
from requests_app.models import FoiRequest
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.decision import decide_item
from requests_app.operations.response import LetterText, draft_letter
from requests_app.queries.reference_differences import reference_differences
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests import factories
from tests.factories import Staff

pytestmark = pytest.mark.django_db

DAY = factories.RECEIVED
LOGS = [("1", "CRU log 636/18"), ("2", "CRU log 681/18"), ("3", "CRU Case No. 000636/18")]


def _asked(staff: Staff) -> tuple[FoiRequest, dict[str, int]]:
    case = factories.request(words="\n".join(f"{label}. {text}" for label, text in LOGS))
    return case, factories.split(staff, case, LOGS, DAY)


def _different(staff: Staff, case: FoiRequest, text: LetterText) -> list[str]:
    letter = draft_letter(
        case_id=case.pk, by=staff.officer, at=factories.at(DAY), kind=disclosure.KIND, text=text
    )
    return [one.key for one in reference_differences(letter, list(case.items.all()))]


def _exclude(staff: Staff, case: FoiRequest, *items: int) -> None:
    ask_clarification(
        case_id=case.pk,
        by=staff.officer,
        at=factories.at(DAY),
        asked_on=DAY,
        question="All of them?",
        today=DAY,
    )
    answer_clarification(
        case_id=case.pk,
        by=staff.officer,
        at=factories.at(DAY),
        answered_on=DAY,
        answer="Leave that one out.",
        effect=ClockEffect.NARROWS,
        effect_reason="It was clear enough.",
        excluded_item_ids=items,
        today=DAY,
    )


def test_what_is_enclosed_is_compared_too(staff: Staff) -> None:
    case, items = _asked(staff)
    decide_item(
        case_id=case.pk, item_id=items["3"], by=staff.officer, at=factories.at(DAY),
        disposition=Disposition.DUPLICATE, duplicate_of_id=items["1"],
    )  # fmt: skip
    enclosed = LetterText(answer="The logs are enclosed.", enclosures="Log 636/18\nLog 618/18")
    assert _different(staff, case, enclosed) == ["missing:681/18", "unexpected:618/18"]


def test_an_excluded_reference_that_another_item_names_is_still_asked_for(staff: Staff) -> None:
    case, items = _asked(staff)
    _exclude(staff, case, items["3"])
    assert _different(staff, case, LetterText(answer="681/18 is enclosed.")) == ["missing:636/18"]


def test_an_excluded_reference_is_not_missed(staff: Staff) -> None:
    case, items = _asked(staff)
    _exclude(staff, case, items["2"])
    assert _different(staff, case, LetterText(answer="636/18 is enclosed.")) == []
