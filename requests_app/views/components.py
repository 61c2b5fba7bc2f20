"""Every component of the pages on one page, with invented data: for those who build and check the pages."""

from datetime import UTC, date, datetime
from typing import Any

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import ConditionalQuestion, ConditionalRadios, Field, Layout
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.working_days.queries import current_calendar
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import clarification
from requests_app.rules.clock.kinds.extensions import PIT_EXTENSION
from requests_app.rules.clock.kinds.response import RESPONSE_SENT
from requests_app.rules.clock.statutory_clock import ClockReading, read_clock

ARRIVED = date(2025, 3, 28)
DUE = date(2025, 4, 29)
TONES = [
    ("neutral", "dash"),
    ("info", "info"),
    ("progress", "half"),
    ("wait", "diamond"),
    ("good", "tick"),
    ("bad", "triangle"),
    ("closed", "square"),
]
# Backwards-reading and invisible characters, as someone might paste them.
AWKWARD_WORDS = (
    "Please send me:\n1. the number of applications in each of the last three years;\n"
    "2. the guidance then in force.\n\n"
    "\u0627\u0644\u0631\u062c\u0627\u0621 \u0627\u0644\u0631\u062f \u0628\u0627\u0644\u0628\u0631\u064a\u062f\n"
    "file\u202egpj.exe <b>not bold</b>"
)


