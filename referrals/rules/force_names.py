"""Names of police forces normalised, so that two spellings of one name compare equal and two names never do.

“Lancashire Police”, “LANCASHIRE CONSTABULARY” and “the Lancashire police force” are one name. What kind of
force it is may be said in any of the usual words, but not left out: “Lancashire” finds its force because it
is recorded as a short name, while “Port of Dover” is not taken for the Port of Dover Police.
"""

import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher

from foitracker.identity.plain_text import plain_text

#: Words for a police force, in English and Welsh.
_POLICE = frozenset({"police", "constabulary", "constab", "heddlu"})
#: What may stand beside such a word and adds nothing to it: police service, police force.
_ADDED = frozenset({"service", "force"})
#: One word for all of them, at the end, so as not to hide the word that distinguishes forces.
_MARK = "police"

#: Names of no force: whoever writes them says that every force was asked.
_EVERYWHERE = frozenset({"national", "nationally", "nationwide", "all", "all forces", "every force", "uk"})

#: Names less alike than this are not offered for one another.
_NEAR = 0.75
_OFFERED = 3
#: No force has a longer name, and comparing takes time by the product of the lengths.
_LONGEST = 100


def normalise(name: str) -> str:
    """Return the form in which names are compared; empty when the name says nothing.

    Case, punctuation, accents, a leading “the” and the word for police force are normalised; “&” is “and”.
    """
    words = _words(name)
    place: list[str] = []
    is_police = False
    position = 0
    while position < len(words):
        word = words[position]
        position += 1
        if word not in _POLICE:
            place.append(word)
            continue
        is_police = True
        if words[position : position + 1] and words[position] in _ADDED:
            position += 1
            if words[position : position + 1] == ["of"]:  # the Police Service of a country
                position += 1
    first = next((number for number, word in enumerate(place) if word != "the"), len(place))
    place = place[first:]
    return " ".join([*place, _MARK] if is_police else place)


def is_everywhere(name: str) -> bool:
    """Return whether a name stands for all forces: “National” is a scope, not a force."""
    return " ".join(_words(name)) in _EVERYWHERE


def near_names(name: str, known: Mapping[str, str]) -> list[str]:
    """Return the forces whose names are most like `name`, the likeliest first, three at most.

    `known` gives the force's own name for each normalised name. The word for police force does not count:
    it would make any two names alike.
    """
    asked = _place(normalise(name))
    if not asked or len(asked) > _LONGEST:
        return []
    best: dict[str, float] = {}
    for normalised, force in known.items():
        likeness = _likeness(asked, _place(normalised))
        if likeness >= _NEAR:
            best[force] = max(likeness, best.get(force, 0.0))
    return sorted(best, key=lambda force: (-best[force], force))[:_OFFERED]


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKD", plain_text(name).text).casefold().replace("&", " and ")
    kept = (c for c in text if not unicodedata.combining(c) and c not in "'’‘`")
    return "".join(c if c.isalnum() else " " for c in kept).split()


def _place(normalised: str) -> str:
    return normalised.removesuffix(_MARK).strip()


def _likeness(asked: str, known: str) -> float:
    """From 0 to 1. A name that begins like a longer one, or is a word of it, is as near as a slip of the pen."""
    if not known:
        return 0.0
    if f" {asked} " in f" {known} " or (len(asked) > 3 and known.startswith(asked)):
        return 0.9
    return SequenceMatcher(None, asked, known).ratio()
