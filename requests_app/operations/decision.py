"""Recording decisions: the items of a request, what was searched, and what becomes of each item."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import short_date
from requests_app.events.decision import (
    FIGURES_REMOVED,
    FIGURES_SET,
    HOLDING_SET,
    ITEM_DECIDED,
    ITEMS_DECIDED,
    ITEMS_SET,
    SEARCH_RECORDED,
)
from requests_app.models import Figure, FigureSet, FoiRequest, RequestItem, SearchRecord
from requests_app.operations.casework import check_editable, lock_case, take_up
from requests_app.rules.casework.dispositions import DISPOSITION_LABELS, Disposition
from requests_app.rules.casework.holding import Holding

#: More things than this in one request are asked for as a list that belongs to one item.
MOST_ITEMS = 400


@dataclass(frozen=True)
class ItemDraft:
    """An item as the officer wants it. `pk` names the item it changes; None makes a new one."""

    label: str
    text: str
    pk: int | None = None


@dataclass(frozen=True)
class FigureDraft:
    """One figure of an answer; the period includes both its days."""

    label: str
    period_from: date
    period_to: date
    value: Decimal


def _open_for_work(case_id: int, by: User, seen_version: int | None) -> FoiRequest:
    check_can(Permission.WORK_CASE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_editable(case)
    take_up(case, by)
    return case


def chosen_items(case: FoiRequest, item_ids: Collection[int], *, field: str = "items") -> list[RequestItem]:
    """Return the items of a request with these ids, in their order.

    Raises NotPossible for none, or for one that is not (or no longer) an item of this request.
    """
    items = list(case.items.filter(pk__in=item_ids))
    if not items:
        raise NotPossible("Choose at least one item.", field=field)
    if len(items) != len(set(item_ids)):
        raise NotPossible("An item you chose is no longer part of the request. Choose again.", field=field)
    return items


@transaction.atomic
def set_items(
    *, case_id: int, by: User, at: datetime, items: Sequence[ItemDraft], seen_version: int | None = None
) -> FoiRequest:
    """Make the items of a request those given, in that order.

    An item left out is removed, unless something already depends on it. Raises NotPossible for no items or
    too many, two with one label, an empty one, or the removal of one that is decided, claimed, counted or
    referred to.
    """
    case = _open_for_work(case_id, by, seen_version)
    drafts = [ItemDraft(draft.label.strip(), draft.text.strip(), draft.pk) for draft in items]
    _check_drafts(case, drafts)
    kept = {draft.pk for draft in drafts if draft.pk}
    removed = list(case.items.exclude(pk__in=kept))
    for gone in removed:
        _check_removable(gone)
        gone.delete()
    existing = {item.pk: item for item in case.items.all()}
    for position, draft in enumerate(drafts, start=1):
        item = existing.get(draft.pk or 0) or RequestItem(foi_request=case)
        item.position, item.label, item.text = position, draft.label, draft.text
        item.save()
    detail = {"labels": [draft.label for draft in drafts], "removed": [item.label for item in removed]}
    return save_with_event(case, event=ITEMS_SET, by=by, at=at, detail=detail)


def _check_drafts(case: FoiRequest, drafts: Sequence[ItemDraft]) -> None:
    if not drafts:
        raise NotPossible("A request has at least one item. Enter one.", field="items")
    if len(drafts) > MOST_ITEMS:
        raise NotPossible(f"A request has at most {MOST_ITEMS} items. Join some of them.", field="items")
    if any(not draft.label or not draft.text for draft in drafts):
        raise NotPossible("Every item needs a label and words.", field="items")
    labels = [draft.label for draft in drafts]
    if twice := sorted({label for label in labels if labels.count(label) > 1}):
        raise NotPossible(
            f"Two items are labelled {', '.join(twice)}. Give each its own label.", field="items"
        )
    pks = [draft.pk for draft in drafts if draft.pk]
    if len(pks) != len(set(pks)) or not set(pks) <= set(case.items.values_list("pk", flat=True)):
        raise NotPossible("An item in the list is no longer part of the request. Start again.", field="items")


def _check_removable(item: RequestItem) -> None:
    if item.disposition:
        raise NotPossible(
            f"Item {item.label} has been decided. Take the decision back first, then remove the item.",
            field="items",
        )
    if (
        item.claims.exists()
        or item.figure_sets.exists()
        or RequestItem.objects.filter(duplicate_of=item).exists()
        or item.foi_request.clarifications.filter(excluded_items=item).exists()
    ):
        raise NotPossible(
            f"Item {item.label} is used in an exemption claim, a figure, a clarification or as the original "
            "of a duplicate. Change that first, then remove the item.",
            field="items",
        )


@transaction.atomic
def decide_item(
    *,
    case_id: int,
    item_id: int,
    by: User,
    at: datetime,
    disposition: Disposition | None,
    explanation: str = "",
    location: str = "",
    duplicate_of_id: int | None = None,
    seen_version: int | None = None,
) -> RequestItem:
    """Record what becomes of one item; None withdraws the decision.

    Raises NotPossible when a duplicate names no other item, or names one that is itself a duplicate, when
    accessible information has no place where it is found (FOIA ss.16, 21), or when no clarification has been
    answered that could exclude an item.
    """
    case = _open_for_work(case_id, by, seen_version)
    (item,) = chosen_items(case, [item_id])
    item.duplicate_of = None
    if disposition == Disposition.DUPLICATE:
        item.duplicate_of = _original_of_duplicate(case, item, duplicate_of_id)
    if disposition == Disposition.ACCESSIBLE and not location.strip():
        raise NotPossible("Say where the applicant can find the information.", field="location")
    _keep_exclusion(case, item, disposition)
    item.disposition = disposition or ""
    item.explanation = explanation
    item.location = location if disposition == Disposition.ACCESSIBLE else ""
    item.decided_by, item.decided_at = (by, at) if disposition else (None, None)
    item.save()
    save_with_event(
        case, event=ITEM_DECIDED, by=by, at=at, detail={"item": item.label, "disposition": item.disposition}
    )
    return item


@transaction.atomic
def decide_items(
    *,
    case_id: int,
    item_ids: Sequence[int],
    by: User,
    at: datetime,
    disposition: Disposition,
    seen_version: int | None = None,
) -> FoiRequest:
    """Record the same disposition for several items at once; their explanations stay.

    Raises NotPossible for dispositions that need something of each item: a duplicate, accessible elsewhere.
    """
    case = _open_for_work(case_id, by, seen_version)
    if disposition in (Disposition.DUPLICATE, Disposition.ACCESSIBLE):
        raise NotPossible(
            f"Decide items as “{DISPOSITION_LABELS[disposition]}” one by one: each needs particulars.",
            field="disposition",
        )
    items = chosen_items(case, item_ids)
    for item in items:
        _keep_exclusion(case, item, disposition)
        item.disposition, item.duplicate_of, item.location = disposition, None, ""
        item.decided_by, item.decided_at = by, at
        item.save()
    return save_with_event(
        case,
        event=ITEMS_DECIDED,
        by=by,
        at=at,
        detail={"items": [item.label for item in items], "disposition": disposition},
    )


def _keep_exclusion(case: FoiRequest, item: RequestItem, disposition: Disposition | None) -> None:
    """An item ends as excluded exactly while an answered clarification names it."""
    answered = case.clarifications.filter(answered_on__isnull=False)
    naming = list(answered.filter(excluded_items=item))
    if disposition != Disposition.EXCLUDED:
        for clarification in naming:
            clarification.excluded_items.remove(item)
        return
    if naming:
        return
    latest = answered.last()
    if latest is None:
        raise NotPossible(
            "No clarification has been answered. Record the answer that excludes the item first.",
            field="disposition",
        )
    latest.excluded_items.add(item)


def _original_of_duplicate(case: FoiRequest, item: RequestItem, original_id: int | None) -> RequestItem:
    original = case.items.filter(pk=original_id or 0).exclude(pk=item.pk).first()
    if original is None:
        raise NotPossible("Choose the item that this one repeats.", field="duplicate_of")
    if original.duplicate_of_id:
        raise NotPossible(
            f"Item {original.label} is itself a duplicate. Choose the item that is answered.",
            field="duplicate_of",
        )
    if RequestItem.objects.filter(duplicate_of=item).exists():
        raise NotPossible(
            f"Another item is a duplicate of item {item.label}. Decide that one first.", field="duplicate_of"
        )
    return original


@transaction.atomic
def record_search(
    *,
    case_id: int,
    by: User,
    at: datetime,
    searched: str,
    searched_by: str,
    searched_on: date,
    criteria: str,
    result: str,
    holding: Holding,
    today: date,
    seen_version: int | None = None,
) -> SearchRecord:
    """Record a search and what the authority therefore says about holding the information (s.1(1)(a))."""
    case = _open_for_work(case_id, by, seen_version)
    if not case.received_on <= searched_on <= today:
        raise NotPossible(
            f"The day of the search must lie between {short_date(case.received_on)}, when the request was "
            "received, and today.",
            field="searched_on",
        )
    search = SearchRecord.objects.create(
        foi_request=case,
        searched=searched,
        searched_by=searched_by,
        searched_on=searched_on,
        criteria=criteria,
        result=result,
        recorded_by=by,
        recorded_at=at,
    )
    case.holding = holding
    detail = {"searched_on": searched_on.isoformat(), "holding": holding}
    words = {"searched": searched}
    save_with_event(case, event=SEARCH_RECORDED, by=by, at=at, detail=detail, words=words)
    return search


@transaction.atomic
def set_holding(
    *, case_id: int, by: User, at: datetime, holding: Holding, seen_version: int | None = None
) -> FoiRequest:
    """Change what the authority says about holding the information (s.1(1)(a))."""
    case = _open_for_work(case_id, by, seen_version)
    detail = {"from": case.holding, "to": holding}
    case.holding = holding
    return save_with_event(case, event=HOLDING_SET, by=by, at=at, detail=detail)


@transaction.atomic
def set_figures(
    *,
    case_id: int,
    item_id: int,
    by: User,
    at: datetime,
    unit_of_count: str,
    criteria: Sequence[str],
    caveat: str,
    figures: Sequence[FigureDraft],
    figure_set_id: int | None = None,
    seen_version: int | None = None,
) -> FigureSet | None:
    """Answer an item with figures, or replace an earlier answer; no figures removes it.

    Raises NotPossible when a period ends before it begins, or the earlier answer is gone.
    """
    case = _open_for_work(case_id, by, seen_version)
    (item,) = chosen_items(case, [item_id])
    backward = [f.label or str(n) for n, f in enumerate(figures, start=1) if f.period_to < f.period_from]
    if backward:
        raise NotPossible(f"The period of {', '.join(backward)} ends before it begins.", field="figures")
    figure_set = item.figure_sets.filter(pk=figure_set_id or 0).first() or FigureSet(item=item)
    if figure_set_id and figure_set.pk is None:
        raise NotPossible("These figures have been removed. Go back and add them again.", field="figures")
    detail: dict[str, object] = {"item": item.label, "figures": len(figures)}
    if not figures:
        if figure_set.pk is None:
            raise NotPossible("Enter at least one figure.", field="figures")
        figure_set.delete()
        save_with_event(case, event=FIGURES_REMOVED, by=by, at=at, detail=detail)
        return None
    figure_set.unit_of_count, figure_set.criteria, figure_set.caveat = unit_of_count, list(criteria), caveat
    figure_set.save()
    figure_set.figures.all().delete()
    Figure.objects.bulk_create(
        Figure(figure_set=figure_set, position=n, **vars(figure)) for n, figure in enumerate(figures, start=1)
    )
    save_with_event(case, event=FIGURES_SET, by=by, at=at, detail=detail)
    return figure_set
