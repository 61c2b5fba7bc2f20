"""What the pages' templates load: dates, labels, applicants' words, and the components that need working out.

Components that only lay out what they are given are plain includes, in templates/components/.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from crispy_forms.utils import render_crispy_form
from crispy_forms_gds.helper import FormHelper
from django import forms, template
from django.core.paginator import Page
from django.forms.formsets import BaseFormSet
from django.template.context import Context
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foitracker.accounts.roles import Role
from requests_app.models.letter import LetterStatus
from requests_app.rules.dispositions import DISPOSITION_LABELS, LETTER_KIND_LABELS, Disposition
from requests_app.rules.statutory_clock import ClockReading
from requests_app.rules.workflow import OUTCOME_LABELS, STATUS_LABELS, Outcome, Status

from .clock_panel import days_left_words, panel_of, working_days_words
from .visible_text import one_line, visible

register = template.Library()

# --- dates and days -------------------------------------------------------------------------------


def _as_date(value: date | datetime | None) -> date | None:
    """The calendar day of `value` where the authority is; None and other types give None."""
    if isinstance(value, datetime):
        return (value.astimezone(timezone.get_current_timezone()) if value.tzinfo else value).date()
    return value if isinstance(value, date) else None


@register.filter
def uk_date(value: date | datetime | None) -> str:
    """Return a date as 25 April 2025; empty when there is none."""
    day = _as_date(value)
    return formats.date_format(day, "j F Y") if day else ""


@register.filter
def weekday_date(value: date | datetime | None) -> str:
    """Return a date as Friday 25 April 2025, for a day on which something must be done."""
    day = _as_date(value)
    return formats.date_format(day, "l j F Y") if day else ""


@register.filter
def short_date(value: date | datetime | None) -> str:
    """Return a date as 25/04/2025, for tables."""
    day = _as_date(value)
    return formats.date_format(day, "d/m/Y") if day else ""


@register.filter
def uk_datetime(value: datetime | None) -> str:
    """Return a time as 25 April 2025 at 14:05, in the authority's time; empty when there is none."""
    if not isinstance(value, datetime):
        return uk_date(value)
    local = value.astimezone(timezone.get_current_timezone()) if value.tzinfo else value
    return formats.date_format(local, "j F Y \\a\\t H:i")


@register.filter
def working_days(count: int | None) -> str:
    """Return “1 working day” or “5 working days”; empty when the count is None."""
    return "" if count is None else working_days_words(count)


@register.filter
def days_left(count: int | None) -> str:
    """Return what a number of working days left means; a negative number is overdue."""
    return "" if count is None else days_left_words(count)


@register.filter
def thousands(count: int | None) -> str:
    """Return a count as it is read (1,204); anything that is not a whole number is left as it is."""
    if count is None:
        return ""
    return f"{count:,}" if isinstance(count, int) else str(count)


# --- other people's words -------------------------------------------------------------------------


@register.filter
def user_text(value: object) -> SafeString:
    """Return someone else's words as a block: escaped, line breaks kept, each paragraph in its own direction."""
    if value in (None, ""):
        return SafeString("")
    return format_html('<div class="app-user-text" dir="auto">{}</div>', visible(str(value)))


@register.filter
def user_line(value: object) -> SafeString:
    """Return someone else's words inside a line of ours: escaped and isolated, so they cannot turn our text round."""
    if value in (None, ""):
        return SafeString("")
    return format_html("<bdi>{}</bdi>", visible(one_line(str(value))))


# --- labels and tags ------------------------------------------------------------------------------

