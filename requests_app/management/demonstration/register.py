"""The register of the demonstration: two requests modelled on published answers and about 150 more."""

from collections.abc import Callable
from datetime import date

from requests_app.management.demonstration.authority import Staff, set_up_authority
from requests_app.management.demonstration.model_cases import earlier_requests, request_2216, request_2253
from requests_app.management.demonstration.population import make, plans
from requests_app.models import FoiRequest, ReferenceCounter

#: Numbers with which the demonstration's years begin, so that the two model requests fit in.
_FIRST_NUMBERS = {2024: 1874, 2025: 2060, 2026: 2411}


def requests_are_loaded() -> bool:
    """Return whether the demonstration's requests are in the register."""
    return FoiRequest.objects.filter(year=2025, number=2253).exists()


def load_requests(*, today: date, say: Callable[[str], None]) -> int:
    """Log and work the demonstration's requests, dated around `today`; return their number.

    Needs an empty register and the caller's transaction. `say` is called with the progress.
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
