"""The letters of a request: the draft, and the pages of the actions from submission to correction."""

from typing import Any

from django.http import Http404
from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.pages.forms.form import CaseForm
from requests_app.forms.response import (
    AbandonForm,
    CorrectionForm,
    IssueForm,
    LetterForm,
    ReturnForm,
)
from requests_app.letters.facts import collect_facts
from requests_app.letters.kind import SHARED_FIELDS, IssueEffect, LetterKind
from requests_app.letters.kinds import answer_to, kind_of, kinds_at
from requests_app.models import Applicant, Despatch, FoiRequest, Letter, LetterStatus
from requests_app.operations.correction import abandon_correction, correct_letter
from requests_app.operations.issue import is_late, issue_letter
from requests_app.operations.response import (
    approve_letter,
    draft_letter,
    return_letter,
    submit_letter,
)
from requests_app.permissions import check_can_approve, check_can_return, check_can_submit
from requests_app.rules.casework.dispositions import Disposition, outcome
from requests_app.views.request_page import RequestPage


class DraftLetter(RequestPage):
    """Write or change the draft of a letter: a notice of one kind, or the answer, whose kind can be chosen."""

    permission = Permission.VIEW_CASES
    form_class = LetterForm
    template_name = "requests_app/response/draft.html"
    applicant_may_stay = True
    submit_label = "Save draft"
    kinds: tuple[LetterKind, ...]
    letter: Letter | None

    def load(self, **kwargs: Any) -> None:
        self.kinds = kinds_at(kwargs["kind"])
        if not self.kinds:
            raise Http404("No such kind of letter")
        for kind in self.kinds:
            check_can(kind.may_write, self.user)
        is_answer = self.kinds[0].is_answer
        self.suggested = self._called_for() if is_answer else self.kinds[0]
        codes = [kind.code for kind in self.kinds]
        self.letter = self.case.letters.filter(status=LetterStatus.DRAFT, kind__in=codes).first()
        self.heading = "Write the answer" if is_answer else self.suggested.label

    def _called_for(self) -> LetterKind:
        """The kind of answer that the decisions taken so far call for."""
        found = self.case.items.exclude(disposition="").values_list("disposition", flat=True)
        return answer_to(outcome(Disposition(value) for value in found))

    def form_arguments(self) -> dict[str, Any]:
        if self.letter is None:
            return {"kinds": self.kinds}
        facts = collect_facts(self.letter, letter_date=None, today=timezone.localdate())
        return {
            "kinds": self.kinds,
            "differences": facts.reference_differences,
            "corrects": self.letter.corrected_letter_id is not None,
        }

    def initial(self) -> dict[str, Any]:
        if self.letter is None:
            return {"kind": self.suggested.code}
        letter = self.letter
        names = ("kind", *SHARED_FIELDS, "correction")
        return {**letter.own_texts, **{name: getattr(letter, name) for name in names}}

    def page(self) -> dict[str, Any]:
        return {"letter": self.letter, "suggested": self.suggested.label}

    def perform(self, form: Any) -> str:
        self.letter = draft_letter(kind=form.kind(), text=form.letter_text(), **self.common(form))
        return "The draft is saved."

    def success_url(self) -> str:
        if self.letter is None:
            return self.case.get_absolute_url()
        return letter_url(self.case, self.letter)


def letter_url(case: FoiRequest, letter: Letter) -> str:
    """Return the address of the page of a letter."""
    return f"{case.get_absolute_url()}letters/{letter.pk}/"


class LetterPage(RequestPage):
    """An action on one letter of a request. Who may, its kind declares: `check_letter` asks, once it is known."""

    permission = Permission.VIEW_CASES
    form_class: type[CaseForm] = CaseForm
    explanation = ""
    letter: Letter
    kind: LetterKind

    def check_letter(self) -> None:
        """Raise NotPermitted unless the person may do this with this letter."""
        raise NotImplementedError

    def load(self, **kwargs: Any) -> None:
        found = self.case.letters.select_related("approved_by", "decided_by", "corrected_letter").defer(
            "html", "pdf"
        )
        letter = found.filter(pk=kwargs["pk"]).first()
        if letter is None:
            raise Http404("No such letter")
        letter.foi_request = self.case
        self.letter, self.kind = letter, kind_of(letter.kind)
        self.check_letter()

    def page(self) -> dict[str, Any]:
        return {"letter": self.letter, "text": self.explanation}

    def common(self, form: CaseForm) -> dict[str, Any]:
        arguments = super().common(form)
        del arguments["case_id"]
        return {"letter_id": self.letter.pk, **arguments}

    def success_url(self) -> str:
        return letter_url(self.case, self.letter)


