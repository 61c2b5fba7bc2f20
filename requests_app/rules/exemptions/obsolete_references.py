"""Provisions and phrases that are no longer law, each with its replacement.

To add one: a provision goes into `_SECTION_40` (or a table like it), a phrase into `_PHRASES`, with the day
the current wording took over and where that is to be read.
"""

import re
from dataclasses import dataclass
from datetime import date

#: The Data Protection Act 2018 (Sch 19 paras 55 to 58) rewrote section 40 from this day.
_NEW_SECTION_40 = date(2018, 5, 25)

#: What each old subsection of section 40 became. A longer reference counts before a shorter one.
_SECTION_40: dict[str, str] = {
    "40(3)": "40(3A) or 40(3B)",
    "40(3)(a)": "40(3A)(a) or 40(3B)",
    "40(3)(a)(i)": "40(3A)(a)",
    "40(3)(a)(ii)": "40(3B)",
    "40(3)(b)": "40(3A)(b)",
    "40(4)": "40(4A)",
    "40(5)": "40(5A) or 40(5B)",
    "40(5)(a)": "40(5A)",
    "40(5)(b)": "40(5B)",
    "40(5)(b)(i)": "40(5B)(a)",
    "40(5)(b)(ii)": "40(5B)(c)",
}
_OLD_SECTION_40 = re.compile(r"(?<!\d)40\s*\(([345])\)((?:\s*\([a-z]{1,3}\))*)", re.IGNORECASE)
_NOT_A_SECTION = re.compile(r"(?:article|art\.?|regulation|reg\.?|rule|paragraph|para\.?)\s*$", re.IGNORECASE)
_OF_ANOTHER_LAW = re.compile(
    r"\s+of\s+the\s+(?!freedom\b)[\w' ]{3,60}?\b(?:act|order|regulations)\b", re.IGNORECASE
)
#: How far before a number the word stands that makes it something else than a section.
_WORD_REACH = 30


@dataclass(frozen=True)
class _Phrase:
    pattern: re.Pattern[str]
    current: str
    since: date


_PHRASES: tuple[_Phrase, ...] = (
    # UK GDPR Art 5(1)(a): disclosure under FOIA is general processing, so not Part 3 of the 2018 Act.
    _Phrase(
        re.compile(r"\b(?:first|1st)\s+data\s+protection\s+principle\b", re.IGNORECASE),
        "Article 5(1)(a) of the UK GDPR (lawfulness, fairness and transparency)",
        _NEW_SECTION_40,
    ),
    _Phrase(
        re.compile(r"\bdata\s+protection\s+act\s+1998\b|\bDPA\s+1998\b", re.IGNORECASE),
        "the UK GDPR and the Data Protection Act 2018",
        _NEW_SECTION_40,
    ),
    # FOIA s.44(1)(b), amended with the Retained EU Law (Revocation and Reform) Act 2023.
    _Phrase(
        re.compile(r"\b(?:[Rr]etained\s+EU|EU|Community)\s+obligations?\b"),
        "assimilated obligation",
        date(2024, 1, 1),
    ),
    # FOIA s.37(1)(a), split by the Constitutional Reform and Governance Act 2010 Sch 7. The heading stayed.
    _Phrase(
        re.compile(r"\bcommunications\s+with\s+her\s+majesty\b(?!,?\s+etc)", re.IGNORECASE),
        "communications with the Sovereign, 37(1)(a); others are now in 37(1)(aa) to (ad)",
        date(2011, 1, 19),
    ),
    # FOIA s.36(2)(a)(iii), Government of Wales Act 2006 Sch 10.
    _Phrase(
        re.compile(
            r"\bexecutive\s+committee\s+of\s+the\s+national\s+assembly\s+for\s+wales\b", re.IGNORECASE
        ),
        "the Cabinet of the Welsh Government, 36(2)(a)(iii)",
        date(2007, 5, 25),
    ),
    # FOIA s.31(1)(i), amended when the 2016 Act replaced that of 1976.
    _Phrase(
        re.compile(
            r"\bfatal\s+accidents\s+and\s+sudden\s+deaths\s+inquiry\s+\(scotland\)\s+act\s+1976\b", re.I
        ),
        "the Inquiries into Fatal Accidents and Sudden Deaths etc. (Scotland) Act 2016",
        date(2017, 6, 15),
    ),
)


@dataclass(frozen=True)
class Obsolete:
    """Something no longer law: as found, what is law now and since when, and where in the text (index)."""

    found: str
    current: str
    since: date
    position: int
    is_provision: bool

    @property
    def message(self) -> str:
        return (
            f"“{self.found}” has not been the law since {self.since.day} {self.since:%B %Y}. "
            f"The current reference is {self.current}."
        )


def obsolete_references(text: str) -> tuple[Obsolete, ...]:
    """Return the obsolete provisions and phrases in a text, in their order there.

    It reads references as officers write them and free text alike. A section of another Act with the same
    number, named as such, is left alone. `is_provision` tells a section number from a phrase.
    """
    found = [*_obsolete_provisions(text), *_obsolete_phrases(text)]
    return tuple(sorted(found, key=lambda one: one.position))


def _obsolete_provisions(text: str) -> list[Obsolete]:
    found = []
    for match in _OLD_SECTION_40.finditer(text):
        if _NOT_A_SECTION.search(
            text, max(0, match.start() - _WORD_REACH), match.start()
        ) or _OF_ANOTHER_LAW.match(text, match.end()):
            continue
        written = re.sub(r"\s+", "", match.group()).lower()
        current = next(
            _SECTION_40[old] for old in sorted(_SECTION_40, reverse=True) if written.startswith(old)
        )
        found.append(Obsolete(written, current, _NEW_SECTION_40, match.start(), is_provision=True))
    return found


def _obsolete_phrases(text: str) -> list[Obsolete]:
    return [
        Obsolete(match.group(), phrase.current, phrase.since, match.start(), is_provision=False)
        for phrase in _PHRASES
        for match in phrase.pattern.finditer(text)
    ]
