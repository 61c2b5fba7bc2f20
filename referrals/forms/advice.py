"""Forms of advice: its words, whom it goes to, and what became of it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from crispy_forms_gds.choices import Choice
from django import forms

from foitracker.identity.forms import IdentityCheckedForm
from foitracker.pages.forms.fields import DayField, WordsField
from foitracker.pages.forms.form import CaseForm
from referrals.forms.named_forces import NamesForcesForm
from referrals.queries.circulation import Concerned
from referrals.rules.vocabulary import (
    FORCE_OUTCOME_LABELS,
    MARKING_LABELS,
    UPTAKE_LABELS,
    ForceOutcome,
    Marking,
    Uptake,
)

_MARKING_HINTS = {
    Marking.OFFICIAL: "The usual marking. It does not decide whether anything is exempt.",
    Marking.OFFICIAL_SENSITIVE: "Need to know only. Nothing marked SECRET or above may be entered.",
}


class AdviceForm(NamesForcesForm):
    """What the forces are advised. Exemptions are typed as officers write them; the operation reads them."""

    identity_fields: ClassVar[tuple[str, ...]] = ("text",)

    text = WordsField(
        label="Advice",
        rows=14,
        max_length=100_000,
        help_text="Every force concerned gets these words. Name no applicant, and no other force's reference.",
        error_messages={"required": "Enter the advice."},
    )
    exemptions = WordsField(
        label="Exemptions suggested",
        rows=2,
        max_length=1000,
        required=False,
        help_text="As you would write them: s31(1)(a)(b), 40(2)+(3A)(a). Leave empty for none.",
    )
    marking = forms.ChoiceField(
        label="Marking",
        widget=forms.RadioSelect,
        choices=[Choice(m.value, MARKING_LABELS[m], hint=_MARKING_HINTS[m]) for m in Marking],
        initial=Marking.OFFICIAL.value,
        error_messages={"required": "Choose the marking."},
    )

    def entered(self) -> dict[str, Any]:
        """Return the advice as the operations take it."""
        typed = self.cleaned_data["exemptions"].strip()
        return {
            "text": self.cleaned_data["text"],
            "exemptions": [typed] if typed else [],
            "marking": Marking(self.cleaned_data["marking"]),
            "identity_confirmed": self.identity_confirmed,
        }


class CirculateForm(CaseForm):
    """Which of the forces that have not been told are told now; all of them unless some are left out."""

    forces = forms.TypedMultipleChoiceField(
        label="Tell these forces",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one force.",
            "invalid_choice": "A force you chose has been told meanwhile, or is not concerned. Choose again.",
        },
    )

    def __init__(self, *args: Any, owed: Sequence[Concerned], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forces: Any = self.fields["forces"]
        forces.choices = [
            Choice(one.involved.pk, one.involved.force.name, hint=self._hint(one)) for one in owed
        ]
        if not self.is_bound:
            self.initial.setdefault("forces", [one.involved.pk for one in owed])

    @staticmethod
    def _hint(one: Concerned) -> str:
        how = "No mailbox is recorded: tell it yourself"
        if one.is_ourselves:
            how = "Our own authority: it reads the advice on its casefile"
        elif one.mailbox:
            how = f"E-mail to {one.mailbox}"
        return f"Log {one.involved.referral.log_number}. {how}."


class UptakeForm(IdentityCheckedForm):
    """What a force did with advice."""

    identity_fields: ClassVar[tuple[str, ...]] = ("reason",)

    uptake = forms.ChoiceField(
        label="What the force did with the advice",
        widget=forms.RadioSelect,
        choices=[(u.value, UPTAKE_LABELS[u]) for u in Uptake],
        error_messages={"required": "Choose what the force did with the advice."},
    )
    reason = WordsField(
        label="Why",
        rows=4,
        required=False,
        max_length=2_000,
        help_text="Needed where the advice was not adopted as it was. At most 2,000 characters.",
    )


class OwnUptakeForm(UptakeForm):
    """What we do ourselves with advice on a request of our own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uptake"].label = "What we do with the advice"


class OutcomeForm(CaseForm):
    """How a force answered the request in the end, and when."""

    NOT_YET = "none"

    outcome = forms.ChoiceField(
        label="How the force answered",
        widget=forms.RadioSelect,
        choices=[
            *((o.value, FORCE_OUTCOME_LABELS[o]) for o in ForceOutcome),
            (NOT_YET, "It has not answered yet"),
        ],
        error_messages={"required": "Choose how the force answered."},
    )
    on = DayField(label="Date of its answer", required=False)
