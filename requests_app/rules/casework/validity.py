"""Whether a request is one that has to be answered: FOIA s.8; EIR reg 5(1) and 9(2).

An invalid request is kept and answered with what it lacks (s.16), never dropped.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

#: Shown where a name is asked for under the Regulations.
NAME_NOT_NEEDED_UNDER_EIR = (
    "A request for environmental information is valid without the applicant’s name (EIR reg 5(1))."
)

_TITLES = re.compile(
    r"mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|baroness|rev|revd|reverend|father|rabbi|imam|"
    r"cllr|councillor|pc|sgt|sergeant|insp|inspector|capt|captain|major|col|colonel",
    re.IGNORECASE,
)
_NOT_GIVEN = re.compile(
    r"anon|anonymous|unknown|name|withheld|not|given|provided|supplied|stated|none|na|n/a", re.IGNORECASE
)
#: Scripts in which a full name is written as one word.
_UNSPACED_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
_EMAIL = re.compile(r"(?<![^\s@<>])[^\s@<>]++@[^\s@<>.]++\.[^\s@<>.]")
#: The first beginning of an address in a word decides for the word, so that no word is gone through twice.
_HANDLE_OR_URL = re.compile(r"(?<!\S)(?:@\w{2}|(?>\S*?(?:https?://|www\.))\S+\.\S)")


class Element(StrEnum):
    """What a request has to state."""

    NAME = "name"
    ADDRESS = "address"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class ValidityGap:
    """Something a request lacks: which element, why what was given is not enough, what to do, and the law."""

    element: Element
    reason: str
    advice: str
    reference: str


def validity_gaps(
    *, name: str, organisation: str, address: str, description: str, regime: str
) -> tuple[ValidityGap, ...]:
    """Return everything a request lacks to be valid; empty when it is valid.

    `name` is a person's, `organisation` a body's (either is enough); `address` is an e-mail address, a postal
    address or another place a reply can be sent to, such as an account name or a web page; `description` is
    the request itself. `regime` is "FOIA" or "EIR" (ValueError otherwise); under the EIR no name is needed.
    """
    if regime not in ("FOIA", "EIR"):
        raise ValueError(f"“{regime}” is not a regime that requests are made under. Use FOIA or EIR.")
    return tuple(_gaps(name.strip(), organisation.strip(), address.strip(), description, regime == "EIR"))


def _gaps(name: str, organisation: str, address: str, description: str, eir: bool) -> Iterator[ValidityGap]:
    reason = None if eir else _name_problem(name, organisation)
    if reason:
        yield ValidityGap(
            Element.NAME,
            reason,
            "Ask the applicant for their real name: a full name, a title or initial with a surname, or the "
            "name of the organisation. The request may be answered all the same.",
            "FOIA s.8(1)(b)",
        )
    if reason := _address_problem(address):
        yield ValidityGap(
            Element.ADDRESS,
            reason,
            "Find out where the answer can be sent: an e-mail address, a postal address, or an account or "
            "page at which the applicant can be written to.",
            "EIR reg 5(1)" if eir else "FOIA s.8(1)(b)",
        )
    if not _has_letters(description, 2):
        yield ValidityGap(
            Element.DESCRIPTION,
            "The request does not say what information is wanted.",
            "Ask the applicant to describe the information, and offer help with it "
            + ("(EIR reg 9)." if eir else "(FOIA s.16)."),
            "EIR reg 9(2)" if eir else "FOIA s.8(1)(c)",
        )


def _name_problem(name: str, organisation: str) -> str | None:
    """Why neither a person's nor an organisation's name will do; None when one does."""
    if _has_letters(organisation, 2):
        return None
    if not name:
        return "No name is given."
    if "@" in name:
        return "An e-mail address is given in place of a name."
    if _written_as_one_word(name):
        return None
    words = [word for word in re.split(r"[\s.,]+", name) if any(map(str.isalpha, word))]
    own = words[1:] if words and _TITLES.fullmatch(words[0]) else words
    if own and all(map(_NOT_GIVEN.fullmatch, own)):
        return "The applicant has not given a name."
    if not any(_has_letters(word, 2) for word in own):
        return "A single letter, or a title or initials without a surname, is not a real name."
    if len(words) < 2:
        return "A single word is not a full name."
    return None


def _address_problem(address: str) -> str | None:
    """Why nothing can be sent to `address`; None when something can."""
    if not address:
        return "No address for correspondence is given."
    if _EMAIL.search(address) or _HANDLE_OR_URL.search(address):
        return None
    if "@" in address:
        return "The e-mail address is incomplete."
    if not _has_letters(address, 2):
        return "A number alone is not an address that a written answer can be sent to."
    if len(address.split()) < 2:
        return "The address is too short for an answer to reach it."
    return None


def _has_letters(text: str, number: int) -> bool:
    """Whether `text` holds that many letters; a sign that stands for a syllable or word counts as two."""
    return sum(2 if _unspaced(c) else 1 for c in text if c.isalpha()) >= number


def _written_as_one_word(name: str) -> bool:
    return sum(map(_unspaced, name)) >= 2


def _unspaced(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_UNSPACED_SCRIPTS)
