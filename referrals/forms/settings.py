"""Forms of the settings of referrals: the unit's rules, criteria, topics, portfolio leads, force contacts."""

from typing import Any

from django import forms

from foitracker.pages.forms.fields import TOO_LONG, DayField, OneLineField, WholeNumberField, WordsField
from foitracker.pages.forms.form import SettingsForm
from referrals.queries.choices import forces_by_name
from referrals.rules.vocabulary import FLAG_LABELS, Flag

EMAIL_ERRORS = {"invalid": "Enter an e-mail address like foi@example.org.", "max_length": TOO_LONG}
#: As long as the column of a word or phrase.
_LONGEST_PHRASE = 60
_MOST_PHRASES = 200


class UnitForm(SettingsForm):
    """The unit's own rules."""

    name = OneLineField(
        label="Name of the unit", max_length=120, error_messages={"required": "Enter the name."}
    )
    own_force = forms.ChoiceField(
        label="The authority itself",
        help_text="The body under whose name a request of our own is referred.",
        required=False,
    )
    reply_days_before = WholeNumberField(
        label="Working days before the first deadline",
        least=0,
        most=15,
        help_text="Advice is due this long before the first deadline of the forces that await it, so that they can "
        "use it.",
    )
    reply_days_without_deadline = WholeNumberField(
        label="Working days where no deadline is known",
        least=1,
        most=40,
        help_text="From the day the log came. For forces under other law.",
    )
    consultation_days = WholeNumberField(
        label="Working days for a portfolio lead",
        least=1,
        most=20,
        help_text="Within which a lead is asked to reply.",
    )
    ageing_after_days = WholeNumberField(
        label="Working days until a log is shown as ageing",
        least=1,
        most=60,
        help_text="A log that still awaits advice then stands out, whatever its priority.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["own_force"].choices = [("", "None"), *forces_by_name()]  # type: ignore[attr-defined]


class CompletenessForm(SettingsForm):
    """Up to when the log is complete."""

    data_complete_to = DayField(
        label="Complete up to",
        help_text="The last day up to which every log has been entered and checked. Statistics stop there, and both "
        "periods of a comparison are shortened alike. Leave it empty when nobody has checked.",
        required=False,
    )


class CriterionForm(SettingsForm):
    """One version of a mandatory criterion."""

    title = OneLineField(label="Title", max_length=120, error_messages={"required": "Enter the title."})
    description = WordsField(label="When referral is mandatory", rows=4, max_length=5000, required=False)
    words = WordsField(
        label="Words that suggest it",
        help_text="One word or phrase on a line. Where one of them is in a request the criterion is suggested; an "
        "adviser decides.",
        rows=8,
        required=False,
    )
    flags = forms.MultipleChoiceField(
        label="What else suggests it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(flag.value, FLAG_LABELS[flag]) for flag in Flag],
    )
    is_illustrative = forms.BooleanField(
        label="This is an illustration, not one of the unit's real criteria", required=False
    )

    def clean_words(self) -> list[str]:
        phrases = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["words"].split("\n")))))
        if too_long := [phrase for phrase in phrases if len(phrase) > _LONGEST_PHRASE]:
            raise forms.ValidationError(
                f"Shorten “{too_long[0][:30]}…” to {_LONGEST_PHRASE} characters, or put it on several lines."
            )
        if len(phrases) > _MOST_PHRASES:
            raise forms.ValidationError(f"Keep the {_MOST_PHRASES} words that tell most.")
        return phrases


class TopicForm(SettingsForm):
    """A topic of logs."""

    name = OneLineField(label="Name", max_length=80, error_messages={"required": "Enter the name."})
    is_in_use = forms.BooleanField(
        label="New logs can have it", required=False, initial=True, help_text="Old logs keep it either way."
    )


class LeadForm(SettingsForm):
    """A portfolio lead: a post, never a person."""

    portfolio = OneLineField(
        label="Portfolio", max_length=120, error_messages={"required": "Enter the portfolio."}
    )
    post = OneLineField(
        label="Post",
        help_text="A post and no name, such as: staff officer to the national lead.",
        max_length=120,
        error_messages={"required": "Enter the post."},
    )
    email = forms.EmailField(
        label="Official mailbox",
        help_text="Without one, a consultation is recorded here and sent by other means.",
        required=False,
        max_length=254,
        error_messages=EMAIL_ERRORS,
    )
    is_in_use = forms.BooleanField(label="Can be consulted", required=False, initial=True)


class ContactForm(SettingsForm):
    """For which force an account acts."""

    force = forms.ChoiceField(
        label="Force",
        help_text="The account sees this force's part of the logs it is on, and nothing else.",
        error_messages={"required": "Choose the force."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].choices = [("", "Choose"), *forces_by_name()]  # type: ignore[attr-defined]
