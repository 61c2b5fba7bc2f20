"""What is recorded of the decision: items, searches, figures, and the exemptions claimed."""

from collections.abc import Iterable

from foitracker.audit.events import Said, Vocabulary
from foitracker.audit.fields import Code, Day, Many, Number, Reference
from requests_app.models import HOLDING_LABELS
from requests_app.rules.casework.dispositions import DISPOSITION_LABELS

EVENTS = Vocabulary("Requests: decision")

_ITEM = Reference("Item")
_DISPOSITION = Code("Decision", DISPOSITION_LABELS)
_HOLDING = Code("Holding", HOLDING_LABELS)


def _items_or_none(said: Said) -> Iterable[str]:
    yield f"{said['labels'] or 'No items'}."


def _decided(said: Said) -> Iterable[str]:
    yield f"Item {said['item']}: {said['disposition'].lower() or 'decision taken back'}."


def _all_decided(said: Said) -> Iterable[str]:
    yield f"{said['items']}: {said['disposition'].lower()}."


def _held(said: Said) -> Iterable[str]:
    yield f"{said['from'] or 'not recorded'} became {said['to'].lower()}."


ITEMS_SET = EVENTS.event(
    "items_set",
    "Items set",
    fields={
        "labels": Many("Items", _ITEM, noun="Item"),
        "removed": Many("Removed", _ITEM, noun="item"),
    },
    says=(_items_or_none, "Removed: {removed}."),
)
ITEM_DECIDED = EVENTS.event(
    "item_decided",
    "Item decided",
    fields={"item": _ITEM, "disposition": _DISPOSITION},
    says=(_decided,),
    decides=True,
)
ITEMS_DECIDED = EVENTS.event(
    "items_decided",
    "Items decided",
    fields={"items": Many("Items", _ITEM, noun="Item"), "disposition": _DISPOSITION},
    says=(_all_decided,),
    decides=True,
)
SEARCH_RECORDED = EVENTS.event(
    "search_recorded",
    "Search recorded",
    fields={"searched_on": Day("Searched on"), "holding": _HOLDING},
    words={"searched": "Searched"},
    says=("Searched on {searched_on}.", "{holding}."),
)
HOLDING_SET = EVENTS.event(
    "holding_set", "What is held changed", fields={"from": _HOLDING, "to": _HOLDING}, says=(_held,)
)

_FIGURES = {"item": _ITEM, "figures": Number("Figures")}
FIGURES_SET = EVENTS.event("figures_set", "Figures given", fields=_FIGURES, says=("Item {item}.",))
FIGURES_REMOVED = EVENTS.event("figures_removed", "Figures removed", fields=_FIGURES, says=("Item {item}.",))

_CLAIM = {
    "section": Reference("Section"),
    "limbs": Many("Limbs", Reference("Limb")),
    "items": Many("Items", _ITEM, noun="item"),
}
_CLAIM_SAYS = ("Section {limbs}, {items}.",)
EXEMPTION_CLAIMED = EVENTS.event(
    "exemption_claimed", "Exemption claimed", fields=_CLAIM, says=_CLAIM_SAYS, decides=True
)
CLAIM_CHANGED = EVENTS.event(
    "claim_changed", "Exemption claim changed", fields=_CLAIM, says=_CLAIM_SAYS, decides=True
)
CLAIM_WITHDRAWN = EVENTS.event(
    "claim_withdrawn", "Exemption claim withdrawn", fields=_CLAIM, says=_CLAIM_SAYS, decides=True
)
