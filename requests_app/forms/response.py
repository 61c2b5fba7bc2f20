"""Forms of the response stage: a letter's own words, its return, its issue and its correction."""

from collections.abc import Sequence
from typing import Any

from django import forms

from foitracker.pages.forms.fields import WordsField
from foitracker.pages.forms.form import CaseForm
from requests_app.letters.kind import SHARED_FIELDS, LetterField, LetterKind
from requests_app.models import Despatch, ReturnReason
from requests_app.operations.issue import Lateness
from requests_app.operations.response import LetterText
from requests_app.rules.casework.lateness import LATE_REASON_LABELS, LATE_STEP_LABELS, LateReason, LateStep
from requests_app.rules.letters.facts import ReferenceDifference


class LetterForm(CaseForm):
    """The officer's own words in a letter. Everything else in it comes from the case.

    `kinds` are those that can be chosen here: one notice, or every answer. `differences` are the references asked for
    and not answered, or the reverse; each can be explained. `corrects` says that the letter corrects an issued one.
    """

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[LetterKind],
        differences: Sequence[ReferenceDifference] = (),
        corrects: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind.code: kind for kind in kinds}
        if len(kinds) > 1:
            self.fields["kind"] = _kind_field(kinds)
        if corrects:
            self.fields["correction"] = WordsField(
                label="What was wrong in the letter this one corrects",
                required=False,
                rows=3,
                help_text="Printed at the head of the corrected letter.",
            )
        self.fields |= {field.name: _words_field(field) for kind in kinds for field in kind.fields}
        self.explanation_names: dict[str, str] = {}
        for number, difference in enumerate(differences):
            name = f"explanation_{number}"
            self.explanation_names[name] = difference.key
            self.fields[name] = _explanation_field(difference)

    def kind(self) -> LetterKind:
        """Return the kind that was chosen, or the only one there is."""
        only = next(iter(self.kinds))
        return self.kinds[self.cleaned_data.get("kind", only)]

    def letter_text(self) -> LetterText:
        """Return what was typed, as the operation takes it. What the chosen kind has no field for is left out."""
        data = self.cleaned_data
        typed = {field.name: data[field.name] for field in self.kind().fields}
        return LetterText(
            **{name: typed.pop(name, "") for name in SHARED_FIELDS},
            own=typed,
            correction=data.get("correction", ""),
            difference_explanations={key: data[name] for name, key in self.explanation_names.items()},
        )


def _kind_field(kinds: Sequence[LetterKind]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Kind of letter",
        choices=[(kind.code, kind.label) for kind in kinds],
        help_text="Suggested from what was decided on the items.",
    )


def _words_field(field: LetterField) -> WordsField:
    return WordsField(
        label=field.label,
        required=False,
        rows=field.rows,
        max_length=field.max_length,
        help_text=field.hint,
    )


def _explanation_field(difference: ReferenceDifference) -> forms.CharField:
    return forms.CharField(
        label=f"Explain {difference.reference}: {difference.detail}",
        required=False,
        max_length=1_000,
        initial=difference.explanation,
        help_text="Only if the difference is right as it stands; otherwise mend the answer above.",
    )


class ReturnForm(CaseForm):
    reason = WordsField(
        label="What has to change",
        rows=4,
        help_text="The officer reads it on the request and on the letter.",
        error_messages={"required": "Say what has to change."},
    )


class AbandonForm(CaseForm):
    reason = WordsField(label="Why the issued letter stands", rows=3)


class CorrectionForm(CaseForm):
    correction = WordsField(
        label="What was wrong",
        rows=4,
        help_text="The corrected letter will say this to the applicant. The issued one stays on the file.",
    )


class IssueForm(CaseForm):
    despatch = forms.ChoiceField(
        label="How it is sent",
        choices=Despatch.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the letter is sent."},
    )

    late_reason = forms.ChoiceField(
        label="Why the answer is late",
        choices=[(reason.value, label) for reason, label in LATE_REASON_LABELS.items()],
        widget=forms.RadioSelect,
        help_text="The limit has passed. The figures of the team are counted from this; the applicant is not told.",
        error_messages={"required": "Choose why the answer is late."},
    )
    late_step = forms.ChoiceField(
        label="Where the time was lost",
        choices=[(step.value, label) for step, label in LATE_STEP_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the step at which the time was lost."},
    )

    def __init__(self, *args: Any, ways: Sequence[Despatch], is_late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_late:
            del self.fields["late_reason"], self.fields["late_step"]
        self.fields["despatch"].choices = [(way.value, way.label) for way in ways]  # type: ignore[attr-defined]

    def lateness(self) -> Lateness | None:
        """Return why the answer is late and where the time was lost; None when that was not asked."""
        reason, step = self.cleaned_data.get("late_reason"), self.cleaned_data.get("late_step")
        return Lateness(LateReason(reason), LateStep(step)) if reason and step else None


class ReturnedForm(CaseForm):
    reason = forms.ChoiceField(
        label="Why it came back",
        choices=ReturnReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it came back."},
    )
