"""The authority that answers, and the regulator over it."""

from datetime import date

from requests_app.models import Authority, Regulator


def authority() -> Authority | None:
    """This function will give the authority's settings; None before an administrator entered them."""
    return Authority.objects.first()


def regulators() -> list[Regulator]:
    """This function will give the regulators recorded, the earliest first."""
    return list(Regulator.objects.all())


def regulator_in_office(on: date) -> Regulator | None:
    """This function will give the regulator in office on a day; None when none is recorded by then."""
    return Regulator.in_office(on)
