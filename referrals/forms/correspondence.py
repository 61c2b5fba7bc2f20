"""Forms of consultation and correspondence."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from crispy_forms_gds.choices import Choice
from django import forms

from foitracker.identity.forms import IdentityCheckedForm
from foitracker.pages.forms.fields import DayField, WordsField
from foitracker.pages.words import short_date
from referrals.forms.named_forces import NamesForcesForm
from referrals.models import Consultation, Direction, PortfolioLead, ReferralForce

_FORCE, _LEAD = "force-", "lead-"


def _force_value(involved: ReferralForce) -> str:
    return f"{_FORCE}{involved.pk}"


def _lead_value(consultation: Consultation) -> str:
    return f"{_LEAD}{consultation.pk}"


def _keys(values: Collection[str], kind: str) -> list[int]:
    return [int(value.removeprefix(kind)) for value in values if value.startswith(kind)]


class ConsultForm(IdentityCheckedForm):
    """Which portfolio lead is asked, what, and until when."""

    identity_fields: ClassVar[tuple[str, ...]] = ("question",)

    lead = forms.TypedChoiceField(
        label="Portfolio lead",
        coerce=int,
        error_messages={"required": "Choose the portfolio lead."},
    )
    question = WordsField(
        label="What we ask",
        rows=6,
        help_text="The lead sees the log's number, this question and the wording. Say nothing of who asks.",
        error_messages={"required": "Enter what the lead is asked."},
    )
    reply_by = DayField(
        label="Reply by",
        required_message="Enter the day to reply by.",
        help_text="The lead's usual working days are filled in.",
    )

    def __init__(self, *args: Any, leads: Sequence[PortfolioLead], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["lead"]
        chosen.choices = [("", "Choose"), *((lead.pk, _lead_label(lead)) for lead in leads)]


def _lead_label(lead: PortfolioLead) -> str:
    return f"{lead.portfolio}: {lead.post}" + ("" if lead.email else " (no mailbox)")


class ReplyForm(IdentityCheckedForm):
    """What a portfolio lead replied."""

    identity_fields: ClassVar[tuple[str, ...]] = ("reply",)

    replied_on = DayField(label="Date of the reply", required_message="Enter the date of the reply.")
    reply = WordsField(
        label="The reply",
        rows=8,
        max_length=100_000,
        error_messages={"required": "Enter the reply."},
    )


class CorrespondenceForm(NamesForcesForm):
    """Something written about the log, with a force on it, a portfolio lead, or someone else."""

    identity_fields: ClassVar[tuple[str, ...]] = ("text",)

    direction = forms.ChoiceField(
        label="Received or sent",
        widget=forms.RadioSelect,
        choices=[(Direction.IN.value, "Received"), (Direction.OUT.value, "Sent")],
        error_messages={"required": "Choose whether it was received or sent."},
    )
    whom = forms.ChoiceField(label="With whom", required=False)
    dated_on = DayField(
        label="Day it was received or sent",
        required_message="Enter the day it was received or sent.",
    )
    asks_advice = forms.BooleanField(
        label="A force that was only consulted asks for advice itself",
        help_text="Only on a national log: the force is then counted as in contact. Its answer to us is not.",
        required=False,
    )
    text = WordsField(
        label="What it says",
        rows=10,
        max_length=100_000,
        help_text="Paste the part that matters. Mask who asks with ****.",
        error_messages={"required": "Enter what it says."},
    )

    def __init__(
        self,
        *args: Any,
        forces: Sequence[ReferralForce],
        consultations: Sequence[Consultation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        whom: Any = self.fields["whom"]
        whom.choices = [
            ("", "Somebody else"),
            *((_force_value(one), one.force.name) for one in forces),
            *((_lead_value(one), f"Portfolio lead: {one.lead.portfolio}") for one in consultations),
        ]

    def party(self) -> dict[str, Any]:
        """Return the other party, as the operation takes it."""
        whom = [self.cleaned_data["whom"]]
        return {
            "with_force_id": next(iter(_keys(whom, _FORCE)), None),
            "consultation_id": next(iter(_keys(whom, _LEAD)), None),
        }


class ChaseForm(NamesForcesForm):
    """Who is reminded, and in what words. Whoever was reminded today is not offered.

    `told_on` says when forces that have not said what they did with advice were told of it.
    """

    identity_fields: ClassVar[tuple[str, ...]] = ("text",)

    whom = forms.MultipleChoiceField(
        label="Whom to chase",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose whom to chase.",
            "invalid_choice": "Somebody you chose can no longer be chased. Choose again.",
        },
    )
    text = WordsField(
        label="What the message says",
        rows=6,
        help_text="Each gets a message of their own, with the log's number and, for a force, its own reference.",
        error_messages={"required": "Enter what the message says."},
    )

    def __init__(
        self,
        *args: Any,
        forces: Sequence[ReferralForce],
        consultations: Sequence[Consultation],
        told_on: Mapping[int, date],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        whom: Any = self.fields["whom"]
        whom.choices = [
            *(
                Choice(
                    _lead_value(one),
                    f"Portfolio lead: {one.lead.portfolio}",
                    hint=f"Reply due by {short_date(one.reply_by)}. {_how(one.lead.email)}",
                )
                for one in consultations
            ),
            *(
                Choice(
                    _force_value(one), one.force.name, hint=_owed(told_on.get(one.pk)) + _how(one.force.email)
                )
                for one in forces
            ),
        ]
        if len(whom.choices) == 1 and not self.is_bound:
            self.initial.setdefault("whom", [whom.choices[0][0]])

    def parties(self) -> dict[str, Any]:
        """Return who is chased, as the operation takes it."""
        whom = self.cleaned_data["whom"]
        return {"force_ids": _keys(whom, _FORCE), "consultation_ids": _keys(whom, _LEAD)}


def _owed(told_on: date | None) -> str:
    return f"Told of advice on {short_date(told_on)}; what it did is not known. " if told_on else ""


def _how(mailbox: str) -> str:
    return f"E-mail to {mailbox}." if mailbox else "No mailbox is recorded: remind them yourself."
