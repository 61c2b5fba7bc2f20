"""Each kind of letter, word for word. After a wanted change of wording: GOLDEN=write pytest <this file>."""

import os

import pytest

from requests_app.letters.render import render_html
from tests.requests_app.letters.golden import CASES, KINDS_FOLDER


@pytest.mark.parametrize("name", CASES)
def test_letter_reads_as_agreed(name: str) -> None:
    html = render_html(CASES[name]())
    path = KINDS_FOLDER / f"{name}.html"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(html, encoding="utf-8")
    assert html == path.read_text(encoding="utf-8")


def test_every_golden_letter_has_its_case() -> None:
    files = {
        str(path.relative_to(KINDS_FOLDER).with_suffix("")) for path in KINDS_FOLDER.glob("*/golden*.html")
    }
    assert files == set(CASES)
