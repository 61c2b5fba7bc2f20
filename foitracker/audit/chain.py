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
    kind: str
    event: str
    subject: str
    detail: Mapping[str, Any]
    previous_hash: str

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of the entry as JSON with sorted keys and UTC times."""
        fields = {**self.__dict__, "recorded_at": _utc(self.recorded_at), "at": _utc(self.at)}
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True)
class Break:
    """The first place where the trail is not what was written."""

    sequence: int
    reason: str


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
    links: Iterable[tuple[Link, str]], *, head: tuple[int, str], anchor: tuple[int, str] | None = None
) -> Break | None:
    """Walk `links` (entries in order of sequence, each with the hash stored for it).

    `head` is the sequence and hash the trail should end with; `anchor`, when given, is a pair noted
    down outside the database on an earlier day. None when every entry is as it was written.
    """
    expected, previous = 1, GENESIS
    for link, stored in links:
        broken = _broken(link, stored, expected, previous)
        if broken is None and anchor is not None and anchor[0] == link.sequence and anchor[1] != stored:
            broken = "it is not the entry that was noted down"
        if broken is not None:
            return Break(min(expected, link.sequence), broken)
        expected, previous = link.sequence + 1, stored
    last = expected - 1
    if last < max(head[0], anchor[0] if anchor else 0):
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


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _refuse_float(digits: str) -> None:
    raise ValueError(f"an audit detail cannot hold the float {digits}: use an integer or text")
