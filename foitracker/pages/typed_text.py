"""What is checked in typed text before it is kept, and in a letter before it goes out.

Nothing here changes what an applicant wrote unless it is asked to: the finders say what is there and where,
the problems say in plain English what to do about it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: Longer requests are taken as a document, not as typed text.
MAX_REQUEST_CHARACTERS = 100_000
MAX_LINES = 3_000

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
#: Controls that stood for a new line (vertical tab, form feed, next line): without one, two words would join.
_BREAKING = re.compile("[\x0b\x0c\x85]")
_CONTROL_NAMES = {
    0x00: "NULL", 0x07: "BELL", 0x08: "BACKSPACE", 0x0B: "VERTICAL TAB", 0x0C: "FORM FEED",
    0x1A: "SUBSTITUTE", 0x1B: "ESCAPE", 0x7F: "DELETE", 0x85: "NEXT LINE",
}  # fmt: skip

_SLOT = (
    r"(?:insert|enter|add|delete|select|choose|your|applicant|recipient|addressee|name|address|date|title|"
    r"subject|ref(?:erence)?|number|officer|signature|signatory|organisation|force|to\s+be|tb[cad]|x{2,})\b"
)
_MASKED = re.compile(r"\[\s*\w+(?: \w+)? (?:withheld|redacted|removed|masked)\s*\]", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    rf"""
    \[ \s* {_SLOT} [^\[\]\n]{{0,200}} \]    # [name], [insert the date]
    | < \s* {_SLOT} [^<>\n]{{0,200}} >      # <insert>
    | \{{\{{ [^{{}}\n]{{0,200}} \}}\}} | \{{\{{ | \}}\}}
    | \{{% [^%\n]{{0,200}} %\}}             # what a template left behind
    | \bx{{2,}} (?: / x{{2,}})+ \b          # XX/XX/XXXX
    | \bx{{4,}} \b
    | _{{3,}}
    | \b(?-i:TB[CAD])\b
    | \blorem\s+ipsum\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: What is typed only to get past an empty field.
_FILLER = re.compile(
    r"none|nil|test|not applicable|see above|as above|to (?:follow|come|do)|"
    r"to be (?:added|advised|completed|confirmed|decided|done|written)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in a text: what (`found`), its name in words, and where.

    `position` counts characters from 0; `line` and `column` count from 1.
    """

    found: str
    name: str
    position: int
    line: int
    column: int

    @property
    def where(self) -> str:
        """The place in words, such as “line 3, character 5”."""
        return f"line {self.line}, character {self.column}"


def find_unprintable(text: str) -> tuple[Finding, ...]:
    """Find what is not text: controls other than tab and line breaks, half surrogate pairs, noncharacters."""
    return tuple(_findings(_UNPRINTABLE, text))


def find_direction_controls(text: str) -> tuple[Finding, ...]:
    """Find invisible characters that turn the reading direction, so that text can show other than it is."""
    return tuple(_findings(_DIRECTION, text))


def find_placeholders(text: str) -> tuple[Finding, ...]:
    """Find what someone meant to fill in: `[name]`, `<insert>`, `{{ }}`, `____`, `XXXX`, `TBC`, lorem ipsum.

    Asterisks (`****`) are masking and allowed, as are `[name withheld]`, `[sic]` and citations (`[2023]`).
    """
    return tuple(finding for finding in _findings(_PLACEHOLDER, text) if not _MASKED.fullmatch(finding.found))


def is_blank(text: str) -> bool:
    """Return whether nothing of `text` can be read: no letter and no digit, only signs, spaces or invisible ones."""
    return not any(map(str.isalnum, text))


def gives_reason(text: str) -> bool:
    """Return whether `text` could be a reason: at least two words, and more than a filler such as “to follow”."""
    return len(_WORD.findall(text)) > 1 and not _FILLER.fullmatch(text.strip(" \t\r\n.()[]"))


def remove_unprintable(text: str) -> str:
    """Return `text` without what `find_unprintable` finds; a control that broke a line becomes a line break."""
    return _UNPRINTABLE.sub("", _BREAKING.sub("\n", text))


def length_problem(text: str, most: int = MAX_REQUEST_CHARACTERS) -> str | None:
    """Return what is wrong with the size of a text of several lines, and what to do; None when nothing is.

    Lines are limited too: tens of thousands of them, however short, would take minutes to print.
    """
    if len(text) > most:
        return (
            f"This has {len(text):,} characters; at most {most:,} can be entered. Enter the part that matters, "
            "and keep the rest as a document in your records."
        )
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        return (
            f"This has {lines:,} lines; at most {MAX_LINES:,} can be entered. Enter the part that matters, and keep "
            "the rest as a document in your records."
        )
    return None


def single_line_problems(text: str) -> tuple[str, ...]:
    """Return all that is wrong with text meant for one line (a name, a subject), each with what to do."""
    problems = []
    if _LINE_BREAK.search(text) or _BREAKING.search(text):
        problems.append("This has to fit on one line. Remove the line breaks.")
    if "\t" in text:
        problems.append("This contains a tab. Replace it with a space.")
    return (*problems, *_character_problems(text))


def _character_problems(text: str) -> Iterator[str]:
    if unprintable := find_unprintable(text):
        yield (
            f"The text contains {_named(unprintable)}, which cannot be printed. "
            "Remove what is named here, or paste the text again as plain text."
        )
    if turning := find_direction_controls(text):
        yield (
            f"The text contains {_named(turning)}, which can make it read differently from what it says. "
            "Remove what is named here, or type the words again."
        )


def _named(findings: tuple[Finding, ...]) -> str:
    first, others = findings[0], len(findings) - 1
    more = f" and {others} more such character{'s' if others > 1 else ''}" if others else ""
    return f"the invisible character {first.name} ({first.where}){more}"


def _findings(pattern: re.Pattern[str], text: str) -> Iterator[Finding]:
    """Every match with its place, walking the lines along with the matches."""
    breaks = (match.end() for match in _LINE_BREAK.finditer(text))
    line, line_start, next_start = 1, 0, next(breaks, None)
    for match in pattern.finditer(text):
        while next_start is not None and next_start <= match.start():
            line, line_start, next_start = line + 1, next_start, next(breaks, None)
        found = match[0]
        name = _name(found) if len(found) == 1 else found
        yield Finding(found, name, match.start(), line, match.start() - line_start + 1)


def _name(character: str) -> str:
    """The name of a character, made up for those that Unicode gives none."""
    code = ord(character)
    known = _CONTROL_NAMES.get(code) or unicodedata.name(character, "")
    if known:
        return f"{known} U+{code:04X}"
    kinds = {"Cc": "control character", "Cs": "half of a surrogate pair"}
    return f"{kinds.get(unicodedata.category(character), 'noncharacter')} U+{code:04X}"
