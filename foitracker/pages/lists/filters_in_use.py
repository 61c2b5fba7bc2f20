"""The filters of a list that are in use, in words, each with the address of the list without it."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.choices import flatten_choices

from foitracker.pages.words import short_date

#: Where in a list a page begins, which means nothing in another list.
_PLACES = ("page", "before")


def query_without(query: QueryDict, *names: str) -> str:
    """Return a query string without some of its parameters, and without its place in the list."""
    kept = query.copy()
    for name in (*_PLACES, *names):
        kept.pop(name, None)
    return kept.urlencode()


def filters_in_use(form: forms.Form, query: QueryDict) -> list[dict[str, str]]:
    """Return label, value and the address without it of every filter of a valid form in use."""
    return [
        {
            "label": str(form.fields[name].label),
            "value": _in_words(form.fields[name], value),
            "remove_url": "?" + query_without(query, name, *_parts(name, form.fields[name])),
        }
        for name, value in form.cleaned_data.items()
        if value
    ]


def _parts(name: str, field: forms.Field) -> list[str]:
    """What a field of several boxes, such as a day, is sent as."""
    boxes = field.widget.widgets if isinstance(field.widget, forms.MultiWidget) else ()
    return [f"{name}_{number}" for number, _ in enumerate(boxes)]


def _in_words(field: forms.Field, value: Any) -> str:
    if value is True:
        return "yes"
    if isinstance(value, date):
        return short_date(value)
    named = dict(flatten_choices(getattr(field, "choices", ()))) if isinstance(value, str | int) else {}
    return str(named[value] if named and value in named else value)
