"""Forms of intake: log a request, change its details, complete the applicant's details, assign, link, note."""

from functools import cached_property
from typing import Any, cast
from uuid import uuid4

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fieldset, Layout, Size
from django import forms
from django.http import QueryDict

from foitracker.accounts.models import User
from foitracker.identity.operations import own_words_problem
from foitracker.identity.traces import find_traces_of
from foitracker.pages.forms.fields import TOO_LONG, DayField, OneLineField, WordsField
from foitracker.pages.forms.form import CaseForm, labelled
from foitracker.pages.typed_text import (
    MAX_REQUEST_CHARACTERS,
    find_unprintable,
    length_problem,
    remove_unprintable,
)
from requests_app.forms.masking import TakesWordsIn
from requests_app.models import AccessReason, Channel, FoiRequest, Level, LinkKind, Priority, Regime, Topic
from requests_app.operations.intake import Details, Identity
from requests_app.queries.exemption_catalogue import designated_functions
from requests_app.queries.finding import request_known_as
from requests_app.queries.identity import known_details
from requests_app.queries.officers import officers
from requests_app.queries.topics import topics_to_choose
from requests_app.rules.casework.reference import ReferenceNotUnderstood, RequestReference
from requests_app.rules.casework.validity import NAME_NOT_NEEDED_UNDER_EIR

_DETAIL_NAMES = ["received_on", "channel", "regime", "subject", "topic", "designated_function"]
_WORDS_NAMES = [
    "subject",
    "topic",
    "words",
    "remove_unprintable",
    "left_in",
    "log_again",
    "designated_function",
]
_PRIORITY_NAMES = ["priority", "priority_reason"]
_IDENTITY_NAMES = ["name", "organisation", "email", "postal_address", "other_address", "salutation"]
#: HTML cannot carry this one back to us; any other unprintable character it can.
_NUL, _STAND_IN = "\0", "\1"


def officer_field(**arguments: Any) -> "forms.ModelChoiceField[User]":
    """Return a field for someone who can work on a case."""
    return forms.ModelChoiceField(queryset=officers(), **arguments)


