"""Pages between logging and advice: triage, assign, close, reopen."""

from typing import Any

from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can
from foitracker.pages.templatetags.page_tags import weekday_date
from referrals.forms.triage import AssignReferralForm, CloseReferralForm, ReopenReferralForm, TriageForm
from referrals.operations.triage import assign_referral, close_referral, reopen_referral, triage
from referrals.queries.unfinished import unfinished
from referrals.rules.vocabulary import PRIORITY_LABELS, ReferralPriority
from referrals.rules.workflow import WORKFLOW, Closing, ReferralStatus, ReferralTransition
from referrals.views.log_masking import LogMaskingPage
from referrals.views.open_log import OpenLogPage


class Triage(LogMaskingPage, OpenLogPage):
    """Weigh how urgent a log is, and decide which of the mandatory criteria apply."""

    permission = Permission.WORK_REFERRAL
    form_class = TriageForm
    template_name = "referrals/triage/triage.html"
    heading = "Triage"
    submit_label = "Save triage"

    def initial(self) -> dict[str, Any]:
        """Return what was decided before, with whoever opens the page as adviser where the log has none."""
        case = self.case
        mine = self.user.pk if can(Permission.WORK_REFERRAL, self.user) else None
        return {
            "priority": case.priority,
            "reason": case.priority_reason,
            "topic": case.topic_id,
            "flags": case.flags,
            "adviser": case.adviser_id or mine,
        }

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "referral": self.case}

    def perform(self, form: TriageForm) -> str:
        entered = form.cleaned_data
        adviser: User | None = entered["adviser"]
        case = triage(
            **self.common(form),
            today=timezone.localdate(),
            priority=entered["priority"],
            reason=entered["reason"],
            applies=form.applies(),
            set_aside=form.set_aside(),
            topic_id=entered["topic"],
            flags=entered["flags"],
            adviser_id=adviser.pk if adviser else None,
            identity_confirmed=form.identity_confirmed,
        )
        due = f" Advice is due by {weekday_date(case.reply_by)}." if case.reply_by else ""
        return f"Priority {PRIORITY_LABELS[ReferralPriority(case.priority)].lower()} is recorded.{due}"


class AssignReferral(OpenLogPage):
    """Assign a log to an adviser."""

    permission = Permission.ASSIGN_REFERRAL
    form_class = AssignReferralForm
    heading = "Assign an adviser"
    submit_label = "Assign"

    def initial(self) -> dict[str, Any]:
        """Return the current adviser; else whoever opens the page, if they can work on logs themselves."""
        mine = self.user.pk if can(Permission.WORK_REFERRAL, self.user) else None
        return {"adviser": self.case.adviser_id or mine}

    def perform(self, form: AssignReferralForm) -> str:
        adviser: User = form.cleaned_data["adviser"]
        assign_referral(**self.common(form), adviser=adviser)
        return f"Log {self.case.log_number} is with {adviser.name} now."


class CloseReferral(LogMaskingPage, OpenLogPage):
    """Close a log, seeing what is still unfinished in it."""

    permission = Permission.WORK_REFERRAL
    form_class = CloseReferralForm
    template_name = "referrals/triage/close.html"
    heading = "Close the log"
    submit_label = "Close the log"

    def initial(self) -> dict[str, Any]:
        return {"closing": Closing.ADVISED} if self.case.advised_on else {}

    def page(self) -> dict[str, Any]:
        return {"unfinished": unfinished(self.case)}

    def perform(self, form: CloseReferralForm) -> str:
        close_referral(
            **self.common(form),
            today=timezone.localdate(),
            closing=form.cleaned_data["closing"],
            reason=form.cleaned_data["reason"],
            identity_confirmed=form.identity_confirmed,
        )
        return f"Log {self.case.log_number} is closed. It stays in the list."


class ReopenReferral(LogMaskingPage, OpenLogPage):
    """Reopen a closed log."""

    permission = Permission.WORK_REFERRAL
    form_class = ReopenReferralForm
    heading = "Reopen the log"
    submit_label = "Reopen"

    def check_possible(self) -> None:
        WORKFLOW.next_status(ReferralTransition.REOPEN, ReferralStatus(self.case.status))

    def page(self) -> dict[str, Any]:
        return {"text": "It is in hand again, and advice is due by the day its forces' deadlines leave."}

    def perform(self, form: ReopenReferralForm) -> str:
        case = reopen_referral(
            **self.common(form),
            reason=form.cleaned_data["reason"],
            identity_confirmed=form.identity_confirmed,
        )
        return f"Log {case.log_number} is in hand again. Advice is due by {weekday_date(case.reply_by)}."
