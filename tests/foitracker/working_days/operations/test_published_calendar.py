"""The published bank holidays over the network: a real server, well and unwell."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from foitracker.working_days import tasks
from foitracker.working_days.models import BankHoliday, CalendarProposal, CalendarRefresh
from foitracker.working_days.operations import published_calendar
from foitracker.working_days.operations.published_calendar import refresh_from_url
from foitracker.working_days.queries import current_calendar
from tests.foitracker.working_days.published import text

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
JUBILEE = text(added=[(date(2027, 1, 22), "scotland", "Jubilee")])

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers each path as the test says."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        answers, asked = self.answers, self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                answers[self.path](self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def url(self, answer: Answer, path: str = "/bank-holidays.json") -> str:
        self.answers[path] = answer
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


def says(body: str | bytes, status: int = 200, announced: int | None = None) -> Answer:
    content = body if isinstance(body, bytes) else body.encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(announced or len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def leads_to(address: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", address)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def drips(handler: BaseHTTPRequestHandler) -> None:
    """Answer slower than anyone should wait, but never fall silent for long."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


def says_nothing(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(2)


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def test_what_the_server_publishes_is_proposed(server: Server) -> None:
    refresh = refresh_from_url(server.url(says(JUBILEE)), at=AT, today=TODAY)
    assert (refresh.problem, refresh.proposed, refresh.years, refresh.source) == (
        "",
        1,
        "2020-2028",
        "127.0.0.1",
    )
    assert CalendarProposal.objects.get().title == "Jubilee"
    assert not BankHoliday.objects.filter(title="Jubilee").exists()


UNWELL: dict[str, tuple[Answer, str]] = {
    "an error": (says("Sorry", 500), "The server answered 500"),
    "not there": (says("Sorry", 404), "The server answered 404"),
    "a web page": (says("<!DOCTYPE html><p>Sorry</p>"), "looks like a web page"),
    "half of it": (says(JUBILEE[:5000]), "cut short"),
    "half of what it announced": (says(JUBILEE[:5000], announced=50_000), "broke off"),
    "bytes": (says(b"\xff\xfe\x00"), "not text in UTF-8"),
    "far too much": (says(b" " * 1_100_000), "more than 1,000,000 bytes"),
    "a hang-up": (breaks_off, "broke off"),
    "silence": (says_nothing, "took too long"),
    "drop by drop": (drips, "took too long"),
    "elsewhere": (leads_to("http://localhost:1/bank-holidays.json"), "leads elsewhere"),
    "a file": (leads_to("file:///etc/hostname"), "The server answered 302"),
    "round in circles": (leads_to("/bank-holidays.json"), "The server answered 302"),
}


@pytest.mark.parametrize(("answer", "problem"), UNWELL.values(), ids=UNWELL)
def test_what_is_wrong_is_refused_whole_and_kept_for_managers(
    server: Server, answer: Answer, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published_calendar, "STEP_TIMEOUT", 1)
    monkeypatch.setattr(published_calendar, "WHOLE_TIMEOUT", 0.5)
    before = current_calendar()
    refresh = refresh_from_url(server.url(answer), at=AT, today=TODAY)
    assert problem in refresh.problem
    assert CalendarRefresh.objects.get() == refresh
    assert not CalendarProposal.objects.exists()
    assert current_calendar(checked_now=True) == before


def test_a_redirect_within_the_host_is_followed(server: Server) -> None:
    server.url(says(JUBILEE), "/moved.json")
    assert refresh_from_url(server.url(leads_to("/moved.json")), at=AT, today=TODAY).proposed == 1
    assert server.asked == ["/bank-holidays.json", "/moved.json"]


@pytest.mark.parametrize(
    "url",
    ["http://example.org/x.json", "file:///etc/hostname", "ftp://127.0.0.1/x", "", "https//x", "http://[::1"],
)
def test_only_https_is_asked(url: str) -> None:
    assert "https://" in refresh_from_url(url, at=AT, today=TODAY).problem


def test_a_server_that_is_away_is_a_problem_and_no_crash() -> None:
    refresh = refresh_from_url("http://127.0.0.1:1/x.json", at=AT, today=TODAY)
    assert "cannot be reached" in refresh.problem


def test_the_task_reads_the_address_of_the_settings(server: Server, settings) -> None:  # type: ignore[no-untyped-def]
    settings.BANK_HOLIDAYS_URL = server.url(says(JUBILEE))
    tasks.refresh_bank_holidays()
    tasks.refresh_bank_holidays()
    assert [refresh.proposed for refresh in CalendarRefresh.objects.all()] == [0, 1]
    settings.BANK_HOLIDAYS_URL = ""
    tasks.refresh_bank_holidays()
    assert CalendarRefresh.objects.count() == 2


def test_the_command_reads_an_address_or_a_file(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("refresh_bank_holidays", url=server.url(says(JUBILEE)))
    assert "2020-2028 read, 1 change(s) proposed, 1 in all wait" in capsys.readouterr().out
    file = tmp_path / "bank-holidays.json"
    file.write_text(text(), encoding="utf-8-sig")
    call_command("refresh_bank_holidays", file=file, json=True)
    assert '"proposed": 0, "waiting": 0' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({}, "No address is set"),
        ({"file": Path("none-such.json")}, "cannot be read"),
        ({"file": Path("pyproject.toml")}, "stays as it is"),
    ],
)
def test_the_command_says_what_is_wrong(options: dict[str, Path], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        call_command("refresh_bank_holidays", **options)