# Tone and shape of each code. The shape says the same as the colour, for print and for eyes that need it.
_LOOKS: dict[str, dict[str, tuple[str, str]]] = {
    "status": {
        Status.RECEIVED: ("info", "ring"),
        Status.IN_PROGRESS: ("progress", "half"),
        Status.AWAITING_CLARIFICATION: ("wait", "pause"),
        Status.AWAITING_FEE: ("wait", "pause"),
        Status.AWAITING_APPROVAL: ("wait", "diamond"),
        Status.READY_TO_ISSUE: ("good", "arrow"),
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
    "letter_kind": LETTER_KIND_LABELS,
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


@register.filter
def letter_kind_label(code: object) -> str:
    """Return the words for a kind of letter (`rules.dispositions.LetterKind`)."""
    return _label("letter_kind", code)


@register.filter
def role_labels(codes: Iterable[str] | None) -> str:
    """Return the names of a person's roles, joined by commas."""
    return ", ".join(Role(code).label if code in Role.values else code for code in codes or ())


@register.inclusion_tag("components/tag.html", name="tag")
def tag_component(label: str, tone: str = "neutral", shape: str = "dash") -> dict[str, str]:
    """Return any short state in words.

    Tones: neutral info progress wait good bad closed. Shapes: components/icon.html.
    """
    return {"label": label, "tone": tone, "shape": shape}


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


# --- clock ----------------------------------------------------------------------------------------


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


# --- forms ----------------------------------------------------------------------------------------


def _error_target(field: forms.BoundField) -> str:
    """The id of the control that an error of `field` should lead to."""
    if isinstance(field.field.widget, forms.MultiWidget):
        parts = getattr(field.field, "fields", ())
        wrong = [index for index, part in enumerate(parts) if getattr(part.widget, "errors", None)]
        return f"{field.auto_id}_{wrong[0] if wrong else 0}"
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_1"
    return field.auto_id


def _named(field: forms.BoundField, message: str) -> str:
    """Django's own messages name no field, which says nothing in a list of errors: put the label before them."""
    kinds = [vars(kind).get("default_error_messages", {}) for kind in type(field.field).__mro__]
    stock = {str(words) for messages in kinds for words in messages.values()}
    return (
        f"{field.label}: {message[0].lower()}{message[1:]}" if message in stock and field.label else message
    )


def _form_errors(form: forms.BaseForm) -> list[tuple[str, str]]:
    errors = [("", str(error)) for error in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else _error_target(field)
        errors += [(target, _named(field, str(error))) for error in field.errors]
    return errors


@register.inclusion_tag("components/error_summary.html")
def form_errors(
    *sources: forms.BaseForm | BaseFormSet[Any] | Sequence[forms.BaseForm] | None,
) -> dict[str, list[tuple[str, str]]]:
    """Return every error of the given forms, formsets and lists of forms, each leading to its control; or nothing."""
    errors: list[tuple[str, str]] = []
    for source in sources:
        if isinstance(source, BaseFormSet) and source.is_bound:
            errors += [("", str(error)) for error in source.non_form_errors()]
        if isinstance(source, forms.BaseForm):
            errors += _form_errors(source) if source.is_bound else []
        else:
            errors += [error for form in source or () if form.is_bound for error in _form_errors(form)]
    return {"errors": errors}


@register.simple_tag(takes_context=True)
def form_fields(context: Context, form: forms.BaseForm) -> SafeString:
    """Return the fields of any form in Design System mark-up, without the form element, token or buttons."""
    helper = getattr(form, "helper", None) or FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    return SafeString(render_crispy_form(form, helper, context.flatten()))


# --- lists ----------------------------------------------------------------------------------------


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: Context, field: str, label: str, *, numeric: bool = False, first: str = "ascending"
) -> dict[str, Any]:
    """Return a table header that sorts by `field` through ?sort=field or ?sort=-field.

    The list in force is the `sort` variable of the page, or else of the query string. `first` is the
    direction of the first click.
    """
    request = context["request"]
    current = context.get("sort") or request.GET.get("sort", "")
    direction = {field: "ascending", f"-{field}": "descending"}.get(current, "none")
    go_down = direction == "ascending" or (direction == "none" and first == "descending")
    return {
        "request": request,
        "label": label,
        "numeric": numeric,
        "direction": direction,
        "sort": f"-{field}" if go_down else field,
        "next_direction": "descending" if go_down else "ascending",
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page_obj: Page[Any]) -> dict[str, Any]:
    """Return links to the other pages of a list, keeping the rest of the query string; none for a single page."""
    return {
        "request": context["request"],
        "page_obj": page_obj,
        "numbers": page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1),
        "ellipsis": page_obj.paginator.ELLIPSIS,
    }
