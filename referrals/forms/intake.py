"""Forms of intake: log a referral, change its details, add and change its forces."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, cast
from uuid import uuid4

from crispy_forms_gds.layout import HTML, Fieldset, Layout, Size
from django import forms
from django.http import QueryDict

from foitracker.pages.forms.fields import DayField, OneLineField, WordsField
from foitracker.pages.forms.form import labelled
from foitracker.pages.forms.rows import Row, RowsForm, dress
from foitracker.pages.typed_text import MAX_REQUEST_CHARACTERS
from referrals.forms.involved import ForceFields
from referrals.forms.named_forces import NamesForcesForm
from referrals.models import Criterion, Referral
from referrals.operations.intake import ForceEntry, ReferralDetails
from referrals.queries.choices import topics_in_use
from referrals.queries.criteria_to_weigh import criteria_now, suggested_by
from referrals.rules.vocabulary import FLAG_LABELS, SCOPE_LABELS, Flag, Scope
from requests_app.rules.casework.reference import LogNumber, ReferenceNotUnderstood


class ReferralFields(forms.Form):
    """What is recorded of a log besides its forces."""

    subject = OneLineField(
        label="Subject",
        help_text="A few words for lists. Name no person.",
        max_length=150,
        error_messages={"required": "Enter a subject of a few words."},
    )
    wording = WordsField(
        label="What is asked",
        help_text="The words of the request. Anything that tells who asks is masked as ****.",
        rows=10,
        max_length=MAX_REQUEST_CHARACTERS,
        error_messages={"required": "Enter what is asked."},
    )
    scope = forms.ChoiceField(
        label="Whom the request was made to",
        choices=[(scope.value, SCOPE_LABELS[scope]) for scope in Scope],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whom the request was made to."},
    )
    received_on = DayField(
        label="First form or letter came on",
        help_text="The day it reached the unit. For example, 25 4 2025",
        required_message="Enter the day the first form or letter came.",
    )
    topic = forms.TypedChoiceField(label="Topic", coerce=int, empty_value=None, required=False)
    flags = forms.MultipleChoiceField(
        label="What is known about it",
        help_text="Tick what applies. It may make the referral mandatory.",
        choices=[(flag.value, FLAG_LABELS[flag]) for flag in Flag],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", "Not chosen yet"), *topics_in_use()]  # type: ignore[attr-defined]

    def details(self) -> ReferralDetails:
        """Return what was entered, as the operations take it."""
        entered = self.cleaned_data
        return ReferralDetails(
            subject=entered["subject"],
            wording=entered["wording"],
            scope=entered["scope"],
            received_on=entered["received_on"],
            topic_id=entered["topic"],
            flags=entered["flags"],
        )


class ForceRow(ForceFields, Row):
    """One force on a new log."""

    content = (
        "force",
        "form_received_on",
        "wrote_on",
        "reference",
        "request_received_on",
        "stated_due_on",
        "wording",
    )


class NewReferralForm(NamesForcesForm, ReferralFields, RowsForm):
    """A referral as it came. `intake_key` is new for each form, so that one sent twice is logged once."""

    row_class = ForceRow
    blank_rows, row_word = 1, "Force"
    identity_fields: ClassVar[tuple[str, ...]] = ("subject", "wording")
    identity_row_fields: ClassVar[tuple[str, ...]] = ("wording", "reference")

    received_on = DayField(
        label="First form or letter came on",
        help_text="Left empty: the earliest day given for a force, or today. For example, 25 4 2025",
        required=False,
    )
    intake_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    is_another = forms.BooleanField(
        label="It is another request: log it all the same",
        help_text="Only where the force sent two requests in the same words, such as from two people.",
        required=False,
    )
    criteria = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.CheckboxSelectMultiple)
    existing_number = OneLineField(
        label="Log number it already has",
        help_text="Only for a log brought over, in any form it is written, such as 000636/18.",
        required=False,
        max_length=40,
    )
    applicant_email = forms.EmailField(
        label="The applicant's e-mail address",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "Enter an e-mail address, such as name@example.org."},
    )
    applicant_name = OneLineField(
        label="The applicant's name",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, checks: bool = False, **kwargs: Any) -> None:
        """`checks` says that the suggestions of the criteria are asked for."""
        super().__init__(*args, **kwargs)
        self.checks = checks
        self.may_be_the_same = False
        self.criteria_in_force = criteria_now()
        self.fields["criteria"].choices = [(one.pk, one.title) for one in self.criteria_in_force]  # type: ignore[attr-defined]
        for name in ("existing_number", "applicant_email", "applicant_name"):
            dress(self.fields[name])
        self.helper.layout = self._laid_out()

    def _laid_out(self) -> Layout:
        parts = {
            "What is asked": [
                "subject",
                "wording",
                HTML("{% include 'referrals/intake/another.html' %}"),
            ],
            "How it came": ["scope", "received_on"],
            "Forces": [HTML("{% include 'referrals/intake/force_rows.html' %}")],
            "Topic and mandatory criteria": [
                "topic",
                "flags",
                HTML("{% include 'referrals/intake/criteria.html' %}"),
            ],
            "Only where it helps": [HTML("{% include 'referrals/intake/folded.html' %}")],
        }
        return Layout(
            "seen_version",
            "intake_key",
            HTML("{% include 'components/first_button.html' %}"),
            *(
                Fieldset(
                    *(
                        labelled(part, self.fields[part]) if isinstance(part, str) else part
                        for part in contents
                    ),
                    legend=legend,
                    legend_size=Size.MEDIUM,
                    legend_tag="h2",
                )
                for legend, contents in parts.items()
            ),
        )

    def is_valid(self) -> bool:
        """Return whether all is valid, the rows too, after checking the whole for the applicant's identity."""
        return super().is_valid() and not any(row.errors for row in self.rows.forms)

    def clean_existing_number(self) -> LogNumber | None:
        text = self.cleaned_data["existing_number"]
        try:
            return LogNumber.parse(text) if text else None
        except ReferenceNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def asks_whether_another(self) -> bool:
        """Whether the box that lets a referral through in the words of another is shown: once it is needed."""
        return self.may_be_the_same or bool(self["is_another"].value())

    def start_anew(self) -> None:
        """Give the form a new key: what it holds is a log of its own."""
        self.may_be_the_same = True
        self.data = newer = cast(QueryDict, self.data).copy()
        newer["intake_key"] = str(uuid4())

    def settle_first_day(self, today: date) -> None:
        """Where the day the log came was left empty, take the first on which a force turned to us, or else today.

        A day in the future settles nothing: it is a mistake, and the force's own day is refused for it.
        """
        if self.cleaned_data["received_on"] is None:
            days = [day for row in self.rows.counting for day in cast(ForceRow, row).days_turned_to_us()]
            self.cleaned_data["received_on"] = min([day for day in days if day <= today], default=today)

    def entries(self) -> list[ForceEntry]:
        """Return the forces in the order of their rows."""
        return [row.entry(self.cleaned_data["received_on"]) for row in self.rows.counting]  # type: ignore[attr-defined]

    @cached_property
    def suggestions(self) -> dict[int, str]:
        """Which criteria the words and flags suggest, as far as they were typed, and why."""
        texts = [str(self[name].value() or "") for name in ("subject", "wording")]
        texts += [str(row["wording"].value() or "") for row in self.rows.forms]
        return suggested_by(texts, self["flags"].value() or [])

    @property
    def suggestions_in_words(self) -> str:
        """How many criteria are suggested, in a sentence."""
        many = len(self.suggestions)
        if not many:
            return "Nothing in the words or flags suggests one."
        return "1 is suggested." if many == 1 else f"{many} are suggested."

    @property
    def shows_criteria(self) -> bool:
        """Whether the checklist is unfolded: on request, after an error, and once something is ticked."""
        return self.checks or self.is_bound or bool(self["criteria"].value())

    @property
    def weighed(self) -> list[tuple[Criterion, str, bool]]:
        """Each criterion in force with why it is suggested, where that is shown, and whether it is ticked."""
        why = self.suggestions if self.shows_criteria else {}
        ticked = {str(pk) for pk in self["criteria"].value() or ()}
        weighed = [(one, why.get(one.pk, ""), str(one.pk) in ticked) for one in self.criteria_in_force]
        return sorted(weighed, key=lambda one: not one[1])

    @property
    def opens(self) -> Mapping[str, bool]:
        """Which of the folded parts have something in them to be seen."""
        return {
            "number": bool(self["existing_number"].value() or self["existing_number"].errors),
            "applicant": any(
                self[name].value() or self[name].errors for name in ("applicant_email", "applicant_name")
            ),
        }


