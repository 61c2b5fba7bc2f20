"""The command that loads synthetic cases: one clear line on bad input, and nowhere in production."""

import pytest
from django.core.management import CommandError, call_command

from referrals.models import Referral
from requests_app.models import FoiRequest
from tests.foitracker.test_production import production

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.mark.parametrize("kind", ["requests", "referrals"])
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["0"], "from 1 to"),
        (["10", "--open", "11"], "--open 11 is more than --{kind} 10"),
        (["many"], "'many' is not a whole number"),
        (["10", "--on", "tomorrow"], "write it as YYYY-MM-DD"),
        (["10", "--on", "2041-06-01"], "outside the working-day calendar"),
    ],
)
def test_bad_input_is_one_clear_line_and_loads_nothing(kind: str, arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("load_synthetic", f"--{kind}", *arguments)

    assert says.format(kind=kind) in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not FoiRequest.objects.exists()
    assert not Referral.objects.exists()


@pytest.mark.parametrize("arguments", [[], ["--requests", "10", "--referrals", "10"]])
def test_one_kind_at_a_time(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="--referrals"):
        call_command("load_synthetic", *arguments)
    assert not FoiRequest.objects.exists()


def test_production_has_no_such_command() -> None:
    run = production("manage.py", "load_synthetic", "--requests", "10")

    assert run.returncode == 1
    assert "Unknown command: 'load_synthetic'" in run.stderr
