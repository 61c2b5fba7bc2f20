"""Keyed hashes beside the plain ones: who can write to the database and has no key cannot make them.

An entry names its key by a fingerprint, so that a newer key can take over. The keys are arguments here; they live
outside the database (AUDIT_KEYS, the newest first).
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from foitracker.audit.chain import Break

_SCHEME = b"foitracker audit 1"


@lru_cache(maxsize=16)
def fingerprint(key: str) -> str:
    """Return what a key is known by, which tells nothing of it."""
    return _hmac(key, "key")[:16]


def keyed(key: str, what: str, *parts: str) -> str:
    """Return the keyed hash of `parts`; `what` keeps hashes of different things apart."""
    return _hmac(key, what, *parts)


@dataclass
class Checked:
    """The check of many keyed hashes. `without_key` counts those whose key was not given, by its fingerprint."""

    keys: Sequence[str]
    without_key: dict[str, int] = field(default_factory=dict)

    def is_right(self, given: str, name: str, what: str, *parts: str) -> bool:
        """Return whether `given` is the hash under the key of this name; one whose key is not known is counted."""
        key = next((key for key in self.keys if fingerprint(key) == name), None)
        if key is None:
            self.without_key[name] = self.without_key.get(name, 0) + 1
            return True
        return hmac.compare_digest(given, _hmac(key, what, *parts))


def first_forged(entries: Iterable[tuple[int, str, str, str]], checked: Checked) -> Break | None:
    """Return the first entry whose keyed hash is not right; `entries` are sequence, hash, key's name, keyed hash."""
    for sequence, digest, name, given in entries:
        if not checked.is_right(given, name, "entry", digest):
            return Break(sequence, "it was not written by the tracker: its keyed hash is wrong")
    return None


def _hmac(key: str, *parts: str) -> str:
    return hmac.new(
        key.encode(), b"\0".join([_SCHEME, *(part.encode() for part in parts)]), sha256
    ).hexdigest()
