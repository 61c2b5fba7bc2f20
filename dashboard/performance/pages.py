"""What the pages about performance share: the days they are about, and the way from one to the other."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from dashboard.performance.axes import AXES
from dashboard.performance.forms import PeriodForm
from dashboard.performance.periods import Asked
from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permissions import can
from foitracker.statistics.periods import Period
from requests_app.measures.periods import PeriodView
from requests_app.models import Authority
from requests_app.queries.authority import authority


def period_form(request: SignedInRequest, today: date) -> PeriodForm:
    """Return the form of the days, read from the address."""
    settings = authority() or Authority()
    return PeriodForm(request.GET, today=today, begins_in=settings.year_begins_in)


def view_of(period: Period, asked: Asked, user: User) -> PeriodView:
    """Return from where the figures of a period are read for somebody."""
    return PeriodView(asked.as_at, user, from_on=period.from_on, to_on=period.to_on)


def parts(user: User, form: PeriodForm, here: str) -> list[dict[str, Any]]:
    """Return the pages about the same days that somebody may see, and those that choose their own.

    `here` is the axis shown now.
    """
    pages = [("", "Overview", reverse("dashboard:performance"))]
    pages += [
        (axis.code, f"By {axis.name}", reverse("dashboard:performance_by", args=[axis.code]))
        for axis in AXES.values()
        if axis.permission is None or can(axis.permission, user)
    ]
    same_days = [
        {"label": label, "url": with_days(address, form), "current": code == here}
        for code, label, address in pages
    ]
    own_days = [("Cost", reverse("dashboard:cost")), ("Forecast", reverse("dashboard:forecast"))]
    return [*same_days, *({"label": label, "url": url, "current": False} for label, url in own_days)]


def with_days(address: str, form: PeriodForm) -> str:
    """Return an address with the days that were chosen, as they were typed; without them where they make no sense."""
    if form.errors:
        return address
    days = {name: form.data[name] for name in form.fields if form.data.get(name)}
    return f"{address}?{urlencode(days)}" if days else address
