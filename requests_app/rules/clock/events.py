"""The dated facts a clock is read from, and how they are written as JSON.

A fact is entered, never worked out: what it does to the time limits is for `clock_course` and `remedies`.
Under the EIR the same kinds stand for the like step there: a clarification is the particulars of reg 9, a
fees notice the advance charge of reg 8.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

#: Value of a policy event: arrival on a non-working day is taken for the next one (s.45 Code, 4.2).
DEEMED_NEXT_WORKING_DAY = "deemed_next_working_day"

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class ClockOrderError(ValueError):
    """These facts are impossible, or not in this order; the message says which and what to check."""


class EventDataError(ValueError):
    """An event cannot be read; the message names it and says what is possible."""


class Regime(StrEnum):
    """The law a request is answered under."""

    FOIA = "FOIA"
    EIR = "EIR"


class EventKind(StrEnum):
    """What happened."""

    CLARIFICATION_REQUESTED = "clarification_requested"
    CLARIFICATION_RECEIVED = "clarification_received"
    FEES_NOTICE = "fees_notice"
    FEE_RECEIVED = "fee_received"
    FEE_UNPAID = "fee_unpaid"
    PIT_EXTENSION = "pit_extension"
    EIR_EXTENSION = "eir_extension"
    REGIME = "regime"
    POLICY = "policy"
    RESPONSE_SENT = "response_sent"
    REVIEW_RECEIVED = "internal_review_received"
    REVIEW_EXTENDED = "internal_review_extended"
    REVIEW_OUTCOME = "internal_review_outcome"
    REPRESENTATIONS_RECEIVED = "eir_representations_received"
    DECISION_NOTICE = "decision_notice_sent"
    INFORMATION_NOTICE = "information_notice_sent"
    ENFORCEMENT_NOTICE = "enforcement_notice_sent"
    RELATED_REQUEST = "related_request_received"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One fact. `day` is when it happened; None for what has no date, or has not come.

    `asked` is the day of the question an answer belongs to, needed only when several are open. `restarts` is
    False when a question or an answer only narrows the request; of the two the answer prevails. `estimate` is
    the date estimated in a notice under s.17(2), `provision` the qualified exemption named there, `reason`
    why more than 40 working days are needed. `comply_by` is the day stated in a notice of the regulator.
    `value` is a regime or a policy. `as_recorded` is True of an extension that was judged when it was
    recorded: a calendar that changed since does not make its estimate impossible.
    """

    kind: EventKind
    day: date | None = None
    asked: date | None = None
    restarts: bool | None = None
    provision: str = ""
    estimate: date | None = None
    reason: str = ""
    comply_by: date | None = None
    value: str = ""
    text: str = ""
    as_recorded: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an event in JSON: the attribute it fills, its type, and whether it has to be there.

    `type` is date, bool or str. A `nullable` date may be null. `choices` are the only values allowed.
    """

    attribute: str
    type: type[date] | type[bool] | type[str]
    required: bool = False
    nullable: bool = False
    choices: tuple[str, ...] = ()


_DATE = {"date": Field("day", date, required=True)}
_OPTIONAL_DATE = {"date": Field("day", date)}
_NOTICE_DATE = {"notice_date": Field("day", date, required=True)}
_RESTARTS = {"restarts": Field("restarts", bool)}
_COMPLY_BY = {"comply_by": Field("comply_by", date)}
_TEXT = {"text": Field("text", str)}

#: The JSON fields of each kind besides `type`; a remark in `text` is possible with all of them.
FIELDS: Mapping[EventKind, Mapping[str, Field]] = {
    kind: fields | _TEXT
    for kind, fields in {
        EventKind.CLARIFICATION_REQUESTED: _DATE | _RESTARTS,
        EventKind.CLARIFICATION_RECEIVED: {
            "date": Field("day", date, required=True, nullable=True),
            "asked": Field("asked", date),
        }
        | _RESTARTS,
        EventKind.FEES_NOTICE: _DATE,
        EventKind.FEE_RECEIVED: _DATE,
        EventKind.FEE_UNPAID: _OPTIONAL_DATE,
        EventKind.PIT_EXTENSION: _NOTICE_DATE
        | {
            "provision": Field("provision", str),
            "estimate": Field("estimate", date),
            "reason": Field("reason", str),
        },
        EventKind.EIR_EXTENSION: _NOTICE_DATE | {"reason": Field("reason", str)},
        EventKind.REGIME: {"value": Field("value", str, required=True, choices=tuple(Regime))},
        EventKind.POLICY: {"value": Field("value", str, required=True, choices=(DEEMED_NEXT_WORKING_DAY,))},
        EventKind.RESPONSE_SENT: _DATE,
        EventKind.REVIEW_RECEIVED: _DATE,
        EventKind.REVIEW_EXTENDED: _OPTIONAL_DATE,
        EventKind.REVIEW_OUTCOME: _DATE,
        EventKind.REPRESENTATIONS_RECEIVED: _DATE,
        EventKind.DECISION_NOTICE: _DATE | _COMPLY_BY,
        EventKind.INFORMATION_NOTICE: _DATE | _COMPLY_BY,
        EventKind.ENFORCEMENT_NOTICE: _DATE | _COMPLY_BY,
        EventKind.RELATED_REQUEST: _DATE,
        EventKind.NOTE: _OPTIONAL_DATE,
    }.items()
}


def clarification(
    asked: date, answered: date | None = None, *, restarts: bool = True
) -> tuple[ClockEvent, ...]:
    """Return the events of a question and, when it came, of its answer (FOIA s.1(3), EIR reg 9)."""
    question = ClockEvent(EventKind.CLARIFICATION_REQUESTED, asked, restarts=restarts)
    if answered is None:
        return (question,)
    return question, ClockEvent(EventKind.CLARIFICATION_RECEIVED, answered, asked=asked, restarts=restarts)


def read_date(value: object) -> date:
    """Read a date written as YYYY-MM-DD. Raises EventDataError for anything else and for impossible days."""
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise EventDataError(f"“{value}” is not a day of the calendar. Check day and month.") from None
    raise EventDataError(f"“{value}” is not a date. Write it as YYYY-MM-DD.")


def parse_events(raw: object) -> tuple[ClockEvent, ...]:
    """Read events from decoded JSON: a list of objects with `type` and the fields of that type in `FIELDS`.

    Raises EventDataError, naming the event by its place in the list, counted from 1.
    """
    if not isinstance(raw, list):
        raise EventDataError("The events must be a list, written in square brackets.")
    return tuple(_parse(f"Event {number}", item) for number, item in enumerate(raw, start=1))


def event_as_json(event: ClockEvent) -> dict[str, Any]:
    """Return an event as `parse_events` reads it, without the fields that are not set."""
    found: dict[str, Any] = {"type": event.kind.value}
    for name, field in FIELDS[event.kind].items():
        value = getattr(event, field.attribute)
        if value is None and field.nullable:
            found[name] = None
        elif value not in (None, ""):
            found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def _parse(where: str, item: object) -> ClockEvent:
    if not isinstance(item, dict):
        raise EventDataError(f"{where} must be an object with a type, written in curly brackets.")
    kinds = [kind.value for kind in EventKind]
    if item.get("type") not in kinds:
        raise EventDataError(
            f"{where}: “{item.get('type', '')}” is not a type. Use one of {', '.join(kinds)}."
        )
    kind = EventKind(item["type"])
    fields = FIELDS[kind]
    unknown = [name for name in item if name != "type" and name not in fields]
    if unknown:
        raise EventDataError(
            f"{where} ({kind}): “{unknown[0]}” is not a field. Possible: {', '.join(fields)}."
        )
    missing = [name for name, field in fields.items() if field.required and name not in item]
    if missing:
        raise EventDataError(f"{where} ({kind}): the field “{missing[0]}” is missing.")
    values = {
        fields[name].attribute: _read(f"{where} ({kind}), {name}", fields[name], value)
        for name, value in item.items()
        if name != "type"
    }
    return ClockEvent(kind, **values)


def _read(where: str, field: Field, value: object) -> Any:
    if value is None and field.nullable:
        return None
    if field.type is date:
        try:
            return read_date(value)
        except EventDataError as error:
            raise EventDataError(f"{where}: {error}") from None
    if not isinstance(value, field.type):
        wanted = "true or false" if field.type is bool else "text"
        raise EventDataError(f"{where}: “{value}” is not {wanted}.")
    if field.choices and value not in field.choices:
        raise EventDataError(f"{where}: “{value}” is not known. Use one of {', '.join(field.choices)}.")
    return value
