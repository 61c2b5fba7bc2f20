"""Forms of a clarification: the question put to the applicant, and the answer with what it does to the clock."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import HTML, Layout
from django import forms

from foitracker.pages.forms.fields import DayField, WordsField
from foitracker.pages.forms.form import CaseForm, labelled
from foitracker.pages.words import weekday_in_words
from requests_app.forms.decision import ItemChoiceField
from requests_app.models import EFFECT_LABELS, RequestItem
from requests_app.rules.clock.clarification_effect import ClockEffect

_MEANING: dict[ClockEffect, str] = {
    ClockEffect.RESTARTS: (
        "The request could not be answered without this: it was reasonably needed to identify and locate the "
        "information. The 20 working days begin again on the day after the answer."
    ),
    ClockEffect.NARROWS: (
        "The request could have been answered as it stood; the applicant agreed to ask for less. The first time "
        "limit stands."
    ),
}


class AskClarificationForm(CaseForm):
    """A question to the applicant under FOIA s.1(3)."""

    asked_on = DayField(label="Date it was sent", required_message="Enter the date it was sent")
    question = WordsField(
        label="Question",
        rows=6,
        help_text="As it was put to the applicant. Ask only for what is needed to identify or locate the information.",
        error_messages={"required": "Enter the question as it was put to the applicant"},
    )


class AnswerClarificationForm(CaseForm):
    """The applicant's answer. `due_if_answered` says when the response is due under each effect."""

    answered_on = DayField(
        label="Date the answer arrived", required_message="Enter the date the answer arrived"
    )
    answer = WordsField(
        label="Answer",
        rows=6,
        help_text="The applicant's words, as they came. The letter quotes them.",
        error_messages={"required": "Enter the applicant's answer"},
    )
    excluded_items = ItemChoiceField(label="Items the applicant left out", required=False)
    effect = forms.ChoiceField(
        label="What it does to the time limit",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the answer does to the time limit"},
    )
    effect_reason = WordsField(
        label="Why",
        rows=3,
        help_text="What could not be identified or located without the answer, or why the request was clear enough.",
        error_messages={"required": "Say why the time limit restarts or runs on"},
    )

    def __init__(
        self,
        *args: Any,
        items: Sequence[RequestItem],
        due_if_answered: Callable[[date], Mapping[ClockEffect, date | None]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["excluded_items"].offer(items)  # type: ignore[attr-defined]
        self.due = due_if_answered(day) if (day := self._day()) else {}
        self.fields["effect"].choices = [  # type: ignore[attr-defined]
            Choice(effect.value, EFFECT_LABELS[effect], hint=self._hint(effect)) for effect in ClockEffect
        ]
        self.helper.layout = Layout(
            "seen_version",
            labelled("answered_on", self.fields["answered_on"]),
            HTML("{% include 'requests_app/clock/preview_button.html' %}"),
            labelled("answer", self.fields["answer"]),
            HTML(
                "{% if items %}{% include 'requests_app/decision/item_choices.html' "
                "with field=form.excluded_items hint=excluded_hint %}{% endif %}"
            ),
            labelled("effect", self.fields["effect"]),
            labelled("effect_reason", self.fields["effect_reason"]),
        )

    def _day(self) -> date | None:
        """The day of the answer as it stands in the form, if it is one."""
        field = self.fields["answered_on"]
        typed = self["answered_on"].value()
        if isinstance(typed, date):
            return typed
        try:
            day: date | None = field.clean(typed)
        except forms.ValidationError:
            return None
        return day

    def _hint(self, effect: ClockEffect) -> str:
        due = self.due.get(effect)
        then = f" The response is then due on {weekday_in_words(due)}." if due else ""
        return _MEANING[effect] + then
