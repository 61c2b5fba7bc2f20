"""The pages that group logs as one national request, and remove one again."""

from typing import Any

from foitracker.accounts.permission_names import Permission
from foitracker.casework.workflow import TransitionNotAllowed
from referrals.forms.grouping import GroupForm, UngroupForm
from referrals.operations.grouping import GroupDoubted, group, ungroup
from referrals.operations.logwork import check_open
from referrals.queries.similar import similar_logs
from referrals.rules.similar_wording import ALIKE_FROM, WINDOW_DAYS
from referrals.rules.vocabulary import ForceRole, Scope
from referrals.views.open_log import OpenLogPage


class GroupLogs(OpenLogPage):
    """Group logs under this one. Nothing is ticked beforehand: that two ask alike decides nothing."""

    permission = Permission.WORK_REFERRAL
    form_class = GroupForm
    heading = "Group similar logs under this one"
    submit_label = "Group them"
    anchor = "#group"

    def check_possible(self) -> None:
        check_open(self.case)
        if self.case.national_log is not None:
            raise TransitionNotAllowed(
                f"This log is grouped under log {self.case.national_log} itself. Open that one and group the others "
                "there."
            )

    def form_arguments(self) -> dict[str, Any]:
        return {"referral": self.case, "similar": similar_logs(self.case), "user": self.user}

    def page(self) -> dict[str, Any]:
        text = (
            f"Log {self.case.log_number} becomes the national log, and one advice on it goes to the forces of all of "
            "them. Each log keeps its number, its forces and their deadlines."
        )
        found_by = f"Received within {WINDOW_DAYS} days of this log, with at least {ALIKE_FROM:.0%} of the words alike."
        return {"text": text, "found_by": found_by, "wide": True}

    def perform(self, form: GroupForm) -> str:
        members = form.member_ids()
        try:
            group(
                **self.common(form),
                member_ids=members,
                by_number=form.by_number(),
                all_the_same=form.all_the_same,
            )
        except GroupDoubted:
            form.offer_all_the_same()
            raise
        many = "1 log is" if len(members) == 1 else f"{len(members)} logs are"
        return f"{many} grouped under log {self.case.log_number}, which is a national log now."


class UngroupLog(OpenLogPage):
    """Remove a log from its group."""

    permission = Permission.WORK_REFERRAL
    form_class = UngroupForm
    heading = "Take the log out of its group"
    submit_label = "Take it out"
    anchor = "#group"

    def check_possible(self) -> None:
        check_open(self.case)
        if self.case.national_log_id is None:
            raise TransitionNotAllowed("This log stands in no group.")

    def initial(self) -> dict[str, Any]:
        turned = self.case.forces.exclude(role=ForceRole.CONSULTED).count()
        return {"scope": {0: Scope.NATIONAL, 1: Scope.SINGLE}.get(turned, Scope.SEVERAL)}

    def page(self) -> dict[str, Any]:
        return {
            "text": f"It will be advised on by itself again. What its forces were told of the advice on log "
            f"{self.case.national_log} stays on record."
        }

    def perform(self, form: UngroupForm) -> str:
        before = self.case.national_log
        ungroup(**self.common(form), scope=form.cleaned_data["scope"])
        return f"Log {self.case.log_number} is out of the group of log {before}."
