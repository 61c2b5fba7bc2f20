"""Where a plain text gives a person's name: after a label, a greeting, a title, a closing, or “my name is”.

Names cannot be told from other words by their spelling. What is looked for is the place a name stands in, and
forces, ranks, teams and the words of a request are left out. No rule finds every name, so the officer reads
the text too.
"""

import re
from collections.abc import Iterator

from foitracker.identity.closings import find_signatures
from foitracker.identity.name_reading import (
    MOST_WORDS,
    Span,
    all_could_be_names,
    first_word,
    read_name,
    read_small_name,
)
from foitracker.identity.not_names import AFTER_TITLE, COMMON_WORDS, NO_NAME_GIVEN, NOT_NAMES


def find_names(text: str) -> Iterator[Span]:
    """Return where names of people stand in a plain text; stretches may overlap."""
    yield from _labelled(text)
    yield from _introduced(text)
    yield from _titled(text)
    yield from find_signatures(text)


# --- labels: "Name: ..." --------------------------------------------------------------------------

_WHO = r"(?:applicant|requester|requestor|enquirer|complainant|customer|correspondent|author|sender)"
_SURE_LABEL = (
    rf"(?:(?:full|first|last|middle|family|given|preferred|contact|{_WHO}(?:'?s)?)[ \t]+)*names?(?:[ \t]*\(s\))?"
    rf"|(?:sur|fore)names?(?:[ \t]*\(s\))?|names?[ \t]+of[ \t]+(?:the[ \t]+)?{_WHO}|{_WHO}(?:'?s)?"
    r"|(?:sent|submitted|made|requested|asked|signed)[ \t]+by|sent[ \t]+from|signed|signature"
)
_LABEL = re.compile(
    rf"(?:^[ \t>*_#\"'•-]*+|[,;|(\[.-][ \t]*+)(?:(?P<sure>{_SURE_LABEL})|(?P<perhaps>(?:received[ \t]+)?from|b?cc|"
    r"on[ \t]+behalf[ \t]+of|contact|reply[ \t-]+to)|(?P<to>to))[*_\"']*"
    r"(?:[ \t]*[:=][*_]*|[ \t]+-(?=[ \t])|(?<=name)[ \t]*\t)[ \t]*(?P<next>\n[ \t\n]*)?(?P<value>[^\n]{0,300})",
    re.IGNORECASE | re.MULTILINE,
)
#: Surname first: Lowmoor, Jane P.
_BACKWARDS = re.compile(r"[^\W\d_]{2,},[ \t]+[^\W\d_]+(?:[ \t][^\W\d_]\.?)?")
_MAILBOX = re.compile(r"[\"']?([^\W\d_][^<>\"'\n;]{0,60}?)[\"']?[ \t]{0,3}(?:<|\[mailto:)")
_NEXT_PERSON = re.compile(r"(?:;|>,)[ \t]*+")
#: Where another label begins on the same line.
_NEXT_LABEL = re.compile(r"[ \t]*(?:[;|]|,(?=[ \t]*[A-Za-z][A-Za-z' ]{0,24}:)|\t(?=[^\t\n]{1,24}:))")


def _labelled(text: str) -> Iterator[Span]:
    position = 0
    while match := _LABEL.search(text, position):
        # A value may hold the next label: go on from where it begins, not from the end of its line.
        position = max(match.start("value"), match.end() if not match["value"] else 0, match.start() + 1)
        start = match.start("value")
        value = match["value"]
        if another := _NEXT_LABEL.search(value):
            value = value[: another.start()]
        value = value.rstrip()
        if match["sure"]:
            span = _sure_value(text, start, value)
        else:
            span = _perhaps_value(text, start, value, least=2 if match["to"] else 1)
        if span and not (match["next"] and len(value.split()) > MOST_WORDS):
            yield span
        if not match["sure"]:
            yield from _further_people(text, match.start("value"), match["value"])


def _further_people(text: str, start: int, value: str) -> Iterator[Span]:
    """The people after the first in a line of a message's header: “Cc: Jo Ash; Ann Able <ann@example.org>”."""
    for separator in _NEXT_PERSON.finditer(value):
        begins = separator.end()
        if span := _perhaps_value(text, start + begins, value[begins:], least=2):
            yield span


def _sure_value(text: str, start: int, value: str) -> Span | None:
    """After a label that always has a name: whatever stands there, unless it says that no name is given."""
    said = " ".join(re.findall(r"[^\W_]+", value.casefold()))
    if (
        not re.search(r"[^\W\d_]", value)
        or said in NO_NAME_GIVEN
        or said.endswith((" withheld", " redacted"))
    ):
        return None
    words = said.split()
    if len(words) > 8 or any(word in NOT_NAMES for word in words):
        return _perhaps_value(text, start, value)
    if value.islower() and any(word in COMMON_WORDS for word in words):
        return None
    return start, start + len(value)


