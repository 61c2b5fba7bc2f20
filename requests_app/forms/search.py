"""Forms of a search for the information, and of what it leads the authority to say about holding it."""

from crispy_forms_gds.choices import Choice
from django import forms

from foitracker.pages.forms.fields import DayField, OneLineField, WordsField
from foitracker.pages.forms.form import CaseForm
from requests_app.models import HOLDING_LABELS
from requests_app.rules.casework.holding import Holding

_HINTS: dict[Holding, str] = {
    Holding.HELD: "All of what was asked for is held, whether or not it can be disclosed.",
    Holding.PARTLY_HELD: "Some of what was asked for is held and some is not.",
    Holding.NOT_HELD: "A reasonable search found nothing, and nobody holds it on the authority's behalf.",
    Holding.NEITHER: "Saying whether it is held would itself give something away; an exemption has to allow it.",
}


class HoldingField(forms.ChoiceField):
    """What is held, for the request as a whole (FOIA s.1(1)(a))."""

    def __init__(self) -> None:
        super().__init__(
            label="What is held",
            choices=[Choice(h.value, HOLDING_LABELS[h], hint=_HINTS[h]) for h in Holding],
            widget=forms.RadioSelect,
            help_text="For the request as a whole. The letter says so (section 1(1)(a)).",
            error_messages={"required": "Choose what is held"},
        )


class SearchForm(CaseForm):
    """One search: where, by whom, when, by which criteria, and what it showed."""

    searched = OneLineField(
        label="What was searched",
        max_length=200,
        help_text="One system, folder or set of records, such as “CRU case management system”.",
        error_messages={"required": "Enter what was searched"},
    )
    searched_by = OneLineField(
        label="Who searched",
        max_length=120,
        help_text="A role or unit, not a name: the letter can print it.",
        error_messages={"required": "Enter who searched"},
    )
    searched_on = DayField(label="Date of the search", required_message="Enter the date of the search")
    criteria = WordsField(
        label="Search criteria",
        rows=4,
        help_text="Terms, reference numbers, date range: enough for somebody else to repeat the search.",
        error_messages={"required": "Enter the search criteria"},
    )
    result = WordsField(
        label="What it showed",
        rows=4,
        required=False,
        help_text="For the file; the letter does not print it.",
    )
    holding = HoldingField()


class HoldingForm(CaseForm):
    """What the authority says about holding the information."""

    holding = HoldingField()
