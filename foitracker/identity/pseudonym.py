"""A mark instead of an applicant: equal for the same person, and revealing nothing more.

A mark is a chain of HMAC-SHA256: the first key is applied to the normalised name or e-mail address, each
later key to the mark under the key before it. So a new key carries over every mark kept without anyone
knowing whose it is, and who learns some of the keys but not all cannot test a guess. The keys are arguments
here; they live outside the database (docs/decisions/0012-a-mark-instead-of-a-name.md).
"""

import hmac
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from foitracker.identity.not_names import TITLES
from foitracker.identity.plain_text import plain_text

_SCHEME = b"foitracker applicant mark 1"
#: Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A digest in hexadecimal digits, and the number of the newest key in it."""

    digest: str
    key: int


def normalise_email(email: str) -> str:
    """Return the form of an e-mail address that marks are made from; empty if it is not one.

    Capitals and spaces do not count. Nor does what follows a plus sign: it is the same person's label on a
    message. Dots stay, for at most providers they distinguish people. A stranger who shares the rest of the
    address is rare, and a mark only makes an adviser look.
    """
    plain = re.sub(r"\s", "", plain_text(email).text).casefold().strip("<>,;")
    local, at, domain = plain.rpartition("@")
    local = local.partition("+")[0] or local
    return f"{local}@{domain.strip('.')}" if at and local and "." in domain.strip(".") else ""


def normalise_name(name: str) -> str:
    """Return the form of a name that marks are made from; empty for fewer than two words.

    Capitals, accents, titles, apostrophes and stops do not count; a hyphen is a space, and “Surname,
    Forename” is reversed. One word alone, or one word and nothing but titles, would match too many people.
    """
    plain = plain_text(name).text.casefold().translate(_PLAIN_LETTERS)
    letters = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    spaced = letters.replace("'", "").replace(".", " ")
    parts = [words for part in spaced.split(",") if (words := _untitled(re.findall(r"[^\W_]+", part)))]
    turned = [*parts[1:], parts[0]] if len(parts) == 2 else parts
    words = [word for part in turned for word in part]
    return " ".join(words) if len(words) > 1 else ""


def _untitled(words: list[str]) -> list[str]:
    """The words without titles before them; a word alone may be a surname that is a title, too."""
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return words


def make_mark(kind: str, normalised: str, keys: Sequence[str]) -> Mark:
    """Return the mark of a normalised identity under all of `keys`, oldest first.

    `kind` keeps marks of different things apart. Raises ValueError for no identity or no key.
    """
    if not normalised or not keys:
        raise ValueError("a mark needs an identity and a key")
    first = _hmac(keys[0], b" of ", kind.encode(), b"\0", normalised.encode())
    return wrap(Mark(first, 1), keys)


def wrap(mark: Mark, keys: Sequence[str]) -> Mark:
    """Carry a mark over to the newest of `keys`, oldest first, which include its own.

    Raises ValueError for a mark made with more keys than there are.
    """
    if not 1 <= mark.key <= len(keys):
        raise ValueError(f"the mark was made with {mark.key} keys, and there are {len(keys)}")
    digest = mark.digest
    for key in keys[mark.key :]:
        digest = _hmac(key, b" over ", bytes.fromhex(digest))
    return Mark(digest, len(keys))


def check_value(number: int, key: str) -> str:
    """Return the value a key is recognised by, made from nothing but the key and its place."""
    return _hmac(key, b" check ", str(number).encode())


def _hmac(key: str, *parts: bytes) -> str:
    return hmac.new(key.encode(), _SCHEME + b"".join(parts), sha256).hexdigest()
