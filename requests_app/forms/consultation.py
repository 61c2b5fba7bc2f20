"""Form of consultation: go on without the advice an answer waits for."""

from foitracker.pages.forms.fields import WordsField
from foitracker.pages.forms.form import CaseForm


class OverrideHoldForm(CaseForm):
    """Why the answer goes on without the advice."""

    reason = WordsField(
        label="Why the answer goes on without the advice",
        help_text="Kept on the timeline. Do not name the applicant.",
        max_length=2000,
        error_messages={"required": "Say why the answer goes on without the advice."},
    )
