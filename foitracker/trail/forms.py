from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Size
from django import forms
from django.core.validators import RegexValidator

from foitracker.accounts.models import User
from foitracker.audit.events import vocabularies
from foitracker.pages.forms.fields import DayBox
from foitracker.pages.forms.form import FilterForm
from foitracker.trail.events import KINDS


def _day(label: str) -> DayBox:
    return DayBox(
        label=label,
        help_text="Such as 25/04/2025.",
        required=False,
        invalid=f"{label}: enter a real date, such as 25/04/2025.",
    )


def _events() -> list[Any]:
    """Every declared event by its title, in groups by what it is recorded of."""
    groups = [
        (words.name, sorted(((event.code, event.title) for event in words.events), key=lambda one: one[1]))
        for words in vocabularies()
    ]
    return [("", "Everything"), *groups]


class TrailFilterForm(FilterForm):
    """Which entries to show. Free text is kept out, so that no name ends up in the page's address."""

    between = ("recorded_from", "recorded_to")

    subject = forms.CharField(
        label="About",
        help_text="A reference such as 2253/2025.",
        required=False,
        max_length=100,
        validators=[
            RegexValidator(
                r"^(?=.*[0-9])[\w./-]+$", "Enter one reference, such as 2253/2025, without spaces."
            )
        ],
    )
    actor = forms.ModelChoiceField(
        label="Who", required=False, queryset=User.objects.order_by("name", "pk"), empty_label="Anybody"
    )
    event = forms.ChoiceField(label="What", required=False)
    kind = forms.ChoiceField(
        label="Events or accesses",
        required=False,
        choices=[("", "Both"), *KINDS.items()],
    )
    recorded_from = _day("Recorded from")
    recorded_to = _day("Recorded to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = _events()  # type: ignore[attr-defined]
        self.helper = FormHelper(self)
        self.helper.label_size = Size.SMALL
