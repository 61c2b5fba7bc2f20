"""Operations on statistics: save one, count it again, and place it in a letter as the answer to items."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import get_current_timezone

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.events import Event
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.identity.traces import find_identity_traces, traces_in_words
from foitracker.statistics.models import Snapshot
from referrals.events.statistics import STATISTIC_COUNTED_AGAIN, STATISTIC_PLACED, STATISTIC_SAVED
from referrals.models import StatisticPlacement
from referrals.queries.saved_statistics import REFERRALS, kept_definition, kept_result
from referrals.queries.statistics import count_with_logs
from referrals.rules.statistic_json import result_json
from referrals.rules.statistic_placement import PlannedRow, PrintedTable, printed_tables
from referrals.rules.statistics import CountedForce, Definition
from requests_app.models import FigureSet, FoiRequest, RequestItem
from requests_app.operations.casework import lock_case
from requests_app.operations.decision import FigureDraft, set_figures

#: A saved statistic names its logs; more of them than this make no answer that anyone reads.
MOST_LOGS_KEPT = 50_000


@dataclass(frozen=True)
class Placing:
    """What of a statistic goes where: each period's row (None leaves it out), whose figures, and how.

    `force` is None for all chosen forces together. With `apart` each criterion has a table of its own. With
    `replacing` the figures that the items have already make room.
    """

    rows: tuple[PlannedRow | None, ...]
    force: CountedForce | None = None
    apart: bool = False
    replacing: bool = False


@transaction.atomic
def save_statistic(*, by: User, at: datetime, title: str, definition: Definition) -> Snapshot:
    """Count a definition and save the result under a title, with the logs of every figure.

    Raises NotPossible without a title, for one that identifies the applicant, or for too many logs to save.
    """
    if traces := find_identity_traces(title):
        raise NotPossible(
            f"A title says what was asked, never who asked: {traces_in_words(traces)}. Leave it out.",
            field="title",
        )
    return _keep(by=by, at=at, title=title, definition=definition, event=STATISTIC_SAVED)


@transaction.atomic
def run_again(*, by: User, at: datetime, statistic_id: int) -> Snapshot:
    """Count a saved statistic again, by the same definition, and save the result beside it."""
    earlier = Snapshot.objects.get(pk=statistic_id)
    return _keep(
        by=by,
        at=at,
        title=earlier.title,
        definition=kept_definition(earlier),
        event=STATISTIC_COUNTED_AGAIN,
        again_of=earlier,
    )


@transaction.atomic
def place_in_letter(
    *,
    statistic_id: int,
    case_id: int,
    by: User,
    at: datetime,
    placing: Placing,
    seen_version: int | None = None,
) -> FoiRequest:
    """Answer items of a request with a saved statistic, whose definition the letter prints.

    Raises NotPossible where nothing is left to place or a label is missing, and whatever `set_figures`
    raises: someone who may not work on requests cannot place anything, and an answered request stays as it
    is.
    """
    check_can(Permission.PLACE_STATISTIC, by)
    statistic = Snapshot.objects.get(pk=statistic_id)
    case = lock_case(pk=case_id, seen_version=seen_version)
    tables = tables_to_print(statistic, placing)
    items = {figure.item for table in tables for figure in table.figures}
    found = list(case.items.filter(pk__in=items))
    if len(found) != len(items):
        raise NotPossible("An item you chose is no longer part of the request. Choose again.")
    # Rows are written before the trail, which others wait for.
    StatisticPlacement.objects.bulk_create(
        StatisticPlacement(
            statistic=statistic, foi_request=case, item_label=item.label, placed_by=by, placed_at=at
        )
        for item in found
    )
    for item in found:
        _answer(case, item, tables, by=by, at=at, replacing=placing.replacing)
    record_event(
        event=STATISTIC_PLACED,
        by=by,
        at=at,
        subject=subject_of(statistic),
        detail={"request": case.reference, "items": [item.label for item in found], "tables": len(tables)},
    )
    return case


def tables_to_print(statistic: Snapshot, placing: Placing) -> tuple[PrintedTable, ...]:
    """Return the tables as a letter will print them. Raises NotPossible."""
    if any(row is not None and not row.label.strip() for row in placing.rows):
        raise NotPossible("Every row needs a label. Use the question's own, or the name of the period.")
    result = kept_result(statistic)
    local = replace(result, as_at=result.as_at.astimezone(get_current_timezone()))
    tables = printed_tables(local, placing.rows, force=placing.force, apart=placing.apart)
    if not any(table.figures for table in tables):
        raise NotPossible(
            "Nothing is left to place: choose at least one period that is measured.", field="periods"
        )
    return tables


def subject_of(statistic: Snapshot) -> str:
    """Return what the trail calls a saved statistic."""
    return f"statistic/{statistic.pk}"


def _keep(
    *,
    by: User,
    at: datetime,
    title: str,
    definition: Definition,
    event: Event,
    again_of: Snapshot | None = None,
) -> Snapshot:
    check_can(Permission.SAVE_STATISTIC, by)
    if not title.strip():
        raise NotPossible("Enter a title, such as what was asked and for whom.", field="title")
    result = count_with_logs(definition, as_at=at)
    if result.counted_logs > MOST_LOGS_KEPT:
        raise NotPossible(
            f"This counts {result.counted_logs:,} logs, and at most {MOST_LOGS_KEPT:,} can be kept with their numbers. "
            "Choose fewer forces or shorter periods.",
            field="title",
        )
    kept = Snapshot.objects.create(
        counts=REFERRALS,
        title=title.strip(),
        definition=definition.as_json(),
        result=result_json(result),
        as_at=at,
        made_by=by,
        again_of=again_of,
    )
    detail = {
        "forces": [force.name for force in definition.forces],
        "periods": [period.dates for period in definition.periods],
        "together": [figure.together for figure in result.all_together],
        **({"again_of": again_of.pk} if again_of else {}),
    }
    record_event(event=event, by=by, at=at, subject=subject_of(kept), detail=detail)
    return kept


def _answer(
    case: FoiRequest,
    item: RequestItem,
    tables: Sequence[PrintedTable],
    *,
    by: User,
    at: datetime,
    replacing: bool,
) -> None:
    earlier: list[FigureSet] = list(item.figure_sets.all()) if replacing else []
    common: dict[str, Any] = {"case_id": case.pk, "item_id": item.pk, "by": by, "at": at}
    for gone in earlier:
        set_figures(**common, unit_of_count="", criteria=[], caveat="", figures=[], figure_set_id=gone.pk)
    for table in tables:
        set_figures(
            **common,
            unit_of_count=table.unit_of_count,
            criteria=table.criteria,
            caveat=table.caveat,
            figures=[
                FigureDraft(figure.label, figure.period.from_on, figure.period.to_on, Decimal(figure.number))
                for figure in table.of_item(item.pk)
            ],
        )
