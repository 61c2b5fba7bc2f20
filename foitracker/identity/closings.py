"""Names at the end of a letter: after a closing, above or beside an occupation; and the block they stand in."""

import re
from collections.abc import Iterator, Sequence

from foitracker.identity.name_reading import Span, after_blanks, read_name, read_small_name

_CLOSING = re.compile(
    r"^[> \t]*+(?:(?P<sure>(?:yours|your)[ \t]+(?:sincerely|faithfully|truly|respectfully)|"
    r"(?:sincerely|faithfully|respectfully)(?:[ \t]+yours)?|"
    r"(?:with[ \t]+)?(?:many[ \t]+|very[ \t]+)?(?:kind|kindest|best|warm|warmest)[ \t]+(?:regards|wishes)|"
    r"(?:with[ \t]+)?(?:regards|rgds)|all[ \t]+the[ \t]+(?:very[ \t]+)?best|signed|"
    r"yn[ \t]+(?:gywir|ddiffuant|bur)|cofion(?:[ \t]+(?:gorau|cynnes))?)"
    r"|(?P<short>best|all[ \t]+best|yours|ever|warmly|take[ \t]+care|br|kr|ta|--)(?=[ \t]*+[,.!-]*+[ \t]*+\n)"
    r"|(?P<thanks>many[ \t]+thanks|with[ \t]+thanks|thank[ \t]+you|thanks|thx|cheers|diolch(?:[ \t]+yn[ \t]+fawr)?)"
    r"(?:[ \t]+(?:again|in[ \t]+advance|and[ \t]+(?:kind|best)[ \t]+regards|so[ \t]+much|very[ \t]+much|"
    r"for[ \t]+your[ \t]+(?:help|time|assistance)))*+)"
    r"[ \t]*+[,.!:-]*+[ \t]*+(?P<gap>\n[> \t\n]*+)?",
    re.IGNORECASE | re.MULTILINE,
)
_INLINE_CLOSING = re.compile(
    r"\b(?:yours[ \t]+(?:sincerely|faithfully|truly)|(?:kind|kindest|best|warm)[ \t]+(?:regards|wishes)|"
    r"many[ \t]+thanks)(?:[ \t]*+[,.:-][ \t]++|[ \t]++)",
    re.IGNORECASE,
)
_AFTER_CLOSING = re.compile(r"[ \t]*+(?:$|[\n,(|/.-])")

#: What people write under their names. Ranks and posts of the police are not among them.
_OCCUPATION = (
    r"(?:(?:senior|chief|deputy|assistant|associate|freelance|news|crime|data|home[ \t]+affairs|political|investigative|"
    r"investigations|local[ \t]+democracy|research|policy|campaigns?|managing|executive|parliamentary|trainee|"
    r"independent|postgraduate|phd|doctoral|retired|community|legal)[ \t]+){0,3}"
    r"(?:reporter|journalist|correspondent|editor|producer|writer|author|researcher|solicitor|barrister|paralegal|"
    r"director|student|candidate|professor|lecturer|fellow|campaigner|caseworker|consultant|secretary|"
    r"chair(?:man|woman|person)?|trustee|treasurer|partner|analyst|archivist|historian|engineer|teacher|nurse|"
    r"accountant|surveyor|planner|photographer|blogger|councillor|member[ \t]+of[ \t]+parliament|mp|"
    r"head[ \t]+of[ \t]+\w+|(?:policy|press|research)[ \t]+(?:officer|manager))\b"
)
_UNDER_NAME = re.compile(rf"[ \t]*+\n[> \t]*+(?!\n){_OCCUPATION}[^\n.?!]{{0,60}}(?:\n|$)", re.IGNORECASE)
_BESIDE_NAME = re.compile(rf"[ \t]*+[,|(/-][ \t]*+{_OCCUPATION}[^\n.?!]{{0,60}}\.?(?:\n|$)", re.IGNORECASE)
_LINE_START = re.compile(r"^[> \t]*+", re.MULTILINE)

#: How many lines with words from the end a block can reach up.
_LONGEST_BLOCK = 20
#: A longer line is prose.
_LONGEST_LINE = 90
_LONGEST_LABEL = 20
_MOST_WORDS_SIGNED = 6
_ENTRY = re.compile(r"[> \t]*+(?:\(?\d{1,2}[.):]|\(?[a-z][.)]|[-•*])[ \t]", re.IGNORECASE)


def find_signatures(text: str) -> Iterator[Span]:
    """Return where names stand after a closing, or above or beside an occupation."""
    for match in _CLOSING.finditer(text):
        if span := _signed(text, match):
            yield span
    for match in _INLINE_CLOSING.finditer(text):
        end = read_name(text, match.end())
        if end and _AFTER_CLOSING.match(text, end):
            yield match.end(), end
    for match in _LINE_START.finditer(text):
        end = read_name(text, match.end(), least=2)
        if end and (_UNDER_NAME.match(text, end) or _BESIDE_NAME.match(text, end)):
            yield match.end(), end


def _signed(text: str, closing: re.Match[str]) -> Span | None:
    start = closing.end()
    if (end := read_name(text, start)) and _AFTER_CLOSING.match(text, end):
        return start, end
    if closing["sure"] and closing["gap"] and (end := read_small_name(text, start)):
        return (start, end) if text[end : end + 1] in {"", "\n", ",", "."} else None
    return None


def find_closing_block(text: str, found: Sequence[Span]) -> Span | None:
    """Return the last part of a text from where its writer signs down to the end; None where nobody signs.

    It begins at a closing or, without one, at the first line of the last ones that holds something of `found`
    (in order), and holds something of `found`. Where an item of a request or a question follows, the text has
    not come to its end.
    """
    if not found:
        return None
    lines = [match.span() for match in re.finditer(r"[^\n]+", text) if match[0].strip(" \t>")]
    begins = None
    closing = None
    for start, end in reversed(lines[-_LONGEST_BLOCK:]):
        line = text[start:end]
        is_closing = _is_closing_line(text, start, end)
        if not is_closing and (closing is not None or _is_request(line)):
            break
        if is_closing:
            closing = after_blanks(text, start)
        if held := [first for first, last in found if start < last and first < end]:
            # What stands before a find in a line of prose is not part of the signature.
            begins = after_blanks(text, start) if held[0] - start <= _LONGEST_LABEL else held[0]
    begins = closing if closing is not None else begins
    if begins is None or begins >= found[-1][1] or not text[:begins].strip():
        return None
    return begins, len(text.rstrip())


def _is_request(line: str) -> bool:
    """Whether a line is prose, a question or an entry of a list, and no part of a signature."""
    bare = line.strip(" \t>")
    is_sentence = bare.endswith(".") and len(bare.split()) > _MOST_WORDS_SIGNED
    return len(line) > _LONGEST_LINE or is_sentence or bool(_ENTRY.match(line)) or bare.endswith(("?", ";"))


def _is_closing_line(text: str, start: int, end: int) -> bool:
    """Whether a line is a closing and, behind it, at most a name."""
    match = _CLOSING.match(text, start)
    if not match:
        return False
    rest = min(match.end(), end)
    return rest == end or not text[rest:end].strip() or (read_name(text, rest) or 0) >= end - 1