class ChangeReferralForm(NamesForcesForm, ReferralFields):
    """Change what is recorded of a log."""

    identity_fields: ClassVar[tuple[str, ...]] = ("subject", "wording")

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_topic(self.fields["topic"], referral)


class ForceForm(ForceFields, NamesForcesForm):
    """One force on a log there already is."""

    identity_fields: ClassVar[tuple[str, ...]] = ("wording", "reference")

    scope = forms.ChoiceField(
        label="Whom the request was made to",
        help_text="The log as it is with this force.",
        choices=[(scope.value, SCOPE_LABELS[scope]) for scope in Scope],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whom the request was made to."},
    )
    criteria = forms.TypedMultipleChoiceField(
        label="Mandatory criteria that apply",
        help_text="Needed for a mandatory referral to which none applies yet. Those that do already are not shown.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        applied = set(
            referral.criterion_decisions.filter(applies=True).values_list("criterion_id", flat=True)
        )
        choices = [(one.pk, one.title) for one in criteria_now() if one.pk not in applied]
        self.fields["criteria"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(["seen_version", *ForceFields.base_fields, "scope", "criteria"])
        self.received_on = referral.received_on

    def given(self) -> ForceEntry:
        """Return the force as the operations take it."""
        return self.entry(self.received_on)


def keep_topic(field: Any, referral: Referral) -> None:
    """Let a log keep its topic, even one that new logs can no longer have."""
    if referral.topic and str(referral.topic_id) not in {str(value) for value, _ in field.choices}:
        field.choices = [*field.choices, (str(referral.topic_id), referral.topic.name)]
