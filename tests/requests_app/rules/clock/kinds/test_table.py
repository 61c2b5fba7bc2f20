"""Every kind of event is whole: declared once, in the table, with what each reader of the declaration needs."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

import pytest

from foitracker.accounts.permission_names import Permission
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock import kinds
from requests_app.rules.clock.events import ClockEvent, EventKind, FieldType, RecordedKind
from requests_app.rules.clock.kinds.clarification import CLARIFICATION_RECEIVED, CLARIFICATION_REQUESTED
from requests_app.rules.clock.kinds.extensions import EIR_EXTENSION, PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEE_UNPAID, FEES_NOTICE
from requests_app.rules.clock.kinds.regulator import (
    COMPLAINT_MADE,
    DECISION_NOTICE,
    ENFORCEMENT_NOTICE,
    INFORMATION_NOTICE,
)
from requests_app.rules.clock.kinds.related_request import RELATED_REQUEST
from requests_app.rules.clock.kinds.response import RESPONSE_SENT
from requests_app.rules.clock.kinds.review import (
    REPRESENTATIONS_RECEIVED,
    REVIEW_EXTENDED,
    REVIEW_OUTCOME,
    REVIEW_RECEIVED,
)
from requests_app.rules.clock.kinds.table import KINDS, RECORDED
from requests_app.rules.clock.kinds.whole_request import NOTE, POLICY, REGIME
from requests_app.rules.clock.law import Law, Regime

EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=str)
EVERY_RECORDED = pytest.mark.parametrize("kind", RECORDED.values(), ids=str)
ATTRIBUTES = {field.name for field in fields(ClockEvent)}


def _declared() -> Iterator[EventKind]:
    for module in pkgutil.iter_modules(kinds.__path__):
        found = vars(importlib.import_module(f"{kinds.__name__}.{module.name}"))
        yield from (value for value in found.values() if isinstance(value, EventKind))


def test_what_is_declared_is_in_the_table_and_named_once() -> None:
    assert set(_declared()) == set(KINDS.values())
    assert len(KINDS) == len({kind.code for kind in _declared()}) == len({kind.label for kind in _declared()})


@EVERY
def test_what_the_clock_is_read_from_has_a_place_in_an_event(kind: EventKind) -> None:
    assert {field.name for field in kind.json_fields.values()} <= ATTRIBUTES
    assert kind.label
    for field in kind.fields:
        assert field.label
        assert bool(field.choices) == (field.type is FieldType.CODE)


@EVERY
def test_what_has_an_effect_has_a_day_and_a_rank(kind: EventKind) -> None:
    acts = kind.on_limit or kind.on_remedies or (kind.in_pairs and kind is not FEE_UNPAID)
    assert bool(acts) == bool(kind.rank)
    assert not (kind.on_limit and kind.in_pairs)
    if acts:
        assert not kind.holds_throughout


@EVERY_RECORDED
def test_what_is_recorded_on_a_case_can_be_asked_for_and_explained(kind: RecordedKind) -> None:
    assert kind.fields[0].name == "on"
    assert kind.fields[0].missing
    assert all(kind.about_under(regime) for regime in Regime)
    assert any(kind.is_offered(regime) for regime in Regime)
    assert bool(kind.needs.after) == bool(kind.needs.not_yet)


def test_what_is_told_of_the_whole_request_has_no_law() -> None:
    assert [kind for kind in KINDS.values() if not kind.has_law] == [REGIME, POLICY, NOTE]
    assert [kind for kind in KINDS.values() if kind.holds_throughout] == [REGIME, POLICY]


def test_what_may_be_without_a_date() -> None:
    assert {kind for kind in KINDS.values() if kind.may_lack_day} == {
        CLARIFICATION_RECEIVED,
        FEE_UNPAID,
        REGIME,
        POLICY,
        REVIEW_EXTENDED,
        NOTE,
    }


def test_events_of_one_day_take_effect_in_their_natural_order() -> None:
    in_order: list[EventKind] = [
        CLARIFICATION_REQUESTED,
        FEES_NOTICE,
        CLARIFICATION_RECEIVED,
        FEE_RECEIVED,
        PIT_EXTENSION,
        RESPONSE_SENT,
        NOTE,
        REVIEW_RECEIVED,
        REVIEW_EXTENDED,
        REVIEW_OUTCOME,
        DECISION_NOTICE,
    ]
    assert sorted(in_order, key=lambda kind: kind.rank) == in_order
    assert len({kind.rank for kind in in_order}) == len(in_order)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What is true of a kind that is recorded on a case: who records it, under which regimes, and what follows."""

    by: Permission = Permission.WORK_CASE
    under: str = "FOIA EIR"
    moves_limit: bool = False
    starts_limit: bool = False
    after: tuple[RecordedKind, ...] = ()
    untimely: bool = False


