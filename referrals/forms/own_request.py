"""Form for referring a request of our own to the unit."""

from typing import Any, ClassVar

from django import forms

from foitracker.identity.forms import IdentityCheckedForm
from foitracker.pages.forms.fields import OneLineField, WordsField
from referrals.operations.own_request import OwnReferral
from referrals.queries.choices import criteria_in_force, topics_in_use
from referrals.rules.vocabulary import FLAG_LABELS, TRIGGER_LABELS, Flag, Trigger

#: A request of our own is not correspondence on a national case.
_TRIGGERS = (Trigger.MANDATORY, Trigger.ADVICE)


class OwnReferralForm(IdentityCheckedForm):
    """What the unit is told of the request, and why.

    Never the applicant: `known_identity` is compared with it.
    """

    identity_fields: ClassVar[tuple[str, ...]] = ("subject", "wording")

    trigger = forms.ChoiceField(
        label="Why it is referred",
        widget=forms.RadioSelect,
        choices=[(trigger.value, TRIGGER_LABELS[trigger]) for trigger in _TRIGGERS],
        error_messages={"required": "Choose why the request is referred."},
    )
    criteria = forms.MultipleChoiceField(
        label="Mandatory criteria that apply",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="A mandatory referral names at least one.",
    )
    subject = OneLineField(
        label="Subject",
        max_length=150,
        error_messages={"required": "Enter a subject of a few words."},
    )
    wording = WordsField(
        label="What is asked",
        rows=8,
        max_length=200_000,
        help_text="The applicant's words. What we know of the applicant is masked with ****; mask anything else.",
        error_messages={"required": "Enter what is asked."},
    )
    topic = forms.ChoiceField(label="Topic", required=False)
    flags = forms.MultipleChoiceField(
        label="What else is known",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(flag.value, FLAG_LABELS[flag]) for flag in Flag],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].choices = criteria_in_force()  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", "None yet"), *topics_in_use()]  # type: ignore[attr-defined]

    def referral(self) -> OwnReferral:
        """Return what was entered as the operation takes it."""
        entered = self.cleaned_data
        return OwnReferral(
            subject=entered["subject"],
            wording=entered["wording"],
            trigger=Trigger(entered["trigger"]),
            criteria=[int(pk) for pk in entered["criteria"]],
            topic_id=int(entered["topic"]) if entered["topic"] else None,
            flags=entered["flags"],
        )
