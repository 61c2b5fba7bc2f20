"""Forms of the authority's settings."""

from functools import cached_property

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Fieldset, Layout, Size
from django import forms

from foitracker.pages.forms.fields import TOO_LONG, DayField, OneLineField, WholeNumberField, WordsField
from foitracker.pages.forms.form import SettingsForm, labelled
from requests_app.models.authority import YEAR_BEGINNINGS
from requests_app.rules.casework.authority_kind import AUTHORITY_KIND_LABELS, AuthorityKind

_EMAIL_ERRORS = {"invalid": "Enter an e-mail address like name@example.org.", "max_length": TOO_LONG}


def _stage_day(label: str, *, initial: int) -> WholeNumberField:
    """A working day of the time limit by which a stage is to be done."""
    return WholeNumberField(
        label=label, initial=initial, least=1, most=20, help_text="Of the 20. Missed on the day after it."
    )


class AuthorityForm(SettingsForm):
    """What letters print about the authority, and what it has chosen."""

    name = OneLineField(label="Name", max_length=120, error_messages={"required": "Enter the name."})
    short_name = OneLineField(
        label="Short name",
        help_text="As people say it.",
        max_length=40,
        error_messages={"required": "Enter the short name."},
    )
    office = OneLineField(
        label="Office",
        help_text="The unit that answers.",
        max_length=120,
        error_messages={"required": "Enter the office."},
    )
    address = WordsField(
        label="Address", rows=4, max_length=1000, error_messages={"required": "Enter the postal address."}
    )
    telephone = OneLineField(
        label="Telephone", max_length=40, error_messages={"required": "Enter the telephone number."}
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        error_messages={"required": "Enter the e-mail address.", **_EMAIL_ERRORS},
    )
    website = OneLineField(
        label="Website", max_length=200, error_messages={"required": "Enter the web address."}
    )
    review_address = WordsField(
        label="Address for internal reviews",
        rows=4,
        max_length=1000,
        error_messages={"required": "Enter where an internal review is asked for."},
    )
    review_email = forms.EmailField(
        label="E-mail for internal reviews", required=False, max_length=254, error_messages=_EMAIL_ERRORS
    )
    kind = forms.ChoiceField(
        label="Kind of authority",
        initial=AuthorityKind.NATIONAL_BODY.value,
        error_messages={"required": "Choose the kind of authority."},
        choices=[(kind.value, label) for kind, label in AUTHORITY_KIND_LABELS.items()],
        help_text="Some exemptions are for one kind alone: section 33 for audit bodies, section 35 for government.",
    )
    signature_line = OneLineField(
        label="Signature line",
        help_text="Under the name, such as Freedom of Information Officer.",
        max_length=120,
        error_messages={"required": "Enter the signature line."},
    )
    prints_officer_name = forms.BooleanField(label="Print the name of who signs in letters", required=False)
    allows_own_approval = forms.BooleanField(
        label="Let the person who decides also approve",
        help_text="Two people look at every answer unless you tick this. The trail says so each time it is used.",
        required=False,
    )
    has_designated_functions = forms.BooleanField(
        label="Covered by the Act only for designated functions (section 7(5))", required=False
    )
    clarification_lapse_months = WholeNumberField(
        label="Months until an unanswered question lapses",
        initial=3,
        least=1,
        most=24,
        help_text="From the day of asking. The Act names no period; three months are usual.",
    )
    lapse_warning_days = WholeNumberField(
        label="Days of warning before a request lapses",
        initial=14,
        least=1,
        most=90,
        help_text="Calendar days. The officer sees the warning on My work.",
    )
    acknowledge_by_day = _stage_day("Acknowledge a request by working day", initial=2)
    search_by_day = _stage_day("Have the search back by working day", initial=8)
    draft_by_day = _stage_day("Draft the answer by working day", initial=12)
    approve_by_day = _stage_day("Have the answer approved by working day", initial=15)
    quiet_after_days = WholeNumberField(
        label="Working days without activity before a request is shown as quiet",
        initial=10,
        least=1,
        most=60,
        help_text="Looking at a request is not activity.",
    )
    supervise_by_day = _stage_day("Supervision review of a request by working day", initial=10)
    supervise_every_days = WholeNumberField(
        label="Working days until an open request wants another supervision review",
        initial=10,
        least=1,
        most=60,
        help_text="After the last one. A supervision review is a manager’s look at the work, with a direction; it is "
        "not an internal review.",
    )
    year_begins_in = forms.TypedChoiceField(
        label="The year of the figures begins on 1",
        choices=YEAR_BEGINNINGS,
        coerce=int,
        initial=4,
        help_text="Quarters are those of the calendar: from January, April, July and October.",
    )
    caseload_target = WholeNumberField(
        label="Open requests an officer is meant to hold at most",
        initial=25,
        least=1,
        most=500,
        help_text="Team today marks who holds more.",
    )
    closes_lapsed_requests = forms.BooleanField(
        label="Close lapsed requests without being asked",
        help_text="On the day after the last day. If you do not tick this, an officer closes each of them.",
        required=False,
    )
    deems_next_working_day = forms.BooleanField(
        label="Take what arrives on a day that is no working day as received on the next working day",
        help_text="As section 45 Code, paragraph 4.2, reads. Doubtful: section 10(6) of the Act counts from the day "
        "of arrival whatever day it is, and so does the ICO. Ticked, such answers come due one working day "
        "later. Open requests follow within ten minutes.",
        required=False,
    )

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(
            self._part(
                "Who answers",
                "kind",
                "name",
                "short_name",
                "office",
                "address",
                "telephone",
                "email",
                "website",
            ),
            self._part("Internal reviews", "review_address", "review_email"),
            self._part("Letters", "signature_line", "prints_officer_name"),
            self._part("Rules", "allows_own_approval", "has_designated_functions"),
            self._part(
                "Clock",
                "clarification_lapse_months",
                "lapse_warning_days",
                "closes_lapsed_requests",
                "deems_next_working_day",
            ),
            self._part(
                "Stages of a request",
                "acknowledge_by_day",
                "search_by_day",
                "draft_by_day",
                "approve_by_day",
                "quiet_after_days",
                "supervise_by_day",
                "supervise_every_days",
            ),
            self._part("Figures", "year_begins_in", "caseload_target"),
            "seen_version",
        )
        return helper

    def _part(self, legend: str, *names: str) -> Fieldset:
        fields = [labelled(name, self.fields[name]) for name in names]
        return Fieldset(*fields, legend=legend, legend_size=Size.MEDIUM, legend_tag="h2")


class RegulatorForm(SettingsForm):
    """Who hears complaints from a day on."""

    from_date = DayField(label="In office from", required_message="Enter the first day in office.")
    name = OneLineField(label="Name", max_length=120, error_messages={"required": "Enter the name."})
    telephone = OneLineField(label="Telephone", required=False, max_length=40)
    website = OneLineField(
        label="Website", max_length=200, error_messages={"required": "Enter the web address."}
    )
    address = WordsField(
        label="Postal address",
        rows=4,
        max_length=1000,
        required=False,
        help_text="Letters print it once it is confirmed; until then they print the telephone number and the website.",
    )
    is_address_confirmed = forms.BooleanField(
        label="The postal address is confirmed with the ICO", required=False
    )


class RegulatorAddressForm(SettingsForm):
    """A regulator's particulars, as they were confirmed with it."""

    address = WordsField(
        label="Postal address",
        rows=5,
        max_length=1000,
        error_messages={"required": "Enter the postal address that was confirmed."},
    )
    telephone = OneLineField(label="Telephone", required=False, max_length=40)
    website = OneLineField(
        label="Website", max_length=200, error_messages={"required": "Enter the web address."}
    )
