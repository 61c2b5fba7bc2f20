"""What the forms of all acts on a case share."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms

from requests_app.rules.received_text import find_unprintable, single_line_problems


class ActForm(forms.Form):
    """A form about one case. `case_version` is the version of the case that the page was made from.

    Text is checked for characters that cannot be kept or printed before anything is done with it.
    """

    error_css_class = "govuk-form-group--error"
    case_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class OneLineField(forms.CharField):
    """A name, a subject: one line of printable characters in reading order."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if problems := single_line_problems(value or ""):
            raise forms.ValidationError(problems[0])


class WordsField(forms.CharField):
    """Officers' prose: several lines, printable characters."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20_000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if found := find_unprintable(value or ""):
            raise forms.ValidationError(
                f"The text contains {len(found)} character(s) that cannot be printed, the first of them "
                f"{found[0].name} at {found[0].where}. Remove them, or paste the text again as plain text."
            )
