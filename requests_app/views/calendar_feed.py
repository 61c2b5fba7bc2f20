"""Due dates in a person's own calendar: the page where the feed is made and ended, and the feed."""

from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from icalendar import Calendar, Event
from redis.exceptions import RedisError

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.audit.operations import record_access
from requests_app.events.settings import CALENDAR_FEED_READ
from requests_app.forms.calendar_feed import CalendarFeedForm
from requests_app.operations.calendar_feed import create_feed, record_use, revoke_feed
from requests_app.queries.calendar_feed import DueDate, due_dates, feed_of, feed_with_token, token_hash

#: Readings a minute: of one feed, and from one address, behind which many people may sit.
OF_ONE_FEED, FROM_ONE_ADDRESS = 12, 120
_HOUR = timedelta(hours=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed_page(request: SignedInRequest) -> HttpResponse:
    """Make a feed, see that there is one, end it. Its address is on the page that answers the making, once."""
    check_can(Permission.VIEW_CASES, request.user)
    form, address, now = CalendarFeedForm(request.POST or None), "", timezone.now()
    if form.is_valid():
        _, token = create_feed(by=request.user, at=now, days=form.cleaned_data["days"])
        address = request.build_absolute_uri(reverse("requests_app:calendar_feed", args=[token]))
        form = CalendarFeedForm()
    feed = feed_of(request.user)
    context = {
        "form": form,
        "feed": feed,
        "expired": feed is not None and feed.expires_at <= now,
        "address": address,
    }
    return render(request, "requests_app/calendar_feed.html", context)


@require_POST
def revoke_calendar_feed(request: SignedInRequest) -> HttpResponse:
    """End one's own feed."""
    if revoke_feed(by=request.user, at=timezone.now()):
        messages.success(request, "Your calendar feed has ended. Its address shows nothing any more.")
    return redirect("requests_app:calendar_feed_page")


@login_not_required
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Show the feed a token opens. Whatever is wrong with a token, the answer is the same."""
    now = timezone.now()
    if _too_often(request, token):
        return _private(
            HttpResponse("Too many readings. Try again in a minute.\n", status=429, content_type="text/plain")
        )
    feed = feed_with_token(token, at=now)
    if feed is None or not can(Permission.VIEW_CASES, feed.user):
        return _private(_plain_text("There is no such calendar.", 404))
    record_use(feed=feed, at=now)
    record_access(event=CALENDAR_FEED_READ, by=feed.user, at=now)
    found = due_dates(feed.user, today=timezone.localdate(now))
    return _private(HttpResponse(_calendar(request, found, now), content_type="text/calendar; charset=utf-8"))


def _plain_text(words: str, status: int) -> HttpResponse:
    """A line of text: what reads a feed is a program, which shows no pages."""
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")


def _private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    if response.status_code == 429:
        response["Retry-After"] = "60"
    return response


def _too_often(request: HttpRequest, token: str) -> bool:
    """Count this reading. Without Redis nothing is counted: a token cannot be guessed, counted or not."""
    address = get_adapter(request).get_client_ip(request)
    try:
        readings = _count(f"feed-address-{address}"), _count(f"feed-{token_hash(token)}")
    except RedisError:
        return False
    return readings[0] > FROM_ONE_ADDRESS or readings[1] > OF_ONE_FEED


def _count(key: str) -> int:
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key)
    except ValueError:  # the minute ended in between
        return 1


def _calendar(request: HttpRequest, found: list[DueDate], now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//foitracker//due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "FOI due dates")
    calendar.add("refresh-interval", _HOUR, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for due in found:
        calendar.add_component(_event(request, due, now))
    return bytes(calendar.to_ical())


def _event(request: HttpRequest, due: DueDate, now: datetime) -> Event:
    """A whole day that blocks no time. Its UID stays when the date moves, so that a program moves the entry."""
    event = Event()
    event.add("uid", f"{due.case.year}-{due.case.number}-{due.entry.name}@foitracker")
    event.add("summary", f"{due.case.reference}: {due.entry.short}")
    event.add("dtstart", due.entry.day)
    event.add("dtend", due.entry.day + timedelta(days=1))
    event.add("dtstamp", now)
    event.add("transp", "TRANSPARENT")
    event.add("url", request.build_absolute_uri(due.case.get_absolute_url()))
    return event
