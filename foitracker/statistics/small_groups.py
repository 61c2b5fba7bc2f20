"""Which figures can be published without telling one person's part in them.

A figure of fewer than `LEAST` people is not shown alone. Nor can it be computed from a total: what is not shown alone
is shown together, of at least two groups and `LEAST` people, and where the small groups are too few for that, the next
smallest are put with them.
"""

from collections.abc import Hashable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Generic, TypeVar

#: The fewest people whose figure is shown.
LEAST = 3

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Shown(Generic[Key]):
    """The groups that are shown alone and those that are shown together; `none` says that not even these can be."""

    alone: tuple[Key, ...]
    together: tuple[Key, ...]
    none: bool = False


def safe_to_show(people: Mapping[Key, AbstractSet[Hashable]], least: int = LEAST) -> Shown[Key]:
    """Return which groups can be shown, from the people behind each; the order of `people` is kept."""
    together = {key for key, members in people.items() if len(members) < least}
    # The smallest first; of equals the one that comes first.
    others = sorted((key for key in people if key not in together), key=lambda key: len(people[key]))
    while together and others and (len(together) < 2 or _number(people, together) < least):
        together.add(others.pop(0))
    return Shown(
        tuple(key for key in people if key not in together),
        tuple(key for key in people if key in together),
        none=bool(together) and _number(people, together) < least,
    )


def _number(people: Mapping[Key, AbstractSet[Hashable]], keys: AbstractSet[Key]) -> int:
    return len({person for key in keys for person in people[key]})
