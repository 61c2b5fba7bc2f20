"""Where a plain text gives a person's name: after a label, a greeting, a title, a closing, or “my name is”.

Names cannot be told from other words by their spelling. What is looked for is the place a name stands in, and
forces, ranks, teams and the words of a request are left out. No rule finds every name, so the officer reads
the text too.
"""

import re
from collections.abc import Iterator

from foitracker.identity.not_names import AFTER_TITLE, COMMON_WORDS, NO_NAME_GIVEN, NOT_NAMES, PARTICLES

Span = tuple[int, int]

#: No name is longer than this.
_MOST_WORDS = 5
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|'(?=[^\W\d_])|-(?=[^\W\d_]))*\.?")
_BLANKS = re.compile(r"[ \t]*")


def find_names(text: str) -> Iterator[Span]:
    """Return where names of people stand in a plain text; stretches may overlap."""
    yield from _labelled(text)
    yield from _introduced(text)
    yield from _titled(text)
    yield from _closing(text)


# --- labels: "Name: ..." --------------------------------------------------------------------------

_WHO = r"(?:applicant|requester|requestor|enquirer|complainant|customer|correspondent|author|sender)"
_SURE_LABEL = (
    rf"(?:(?:full|first|last|middle|family|given|preferred|contact|{_WHO}(?:'?s)?)[ \t]+)*names?(?:[ \t]*\(s\))?"
    rf"|(?:sur|fore)names?(?:[ \t]*\(s\))?|names?[ \t]+of[ \t]+(?:the[ \t]+)?{_WHO}|{_WHO}(?:'?s)?"
    r"|(?:sent|submitted|made|requested|asked|signed)[ \t]+by|sent[ \t]+from|signed|signature"
)
_LABEL = re.compile(
    rf"(?:^[ \t>*_#\"'•-]*+|[,;|(\[.-][ \t]*+)(?:(?P<sure>{_SURE_LABEL})|(?P<perhaps>(?:received[ \t]+)?from|b?cc|"
    r"on[ \t]+behalf[ \t]+of|contact|reply[ \t]+to))[*_\"']*"
    r"(?:[ \t]*[:=][*_]*|[ \t]+-(?=[ \t])|(?<=name)[ \t]*\t)[ \t]*(?P<next>\n[ \t\n]*)?(?P<value>[^\n]{0,300})",
    re.IGNORECASE | re.MULTILINE,
)
#: Surname first: Lowmoor, Jane P.
_BACKWARDS = re.compile(r"[^\W\d_]{2,},[ \t]+[^\W\d_]+(?:[ \t][^\W\d_]\.?)?")
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
        span = _sure_value(text, start, value) if match["sure"] else _perhaps_value(text, start, value)
        if span and not (match["next"] and len(value.split()) > _MOST_WORDS):
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


def _perhaps_value(text: str, start: int, value: str) -> Span | None:
    """After a label that may have anything: words that read as a name, or what stands before an address."""
    if mailbox := re.match(r"[\"']?([^\W\d_][^<>\"'\n]{0,60}?)[\"']?[ \t]*(?:<|\[mailto:)", value):
        if _all_could_be_names(mailbox[1]):
            return start + mailbox.start(1), start + mailbox.end(1)
        return None
    if _BACKWARDS.fullmatch(value) and value[0].isupper() and _all_could_be_names(value):
        return start, start + len(value)
    end = _read_name(text, start)
    return (start, end) if end else None


def _all_could_be_names(words: str) -> bool:
    return all(
        word.casefold() not in NOT_NAMES and word.casefold() not in COMMON_WORDS
        for word in re.findall(r"[^\W\d_]+", words)
    )


# --- "my name is ...", "I am ...", "Dear ...", "... wrote:" ------------------------------------------

_MY_NAME = re.compile(
    r"\b(?:my (?:full )?name(?:'s| is)?|i am called|i'm called)[ \t]*[:,-]?[ \t]+", re.IGNORECASE
)
_I_AM = re.compile(r"\b(?:i am|i'm|this is|it is)[ \t]+", re.IGNORECASE)
_AFTER_I_AM = re.compile(r"[ \t]*(?:[,.;:!(\n-]|$|(?:and|from|of|at|a|an|the|writing|here)\b)")
_DEAR = re.compile(r"\b(?:dear|hello|hi)[ \t]+", re.IGNORECASE)
_WROTE = re.compile(
    r"^[> \t]*on\b(?P<said>[^\n]{6,120}?(?:\n[^\n]{0,120}?)?)\bwrote[ \t]*:", re.IGNORECASE | re.MULTILINE
)
#: What stands before the name: everything up to the last comma or the time of day.
_BEFORE_WRITER = re.compile(r".*(?:,|\d\d?[:.]\d\d(?:[ \t]?[ap]m)?)[> \t\n]*", re.IGNORECASE | re.DOTALL)
_AFTER_WRITER = re.compile(r"[> \t\n]*(?:[<(\[][^\n]*[>)\]])?[> \t\n]*")


def _introduced(text: str) -> Iterator[Span]:
    for match in _MY_NAME.finditer(text):
        if end := _read_name(text, match.end()) or _read_small_name(text, match.end()):
            yield match.end(), end
    for match in _I_AM.finditer(text):
        end = _read_name(text, match.end(), least=2)
        if (
            end
            and _AFTER_I_AM.match(text, end)
            and not _first_word(text, match.end()).endswith(("ing", "ed"))
        ):
            yield match.end(), end
    for match in _DEAR.finditer(text):
        if end := _read_name(text, match.end()):
            yield match.end(), end
    for match in _WROTE.finditer(text):
        if before := _BEFORE_WRITER.match(text, match.start("said"), match.end("said")):
            end = _read_name(text, before.end())
            if end and _AFTER_WRITER.fullmatch(text, end, match.end("said")):
                yield before.end(), end


