"""What never gets into a log: tokens in addresses, in Django's messages and in the web server's."""

import logging
import os
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from foitracker.logs import WithoutTokens, WithoutValues, without_tokens
from tests.ports import free_port

TOKEN = "r4nd0m-T0ken_of-43-characters-abcdefghijklmn"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"GET /calendar/{TOKEN}.ics 200", "GET /calendar/(token left out) 200"),
        (f'"GET //calendar/{TOKEN}.ics HTTP/1.1" 404', '"GET //calendar/(token left out) HTTP/1.1" 404'),
        (
            f"POST /settings/users/password/MQ/{TOKEN}/ 302",
            "POST /settings/users/password/(token left out) 302",
        ),
        ("POST /account/calendar/revoke/ 302", "POST /account/calendar/revoke/ 302"),
        ("POST /settings/calendar/decide/ 302", "POST /settings/calendar/decide/ 302"),
        ("GET /requests/2025/2253/ 200", "GET /requests/2025/2253/ 200"),
    ],
)
def test_only_tokens_are_left_out(line: str, expected: str) -> None:
    assert without_tokens(line) == expected


def test_a_filter_and_the_formatter_leave_them_out_of_arguments_too() -> None:
    record = logging.LogRecord(
        "x", logging.WARNING, "", 0, "Not Found: %s", (f"/calendar/{TOKEN}.ics",), None
    )
    assert TOKEN not in WithoutValues("{message}", style="{").format(record)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == "Not Found: /calendar/(token left out)"


def test_the_web_server_writes_no_token(tmp_path: Path) -> None:
    port = free_port()
    log = tmp_path / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "--config",
                "python:foitracker.serving",
                "wsgiref.simple_server:demo_app",
            ],
            env={**os.environ, "PORT": str(port), "HOST": "127.0.0.1", "WEB_WORKERS": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            assert _status(port, f"/calendar/{TOKEN}.ics?x={TOKEN}") == 200
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    written = log.read_text()
    assert "GET /calendar/(token left out) 200" in written
    assert TOKEN not in written


def _status(port: int, path: str) -> int:
    for _ in range(100):
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except ConnectionRefusedError:
            time.sleep(0.2)
        finally:
            connection.close()
    pytest.fail("gunicorn did not start")
