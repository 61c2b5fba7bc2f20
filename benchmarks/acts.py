"""Acts on a large register: logging a request, and issuing its letter (printed, frozen, the case closed).

    DATABASE_URL=… python -m benchmarks.acts --samples 30

Every act is committed, so that the disk is part of the time. The requests it makes stay in the database.
"""

import argparse
from datetime import date

from benchmarks.timing import Times, give, milliseconds, ready, summary

ready()

from django.utils import timezone  # noqa: E402

from dashboard.demonstration.player import requests as work  # noqa: E402
from dashboard.demonstration.player.people import Staff, set_up_authority  # noqa: E402
from requests_app.models import FoiRequest, Letter  # noqa: E402
from requests_app.operations.intake import Identity  # noqa: E402
from requests_app.operations.response import LetterText  # noqa: E402
from requests_app.rules.dispositions import Disposition  # noqa: E402
from requests_app.rules.letter_facts import Holding  # noqa: E402


def log(staff: Staff, today: date) -> FoiRequest:
    return work.log(
        staff,
        received_on=today,
        subject="Patrol plans",
        words="Please send me:\n1. the patrol plan\n2. the map that goes with it",
        identity=Identity(name="Perpetua Lowmoor", email="p.lowmoor@example.org"),
    )


def approved_letter(staff: Staff, case: FoiRequest, today: date) -> Letter:
    """A disclosure of two items, worked up to approval."""
    work.take_up(staff, case, today)
    items = work.split(staff, case, [("1", "the patrol plan"), ("2", "the map that goes with it")], today)
    work.search(staff, case, today, Holding.HELD, "Shared drive", "Patrol, plan, map")
    work.decide(staff, case, dict.fromkeys(items.values(), (Disposition.DISCLOSED, "Enclosed.")), today)
    letter = work.draft(
        staff, case, LetterText(answer="All is enclosed.", enclosures="The plan\nThe map"), today
    )
    work.submit(staff, letter, today)
    work.approve(staff, letter, today)
    letter.refresh_from_db()
    return letter


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=int, default=30)
    samples = parser.parse_args().samples
    today = timezone.localdate()
    staff = set_up_authority()
    logging: Times = []
    issuing: Times = []
    for turn in range(samples + 1):
        cases: list[FoiRequest] = []
        logged = milliseconds(lambda: cases.append(log(staff, today)))  # noqa: B023
        letter = approved_letter(staff, cases[0], today)
        issued = milliseconds(lambda: work.issue(staff, letter, today))  # noqa: B023
        if turn:  # the first one warms up
            logging.append(logged)
            issuing.append(issued)
    give({"log_request": summary(logging), "issue_letter": summary(issuing)})


if __name__ == "__main__":
    main()
