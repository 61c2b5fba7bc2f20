"""Returns over the register: the latest quarter of the s.45 Code and of the Cabinet Office, the year, each kept.

    DATABASE_URL=… python -m benchmarks.returns

Each is made once to warm up, then `samples` times; none is committed, so that the register stays as it was.
"""

import argparse
from datetime import UTC, datetime

from benchmarks.timing import Times, give, milliseconds, peak_megabytes, ready, summary

ready()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from dashboard.returns.kinds import KINDS, ReturnKind  # noqa: E402
from dashboard.returns.kinds.periods import latest_period  # noqa: E402
from dashboard.returns.operations.making import make_return  # noqa: E402
from foitracker.accounts.models import User  # noqa: E402
from foitracker.accounts.roles import Role  # noqa: E402

_APRIL = 4


def make(kind: ReturnKind, by: User) -> None:
    """Make a return of the latest period of its kind, and leave nothing behind."""
    period = latest_period(kind.length, timezone.localdate(), _APRIL)
    with transaction.atomic():
        make_return(by=by, at=datetime.now(UTC), kind=kind, period=period)
        transaction.set_rollback(True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=int, default=10)
    samples = parser.parse_args().samples
    manager = User.objects.filter(roles__contains=[str(Role.MANAGER)])[:1].get()
    found = {}
    for kind in KINDS:
        make(kind, manager)
        times: Times = [milliseconds(lambda: make(kind, manager)) for _ in range(samples)]  # noqa: B023
        with CaptureQueriesContext(connection) as queries:
            make(kind, manager)
        found[kind.name] = {**summary(times), "queries": len(queries)}
    give({"kinds": found, "memory_peak_mb": peak_megabytes()})


if __name__ == "__main__":
    main()
