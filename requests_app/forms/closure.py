"""Form of closure: end a case that no answer is sent on."""

from collections.abc import Sequence
from typing import Any

from django import forms

from foitracker.pages.forms.fields import WordsField
from foitracker.pages.forms.form import CaseForm
from requests_app.rules.casework.workflow import OUTCOME_LABELS, Outcome


class CloseForm(CaseForm):
    """Which way the case ends, and why. `outcomes` are those its facts allow."""

    outcome = forms.ChoiceField(
        label="How it ends",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the case ends."},
    )
    reason = WordsField(
        label="Reason",
        help_text="What happened and when. Kept on the timeline; do not name the applicant.",
        max_length=2000,
        error_messages={"required": "Give the reason for closing."},
    )

    def __init__(self, *args: Any, outcomes: Sequence[Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(o.value, OUTCOME_LABELS[o]) for o in outcomes]  # type: ignore[attr-defined]
