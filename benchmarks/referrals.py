"""Server time and queries of the referral pages, as `benchmarks.pages` takes them.

    DATABASE_URL=… python -m benchmarks.referrals --samples 200

The database holds what `manage.py load_synthetic --referrals` loads.
"""

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from random import Random
from urllib.parse import urlencode

from benchmarks.timing import give, ready
from benchmarks.visits import Page, Visitors, measure, turn

ready()

from django.utils import timezone  # noqa: E402

from benchmarks.populations.people import ADVISERS, email_of_adviser  # noqa: E402
from benchmarks.populations.wording import PLACES  # noqa: E402
from foitracker.pages.words import short_date  # noqa: E402
from referrals.models import Criterion, Force, Referral, ReferralForce  # noqa: E402
from referrals.rules.advice_statistics import CountedBy  # noqa: E402
from referrals.rules.statistics import Counting  # noqa: E402
from referrals.rules.vocabulary import ReferralPriority, Scope, Trigger  # noqa: E402
from referrals.rules.workflow import AWAITING_ADVICE, ReferralStatus  # noqa: E402
from requests_app.models import Topic  # noqa: E402

#: Words that nearly every log holds, that many hold, and that few do.
COMMON = ("number", "please", "force", "the number of police officers")
MIDDLING = ("drones", "custody images", "vetting", "number plate cameras", "invoices")


def adviser(n: int) -> str:
    return email_of_adviser(n % ADVISERS + 1)


def pages(rng: Random) -> list[Page]:
    """Return the list of logs with each filter and order, a log, and every kind of statistic."""
    return [*_lists(rng), *_logs(rng), *_statistics(rng)]


def _list_of(name: str, **chosen: object) -> Page:
    """The list with a filter; a list of values takes its turns."""
    return Page(
        f"Log, {name}",
        adviser,
        lambda n: f"/referrals/?{urlencode({key: turn(value, n) for key, value in chosen.items()})}",
    )


def _lists(rng: Random) -> list[Page]:
    every = {"status": "all"}
    forces = list(Force.objects.filter(involvements__isnull=False).distinct().values_list("pk", flat=True))
    criteria = list(Criterion.objects.values_list("code", flat=True))
    topics = list(Topic.objects.values_list("pk", flat=True))
    return [
        Page("My work, adviser", adviser, lambda n: "/"),
        _list_of("default"),
        _list_of("open", status="open"),
        _list_of("all", **every),
        _list_of("one adviser", adviser=_keys_of_advisers()),
        _list_of("overdue", overdue="on"),
        _list_of("ageing", ageing="on"),
        _list_of("one force", force=forces),
        _list_of("all, one force", **every, force=forces),
        _list_of("all, one force and reason", **every, force=forces, trigger=[str(one) for one in Trigger]),
        _list_of("all, one scope", **every, scope=[str(one) for one in Scope]),
        _list_of("all, one priority", **every, priority=[str(one) for one in ReferralPriority]),
        _list_of("all, one criterion", **every, criterion=criteria),
        _list_of("all, one topic", **every, topic=topics),
        _list_of("one status", status=[str(one) for one in ReferralStatus]),
        Page("Log, a month of the archive", adviser, lambda n: f"/referrals/?{urlencode(_month(n))}"),
        *(_list_of(f"by {order}", sort=order) for order in ("reply", "-reply", "priority", "-priority")),
        *(
            _list_of(f"all by {order}", **every, sort=order)
            for order in ("number", "-number", "received", "-received")
        ),
        _list_of("deep page", **every, page=list(range(1500, 1700))),
        *_searches(rng, every),
    ]


def _searches(rng: Random, every: dict[str, str]) -> list[Page]:
    references = ReferralForce.objects.exclude(reference="").values_list("reference", flat=True)[:200]
    places = rng.sample(PLACES, 200)
    return [
        _list_of("search, awaiting advice, common words", q=COMMON),
        _list_of("search, all, common words", **every, q=COMMON),
        _list_of("search, all, middling words", **every, q=MIDDLING),
        _list_of("search, all, a place", **every, q=places),
        _list_of("search, all, common and rare", **every, q=[f"number {place}" for place in places]),
        _list_of("search, all, no such word", **every, q="zzyzx"),
        _list_of("by a force's reference", q=list(references)),
    ]


def _logs(rng: Random) -> list[Page]:
    national = list(Referral.objects.filter(grouped__isnull=False).distinct()[:200])
    closed = _some(rng, are_closed=True)
    waiting = list(Referral.objects.filter(status__in=AWAITING_ADVICE).order_by("-pk")[:200])

    def each(name: str, logs: list[Referral], below: str = "") -> Page:
        return Page(name, adviser, lambda n: logs[n % len(logs)].get_absolute_url() + below)

    return [
        Page("By log number", adviser, lambda n: f"/referrals/?q={closed[n % len(closed)].log_number}"),
        each("Referral, closed", closed),
        each("Referral, awaiting advice", waiting),
        each("Referral, national with others under it", national),
        each("Similar wording", waiting, "group/"),
    ]