class SampleForm(forms.Form):
    """One field of each kind."""

    subject = forms.CharField(label="Subject", help_text="A few words that name no person.")
    received = DateInputField(label="Date received", help_text="For example, 28 3 2025")
    regime = forms.ChoiceField(
        label="Regime",
        choices=[
            ("foia", "Freedom of Information Act 2000"),
            ("eir", "Environmental Information Regulations 2004"),
        ],
        widget=forms.RadioSelect,
    )
    priority = forms.ChoiceField(
        label="Priority",
        choices=[("normal", "Normal"), ("urgent", "Urgent")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a priority"},
    )
    reason = forms.CharField(label="Why it is urgent", required=False)
    parts = forms.MultipleChoiceField(
        label="Parts of the answer",
        choices=[("letter", "Letter"), ("annex", "Annex"), ("figures", "Table of figures")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one part"},
    )
    officer = forms.ChoiceField(label="Officer", choices=[("", "Choose"), ("a", "Owen Halloway")])
    words = forms.CharField(
        label="What was searched", help_text="Systems, folders, dates and terms.", widget=forms.Textarea
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("subject"),
            "received",
            Field.radios("regime", inline=True, small=True),
            ConditionalRadios("priority", "Normal", ConditionalQuestion("Urgent", "reason")),
            Field.checkboxes("parts", small=True),
            "officer",
            Field.textarea("words", rows=5, max_characters=500),
        )


class SampleFilterForm(forms.Form):
    """A filter as lists have it."""

    q = forms.CharField(label="Words or reference", required=False)
    status = forms.ChoiceField(label="Status", choices=[("", "Any open status")], required=False)


def _clocks() -> list[tuple[str, ClockReading]]:
    """Readings of one invented request on several days, with the heading of each sample."""
    calendar = current_calendar()
    asked = clarification(date(2025, 4, 2))
    answered = [ClockEvent(RESPONSE_SENT, date(2025, 4, 25))]
    readings = [
        read_clock(ARRIVED, [], calendar, on=date(2025, 4, 10)),
        read_clock(ARRIVED, [], calendar, on=date(2025, 4, 25)),
        read_clock(ARRIVED, [], calendar, on=date(2025, 5, 2)),
        read_clock(ARRIVED, asked, calendar, on=date(2025, 4, 10)),
        read_clock(ARRIVED, answered, calendar, on=date(2025, 5, 2)),
    ]
    return [(f"Time limit, sample {number}", reading) for number, reading in enumerate(readings, 1)]


def _working() -> ClockReading:
    """Every mark of the working calendar but a fee's: a question, its answer, an extension, a holiday in Scotland."""
    asked = clarification(date(2026, 5, 26), date(2026, 6, 1))
    extended = ClockEvent(PIT_EXTENSION, date(2026, 6, 24), estimate=date(2026, 7, 8))
    return read_clock(date(2026, 5, 22), (*asked, extended), current_calendar(), on=date(2026, 6, 17))


def _requests() -> list[dict[str, Any]]:
    subjects = [
        "Applications for shotgun certificates",
        "Minutes of the drones working group",
        "Advice on bail",
    ]
    return [
        {
            "reference": f"{2200 + number}/2025",
            "subject": subjects[number % 3],
            "received": ARRIVED,
            "due": DUE,
            "officer": "Owen Halloway",
            "status": list(Status)[number % len(Status)],
            "left": 11 - number,
        }
        for number in range(30)
    ]


def _panels() -> dict[str, Any]:
    return {
        "blocking": [
            {
                "message": "Item 3 has no decision.",
                "reference": "FOIA s.1(1)",
                "url": "#gaps",
                "link_label": "Decide item 3",
            },
            {
                "message": "The harm is not described for the exemption claimed.",
                "reference": "FOIA s.17(1)(c)",
            },
        ],
        "advised": [
            {"message": "The letter has no re-use statement.", "reference": "Section 45 Code of Practice"}
        ],
        "conflict": {
            "by": "Dorothea Quillan",
            "at": datetime(2025, 4, 22, 9, 41, tzinfo=UTC),
            "reload_url": "#gaps",
            "changes": [
                {
                    "label": "Subject",
                    "before": "Certificates",
                    "now": "Shotgun certificates",
                    "yours": "Licences",
                }
            ],
        },
        "events": [
            {"title": "Letter issued", "at": datetime(2025, 4, 25, 14, 5, tzinfo=UTC), "by": "Owen Halloway"},
            {
                "title": "Clarification asked",
                "at": datetime(2025, 4, 2, 10, 0, tzinfo=UTC),
                "by": "Owen Halloway",
                "user_text": "Which years do you mean?",
            },
        ],
    }


def _samples() -> dict[str, Any]:
    return {
        "crumbs": [{"label": "Settings", "url": "/"}, {"label": "Components"}],
        "tabs": [
            {"label": "Summary", "url": "#summary", "current": True},
            {"label": "Items", "url": "#table", "count": 5},
            {"label": "Letters", "url": "#gaps", "count": 1},
            {"label": "Timeline", "url": "#timeline"},
        ],
        "statuses": list(Status),
        "outcomes": list(Outcome),
        "dispositions": list(Disposition),
        "tones": TONES,
        "clocks": _clocks(),
        "working": _working(),
        "figures": [
            {
                "value": 4,
                "label": "Overdue",
                "tone": "bad",
                "shape": "triangle",
                "note": "As at 22 April 2025, 09:00",
            },
            {"value": 12, "label": "Due in 5 working days", "tone": "wait", "shape": "diamond"},
            {"value": 1204, "label": "Open requests", "tone": "progress"},
        ],
        "rows": [
            {"key": "Received", "value": "28 March 2025, by e-mail"},
            {"key": "Officer", "value": "Owen Halloway", "actions": [{"label": "Change", "url": "#summary"}]},
            {"key": "Linked to", "value": None},
        ],
        "words": AWKWARD_WORDS,
        "sha256": "9f2c" * 16,
        "selected": [{"label": "Status", "value": "Awaiting approval", "remove_url": "#table"}],
        "page_obj": Paginator(_requests(), 6).get_page(2),
        **_panels(),
    }


def components(request: HttpRequest) -> HttpResponse:
    """Show the catalogue, for administrators; `?errors` shows the form with its errors.

    Raises `NotPermitted` for everyone else.
    """
    if not (isinstance(request.user, User) and request.user.has_role(Role.ADMINISTRATOR)):
        raise NotPermitted("Only an administrator can see the catalogue of components.")
    sent = {"subject": "Kept as typed", "received_0": "31", "received_1": "x", "received_2": "2025"}
    form = SampleForm(sent) if "errors" in request.GET else SampleForm()
    return render(
        request,
        "components/index.html",
        {**_samples(), "form": form, "filter_form": SampleFilterForm(request.GET)},
    )
