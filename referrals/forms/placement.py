"""Where a statistic goes: which request, whose figures and how; then each period's item and label."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms

from foitracker.accounts.models import User
from foitracker.pages.forms.fields import OneLineField
from foitracker.pages.forms.form import CaseForm, labelled
from referrals.rules.statistic_placement import LONGEST_LABEL, AskedItem, PlannedRow
from referrals.rules.statistics import CountedForce, Definition
from requests_app.models import FoiRequest
from requests_app.queries.finding import request_known_as
from requests_app.rules.casework.reference import ReferenceNotUnderstood, RequestReference

#: All chosen forces together, as a choice.
EVERY_FORCE = "all"
TOGETHER, APART = "together", "apart"
#: A period that goes nowhere.
LEAVE_OUT = ""


class PlaceForm(forms.Form):
    """Which request is answered, with whose figures, and whether the criteria share one table."""

    reference = OneLineField(
        label="Request",
        max_length=60,
        help_text="Its reference, such as 2253/2025.",
        error_messages={"required": "Enter the reference of the request"},
    )
    force = forms.ChoiceField(
        label="Figures of",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose figures the letter gives"},
    )
    how = forms.ChoiceField(
        label="Criteria",
        widget=forms.RadioSelect,
        choices=[
            Choice(
                TOGETHER, "Together", hint="One table; a log that meets several criteria is counted once."
            ),
            Choice(APART, "Each apart", hint="A table for each criterion."),
        ],
        error_messages={"required": "Choose whether the criteria stand together"},
    )

    def __init__(self, data: Any = None, *, definition: Definition, user: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.user = user
        forces = definition.forces
        every = [] if len(forces) == 1 else [(EVERY_FORCE, "All chosen forces together")]
        self.by_key = {str(force.key): force for force in forces}
        self.fields["force"].choices = [*every, *((str(f.key), f.name) for f in forces)]  # type: ignore[attr-defined]
        self.initial.setdefault("force", EVERY_FORCE if every else str(forces[0].key))
        self.initial.setdefault("how", TOGETHER)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*(labelled(name, field) for name, field in self.fields.items()))

    def clean_reference(self) -> FoiRequest:
        """Return the request; refuse one without items, which cannot be answered yet."""
        try:
            wanted = RequestReference.parse(self.cleaned_data["reference"])
        except ReferenceNotUnderstood as problem:
            raise forms.ValidationError(str(problem)) from problem
        case = request_known_as(wanted, self.user)
        if case is None:
            raise forms.ValidationError(f"There is no request {wanted}. Check the number and the year.")
        if not case.items.exists():
            raise forms.ValidationError(
                f"{case.reference} has no items yet. Split the request into items first."
            )
        return case

    @property
    def force_chosen(self) -> CountedForce | None:
        """Whose figures; None for all forces together."""
        return self.by_key.get(self.cleaned_data["force"])

    @property
    def is_apart(self) -> bool:
        return bool(self.cleaned_data["how"] == APART)


class PlacementForm(CaseForm):
    """The item and the label of every period. `suggested` are the rows to begin with."""

    def __init__(
        self,
        *args: Any,
        definition: Definition,
        items: Sequence[AskedItem],
        suggested: Sequence[PlannedRow | None],
        has_figures: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(item.key), f"Item {item.label}: {item.text[:80]}") for item in items]
        measured = [period for period in definition.counted if period.counted]
        self.places = [place for place, period in enumerate(definition.counted) if period.counted]
        self.length = len(definition.counted)
        for place, period in zip(self.places, measured, strict=True):
            row, name = suggested[place], period.counted or period.asked
            self.fields[f"item_{place}"] = forms.ChoiceField(
                label=f"Item answered by {name.dates}",
                choices=[*choices, (LEAVE_OUT, "Leave this period out")],
                initial=str(row.item) if row else LEAVE_OUT,
                required=False,
            )
            self.fields[f"label_{place}"] = OneLineField(
                label=f"Label of {name.dates}",
                max_length=LONGEST_LABEL,
                initial=row.label if row else name.label[:LONGEST_LABEL],
                required=False,
                help_text="As the question has it." if place == self.places[0] else "",
            )
        if has_figures:
            self.fields["replacing"] = forms.BooleanField(
                label="Put them in place of the figures these items have already", required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in self.places:
            if cleaned.get(f"item_{place}") and not cleaned.get(f"label_{place}", " "):
                self.add_error(
                    f"label_{place}", "Enter a label: the question's own, or the name of the period"
                )
        return cleaned

    def rows(self) -> tuple[PlannedRow | None, ...]:
        """Return the row of each period; None where it is left out or not measured."""
        chosen: list[PlannedRow | None] = [None] * self.length
        for place in self.places:
            if item := self.cleaned_data.get(f"item_{place}"):
                chosen[place] = PlannedRow(int(item), self.cleaned_data[f"label_{place}"])
        return tuple(chosen)
