"""Forms of the dated events that a clock is read from, made from the declarations of their kinds."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from crispy_forms_gds.choices import Choice
from django import forms

from foitracker.accounts.models import User
from foitracker.pages.forms.fields import DayField, OneLineField, WordsField
from foitracker.pages.forms.form import CaseForm
from requests_app.models import EFFECT_LABELS
from requests_app.operations.clock_events import ClockFact
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.events import Field, FieldType, RecordedKind


def _correction_reason() -> WordsField:
    return WordsField(
        label="What was wrong, and how you know",
        rows=3,
        max_length=2000,
        help_text="Kept beside what was recorded first. Do not name the applicant.",
        error_messages={"required": "Say what was wrong and how you know."},
    )


if TYPE_CHECKING:
    _ChoiceOfUser = forms.ModelChoiceField[User]
else:
    _ChoiceOfUser = forms.ModelChoiceField  # Django gives it no type arguments at run time


class ReviewerField(_ChoiceOfUser):
    """Someone who took no part in the decision, by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name


def _day(field: Field, **common: Any) -> forms.Field:
    return DayField(**common)


def _money(field: Field, **common: Any) -> forms.Field:
    return forms.DecimalField(
        min_value=0,
        max_digits=8,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **common,
    )


def _line(field: Field, **common: Any) -> forms.Field:
    return OneLineField(max_length=field.longest, **common)


def _prose(field: Field, **common: Any) -> forms.Field:
    return WordsField(rows=3, max_length=field.longest, **common)


def _code(field: Field, **common: Any) -> forms.Field:
    return forms.ChoiceField(widget=forms.RadioSelect, choices=list(field.choices.items()), **common)


def _person(field: Field, **common: Any) -> forms.Field:
    return ReviewerField(queryset=User.objects.none(), **common)


_BOXES: dict[FieldType, Callable[..., forms.Field]] = {
    FieldType.DAY: _day,
    FieldType.MONEY: _money,
    FieldType.EXEMPTION: _line,
    FieldType.REFERENCE: _line,
    FieldType.PROSE: _prose,
    FieldType.CODE: _code,
    FieldType.PERSON: _person,
}


def _box(field: Field) -> forms.Field:
    """The box for a field, with the words it is declared with."""
    hint = {"help_text": field.hint} if field.hint else {}
    box = _BOXES[field.type](field, label=field.label, required=bool(field.missing), **hint)
    messages = {"required": field.missing, "invalid": field.invalid}
    box.error_messages |= {code: words for code, words in messages.items() if words}
    return box


class ClockEventForm(CaseForm):
    """One dated event of a `kind`; with `correcting` it replaces an earlier one and says why."""

    def __init__(
        self,
        *args: Any,
        kind: RecordedKind,
        reviewers: Iterable[User],
        claimed: Iterable[str] = (),
        correcting: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        boxes = {field.name: _box(field) for field in kind.fields}
        if correcting:
            boxes["correction_reason"] = _correction_reason()
        self.fields = {**boxes, **self.fields}
        if "reviewer" in self.fields:
            self.fields["reviewer"].queryset = reviewers  # type: ignore[attr-defined]
        if "provision" in self.fields and (references := ", ".join(claimed)):
            self.fields["provision"].help_text += f" Claimed on this request: {references}."

    @property
    def fact(self) -> ClockFact:
        """What was entered, once it is valid."""
        values = {field.name: self.cleaned_data[field.name] for field in self.kind.fields}
        return ClockFact(kind=self.kind, **values)


class WithdrawForm(CaseForm):
    """Why something recorded is withdrawn."""

    correction_reason = _correction_reason()


class CorrectClarificationForm(CaseForm):
    """A clarification as it should have been recorded. The answer's fields are there once it has come."""

    asked_on = DayField(label="Date it was sent", required_message="Enter the date it was sent")
    question = WordsField(
        label="Question",
        rows=6,
        error_messages={"required": "Enter the question as it was put to the applicant"},
    )
    answered_on = DayField(
        label="Date the answer arrived",
        required=False,
        help_text="Empty the three boxes if no answer has come; the question is then open again.",
    )
    answer = WordsField(label="Answer", rows=6, required=False)
    effect = forms.ChoiceField(
        label="What it does to the time limit",
        widget=forms.RadioSelect,
        required=False,
        choices=[Choice(effect.value, EFFECT_LABELS[effect]) for effect in ClockEffect],
    )
    effect_reason = WordsField(label="Why", rows=3, required=False)
    correction_reason = _correction_reason()

    def __init__(self, *args: Any, answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not answered:
            for name in ("answered_on", "answer", "effect", "effect_reason"):
                del self.fields[name]
