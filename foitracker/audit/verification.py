"""Checking the whole trail: the chain, the keyed hashes, what was noted down outside, and what entries vouch for.

The apps register what else an entry vouches for, such as a letter by its hash.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foitracker.audit import queries
from foitracker.audit.anchors import AnchorsUnreadable, read_anchors
from foitracker.audit.chain import Break, first_break
from foitracker.audit.keyed_hash import Checked, first_forged

#: Looks through what an app keeps; gives the first place where it is not what the trail says, or None.
Check = Callable[[], Break | None]

_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Have the verification run a check, which is named in what it says."""
    _checks[name] = check


@dataclass(frozen=True)
class Verified:
    """What became of a verification. `unchecked` says what could not be checked, each with its reason."""

    head: tuple[int, str]
    broken: Break | None
    unchecked: Sequence[str] = field(default=())


def verify(
    *, keys: Sequence[str], anchors_file: Path | None = None, noted: Mapping[int, str] | None = None
) -> Verified:
    """Check everything, as of one moment if the caller's transaction is of one.

    `keys` are those of the keyed hashes; `anchors_file` is what the daily heads were written to; `noted` are further
    hashes noted down by hand, by the number of their entry.
    """
    head, checked = queries.head(), Checked(keys)
    anchors, unchecked, broken = dict(noted or {}), [], None
    if anchors_file is not None:
        try:
            for anchor in read_anchors(anchors_file):
                if not anchor.is_right(checked):
                    broken = broken or Break(
                        anchor.sequence, f"the anchor of {anchor.day} is not what was written"
                    )
                anchors[anchor.sequence] = anchor.hash
        except AnchorsUnreadable as error:
            unchecked.append(str(error))
    broken = broken or next((found for found in _found(head, anchors, checked) if found), None)
    unchecked += [
        f"{count} keyed hashes: their key {name or '(none)'} is not in AUDIT_KEYS"
        for name, count in checked.without_key.items()
    ]
    return Verified(head, broken, unchecked)


def _found(head: tuple[int, str], anchors: Mapping[int, str], checked: Checked) -> Iterator[Break | None]:
    """The first break of each kind, each looked for only when those before found none."""
    yield first_break(queries.links(), head=head, anchors=anchors)
    yield first_forged(queries.keyed_hashes(), checked)
    if altered := queries.altered_words():
        yield Break(altered, "the words beside it are not what was written")
    for check in _checks.values():
        yield check()
