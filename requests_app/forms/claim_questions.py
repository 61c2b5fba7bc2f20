"""The questions of a claim as fields of its form: made from their declaration, so that a new one needs no form."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms

from foitracker.pages.forms.fields import DayField, OneLineField, WholeNumberField, WordsField
from requests_app.rules.exemptions.catalogue import Limb
from requests_app.rules.exemptions.questions import YES, Question, QuestionKind, as_day

#: A record is not older than the oldest that anybody keeps, nor of a century to come.
_YEARS = (1000, 2099)


def question_field(question: Question, limbs: Sequence[Limb]) -> forms.Field:
    """Return the field of a question on the form of a claim that may rest on any of `limbs`."""
    label, hint = question.label, " ".join(filter(None, (question.hint, _needed_with(question, limbs))))
    match question.kind:
        case QuestionKind.WORDS:
            return WordsField(label=label, rows=4, required=False, help_text=hint)
        case QuestionKind.LINE:
            return OneLineField(label=label, max_length=200, required=False, help_text=hint)
        case QuestionKind.DAY:
            return DayField(label=label, required=False, **({"help_text": hint} if hint else {}))
        case QuestionKind.YEAR:
            return WholeNumberField(
                label=label, least=_YEARS[0], most=_YEARS[1], required=False, help_text=hint
            )
        case QuestionKind.TICK:
            return forms.BooleanField(label=label, required=False, help_text=hint)
    choices = [Choice(option.code, option.label) for option in question.options]
    if question.kind is QuestionKind.CHOICES:
        return forms.MultipleChoiceField(
            label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, help_text=hint
        )
    return forms.ChoiceField(
        label=label,
        choices=choices if _is_always_asked(question, limbs) else [Choice("", "Not needed here"), *choices],
        widget=forms.RadioSelect,
        required=False,
        help_text=hint,
    )


def _is_always_asked(question: Question, limbs: Sequence[Limb]) -> bool:
    return all(question.name in limb.asks for limb in limbs)


def _needed_with(question: Question, limbs: Sequence[Limb]) -> str:
    """Which limbs need an answer, where not all of them do."""
    asking = [limb.ref for limb in limbs if question.name in limb.asks]
    return f"Needed with {', '.join(asking)}." if asking and len(asking) < len(limbs) else ""


def as_answer(value: Any) -> str:
    """Return what a field gave as a claim keeps it: a day in ISO form, a tick as “yes”, several codes with spaces."""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return YES if value is True else str(value or "").strip()


def as_initial(question: Question, answer: str) -> Any:
    """Return a kept answer as the field of its question shows it."""
    if question.kind is QuestionKind.DAY:
        return as_day(answer)
    if question.kind is QuestionKind.CHOICES:
        return answer.split()
    return answer == YES if question.kind is QuestionKind.TICK else answer
