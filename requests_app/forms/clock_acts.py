"""Forms of the dated facts that move a clock; which fields each kind has, and what they are called there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crispy_forms_gds.choices import Choice
from django import forms

from foitracker.accounts.models import User
from foitracker.pages.forms.fields import DayField, OneLineField, WordsField
from foitracker.pages.forms.form import CaseForm
from requests_app.models import EFFECT_LABELS, ClockActKind, ReviewFinding
from requests_app.operations.clock_acts import ClockFact
from requests_app.rules.clock.clarification_effect import ClockEffect

Kind = ClockActKind
_NOTICE_FIELDS = ("on", "comply_by", "reference")

#: The fields of each kind, in their order.
FIELDS_OF: dict[ClockActKind, tuple[str, ...]] = {
    Kind.FEES_NOTICE: ("on", "amount"),
    Kind.FEE_RECEIVED: ("on",),
    Kind.PIT_EXTENSION: ("on", "provision", "estimate", "reason"),
    Kind.EIR_EXTENSION: ("on", "reason"),
    Kind.REVIEW_RECEIVED: ("on",),
    Kind.REVIEW_EXTENDED: ("on", "reason"),
    Kind.REVIEW_OUTCOME: ("on", "finding", "reviewer"),
    Kind.REPRESENTATIONS_RECEIVED: ("on",),
    Kind.DECISION_NOTICE: _NOTICE_FIELDS,
    Kind.INFORMATION_NOTICE: _NOTICE_FIELDS,
    Kind.ENFORCEMENT_NOTICE: _NOTICE_FIELDS,
    Kind.RELATED_REQUEST: ("on", "reference"),
}
_DAY_LABELS: dict[ClockActKind, str] = {
    Kind.FEES_NOTICE: "Date the notice was given",
    Kind.FEE_RECEIVED: "Date the fee was received",
    Kind.PIT_EXTENSION: "Date of the notice",
    Kind.EIR_EXTENSION: "Date the applicant was told",
    Kind.REVIEW_RECEIVED: "Date the request for review was received",
    Kind.REVIEW_EXTENDED: "Date the applicant was told",
    Kind.REVIEW_OUTCOME: "Date the outcome was sent",
    Kind.REPRESENTATIONS_RECEIVED: "Date the representations were received",
    Kind.RELATED_REQUEST: "Date the related request was received",
}
_REASON_HINTS: dict[ClockActKind, str] = {
    Kind.PIT_EXTENSION: "Needed when the estimate is later than the 40th working day. Do not name the applicant.",
    Kind.EIR_EXTENSION: "Why the request is both complex and voluminous (reg 7(1)). Do not name the applicant.",
    Kind.REVIEW_EXTENDED: "Why the review takes longer. Do not name the applicant.",
}


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


class ClockActForm(CaseForm):
    """One dated fact of a `kind`; with `correcting` it replaces an earlier one and says why."""

    on = DayField(label="Date of the notice", required_message="Enter the date.")
    amount = forms.DecimalField(
        label="Fee in pounds",
        help_text="As the notice states it, such as 35.00. Staff time cannot be charged.",
        min_value=0,
        max_digits=8,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": "Enter the fee, in pounds, as the notice states it.",
            "invalid": "Enter the fee as a number, such as 35.00.",
        },
    )
    provision = OneLineField(
        label="Qualified exemption",
        max_length=60,
        help_text="The one whose public interest test is not finished, such as 31(1)(a).",
        error_messages={
            "required": "Name the qualified exemption whose public interest test is not finished."
        },
    )
    estimate = DayField(
        label="Estimated date of the decision",
        required_message="Enter the date by which the notice says the decision will be reached (s.17(2)).",
    )
    reason = WordsField(
        label="Reason", rows=3, max_length=2000, error_messages={"required": "Give the reason."}
    )
    finding = forms.ChoiceField(
        label="How the review ended",
        widget=forms.RadioSelect,
        choices=ReviewFinding.choices,
        error_messages={"required": "Choose how the review ended."},
    )
    reviewer = ReviewerField(
        label="Who reviewed the answer",
        queryset=User.objects.none(),
        help_text="Only people who took no part in the decision are offered.",
        error_messages={"required": "Choose who reviewed the answer."},
    )
    comply_by = DayField(
        label="Date to comply by",
        required=False,
        help_text="Copy it from the notice; it is never worked out. Leave it empty if the notice asks for nothing.",
    )
    reference = OneLineField(
        label="Reference",
        required=False,
        max_length=40,
        help_text="The regulator's, as the notice gives it.",
    )
    correction_reason = _correction_reason()

    def __init__(
        self,
        *args: Any,
        kind: ClockActKind,
        reviewers: Iterable[User],
        claimed: Iterable[str] = (),
        correcting: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        kept = (*FIELDS_OF[kind], *(("correction_reason",) if correcting else ()), "case_version")
        self.fields = {name: self.fields[name] for name in kept}
        self.fields["on"].label = _DAY_LABELS.get(kind, "Date the notice was sent")
        if kind in _REASON_HINTS:
            self.fields["reason"].help_text = _REASON_HINTS[kind]
            self.fields["reason"].required = kind is Kind.EIR_EXTENSION
        if "reviewer" in self.fields:
            self.fields["reviewer"].queryset = reviewers  # type: ignore[attr-defined]
        if kind is Kind.RELATED_REQUEST:
            self.fields["reference"].help_text = "Of the related request, if it has one."
        if "provision" in self.fields and (refs := ", ".join(claimed)):
            self.fields["provision"].help_text += f" Claimed on this request: {refs}."

    @property
    def fact(self) -> ClockFact:
        """What was entered, once it is valid."""
        values = {name: self.cleaned_data[name] for name in FIELDS_OF[self.kind]}
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
