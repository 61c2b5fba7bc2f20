"""The pages on which the dated facts of a clock are recorded, corrected and withdrawn."""

from typing import Any

from django.http import Http404
from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.case_page import Gone
from foitracker.pages.templatetags.page_tags import uk_date
from requests_app.forms.clock_events import ClockEventForm, CorrectClarificationForm, WithdrawForm
from requests_app.models import Clarification, RecordedClockEvent
from requests_app.operations.clarification_corrections import correct_clarification, withdraw_clarification
from requests_app.operations.clock_events import (
    check_stands,
    correct_clock_event,
    record_clock_event,
    withdraw_clock_event,
)
from requests_app.queries.clock import events_in_force
from requests_app.queries.reviewers import reviewers
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.events import FieldType, RecordedKind
from requests_app.rules.clock.kinds.table import RECORDED
from requests_app.rules.clock.law import Regime
from requests_app.views.previewed import PreviewedPage

_GONE = "This has been corrected or withdrawn already. Open the clock page again."


class ClockPage(PreviewedPage):
    """A page below the clock of a request; it needs no certain status unless it says so."""

    permission = Permission.VIEW_CASES
    back_to = "requests_app:clock"

    def check_possible(self) -> None:
        """Allow every status: the operation judges order and status, and a fact can be recorded late."""

    def done(self, what: str) -> str:
        self.case.refresh_from_db(fields=["due_on", "status", "responded_on"])
        if self.case.due_on and not self.case.responded_on:
            return f"{what} The response is due on {uk_date(self.case.due_on)}."
        return what

    def require(self, permission: Permission) -> None:
        """Raise NotPermitted unless the person holds one of the roles."""
        check_can(permission, self.user)


class RecordClockEvent(ClockPage):
    """Record one dated fact."""

    form_class = ClockEventForm

    def load(self, **kwargs: Any) -> None:
        self.kind = kind_at(kwargs["slug"])
        self.require(self.kind.recorded_by)

    def check_possible(self) -> None:
        check_stands(self.case, self.kind)

    def initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def form_arguments(self) -> dict[str, Any]:
        return _arguments(self, self.kind)

    def page(self) -> dict[str, Any]:
        return {
            "heading": f"Record: {self.kind.label.lower()}",
            "about": self.kind.about_under(Regime(self.case.regime)),
            "notice_has_to": self.kind.notice_has_to,
            "today": timezone.localdate(),
        }

    def carry_out(self, form: ClockEventForm) -> str:
        record_clock_event(**self.common(form), today=timezone.localdate(), fact=form.fact)
        return self.done(f"{self.kind.label}: recorded.")


class CorrectClockEvent(ClockPage):
    """Replace a recorded fact with a corrected one."""

    form_class = ClockEventForm

    def load(self, **kwargs: Any) -> None:
        self.found = _event_in_force(self, kwargs["pk"])
        self.kind = self.found.declared

    def initial(self) -> dict[str, Any]:
        return {field.name: getattr(self.found, field.name) for field in self.kind.fields}

    def form_arguments(self) -> dict[str, Any]:
        return {**_arguments(self, self.kind), "correcting": True}

    def page(self) -> dict[str, Any]:
        return {"heading": f"Correct: {self.kind.label.lower()}", "recorded": self.found}

    def carry_out(self, form: ClockEventForm) -> str:
        correct_clock_event(
            **self.common(form),
            event_id=self.found.pk,
            today=timezone.localdate(),
            fact=form.fact,
            correction_reason=form.cleaned_data["correction_reason"],
        )
        return self.done(f"{self.kind.label}: corrected. What was recorded first is kept.")


