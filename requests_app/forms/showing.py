"""Form that chooses a reader outside the team."""

from typing import Any, cast

from django import forms

from foitracker.accounts.models import User
from foitracker.pages.forms.form import CaseForm
from requests_app.models import FoiRequest
from requests_app.queries.shown_requests import not_shown_yet, outside_readers


class ShowForm(CaseForm):
    """Whom to show a request."""

    reader = forms.ModelChoiceField(
        label="Reader",
        queryset=outside_readers(),
        empty_label="Choose",
        error_messages={
            "required": "Choose a reader.",
            "invalid_choice": "Choose an active reader who is not shown this request yet.",
        },
    )

    def __init__(self, *args: Any, case: FoiRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["reader"]).queryset = not_shown_yet(case)
