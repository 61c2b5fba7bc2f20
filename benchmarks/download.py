"""The whole register as a CSV file: how long, how large, and the most memory the process ever held.

DATABASE_URL=… python -m benchmarks.download
"""

import resource
import time

from benchmarks.timing import give, ready

ready()

from django.test import Client  # noqa: E402

from benchmarks.populations.people import email_of_officer  # noqa: E402
from foitracker.accounts.models import User  # noqa: E402


def peak_megabytes() -> float:
    """Return the most memory this process has held so far, in MB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=email_of_officer(1)))
    client.get("/requests/")
    before, started = peak_megabytes(), time.perf_counter()
    response = client.get("/requests/register.csv?status=all")
    first_after, lines, size = 0.0, 0, 0
    for part in response:
        lines += part.count(b"\n")
        size += len(part)
        if lines > 1 and not first_after:
            first_after = time.perf_counter() - started
    give(
        {
            "rows": lines - 1,
            "megabytes": size / 1e6,
            "seconds": time.perf_counter() - started,
            "first_row_seconds": first_after,
            "memory_before_mb": before,
            "memory_peak_mb": peak_megabytes(),
        }
    )


if __name__ == "__main__":
    main()
