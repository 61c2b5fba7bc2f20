"""A form that ends in a list of rows, which can be added to and re-ordered without JavaScript."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.http import QueryDict

from foitracker.pages.forms.form import CaseForm

#: Empty rows on a fresh page, and how many a press of the button adds.
BLANK_ROWS = 3
#: No page has more rows; a post that claims to is cut off here.
MOST_ROWS = 500


#: The style of each kind of box, and how its text runs: whichever way its first letter does.
_ATTRIBUTES: dict[type[forms.Widget], dict[str, str]] = {
    forms.TextInput: {"class": "govuk-input", "dir": "auto"},
    forms.Textarea: {"class": "govuk-textarea", "dir": "auto"},
    forms.Select: {"class": "govuk-select"},
    forms.CheckboxInput: {"class": "govuk-checkboxes__input"},
}


def dress(field: forms.Field) -> None:
    """Style a field's box where a template prints it without crispy-forms."""
    for kind, attributes in _ATTRIBUTES.items():
        if isinstance(field.widget, kind):
            field.widget.attrs |= attributes


class Row(forms.Form):
    """One row. A row in which nothing was typed does not count; `remove` takes a row out."""

    remove = forms.BooleanField(label="Remove", required=False)

    #: The fields that make a row count.
    content: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

    @property
    def is_blank(self) -> bool:
        return not any(str(self[name].value() or "").strip() for name in self.content)

    @property
    def counts(self) -> bool:
        """Whether the row is part of the list that is saved."""
        return not self.cleaned_data.get("remove") and not self.is_blank

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and (self.is_blank or self.cleaned_data.get("remove")):
            self._errors = ErrorDict(renderer=self.renderer)


if TYPE_CHECKING:
    _SetOfRows = BaseFormSet[Row]
else:
    _SetOfRows = BaseFormSet  # Django gives it no type arguments at run time


class RowSet(_SetOfRows):
    """Rows for what there is, and some empty ones. Every row posted may be empty."""

    blank_rows = BLANK_ROWS
    #: What a message calls a row.
    row_word = "Row"

    def initial_form_count(self) -> int:
        return 0

    def total_form_count(self) -> int:
        if self.is_bound:
            return super().total_form_count()
        return min(len(self.initial or ()) + self.blank_rows, MOST_ROWS)

    def full_clean(self) -> None:
        """Check the rows; each message says which row it is about, because the summary lists them all."""
        super().full_clean()
        for number, row in enumerate(self.forms if self.is_bound else (), start=1):
            for messages in row.errors.values():
                messages[:] = [f"{self.row_word} {number}: {message}" for message in messages]

    @property
    def counting(self) -> list[Row]:
        """The valid rows that are part of the list, in the order they stand in the form."""
        return [row for row in self.forms if row.counts]


class RowsForm(CaseForm):
    """A form about one case with a list of rows under it, in `rows`."""

    row_class: type[Row]
    blank_rows = BLANK_ROWS
    row_word = "Row"

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        rows: Sequence[Mapping[str, Any]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        row_set = formset_factory(
            self.row_class, formset=RowSet, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
        )
        initial = None if self.is_bound else list(rows)
        self.rows = cast(RowSet, row_set(data, initial=initial, prefix="rows"))
        self.rows.blank_rows, self.rows.row_word = self.blank_rows, self.row_word

    def is_valid(self) -> bool:
        rows_are_valid = self.rows.is_valid()
        return super().is_valid() and rows_are_valid

    @classmethod
    def typed_rows(cls, data: QueryDict) -> list[dict[str, Any]]:
        """Return each row as typed, unchecked, without the empty ones."""
        typed = [
            {name: _typed(row, name) for name in row.fields} | {"blank": row.is_blank}
            for row in cls(data).rows.forms
        ]
        return [row for row in typed if not row.pop("blank")]


AnyCaseForm = TypeVar("AnyCaseForm", bound=CaseForm)


def reopen(form_class: type[AnyCaseForm], data: QueryDict, **arguments: Any) -> AnyCaseForm:
    """Return a form with everything that was typed in it, unchecked and without errors.

    `arguments` are those the form is always made with; the rows of a RowsForm are among them.
    """
    sent = form_class(data, **arguments)
    return form_class(initial={name: _typed(sent, name) for name in sent.fields}, **arguments)


def _typed(form: forms.Form, name: str) -> Any:
    widget = form.fields[name].widget
    return widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
