"""The routes of referrals: who is let in, and an address for each with things that exist."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.statistics.models import Snapshot
from foitracker.statistics.periods import year_ending
from referrals.models import (
    AdviceTold,
    Criterion,
    Force,
    ForceContact,
    ForceGroup,
    ForceName,
    ForceRequests,
    PortfolioLead,
)
from referrals.operations.advice import circulate, give_advice
from referrals.operations.consultation import consult
from referrals.operations.statistics import save_statistic
from referrals.queries.forces import find_force
from referrals.rules.statistics import CountedForce, Counting, Definition
from requests_app.models import FoiRequest, Topic
from tests.referrals import factories

FORCE = "Lancashire Constabulary"
CASEWORK = {Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.CRU_ADVISER, Role.REVIEWER, Role.MANAGER}
READERS = CASEWORK | {Role.AUDITOR}
CONTACT = {Role.FORCE_CONTACT}
ADVISER = {Role.CRU_ADVISER}
LOGGERS = {Role.CRU_ADVISER, Role.MANAGER}
WORKERS = {Role.OFFICER, Role.DECISION_MAKER}
ADMINISTRATOR = {Role.ADMINISTRATOR}

ALLOWED: dict[str, set[Role]] = {
    "referrals:log": READERS | CONTACT,
    "referrals:log_csv": READERS | CONTACT,
    "referrals:new": LOGGERS,
    "referrals:refer": WORKERS,
    "referrals:take_up": WORKERS,
    "referrals:referral": READERS | CONTACT,
    "referrals:details": LOGGERS,
    "referrals:force_add": LOGGERS,
    "referrals:force_change": LOGGERS,
    "referrals:triage": ADVISER,
    "referrals:assign": LOGGERS,
    "referrals:close": ADVISER,
    "referrals:reopen": ADVISER,
    "referrals:group": ADVISER,
    "referrals:ungroup": ADVISER,
    "referrals:consult": ADVISER,
    "referrals:consultation_reply": ADVISER,
    "referrals:advise": ADVISER,
    "referrals:circulate": ADVISER,
    "referrals:chase": ADVISER,
    "referrals:correspondence": ADVISER,
    "referrals:uptake": ADVISER | CONTACT,
    "referrals:outcome": ADVISER | CONTACT,
    "referrals:pack": READERS | CONTACT,
    **dict.fromkeys(
        (
            f"referrals:{name}"
            for name in (
                "statistics", "statistics_csv", "statistic_logs", "statistic_logs_csv", "saved_statistics",
                "saved_statistic", "saved_statistic_csv", "saved_logs", "saved_logs_csv", "advice_statistics",
                "advice_logs", "advice_logs_csv", "similar_forces",
            )
        ),
        READERS,
    ),
    "referrals:run_again": CASEWORK,
    "referrals:place_statistic": WORKERS,
    **dict.fromkeys(
        (
            f"referrals:{name}"
            for name in (
                "settings", "forces", "forces_csv", "force", "criteria", "criteria_csv", "criterion", "topics",
                "topics_csv", "leads", "leads_csv", "unit", "force_groups", "force_requests", "force_requests_csv",
            )
        ),
        READERS | ADMINISTRATOR,
    ),
    **dict.fromkeys(
        (
            f"referrals:{name}"
            for name in (
                "forces_add", "forces_change", "forces_rename", "forces_end", "forces_restore", "forces_name_add",
                "forces_name_end", "criteria_add", "criterion_change", "criterion_end", "topic_add", "topic_change",
                "lead_add", "lead_change", "unit_change", "contacts", "contacts_csv", "contact", "contact_end",
                "force_group_add", "force_group_change", "force_group_remove", "force_requests_add",
                "force_requests_remove",
            )
        ),
        ADMINISTRATOR,
    ),
    "referrals:unit_complete": LOGGERS | ADMINISTRATOR,
}  # fmt: skip


def addresses(case: FoiRequest, contact: User | None) -> dict[str, str]:
    """Return an address for every route; `case` is our own request, and `contact` acts for the force on the log."""
    adviser, at, today = factories.adviser(), factories.AT, factories.RECEIVED
    log = factories.referral(by=adviser, forces=[FORCE])
    asked = consult(
        referral_id=log.pk,
        by=adviser,
        at=at,
        today=today,
        lead_id=_first(PortfolioLead),
        question="Is it harmful?",
    )
    advice = give_advice(referral_id=log.pk, by=adviser, at=at, today=today, text="Withhold the places.")
    circulate(advice_id=advice.pk, by=adviser, at=at, today=today)
    if contact:
        ForceContact.objects.create(user=contact, force=find_force(FORCE), since=at, made_by=None)
    kept = _saved(adviser, at)
    on_log = [log.year, log.number]
    involved = log.forces.get().pk
    force = find_force("Durham Constabulary")
    code = Criterion.objects.filter(ended_at__isnull=True).values_list("code", flat=True)[0]
    arguments: dict[str, list[Any]] = {
        "refer": [case.year, case.number],
        "take_up": [case.year, case.number, 1],
        **dict.fromkeys(_OF_A_LOG, on_log),
        **{name: [*on_log, involved] for name in ("force_change", "outcome")},
        "consultation_reply": [*on_log, asked.pk],
        "circulate": [*on_log, advice.pk],
        "uptake": [*on_log, AdviceTold.objects.get().pk],
        **{name: [kept.pk] for name in _OF_A_STATISTIC},
        **{name: [force.pk] for name in _OF_A_FORCE},
        "forces_name_end": [force.pk, ForceName.objects.filter(force=force).values_list("pk", flat=True)[0]],
        **{name: [code] for name in ("criterion", "criterion_change", "criterion_end")},
        **{f"force_group_{act}": [_group(force)] for act in ("change", "remove")},
        "force_requests_remove": [_reported(force)],
        "topic_change": [_first(Topic)],
        "lead_change": [_first(PortfolioLead)],
        **{name: [(contact or adviser).pk] for name in ("contact", "contact_end")},
    }
    queries = {"pack": f"?for={involved}"}
    return {
        name: reverse(name, args=arguments.get(name.partition(":")[2], []))
        + queries.get(name.partition(":")[2], "")
        for name in ALLOWED
    }


_OF_A_LOG = (
    "referral", "details", "force_add", "triage", "assign", "close", "reopen", "group", "ungroup", "consult", "advise",
    "chase", "correspondence", "pack",
)  # fmt: skip
_OF_A_STATISTIC = (
    "saved_statistic", "saved_statistic_csv", "saved_logs", "saved_logs_csv", "run_again", "place_statistic",
)  # fmt: skip
_OF_A_FORCE = ("force", "forces_change", "forces_rename", "forces_end", "forces_restore", "forces_name_add")


def _group(force: Force) -> int:
    group, _ = ForceGroup.objects.get_or_create(name="Alike", basis="Said so")
    group.forces.add(force)
    return group.pk


def _reported(force: Force) -> int:
    days = {"from_on": date(2025, 4, 1), "to_on": date(2026, 3, 31), "published_on": date(2026, 5, 1)}
    return ForceRequests.objects.create(force=force, received=900, source="Return", **days).pk


def _first(model: Any) -> int:
    pk: int = model.objects.order_by("pk").values_list("pk", flat=True)[0]
    return pk


def _saved(by: User, at: datetime) -> Snapshot:
    force = find_force(FORCE)
    definition = Definition(
        forces=(CountedForce(force.pk, force.name),),
        periods=(year_ending(date(2026, 3, 31)),),
        criteria=tuple(Counting),
        complete_to=date(2026, 3, 31),
    )
    return save_statistic(by=by, at=at, title="A year", definition=definition)
