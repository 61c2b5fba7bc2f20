"""A letter in the browser, under the site's content security policy and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from requests_app.letters.render import render_html
from tests.requests_app.letters.golden import CASES
from tests.requests_app.letters.hard_cases import hostile

POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'"
pytestmark = [pytest.mark.browser, pytest.mark.services]


def show(page: Page, html: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    page.route("**/letter-in-the-browser", answer)
    page.goto("/letter-in-the-browser")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("name", [*CASES, "hostile"])
def test_it_shows_with_its_fonts_and_fits(page: Page, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    show(page, render_html(hostile() if name == "hostile" else CASES[name]()))
    assert page.evaluate("document.fonts.check('600 19px \"Letter Sans\"')")
    assert page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length") >= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "name",
    ["acknowledgement/golden", "part_refusal/golden", "part_refusal/golden_draft", "disclosure/golden"],
)
def test_axe_finds_nothing(
    page: Page, name: str, accessibility_problems: Callable[[Page], list[str]]
) -> None:
    show(page, render_html(CASES[name]()))
    assert accessibility_problems(page) == []
