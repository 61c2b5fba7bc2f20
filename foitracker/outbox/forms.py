"""The filter of the outbox."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Size
from django import forms
from django.core.validators import RegexValidator

from foitracker.mail.kinds import kinds
from foitracker.mail.models import OutboxMessage
from foitracker.pages.forms.fields import DayBox
from foitracker.pages.forms.form import FilterForm

#: A choice of `state` that is more than one: did not arrive, and nobody has sent it again.
UNDELIVERED = "undelivered"


class OutboxFilterForm(FilterForm):
    """Which messages to show. Nothing about whom they went to: that would stand in the page's address."""

    between = ("first", "last")

    about = forms.CharField(
        label="About",
        help_text="A reference such as 2253/2025 or CRU 636/18.",
        required=False,
        max_length=40,
        validators=[RegexValidator(r"^(?:CRU )?[0-9]+/[0-9]+$", "Enter one reference, such as 2253/2025.")],
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[
            ("", "Any"),
            (UNDELIVERED, "Did not arrive, and not sent again"),
            *OutboxMessage.Status.choices,
        ],
    )
    kind = forms.ChoiceField(label="Kind", required=False)
    first = DayBox(label="Queued from", help_text="Such as 25/04/2025.", required=False)
    last = DayBox(label="Queued to", help_text="Such as 25/04/2025.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Any"), *((kind.code, kind.label) for kind in kinds())]  # type: ignore[attr-defined]
        self.helper = FormHelper(self)
        self.helper.label_size = Size.SMALL
