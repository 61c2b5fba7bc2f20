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

    What was found is listed once; sent again, it is masked in the copy but for what was ticked. Words that changed
    meanwhile are asked about anew.
    """

    traces_seen = forms.CharField(required=False, widget=forms.HiddenInput)
    left_in = _Ticks(
        label="Leave as it is",
        help_text="Everything listed is masked in the copy that people work with. Tick only what the request cannot be "
        "understood without.",
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
            f"{counted(len(self.found), 'place')} may tell who asks. What you entered is sealed as it came; the copy "
            "that people work with has asterisks there. Look at the list under the words, then send the form again.",
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
        help_text="One name or address a line, as it stands in the text. It is masked in the applicant's words, in the "
        "items and in every text of the request.",
        error_messages={"required": "Enter what is to be masked."},
    )

    def lines(self) -> list[str]:
        """Return what is to be masked."""
        return self.cleaned_data["phrases"].splitlines()  # type: ignore[no-any-return]


class LeaveInForm(CaseForm):
    """Say why the details that were found may stay."""

    reason = WordsField(
        label="Why they may stay",
        rows=3,
        max_length=500,
        help_text="Do not name the applicant.",
        error_messages={"required": "Say why they may stay."},
    )


class LiftForm(CaseForm):
    """Choose what is to be shown again."""

    maskings = forms.TypedMultipleChoiceField(
        label="Show again in the copy",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what is to be shown again."},
    )

    def __init__(self, *args: Any, maskings: Sequence[tuple[Masking, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["maskings"])
        field.choices = [(str(one.pk), shown) for one, shown in maskings]
