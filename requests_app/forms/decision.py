"""Forms of decision: what becomes of one item, or of several at once."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import HTML, ConditionalQuestion, ConditionalRadios, Field, Layout
from django import forms

from foitracker.pages.forms.fields import WordsField
from foitracker.pages.forms.form import CaseForm
from requests_app.models import RequestItem
from requests_app.rules.casework.dispositions import DISPOSITION_LABELS, Disposition

NOT_DECIDED = "not_decided"

_HINTS: dict[Disposition, str] = {
    Disposition.DISCLOSED: "All of what is held goes out with the answer.",
    Disposition.PARTLY_DISCLOSED: "Some goes out and some is withheld. Claim the exemption for this item.",
    Disposition.WITHHELD: "Nothing goes out. Claim the exemption for this item.",
    Disposition.NOT_HELD: "A reasonable search found nothing. The search has to be on the file.",
    Disposition.ACCESSIBLE: "The applicant can reasonably get it elsewhere. Claim section 21 as well.",
    Disposition.NEITHER: "Saying whether it is held would give something away. Claim the subsection that allows it.",
    Disposition.EXCLUDED: "The applicant left it out when answering a clarification.",
    Disposition.DUPLICATE: "It asks for the same as another item and is answered there.",
    Disposition.OUTSIDE_FUNCTIONS: "It is about work the Act does not cover for this authority (section 7(5)).",
}
#: Dispositions that need something of each item, so that they are not given to several at once.
ONE_BY_ONE = frozenset({Disposition.DUPLICATE, Disposition.ACCESSIBLE})


def disposition_choices(*, without: frozenset[Disposition] = frozenset()) -> list[Choice]:
    """Return the dispositions to choose from, each with what it means."""
    return [Choice(d.value, DISPOSITION_LABELS[d], hint=_HINTS[d]) for d in Disposition if d not in without]


class ItemChoiceField(forms.TypedMultipleChoiceField):
    """Items of one request, chosen by ticking them; gives their ids. The page prints their words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Choose at least one item",
                "invalid_choice": "An item you chose is not part of this request. Choose again.",
            },
            **kwargs,
        )

    def offer(self, items: Sequence[RequestItem]) -> None:
        self.choices = [(item.pk, f"Item {item.label}") for item in items]


class DecideItemForm(CaseForm):
    """What becomes of one item. The other items are those it may repeat."""

    disposition = forms.ChoiceField(
        label="Decision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of this item"},
    )
    location = WordsField(
        label="Where it can be found",
        rows=2,
        required=False,
        max_length=2_000,
        help_text="A web address, a publication and page, or whom to ask. The letter prints it.",
    )
    duplicate_of = forms.TypedChoiceField(
        label="Which item it repeats", coerce=int, empty_value=None, required=False
    )
    explanation = WordsField(
        label="Answer to this item",
        rows=5,
        required=False,
        help_text="Your words to the applicant on this item, printed in the letter. Figures have their own page.",
    )

    def __init__(
        self,
        *args: Any,
        others: Sequence[RequestItem],
        has_designated_functions: bool,
        is_decided: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        without = frozenset() if has_designated_functions else frozenset({Disposition.OUTSIDE_FUNCTIONS})
        choices = disposition_choices(without=without if others else without | {Disposition.DUPLICATE})
        if is_decided:
            choices.append(Choice(NOT_DECIDED, "Not decided", hint="Take the decision back."))
        self.fields["disposition"].choices = choices  # type: ignore[attr-defined]
        self.fields["duplicate_of"].choices = [  # type: ignore[attr-defined]
            ("", "Choose an item"),
            *((other.pk, f"Item {other.label}") for other in others),
        ]
        reveals = {
            DISPOSITION_LABELS[Disposition.ACCESSIBLE]: "location",
            DISPOSITION_LABELS[Disposition.DUPLICATE]: "duplicate_of",
        }
        self.helper.layout = Layout(
            "seen_version",
            ConditionalRadios(
                "disposition",
                *(
                    ConditionalQuestion(choice.label, reveals[choice.label])
                    if choice.label in reveals
                    else choice.label
                    for choice in choices
                ),
            ),
            Field("explanation"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = data.get("disposition")
        if chosen == Disposition.ACCESSIBLE and not data.get("location"):
            self.add_error("location", "Say where the applicant can find the information")
        if chosen == Disposition.DUPLICATE and not data.get("duplicate_of") and "duplicate_of" in data:
            self.add_error("duplicate_of", "Choose the item that this one repeats")
        return data

    @property
    def chosen(self) -> Disposition | None:
        """The disposition chosen; None withdraws the decision."""
        value = self.cleaned_data["disposition"]
        return None if value == NOT_DECIDED else Disposition(value)


class DecideItemsForm(CaseForm):
    """The same disposition for several items."""

    items = ItemChoiceField(label="Items")
    disposition = forms.ChoiceField(
        label="Decision for all of them",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of these items"},
    )

    def __init__(
        self, *args: Any, items: Sequence[RequestItem], has_designated_functions: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].offer(items)  # type: ignore[attr-defined]
        without = ONE_BY_ONE if has_designated_functions else ONE_BY_ONE | {Disposition.OUTSIDE_FUNCTIONS}
        self.fields["disposition"].choices = disposition_choices(without=without)  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            "seen_version",
            HTML("{% include 'requests_app/decision/item_choices.html' with field=form.items %}"),
            Field.radios("disposition", small=True),
        )
