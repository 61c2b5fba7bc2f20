"""Each kind of letter, word for word. After a wanted change of wording: GOLDEN=write pytest <this file>."""

import os
from pathlib import Path

import pytest

from requests_app.letters.render import render_html
from tests.requests_app.letters.hard_cases import CASES

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", CASES)
def test_letter_reads_as_agreed(name: str) -> None:
    html = render_html(CASES[name]())
    path = GOLDEN / f"{name}.html"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(html, encoding="utf-8")
    assert html == path.read_text(encoding="utf-8")


def test_every_golden_letter_has_its_case() -> None:
    assert {path.stem for path in GOLDEN.glob("*.html")} == set(CASES)
