"""What advisers, managers and force contacts are reminded of about referrals."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, TruncDate
from django.urls import reverse

from foitracker.accounts.permission_names import Permission
from foitracker.casework.measures import Viewpoint
from foitracker.mail.queries import undelivered
from foitracker.pages.words import weekday_in_words, working_days_words
from foitracker.reminders.kinds import (
    AtOnce,
    CaseReminder,
    CaseSource,
    EverybodyWhoMay,
    ReminderKind,
    Rows,
    WhoeverHasIt,
)
from foitracker.reminders.moment import Moment
from foitracker.reminders.steps import Steps
from referrals.measures import (
    IN_TIME,
    LEAD_LATE,
    LOGS,
    NOT_DELIVERED,
    OVERDUE,
    SILENT,
    UNASSIGNED,
    LogMeasure,
    LogView,
)
from referrals.models import AdviceTold
from referrals.queries.waiting import late_consultations, silent_forces
from requests_app.rules.casework.reference import LogNumber

_REFERENCE = Concat(Value("CRU "), F("log_number"))


def _address(case: str) -> str:
    log = LogNumber.parse(case)
    return reverse("referrals:referral", args=[log.year, log.number])


SOURCE = CaseSource(
    measures=LOGS, view=LogView, reference=_REFERENCE, title=lambda case: f"Log {case}", address=_address
)


@dataclass(frozen=True)
class ForceContacts:
    """Those who act for a force that has been told of advice and has not said what it did with it."""

    code: str = "force_contacts"
    label: str = "Contacts of the force"
    permission: Permission = Permission.SEE_OWN_FORCE

    def rows(self, kind: CaseReminder, moment: Moment, only: Collection[str] | None) -> Iterator[Rows]:
        due = (
            silent_forces()
            .filter(told_to__force__contacts__user__is_active=True)
            .annotate(
                r_case=Concat(Value("CRU "), F("told_to__referral__log_number")),
                r_about=F("told_on"),
                r_offset=kind.steps.reached_by("told_on", moment.today, moment.calendar),
                r_person=F("told_to__force__contacts__user"),
            )
            .filter(r_offset__isnull=False)
        )
        if only is not None:
            due = due.filter(r_case__in=list(only))
        columns = due.order_by().values_list("r_case", "r_about", "r_offset", "r_person")
        yield columns.query.sql_with_params()


ADVISER = WhoeverHasIt("adviser", "The adviser, and who covers for them", Permission.WORK_REFERRAL, "adviser")
MANAGERS = EverybodyWhoMay("managers", "Managers", Permission.OVERSEE)
CONTACTS = ForceContacts()


def _advice(day: Any, left: int) -> str:
    if left < 0:
        return f"advice was due on {weekday_in_words(day)}, {working_days_words(-left)} ago"
    if left == 0:
        return f"advice due today, {weekday_in_words(day)}"
    return f"advice due in {working_days_words(left)}, on {weekday_in_words(day)}"


def _since(words: str) -> Any:
    return lambda day, left: f"{words} {weekday_in_words(day)}"


def _asked_of_lead(view: Viewpoint) -> Any:
    late = late_consultations(view.today).filter(referral=OuterRef("pk")).order_by()
    return Subquery(late.values("referral").annotate(latest=Max("reply_by")).values("latest"))


def _silent_since(view: Viewpoint) -> Any:
    silent: QuerySet[AdviceTold] = silent_forces().filter(advice__referral=OuterRef("pk")).order_by()
    return Subquery(silent.values("advice__referral").annotate(first=Min("told_on")).values("first"))


def _mail_failed_on(view: Viewpoint) -> Any:
    about = Concat(Value("CRU "), OuterRef("log_number"))
    failed = undelivered().filter(about=about).order_by()
    return TruncDate(Subquery(failed.values("about").annotate(latest=Max("failed_at")).values("latest")))


def _kind(
    code: str,
    heading: str,
    measure: LogMeasure,
    *,
    about: Any,
    offsets: tuple[int, ...],
    says: Any,
    to: tuple[Any, ...] = (ADVISER,),
    every: int | None = None,
    at_once: AtOnce = AtOnce.NEVER,
    cannot_be_muted: bool = False,
) -> ReminderKind:
    """Declare a kind. `about` is a column of the log, or makes an expression from the view."""
    others = () if MANAGERS in to or CONTACTS in to else (MANAGERS,)
    return CaseReminder(
        code=code,
        heading=heading,
        says=says,
        steps=Steps(offsets, every),
        audiences=(*to, *others),
        usual=tuple(audience.code for audience in to),
        at_once=at_once,
        cannot_be_muted=cannot_be_muted,
        source=SOURCE,
        measure=measure,
        about=(lambda view: F(about)) if isinstance(about, str) else about,
    )


KINDS: tuple[ReminderKind, ...] = (
    _kind(
        "advice_overdue", "Advice overdue", OVERDUE, about="reply_by", offsets=(-1,), every=5, says=_advice,
        to=(ADVISER, MANAGERS), at_once=AtOnce.WHEN_MOVED, cannot_be_muted=True,
    ),
    _kind(
        "advice_due", "Advice due", IN_TIME, about="reply_by", offsets=(5, 3, 1, 0), says=_advice,
        at_once=AtOnce.WHEN_MOVED,
    ),
    _kind(
        "log_mail_failed", "An e-mail did not arrive", NOT_DELIVERED, about=_mail_failed_on, offsets=(0,),
        says=_since("an e-mail did not arrive: known since"), at_once=AtOnce.ALWAYS,
    ),
    _kind(
        "lead_late", "A portfolio lead is late", LEAD_LATE, about=_asked_of_lead, offsets=(-1,), every=5,
        says=_since("a portfolio lead was asked to reply by"),
    ),
    _kind(
        "forces_silent", "A force is silent", SILENT, about=_silent_since, offsets=(-10,), every=10,
        says=_since("a force has not said what it did with the advice it was told of on"),
    ),
    _kind(
        "no_adviser", "Without an adviser", UNASSIGNED, about="received_on", offsets=(0,), every=5,
        says=_since("no adviser; received on"), to=(MANAGERS,),
    ),
    _kind(
        "force_advice", "Advice for your force", SILENT, about=_silent_since, offsets=(0,),
        says=_since("advice for your force, given on"), to=(CONTACTS,), at_once=AtOnce.ALWAYS,
    ),
    _kind(
        "force_owes", "Your force's reply", SILENT, about=_silent_since, offsets=(-5,), every=5,
        says=_since("say what your force did with the advice given on"), to=(CONTACTS,),
    ),
)  # fmt: skip
