"""“When is it due?”: the facts of a request that need not exist, read from the address of the page.

Everything is in the query string, so that a result can be bookmarked, shared and printed; so nothing is asked
that could name a person.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field as LayoutField
from crispy_forms_gds.layout import Layout, Size
from django import forms

from foitracker.pages.forms.fields import DayBox, OneLineField
from foitracker.pages.forms.rows import dress
from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.event_json import parse_events
from requests_app.rules.clock.events import REMARK, ClockEvent, EventKind, Field, FieldType
from requests_app.rules.clock.kinds.table import KINDS
from requests_app.rules.clock.kinds.whole_request import DEEMED_NEXT_WORKING_DAY, POLICY, REGIME
from requests_app.rules.clock.law import REGIME_NAMES, Regime
from requests_app.rules.clock.particulars import check_provision
from requests_app.rules.exemptions.catalogue import Catalogue

#: No address has more events; further ones are not read.
MOST_EVENTS = 40
#: Marks an address of a form that is still being filled in: nothing is checked or worked out yet.
EDITING = "edit"
AS_THE_ACT_SAYS = "act"
_EXAMPLE = "For example, 25/4/2025"
_REASON_RECORDED = "the reason is recorded on the case"
_READING = POLICY.json_fields["value"]

#: What a person can add, by code. The rest is asked for once, or is words only.
OFFERED: dict[str, EventKind] = {code: kind for code, kind in KINDS.items() if kind.has_law}


def event_choices() -> list[tuple[str, str]]:
    """Return the kinds of event a person can add, with the law of each."""
    return [
        ("", "Choose what happened"),
        *((code, f"{kind.label} ({kind.law.cited_under_either()})") for code, kind in OFFERED.items()),
    ]


class DueForm(forms.Form):
    """Receipt, the law, the reading of arrival on a weekend, and the day the clock is read on."""

    error_css_class = "govuk-form-group--error"

    received = DayBox(label="Received", missing="Enter the day the authority received the request")
    on = DayBox(label="As at", required=False)
    regime = forms.ChoiceField(
        label="Law",
        choices=list(REGIME_NAMES.items()),
        widget=forms.RadioSelect,
        initial=Regime.FOIA.value,
        error_messages={"invalid_choice": "Choose the law the request is answered under"},
    )
    reading = forms.ChoiceField(
        label=_READING.label,
        choices=[
            (AS_THE_ACT_SAYS, "Received that day, as the Act says (s.10(6))"),
            *_READING.choices.items(),
        ],
        widget=forms.RadioSelect,
        initial=AS_THE_ACT_SAYS,
        error_messages={"invalid_choice": "Choose one of the two readings"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received"].help_text = f"The day it reached the authority. {_EXAMPLE}"
        self.fields["on"].help_text = "The day for which days left are told; today when it is empty."
        self.helper = FormHelper()
        self.helper.layout = Layout(
            LayoutField.text("received", label_size=Size.SMALL, field_width=10),
            LayoutField.radios("regime", legend_size=Size.SMALL, small=True),
            LayoutField.radios("reading", legend_size=Size.SMALL, small=True),
            LayoutField.text("on", label_size=Size.SMALL, field_width=10),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        received, on = data.get("received"), data.get("on")
        if received and on and on < received:
            self.add_error("on", "The clock cannot be read before the request was received")
        return data

    def full_clean(self) -> None:
        """Check the form; what is left out of the address gets its usual value."""
        if self.is_bound:
            self.data = {**_usual(), **self.data}
        super().full_clean()


class EventForm(forms.Form):
    """One event: the fields its kind declares for JSON, under the names they have there."""

    error_css_class = "govuk-form-group--error"

    def __init__(self, kind: EventKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.label = kind, kind.label
        for name, field in kind.json_fields.items():
            if field is not REMARK:
                self.fields[name] = _BOXES[field.type](field, self.label)
                dress(self.fields[name])

    def as_json(self) -> dict[str, Any]:
        """Return the valid event as `parse_events` reads it."""
        found: dict[str, Any] = {"type": self.kind.code}
        for name, field in self.kind.json_fields.items():
            value = self.cleaned_data.get(name)
            if field.type is FieldType.UNLESS_TICKED:
                found |= {name: False} if value else {}
            elif field.type is FieldType.PROSE:
                found |= {name: _REASON_RECORDED} if value else {}
            elif isinstance(value, date):
                found[name] = value.isoformat()
            elif value or field.nullable:
                found[name] = value or None
        return found


def _day(field: Field, event: str) -> forms.Field:
    required = field.required and not field.nullable
    return DayBox(
        label=field.label if required else f"{field.label} (if there is one)",
        missing=f"{event}: enter the date",
        invalid=f"{event}: enter a real date, such as 31/3/2025",
        required=required,
    )


def _unless_ticked(field: Field, event: str) -> forms.Field:
    return forms.BooleanField(label=field.label, required=False)


def _exemption(field: Field, event: str) -> forms.Field:
    return OneLineField(label=f"{field.label}, such as s.31(1)(a)", max_length=field.longest, required=False)


def _prose(field: Field, event: str) -> forms.Field:
    return forms.BooleanField(label=f"The {field.label.lower()} is recorded", required=False)


#: The box for each type of field. Prose is only ticked off: an address is no place for it.
_BOXES: Mapping[FieldType, Callable[[Field, str], forms.Field]] = {
    FieldType.DAY: _day,
    FieldType.UNLESS_TICKED: _unless_ticked,
    FieldType.EXEMPTION: _exemption,
    FieldType.PROSE: _prose,
}


@dataclass(frozen=True)
class DueFacts:
    """Valid facts: what the clock is read from. `on` is None for today."""

    received: date
    on: date | None
    regime: Regime
    deemed_next_working_day: bool
    events: tuple[ClockEvent, ...]

    @property
    def all_events(self) -> tuple[ClockEvent, ...]:
        """The events with the law they are read under."""
        return (ClockEvent(REGIME, value=self.regime), *self.events)


class DueQuestion:
    """The whole question: the form and its events, made from a query string.

    `asked` is False while the form is empty or still being filled in: then nothing is checked.
    """

    def __init__(self, query: Mapping[str, str], catalogue: Catalogue) -> None:
        self.query, self.catalogue = canonical(query), catalogue
        self.asked = bool(self.query) and EDITING not in self.query
        data = self.query if self.asked else None
        self.form = DueForm(data, initial={**_usual(), **self.query}, auto_id="id_%s")
        self.events = [
            EventForm(kind, data, initial=_typed(self.query, number), prefix=f"e-{number}")
            for number, kind in event_kinds(self.query)
        ]

    def facts(self) -> DueFacts | None:
        """Return the facts when all of them are valid; otherwise None, and the forms say why not."""
        valid = [form.is_valid() for form in (self.form, *self.events)]
        for form in self.events:
            self._check_provision(form)
        if not all(valid) or any(form.errors for form in self.events):
            return None
        data = self.form.cleaned_data
        return DueFacts(
            received=data["received"],
            on=data["on"],
            regime=Regime(data["regime"]),
            deemed_next_working_day=data["reading"] == DEEMED_NEXT_WORKING_DAY,
            events=parse_events([form.as_json() for form in self.events]),
        )

    def _check_provision(self, form: EventForm) -> None:
        if provision := form.cleaned_data.get("provision"):
            try:
                check_provision(provision, self.catalogue)
            except ClockOrderError as error:
                form.add_error("provision", str(error))


def _usual() -> dict[str, str]:
    return {"regime": Regime.FOIA.value, "reading": AS_THE_ACT_SAYS}


def _typed(query: Mapping[str, str], number: int) -> dict[str, str]:
    start = f"e-{number}-"
    return {name.removeprefix(start): value for name, value in query.items() if name.startswith(start)}


def event_kinds(query: Mapping[str, str]) -> Iterator[tuple[int, EventKind]]:
    """Return the events of a query string: their number and kind, unknown kinds left out."""
    for number in range(MOST_EVENTS):
        kind = query.get(f"e-{number}-type", "")
        if kind in OFFERED:
            yield number, OFFERED[kind]


def canonical(query: Mapping[str, str]) -> dict[str, str]:
    """Return the shortest query string that asks the same.

    Events are numbered from 0 on; what is empty, unknown or has its usual value is left out.
    """
    found = {
        name: query[name].strip()
        for name in ("received", "regime", "reading", "on")
        if query.get(name, "").strip() and query[name] != _usual().get(name)
    }
    for place, (number, kind) in enumerate(event_kinds(query)):
        found[f"e-{place}-type"] = kind.code
        typed = _typed(query, number)
        for name, field in kind.json_fields.items():
            if field is not REMARK and typed.get(name, "").strip():
                found[f"e-{place}-{name}"] = typed[name].strip()
    if EDITING in query:
        found[EDITING] = "1"
    return found


def with_event(query: Mapping[str, str], kind: str) -> dict[str, str]:
    """Return the query string with one more event, or as it was for an unknown kind."""
    kept = canonical({**query, EDITING: "1"})
    number = sum(1 for _ in event_kinds(kept))
    return canonical({**kept, f"e-{number}-type": kind})


def without_event(query: Mapping[str, str], number: str) -> dict[str, str]:
    """Return the query string without the event of that number."""
    left = {name: value for name, value in query.items() if not name.startswith(f"e-{number}-")}
    return canonical({**left, EDITING: "1"})