REVIEW = Permission.REVIEW
ASKED_FOR = (REVIEW_RECEIVED, REPRESENTATIONS_RECEIVED)
EXPECTED: dict[EventKind, Expected] = {
    FEES_NOTICE: Expected(moves_limit=True),
    FEE_RECEIVED: Expected(moves_limit=True, after=(FEES_NOTICE,)),
    PIT_EXTENSION: Expected(under="FOIA", moves_limit=True),
    EIR_EXTENSION: Expected(under="EIR", moves_limit=True),
    REVIEW_RECEIVED: Expected(by=REVIEW, under="FOIA", starts_limit=True),
    REVIEW_EXTENDED: Expected(by=REVIEW, under="FOIA", after=ASKED_FOR),
    REVIEW_OUTCOME: Expected(by=REVIEW, after=ASKED_FOR, untimely=True),
    REPRESENTATIONS_RECEIVED: Expected(by=REVIEW, under="EIR", starts_limit=True),
    DECISION_NOTICE: Expected(starts_limit=True),
    COMPLAINT_MADE: Expected(by=REVIEW),
    INFORMATION_NOTICE: Expected(starts_limit=True),
    ENFORCEMENT_NOTICE: Expected(starts_limit=True),
    RELATED_REQUEST: Expected(under="FOIA"),
}


@EVERY_RECORDED
def test_who_records_it_under_which_regime_and_what_it_moves(kind: RecordedKind) -> None:
    assert EXPECTED[kind] == Expected(
        by=kind.recorded_by,
        under=" ".join(regime for regime in Regime if kind.is_offered(regime)),
        moves_limit=kind.moves_limit,
        starts_limit=kind.starts_limit,
        after=kind.needs.after,
        untimely=bool(kind.needs.untimely),
    )


@pytest.mark.parametrize(
    ("kind", "possible"),
    [
        (FEES_NOTICE, {Status.RECEIVED, Status.IN_PROGRESS}),
        (PIT_EXTENSION, set(Status) - {Status.CLOSED}),
        (EIR_EXTENSION, set(Status) - {Status.CLOSED}),
        (FEE_RECEIVED, set(Status)),
        (REVIEW_RECEIVED, set(Status)),
        (DECISION_NOTICE, set(Status)),
    ],
    ids=lambda value: value.code if isinstance(value, EventKind) else "",
)
def test_before_the_answer_the_status_decides(kind: RecordedKind, possible: set[Status]) -> None:
    assert {status for status in Status if not kind.needs.refusal(status)} == possible


def test_a_provision_under_both_regimes_is_cited_once() -> None:
    law = Law(foia=("FOIA s.50",), eir=("FOIA s.50", "EIR reg 18"))
    assert law.cited(Regime.FOIA) == "FOIA s.50"
    assert law.cited(Regime.EIR) == "FOIA s.50; EIR reg 18"
    assert law.cited_under_either() == "FOIA s.50 or EIR reg 18"


def test_only_what_happened_has_a_day() -> None:
    assert ClockEvent(FEES_NOTICE, date(2026, 3, 2)).day == date(2026, 3, 2)
    with pytest.raises(AssertionError):
        _ = ClockEvent(REGIME, value="EIR").day
