"""`make bench`: every figure of docs/performance.md, measured on this machine in one run.

    BENCH_REQUESTS   how many requests the large register holds (default 1000000)
    BENCH_OPEN       how many of them are open (default 20000, or all)
    BENCH_SMALL      how many the small register holds, as many open as fit (default 20000)
    BENCH_LOGS       how many logs of the Central Referral Unit there are (default 100000)
    BENCH_SAMPLES    how often each page is asked for (default 200)
    BENCH_KEEP=1     leave the databases for the next run (they are dropped otherwise)

The databases are the benchmark's own, on the server of DATABASE_URL or on an embedded one. Exits with 0 whatever
the figures are: they are read, not passed.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import psutil
import psycopg

from benchmarks import databases, report
from foitracker import embedded


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=_setting("BENCH_REQUESTS", 1_000_000))
    parser.add_argument("--open", type=int, default=_setting("BENCH_OPEN", 20_000))
    parser.add_argument("--small", type=int, default=_setting("BENCH_SMALL", 20_000))
    parser.add_argument("--logs", type=int, default=_setting("BENCH_LOGS", 100_000))
    parser.add_argument("--samples", type=int, default=_setting("BENCH_SAMPLES", 200))
    parser.add_argument("--keep", action="store_true", default=bool(_setting("BENCH_KEEP", 0)))
    chosen = parser.parse_args()
    if not 0 < chosen.small <= chosen.requests or chosen.samples < 1 or chosen.open < 0:
        parser.error("the small register has at least one request and no more than the large one")
    if chosen.logs < 1000:
        parser.error("a log for measuring has a thousand logs or more")
    databases.use_servers()
    measured = _measure(chosen)
    said = report.text(measured)
    sys.stdout.write(said + "\n")
    folder = embedded.default_folder() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"\nWritten to {path}\n")


def _setting(name: str, default: int) -> int:
    text = os.environ.get(name, "")
    if text and not text.isdecimal():
        sys.exit(f"{name} is {text!r}; it must be a whole number.")
    return int(text or default)


def _measure(chosen: argparse.Namespace) -> dict[str, Any]:
    samples = str(chosen.samples)
    pages: dict[str, Any] = {}
    memory: dict[str, float] = {}
    with databases.population(chosen.small, min(chosen.open, chosen.small), keep=chosen.keep) as url:
        measured = _part("pages", "--samples", samples, url=url)
        pages[str(chosen.small)], memory[str(chosen.small)] = measured["pages"], measured["memory_peak_mb"]
        machine = _machine(url)
    with databases.population(chosen.requests, min(chosen.open, chosen.requests), keep=chosen.keep) as url:
        measured = _part("pages", "--samples", samples, url=url)
        pages[str(chosen.requests)], memory[str(chosen.requests)] = (
            measured["pages"],
            measured["memory_peak_mb"],
        )
        download = _part("download", url=url)
        returns = _part("returns", "--samples", str(min(10, chosen.samples)), url=url)
        reminders = _part("reminders", url=url)
        operations = _part("operations", "--samples", str(min(30, chosen.samples)), url=url)
        letter = _letter(chosen.samples, url)
    with databases.log(chosen.logs, keep=chosen.keep) as url:
        referrals = _part("referrals", "--samples", samples, url=url)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "requests": chosen.requests,
        "open": min(chosen.open, chosen.requests),
        "samples": chosen.samples,
        "pages": pages,
        "pages_memory_mb": memory,
        "logs": chosen.logs,
        "referrals": referrals,
        "clock": _part("clock"),
        "download": download,
        "operations": operations,
        "returns": returns,
        "reminders": reminders,
        "letter": letter,
    }


def _part(name: str, *arguments: str, url: str = "") -> Any:
    """What one part measured, in a process of its own."""
    sys.stderr.write(f"Measuring {name}\n")
    environment: Mapping[str, str] = databases.environment(url) if url else os.environ
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-m", f"benchmarks.{name}", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    if run.returncode:
        sys.exit(f"benchmarks.{name} failed; see above.")
    return json.loads(run.stdout.splitlines()[-1])


def _letter(samples: int, url: str) -> dict[str, Any]:
    """The letter against headless Chromium, as that comparison reports it."""
    sys.stderr.write("Measuring letter_pdf\n")
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "benchmarks.letter_pdf", "--runs", str(max(1, min(25, samples // 4)))],
        env=databases.environment(url),
        stdout=subprocess.PIPE,
        text=True,
    )
    return {"lines": run.stdout.splitlines(), "held": run.returncode == 0}


def _machine(url: str) -> dict[str, str]:
    with psycopg.connect(url) as connection:
        version, shared = connection.execute(
            "SELECT current_setting('server_version'), current_setting('shared_buffers')"
        ).fetchone() or ("", "")
    memory = psutil.virtual_memory().total / 1024**3
    return {
        "Machine": f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "PostgreSQL": f"{version}, shared_buffers {shared}",
        "Load before": f"{os.getloadavg()[0]:.1f}",
    }


if __name__ == "__main__":
    main()
