"""Forms of returns: which period, what is said, and to whom a pack is sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from dashboard.returns.kinds import KINDS
from foitracker.identity.forms import PublishedForm
from foitracker.pages.forms.fields import WordsField
from foitracker.pages.forms.form import FilterForm, PageForm, SettingsForm
from foitracker.pages.words import in_words
from foitracker.statistics.periods import Period

#: A pack goes to so many addresses at most.
MOST_ADDRESSES = 20


class PeriodForm(PageForm):
    """The period of a return; `periods` are those it can be made of."""

    period = forms.ChoiceField(
        label="Period",
        help_text="Only a period that is over can be chosen.",
        error_messages={
            "required": "Choose a period.",
            "invalid_choice": "Choose one of the periods listed. The one sent is not among them.",
        },
    )

    def __init__(self, *args: Any, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._periods = {period.to_on.isoformat(): period for period in periods}
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (value, f"{period.label}: {in_words(period.from_on)} to {in_words(period.to_on)}")
            for value, period in self._periods.items()
        ]

    def clean_period(self) -> Period:
        return self._periods[self.cleaned_data["period"]]


class CommentaryForm(PublishedForm):
    """What the author says of the figures."""

    identity_fields = ("text",)

    text = WordsField(
        label="Commentary",
        rows=8,
        max_length=5000,
        help_text="Say what the figures mean and what was done. It is printed on every copy, also the one for "
        "publication, so name no officer and no applicant.",
        error_messages={"required": "Enter what the figures say."},
    )


class ApproveForm(SettingsForm):
    """That a return is approved, with the commentary that was read."""

    seen_commentary = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Open this page again: it does not say which commentary was read."
        ),
    )


class ScheduleForm(SettingsForm):
    """To whom a kind of return is sent."""

    kind = forms.ChoiceField(
        label="Return",
        choices=[(kind.code, kind.name) for kind in KINDS],
        error_messages={
            "required": "Choose a return.",
            "invalid_choice": "Choose one of the returns listed.",
        },
    )
    addresses = WordsField(
        label="Send to",
        rows=4,
        max_length=2000,
        help_text="One e-mail address a line. The pack names no officer and no applicant.",
        error_messages={"required": "Enter at least one e-mail address."},
    )
    sends_unapproved = forms.BooleanField(
        label="Send it at once, marked as not approved",
        help_text="Otherwise it is counted on the first working day and sent once a manager has approved it.",
        required=False,
    )

    def __init__(self, *args: Any, is_change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_change:
            del self.fields["kind"]

    def clean_addresses(self) -> list[str]:
        return read_addresses(self.cleaned_data["addresses"])


def read_addresses(text: str) -> list[str]:
    """Return the addresses typed one a line or with commas, each once. Raises ValidationError, naming what is none."""
    typed = [part.strip() for line in text.splitlines() for part in line.replace(";", ",").split(",")]
    found = list(dict.fromkeys(part for part in typed if part))
    if not found:
        raise ValidationError("Enter at least one e-mail address.")
    wrong = [part for part in found if not _is_address(part)]
    if wrong:
        raise ValidationError(
            f"“{wrong[0][:60]}” is not an e-mail address. Enter one such as figures@example.org."
        )
    if len(found) > MOST_ADDRESSES:
        raise ValidationError(f"Enter at most {MOST_ADDRESSES} addresses: there are {len(found)}.")
    return found


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class ReturnsFilterForm(FilterForm):
    """Which returns are listed."""

    kind = forms.ChoiceField(
        label="Return",
        required=False,
        choices=[("", "All"), *((kind.code, kind.name) for kind in KINDS)],
    )
