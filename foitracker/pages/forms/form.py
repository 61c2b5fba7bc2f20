"""What all forms share: the version of what they are about, and how they are laid out."""

from functools import cached_property
from typing import Any, ClassVar

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size
from django import forms


class PageForm(forms.Form):
    """A form on a page of its own, laid out with every field in order under a bold label."""

    error_css_class = "govuk-form-group--error"

    @cached_property
    def helper(self) -> FormHelper:
        """How the form is laid out."""
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(*(labelled(name, field) for name, field in self.fields.items()))
        return helper


#: The hidden field with what a page was made from, so that what somebody else saved since is seen.
SEEN_VERSION = "seen_version"


class VersionedForm(PageForm):
    """A form that holds what its page was made from."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CaseForm(VersionedForm):
    """A form about one case. What it was made from is the version of the case."""


class SettingsForm(VersionedForm):
    """A form of settings. What it was made from is the last event on them, or their version."""

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, without what the page was made from."""
        return {name: value for name, value in self.cleaned_data.items() if name != SEEN_VERSION}


class FilterForm(forms.Form):
    """What a list is filtered by. `between` names the boxes of the first and the last day, where it has them."""

    between: ClassVar[tuple[str, str] | None] = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.between:
            first, last = (cleaned.get(name) for name in self.between)
            if first and last and last < first:
                self.add_error(self.between[1], "This date is before the first one.")
        return cleaned


def labelled(name: str, field: forms.Field) -> Field:
    """Return the layout of one field with a bold label or legend."""
    if isinstance(field.widget, forms.RadioSelect):
        return Field.radios(name, legend_size=Size.SMALL, small=True)
    if isinstance(field.widget, forms.CheckboxSelectMultiple):
        return Field.checkboxes(name, legend_size=Size.SMALL, small=True)
    if isinstance(field.widget, forms.CheckboxInput):
        return Field.checkbox(name, small=True)
    if isinstance(field.widget, forms.MultiWidget):
        return Field(name, context={"legend_size": Size.for_legend(Size.SMALL)})
    if isinstance(field.widget, forms.Textarea):
        return Field.textarea(name, label_size=Size.SMALL, rows=field.widget.attrs.get("rows", 5))
    return Field.text(name, label_size=Size.SMALL)