class SubmitLetter(LetterPage):
    heading = "Submit the decision for approval"
    submit_label = "Submit"
    explanation = (
        "You record this as your decision. Somebody else approves it before it can leave; until then it can be "
        "returned to you, and the case cannot be changed."
    )

    def check_letter(self) -> None:
        check_can_submit(self.user, self.letter)

    def perform(self, form: Any) -> str:
        submit_letter(today=timezone.localdate(), **self.common(form))
        return "The decision is submitted. It now waits for approval by somebody else."


class ReturnLetter(LetterPage):
    form_class = ReturnForm
    heading = "Return the letter for more work"
    submit_label = "Return"

    def check_letter(self) -> None:
        check_can_return(self.user, self.letter)

    def perform(self, form: Any) -> str:
        return_letter(reason=form.cleaned_data["reason"], **self.common(form))
        return "The letter is a draft again, and the case can be changed."


class ApproveLetter(LetterPage):
    heading = "Approve the letter"
    submit_label = "Approve"
    explanation = (
        "You have read the letter and agree with the decision in it. What you approve is fixed: if the case or the "
        "letter changes afterwards, it has to be approved again."
    )

    def check_letter(self) -> None:
        check_can_approve(self.user, self.letter)

    def initial(self) -> dict[str, Any]:
        """Return the version of the case as it was read on the letter's page, not as it is by now."""
        read = self.request.GET.get("version", "")
        return {"seen_version": int(read)} if read.isdecimal() else {}

    def perform(self, form: Any) -> str:
        approve_letter(today=timezone.localdate(), **self.common(form))
        return "The letter is approved and can be issued."


class IssueLetter(LetterPage):
    form_class = IssueForm
    heading = "Issue the letter"
    submit_label = "Issue"

    def check_letter(self) -> None:
        check_can(self.kind.may_issue, self.user)

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.explanation = (
            "The letter is dated today and frozen: its text, its PDF and the facts behind it cannot be changed "
            "afterwards."
        )
        if self.kind.on_issue is IssueEffect.ANSWERS:
            self.explanation += (
                " It closes the request. A mistake found later is put right by a further letter."
            )
        if self.letter.enclosures:
            self.explanation += (
                " The e-mail carries the letter only: send what it encloses yourself, on the same day."
            )

    def initial(self) -> dict[str, Any]:
        ways = ways_of_sending(self.case)
        return {"despatch": ways[0]} if ways[0] != Despatch.COLLECTED else {}

    def form_arguments(self) -> dict[str, Any]:
        answers = self.kind.on_issue is IssueEffect.ANSWERS
        return {
            "ways": ways_of_sending(self.case),
            "is_late": answers and is_late(self.case, timezone.localdate()),
        }

    def perform(self, form: Any) -> str:
        despatch = Despatch(form.cleaned_data["despatch"])
        issue_letter(
            on=timezone.localdate(), despatch=despatch, lateness=form.lateness(), **self.common(form)
        )
        return {
            Despatch.EMAIL: "The letter is issued and is on its way by e-mail.",
            Despatch.POST: "The letter is issued. Print it and post it.",
            Despatch.COLLECTED: "The letter is issued. Keep it ready to be collected.",
            Despatch.OTHER: "The letter is issued. Send it to the other address the applicant gave.",
        }[despatch]


def ways_of_sending(case: FoiRequest) -> list[Despatch]:
    """Return the ways a letter can be sent to the applicant, by the addresses they gave."""
    applicant = Applicant.objects.get(pk=case.pk)
    possible = {
        Despatch.EMAIL: bool(applicant.email),
        Despatch.POST: bool(applicant.postal_address),
        Despatch.OTHER: bool(applicant.other_address),
    }
    return [way for way in Despatch if possible.get(way, True)]


class CorrectLetter(LetterPage):
    form_class = CorrectionForm
    heading = "Correct the issued letter"
    submit_label = "Reopen and draft the correction"
    explanation = (
        "The request is reopened and a corrected letter drafted. The issued letter stays on the file unchanged, "
        "and is marked superseded when the corrected one is issued."
    )

    def check_letter(self) -> None:
        check_can(self.kind.may_write, self.user)

    def perform(self, form: Any) -> str:
        self.letter = correct_letter(correction=form.cleaned_data["correction"], **self.common(form))
        return "The request is open again. Change what was wrong, then write and submit the corrected letter."


class AbandonCorrection(LetterPage):
    form_class = AbandonForm
    heading = "Abandon the correction"
    submit_label = "Abandon"
    explanation = (
        "The issued letter stays in force and the request is closed again. The draft stays on the file."
    )

    def check_letter(self) -> None:
        check_can(self.kind.may_write, self.user)

    def perform(self, form: Any) -> str:
        self.letter = abandon_correction(reason=form.cleaned_data["reason"], **self.common(form))
        return "The correction is abandoned. The issued letter stands."
