"""Forms of a promise to tell the applicant something, and of what was said."""

from foitracker.pages.forms.fields import DayField, WordsField
from foitracker.pages.forms.form import CaseForm


class PromiseForm(CaseForm):
    """What the applicant was promised, and by when."""

    promised = WordsField(
        label="What you promised to tell them",
        rows=3,
        max_length=2000,
        help_text="For example, when we expect to send the answer. Do not name the applicant.",
        error_messages={"required": "Enter what the applicant was promised."},
    )
    due_on = DayField(
        label="By when",
        help_text="The last day for it. For example, 25 4 2025",
        required_message="Enter the date the applicant was promised.",
    )


class SaidForm(CaseForm):
    """What the applicant was told, and when."""

    said = WordsField(
        label="What the applicant was told",
        rows=4,
        max_length=5000,
        help_text="What was said and how: by telephone, e-mail or letter. Do not name the applicant.",
        error_messages={"required": "Enter what the applicant was told. A promise is not closed without it."},
    )
    said_on = DayField(label="Date they were told", required_message="Enter the date the applicant was told.")
