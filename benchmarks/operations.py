"""Operations on a large register: logging a request, and issuing its letter (printed, frozen, the case closed).

    DATABASE_URL=… python -m benchmarks.operations --samples 30

Every operation is committed, so that the disk is part of the time. The requests it makes stay in the database.
"""

import argparse
from datetime import date

from benchmarks.timing import Times, give, milliseconds, ready, summary

ready()

from django.utils import timezone  # noqa: E402

from dashboard.demonstration.data.request_steps import (  # noqa: E402
    Approve,
    Decide,
    Draft,
    Issue,
    PlannedRequest,
    Search,
    Split,
    Submit,
    TakeUp,
)
from dashboard.demonstration.player.people import set_up_authority  # noqa: E402
from dashboard.demonstration.player.requests import RequestInPlay, log, take  # noqa: E402
from requests_app.operations.intake import Identity  # noqa: E402
from requests_app.operations.response import LetterText  # noqa: E402
from requests_app.rules.casework.dispositions import Disposition  # noqa: E402
from requests_app.rules.casework.holding import Holding  # noqa: E402


def disclosure(today: date) -> PlannedRequest:
    """A request for two items that are disclosed, with every step up to the approval of its letter."""
    return PlannedRequest(
        received_on=today,
        subject="Patrol plans",
        words="Please send me:\n1. the patrol plan\n2. the map that goes with it",
        identity=Identity(name="Perpetua Lowmoor", email="p.lowmoor@example.org"),
        items=(("1", "the patrol plan"), ("2", "the map that goes with it")),
        steps=(
            TakeUp(on=today),
            Split(on=today),
            Search(on=today, searched="Shared drive", criteria="Patrol, plan, map", holding=Holding.HELD),
            Decide(on=today, decisions=dict.fromkeys("12", (Disposition.DISCLOSED, "Enclosed."))),
            Draft(on=today, text=LetterText(answer="All is enclosed.", enclosures="The plan\nThe map")),
            Submit(on=today),
            Approve(on=today),
        ),
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=int, default=30)
    samples = parser.parse_args().samples
    today = timezone.localdate()
    staff, planned = set_up_authority(), disclosure(today)
    logging: Times = []
    issuing: Times = []
    for turn in range(samples + 1):
        cases: list[RequestInPlay] = []
        logged = milliseconds(lambda: cases.append(log(planned, staff, today)))  # noqa: B023
        for step in planned.steps:
            take(step, cases[0])
        issued = milliseconds(lambda: take(Issue(on=today), cases[0]))  # noqa: B023
        if turn:  # the first one warms up
            logging.append(logged)
            issuing.append(issued)
    give({"log_request": summary(logging), "issue_letter": summary(issuing)})


if __name__ == "__main__":
    main()
