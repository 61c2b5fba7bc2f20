"""Splitting the applicant's words into the items that are answered one by one.

A proposal, which the officer corrects. No word is lost: each is in the preamble, in an item or in the closing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_MARKER = re.compile(
    r"""
    \s* (?:
      (?P<decimal> \d{1,3} (?:\.\d{1,3}){1,3} ) [.)]? (?=\s+\S)                  # 1.1
    | (?P<question> q(?:uestion\s)? \s? \d{1,3} )                             # Q1  Question 1:
      (?: [.):] (?!\d) | (?=\s+ (?!(?:of|to|fy|and)\b) [a-z]) )
    | \(? (?P<number> \d{1,3} [a-z]? ) [.):] (?! \d+ (?![\d/]) )             # 1.  1)  (1)  1a)
    | (?P<combined> \d{1,3} \s? \([a-z]\) ) [.:]?                            # 1(a)
    | \(? (?P<letter> [a-z] | [ivx]{2,5} ) (?: \) | [.:] (?=\s|$) )          # a)  (a)  A.  ii.
    | (?P<bullet> [•·▪▫◦‣●○*–—-] ) (?=\s)
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
#: How many letters of a list may be left out before another letter is no longer taken for its label.
_LETTERS_SKIPPED = 2
#: Lists within lists beyond this depth stay part of the entry's text.
_DEEPEST = 3

