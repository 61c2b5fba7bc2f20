"""The letters of a request: draft, the page of a letter, and the actions from submission to correction."""

from typing import Any

from django.http import Http404
from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, check_can
from foitracker.casework.refusals import NotPossible
from foitracker.pages.forms.form import CaseForm
from requests_app.forms.response import (
    AbandonForm,
    AnswerForm,
    CorrectionForm,
    IssueForm,
    NoticeForm,
    ReturnForm,
)
from requests_app.models import Applicant, Despatch, FoiRequest, Letter, LetterStatus
from requests_app.operations.consultation import check_not_held
from requests_app.operations.correction import abandon_correction, correct_letter
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import (
    approve_letter,
    draft_letter,
    return_letter,
    submit_letter,
)
from requests_app.permissions import check_can_approve, check_can_return
from requests_app.queries.letter_facts import collect_facts
from requests_app.rules.casework.dispositions import (
    ANSWERS,
    LETTER_KIND_LABELS,
    Disposition,
    LetterKind,
    answer_kind,
)
from requests_app.views.request_page import RequestPage

#: In an address: the answer, of whichever kind the decisions call for.
ANSWER = "answer"


class DraftLetter(RequestPage):
    """Write or change the draft of a letter."""

    permission = Permission.ISSUE
    template_name = "requests_app/response/draft.html"
    submit_label = "Save draft"
    letter: Letter | None

    def load(self, **kwargs: Any) -> None:
        self.is_answer = kwargs["kind"] == ANSWER
        if self.is_answer:
            check_can(Permission.WORK_CASE, self.user)
            self.kind = self._suggested_kind()
        else:
            self.kind = _notice_kind(kwargs["kind"])
        wanted = ANSWERS if self.is_answer else {self.kind}
        self.letter = self.case.letters.filter(status=LetterStatus.DRAFT, kind__in=wanted).first()
        self.heading = "Write the answer" if self.is_answer else LETTER_KIND_LABELS[self.kind]

    def _suggested_kind(self) -> LetterKind:
        found = self.case.items.exclude(disposition="").values_list("disposition", flat=True)
        return answer_kind(Disposition(value) for value in found)

    @property
    def form_class(self) -> type[CaseForm]:  # type: ignore[override]
        return AnswerForm if self.is_answer else NoticeForm

    def form_arguments(self) -> dict[str, Any]:
        if not self.is_answer or self.letter is None:
            return {}
        facts = collect_facts(self.letter, letter_date=None, today=timezone.localdate())
        return {"differences": facts.reference_differences, "corrects": self.letter.corrects_id is not None}

    def initial(self) -> dict[str, Any]:
        if self.letter is None:
            return {"kind": self.kind}
        letter = self.letter
        names = ("kind", "answer", "advice", "enclosures", "correction")
        return {name: getattr(letter, name) for name in names}

    def page(self) -> dict[str, Any]:
        return {"letter": self.letter, "suggested": LETTER_KIND_LABELS[self.kind]}

    def perform(self, form: Any) -> str:
        kind = LetterKind(form.cleaned_data["kind"]) if self.is_answer else self.kind
        self.letter = draft_letter(kind=kind, text=form.letter_text(), **self.common(form))
        return "The draft is saved."

    def success_url(self) -> str:
        if self.letter is None:
            return self.case.get_absolute_url()
        return letter_url(self.case, self.letter)


def _notice_kind(text: str) -> LetterKind:
    if text not in (LetterKind.ACKNOWLEDGEMENT, LetterKind.INVALID):
        raise Http404("No such kind of letter")
    return LetterKind(text)


def letter_url(case: FoiRequest, letter: Letter) -> str:
    """Return the address of the page of a letter."""
    return f"{case.get_absolute_url()}letters/{letter.pk}/"


class LetterAct(RequestPage):
    """An action on one letter of a request."""

    form_class: type[CaseForm] = CaseForm
    explanation = ""
    letter: Letter

    def load(self, **kwargs: Any) -> None:
        found = self.case.letters.select_related("approved_by", "decided_by", "corrects").defer("html", "pdf")
        letter = found.filter(pk=kwargs["pk"]).first()
        if letter is None:
            raise Http404("No such letter")
        letter.foi_request = self.case
        self.letter = letter

    def page(self) -> dict[str, Any]:
        return {"letter": self.letter, "text": self.explanation}

    def common(self, form: CaseForm) -> dict[str, Any]:
        arguments = super().common(form)
        del arguments["case_id"]
        return {"letter_id": self.letter.pk, **arguments}

    def success_url(self) -> str:
        return letter_url(self.case, self.letter)


class SubmitLetter(LetterAct):
    permission = Permission.DECIDE
    heading = "Submit the decision for approval"
    submit_label = "Submit"
    explanation = (
        "You record this as your decision. Somebody else approves it before it can leave; until then it can be "
        "returned to you, and the case cannot be changed."
    )

    def perform(self, form: Any) -> str:
        submit_letter(today=timezone.localdate(), **self.common(form))
        return "The decision is submitted. It now waits for approval by somebody else."


class ReturnLetter(LetterAct):
    permission = Permission.VIEW_CASES
    form_class = ReturnForm
    heading = "Return the letter for more work"
    submit_label = "Return"

    def load(self, **kwargs: Any) -> None:
        check_can_return(self.user)
        super().load(**kwargs)

    def perform(self, form: Any) -> str:
        return_letter(reason=form.cleaned_data["reason"], **self.common(form))
        return "The letter is a draft again, and the case can be changed."


