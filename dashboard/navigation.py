"""What surrounds every page: where a person may go, and whose system this is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can
from requests_app.queries.authority import authority


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the main navigation; `current` when the page shown belongs to it."""

    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the context of every page: `nav_items` a signed-in person may use, and `authority_name`."""
    return {"nav_items": _items(request), "authority_name": SimpleLazyObject(_authority_name)}


def _authority_name() -> str:
    found = authority()
    return found.short_name if found else ""


def _items(request: HttpRequest) -> list[NavigationItem]:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return []
    match = request.resolver_match
    here = match.view_name if match else ""
    return [
        NavigationItem(label, reverse(view_name), here.startswith(prefixes))
        for label, view_name, prefixes, allowed in _entries(user)
        if allowed
    ]


def _entries(user: User) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Label, page, the pages it stands for, and whether `user` may go there."""
    sees_cases = can(Permission.VIEW_CASES, user)
    sees_referrals = can(Permission.SEE_REFERRALS, user)
    is_force_contact = can(Permission.SEE_OWN_FORCE, user)
    is_outside_reader = can(Permission.READ_SHOWN, user)
    changes_settings = can(Permission.CHANGE_SETTINGS, user) or can(Permission.MANAGE_USERS, user)
    works = sees_cases and user.roles != ["auditor"]
    # The status belongs to the outbox for those who see that.
    settings_pages = _SETTINGS_PAGES if can(Permission.SEE_OUTBOX, user) else (*_SETTINGS_PAGES, "status:")
    return [
        ("Team today", "dashboard:team_today", _TEAM_PAGES, can(Permission.OVERSEE, user)),
        ("My work", "dashboard:my_work", ("dashboard:my_work", "dashboard:home"), works),
        ("Reminders", "reminders:reminders", ("reminders:",), works or is_force_contact),
        ("Register", "requests_app:register", ("requests_app:register",), sees_cases),
        (
            "New request",
            "requests_app:new_request",
            ("requests_app:new_request",),
            can(Permission.LOG_REQUEST, user),
        ),
        (
            "My force's referrals" if is_force_contact else "Referrals",
            "referrals:log",
            _REFERRAL_PAGES,
            sees_referrals or is_force_contact,
        ),
        (
            "Statistics",
            "referrals:statistics",
            _STATISTICS_PAGES,
            can(Permission.SEE_STATISTICS, user),
        ),
        (
            "Performance",
            "dashboard:performance",
            ("dashboard:performance", "dashboard:cost", "dashboard:forecast"),
            can(Permission.SEE_PERFORMANCE, user),
        ),
        ("Returns", "returns:returns", ("returns:",), can(Permission.SEE_PERFORMANCE, user)),
        ("Requests shown to you", "requests_app:shown", ("requests_app:shown",), is_outside_reader),
        ("When is it due?", "requests_app:due", ("requests_app:due",), not is_outside_reader),
        ("Supervision", "requests_app:supervision", _SUPERVISION_PAGES, can(Permission.OVERSEE, user)),
        ("Outbox", "outbox:outbox", ("outbox:", "status:"), can(Permission.SEE_OUTBOX, user)),
        ("Audit trail", "trail:trail", ("trail:",), can(Permission.READ_TRAIL, user)),
        (
            "Calendar",
            "working_days:calendar",
            ("working_days:calendar",),
            can(Permission.SEE_CALENDAR, user) and not changes_settings,
        ),
        ("Settings", "dashboard:settings", settings_pages, changes_settings),
    ]


_TEAM_PAGES = ("dashboard:team_today", "dashboard:hand_over")
_REFERRAL_PAGES = ("referrals:log", "referrals:new", "referrals:referral")
_STATISTICS_PAGES = (
    "referrals:statistic",
    "referrals:advice_statistics",
    "referrals:saved_",
    "referrals:similar_",
)
_SUPERVISION_PAGES = (
    *(f"requests_app:{name}" for name in ("supervision", "dip_sample", "recovery_", "triage")),
    "improvement:",
)
_SETTINGS_PAGES = (
    "dashboard:settings",
    "requests_app:authority",
    "requests_app:regulator",
    "requests_app:grade",
    "requests_app:officer_grade",
    "working_days:calendar",
    "referrals:settings",
    *(
        f"referrals:{name}"
        for name in ("force_group", "force_requests", "forces", "criteri", "topic", "lead", "unit", "contact")
    ),
    "accounts:",
    "reminders:settings",
    "reminders:kind",
    "reminders:digest_time",
)
