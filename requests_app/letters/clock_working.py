"""The printed working of a time limit: what a regulator is shown. It names no applicant and no subject."""

from dataclasses import dataclass
from datetime import datetime

from foitracker.pages.words import clock_time, weekday_in_words
from foitracker.printing.render import DOCUMENT_STYLESHEETS, render_document, render_pdf
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.law import REGIME_NAMES
from requests_app.rules.clock.statutory_clock import ClockReading
from requests_app.rules.clock.wording import facts, named_dates, standing


@dataclass(frozen=True)
class Working:
    """What is printed. `reference` is "" for facts that belong to no case; `printed_at` is aware, in local time.

    `events` are those the reading was made from.
    """

    authority_name: str
    reference: str
    reading: ClockReading
    events: tuple[ClockEvent, ...]
    printed_at: datetime


def working_html(working: Working) -> str:
    """Return the working as a complete HTML document."""
    reading = working.reading
    subject = (
        f"Request {working.reference}"
        if working.reference
        else f"Received {weekday_in_words(reading.received_on)}"
    )
    return render_document(
        "clock_working.html",
        {
            "title": f"Working of the time limit: {subject[0].lower()}{subject[1:]}",
            "subject": subject,
            "authority_name": working.authority_name,
            "law": REGIME_NAMES[reading.regime],
            "reading": reading,
            "standing": standing(reading),
            "read_on": weekday_in_words(reading.read_on),
            "printed_at": f"{weekday_in_words(working.printed_at.date())} at {clock_time(working.printed_at)}",
            "created": working.printed_at.isoformat(timespec="seconds"),
            "facts": [
                (fact, weekday_in_words(fact.day) if fact.day else "No date")
                for fact in facts(reading.received_on, working.events, reading.regime)
            ],
            "dates": [(entry, weekday_in_words(entry.day)) for entry in named_dates(reading)],
            "steps": [(step, weekday_in_words(step.date)) for step in reading.steps],
        },
    )


def working_pdf(working: Working) -> bytes:
    """Return the working as PDF/UA-1: the same working gives the same bytes."""
    return render_pdf(working_html(working), DOCUMENT_STYLESHEETS)
