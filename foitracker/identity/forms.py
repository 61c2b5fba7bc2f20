"""Forms whose words must not identify the applicant."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, ClassVar

from crispy_forms_gds.layout import HTML, Field
from django import forms
from django.http import QueryDict

from foitracker.identity.operations import (
    masking_problem,
    officers_masked,
    officers_named,
    officers_problem,
    own_words_problem,
)
from foitracker.identity.traces import (
    CERTAIN,
    UNSHOWN,
    IdentityTrace,
    find_identity_traces,
    find_traces_of,
    mask,
    masked,
)
from foitracker.pages.forms.form import CaseForm
from foitracker.pages.forms.rows import Row, RowSet

CONFIRMATION = "not_the_applicant"


class IdentityCheckedForm(CaseForm):
    """A form that points out what in `identity_fields` may tell who asks, and asks to mask or to confirm it.

    The button that masks stands under the words in which something was found; the box to confirm is there
    only where it may stay. `identity_row_fields` are fields of the rows of a RowsForm. `known_identity` are
    details of an applicant of our own, which may not stay.
    """

    identity_fields: ClassVar[tuple[str, ...]] = ()
    identity_row_fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, known_identity: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_identity = tuple(known_identity)
        self.identity_traces: list[IdentityTrace] = []

    @property
    def identity_confirmed(self) -> bool:
        """Whether an officer confirmed that what was found does not identify the applicant.

        For the operation's argument.
        """
        return is_confirmed(self)

    @property
    def identity_found(self) -> bool:
        """Whether there is something to mask."""
        return bool(self.identity_traces)

    @property
    def recognised(self) -> int:
        """How many of the traces were found by comparing with what we know of our own applicant."""
        return sum(trace.kind in UNSHOWN for trace in self.identity_traces)

    def clean(self) -> dict[str, Any]:
        super().clean()
        told: list[str] = []
        for form, name, place in self._checked_fields():
            traces = find_identity_traces(str(form.cleaned_data.get(name) or ""), self.known_identity)
            self.identity_traces += traces
            told += [name] if traces and form is self else []
            if problem := masking_problem(traces, confirmed=self.identity_confirmed):
                form.add_error(name, place + problem)
        if self.identity_traces:
            may_stay = any(trace.kind not in CERTAIN for trace in self.identity_traces)
            offer_masking(self, [*self.identity_fields, *told], may_stay=may_stay)
        return self.cleaned_data

    def is_valid(self) -> bool:
        return super().is_valid() and not any(row.errors for row in self._rows())

    def _rows(self) -> list[Row]:
        """The rows of a RowsForm; none in other forms."""
        row_set: RowSet | None = getattr(self, "rows", None)
        return row_set.forms if row_set is not None else []

    def _checked_fields(self) -> Iterator[tuple[forms.Form, str, str]]:
        """Every form and field to check, and what its messages begin with, because the summary lists them all."""
        yield from ((self, name, "") for name in self.identity_fields if name in self.cleaned_data)
        row_set: RowSet | None = getattr(self, "rows", None)
        if row_set is None:
            return
        row_set.is_valid()  # so that its own messages are complete before ours come to them
        for number, row in enumerate(row_set.forms, start=1):
            if row.is_blank or row.cleaned_data.get("remove"):
                continue
            found = [name for name in self.identity_row_fields if name in row.cleaned_data]
            yield from ((row, name, f"{row_set.row_word} {number}: ") for name in found)

    def masked_data(self, data: QueryDict) -> QueryDict:
        """Return the submitted data with everything that would be pointed out masked."""
        changed = data.copy()
        names = [self.add_prefix(name) for name in self.identity_fields]
        for row in self._rows():
            names += [row.add_prefix(name) for name in self.identity_row_fields]
        for name in names:
            if sent := changed.get(name):
                changed[name] = masked(sent.replace("\r\n", "\n"), self.known_identity)
        changed.pop(self.add_prefix(CONFIRMATION), None)
        return changed


class PublishedForm(IdentityCheckedForm):
    """A form whose `identity_fields` are published: they name no officer either."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in self.identity_fields:
            text = str(self.cleaned_data.get(name) or "")
            named, perhaps = officers_named(text)
            if problem := officers_problem(text, confirmed=self.identity_confirmed):
                self.add_error(name, problem)
            if (named or perhaps) and CONFIRMATION not in self.fields:
                offer_masking(self, [name], may_stay=bool(perhaps))
        if CONFIRMATION in self.fields:
            self.fields[
                CONFIRMATION
            ].label = "None of these tells who an applicant or an officer is, so they may stay"
        return self.cleaned_data

    def masked_data(self, data: QueryDict) -> QueryDict:
        changed = super().masked_data(data)
        for name in map(self.add_prefix, self.identity_fields):
            if sent := changed.get(name):
                changed[name] = officers_masked(sent)
        return changed


