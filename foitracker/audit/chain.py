"""The hash chain: what is hashed, and in what form. Plain values in, values out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

#: What the first entry carries as the hash of the one before it.
GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """One entry of the chain, as plain values."""

    sequence: int
    recorded_at: datetime
    at: datetime
    actor_id: int | None
    event: str
    subject: str
    detail: Mapping[str, Any]
    previous_hash: str

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of the entry as JSON with sorted keys and UTC times."""
        return sha256_of(_with_utc_times(self.__dict__))


@dataclass(frozen=True)
class AccessLine:
    """One row of the accesses, as plain values."""

    number: int
    recorded_at: datetime
    at: datetime
    actor_id: int | None
    event: str
    subject: str
    detail: Mapping[str, Any]
    address: str | None


class SealHash:
    """The hash over the accesses that one seal covers, fed in the order of their numbers."""

    def __init__(self) -> None:
        self.count = 0
        self._hash = hashlib.sha256()

    def add(self, line: AccessLine) -> None:
        self.count += 1
        self._hash.update(canonical(_with_utc_times(line.__dict__)).encode("ascii") + b"\n")

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


@dataclass(frozen=True)
class Break:
    """The first place where the trail, or what it vouches for, is not what was written."""

    sequence: int
    reason: str


def canonical(value: Any) -> str:
    """Return JSON that is the same whenever it is made of the same plain value: sorted keys, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def sha256_of(value: Any) -> str:
    """Return the SHA-256, in hexadecimal, of a plain value as canonical JSON."""
    return hashlib.sha256(canonical(value).encode("ascii")).hexdigest()


def plain_detail(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Return `detail` as it will come back from the database, so that its hash can be repeated.

    Dates, times and decimals become text. Raises ValueError for a fraction held as a float (the
    database may give it back in other digits).
    """
    text = json.dumps(detail, cls=DjangoJSONEncoder, allow_nan=False)
    plain: dict[str, Any] = json.loads(text, parse_float=_refuse_float)
    return plain


def words_hash(words: str, salt: str) -> str:
    """Return the SHA-256, in hexadecimal, that the trail keeps of free text; without the salt it says nothing."""
    return hashlib.sha256(f"{salt}{words}".encode()).hexdigest()


def first_break(
    links: Iterable[tuple[Link, str]], *, head: tuple[int, str], anchors: Mapping[int, str] | None = None
) -> Break | None:
    """Walk `links` (entries in order of sequence, each with the hash stored for it).

    `head` is the sequence and hash the trail should end with; `anchors` are hashes noted
    down outside the database on earlier days, by the number of their entry. None when every entry is as it was written.
    """
    expected, previous, anchors = 1, GENESIS, anchors or {}
    for link, stored in links:
        broken = _broken(link, stored, expected, previous)
        if broken is None and anchors.get(link.sequence, stored) != stored:
            broken = "it is not the entry that was noted down"
        if broken is not None:
            return Break(min(expected, link.sequence), broken)
        expected, previous = link.sequence + 1, stored
    last = expected - 1
    if last < max(head[0], *anchors, 0):
        return Break(expected, "it is missing from the end of the trail")
    if last > head[0]:
        return Break(head[0] + 1, "it was put after the end of the trail")
    if previous != head[1]:
        return Break(last, "it is not the entry that the trail ended with")
    return None


def _broken(link: Link, stored: str, expected: int, previous: str) -> str | None:
    if link.sequence > expected:
        return "it is missing"
    if link.sequence < expected:
        return "its number is out of order"
    if link.previous_hash != previous:
        return "it does not follow from the entry before it"
    if link.digest() != stored:
        return "its content is not what was written"
    return None


def _with_utc_times(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.astimezone(UTC).isoformat(timespec="microseconds")
        if isinstance(value, datetime)
        else value
        for name, value in fields.items()
    }


def _refuse_float(digits: str) -> None:
    raise ValueError(f"an audit detail cannot hold the float {digits}: use an integer or text")
