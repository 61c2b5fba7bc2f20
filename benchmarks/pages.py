"""Server time and queries of the pages, through Django's test client: every middleware, no network.

    DATABASE_URL=… python -m benchmarks.pages --samples 200

Each kind of page is asked for by different people, about different requests and words, once to warm up and then
`samples` times. Queries are counted apart, since counting takes time.
"""

import argparse
from datetime import timedelta
from random import Random
from urllib.parse import urlencode

from benchmarks.timing import give, peak_megabytes, ready
from benchmarks.visits import Page, Visitors, measure, turn

ready()

from django.utils import timezone  # noqa: E402

from benchmarks.populations.people import (  # noqa: E402
    DECISION_MAKERS,
    OFFICERS,
    email_of_decision_maker,
    email_of_officer,
)
from benchmarks.populations.wording import PLACES  # noqa: E402
from foitracker.accounts.models import User  # noqa: E402
from foitracker.accounts.roles import Role  # noqa: E402
from requests_app.models import FoiRequest  # noqa: E402
from requests_app.rules.casework.workflow import Outcome, Status  # noqa: E402

#: Words that nearly every request holds, that many hold, and that few do.
COMMON = ("information", "freedom information", "police officers", "spreadsheet", "by force")
MIDDLING = (
    "drones",
    "body-worn video retention",
    "custody healthcare contracts",
    "vetting backlogs",
    "invoices",
)


#: What managers look at.
_MANAGERS = {
    "Team today": "/team/",
    "Performance": "/performance/",
    "Performance, charts": "/performance/charts/",
    "Performance by topic": "/performance/by/topic/",
    "Performance by officer": "/performance/by/officer/",
    "Cost of requests": "/performance/cost/",
    "Forecast of receipts": "/performance/forecast/",
    "Returns": "/returns/",
    "Supervision": "/supervision/",
}


def officer(n: int) -> str:
    return email_of_officer(n % OFFICERS + 1)


def decider(n: int) -> str:
    return email_of_decision_maker(n % DECISION_MAKERS + 1)


def pages(rng: Random) -> list[Page]:
    """Return what section 8 of the design names, and the filters and orders that could be slow."""
    officers = list(User.objects.filter(email__startswith="synthetic.officer").values_list("pk", flat=True))
    manager = User.objects.filter(roles__contains=[str(Role.MANAGER)])[:1].get()
    outcomes = list(Outcome)
    closed = _some(rng, are_closed=True)
    live = _some(rng, are_closed=False)
    every = {"status": "all"}
    rare = {**every, "regime": "EIR", "priority": "high"}

    def list_of(name: str, **chosen: object) -> Page:
        """Return the register with a filter; a list of values takes its turns."""
        return Page(
            name, officer, lambda n: f"/requests/?{urlencode({k: turn(v, n) for k, v in chosen.items()})}"
        )

    return [
        Page("My work, officer", officer, lambda n: "/my-work/"),
        Page("My work, decision maker", decider, lambda n: "/my-work/"),
        *(
            Page(name, lambda n: manager.email, lambda n, address=address: address)  # type: ignore[misc]
            for name, address in _MANAGERS.items()
        ),
        list_of("Register, default"),
        list_of("Register, one officer", officer=officers),
        list_of("Register, overdue", overdue="on"),
        list_of("Register, nobody yet", officer="none"),
        list_of("Register, all", **every),
        list_of("Register, all, one officer", **every, officer=officers),
        list_of("Register, one outcome", outcome=outcomes),
        Page("Register, a month of the archive", officer, lambda n: f"/requests/?{urlencode(_month(n))}"),
        list_of("Register, rare combination", **rare, officer=officers),
        *(
            list_of(f"Register, all by {order}", **every, sort=order)
            for order in ("due", "-due", "closed", "-closed", "received", "reference")
        ),
        list_of("Register, deep page", **every, page=list(range(150, 200))),
        list_of("Search, live, common words", q=COMMON),
        list_of("Search, all, common words", **every, q=COMMON),
        list_of("Search, all, middling words", **every, q=MIDDLING),
        list_of("Search, all, a place", **every, q=rng.sample(PLACES, 200)),
        list_of(
            "Search, all, common and rare", **every, q=[f"information {p}" for p in rng.sample(PLACES, 200)]
        ),
        list_of("Search, all, no such word", **every, q="zzyzx"),
        list_of("Search, common words of one outcome", q=COMMON, outcome=outcomes),
        list_of("By reference", q=[case.reference for case in closed]),
        Page("Casefile, closed", officer, lambda n: closed[n % len(closed)].get_absolute_url()),
        Page("Casefile, live", officer, lambda n: live[n % len(live)].get_absolute_url()),
    ]


def _month(n: int) -> dict[str, object]:
    start = timezone.localdate() - timedelta(days=60 + 29 * (n % 110))
    end = start + timedelta(days=30)
    return {"status": "all"} | {
        f"received_{name}_{part}": value
        for name, day in (("from", start), ("to", end))
        for part, value in enumerate((day.day, day.month, day.year))
    }


def _some(rng: Random, *, are_closed: bool) -> list[FoiRequest]:
    """A few hundred requests spread over the register; where all are open, open ones stand in for closed ones."""
    last = FoiRequest.objects.order_by("-pk")[:1].get().pk
    found = FoiRequest.objects.filter(pk__in=[rng.randrange(1, last + 1) for _ in range(1000)])
    wanted = found.filter(status=Status.CLOSED) if are_closed else found.exclude(status=Status.CLOSED)
    return list(wanted.defer("words", "search")[:400]) or list(found.defer("words", "search")[:400])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--only", default="", help="measure the pages whose name contains this")
    arguments = parser.parse_args()
    visitors = Visitors()
    for email in [officer(n) for n in range(OFFICERS)] + [decider(n) for n in range(DECISION_MAKERS)]:
        visitors.client(email)
    chosen = [page for page in pages(Random(1)) if arguments.only in page.name]
    measured = {page.name: measure(page, visitors, arguments.samples) for page in chosen}
    give({"pages": measured, "memory_peak_mb": peak_megabytes()})


if __name__ == "__main__":
    main()
