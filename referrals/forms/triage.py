"""Forms of triage: weigh a log against the criteria, assign it, close it, reopen it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import HTML, Layout
from django import forms

from foitracker.accounts.models import User
from foitracker.identity.forms import IdentityCheckedForm
from foitracker.pages.forms.fields import OneLineField, WordsField
from foitracker.pages.forms.form import CaseForm, labelled
from foitracker.pages.forms.rows import dress
from referrals.forms.intake import keep_topic
from referrals.models import Criterion, Referral
from referrals.queries.advisers import advisers
from referrals.queries.choices import topics_in_use
from referrals.queries.criteria_to_weigh import criteria_now, suggested_for
from referrals.queries.unit import unit
from referrals.rules.vocabulary import FLAG_LABELS, PRIORITY_LABELS, Flag, ReferralPriority
from referrals.rules.workflow import CLOSING_LABELS, Closing

_APPLIES, _SET_ASIDE = "applies", "set_aside"
_DECISIONS = [(_APPLIES, "Applies"), (_SET_ASIDE, "Does not apply")]


def adviser_field(**arguments: Any) -> "forms.ModelChoiceField[User]":
    """Return a field for someone who can be given a log."""
    return forms.ModelChoiceField(queryset=advisers(), **arguments)


@dataclass(frozen=True)
class Weighed:
    """A criterion that is suggested, or was decided before, with why and the boxes to decide it with."""

    criterion: Criterion
    why: str
    decision: forms.BoundField
    reason: forms.BoundField


class TriageForm(IdentityCheckedForm):
    """How urgent a log is, and which criteria apply. What is suggested has to be decided one way or the other."""

    identity_fields: ClassVar[tuple[str, ...]] = ("reason",)

    priority = forms.ChoiceField(
        label="Priority",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a priority."},
    )
    reason = OneLineField(
        label="Reason for the priority",
        max_length=300,
        error_messages={"required": "Say why it has this priority."},
    )
    topic = forms.TypedChoiceField(label="Topic", coerce=int, empty_value=None, required=False)
    flags = forms.MultipleChoiceField(
        label="What is known about it",
        choices=[(flag.value, FLAG_LABELS[flag]) for flag in Flag],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.TypedMultipleChoiceField(
        label="Other criteria that apply", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    adviser = adviser_field(label="Adviser", required=False, empty_label="Unassigned")

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic: Any = self.fields["topic"]
        topic.choices = [("", "Not chosen yet"), *topics_in_use()]
        keep_topic(topic, referral)
        self._offer_priorities()
        self._weigh(referral)
        self.helper.layout = self._laid_out()

    def _offer_priorities(self) -> None:
        days = unit().ageing_after_days
        hints = {
            ReferralPriority.HIGH: "Right after what is overdue.",
            ReferralPriority.MEDIUM: "After what is high, by the day advice is due.",
            ReferralPriority.LOW: "It does not disappear: the day advice is due by stays, and after "
            f"{days} working days without advice it is shown as ageing.",
        }
        priority: Any = self.fields["priority"]
        priority.choices = [Choice(p.value, PRIORITY_LABELS[p], hint=hints[p]) for p in ReferralPriority]

    def _weigh(self, referral: Referral) -> None:
        """Make the boxes for what is suggested or was decided; the rest is in one list."""
        decided = {one.criterion_id: one for one in referral.criterion_decisions.select_related("criterion")}
        flags = self["flags"].value() if self.is_bound else referral.flags
        suggested = suggested_for(referral, flags or [])
        in_force = criteria_now()
        ended = [one.criterion for one in decided.values() if one.criterion.ended_at]
        self.to_weigh = [one for one in [*in_force, *ended] if one.pk in suggested or one.pk in decided]
        self.identity_fields = ("reason", *(f"why_{one.pk}" for one in self.to_weigh))  # type: ignore[misc]
        self.why = suggested
        for criterion in self.to_weigh:
            before = decided.get(criterion.pk)
            self._add_decision(criterion, before.applies if before else None, before.reason if before else "")
        weighed = {one.pk for one in self.to_weigh}
        others: Any = self.fields["others"]
        others.choices = [(one.pk, one.title) for one in in_force if one.pk not in weighed]

    def _add_decision(self, criterion: Criterion, applies: bool | None, reason: str) -> None:
        decision = {True: _APPLIES, False: _SET_ASIDE, None: None}[applies]
        self.fields[f"decision_{criterion.pk}"] = forms.ChoiceField(
            label=criterion.title,
            choices=_DECISIONS,
            widget=forms.RadioSelect,
            initial=decision,
            error_messages={"required": f"{criterion.title}: choose whether it applies."},
        )
        why = OneLineField(
            label="Why it does not apply",
            required=False,
            max_length=300,
            initial=reason,
        )
        dress(why)
        self.fields[f"why_{criterion.pk}"] = why

    def _laid_out(self) -> Layout:
        return Layout(
            "seen_version",
            labelled("priority", self.fields["priority"]),
            *(labelled(name, self.fields[name]) for name in ("reason", "flags", "topic")),
            HTML("{% include 'referrals/triage/criteria.html' %}"),
            *(
                labelled(name, self.fields[name])
                for name in ("others", "adviser")
                if name != "others" or self.fields["others"].choices  # type: ignore[attr-defined]
            ),
        )

    @property
    def weighed(self) -> Iterator[Weighed]:
        """What has to be decided, each with its boxes."""
        for one in self.to_weigh:
            yield Weighed(one, self.why.get(one.pk, ""), self[f"decision_{one.pk}"], self[f"why_{one.pk}"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        for one in self.to_weigh:
            chosen = self.cleaned_data.get(f"decision_{one.pk}")
            if chosen == _SET_ASIDE and not self.cleaned_data.get(f"why_{one.pk}"):
                self.add_error(f"why_{one.pk}", f"{one.title}: say why it does not apply.")
        return self.cleaned_data

    def applies(self) -> list[int]:
        """Return the criteria that apply."""
        return [
            *self.cleaned_data["others"],
            *(one.pk for one in self.to_weigh if self._chose(one, _APPLIES)),
        ]

    def set_aside(self) -> dict[int, str]:
        """Return the criteria that do not apply, each with why."""
        return {
            one.pk: self.cleaned_data[f"why_{one.pk}"]
            for one in self.to_weigh
            if self._chose(one, _SET_ASIDE)
        }

    def _chose(self, criterion: Criterion, decision: str) -> bool:
        return bool(self.cleaned_data[f"decision_{criterion.pk}"] == decision)


class AssignReferralForm(CaseForm):
    """Assign a log to an adviser."""

    adviser = adviser_field(
        label="Adviser", empty_label="Choose", error_messages={"required": "Choose an adviser."}
    )


class CloseReferralForm(IdentityCheckedForm):
    """Why a log is closed."""

    identity_fields: ClassVar[tuple[str, ...]] = ("reason",)

    closing = forms.ChoiceField(
        label="Why it is closed",
        choices=[(closing.value, CLOSING_LABELS[closing]) for closing in Closing],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why the log is closed."},
    )
    reason = WordsField(
        label="Reason",
        help_text="Needed unless advice was given.",
        rows=3,
        required=False,
        max_length=2000,
    )


class ReopenReferralForm(IdentityCheckedForm):
    """Why a log is opened again."""

    identity_fields: ClassVar[tuple[str, ...]] = ("reason",)

    reason = WordsField(
        label="Reason",
        help_text="Kept on the log's timeline.",
        rows=3,
        max_length=2000,
        error_messages={"required": "Say why the log is reopened."},
    )
