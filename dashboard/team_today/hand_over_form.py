"""Which requests go to whom."""

from typing import Any

from django import forms

from foitracker.pages.forms.form import PageForm
from requests_app.forms.intake import officer_field
from requests_app.operations.hand_over import Seen

#: What a page of the list holds at most.
MOST = 50


class ChosenRequests(forms.Field):
    """The ticked boxes: of each request its key and the version that the page showed, with a point between them."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[Seen]:
        chosen = list(dict.fromkeys(value or ()))
        if not chosen:
            raise forms.ValidationError("Tick the requests to hand over.")
        numbers = [one.split(".") for one in chosen]
        if len(chosen) > MOST or any(len(pair) != 2 or not all(map(is_number, pair)) for pair in numbers):
            raise forms.ValidationError(
                "The page was changed on the way. Open it again and tick the requests."
            )
        return [Seen(int(key), int(version)) for key, version in numbers]


def is_number(text: str) -> bool:
    """Return whether a text is the number of a row or a version."""
    return text.isascii() and text.isdigit() and len(text) < 19


class HandOverForm(PageForm):
    """The requests that were ticked, and who takes them."""

    officer = officer_field(
        label="Hand the ticked requests to",
        empty_label="Choose",
        error_messages={"required": "Choose who takes them."},
    )
    case = ChosenRequests()