class DetailsFields(forms.Form):
    """What is recorded about a request. `covers_functions` is false for an authority covered wholly."""

    received_on = DayField(
        label="Date received",
        help_text="The day it reached the authority, even if that was not a working day. For example, 25 4 2025",
        required_message="Enter the day the request arrived.",
    )
    channel = forms.ChoiceField(
        label="How it arrived",
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the request arrived."},
    )
    regime = forms.ChoiceField(
        label="Regime",
        choices=Regime.choices,
        widget=forms.RadioSelect,
        initial=Regime.FOIA,
        help_text=(
            "Under the Regulations a request can be answered in full or as not held; their exceptions (regulations "
            "12 and 13) cannot be claimed here yet, so a refusal has to be written elsewhere."
        ),
        error_messages={"required": "Choose the law it is made under."},
    )
    subject = OneLineField(
        label="Subject",
        help_text="A few words for lists and letters. Name no person.",
        max_length=150,
        error_messages={"required": "Enter a subject of a few words."},
    )
    topic = forms.ModelChoiceField(
        queryset=Topic.objects.none(),
        label="Topic",
        help_text="For finding and counting. It can be chosen later.",
        required=False,
        empty_label="Not decided yet",
    )
    designated_function = forms.ChoiceField(
        label="Designated function",
        help_text="The function the information belongs to (section 7(5)). It can be chosen later.",
        required=False,
    )
    priority = forms.ChoiceField(
        label="Priority", choices=Priority.choices, widget=forms.RadioSelect, initial=Priority.NORMAL
    )
    priority_reason = OneLineField(
        label="Reason for the priority",
        help_text="Needed unless the priority is normal.",
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, covers_functions: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = topics_to_choose(self.initial.get("topic"))  # type: ignore[attr-defined]
        if covers_functions:
            choices = [(f.ref, f"{f.ref} {f.title}") for f in designated_functions()]
            self.fields["designated_function"].choices = [("", "Not decided yet"), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["designated_function"]

    def details(self) -> Details:
        """Return what was entered, as the operations take it."""
        names = [*_DETAIL_NAMES, *_PRIORITY_NAMES, "risk", "complexity", "interpretation"]
        return Details(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class IdentityFields(forms.Form):
    """The applicant's details. All of it may be empty: what is missing is asked for later."""

    name = OneLineField(label="Name", help_text=NAME_NOT_NEEDED_UNDER_EIR, required=False, max_length=200)
    organisation = OneLineField(label="Organisation", required=False, max_length=200)
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Enter an e-mail address like name@example.org, or put what was given into “Another address”.",
            "max_length": TOO_LONG,
        },
    )
    postal_address = WordsField(label="Postal address", required=False, rows=4, max_length=1000)
    other_address = OneLineField(
        label="Another address",
        help_text="Any other place an answer can be sent to, such as an account name or a web page.",
        required=False,
        max_length=200,
    )
    salutation = OneLineField(
        label="Salutation",
        help_text="After “Dear”, where it is not the name.",
        required=False,
        max_length=200,
    )

    def identity(self) -> Identity:
        """Return the applicant's identity, as the operations take it."""
        return Identity(**{name: self.cleaned_data[name] for name in _IDENTITY_NAMES})


class RequestWordsField(forms.CharField):
    """The applicant's words. Nothing is trimmed or removed; only line breaks are normalised."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, widget=forms.Textarea(attrs={"rows": 14}), **kwargs)
        self.validators = []  # unprintable characters, NUL among them, are for the form to ask about

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")

    def validate(self, value: Any) -> None:
        if not value.strip():
            raise forms.ValidationError(
                "Enter the request as the applicant made it. If it was spoken or came as a document, enter what it "
                "asks for."
            )
        if problem := length_problem(value):
            raise forms.ValidationError(problem)


class NewRequestForm(IdentityFields, DetailsFields, TakesWordsIn):
    """A request as it arrived. `intake_key` is new for each form, so that one sent twice is logged once."""

    intake_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    words = RequestWordsField(
        label="The request",
        help_text=(
            "The applicant's own words, in full. The original is kept sealed. Leave out e-mail headers, and enter the "
            "applicant's details below: names and addresses are masked in the copy that colleagues work with."
        ),
    )
    remove_unprintable = forms.BooleanField(required=False)
    officer = officer_field(
        label="Officer", required=False, empty_label="Unassigned", help_text="Who works on it from now on."
    )
    existing_reference = OneLineField(
        label="Already has a number",
        help_text="Only for a request brought over from another register. Without one it gets the next number.",
        required=False,
        max_length=20,
    )

    log_again = forms.BooleanField(label="Log it once more, as a request of its own", required=False)

    unprintable = 0
    removed_characters = 0
    asks_again = False

    def clean_existing_reference(self) -> RequestReference | None:
        text = self.cleaned_data["existing_reference"]
        try:
            return RequestReference.parse(text) if text else None
        except ReferenceNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        words = cleaned.get("words", "")
        self.unprintable = len(find_unprintable(words))
        if self.unprintable and cleaned.get("remove_unprintable"):
            cleaned["words"] = remove_unprintable(words)
            self.removed_characters = self.unprintable
        elif self.unprintable:
            self._ask_about(words)
        known = known_details(Identity(**{name: str(cleaned.get(name) or "") for name in _IDENTITY_NAMES}))
        self.ask_about_traces("words", known)
        for name in ("subject", "priority_reason"):
            if problem := own_words_problem(find_traces_of(str(cleaned.get(name) or ""), known)):
                self.add_error(name, problem)
        return cleaned

    def _ask_about(self, words: str) -> None:
        first = find_unprintable(words)[0]
        self.add_error(
            "words",
            f"The request contains {self._characters()} that cannot be stored or printed, the first at "
            f"{first.where} ({first.name}). Tick the box under the request to log it without, or paste it again as "
            "plain text.",
        )
        self["remove_unprintable"].label = f"Remove {self._characters()} that cannot be printed"
        self._retype("words", self.data["words"].replace(_NUL, _STAND_IN))

    def _retype(self, name: str, value: str) -> None:
        self.data = newer = cast(QueryDict, self.data).copy()
        newer[name] = value

    def ask_whether_again(self, logged: FoiRequest) -> None:
        """Offer to log once more what has just been logged as `logged`."""
        self.asks_again = True
        self.add_error(
            "words",
            f"You have just logged the same request as {logged.reference}. Leave this page if that was it; tick the "
            "box under the request if the applicant sent it twice.",
        )

    def start_anew(self) -> None:
        """Give the form a new key: what it holds is a request of its own."""
        self._retype("intake_key", str(uuid4()))

    def _characters(self) -> str:
        return "1 character" if self.unprintable == 1 else f"{self.unprintable:,} characters"

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = Layout(
            "intake_key",
            "traces_seen",
            self._part("How it came", ["received_on", "channel", "regime"]),
            self._part("What is asked for", _WORDS_NAMES),
            self._part("Who asks", _IDENTITY_NAMES),
            self._part("Handling", ["officer", *_PRIORITY_NAMES, "existing_reference"]),
        )
        return helper

    def _part(self, legend: str, names: list[str]) -> Fieldset:
        hidden = {name for name, asked in self._questions() if not asked}
        fields = [self._laid_out(name) for name in names if name in self.fields and name not in hidden]
        return Fieldset(*fields, legend=legend, legend_size=Size.MEDIUM, legend_tag="h2")

    def _questions(self) -> list[tuple[str, bool]]:
        """The boxes that stand on the page only when they are needed."""
        return [
            ("remove_unprintable", bool(self.unprintable)),
            ("left_in", self.asks_about_traces),
            ("log_again", self.asks_again),
        ]

    def _laid_out(self, name: str) -> Field:
        if name == "words":
            return Field.textarea(
                name, label_size=Size.SMALL, rows=14, max_characters=MAX_REQUEST_CHARACTERS, threshold=50
            )
        return labelled(name, self.fields[name])


class ChangeDetailsForm(DetailsFields, CaseForm):
    """Change what is recorded about a request."""

    risk = forms.ChoiceField(
        label="Risk",
        help_text="To people, operations or the authority, if the answer goes wrong. Shown on the triage sheet.",
        choices=Level.choices,
        required=False,
    )
    complexity = forms.ChoiceField(label="Complexity", choices=Level.choices, required=False)
    interpretation = WordsField(
        label="How we read the request",
        help_text="Where the words can be read in more than one way. Printed in the letter.",
        required=False,
        max_length=4000,
    )


class LookForm(CaseForm):
    """Why someone needs to see who asked."""

    reason = forms.ChoiceField(
        label="Why do you need to see it?",
        choices=AccessReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need to see who asked."},
    )


class IdentityForm(IdentityFields, CaseForm):
    """Complete or change the applicant's details."""


class AssignForm(CaseForm):
    """Assign a request to an officer."""

    officer = officer_field(
        label="Officer", empty_label="Choose", error_messages={"required": "Choose an officer."}
    )


class LinkForm(CaseForm):
    """Link a request to another one."""

    other = OneLineField(
        label="The other request",
        help_text="Its reference, such as 2253/2025.",
        max_length=20,
        error_messages={"required": "Enter the reference of the other request."},
    )
    kind = forms.ChoiceField(
        label="This request is",
        choices=[
            (LinkKind.FOLLOW_UP_TO, "a follow-up to it"),
            (LinkKind.REVIEW_OF, "a review of it"),
            (LinkKind.RELATED_TO, "related to it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the two are linked."},
    )
    quote_words = forms.BooleanField(
        label="Quote the words of the other request in the letter", required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_other(self) -> FoiRequest:
        try:
            found = request_known_as(RequestReference.parse(self.cleaned_data["other"]), self.user)
        except ReferenceNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error
        if found is None:
            raise forms.ValidationError(
                "There is no request with this reference in the register. Check the number and the year."
            )
        return found


class NoteForm(CaseForm):
    """A working note."""

    text = WordsField(
        label="Note",
        rows=8,
        help_text="Notes are information the authority holds: they can be asked for.",
        error_messages={"required": "Write the note."},
    )