_SALUTATION = re.compile(
    r"(?:dear|hello|hi|good (?:morning|afternoon|evening)|to whom)\b.{0,60}", re.IGNORECASE
)
_SIGN_OFF = re.compile(
    r"(?:yours(?:\s\w+)?|(?:\w+\s)?(?:regards|wishes)|(?:many\s)?thanks(?:\s(?:again|in advance))?|"
    r"thank you(?:\s(?:again|very much|in advance|for your (?:help|time|assistance|attention)))?)\s*[,.!]*",
    re.IGNORECASE,
)
#: A sign-off with more lines than this is part of the request instead.
_LONGEST_CLOSING = 8
#: Words longer than this lead to no list: they are an item of their own, not put before each entry.
_LONGEST_LEAD = 1_000
#: A line this long was broken by the mail program, not by its author.
_WRAPPED_LINE = 60


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One proposed item: its label as the applicant wrote it, without punctuation, and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SplitRequest:
    """A request split up: what comes before its list, the items, and the sign-off after them."""

    preamble: str
    items: tuple[ItemDraft, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class ListMarker:
    """What a line of a list begins with. `label` is empty for a bullet; the text starts at `end`.

    `readings` are the styles it can belong to with its place in each: `i` is the first roman numeral and the
    ninth letter.
    """

    label: str
    readings: tuple[tuple[str, int], ...]
    end: int


@dataclass(slots=True)
class _Node:
    """An entry of the list while it is read: how deep it lies, its full label, and its lines so far."""

    depth: int
    label: str
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Level:
    """A list that is open at some depth: its style, and the place and label of its latest entry."""

    style: str
    place: int
    label: str


def split(text: str) -> SplitRequest:
    """Split `text` into items at list labels (`1.`, `1)`, `a)`, `(a)`, `A.`, `i.`, `Q1`, `1.1`), bullets or lines.

    Labels are kept as typed; entries without one are numbered. A list inside a list gives `1(a)`, with the
    words above it in front when they end in a colon. A label used twice is told apart as `1 (2)`. Text without
    a list is one item, `1`; a blank text has none.
    """
    body, closing = _cut_closing([line.strip() for line in text.splitlines()])
    preamble, nodes = _read_list(body)
    if not nodes:
        preamble, nodes = _read_lines(body)
    return SplitRequest("\n".join(preamble).strip(), tuple(_items(nodes)), "\n".join(closing).strip())


def list_marker(line: str) -> ListMarker | None:
    """Return the label or bullet that `line` begins with, if any."""
    match = _MARKER.match(line)
    if not match:
        return None
    style, typed = str(match.lastgroup), match[str(match.lastgroup)]
    if style == "letter":
        readings = _letter_readings(typed)
    elif style == "decimal":
        *above, last = typed.split(".")
        readings = ((f"{len(above)} decimals", int(last)),)
    elif style == "bullet":
        readings, typed = (("bullet", 0),), ""
    else:
        readings = (("number", int("".join(filter(str.isdecimal, typed)))),)
    return ListMarker(typed, readings, match.end()) if readings else None


def _letter_readings(typed: str) -> tuple[tuple[str, int], ...]:
    case, lower = ("upper" if typed[0].isupper() else "lower"), typed.lower()
    roman = ((f"{case} roman", _ROMAN.index(lower) + 1),) if lower in _ROMAN else ()
    letter = ((f"{case} letter", ord(lower) - ord("a") + 1),) if len(lower) == 1 else ()
    return roman + letter


def _cut_closing(lines: list[str]) -> tuple[list[str], list[str]]:
    """Separate the sign-off (“Yours sincerely” and what follows) from the lines before it."""
    filled = [index for index, line in enumerate(lines) if line]
    for index in filled[1:][-_LONGEST_CLOSING:]:
        after = lines[index:]
        if _SIGN_OFF.fullmatch(lines[index]) and not any(map(_starts_entry, after)):
            return lines[:index], after
    return lines, []


def _starts_entry(line: str) -> bool:
    marker = list_marker(line)
    return marker is not None and marker.readings[0][0] in ("number", "bullet")


def _read_list(lines: Sequence[str]) -> tuple[list[str], list[_Node]]:
    """The lines before the first label, and the labelled entries with the lines that continue each."""
    preamble: list[str] = []
    nodes: list[_Node] = []
    levels: list[_Level] = []
    for line in lines:
        marker = list_marker(line)
        if marker and _place(marker, levels):
            label = _full_label(levels)
            nodes.append(_Node(len(levels), label, [line[marker.end :].strip()]))
        else:
            (nodes[-1].lines if nodes else preamble).append(line)
    return preamble, nodes


def _place(marker: ListMarker, levels: list[_Level]) -> bool:
    """Take `marker` into the open lists, as the next entry of one or the first of a new one inside them.

    False, with nothing changed, when it is not a label of these lists but the beginning of ordinary words.
    """
    for fits in (_follows, _may_follow):
        for depth in range(len(levels) - 1, -1, -1):
            for style, place in marker.readings:
                if style == levels[depth].style and fits(style, levels[depth].place, place):
                    levels[depth:] = [_Level(style, place or levels[depth].place + 1, marker.label)]
                    return True
    for style, place in marker.readings:
        if _may_begin(style, place, marker.label, levels):
            levels.append(_Level(style, place or 1, marker.label))
            return True
    return False


def _follows(style: str, last: int, place: int) -> bool:
    return place == last + 1 or style == "bullet"


def _may_follow(style: str, last: int, place: int) -> bool:
    """Whether an entry can come later in the same list though not right after: a gap, or a fresh start."""
    if style == "number":
        return True
    return place == 1 or last < place <= last + 1 + _LETTERS_SKIPPED


def _may_begin(style: str, place: int, label: str, levels: Sequence[_Level]) -> bool:
    if style == "bullet":
        # Bullets under a labelled entry are part of its text.
        return not levels
    if len(levels) == _DEEPEST:
        return False
    if style.endswith("decimals"):
        return place == 1 and (not levels or label.rpartition(".")[0] == levels[-1].label)
    return place == 1 or (style == "number" and not levels)


def _full_label(levels: Sequence[_Level]) -> str:
    """The label with those above it, as 1(a)(i); a decimal already names them; a bullet gets its number."""
    if levels[-1].style.endswith("decimals"):
        return levels[-1].label
    return (levels[0].label or str(levels[0].place)) + "".join(f"({level.label})" for level in levels[1:])


def _read_lines(lines: Sequence[str]) -> tuple[list[str], list[_Node]]:
    """A list whose entries are plain lines: after a line ending in a colon, or lines that all look alike.

    Otherwise the whole text is one entry.
    """
    rest, greeting = _trimmed(lines), []
    if rest[1:] and _SALUTATION.fullmatch(rest[0]):
        greeting, rest = rest[:1], _trimmed(rest[1:])
    colon = next((index for index, line in enumerate(rest) if line.endswith(":")), len(rest))
    if len(entries := [entry for entry in rest[colon + 1 :] if entry]) > 1:
        return [*greeting, *rest[: colon + 1]], _numbered(_unwrapped(entries))
    if "" not in rest and _look_alike(_unwrapped(rest)):
        return greeting, _numbered(_unwrapped(rest))
    return greeting, [_Node(1, "1", rest)] if rest else []


def _trimmed(lines: Sequence[str]) -> list[str]:
    """The lines without blank ones at either end."""
    filled = [index for index, line in enumerate(lines) if line]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []


def _numbered(entries: Sequence[str]) -> list[_Node]:
    return [_Node(1, str(number), [entry]) for number, entry in enumerate(entries, start=1)]


def _look_alike(entries: Sequence[str]) -> bool:
    """Whether lines are entries of a list, not prose: all questions, or all short headings without a stop."""
    if len(entries) < 2:
        return False
    if all(entry.endswith("?") for entry in entries):
        return True
    return all(not entry[0].islower() and entry[-1] not in ".,:;" for entry in entries)


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Put lines together again that were broken because they were too long."""
    entries: list[list[str]] = []
    last = ""
    for line in lines:
        if len(last) >= _WRAPPED_LINE and line[0].islower() and last[-1] not in ".?!:;":
            entries[-1].append(line)
        else:
            entries.append([line])
        last = line
    return [" ".join(entry) for entry in entries]


def _items(nodes: Sequence[_Node]) -> Iterator[ItemDraft]:
    """The entries as items, each with the words above it that lead to it, under labels that differ."""
    stems: list[str] = []
    used: Counter[str] = Counter()
    next_depths = [*(node.depth for node in nodes[1:]), 0]
    for node, next_depth in zip(nodes, next_depths, strict=False):
        del stems[node.depth - 1 :]
        own = _joined(node.lines)
        leads_on = next_depth > node.depth and own[-1:] in ("", ":") and len(own) <= _LONGEST_LEAD
        stems.append(own if leads_on else "")
        if leads_on:
            continue
        used[node.label] += 1
        label = node.label if used[node.label] == 1 else f"{node.label} ({used[node.label]})"
        yield ItemDraft(label, " ".join(filter(None, [*stems, own])))


def _joined(lines: Sequence[str]) -> str:
    """Lines as running text; a blank line or a bullet begins a new line."""
    parts: list[str] = []
    gap = False
    for line in lines:
        marker = list_marker(line)
        new_line = gap or (marker is not None and not marker.label)
        if line:
            parts += [("\n" if new_line else " ") if parts else "", line]
        gap = not line
    return "".join(parts)
