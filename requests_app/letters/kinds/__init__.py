"""The kinds of letter, in the order they are listed. A new one is a folder here and a line in the table.

`docs/developing.md` says what is in the folder.
"""

from requests_app.letters.kind import LetterKind
from requests_app.letters.kinds import (
    acknowledgement,
    disclosure,
    full_refusal,
    invalid,
    not_held,
    part_refusal,
)
from requests_app.rules.casework.workflow import Outcome

KINDS: tuple[LetterKind, ...] = (
    acknowledgement.KIND,
    invalid.KIND,
    disclosure.KIND,
    part_refusal.KIND,
    full_refusal.KIND,
    not_held.KIND,
)

BY_CODE: dict[str, LetterKind] = {kind.code: kind for kind in KINDS}
KIND_LABELS: dict[str, str] = {kind.code: kind.label for kind in KINDS}

_ANSWER_TO: dict[Outcome, LetterKind] = {
    outcome: kind for kind in KINDS for outcome in kind.requirements.outcomes
}
#: What the letter is called that each outcome calls for.
ANSWER_LABELS: dict[Outcome, str] = {outcome: kind.label for outcome, kind in _ANSWER_TO.items()}


def kind_of(code: str) -> LetterKind:
    """Return the declaration of a kind of letter. Raises KeyError for a kind that there is not."""
    return BY_CODE[code]


def kind_label(code: str) -> str:
    """Return what a kind is called; a letter of a kind that is no longer declared is called by its code."""
    return KIND_LABELS.get(code) or code.replace("_", " ").capitalize()


def answer_to(outcome: Outcome) -> LetterKind:
    """Return the kind of answer that an outcome calls for (FOIA ss.1, 17).

    Something refused makes it a refusal notice: a part refusal when anything is disclosed besides. Raises
    KeyError for an outcome without an answer, such as a withdrawn request.
    """
    return _ANSWER_TO[outcome]


def kinds_at(address: str) -> tuple[LetterKind, ...]:
    """Return the kinds that are written at an address; none for an address that there is not."""
    return tuple(kind for kind in BY_CODE.values() if kind.address == address)
