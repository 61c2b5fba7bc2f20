"""What all forms share: the version of what they are about, and how they are laid out."""

from functools import cached_property

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size
from django import forms


class CaseForm(forms.Form):
    """A form about one case. `case_version` is the version of the case that the page was made from.

    Text is checked for characters that cannot be kept or printed before anything is done with it.
    """

    error_css_class = "govuk-form-group--error"
    case_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @cached_property
    def helper(self) -> FormHelper:
        """How the form is laid out: every field in order, with a bold label."""
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(*(labelled(name, field) for name, field in self.fields.items()))
        return helper


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
