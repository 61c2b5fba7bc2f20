"""What becomes of each item of a request, and the outcome that follows for the whole."""

from collections.abc import Iterable
from enum import StrEnum

from requests_app.rules.casework.workflow import Outcome


class Disposition(StrEnum):
    """What becomes of an item, exactly one each. No letter is issued while an item has none."""

    DISCLOSED = "disclosed"
    PARTLY_DISCLOSED = "partly_disclosed"
    WITHHELD = "withheld"
    NOT_HELD = "not_held"
    ACCESSIBLE = "accessible"
    NEITHER = "ncnd"
    EXCLUDED = "excluded"
    DUPLICATE = "duplicate"
    OUTSIDE_FUNCTIONS = "outside_functions"


DISPOSITION_LABELS: dict[Disposition, str] = {
    Disposition.DISCLOSED: "Disclosed",
    Disposition.PARTLY_DISCLOSED: "Partly disclosed",
    Disposition.WITHHELD: "Withheld",
    Disposition.NOT_HELD: "Not held",
    Disposition.ACCESSIBLE: "Already accessible (section 21)",
    Disposition.NEITHER: "Neither confirmed nor denied",
    Disposition.EXCLUDED: "Excluded by clarification",
    Disposition.DUPLICATE: "Duplicate of another item",
    Disposition.OUTSIDE_FUNCTIONS: "Outside the designated functions",
}

#: Items that refuse something, so that section 17 applies and an exemption has to be claimed.
REFUSING: frozenset[Disposition] = frozenset(
    {Disposition.PARTLY_DISCLOSED, Disposition.WITHHELD, Disposition.ACCESSIBLE, Disposition.NEITHER}
)
#: Items from which something is disclosed.
DISCLOSING: frozenset[Disposition] = frozenset({Disposition.DISCLOSED, Disposition.PARTLY_DISCLOSED})
#: Items that are answered elsewhere, or no longer asked.
SET_ASIDE: frozenset[Disposition] = frozenset({Disposition.EXCLUDED, Disposition.DUPLICATE})


_OUTCOME_OF_ONE: dict[Disposition, Outcome] = {
    Disposition.NOT_HELD: Outcome.NOT_HELD,
    Disposition.ACCESSIBLE: Outcome.ALREADY_ACCESSIBLE,
    Disposition.NEITHER: Outcome.NEITHER,
    Disposition.OUTSIDE_FUNCTIONS: Outcome.OUTSIDE_FUNCTIONS,
}


def outcome(dispositions: Iterable[Disposition]) -> Outcome:
    """Return the outcome of a request from what became of its items.

    Items set aside (excluded, duplicate) do not count. Refusals with nothing disclosed are a refusal in
    full, whatever else is not held.
    """
    found = set(dispositions) - SET_ASIDE
    if not found:
        return Outcome.NOTHING_LEFT
    if len(found) == 1 and (only := next(iter(found))) in _OUTCOME_OF_ONE:
        return _OUTCOME_OF_ONE[only]
    if found & DISCLOSING:
        return Outcome.PARTLY_DISCLOSED if found & REFUSING else Outcome.DISCLOSED
    return Outcome.REFUSED if found & REFUSING else Outcome.NOT_HELD
