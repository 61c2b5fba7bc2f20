"""A four-page letter with its annex: our PDF against headless Chromium printing the same HTML.

    python -m benchmarks.letter_pdf [--runs N]

Both are warm: the worker has printed before, the browser is running. Chromium is timed in four ways: started for
the letter (`chromium --headless --print-to-pdf`), a new tab for the letter in a running browser, the letter loaded
into an open tab that has printed it before, and the bare printing of a letter already on show. The second is what
a worker would do, since letters of different people do not share a tab; the bar is measured against it. Runs
alternate, and medians are compared. Exits with 1 when the ratio is above 1.0.
"""

import argparse
import functools
import http.server
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foitracker.settings")
os.environ.setdefault("FOITRACKER_MODE", "local")
django.setup()

from foitracker.printing.render import render_pdf  # noqa: E402
from requests_app.letters.render import render_html  # noqa: E402
from tests.requests_app.letters.hard_cases import neither_confirmed_nor_denied  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
BAR = "Chromium, a new tab for the letter"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keep the measurements readable."""


@contextmanager
def served(html: str) -> Iterator[str]:
    """Yield the letter at an address of its own, beside the real style sheet and fonts."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "letter.html").write_text(html, encoding="utf-8")
        (Path(folder) / "static").symlink_to(ROOT / "static")
        handler = functools.partial(_Quiet, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/letter.html"
        server.shutdown()


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def print_page(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True, tagged=True, outline=True)


def load_and_print(page: Page, address: str) -> bytes:
    page.goto(address)
    return print_page(page)


def new_tab(browser: Browser, address: str) -> bytes:
    page = browser.new_page()
    pdf = load_and_print(page, address)
    page.close()
    return pdf


def started_anew(path: str, address: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}"]
        output = f"--print-to-pdf={folder}/letter.pdf"
        subprocess.run([path, *options, output, address], check=True, capture_output=True)  # noqa: S603


def measure(runs: int) -> int:
    html = render_html(neither_confirmed_nor_denied())
    pages = len(PdfReader(io.BytesIO(render_pdf(html))).pages)
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print("Chromium is needed for the comparison. Run: sudo apt-get install -y chromium")  # noqa: T201
        return 2
    with sync_playwright() as playwright, served(html) as address:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        load_and_print(page, address)
        ways: dict[str, Callable[[], object]] = {
            "render_pdf": lambda: render_pdf(html),
            "Chromium, started for the letter": lambda: started_anew(path, address),
            BAR: lambda: new_tab(browser, address),
            "Chromium, loaded into an open tab": lambda: load_and_print(page, address),
            "Chromium, printing only": lambda: print_page(page),
        }
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(runs):
            for name, work in ways.items():
                taken[name].append(milliseconds(work))
        browser.close()
    own = statistics.median(taken.pop("render_pdf"))
    print(f"Letter of {pages} pages, median of {runs} runs\n  {'render_pdf':<36}{own:8.1f} ms")  # noqa: T201
    for name, times in taken.items():
        print(f"  {name:<36}{statistics.median(times):8.1f} ms   ratio {own / statistics.median(times):.2f}")  # noqa: T201
    return int(own > statistics.median(taken[BAR]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=25, help="how often each is measured (default: 25)")
    sys.exit(measure(parser.parse_args().runs))
