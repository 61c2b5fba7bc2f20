"""Events as they are written in JSON."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.clock.event_json import EventDataError, event_as_json, parse_events
from requests_app.rules.clock.events import ClockEvent, FieldType
from requests_app.rules.clock.kinds.clarification import (
    CLARIFICATION_RECEIVED,
    CLARIFICATION_REQUESTED,
    clarification,
)
from requests_app.rules.clock.kinds.extensions import PIT_EXTENSION
from requests_app.rules.clock.kinds.regulator import DECISION_NOTICE
from requests_app.rules.clock.kinds.table import KINDS
from requests_app.rules.clock.kinds.whole_request import NOTE, REGIME

DAY = date(2025, 9, 10)


def test_an_event_of_each_kind_of_field():
    raw = [
        {"type": "clarification_received", "date": None},
        {"type": "clarification_received", "date": "2025-09-10", "asked": "2025-09-10", "restarts": False},
        {
            "type": "pit_extension",
            "notice_date": "2025-09-10",
            "provision": "31(1)(a)",
            "estimate": "2025-09-10",
            "reason": "many documents",
        },
        {"type": "decision_notice_sent", "date": "2025-09-10", "comply_by": "2025-09-10"},
        {"type": "regime", "value": "EIR"},
        {"type": "note", "text": "by telephone"},
    ]
    assert parse_events(raw) == (
        ClockEvent(CLARIFICATION_RECEIVED),
        ClockEvent(CLARIFICATION_RECEIVED, DAY, asked=DAY, restarts=False),
        ClockEvent(PIT_EXTENSION, DAY, provision="31(1)(a)", estimate=DAY, reason="many documents"),
        ClockEvent(DECISION_NOTICE, DAY, comply_by=DAY),
        ClockEvent(REGIME, value="EIR"),
        ClockEvent(NOTE, text="by telephone"),
    )


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"type": "note"}, "must be a list"),
        ("[]", "must be a list"),
        (["note"], "Event 1 must be an object"),
        ([{}], "Event 1: “” is not a type. Use one of clarification_requested, "),
        ([{"type": "note"}, {"type": "fees"}], "Event 2: “fees” is not a type. Use one of"),
        ([{"type": ["note"]}], "is not a type"),
        (
            [{"type": "fees_notice", "date": "2025-09-10", "amount": 12}],
            "Event 1 (fees_notice): “amount” is not a field. Possible: date, text.",
        ),
        ([{"type": "fees_notice"}], "Event 1 (fees_notice): the field “date” is missing."),
        ([{"type": "pit_extension", "date": "2025-09-10"}], "Possible: notice_date, provision, estimate"),
        (
            [{"type": "fees_notice", "date": None}],
            "(fees_notice), date: “None” is not a date. Write it as YYYY",
        ),
        ([{"type": "fees_notice", "date": "10/09/2025"}], "“10/09/2025” is not a date"),
        ([{"type": "fees_notice", "date": "20250910"}], "“20250910” is not a date"),
        ([{"type": "fees_notice", "date": "2025-02-30"}], "“2025-02-30” is not a day of the calendar"),
        ([{"type": "fees_notice", "date": 20250910}], "“20250910” is not a date"),
        (
            [{"type": "clarification_requested", "date": "2025-09-10", "restarts": "no"}],
            "restarts: “no” is not true or false.",
        ),
        ([{"type": "note", "text": 3}], "text: “3” is not text."),
        ([{"type": "regime", "value": "GDPR"}], "value: “GDPR” is not known. Use one of FOIA, EIR."),
        ([{"type": "policy", "value": "later"}], "Use one of deemed_next_working_day."),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_possible(raw, message):
    with pytest.raises(EventDataError) as refused:
        parse_events(raw)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_question_and_its_answer():
    asked, answered = clarification(DAY, DAY, restarts=False)
    assert (asked.kind, answered.kind) == (CLARIFICATION_REQUESTED, CLARIFICATION_RECEIVED)
    assert (asked.on, answered.on, answered.asked) == (DAY, DAY, DAY)
    assert asked.restarts is answered.restarts is False
    assert clarification(DAY) == (ClockEvent(CLARIFICATION_REQUESTED, DAY, restarts=True),)


@st.composite
def written_events(draw):
    """Draw an event with all fields its kind must have, and some of the others."""
    kind = draw(st.sampled_from(list(KINDS.values())))
    values = {}
    for field in kind.json_fields.values():
        if field.required or draw(st.booleans()):
            days = st.dates() if field.type is FieldType.DAY else st.text(min_size=1)
            value = st.booleans() if field.type is FieldType.UNLESS_TICKED else days
            value = st.sampled_from(list(field.choices)) if field.choices else value
            values[field.name] = draw(value | st.none() if field.nullable else value)
    return ClockEvent(kind, **values)


@given(st.lists(written_events()))
def test_what_is_written_is_read_back(events):
    assert list(parse_events([event_as_json(event) for event in events])) == events
