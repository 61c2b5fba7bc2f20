"""The command that writes a letter: what it says in one line when it cannot."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.requests_app.operations.part_refusal import drafted_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["1/2031"], "no request 1/2031"),
        (["about drones"], "about drones"),
        (["0001/2026"], "no issued letter"),
        (["0001/2026", "--preview", "--kind", "acknowledgement"], "no draft in hand"),
    ],
)
def test_a_letter_that_is_not_there_is_said_in_one_line(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    drafted_part_refusal(factories.staff())
    with pytest.raises(CommandError, match=message) as refused:
        run("letter", *arguments, "--out", str(tmp_path / "letter.pdf"))
    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    drafted_part_refusal(factories.staff())
    with pytest.raises(CommandError, match="cannot be written"):
        run("letter", "0001/2026", "--preview", "--out", str(tmp_path))
