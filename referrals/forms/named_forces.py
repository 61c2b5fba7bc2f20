"""Forms whose words several forces may read: a force named in them is confirmed, or taken out."""

from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms

from foitracker.identity.forms import IdentityCheckedForm
from foitracker.pages.forms.form import labelled
from referrals.operations.other_forces import CONFIRMATION


class NamesForcesForm(IdentityCheckedForm):
    """A form with a box that confirms names of forces. It is there only once names were found."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.names_confirmed:
            self.offer_names()

    @property
    def names_confirmed(self) -> bool:
        """Whether whoever writes confirmed that the forces named may be named. For the operation's argument."""
        return bool(self.data.get(self.add_prefix(CONFIRMATION)))

    def offer_names(self) -> None:
        """Put the box under the rest of the form."""
        is_laid_out = "helper" in self.__dict__
        self.fields[CONFIRMATION] = field = forms.BooleanField(
            label="These forces may be named to the others",
            help_text="The record will say which. A reference or a mailbox of a force never goes to another.",
            required=False,
        )
        if is_laid_out:
            layout: Layout = self.helper.layout
            layout.append(labelled(CONFIRMATION, field))
