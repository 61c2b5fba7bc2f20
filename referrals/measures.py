"""What is counted and listed of the unit's logs, each declared once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, those_who_may
from foitracker.casework.measures import Measure, Measures, Tile, Viewpoint, overdue_by
from foitracker.casework.overdue import is_overdue
from foitracker.mail.queries import undelivered
from foitracker.pages.words import overdue_since
from foitracker.working_days.queries import current_calendar
from referrals.models import Consultation, Referral
from referrals.queries.circulation import concerned_by, latest_given, to_be_told
from referrals.queries.unit import ageing_from
from referrals.queries.waiting import (
    awaited_consultations,
    late_consultations,
    silent_forces,
    uncirculated_advice,
)
from referrals.rules.vocabulary import ReferralPriority
from referrals.rules.workflow import AWAITING_ADVICE, ReferralStatus

#: What the log's field of advisers is set to for logs no one has.
NOBODY = "none"

_IS_AWAITED = Q(status__in=sorted(AWAITING_ADVICE))


@dataclass(frozen=True)
class LogView(Viewpoint):
    """From where the measures of logs are read: with the first day whose logs are not ageing yet."""

    @cached_property
    def ageing_from(self) -> date:
        return ageing_from(self.today)


LogMeasure = Measure[Referral, LogView]

AWAITED = LogMeasure(
    code="awaiting_advice",
    name="Awaiting advice",
    condition=lambda view: _IS_AWAITED,
    holds=lambda case, view: case.awaits_advice,
    tone="progress",
    shape="half",
    tiles=(Tile("My logs awaiting advice", Permission.WORK_REFERRAL, mine=True),),
    filters={},
)

OVERDUE = LogMeasure(
    code="advice_overdue",
    name="Overdue",
    condition=lambda view: _IS_AWAITED & overdue_by("reply_by", view.today),
    holds=lambda case, view: case.awaits_advice and is_overdue(case.reply_by, view.today),
    tone="bad",
    shape="triangle",
    mark=lambda case, view: overdue_since(case.reply_by, view.today) if case.reply_by else "",
    tiles=(
        Tile("Mine and overdue", Permission.WORK_REFERRAL, mine=True),
        Tile("Overdue advice", Permission.LOG_REFERRAL, but_not=Permission.WORK_REFERRAL),
    ),
    filters={"overdue": "on"},
)

#: Within so many working days advice is due soon.
SOON_DAYS = 5


def _first_day_not_soon(view: LogView) -> date:
    return current_calendar().first_day_beyond(view.today, SOON_DAYS)


IN_TIME = LogMeasure(
    code="advice_in_time",
    name="Advice owed, and in time",
    condition=lambda view: _IS_AWAITED & Q(reply_by__gte=view.today),
    holds=lambda case, view: case.awaits_advice and case.reply_by is not None and case.reply_by >= view.today,
    tone="progress",
    shape="half",
    filters={"waits": "in_time"},
)

DUE_SOON = LogMeasure(
    code="advice_due_soon",
    name="Advice due in five working days or fewer",
    condition=lambda view: IN_TIME.condition(view) & Q(reply_by__lt=_first_day_not_soon(view)),
    holds=lambda case, view: (
        IN_TIME.holds(case, view) and bool(case.reply_by and case.reply_by < _first_day_not_soon(view))
    ),
    tone="wait",
    shape="half",
    filters={"waits": "due"},
)

TO_TRIAGE = LogMeasure(
    code="to_triage",
    name="To triage",
    condition=lambda view: Q(status=ReferralStatus.LOGGED),
    holds=lambda case, view: case.status == ReferralStatus.LOGGED,
    tone="info",
    shape="ring",
    tiles=(Tile("Logs to triage", Permission.LOG_REFERRAL),),
    filters={"status": ReferralStatus.LOGGED.value},
)

UNASSIGNED = LogMeasure(
    code="no_adviser",
    name="Without an adviser",
    condition=lambda view: _IS_AWAITED & Q(adviser__isnull=True),
    holds=lambda case, view: case.awaits_advice and case.adviser_id is None,
    tone="info",
    shape="ring",
    tiles=(Tile("Logs without an adviser", Permission.LOG_REFERRAL),),
    filters={"adviser": NOBODY, "status": ""},
)

#: `can(WORK_REFERRAL)` of the adviser, as the field of advisers offers them.
_MAY_ADVISE = Q(adviser__in=User.objects.filter(those_who_may(Permission.WORK_REFERRAL)))

ADVISER_GONE = LogMeasure(
    code="adviser_gone",
    name="Awaiting advice, with somebody who has left",
    condition=lambda view: _IS_AWAITED & Q(adviser__isnull=False) & ~_MAY_ADVISE,
    holds=lambda case, view: (
        case.awaits_advice and case.adviser is not None and not can(Permission.WORK_REFERRAL, case.adviser)
    ),
    tone="bad",
    shape="ring",
    is_offered=False,
)


def reply_is_late(asked: Consultation, today: date) -> bool:
    """Return whether a portfolio lead has not replied by the day asked for."""
    return asked.replied_on is None and is_overdue(asked.reply_by, today)


LEAD_AWAITED = LogMeasure(
    code="lead_awaited",
    name="A portfolio lead's reply",
    condition=lambda view: _IS_AWAITED & Q(pk__in=awaited_consultations().order_by().values("referral")),
    holds=lambda case, view: (
        case.awaits_advice and any(asked.replied_on is None for asked in case.consultations.all())
    ),
    tone="wait",
    shape="pause",
    filters={"waits": "reply"},
)

LEAD_LATE = LogMeasure(
    code="lead_late",
    name="A portfolio lead's late reply",
    condition=lambda view: Q(pk__in=late_consultations(view.today).order_by().values("referral")),
    holds=lambda case, view: (
        case.awaits_advice and any(reply_is_late(asked, view.today) for asked in case.consultations.all())
    ),
    tone="wait",
    shape="diamond",
    tiles=(Tile("Logs with a late reply of a lead", Permission.WORK_REFERRAL),),
    filters={"waits": "lead"},
)


def _is_untold(case: Referral) -> bool:
    """Whether a force has not been told of the advice in force."""
    advice = latest_given(case) if case.status == ReferralStatus.ADVISED else None
    return advice is not None and bool(to_be_told(concerned_by(advice)))


UNTOLD = LogMeasure(
    code="forces_untold",
    name="A force to be told of the advice",
    condition=lambda view: Q(pk__in=uncirculated_advice().order_by().values("referral")),
    holds=lambda case, view: _is_untold(case),
    tone="wait",
    shape="diamond",
    tiles=(Tile("Advice not with every force", Permission.WORK_REFERRAL),),
    filters={"status": ReferralStatus.ADVISED.value, "waits": "telling"},
)


SILENT = LogMeasure(
    code="forces_silent",
    name="A force to say what it did with the advice",
    condition=lambda view: Q(pk__in=silent_forces().order_by().values("advice__referral")),
    holds=lambda case, view: silent_forces().filter(advice__referral=case).exists(),
    tone="wait",
    shape="pause",
    filters={"status": ReferralStatus.ADVISED.value, "waits": "uptake"},
)

NOT_DELIVERED = LogMeasure(
    code="mail_not_delivered",
    name="An e-mail that did not arrive",
    condition=lambda view: Q(
        Exists(undelivered().filter(about=Concat(Value("CRU "), OuterRef("log_number"))))
    ),
    holds=lambda case, view: undelivered().filter(about=case.reference).exists(),
    tone="bad",
    shape="triangle",
    tiles=(
        Tile("My logs with an e-mail that did not arrive", Permission.WORK_REFERRAL, mine=True),
        Tile("Logs with an e-mail that did not arrive", Permission.RESEND_MAIL),
    ),
    filters={"status": "all", "waits": "mail"},
)

AGEING = LogMeasure(
    code="ageing",
    name="Ageing",
    condition=lambda view: _IS_AWAITED & Q(received_on__lt=view.ageing_from),
    holds=lambda case, view: case.awaits_advice and case.received_on < view.ageing_from,
    tone="wait",
    shape="triangle",
    mark=lambda case, view: "Ageing",
    tiles=(Tile("Ageing logs", Permission.WORK_REFERRAL),),
)

AGEING_LOW = LogMeasure(
    code="ageing_low",
    name="Low priority, but ageing",
    condition=lambda view: AGEING.condition(view) & Q(priority=ReferralPriority.LOW),
    holds=lambda case, view: AGEING.holds(case, view) and case.priority == ReferralPriority.LOW,
    tone="wait",
    shape="triangle",
    filters={"ageing": "on", "priority": ReferralPriority.LOW.value},
)

LOGS = Measures(
    about="referrals",
    cases=Referral.objects,
    list_page="referrals:log",
    owner="adviser",
    declared=(
        AWAITED,
        OVERDUE,
        IN_TIME,
        DUE_SOON,
        TO_TRIAGE,
        UNASSIGNED,
        ADVISER_GONE,
        LEAD_AWAITED,
        LEAD_LATE,
        UNTOLD,
        SILENT,
        NOT_DELIVERED,
        AGEING,
        AGEING_LOW,
    ),
)
