"""Printed documents: a template and its context in, HTML and PDF out. The only module that knows WeasyPrint.

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

from foitracker.printing.tagging import complete_tags

_ROOT = Path(__file__).resolve().parents[2]
_TEMPLATES = _ROOT / "templates"
_STATIC = _ROOT / "static"
#: What every document is printed with; documents that are no letter build on it.
LETTER_STYLESHEET = "letters/letter.css"
DOCUMENT_STYLESHEETS = (LETTER_STYLESHEET, "documents/document.css")
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


class PrintingAssetsMissing(Exception):
    """The fonts of the documents are not built; the message says how to build them."""


class _Undefined(str):
    """Stands for a variable the context lacks: a document with a silent gap must not exist."""

    def __mod__(self, name: object) -> str:
        raise LookupError(f"The template names {name}, which the context of the document does not have.")


class _OwnAssets(URLFetcher):  # type: ignore[misc]
    """Gives the documents' style sheets and fonts, and refuses every other address."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith(_BASE_URL):
            path = urlsplit(url).path.removeprefix("/")
            if f"/{path}" in map(stylesheet_url, DOCUMENT_STYLESHEETS):
                # Parsed once for the process and handed over by `render_pdf`.
                return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})
            if path in _FONTS:
                return URLFetcherResponse(url, _FONTS[path].read_bytes(), {"Content-Type": "font/ttf"})
            if path.startswith("static/build/fonts/woff2/"):
                raise ValueError("browsers use this one; the next source of the font face is printed with")
        raise FatalURLFetchingError(f"A document may not load {url}")


def stylesheet_url(stylesheet: str) -> str:
    """Return the address under which a page or a printer finds one of the style sheets."""
    return f"{settings.STATIC_URL}{stylesheet}"


@cache
def _engine(filters: tuple[str, ...], folders: tuple[str, ...]) -> Engine:
    """An engine of the documents' own, with the print filters and those of the modules `filters`.

    It takes no context processors, so nothing of a web request can get into a document; and it stops at a
    variable that does not exist.
    """
    return Engine(
        dirs=[str(_TEMPLATES), *folders],
        builtins=["foitracker.printing.print_text", *filters],
        string_if_invalid=_Undefined("%s"),
    )


@cache
def _fonts() -> FontConfiguration:
    if not all(font.is_file() for font in _FONTS.values()):
        raise PrintingAssetsMissing("The fonts of printed documents are missing. Run: make setup")
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


def render_template(
    template: str, context: dict[str, Any], *, filters: tuple[str, ...] = (), folders: tuple[str, ...] = ()
) -> str:
    """Return a printed document's template filled in. It may name nothing that the context lacks.

    `filters` are modules of template filters besides those of `print_text`, `folders` hold templates besides
    those in `templates/`.
    """
    return _engine(filters, folders).get_template(template).render(Context(context))


def render_document(template: str, context: dict[str, Any], *, filters: tuple[str, ...] = ()) -> str:
    """Return a document that is no letter as complete HTML, from `templates/documents/`.

    It is read and printed with DOCUMENT_STYLESHEETS. `filters` as in `render_template`.
    """
    urls = [stylesheet_url(stylesheet) for stylesheet in DOCUMENT_STYLESHEETS]
    return render_template(f"documents/{template}", {**context, "stylesheet_urls": urls}, filters=filters)


def render_pdf(html: str, stylesheets: Sequence[str] = (LETTER_STYLESHEET,)) -> bytes:
    """Return the PDF/UA-1 file of a document made from `render_template`.

    The same HTML gives the same bytes: the identifier is derived from it and no time is recorded but the
    document's own date. Raises PrintingAssetsMissing when the fonts are not built, and FatalURLFetchingError when
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
