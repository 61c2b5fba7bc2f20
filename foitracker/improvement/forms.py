"""Forms of the improvement log. Nothing typed in them may tell who an applicant is."""

from typing import Any

from django import forms
from django.db.models import Q

from foitracker.accounts.models import User
from foitracker.identity.forms import CONFIRMATION, IdentityCheckedForm
from foitracker.improvement.models import ImprovementPoint
from foitracker.improvement.queries import possible_owners
from foitracker.pages.forms.fields import DayField, OneLineField, WordsField
from foitracker.pages.forms.form import SEEN_VERSION, FilterForm


class _PointForm(IdentityCheckedForm):
    """A form about a point."""

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, without what the page was made from and what was confirmed about it."""
        left_out = (SEEN_VERSION, CONFIRMATION)
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class PointForm(_PointForm):
    """A point of the improvement log; `point` is the one that is changed."""

    identity_fields = ("text", "source", "evidence")

    text = WordsField(
        label="What is to be improved",
        rows=4,
        max_length=2000,
        help_text="About the team, not about one request. Do not name applicants.",
        error_messages={"required": "Enter what is to be improved."},
    )
    source = OneLineField(
        label="Where this comes from",
        max_length=200,
        help_text="For example, the dip sample of October, or an ICO decision notice.",
        error_messages={"required": "Enter where this comes from."},
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="Owner",
        empty_label="Choose",
        error_messages={"required": "Choose an owner."},
    )
    due_on = DayField(
        label="Due",
        help_text="A working day. For example, 25 4 2025",
        required_message="Enter the date it is due.",
    )
    evidence = WordsField(
        label="Evidence",
        rows=3,
        max_length=2000,
        required=False,
        help_text="What will show that it is done.",
    )

    def __init__(self, *args: Any, point: ImprovementPoint | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = possible_owners()
        if point:  # one who has left can stay the owner while something else is changed
            owners = User.objects.filter(Q(pk__in=owners.values("pk")) | Q(pk=point.owner_id))
        self.fields["owner"].queryset = owners.order_by("name", "pk")  # type: ignore[attr-defined]


class ClosePointForm(_PointForm):
    """What was done about a point, and what shows it."""

    identity_fields = ("done", "evidence")

    done = WordsField(
        label="What was done",
        rows=4,
        max_length=5000,
        error_messages={"required": "Enter what was done. A point is not closed without it."},
    )
    evidence = WordsField(
        label="Evidence", rows=3, max_length=2000, required=False, help_text="What shows that it is done."
    )
    closed_on = DayField(label="Date it was done", required_message="Enter the date it was done.")


class PointsFilterForm(FilterForm):
    """Which points are shown."""

    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "Open"), ("overdue", "Overdue"), ("closed", "Closed"), ("all", "All")],
    )
