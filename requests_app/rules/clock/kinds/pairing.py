"""Which answer belongs to which question, and which payment to which notice.

An answer before its question is refused, and so is one that could belong to several.
"""

from collections.abc import Sequence

from foitracker.pages.words import short_date
from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.events import ClockEvent, EventKind


def dated(events: Sequence[ClockEvent], kind: EventKind) -> list[ClockEvent]:
    """Return the dated events of a kind by day; those of one day in the order given."""
    return sorted((e for e in events if e.kind is kind and e.on), key=lambda event: event.day)


def pair(
    openers: Sequence[ClockEvent], closers: Sequence[ClockEvent], what: str, opened: str
) -> list[ClockEvent | None]:
    """Return for each opener the closer that belongs to it, or None. Raises ClockOrderError.

    `what` and `opened` are the words of the refusal: “The fee was received” and “notified”.
    """
    found: list[ClockEvent | None] = [None] * len(openers)
    for closer in closers:
        open_then = [
            number
            for number, opener in enumerate(openers)
            if found[number] is None and opener.day <= closer.day and closer.asked in (None, opener.day)
        ]
        if not open_then:
            raise ClockOrderError(
                f"{what} on {short_date(closer.day)}, before it was {opened} or after it had been settled. "
                "Check both dates."
            )
        # A question put on the day another was answered is the next one, not a second one open.
        earlier = [number for number in open_then if openers[number].day < closer.day] or open_then[:1]
        if len(earlier) > 1 and closer.asked is None:
            days = " and ".join(short_date(openers[number].day) for number in earlier)
            raise ClockOrderError(
                f"{what} on {short_date(closer.day)}, but several were open, {opened} on {days}. "
                "Say which one it belongs to."
            )
        found[earlier[0]] = closer
    return found
