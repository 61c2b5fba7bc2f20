"""Letters and other printed documents: facts in, HTML and PDF out. The only module that knows WeasyPrint.

The HTML is complete in itself but for its style sheets, and is the same text the PDF prints. Nothing is
fetched but the project's own style sheets and fonts, whatever a text contains.
"""

import hashlib
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template import Engine
from django.template.context import Context
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from requests_app.letters.context import letter_context
from requests_app.letters.tagging import complete_tags
from requests_app.rules.letter_facts import LetterFacts

#: Names the wording and the look. A test holds it to the templates and the style sheet: change one, raise it.
TEMPLATE_VERSION = "1"

_ROOT = Path(__file__).resolve().parents[2]
_TEMPLATES = _ROOT / "templates"
_STATIC = _ROOT / "static"
#: What a letter is printed with; the style sheet of other documents builds on it.
_STYLESHEET = "letters/letter.css"
DOCUMENT_STYLESHEETS = (_STYLESHEET, "documents/document.css")
_FONTS = {
    f"static/build/fonts/ttf/{name}": _STATIC / "build" / "fonts" / "ttf" / name
    for name in (
        "SourceSans3-Regular.ttf",
        "SourceSans3-Semibold.ttf",
        "DejaVuSans.ttf",
        "DejaVuSans-Bold.ttf",
    )
}
#: Only gives relative addresses something to start from; it is never contacted.
_BASE_URL = "https://letters.invalid/"
#: Pango's font maps, kept warm for the process, serve one thread at a time.
_printing = threading.Lock()


class LetterAssetsMissing(Exception):
    """The fonts of the letters are not built; the message says how to build them."""


class _Undefined(str):
    """Stands for a variable the context lacks: a letter with a silent gap must not exist."""

    def __mod__(self, name: object) -> str:
        raise LookupError(f"The letter template names {name}, which the letter's context does not have.")


class _OwnAssets(URLFetcher):  # type: ignore[misc]
    """Gives the documents' style sheets and fonts, and refuses every other address."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith(_BASE_URL):
            path = urlsplit(url).path.removeprefix("/")
            if f"/{path}" in map(_stylesheet_url, DOCUMENT_STYLESHEETS):
                # Parsed once for the process and handed over by `render_pdf`.
                return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})
            if path in _FONTS:
                return URLFetcherResponse(url, _FONTS[path].read_bytes(), {"Content-Type": "font/ttf"})
            if path.startswith("static/build/fonts/woff2/"):
                raise ValueError("browsers use this one; the next source of the font face is printed with")
        raise FatalURLFetchingError(f"A letter may not load {url}")


def _stylesheet_url(stylesheet: str = _STYLESHEET) -> str:
    return f"{settings.STATIC_URL}{stylesheet}"


@cache
def _engine() -> Engine:
    """An engine of the letters' own.

    It knows their filters, which lie below the pages' template tags; it takes no context processors, so
    nothing of a web request can get into a letter; and it stops at a variable that does not exist.
    """
    return Engine(
        dirs=[str(_TEMPLATES)],
        libraries={"letter_text": "requests_app.letters.letter_text"},
        string_if_invalid=_Undefined("%s"),
    )


@cache
def _fonts() -> FontConfiguration:
    if not all(font.is_file() for font in _FONTS.values()):
        raise LetterAssetsMissing("The letters' fonts are missing. Run: make setup")
    return FontConfiguration()


@cache
def _parsed(stylesheet: str) -> CSS:
    """A style sheet, parsed once for a process."""
    return CSS(
        string=(_STATIC / stylesheet).read_text(encoding="utf-8"),
        base_url=f"{_BASE_URL}static/{stylesheet}",
        font_config=_fonts(),
        url_fetcher=_OwnAssets(),
    )


def render_html(facts: LetterFacts) -> str:
    """Return the letter as a complete HTML document.

    Without a letter date it is a draft and says so on every page. It has no script and no inline style, so
    it can be shown under the site's content security policy.
    """
    context: dict[str, Any] = letter_context(facts)
    context |= {"template_version": TEMPLATE_VERSION, "stylesheet_url": _stylesheet_url()}
    return _engine().get_template(f"letters/{facts.kind.value}.html").render(Context(context))


def render_document(template: str, context: dict[str, Any]) -> str:
    """Return a document that is no letter as complete HTML, from `templates/documents/`.

    It is read and printed with DOCUMENT_STYLESHEETS. A template may name nothing that the context lacks.
    """
    urls = [_stylesheet_url(stylesheet) for stylesheet in DOCUMENT_STYLESHEETS]
    return (
        _engine().get_template(f"documents/{template}").render(Context({**context, "stylesheet_urls": urls}))
    )


def render_pdf(html: str, stylesheets: Sequence[str] = (_STYLESHEET,)) -> bytes:
    """Return the PDF/UA-1 file of a document made by `render_html` or `render_document`.

    The same HTML gives the same bytes: the identifier is derived from it and no time is recorded but the
    document's own date. Raises LetterAssetsMissing when the fonts are not built, and FatalURLFetchingError when
    the document asks for anything but the project's own assets.
    """
    with _printing:
        fonts, parsed = _fonts(), [_parsed(stylesheet) for stylesheet in stylesheets]
        document = HTML(string=html, base_url=_BASE_URL, url_fetcher=_OwnAssets())
        pdf: bytes = document.write_pdf(
            finisher=complete_tags,
            font_config=fonts,
            stylesheets=parsed,
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
        )
    return pdf
