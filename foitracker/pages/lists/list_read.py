"""What was read of a list: by which filters, and how much there was. What was searched for is left out."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Model
from django.http import HttpRequest

_ATTRIBUTE = "list_read"


@dataclass(frozen=True)
class ListRead:
    """One reading of a list. `hits` is None where they were not counted."""

    filters: dict[str, str]
    searches_words: bool
    hits: int | None
    as_file: bool


def note_list_read(request: HttpRequest, form: forms.Form | None, *, hits: int | None, as_file: bool) -> None:
    """Note on the request what was read of a list, for whoever records it; `form` is its valid filter."""
    chosen: dict[str, str] = {}
    searches_words = False
    for name, value in (form.cleaned_data if form else {}).items():
        if value in (None, "", False, []):
            continue
        if (kept := _kept(form.fields[name], value)) is None:  # type: ignore[union-attr]
            searches_words = True
        else:
            chosen[name] = kept
    setattr(request, _ATTRIBUTE, ListRead(chosen, searches_words, hits, as_file))


def list_read(request: HttpRequest) -> ListRead | None:
    """Return what was noted of a list on this request, if it was one."""
    read: ListRead | None = getattr(request, _ATTRIBUTE, None)
    return read


def _kept(field: forms.Field, value: object) -> str | None:
    """What is kept of a filter: what was chosen, but nothing that somebody wrote in words."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, bool | int | date) or isinstance(field, forms.ChoiceField):
        return str(value)
    return None