def _first_word(text: str, start: int) -> str:
    word = _WORD.match(text, start)
    return word[0].casefold() if word else ""


# --- titles: "Mr Smith" ---------------------------------------------------------------------------

_TITLE = re.compile(
    r"\b(?:(?P<usual>Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Revd|Reverend|MR|MRS|MS|MISS|MX|DR|PROF|mr|mrs)"
    r"|(?P<first>Sir|Dame|SIR|DAME))\b\.?[ \t]{0,3}(?:(?:&|and)[ \t](?:Mrs|Ms|Mr|Dr)\b\.?[ \t]{0,3})?"
)


def _titled(text: str) -> Iterator[Span]:
    for match in _TITLE.finditer(text):
        if _first_word(text, match.end()).rstrip(".") in AFTER_TITLE:
            continue
        end = _read_name(text, match.end(), least=2 if match["first"] else 1)
        if not end and match["usual"] in {"mr", "mrs"}:
            end = _read_small_name(text, match.end())
        if end:
            yield match.start(), end


# --- closings: "Yours sincerely" ------------------------------------------------------------------

_CLOSING = re.compile(
    r"^[> \t]*(?:(?P<sure>(?:yours|your)[ \t]+(?:sincerely|faithfully|truly|respectfully)|sincerely|faithfully|"
    r"respectfully|(?:with[ \t]+)?(?:many[ \t]+|very[ \t]+)?(?:kind|kindest|best|warm|warmest)[ \t]+(?:regards|wishes)|"
    r"(?:with[ \t]+)?regards|all[ \t]+the[ \t]+best|signed)"
    r"|(?P<thanks>many[ \t]+thanks|thank[ \t]+you|thanks|cheers)(?:[ \t]+(?:again|in[ \t]+advance|and[ \t]+"
    r"(?:kind|best)[ \t]+regards|for[ \t]+your[ \t]+(?:help|time|assistance)))*)"
    r"[ \t]*[,.!:-]*[ \t]*(?P<gap>\n[> \t\n]*)?",
    re.IGNORECASE | re.MULTILINE,
)
_INLINE_CLOSING = re.compile(
    r"\b(?:yours[ \t]+(?:sincerely|faithfully|truly)|(?:kind|kindest|best|warm)[ \t]+(?:regards|wishes)|"
    r"many[ \t]+thanks)[ \t]*[,.:-]?[ \t]+",
    re.IGNORECASE,
)
_AFTER_CLOSING = re.compile(r"[ \t]*(?:$|[\n,(|/.-])")


def _closing(text: str) -> Iterator[Span]:
    for match in _CLOSING.finditer(text):
        start = match.end()
        end = _read_name(text, start)
        if end and _AFTER_CLOSING.match(text, end):
            yield start, end
        elif match["sure"] and match["gap"]:
            end = _read_small_name(text, start)
            if end and text[end : end + 1] in {"", "\n", ",", "."}:
                yield start, end
    for match in _INLINE_CLOSING.finditer(text):
        end = _read_name(text, match.end())
        if end and _AFTER_CLOSING.match(text, end):
            yield match.end(), end


# --- reading a name -------------------------------------------------------------------------------


def _read_name(text: str, start: int, *, least: int = 1) -> int | None:
    """Where the name that begins at `start` ends: words with capitals, and “van”, “de” and the like between them.

    None when none begins there: too few words, only initials, or one of them is a word no name has.
    """
    position, end, full_words = start, start, 0
    for number in range(_MOST_WORDS):
        word = _WORD.match(text, position)
        if not word or not _could_be_name_word(word[0]):
            if word and word[0].rstrip(".").casefold() in NOT_NAMES:
                return None
            break
        is_initial = len(word[0].rstrip(".")) == 1
        is_sentence_end = word[0].endswith(".") and not is_initial
        if word[0][0].isupper():
            end = word.end() - is_sentence_end
            full_words += not is_initial
        position = _BLANKS.match(text, word.end()).end()  # type: ignore[union-attr]  # matches nothing, too
        if is_sentence_end or (number == 0 and word[0].islower() and word[0] not in PARTICLES):
            break
    words = len(_WORD.findall(text, start, end))
    return end if full_words and words >= least else None


def _could_be_name_word(word: str) -> bool:
    bare = word.rstrip(".")
    if bare in PARTICLES:
        return True
    return bare[0].isupper() and bare.casefold() not in NOT_NAMES and bare.casefold() not in COMMON_WORDS


def _read_small_name(text: str, start: int) -> int | None:
    """Where a name in small letters ends: one to three words that are none of the usual ones."""
    position, end = start, None
    for _ in range(3):
        word = _WORD.match(text, position)
        bare = word[0].rstrip(".").casefold() if word else ""
        if not word or bare in COMMON_WORDS:
            break
        if bare in NOT_NAMES:
            return None
        end = word.start() + len(bare)
        position = _BLANKS.match(text, word.end()).end()  # type: ignore[union-attr]  # matches nothing, too
        if word[0].endswith("."):
            break
    return end
