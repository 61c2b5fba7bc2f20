"""The register of the demonstration: two requests modelled on published answers and about 150 more."""

from collections.abc import Callable
from datetime import date

from dashboard.demonstration.data.model_requests import earlier_requests, request_2216, request_2253
from dashboard.demonstration.data.requests import make, plans
from dashboard.demonstration.player.people import Staff, set_up_authority
from requests_app.models import FoiRequest, ReferenceCounter

#: Numbers with which the demonstration's years begin, so that the two model requests fit in.
_FIRST_NUMBERS = {2024: 1874, 2025: 2060, 2026: 2411}


def requests_are_loaded() -> bool:
    """This function will say whether the demonstration's requests are in the register."""
    return FoiRequest.objects.filter(year=2025, number=2253).exists()


def load_requests(*, today: date, say: Callable[[str], None]) -> int:
    """This function will log and work the demonstration's requests, dated around `today`; give their number.

    Needs an empty register and the caller's transaction. `say` is told how far it has come.
    """
    staff = set_up_authority()
    for year, number in _FIRST_NUMBERS.items():
        ReferenceCounter.raise_to(year, number)
    _work(staff, today, say)
    return FoiRequest.objects.count()


def _work(staff: Staff, today: date, say: Callable[[str], None]) -> None:
    original, review = earlier_requests(staff)
    request_2216(staff)
    request_2253(staff, original, review)
    for done, plan in enumerate(plans(today), start=1):
        make(staff, plan, today)
        if done % 25 == 0:
            say(f"… {done} requests")
