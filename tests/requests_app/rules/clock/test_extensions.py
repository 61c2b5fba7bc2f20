"""What an extension needs before it is recorded."""

import pytest

from requests_app.rules.clock.events import ClockEvent, ClockOrderError, EventKind
from requests_app.rules.clock.extensions import check_provision, missing_particulars
from tests.requests_app.rules.clock.clock_cases import d, event
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


def test_a_complete_extension_lacks_nothing():
    whole = event("pit_extension", "2025-06-20", provision="31(1)(a)", estimate="2025-07-20")
    assert missing_particulars(whole, CATALOGUE) == ()
    assert missing_particulars(event("eir_extension", "2025-06-20", reason="40 maps"), CATALOGUE) == ()


@pytest.mark.parametrize(
    ("extension", "sections"),
    [
        (ClockEvent(EventKind.PIT_EXTENSION), ["s.17(1)", "s.10(3)", "s.17(2)"]),
        (ClockEvent(EventKind.PIT_EXTENSION, d("2025-06-20"), provision="23"), ["s.10(3)", "s.17(2)"]),
        (ClockEvent(EventKind.EIR_EXTENSION), ["reg 7(3)", "reg 7(1)"]),
        (ClockEvent(EventKind.EIR_EXTENSION, d("2025-06-20"), reason=" "), ["reg 7(1)"]),
    ],
)
def test_everything_that_is_missing_is_named_at_once(extension, sections):
    missing = missing_particulars(extension, CATALOGUE)
    assert len(missing) == len(sections)
    assert all(section in text for section, text in zip(sections, missing, strict=True))
