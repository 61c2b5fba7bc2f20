"""Forms of the response stage: a letter's own words, its return, its issue and its correction."""

from collections.abc import Sequence
from typing import Any

from django import forms

from foitracker.pages.forms.fields import WordsField
from foitracker.pages.forms.form import CaseForm
from requests_app.models import Despatch
from requests_app.operations.response import LetterText
from requests_app.rules.casework.dispositions import ANSWERS, LETTER_KIND_LABELS, LetterKind
from requests_app.rules.letters.facts import ReferenceDifference

_ANSWER_KINDS = [(kind.value, LETTER_KIND_LABELS[kind]) for kind in LetterKind if kind in ANSWERS]


class AnswerForm(CaseForm):
    """The officer's own words in an answer. Everything else in the letter comes from the case.

    `differences` are the references asked for and not answered, or the reverse; each can be explained.
    """

    kind = forms.ChoiceField(
        label="Kind of letter",
        choices=_ANSWER_KINDS,
        help_text="Suggested from what was decided on the items.",
    )
    correction = WordsField(
        label="What was wrong in the letter this one corrects",
        required=False,
        rows=3,
        help_text="Printed at the head of the corrected letter.",
    )
    answer = WordsField(
        label="Answer",
        required=False,
        rows=14,
        max_length=60_000,
        help_text=(
            "Your own words to the applicant. The letter already prints the request, what is held, the searches, "
            "each item with its answer, figures, exemptions and the right to complain."
        ),
    )
    enclosures = WordsField(
        label="Enclosures", required=False, rows=3, help_text="One a line, as the applicant will find them."
    )
    advice = WordsField(
        label="Advice and assistance",
        required=False,
        rows=4,
        help_text="What else may help the applicant (section 16): where to ask, how to narrow a request.",
    )

    def __init__(
        self,
        *args: Any,
        differences: Sequence[ReferenceDifference] = (),
        corrects: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["correction"]
        self.explanation_names: dict[str, str] = {}
        for number, difference in enumerate(differences):
            name = f"explanation_{number}"
            self.explanation_names[name] = difference.key
            self.fields[name] = forms.CharField(
                label=f"Explain {difference.reference}: {difference.detail}",
                required=False,
                max_length=1_000,
                initial=difference.explanation,
                help_text="Only if the difference is right as it stands; otherwise mend the answer above.",
            )

    def letter_text(self) -> LetterText:
        """Return what was typed, as the operation takes it."""
        data = self.cleaned_data
        return LetterText(
            answer=data["answer"],
            advice=data["advice"],
            enclosures=data["enclosures"],
            correction=data.get("correction", ""),
            difference_explanations={key: data[name] for name, key in self.explanation_names.items()},
        )


class NoticeForm(CaseForm):
    """An acknowledgement, or what a valid request needs: only advice is the officer's own."""

    advice = WordsField(
        label="Anything to add",
        required=False,
        rows=4,
        help_text="Optional. The letter already says when it arrived, what happens next and how to reach us.",
    )

    def letter_text(self) -> LetterText:
        """Return what was typed, as the operation takes it."""
        return LetterText(advice=self.cleaned_data["advice"])


class ReturnForm(CaseForm):
    reason = WordsField(
        label="What has to change",
        rows=4,
        help_text="The officer reads it on the request and on the letter.",
        error_messages={"required": "Say what has to change."},
    )


class AbandonForm(CaseForm):
    reason = WordsField(label="Why the issued letter stands", rows=3)


class CorrectionForm(CaseForm):
    correction = WordsField(
        label="What was wrong",
        rows=4,
        help_text="The corrected letter will say this to the applicant. The issued one stays on the file.",
    )


class IssueForm(CaseForm):
    despatch = forms.ChoiceField(
        label="How it is sent",
        choices=Despatch.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the letter is sent."},
    )

    def __init__(self, *args: Any, ways: Sequence[Despatch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["despatch"].choices = [(way.value, way.label) for way in ways]  # type: ignore[attr-defined]
