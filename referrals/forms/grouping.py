"""Forms that group logs as one national request, and remove one again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms_gds.layout import HTML, Layout
from django import forms
from django.db.models import Q

from foitracker.accounts.models import User
from foitracker.pages.forms.fields import OneLineField
from foitracker.pages.forms.form import CaseForm, labelled
from referrals.models import Referral
from referrals.queries.finding import known_logs
from referrals.queries.similar import SimilarLog
from referrals.rules.similar_wording import Differences, differences
from referrals.rules.vocabulary import SCOPE_LABELS, Scope
from requests_app.rules.casework.reference import LogNumber, ReferenceNotUnderstood

#: The box that is shown once a log named by its number was doubted.
ALL_THE_SAME = "all_the_same"


@dataclass(frozen=True)
class Offered:
    """A log that asks nearly the same, the words in which it differs, and the box to tick it with.

    `reason` says why it cannot be grouped now; then it has no box.
    """

    similar: SimilarLog
    differences: Differences
    box_id: str
    is_ticked: bool
    reason: str


class GroupForm(CaseForm):
    """Which logs to group under this one: those that ask nearly the same, and any other by its number."""

    members = forms.MultipleChoiceField(
        label="Logs that ask nearly the same",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": "A log you ticked is no longer offered. Look through the list again."
        },
    )
    numbers = OneLineField(
        label="Other logs, by number",
        help_text="Such as 637/26, 640/26: logs that ask the same in other words.",
        max_length=300,
        required=False,
    )

    def __init__(
        self, *args: Any, referral: Referral, similar: Sequence[SimilarLog], user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.referral, self.similar, self.user = referral, similar, user
        self.fields["members"].choices = [  # type: ignore[attr-defined]
            (str(one.case.pk), one.case.log_number) for one in similar if not why_not_offered(one.case)
        ]
        helper = self.helper
        helper.layout = Layout(
            HTML('{% include "referrals/grouping/offered.html" %}'),
            labelled("numbers", self.fields["numbers"]),
        )
        if self.all_the_same:  # ticked before; another refusal does not untick it
            self.offer_all_the_same()

    def offer_all_the_same(self) -> None:
        """Show the box that groups a log despite the doubt raised about it."""
        layout = self.helper.layout  # laid out before the box is a field, so that the box is in it once
        self.fields[ALL_THE_SAME] = forms.BooleanField(label="Group it all the same", required=False)
        layout.append(labelled(ALL_THE_SAME, self.fields[ALL_THE_SAME]))

    @property
    def all_the_same(self) -> bool:
        return bool(self.data.get(self.add_prefix(ALL_THE_SAME)))

    @property
    def offered(self) -> Iterator[Offered]:
        """The similar logs, the most alike first, with what each differs in."""
        ticked = set(self["members"].value() or ())
        boxes = 0
        for one in self.similar:
            reason = why_not_offered(one.case)
            boxes += not reason
            yield Offered(
                one,
                differences(one.our_words, one.their_words),
                box_id="" if reason else f"{self['members'].auto_id}_{boxes}",
                is_ticked=str(one.case.pk) in ticked,
                reason=reason,
            )

    def clean_numbers(self) -> list[int]:
        """Return the keys of the logs whose numbers were typed, in any form."""
        typed = [part for part in self.cleaned_data["numbers"].replace(";", ",").split(",") if part.strip()]
        try:
            numbers = [LogNumber.parse(part) for part in typed]
        except ReferenceNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error
        wanted = Q(pk__in=[])
        for number in numbers:
            wanted |= Q(year=number.year, number=number.number)
        found = dict(known_logs(self.user).filter(wanted).values_list("log_number", "pk"))
        missing = [str(number) for number in numbers if str(number) not in found]
        if missing:
            raise forms.ValidationError(f"There is no log {missing[0]}. Check the number.")
        if self.referral.pk in found.values():
            raise forms.ValidationError("This log itself is among the numbers. Leave it out.")
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.member_ids():
            self.add_error("members", "Tick at least one log, or enter its number.")
        return cleaned

    def member_ids(self) -> set[int]:
        """Return what was ticked and typed, each log once."""
        return self._ticked() | set(self.cleaned_data["numbers"])

    def by_number(self) -> set[int]:
        """Return what was typed and not ticked."""
        return set(self.cleaned_data["numbers"]) - self._ticked()

    def _ticked(self) -> set[int]:
        return {int(pk) for pk in self.cleaned_data["members"]}


def why_not_offered(case: Referral) -> str:
    """Return why a similar log cannot be ticked; empty where it can."""
    if case.is_closed:
        return "It is closed. Its advice may still serve; to group it, reopen it first."
    if case.national_log is not None:
        return f"It is grouped under log {case.national_log}. Open that one and group this log there."
    return ""


class UngroupForm(CaseForm):
    """What a log is by itself, once it is out of its group."""

    scope = forms.ChoiceField(
        label="What it is by itself",
        choices=[(scope.value, SCOPE_LABELS[scope]) for scope in Scope],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the log is by itself."},
    )
