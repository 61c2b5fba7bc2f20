"""The filter of a force contact's list."""

from functools import cached_property

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms

from foitracker.pages.forms.form import labelled
from referrals.queries.force_view import ADVISED, AWAITED, ENDED


class OwnLogsFilterForm(forms.Form):
    """What the list shows: every log of the force unless something else is asked for."""

    q = forms.CharField(
        label="Log number, your reference or words",
        help_text="Such as 636/18, or words of the request; never a name, as searches show in the address.",
        max_length=200,
        required=False,
    )
    state = forms.ChoiceField(
        label="Advice",
        required=False,
        choices=[
            ("", "All"),
            (AWAITED, "Awaited"),
            (ADVISED, "Given, your answer open"),
            (ENDED, "Closed"),
        ],
    )

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = Layout(*(labelled(name, field) for name, field in self.fields.items()))
        return helper
