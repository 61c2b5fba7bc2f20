"""A person's feed of due dates: made, ended, used."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from requests_app.events.settings import CALENDAR_FEED_CREATED, CALENDAR_FEED_REVOKED
from requests_app.models import CalendarFeed
from requests_app.queries.calendar_feed import token_hash

#: Random bytes of a token: 256 bits.
TOKEN_BYTES = 32
#: Calendar programs ask often; the time of the last request is kept to this accuracy.
USE_ACCURACY = timedelta(minutes=5)


@transaction.atomic
def create_feed(*, by: User, at: datetime, days: int) -> tuple[CalendarFeed, str]:
    """Create a feed for `by` for a number of days and end the one before.

    Returns the feed and its token, which cannot be shown again. Raises NotPermitted.
    """
    check_can(Permission.VIEW_CASES, by)
    _end(by, at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed.objects.create(
        user=by, token_hash=token_hash(token), created_at=at, expires_at=at + timedelta(days=days)
    )
    record_event(
        event=CALENDAR_FEED_CREATED,
        by=by,
        at=at,
        subject=by.audit_subject,
        detail={"expires_on": feed.expires_at.date().isoformat()},
    )
    return feed, token


@transaction.atomic
def revoke_feed(*, by: User, at: datetime) -> bool:
    """End the feed of `by` at once. Returns False when there was none."""
    ended = _end(by, at)
    if ended:
        record_event(event=CALENDAR_FEED_REVOKED, by=by, at=at, subject=by.audit_subject)
    return ended


def record_use(*, feed: CalendarFeed, at: datetime) -> None:
    """Record when a feed was last read. It makes no event: a program reads it many times a day."""
    unmarked = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - USE_ACCURACY)
    CalendarFeed.objects.filter(unmarked, pk=feed.pk).update(last_used_at=at)


def _end(user: User, at: datetime) -> bool:
    """End the person's feed.

    Two pages take turns by locking the person, since there may be no feed yet to lock.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return bool(CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at))
