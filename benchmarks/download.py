"""The whole register as a CSV file: how long, how large, and the most memory the process ever held.

DATABASE_URL=… python -m benchmarks.download

Held against PostgreSQL's own COPY of the same columns in the same order, read by the same process: each three times,
in turns, and the middle one given.
"""

import time
from statistics import median
from typing import Any

from benchmarks.timing import give, peak_megabytes, ready

ready()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.populations.people import email_of_officer  # noqa: E402
from foitracker.accounts.models import User  # noqa: E402

TURNS = 3
COPY = """
    COPY (
        SELECT reference, received_on, due_on, due_on, status, outcome, closed_on, officer.name, regime, priority,
            channel, subject
        FROM requests_app_foirequest LEFT JOIN accounts_user officer ON officer.id = officer_id
        ORDER BY year DESC, number DESC
    ) TO STDOUT (FORMAT csv)
"""


def download(client: Client) -> dict[str, Any]:
    """Return what reading the file to its end took."""
    started = time.perf_counter()
    response = client.get("/requests/register.csv?status=all")
    first_after, lines, size = 0.0, 0, 0
    for part in response:
        lines += part.count(b"\n")
        size += len(part)
        if lines > 1 and not first_after:
            first_after = time.perf_counter() - started
    seconds = time.perf_counter() - started
    return {"rows": lines - 1, "megabytes": size / 1e6, "seconds": seconds, "first_row_seconds": first_after}


def copy_seconds() -> float:
    """Return how long COPY takes."""
    started = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(COPY) as lines:
        for _ in lines:
            pass
    return time.perf_counter() - started


def main() -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=email_of_officer(1)))
    client.get("/requests/")
    before = peak_megabytes()
    files, copies = zip(*((download(client), copy_seconds()) for _ in range(TURNS)), strict=True)
    give(
        {
            **sorted(files, key=lambda file: file["seconds"])[TURNS // 2],
            "copy_seconds": median(copies),
            "memory_before_mb": before,
            "memory_peak_mb": peak_megabytes(),
        }
    )


if __name__ == "__main__":
    main()
