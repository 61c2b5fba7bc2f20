"""What the routes of returns name, for the table of all routes."""

from datetime import timedelta
from typing import Any

from dashboard.returns.kinds import BY_CODE
from dashboard.returns.models import Copy
from dashboard.returns.operations.approval import approve_return
from dashboard.returns.operations.making import count_again, make_return
from dashboard.returns.operations.packs import print_pack
from dashboard.returns.operations.schedule import set_schedule
from foitracker.accounts.roles import Role
from foitracker.statistics.periods import quarter
from tests.dashboard.returns.population import AT
from tests.factories import person


def arguments() -> dict[str, list[Any]]:
    """Return the arguments of each route that names something: an approved return that was counted again."""
    manager, other = person(Role.MANAGER), person(Role.MANAGER)
    first = make_return(by=manager, at=AT, kind=BY_CODE["s45"], period=quarter(2026, 7))
    of = count_again(by=manager, at=AT + timedelta(days=1), return_id=first.pk)
    approve_return(by=other, at=AT + timedelta(days=1), return_id=of.pk, seen_commentary=0)
    print_pack(of.pk, Copy.PUBLICATION, at=AT + timedelta(days=1))
    schedule = set_schedule(by=manager, at=AT, kind=BY_CODE["monthly"], addresses=["figures@example.org"])
    named = (
        "return",
        "return_csv",
        "return_workbook",
        "changes",
        "changes_csv",
        "again",
        "commentary",
        "approve",
    )
    return {
        **{f"returns:{name}": [of.pk] for name in named},
        **{f"returns:{name}": [of.pk, "received"] for name in ("cases", "cases_csv")},
        **{f"returns:{name}": [of.pk, "publication"] for name in ("pack", "pack_order")},
        **{f"returns:schedule_{act}": [schedule.pk] for act in ("change", "stop")},
        "returns:make_kind": ["s45"],
    }
