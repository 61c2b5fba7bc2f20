"""The list of a request's items, as an officer edits it."""

from collections.abc import Sequence

from crispy_forms_gds.layout import HTML, Layout
from django import forms

from foitracker.pages.forms.fields import OneLineField, WordsField
from foitracker.pages.forms.rows import Row, RowsForm, dress
from requests_app.operations.decision import ItemDraft

LABEL_CHARACTERS = 20


class ItemRow(Row):
    """One item: its place, the applicant's own label, and the words."""

    content = ("label", "text")

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    position = forms.IntegerField(
        label="Place",
        required=False,
        min_value=1,
        max_value=9_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "The place has to be a number from 1"
        ),
    )
    label = OneLineField(
        label="Label",
        max_length=LABEL_CHARACTERS,
        error_messages={
            "required": "Enter the label of this item, or remove it",
            "max_length": f"A label has at most {LABEL_CHARACTERS} characters",
        },
    )
    text = WordsField(
        label="Words", rows=2, error_messages={"required": "Enter the words of this item, or remove it"}
    )


class ItemsForm(RowsForm):
    """All items of a request, and a box for text to be split into items again."""

    row_class = ItemRow

    pasted = forms.CharField(
        label="Text to split",
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Leave empty to split the applicant's own words.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        dress(self.fields["pasted"])
        self.helper.layout = Layout(
            "seen_version",
            HTML("{% include 'requests_app/decision/item_rows.html' %}"),
        )

    def drafts(self) -> Sequence[ItemDraft]:
        """Return the items in the order of their places; those without one come last."""
        last = len(self.rows.forms) + 10_000
        ordered = sorted(self.rows.counting, key=lambda row: row.cleaned_data["position"] or last)
        return [
            ItemDraft(row.cleaned_data["label"], row.cleaned_data["text"], row.cleaned_data["pk"])
            for row in ordered
        ]
