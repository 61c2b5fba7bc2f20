"""Events as they are written in JSON: `manage.py due_date --events`, and what “When is it due?” makes of a form."""

from datetime import date
from typing import Any

from foitracker.pages.typed_day import NotADay, read_iso_day
from requests_app.rules.clock.events import ClockEvent, Field, FieldType
from requests_app.rules.clock.kinds.table import KINDS


class EventDataError(ValueError):
    """An event cannot be read; the message names it and says what is possible."""


def parse_events(raw: object) -> tuple[ClockEvent, ...]:
    """Read events from decoded JSON: a list of objects with `type` and the fields its kind declares.

    Raises EventDataError, naming the event by its place in the list, counted from 1.
    """
    if not isinstance(raw, list):
        raise EventDataError("The events must be a list, written in square brackets.")
    return tuple(_parse(f"Event {number}", item) for number, item in enumerate(raw, start=1))


def event_as_json(event: ClockEvent) -> dict[str, Any]:
    """Return an event as `parse_events` reads it, without the fields that are not set."""
    found: dict[str, Any] = {"type": event.kind.code}
    for name, field in event.kind.json_fields.items():
        value = getattr(event, field.name)
        if value is None and field.nullable:
            found[name] = None
        elif value not in (None, ""):
            found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def _parse(where: str, item: object) -> ClockEvent:
    if not isinstance(item, dict):
        raise EventDataError(f"{where} must be an object with a type, written in curly brackets.")
    if item.get("type") not in list(KINDS):
        raise EventDataError(
            f"{where}: “{item.get('type', '')}” is not a type. Use one of {', '.join(KINDS)}."
        )
    kind = KINDS[item["type"]]
    fields = kind.json_fields
    unknown = [name for name in item if name != "type" and name not in fields]
    if unknown:
        raise EventDataError(
            f"{where} ({kind}): “{unknown[0]}” is not a field. Possible: {', '.join(fields)}."
        )
    missing = [name for name, field in fields.items() if field.required and name not in item]
    if missing:
        raise EventDataError(f"{where} ({kind}): the field “{missing[0]}” is missing.")
    values = {
        fields[name].name: _read(f"{where} ({kind}), {name}", fields[name], value)
        for name, value in item.items()
        if name != "type"
    }
    return ClockEvent(kind, **values)


def _read(where: str, field: Field, value: object) -> Any:
    if value is None and field.nullable:
        return None
    if field.type is FieldType.DAY:
        try:
            return read_iso_day(value)
        except NotADay as error:
            raise EventDataError(f"{where}: {error}") from None
    expected, wanted = (bool, "true or false") if field.type is FieldType.UNLESS_TICKED else (str, "text")
    if not isinstance(value, expected):
        raise EventDataError(f"{where}: “{value}” is not {wanted}.")
    if field.choices and value not in field.choices:
        raise EventDataError(f"{where}: “{value}” is not known. Use one of {', '.join(field.choices)}.")
    return value
