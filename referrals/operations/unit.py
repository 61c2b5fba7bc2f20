"""Operations on the unit's own rules, its topics, and whom it consults."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings import change_values, check_unchanged
from referrals.events.settings import (
    COMPLETENESS_SET,
    LEAD_ADDED,
    LEAD_CHANGED,
    TOPIC_ADDED,
    TOPIC_CHANGED,
    UNIT_CHANGED,
)
from referrals.models import PortfolioLead, ReferralUnit
from referrals.operations.deadlines import recompute_at_next_pass
from requests_app.models import Topic

#: What the trail calls the unit's rules, its topics and its portfolio leads.
UNIT, TOPICS, LEADS = "referral-unit", "referral-topics", "portfolio-leads"

#: What the day advice is due by depends on.
_REPLY_DAYS = {"reply_days_before", "reply_days_without_deadline"}


@transaction.atomic
def change_unit(
    *, by: User, at: datetime, values: Mapping[str, object], seen_version: int | None = None
) -> ReferralUnit:
    """Save the unit's rules; `values` holds columns of `ReferralUnit`.

    With other days, the dates advice is due by follow with the next pass. Nothing is recorded when nothing
    changes. Raises SettingsChanged.
    """
    check_can(Permission.CHANGE_UNIT, by)
    unit = _locked_unit(seen_version)
    changed = change_values(unit, values)
    if changed or unit._state.adding:
        unit.save()
        if _REPLY_DAYS & changed.keys():
            recompute_at_next_pass()
        record_event(event=UNIT_CHANGED, by=by, at=at, subject=UNIT, detail={"changed": changed})
    return unit


@transaction.atomic
def set_completeness(
    *, by: User, at: datetime, today: date, data_complete_to: date | None, seen_version: int | None = None
) -> ReferralUnit:
    """Record the last day up to which every log has been entered and checked.

    Statistics stop there, and comparisons are shortened to match. It may move back when a gap is found.
    Raises SettingsChanged, and NotPossible for a day in the future.
    """
    check_can(Permission.SET_COMPLETENESS, by)
    if data_complete_to and data_complete_to > today:
        raise NotPossible("The log cannot be complete up to a day to come.", field="data_complete_to")
    unit = _locked_unit(seen_version)
    before = unit.data_complete_to
    if before != data_complete_to:
        unit.data_complete_to = data_complete_to
        unit.save()
        detail = {"from": _iso(before), "to": _iso(data_complete_to)}
        record_event(event=COMPLETENESS_SET, by=by, at=at, subject=UNIT, detail=detail)
    return unit


@transaction.atomic
def save_topic(
    *, by: User, at: datetime, name: str, is_in_use: bool = True, topic_id: int | None = None
) -> Topic:
    """Add a topic, or change the one given. Raises NotPossible for the name of another."""
    check_can(Permission.CHANGE_CRITERIA, by)
    topic = Topic.objects.select_for_update(no_key=True).get(pk=topic_id) if topic_id else Topic()
    if Topic.objects.filter(name__iexact=name).exclude(pk=topic.pk).exists():
        raise NotPossible("There is a topic of that name already.", field="name")
    is_new = topic.pk is None
    changed = change_values(topic, {"name": name, "is_in_use": is_in_use})
    if changed or is_new:
        topic.save()
        detail = {"name": name} if is_new else {"name": name, "changed": changed}
        record_event(
            event=TOPIC_ADDED if is_new else TOPIC_CHANGED, by=by, at=at, subject=TOPICS, detail=detail
        )
    return topic


@transaction.atomic
def save_lead(
    *,
    by: User,
    at: datetime,
    portfolio: str,
    post: str,
    email: str,
    is_in_use: bool = True,
    lead_id: int | None = None,
) -> PortfolioLead:
    """Add a portfolio lead, or change the one given.

    A lead is a post with an official mailbox, not a person. Raises NotPossible for the portfolio of another.
    """
    check_can(Permission.CHANGE_CRITERIA, by)
    found = PortfolioLead.objects.select_for_update(no_key=True)
    lead = found.get(pk=lead_id) if lead_id else PortfolioLead()
    if PortfolioLead.objects.filter(portfolio__iexact=portfolio).exclude(pk=lead.pk).exists():
        raise NotPossible("There is a lead for that portfolio already.", field="portfolio")
    is_new = lead.pk is None
    values = {"portfolio": portfolio, "post": post, "email": email, "is_in_use": is_in_use}
    changed = change_values(lead, values)
    if changed or is_new:
        lead.save()
        detail = (
            {"portfolio": portfolio, "post": post} if is_new else {"portfolio": portfolio, "changed": changed}
        )
        record_event(event=LEAD_ADDED if is_new else LEAD_CHANGED, by=by, at=at, subject=LEADS, detail=detail)
    return lead


def _locked_unit(seen_version: int | None) -> ReferralUnit:
    unit = ReferralUnit.objects.select_for_update(of=("self",)).first() or ReferralUnit(id=1)
    check_unchanged(UNIT, seen_version)
    return unit


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
