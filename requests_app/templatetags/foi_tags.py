"""What the pages' templates load: dates, labels, applicants' words, and the components that need working out.

Components that only lay out what they are given are plain includes, in templates/components/.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template

from foitracker.pages.words import working_days_words
from requests_app.letters.kinds import kind_label
from requests_app.models import LetterStatus, RequestItem
from requests_app.rules.casework.dispositions import DISPOSITION_LABELS, Disposition
from requests_app.rules.casework.workflow import OUTCOME_LABELS, STATUS_LABELS, Outcome, Status
from requests_app.rules.clock.statutory_clock import ClockReading

from .clock_panel import panel_of

register = template.Library()


@register.filter
def working_days(count: int | None) -> str:
    """Return “1 working day” or “5 working days”; empty when the count is None."""
    return "" if count is None else working_days_words(count)


@register.filter
def labels(items: Iterable[RequestItem]) -> str:
    """Return the labels of items with commas: 1, 2(a)."""
    return ", ".join(item.label for item in items)


# Tone and shape of each code. The shape says the same as the colour, for print and for eyes that need it.
_LOOKS: dict[str, dict[str, tuple[str, str]]] = {
    "status": {
        Status.RECEIVED: ("info", "ring"),
        Status.IN_PROGRESS: ("progress", "half"),
        Status.AWAITING_CLARIFICATION: ("wait", "pause"),
        Status.AWAITING_FEE: ("wait", "pause"),
        Status.AWAITING_APPROVAL: ("wait", "diamond"),
        Status.READY_TO_ISSUE: ("good", "arrow"),
        Status.UNDELIVERED: ("bad", "triangle"),
        Status.CLOSED: ("closed", "square"),
    },
    "outcome": {
        Outcome.DISCLOSED: ("good", "dot"),
        Outcome.PARTLY_DISCLOSED: ("info", "half"),
        Outcome.REFUSED: ("bad", "cross"),
    },
    "disposition": {
        Disposition.DISCLOSED: ("good", "dot"),
        Disposition.PARTLY_DISCLOSED: ("info", "half"),
        Disposition.WITHHELD: ("bad", "cross"),
        Disposition.NOT_HELD: ("neutral", "ring"),
        Disposition.NEITHER: ("bad", "diamond"),
    },
    "letter": {
        LetterStatus.DRAFT: ("info", "ring"),
        LetterStatus.SUBMITTED: ("wait", "diamond"),
        LetterStatus.APPROVED: ("good", "arrow"),
        LetterStatus.ISSUED: ("closed", "square"),
        LetterStatus.SUPERSEDED: ("neutral", "dash"),
    },
}
_LABELS: dict[str, Mapping[Any, str]] = {
    "status": STATUS_LABELS,
    "outcome": OUTCOME_LABELS,
    "disposition": DISPOSITION_LABELS,
    "letter": dict(LetterStatus.choices),
}


def _label(family: str, code: object) -> str:
    if code in (None, ""):
        return ""
    return _LABELS[family].get(str(code)) or str(code).replace("_", " ").capitalize()


def _tag(family: str, code: object, label: str | None) -> dict[str, str]:
    tone, shape = _LOOKS[family].get(str(code), ("neutral", "dash"))
    return {"label": label or _label(family, code), "tone": tone, "shape": shape}


@register.filter
def status_label(code: object) -> str:
    """Return the words for a status code (`rules.workflow.Status`)."""
    return _label("status", code)


@register.filter
def outcome_label(code: object) -> str:
    """Return the words for an outcome code (`rules.workflow.Outcome`)."""
    return _label("outcome", code)


@register.filter
def disposition_label(code: object) -> str:
    """Return the words for a disposition code (`rules.dispositions.Disposition`)."""
    return _label("disposition", code)


register.filter("letter_kind_label", kind_label)


@register.inclusion_tag("components/tag.html")
def status_tag(status: object, label: str | None = None) -> dict[str, str]:
    """Return the status of a request in words, shape and colour."""
    return _tag("status", status, label)


@register.inclusion_tag("components/tag.html")
def outcome_tag(outcome: object, label: str | None = None) -> dict[str, str]:
    """Return the outcome of a request."""
    return _tag("outcome", outcome, label)


@register.inclusion_tag("components/tag.html")
def letter_tag(status: object, label: str | None = None) -> dict[str, str]:
    """Return the status of a letter (`models.LetterStatus`)."""
    return _tag("letter", status, label)


@register.inclusion_tag("components/tag.html")
def disposition_tag(disposition: object, label: str | None = None) -> dict[str, str]:
    """Return the disposition of an item; an item with none is shown as not decided."""
    if disposition in (None, ""):
        return {"label": label or "Not decided", "tone": "wait", "shape": "ring"}
    return _tag("disposition", disposition, label)


@register.inclusion_tag("components/clock_panel.html")
def clock_panel(
    clock: ClockReading,
    explain_url: str = "",
    heading: str = "Time limit",
    closed_on: date | None = None,
    *,
    working: bool = True,
) -> dict[str, Any]:
    """Return the clock of one request: its state, the working day it has reached, when the answer is due, what is left.

    With `working` it folds out below; `explain_url` is the page with everything that moved the clock.
    `closed_on` is the day the request was closed, if it is.
    """
    return {
        **panel_of(clock, closed_on),
        "heading": heading,
        "explain_url": explain_url,
        "working": working,
    }
