"""Security markings that text carries on a line of its own.

Up to OFFICIAL-SENSITIVE may be held here (Government Security Classifications); SECRET and above must not enter.
The word in a sentence is no marking: a line is one when it stands there by itself, in capitals or after a label.
"""

import re

_LEVEL = r"(?:UK[\s-]+)?(?:TOP[\s-]+)?SECRET"
#: What may follow the level: a known caveat after a space, anything in capitals after a sign.
_CAVEAT = r"(?:\s+(?:UK|US|FIVE|EYES|ONLY|STRAP|LOCSEN|LIMDIS|ATOMIC|PERSONAL|DATA|\d)\b)"
_SIGNED = r"(?:\s*[/,;:()\[\]*-]+\s*[A-Z0-9]+)"
_FRAME = r"[\s*_=~#\[\](){}|<>.:-]*"
_LABEL = r"(?i:(?:(?:security|protective|government)\s+)*(?:classification|marking)s?|gsc)\s*[:=-]\s*"

_IN_CAPITALS = re.compile(rf"{_FRAME}{_LEVEL}(?:{_CAVEAT}|{_SIGNED})*{_FRAME}")
_AFTER_LABEL = re.compile(rf"{_FRAME}{_LABEL}{_FRAME}(?i:{_LEVEL})\b.*")
_DASHES = str.maketrans("‐‑‒–—―", "------")


def higher_marking_lines(text: str) -> tuple[str, ...]:
    """Give the lines of `text` that mark it SECRET or above, as they stand there without the space around them."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if _marks_higher(line.translate(_DASHES)))


def _marks_higher(line: str) -> bool:
    return bool(_IN_CAPITALS.fullmatch(line) or _AFTER_LABEL.fullmatch(line))
