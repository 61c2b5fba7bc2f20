"""What every page's templates load: dates, other people's words, forms, lists, and short states as tags.

Components that only lay out what they are given are plain includes, in templates/components/.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from crispy_forms.utils import render_crispy_form
from crispy_forms_gds.helper import FormHelper
from django import forms, template
from django.core.paginator import Page
from django.forms.formsets import BaseFormSet
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foitracker.pages import words
from foitracker.pages.visible_text import one_line, visible

register = template.Library()


def _as_date(value: date | datetime | None) -> date | None:
    """The calendar day of `value` where the authority is; None and other types give None."""
    if isinstance(value, datetime):
        return _local(value).date()
    return value if isinstance(value, date) else None


def _local(moment: datetime) -> datetime:
    return moment.astimezone(timezone.get_current_timezone()) if moment.tzinfo else moment


@register.filter
def uk_date(value: date | datetime | None) -> str:
    """Return a date as 25 April 2025; empty when there is none."""
    day = _as_date(value)
    return words.in_words(day) if day else ""


@register.filter
def weekday_date(value: date | datetime | None) -> str:
    """Return a date as Friday 25 April 2025, for a day on which something must be done."""
    day = _as_date(value)
    return words.weekday_in_words(day) if day else ""


@register.filter
def short_date(value: date | datetime | None) -> str:
    """Return a date as 25/04/2025, for tables."""
    return words.short_date(_as_date(value))


@register.filter
def uk_datetime(value: datetime | None) -> str:
    """Return a time as 25 April 2025 at 14:05, in the authority's time; empty when there is none."""
    return words.moment_in_words(_local(value)) if isinstance(value, datetime) else uk_date(value)


@register.filter
def short_moment(value: datetime) -> str:
    """Return a time as 25/04/2025 14:05, in the authority's time, for tables."""
    return words.short_moment(_local(value))


@register.filter
def day_and_month(value: date) -> str:
    """Return a date as 25 April, where its year stands above it."""
    return words.day_and_month(value)


@register.filter
def thousands(count: int | None) -> str:
    """Return a count as it is read (1,204); anything that is not a whole number is left as it is."""
    if count is None:
        return ""
    return f"{count:,}" if isinstance(count, int) else str(count)


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


@register.inclusion_tag("components/tag.html", name="tag")
def tag_component(label: str, tone: str = "neutral", shape: str = "dash") -> dict[str, str]:
    """Return any short state in words.

    Tones: neutral info progress wait good bad closed. Shapes: components/icon.html.
    """
    return {"label": label, "tone": tone, "shape": shape}


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