class WithdrawClockEvent(ClockPage):
    """Withdraw a fact that did not happen."""

    form_class = WithdrawForm
    confirm_label = "Confirm and withdraw"

    def load(self, **kwargs: Any) -> None:
        self.found = _event_in_force(self, kwargs["pk"])
        self.kind = self.found.declared

    def page(self) -> dict[str, Any]:
        return {"heading": f"Withdraw: {self.kind.label.lower()}", "recorded": self.found}

    def carry_out(self, form: WithdrawForm) -> str:
        withdraw_clock_event(
            **self.common(form),
            event_id=self.found.pk,
            today=timezone.localdate(),
            correction_reason=form.cleaned_data["correction_reason"],
        )
        return self.done(f"{self.kind.label}: withdrawn. What was recorded is kept.")


class CorrectClarification(ClockPage):
    """Replace a recorded clarification with a corrected one."""

    permission = Permission.WORK_CASE
    form_class = CorrectClarificationForm
    names_applicant = frozenset({"answer"})
    heading = "Correct: clarification"

    def load(self, **kwargs: Any) -> None:
        self.found = _clarification_in_force(self, kwargs["pk"])

    def initial(self) -> dict[str, Any]:
        names = ("asked_on", "question", "answered_on", "answer", "effect", "effect_reason")
        return {name: getattr(self.found, name) for name in names}

    def form_arguments(self) -> dict[str, Any]:
        return {"answered": self.found.answered_on is not None}

    def carry_out(self, form: CorrectClarificationForm) -> str:
        data = form.cleaned_data
        correct_clarification(
            **self.common(form),
            clarification_id=self.found.pk,
            today=timezone.localdate(),
            asked_on=data["asked_on"],
            question=data["question"],
            answered_on=data.get("answered_on"),
            answer=data.get("answer", ""),
            effect=ClockEffect(data["effect"]) if data.get("effect") else None,
            effect_reason=data.get("effect_reason", ""),
            correction_reason=data["correction_reason"],
        )
        return self.done("The clarification is corrected. What was recorded first is kept.")


class WithdrawClarification(ClockPage):
    """Withdraw a clarification that was not asked."""

    permission = Permission.WORK_CASE
    form_class = WithdrawForm
    heading = "Withdraw: clarification"
    confirm_label = "Confirm and withdraw"

    def load(self, **kwargs: Any) -> None:
        self.found = _clarification_in_force(self, kwargs["pk"])

    def page(self) -> dict[str, Any]:
        return {"clarification": self.found}

    def carry_out(self, form: WithdrawForm) -> str:
        withdraw_clarification(
            **self.common(form),
            clarification_id=self.found.pk,
            today=timezone.localdate(),
            correction_reason=form.cleaned_data["correction_reason"],
        )
        return self.done("The clarification is withdrawn. What was recorded is kept.")


def kind_at(address: str) -> RecordedKind:
    """Return the kind of event that a part of an address names. Raises Http404."""
    found = next((kind for kind in RECORDED.values() if kind.address == address), None)
    if found is None:
        raise Http404(f"There is no event called “{address}”.")
    return found


def _arguments(view: ClockPage, kind: RecordedKind) -> dict[str, Any]:
    names_exemption = any(field.type is FieldType.EXEMPTION for field in kind.fields)
    claimed = view.case.claims.values_list("limbs", flat=True) if names_exemption else ()
    return {
        "kind": kind,
        "reviewers": reviewers(view.case),
        "claimed": dict.fromkeys(ref for limbs in claimed for ref in limbs),
    }


def _event_in_force(view: ClockPage, pk: int) -> RecordedClockEvent:
    """The event the address names. Raises Http404; Gone when it has been corrected since; NotPermitted."""
    recorded = {row.pk: row for row in view.case.recorded_clock_events.all()}
    if pk not in recorded:
        raise Http404("The request has no such event.")
    view.require(recorded[pk].declared.recorded_by)
    if recorded[pk] not in events_in_force(recorded.values()):
        raise Gone(_GONE)
    return recorded[pk]


def _clarification_in_force(view: ClockPage, pk: int) -> Clarification:
    found = Clarification.recorded.filter(foi_request=view.case, pk=pk).first()
    if found is None:
        raise Http404("The request has no such clarification.")
    if not found.in_force:
        raise Gone(_GONE)
    return found
