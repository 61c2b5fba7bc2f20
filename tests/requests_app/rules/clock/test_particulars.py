"""What has to be recorded of an event, and which exemptions the time can be extended for."""

from decimal import Decimal
from typing import Any

import pytest

from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.events import RecordedKind
from requests_app.rules.clock.kinds.extensions import EIR_EXTENSION, PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEES_NOTICE
from requests_app.rules.clock.kinds.regulator import DECISION_NOTICE
from requests_app.rules.clock.kinds.related_request import RELATED_REQUEST
from requests_app.rules.clock.kinds.review import REVIEW_OUTCOME
from requests_app.rules.clock.particulars import check_provision, gaps
from tests.requests_app.rules.clock.clock_cases import d
from tests.requests_app.rules.letters.complete_letters import CATALOGUE


@pytest.mark.parametrize(
    "reference", ["31", "s.24", "31(1)(a)", "s31(1)(a)(b)", "40(1) and 31(1)(a)", "36(2)(c)", "43(2)"]
)
def test_a_qualified_exemption_can_be_extended_for(reference):
    check_provision(reference, CATALOGUE)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("23", "“23”, which is absolute"),
        ("40(1)", "“40(1)”, which is absolute"),
        ("s.41", "which is absolute"),
        ("12", "Section 12 is not an exemption"),
        ("40", "Say which limb of section 40 you mean"),
        ("the public interest", "cannot be read as a section"),
    ],
)
def test_nothing_else_can(reference, message):
    with pytest.raises(ClockOrderError) as refused:
        check_provision(reference, CATALOGUE)
    assert message in str(refused.value)


DAY, LATER = d("2025-06-20"), d("2025-07-20")
WHOLE: dict[RecordedKind, dict[str, Any]] = {
    PIT_EXTENSION: {"on": DAY, "provision": "31(1)(a)", "estimate": LATER},
    EIR_EXTENSION: {"on": DAY, "reason": "40 maps"},
    FEES_NOTICE: {"on": DAY, "amount": Decimal("0.01")},
    REVIEW_OUTCOME: {"on": DAY, "finding": "upheld", "reviewer": "Ruth Amberley"},
    DECISION_NOTICE: {"on": DAY, "comply_by": DAY},
    RELATED_REQUEST: {"on": DAY},
}


@pytest.mark.parametrize("kind", WHOLE, ids=str)
def test_what_is_whole_lacks_nothing(kind: RecordedKind) -> None:
    assert gaps(kind, WHOLE[kind], CATALOGUE) == ()


@pytest.mark.parametrize(
    ("kind", "values", "missing"),
    [
        (PIT_EXTENSION, {}, {"on": "s.17(1)", "provision": "s.10(3)", "estimate": "s.17(2)"}),
        (PIT_EXTENSION, {"on": DAY, "provision": "23"}, {"provision": "s.10(3)", "estimate": "s.17(2)"}),
        (EIR_EXTENSION, {}, {"on": "reg 7(3)", "reason": "reg 7(1)"}),
        (EIR_EXTENSION, {"on": DAY, "reason": " "}, {"reason": "reg 7(1)"}),
        (FEES_NOTICE, {"on": DAY}, {"amount": "s.9(1)"}),
        (FEES_NOTICE, {"on": DAY, "amount": Decimal(0)}, {"amount": "s.9(1)"}),
        (REVIEW_OUTCOME, {"on": DAY}, {"finding": "how the review ended", "reviewer": "who reviewed"}),
        (DECISION_NOTICE, {"on": LATER, "comply_by": DAY}, {"comply_by": "before the notice"}),
    ],
)
def test_everything_that_is_missing_is_named_at_once(
    kind: RecordedKind, values: dict[str, Any], missing: dict[str, str]
) -> None:
    found = {gap.field: gap.message for gap in gaps(kind, values, CATALOGUE)}
    assert list(found) == list(missing)
    assert all(words in found[name] for name, words in missing.items())
