"""manage.py performance prints the figures of a period with what each counts, and says what is wrong with its days."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from requests_app.measures.periods import DECLARED

pytestmark = [pytest.mark.django_db, pytest.mark.services]

_YEAR = ["--from", "2026-04-01", "--to", "2026-11-29", "--on", "2026-11-30"]


def _print(*arguments: str) -> str:
    out = StringIO()
    call_command("performance", *arguments, stdout=out)
    return out.getvalue()


def test_json_has_every_figure_and_its_definition() -> None:
    printed = json.loads(_print(*_YEAR, "--json"))
    codes = {measure.code for measure in DECLARED} | {"median_days", "p90_days"}
    assert printed.keys() == codes | {"from", "to", "on", "definitions"}
    assert printed["definitions"].keys() == codes
    assert (printed["received"], printed["median_days"]) == (0, None)


def test_text_has_a_line_a_figure() -> None:
    assert len(_print(*_YEAR).splitlines()) == len(DECLARED) + 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "2026-11-29", "--to", "2026-04-01"], "Give --from before --to"),
        (["--from", "2026-04-01", "--to", "2026-11-31"], "2026-11-31"),
        (["--from", "2026-12-01", "--to", "2026-12-31", "--on", "2026-11-30"], "Give a later --on"),
    ],
)
def test_days_that_make_no_period_are_refused(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        _print(*arguments)