def _statistics(rng: Random) -> list[Page]:
    forces = list(Force.objects.filter(involvements__isnull=False).distinct().values_list("pk", flat=True))
    every = [code.value for code in Counting]
    ends = [date(year, 3, 31) for year in range(2008, timezone.localdate().year)]

    def counted(name: str, count: int, criteria: list[str]) -> Page:
        def address(n: int) -> str:
            years = "\n".join(f"{short_date(end)}" for end in rng.sample(ends, 3))
            return _figures_address(rng.sample(forces, count), criteria, years_ending=years)

        return Page(f"Statistics, {name}, 3 years", adviser, address)

    def behind(name: str, count: int, years: int, which: str) -> Page:
        def address(n: int) -> str:
            last = rng.choice(ends)
            first = last.replace(year=last.year - years) + timedelta(days=1)
            return _figures_address(
                rng.sample(forces, count), every, "logs/", first=first, last=last, counted=which
            )

        return Page(f"Logs behind a figure, {name}", adviser, address)

    everybody = len(forces)
    return [
        counted("1 force", 1, []),
        counted("1 force, all criteria", 1, every),
        counted("7 forces", 7, []),
        counted("7 forces, all criteria", 7, every),
        counted("all forces", everybody, []),
        counted("all forces, all criteria", everybody, every),
        behind("1 force, 1 year", 1, 1, "together"),
        behind("1 force, mandatory, 1 year", 1, 1, "mandatory"),
        behind("all forces, 3 years", everybody, 3, "together"),
        *_advice_statistics(rng, forces, timezone.localdate()),
    ]


def _figures_address(forces: list[int], criteria: list[str], below: str = "", **others: object) -> str:
    several = [*(("force", key) for key in forces), *(("criteria", one) for one in criteria)]
    return f"/referrals/statistics/{below}?{urlencode([*several, *others.items()])}"


def _advice_statistics(rng: Random, forces: list[int], today: date) -> list[Page]:
    everything = _days(date(2005, 1, 1), today)

    def of_years(years: int, n: int) -> str:
        last = date(2008 + years - 1 + n % (today.year - 2008 - years + 1), 3, 31)
        return _advice_address(_days(last.replace(year=last.year - years) + timedelta(days=1), last))

    def of_one_force(n: int) -> str:
        return _advice_address(everything, [rng.choice(forces)])

    def behind(n: int) -> str:
        query = {"first": "2005-01-01", "last": today.isoformat(), "by": CountedBy.ADVICE, "value": "advised"}
        return f"/referrals/statistics/advice/logs/?{urlencode(query)}"

    return [
        Page("Advice statistics, 1 year", adviser, partial(of_years, 1)),
        Page("Advice statistics, 10 years", adviser, partial(of_years, 10)),
        Page("Advice statistics, 1 force, everything", adviser, of_one_force),
        Page("Advice statistics, everything", adviser, lambda n: _advice_address(everything)),
        Page("Logs behind advice statistics, everything", adviser, behind),
    ]


def _advice_address(days: dict[str, object], forces: Sequence[int] = ()) -> str:
    chosen = [*days.items(), *(("force", key) for key in forces)]
    return f"/referrals/statistics/advice/?{urlencode(chosen)}"


def _days(first: date, last: date) -> dict[str, object]:
    """The days a list of logs is narrowed to, as its form sends them."""
    return {
        f"received_{name}_{part}": value
        for name, day in (("from", first), ("to", last))
        for part, value in enumerate((day.day, day.month, day.year))
    }


def _keys_of_advisers() -> list[int]:
    used = Referral.objects.exclude(adviser=None).order_by("adviser").distinct("adviser")
    return [key for key in used.values_list("adviser", flat=True) if key is not None]


def _month(n: int) -> dict[str, object]:
    start = timezone.localdate() - timedelta(days=60 + 29 * (n % 220))
    return {"status": "all"} | _days(start, start + timedelta(days=30))


def _some(rng: Random, *, are_closed: bool) -> list[Referral]:
    last = Referral.objects.order_by("-pk")[:1].get().pk
    found = Referral.objects.filter(pk__in=[rng.randrange(1, last + 1) for _ in range(1000)])
    wanted = (
        found.filter(status=ReferralStatus.CLOSED)
        if are_closed
        else found.exclude(status=ReferralStatus.CLOSED)
    )
    return list(wanted.defer("wording", "search")[:400])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--only", default="", help="measure the pages whose name contains this")
    arguments = parser.parse_args()
    visitors = Visitors()
    for n in range(ADVISERS):
        visitors.client(adviser(n))
    chosen = [page for page in pages(Random(1)) if arguments.only in page.name]
    give({page.name: measure(page, visitors, arguments.samples) for page in chosen})


if __name__ == "__main__":
    main()
