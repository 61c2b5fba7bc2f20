"""The authority that answers, and the regulator over it."""

from datetime import date

from requests_app.models import Authority, Regulator
from requests_app.rules.clock.course import ClockPolicy


def authority() -> Authority | None:
    """Return the authority's settings; None before an administrator entered them."""
    return Authority.objects.first()


def clock_policy(settings: Authority | None) -> ClockPolicy:
    """Return the authority's settings for the clock; the defaults before it has any."""
    if settings is None:
        return ClockPolicy()
    return ClockPolicy(
        deemed_next_working_day=settings.deems_next_working_day,
        clarification_lapse_months=settings.clarification_lapse_months,
        lapse_warning_days=settings.lapse_warning_days,
    )


def regulators() -> list[Regulator]:
    """Return the regulators recorded, the earliest first."""
    return list(Regulator.objects.all())


def regulator_in_office(on: date) -> Regulator | None:
    """Return the regulator in office on a day; None when none is recorded by then."""
    return Regulator.in_office(on)