def _perhaps_value(text: str, start: int, value: str, *, least: int = 1) -> Span | None:
    """After a label that may have anything: words that read as a name, or what stands before an address."""
    if mailbox := _MAILBOX.match(value):
        if all_could_be_names(mailbox[1]):
            return start + mailbox.start(1), start + mailbox.end(1)
        return None
    if _BACKWARDS.fullmatch(value) and value[0].isupper() and all_could_be_names(value):
        return start, start + len(value)
    end = read_name(text, start, least=least)
    return (start, end) if end else None


# --- "my name is ...", "I am ...", "Dear ...", "... wrote:" ------------------------------------------

_MY_NAME = re.compile(
    r"\b(?:my (?:full )?name(?:'s| is)?|i am called|i'm called)[ \t]*[:,-]?[ \t]+", re.IGNORECASE
)
_I_AM = re.compile(r"\b(?:i am|i'm|this is|it is)[ \t]+", re.IGNORECASE)
_AFTER_I_AM = re.compile(r"[ \t]*(?:[,.;:!(\n-]|$|(?:and|from|of|at|a|an|the|writing|here)\b)")
_DEAR = re.compile(r"\b(?:dear|hello|hi)[ \t]+", re.IGNORECASE)
_BETWEEN_COMMAS = re.compile(
    r"\b(?:I|the[ \t]+undersigned|my[ \t]+(?:client|wife|husband|partner|son|daughter|mother|father|brother|sister|"
    r"constituent))(?:[ \t]*+[,(][ \t]*+|[ \t]++)"
)
_BEHALF = re.compile(r"\bon[ \t]+behalf[ \t]+of[ \t]+(?:my[ \t]+\w+,?[ \t]+)?", re.IGNORECASE)
_DEVICE = re.compile(
    r"\bsent[ \t]+(?:from|via)[ \t]+(?P<whose>[^\W\d_]{2,30}(?:[ \t][^\W\d_]{2,30})?)'s?[ \t]+"
    r"(?:iphone|ipad|phone|mobile|galaxy|samsung|android|pixel|mac|macbook|laptop|outlook|tablet)\b",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"^[> \t]*on\b(?P<said>[^\n]{6,120}?(?:\n[^\n]{0,120}?)?)\bwrote[ \t]*:", re.IGNORECASE | re.MULTILINE
)
#: What stands before the name: everything up to the last comma or the time of day.
_BEFORE_WRITER = re.compile(r".*(?:,|\d\d?[:.]\d\d(?:[ \t]?[ap]m)?)[> \t\n]*", re.IGNORECASE | re.DOTALL)
_AFTER_WRITER = re.compile(r"[> \t\n]*(?:[<(\[][^\n]*[>)\]])?[> \t\n]*")


def _introduced(text: str) -> Iterator[Span]:
    for match in _MY_NAME.finditer(text):
        if end := read_name(text, match.end()) or read_small_name(text, match.end()):
            yield match.end(), end
    for match in _I_AM.finditer(text):
        end = read_name(text, match.end(), least=2)
        if end and _AFTER_I_AM.match(text, end) and not first_word(text, match.end()).endswith(("ing", "ed")):
            yield match.end(), end
    for match in _BETWEEN_COMMAS.finditer(text):
        between = match[0].rstrip().endswith((",", "("))
        end = read_name(text, match.end(), least=1 if between else 2)
        if end and (match[0][0] != "I" or (between and text[end : end + 1] in {",", ")"})):
            yield match.end(), end
    for match in _BEHALF.finditer(text):
        if end := read_name(text, match.end(), least=2):
            yield match.end(), end
    yield from (match.span("whose") for match in _DEVICE.finditer(text))
    for match in _DEAR.finditer(text):
        if end := read_name(text, match.end()):
            yield match.end(), end
    for match in _WROTE.finditer(text):
        if before := _BEFORE_WRITER.match(text, match.start("said"), match.end("said")):
            end = read_name(text, before.end())
            if end and _AFTER_WRITER.fullmatch(text, end, match.end("said")):
                yield before.end(), end


# --- titles: "Mr Smith" ---------------------------------------------------------------------------

_TITLE = re.compile(
    r"\b(?:(?P<usual>Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Revd|Reverend|Cllr|Councillor|Baroness|MR|MRS|MS|MISS|MX|DR|"
    r"PROF|CLLR|mr|mrs)|(?P<first>Sir|Dame|Lord|Lady|SIR|DAME))\b\.?[ \t]{0,3}(?:(?:&|and)[ \t](?:Mrs|Ms|Mr|Dr)\b\.?[ \t]{0,3})?"
)


def _titled(text: str) -> Iterator[Span]:
    for match in _TITLE.finditer(text):
        if first_word(text, match.end()).rstrip(".") in AFTER_TITLE:
            continue
        end = read_name(text, match.end(), least=2 if match["first"] else 1)
        if not end and match["usual"] in {"mr", "mrs"}:
            end = read_small_name(text, match.end())
        if end:
            yield match.start(), end
