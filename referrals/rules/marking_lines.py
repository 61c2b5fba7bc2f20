"""Security markings that text carries, on a line of its own or anywhere in a sentence.

Up to OFFICIAL-SENSITIVE may be held here (Government Security Classifications); SECRET and above must not enter.
The word in capitals is taken for a marking wherever it stands, in other letters only after a label: a trade secret
or a secret ballot is none.
"""

import re

_LEVEL = r"(?:UK[\s-]+)?(?:TOP[\s-]+)?SECRET"
#: What may follow the level: a known caveat after a space, anything in capitals after a sign.
_CAVEAT = r"(?:\s+(?:UK|US|FIVE|EYES|ONLY|STRAP|LOCSEN|LIMDIS|ATOMIC|PERSONAL|DATA|\d)\b)"
_SIGNED = r"(?:\s*[/,;:()\[\]*-]+\s*[A-Z0-9]+)"
#: Never given back, so that no run of it is gone through twice; no level begins with one of these.
_FRAME = r"[\s*_=~#\[\](){}|<>.:-]*+"
_LABEL = r"(?i:(?:(?:security|protective|government)\s+)*(?:classification|marking)s?|gsc)\s*[:=-]"

_ANYWHERE = re.compile(rf"(?<![^\W_]){_LEVEL}(?![^\W_])")
_IN_CAPITALS = re.compile(rf"{_FRAME}{_LEVEL}(?:{_CAVEAT}|{_SIGNED})*{_FRAME}")
_AFTER_LABEL = re.compile(rf"{_FRAME}{_LABEL}{_FRAME}(?i:{_LEVEL})\b.*")
_DASHES = str.maketrans("‐‑‒–—―", "------")


def higher_markings(text: str) -> tuple[str, ...]:
    """Return what marks `text` SECRET or above, as it stands there: a whole line that is a marking, or the words."""
    return tuple(marking for line in text.splitlines() for marking in _on_line(line.strip()))


def marking_refusal(marking: str, *, instead: str) -> str:
    """Return what to do about text with a marking; `instead` is what may be done here without its contents."""
    return (
        f"“{marking}” marks this text above OFFICIAL-SENSITIVE. Such material may not be kept here: keep it on the "
        f"system for its marking, and {instead} without its contents. Where the word marks nothing, write it in "
        "small letters."
    )


def _on_line(line: str) -> tuple[str, ...]:
    plain = line.translate(_DASHES)
    if _IN_CAPITALS.fullmatch(plain) or _AFTER_LABEL.fullmatch(plain):
        return (line,)
    return tuple(line[found.start() : found.end()] for found in _ANYWHERE.finditer(plain))
