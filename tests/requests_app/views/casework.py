"""A request under work and the people who work on it, for tests of the pages that change it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client

from foitracker.accounts.models import User
from requests_app.models import FoiRequest, RequestItem
from tests import factories
from tests.factories import Staff

RECEIVED = date(2026, 3, 2)
WORDS = "Please send me:\nA. the patrol plan\nB. the map that goes with it\nC. the patrol plan again"


class Desk:
    """One person's signed-in browser, on one case."""

    def __init__(self, user: User, case: FoiRequest) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.base = f"/requests/{case.year}/{case.number}/"
        self.case = case

    def get(self, page: str) -> Any:
        return self.client.get(self.base + page)

    def confirm(self, page: str, data: Mapping[str, Any]) -> Any:
        """Send a form that shows the new dates first, and confirm what it shows."""
        shown = self.post(page, data)
        if shown.status_code != 200:
            return shown
        return self.post(page, {**data, "confirm": confirm_value(shown)})

    def post(self, page: str, data: Mapping[str, Any], *, version: int | None = None) -> Any:
        """Send a form as a page would that was opened just now, or when the case had `version`."""
        seen = FoiRequest.objects.values_list("version", flat=True).get(pk=self.case.pk)
        return self.client.post(self.base + page, {"seen_version": version or seen, **data})


def confirm_value(response: HttpResponse) -> str:
    """Return what the button posts that confirms the dates a page shows."""
    found = re.search(r'name="confirm" value="([0-9a-f]+)"', text_of(response))
    assert found, "the page does not ask to confirm anything"
    return found[1]


def logged(staff: Staff, words: str = WORDS) -> FoiRequest:
    """Return a request just logged, with no one working on it yet."""
    return factories.request(by=staff.intake, words=words)


def with_items(staff: Staff) -> tuple[FoiRequest, list[RequestItem]]:
    """Return a request with items A, B and C."""
    case = logged(staff)
    factories.take_up(staff, case, RECEIVED)
    factories.split(
        staff, case, [("A", "the patrol plan"), ("B", "the map"), ("C", "the plan again")], RECEIVED
    )
    case.refresh_from_db()
    return case, list(case.items.all())


def rows(*typed: Mapping[str, Any], **data: Any) -> dict[str, Any]:
    """Return what a form with these rows posts."""
    posted: dict[str, Any] = {"rows-TOTAL_FORMS": len(typed), "rows-INITIAL_FORMS": 0, **data}
    for number, row in enumerate(typed):
        posted |= {f"rows-{number}-{name}": value for name, value in row.items() if value is not None}
    return posted


def day(name: str, value: date) -> dict[str, str]:
    """Return what the three boxes of a day post."""
    return {f"{name}_0": str(value.day), f"{name}_1": str(value.month), f"{name}_2": str(value.year)}


def text_of(response: HttpResponse) -> str:
    """Return the page's words, as they are after escaping."""
    return response.content.decode()