class ApproveLetter(LetterAct):
    permission = Permission.APPROVE
    heading = "Approve the letter"
    submit_label = "Approve"
    explanation = (
        "You have read the letter and agree with the decision in it. What you approve is fixed: if the case or the "
        "letter changes afterwards, it has to be approved again."
    )

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        check_can_approve(self.user, self.letter)

    def initial(self) -> dict[str, Any]:
        """Return the version of the case as it was read on the letter's page, not as it is by now."""
        read = self.request.GET.get("version", "")
        return {"case_version": int(read)} if read.isdecimal() else {}

    def perform(self, form: Any) -> str:
        approve_letter(today=timezone.localdate(), **self.common(form))
        return "The letter is approved and can be issued."


class IssueLetter(LetterAct):
    permission = Permission.ISSUE
    form_class = IssueForm
    heading = "Issue the letter"
    submit_label = "Issue"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.explanation = (
            "The letter is dated today and frozen: its text, its PDF and the facts behind it cannot be changed "
            "afterwards."
        )
        if self.letter.kind in ANSWERS:
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
        return {"ways": ways_of_sending(self.case)}

    def perform(self, form: Any) -> str:
        despatch = Despatch(form.cleaned_data["despatch"])
        issue_letter(on=timezone.localdate(), despatch=despatch, **self.common(form))
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


class CorrectLetter(LetterAct):
    permission = Permission.WORK_CASE
    form_class = CorrectionForm
    heading = "Correct the issued letter"
    submit_label = "Reopen and draft the correction"
    explanation = (
        "The request is reopened and a corrected letter drafted. The issued letter stays on the file unchanged, "
        "and is marked superseded when the corrected one is issued."
    )

    def perform(self, form: Any) -> str:
        self.letter = correct_letter(correction=form.cleaned_data["correction"], **self.common(form))
        return "The request is open again. Change what was wrong, then write and submit the corrected letter."


class AbandonCorrection(LetterAct):
    permission = Permission.WORK_CASE
    form_class = AbandonForm
    heading = "Abandon the correction"
    submit_label = "Abandon"
    explanation = (
        "The issued letter stays in force and the request is closed again. The draft stays on the file."
    )

    def perform(self, form: Any) -> str:
        self.letter = abandon_correction(reason=form.cleaned_data["reason"], **self.common(form))
        return "The correction is abandoned. The issued letter stands."


def letter_acts(letter: Letter, user: Any, blocking: int) -> list[dict[str, Any]]:
    """Return what can be done with a letter now, as label and address, or with the reason why it cannot.

    The first is the one to do next: with `blocking` gaps a draft is changed, without any it goes on.
    """
    base = letter_url(letter.foi_request, letter)
    draft = f"{letter.foi_request.get_absolute_url()}letters/draft/"
    is_answer = letter.is_answer
    acts: list[tuple[str, str, list[Any]]] = []
    if letter.status == LetterStatus.DRAFT:
        acts.append(
            ("Change the draft", f"{draft}{ANSWER if is_answer else letter.kind}/", [_work(is_answer)])
        )
        label, page, needed = (
            ("Submit for approval", "submit", Permission.DECIDE)
            if is_answer
            else ("Issue", "issue", Permission.ISSUE)
        )
        onward = (label, f"{base}{page}/", [_needs(needed), _complete(blocking)])
        acts.insert(1 if blocking else 0, onward)
        if letter.corrects_id:
            acts.append(("Abandon the correction", f"{base}abandon/", [_needs(Permission.WORK_CASE)]))
    elif letter.status == LetterStatus.SUBMITTED:
        acts.append(
            (
                "Approve",
                f"{base}approve/?version={letter.foi_request.version}",
                [lambda person: check_can_approve(person, letter)],
            )
        )
        acts.append(("Return for more work", f"{base}return/", [check_can_return]))
    elif letter.status == LetterStatus.APPROVED:
        acts.append(("Issue", f"{base}issue/", [_needs(Permission.ISSUE), _not_held(letter)]))
        acts.append(("Return for more work", f"{base}return/", [check_can_return]))
    elif letter.status == LetterStatus.ISSUED and is_answer:
        acts.append(("Correct this letter", f"{base}correct/", [_needs(Permission.WORK_CASE)]))
    return [
        {"label": label, "url": url, "reason": _why_not(checks, user), "secondary": number > 0}
        for number, (label, url, checks) in enumerate(acts)
    ]


def _work(is_answer: bool) -> Any:
    return _needs(Permission.WORK_CASE if is_answer else Permission.ISSUE)


def _needs(permission: Permission) -> Any:
    return lambda person: check_can(permission, person)


def _complete(blocking: int) -> Any:
    def check(person: Any) -> None:
        if blocking:
            gaps = "1 gap is" if blocking == 1 else f"{blocking} gaps are"
            raise NotPermitted(f"The letter is not complete: {gaps} listed on this page, to be closed first.")

    return check


def _not_held(letter: Letter) -> Any:
    def check(person: Any) -> None:
        try:
            check_not_held(letter.foi_request)
        except NotPossible as refusal:
            raise NotPermitted(str(refusal)) from refusal

    return check


def _why_not(checks: list[Any], user: Any) -> str:
    for check in checks:
        try:
            check(user)
        except NotPermitted as refusal:
            return refusal.reason
    return ""
