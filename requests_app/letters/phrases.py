"""Lists of items and of provisions as a sentence says them."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

_LAST_PART = re.compile(r"\([^()]*\)$")


def joined(parts: Sequence[str]) -> str:
    """Return “a”, “a and b” or “a, b and c”."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def spoken(label: str) -> str:
    """Return an item's label without the stop or bracket that ends it in a list: “3.”, “a)”."""
    bare = label.strip()
    return bare.rstrip(".:") if bare.startswith("(") else bare.rstrip(".:)") or bare


def labels_phrase(labels: Iterable[str]) -> str:
    """Return “item 3”, “items A and C” or “items 1 to 11, 13 and 14”.

    `labels` are the applicant's own, in the order of the request; three or more whole numbers in sequence
    are shortened to a range.
    """
    said = [spoken(label) for label in labels]
    if len(said) == 1:
        return f"item {said[0]}"
    parts: list[str] = []
    for _, run in groupby(enumerate(said), key=lambda pair: _run_key(*pair)):
        members = [label for _, label in run]
        parts += [f"{members[0]} to {members[-1]}"] if len(members) > 2 else members
    return f"items {joined(parts)}"


def _run_key(position: int, label: str) -> tuple[str, int]:
    """Numbers that rise by one with their position share a key; anything else has one of its own."""
    number = label.isascii() and label.isdigit() and str(int(label)) == label
    return ("run", int(label) - position) if number else ("alone", position)


def provisions_phrase(refs: Sequence[str], word: str) -> str:
    """Return a citation: “section 23(1)”, “section 31(1)(a) and (b)”.

    `refs` are catalogue references; one such as 40(2)+(3A)(a), where a condition of the same section is
    relied on, reads “section 40(2) with section 40(3A)(a)”. `word` is “section” or “regulation”.
    """
    said: list[str] = []
    for stem, group in groupby(refs, key=lambda ref: ref if "+" in ref else _LAST_PART.sub("", ref)):
        members = list(group)
        if "+" in stem:
            first, _, condition = stem.partition("+")
            said.append(f"{first} with {word} {first.partition('(')[0]}{condition}")
        else:
            said.append(stem + joined([ref.removeprefix(stem) for ref in members]))
    return f"{word}{'s' if len(said) > 1 else ''} {joined(said)}"