def is_confirmed(form: forms.Form) -> bool:
    """Return whether an officer ticked that what was found in a form does not identify the applicant."""
    return bool(form.data.get(form.add_prefix(CONFIRMATION)))


def offer_masking(form: CaseForm, places: Sequence[str], *, may_stay: bool) -> None:
    """Put the button, and the box where something may stay, under the last of the places that is laid out."""
    layout = form.helper.layout  # laid out before the box is a field, so that the box is in it once
    offer = HTML("{% include 'identity/offer.html' %}")
    if not any(_put_under(layout, name, offer) for name in reversed(places)):
        layout.insert(0, offer)
    if may_stay:
        form.fields[CONFIRMATION] = forms.BooleanField(
            label="None of these tells who the applicant is, so they may stay",
            help_text="The record will say how many were left in, and of what kind.",
            required=False,
        )


def point_out_applicant(
    form: CaseForm,
    known_identity: Sequence[str],
    *,
    leaving_out: Collection[str] = (),
    may_stay: bool = False,
) -> bool:
    """Return whether nothing we wrote in a valid form tells who our own applicant is; point out what does.

    What may be somebody else's stays once an officer ticks that it is; with `may_stay` anything does, as in a letter
    to the applicant. Fields named in `leaving_out` hold the applicant's own words, or who they are.
    """
    confirmed = is_confirmed(form)
    told: list[str] = []
    found: list[IdentityTrace] = []
    for part, name, text in typed_texts(form):
        if name in leaving_out:
            continue
        traces = find_traces_of(text, known_identity)
        found += traces
        if problem := own_words_problem(traces, confirmed=confirmed, may_stay=may_stay):
            part.add_error(name, problem)
            told += [name] if part is form else []
    if form.is_valid():
        return True
    offer_masking(form, told, may_stay=may_stay or all(trace.kind not in CERTAIN for trace in found))
    return False


def typed_texts(form: CaseForm) -> Iterator[tuple[forms.Form, str, str]]:
    """Give each free text of a valid form and of its rows: the form it stands in, its field, and what was typed."""
    rows: RowSet | None = getattr(form, "rows", None)
    for part in [form, *(rows.counting if rows is not None else ())]:
        for name, field in part.fields.items():
            text = part.cleaned_data.get(name)
            if isinstance(field, forms.CharField) and isinstance(text, str) and text:
                yield part, name, text


def with_applicant_masked(
    form: CaseForm, data: QueryDict, known_identity: Sequence[str], *, leaving_out: Collection[str] = ()
) -> QueryDict:
    """Return the submitted data with the applicant's details masked in every free text."""
    changed = data.copy()
    for part, name, _ in typed_texts(form):
        sent = changed.get(part.add_prefix(name))
        if sent and name not in leaving_out:
            text = sent.replace("\r\n", "\n")
            changed[part.add_prefix(name)] = mask(text, find_traces_of(text, known_identity))
    changed.pop(form.add_prefix(CONFIRMATION), None)
    return changed


def _put_under(layout: Any, name: str, part: HTML) -> bool:
    """Put a part of a form right under a field, however deep that is laid out; say whether the field was found."""
    for place, inside in enumerate(layout.fields):
        if isinstance(inside, Field) and name in inside.fields:
            layout.fields.insert(place + 1, part)
            return True
        if hasattr(inside, "fields") and _put_under(inside, name, part):
            return True
    return False
