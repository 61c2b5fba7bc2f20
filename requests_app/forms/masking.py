"""Forms that take in the applicant's words, and those that mask in their copy what tells who asks."""

import hashlib
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from foitracker.identity.traces import TRACE_LABELS, UNSHOWN, IdentityTrace, find_identity_traces
from foitracker.pages.forms.fields import WordsField
from foitracker.pages.forms.form import CaseForm
from foitracker.pages.words import counted
from requests_app.models import Masking

#: No more of what was found is listed; the rest is masked.
MOST_LISTED = 60


class _Ticks(forms.MultipleChoiceField):
    """Ticks of a list that is made only after the field was read."""

    def valid_value(self, value: str) -> bool:
        return value.isdecimal() and len(value) < 6


class TakesWordsIn(forms.Form):
    """A form that takes in the applicant's words, and asks about everything in them that may tell who asks.

    What was found is listed once. When the form is sent again it is masked, except for what was ticked. If the words
    have changed, they are asked about again.
    """

    traces_seen = forms.CharField(required=False, widget=forms.HiddenInput)
    left_in = _Ticks(
        label="Do not mask",
        help_text="Everything listed will be masked in the working copy, except what you tick. Tick only what is "
        "needed to understand the request.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    found: tuple[IdentityTrace, ...] = ()

    def ask_about_traces(self, name: str, known: Sequence[str]) -> None:
        """Look through the words in field `name`; `known` are details of the applicant. Part of `clean`."""
        self.found = find_identity_traces(str(self.cleaned_data.get(name) or ""), known)
        if not self.found:
            return
        ticks = cast(forms.MultipleChoiceField, self.fields["left_in"])
        ticks.choices = [(str(n), _in_words(one)) for n, one in enumerate(self.found[:MOST_LISTED])]
        seen = hashlib.sha256(repr(self.found).encode()).hexdigest()[:16]
        if self.data.get(self.add_prefix("traces_seen")) == seen:
            return
        self.add_error(
            name,
            f"{counted(len(self.found), 'place')} may identify the applicant. Check the list under the request, then "
            "submit again. The original is kept sealed.",
        )
        self.data = newer = cast(QueryDict, self.data).copy()
        newer[self.add_prefix("traces_seen")] = seen
        newer.setlist(self.add_prefix("left_in"), [])

    @property
    def asks_about_traces(self) -> bool:
        """Whether there is a list to tick."""
        return bool(self.found)

    @property
    def masked(self) -> list[IdentityTrace]:
        """What is masked of what was found."""
        return [one for number, one in enumerate(self.found) if str(number) not in self._ticked]

    @property
    def left(self) -> list[IdentityTrace]:
        """What stays as it is."""
        return [one for number, one in enumerate(self.found) if str(number) in self._ticked]

    @property
    def _ticked(self) -> set[str]:
        return set(self.cleaned_data.get("left_in") or ())


def _in_words(trace: IdentityTrace) -> str:
    said = " ".join(trace.found.split())
    kind = "the applicant" if trace.kind in UNSHOWN else TRACE_LABELS[trace.kind]
    return f"Line {trace.line}: “{said[:80]}{'…' if len(said) > 80 else ''}” ({kind})"


class MaskPhrasesForm(CaseForm):
    """Mask words that no rule found."""

    phrases = WordsField(
        label="What to mask",
        rows=4,
        max_length=2000,
        help_text="Put each name or address on its own line, as it appears. It will be masked in the request, its "
        "items and all other text on the case.",
        error_messages={"required": "Enter what to mask."},
    )

    def lines(self) -> list[str]:
        """Return what is to be masked."""
        return self.cleaned_data["phrases"].splitlines()  # type: ignore[no-any-return]


class LeaveInForm(CaseForm):
    """Say why the details that were found may stay."""

    reason = WordsField(
        label="Reason",
        rows=3,
        max_length=500,
        help_text="Do not name the applicant.",
        error_messages={"required": "Enter the reason for leaving these details unmasked."},
    )


class LiftForm(CaseForm):
    """Select what to unmask."""

    maskings = forms.TypedMultipleChoiceField(
        label="Select what to unmask",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what to unmask."},
    )

    def __init__(self, *args: Any, maskings: Sequence[tuple[Masking, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["maskings"])
        field.choices = [(str(one.pk), shown) for one, shown in maskings]
