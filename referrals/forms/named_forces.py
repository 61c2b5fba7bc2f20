"""Forms whose words several forces may read: a force named in them is confirmed, or taken out."""

from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms

from foitracker.identity.forms import IdentityCheckedForm
from foitracker.pages.forms.form import labelled
from referrals.operations.other_forces import CONFIRMATION


class NamesForcesForm(IdentityCheckedForm):
    """A form with a box that confirms names of forces. It is there only once names were found."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.names_confirmed:
            self.offer_names()  # ticked, it stays to be seen when the form comes back
        return self.cleaned_data

    @property
    def names_confirmed(self) -> bool:
        """Whether whoever writes confirmed that the forces named may be named. For the operation's argument."""
        return bool(self.data.get(self.add_prefix(CONFIRMATION)))

    def offer_names(self) -> None:
        """Put the box under the rest of the form."""
        if CONFIRMATION in self.fields:
            return
        layout: Layout = (
            self.helper.layout
        )  # laid out before the box is a field, so that the box is in it once
        self.fields[CONFIRMATION] = field = forms.BooleanField(
            label="These forces may be named to the others",
            help_text="The record will say which. A reference or a mailbox of a force never goes to another.",
            required=False,
        )
        layout.append(labelled(CONFIRMATION, field))
