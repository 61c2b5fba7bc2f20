"""Provisions and phrases that are no longer law, each with its replacement.

To add one: a provision goes into the table of its law, such as `_SECTION_40`, a phrase into `_PHRASES`, with the day
the current wording took over and where that is to be read. The names of earlier regulators are rows of the database.
"""

import re
from dataclasses import dataclass
from datetime import date

from foitracker.pages.words import in_words

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
    "40(5)(b)(i)": "40(5B)(a) or 40(5B)(b)",
    "40(5)(b)(ii)": "40(5B)(c) or 40(5B)(d)",
}
#: What each old paragraph of EIR regulation 13 became (Data Protection Act 2018 Sch 19 para 307).
_REGULATION_13: dict[str, str] = {
    "13(2)": "13(2A) or 13(2B)",
    "13(2)(a)": "13(2A)(a) or 13(2B)",
    "13(2)(a)(i)": "13(2A)(a)",
    "13(2)(a)(ii)": "13(2B)",
    "13(2)(b)": "13(2A)(b)",
    "13(3)": "13(3A)",
    "13(5)": "13(5A) or 13(5B)",
    "13(5)(a)": "13(5B)(a) or 13(5B)(b)",
    "13(5)(b)": "13(5B)(c) or 13(5B)(d)",
}
_OLD_REGULATION_13 = re.compile(r"(?<![\d(])13\s{0,3}\([235]\)(?:\s{0,3}\([a-z]{1,3}\))*", re.IGNORECASE)
#: Section 13 of the Act is on fees: what stands before has to speak of regulations.
_OF_REGULATIONS = re.compile(r"\b(?:regulations?|regs?|EIR)\b[^;:]*$", re.IGNORECASE)
_OLD_SECTION_40 = re.compile(r"(?<!\d)40\s*\(([345])\)((?:\s*\([a-z]{1,3}\))*)", re.IGNORECASE)
_NOT_A_SECTION = re.compile(r"(?:article|art\.?|regulation|reg\.?|rule|paragraph|para\.?)\s*$", re.IGNORECASE)
_OF_ANOTHER_LAW = re.compile(
    r"\s+of\s+the\s+(?!freedom\b)[\w' ]{3,60}?\b(?:act|order|regulations)\b", re.IGNORECASE
)
#: A title directly behind the number: “section 40(5) Police Act 1996”.
_TITLE_OF_ANOTHER_LAW = re.compile(r"\s(?!Freedom\b)(?:[A-Z][\w']{0,30}\s){1,5}(?:Act|Order|Regulations)\b")
#: How far before a number the word stands that makes it something else than a section.
_WORD_REACH = 30


@dataclass(frozen=True)
class _Phrase:
    pattern: re.Pattern[str]
    current: str
    since: date
    #: Whether a claim that says so is wrong in law. A statute may be named for what it was.
    blocks_claims: bool = False


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
    # FOIA s.44(1)(b), amended with the Retained EU Law (Revocation and Reform) Act 2023; s.39(1A)(b) still has “EU
    # obligation”.
    _Phrase(
        re.compile(r"\b(?:[Rr]etained\s+EU|Community)\s+obligations?\b"),
        "assimilated obligation",
        date(2024, 1, 1),
        blocks_claims=True,
    ),
    # SI 2010/22: its functions went to the First-tier Tribunal (Information Rights).
    _Phrase(
        re.compile(r"\bInformation\s+Tribunal\b"),
        "the First-tier Tribunal (General Regulatory Chamber, Information Rights)",
        date(2010, 1, 18),
    ),
    # FOIA s.37(1)(a), split by the Constitutional Reform and Governance Act 2010 Sch 7. The heading stayed.
    _Phrase(
        re.compile(r"\bcommunications\s+with\s+her\s+majesty\b(?!,?\s+etc)", re.IGNORECASE),
        "communications with the Sovereign, 37(1)(a); others are now in 37(1)(aa) to (ad)",
        date(2011, 1, 19),
        blocks_claims=True,
    ),
    # FOIA s.36(2)(a)(iii), Government of Wales Act 2006 Sch 10.
    _Phrase(
        re.compile(
            r"\bexecutive\s+committee\s+of\s+the\s+national\s+assembly\s+for\s+wales\b", re.IGNORECASE
        ),
        "the Cabinet of the Welsh Government, 36(2)(a)(iii)",
        date(2007, 5, 25),
        blocks_claims=True,
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
    """Something no longer law: as found, what is law now and since when, and where in the text (index).

    `blocks` anywhere, `blocks_claims` in the reasons of a claim; else it only warns, since it may be history.
    """

    found: str
    current: str
    since: date
    position: int
    blocks: bool = False
    blocks_claims: bool = False

    @property
    def message(self) -> str:
        return (
            f"“{self.found}” has not been the law since {in_words(self.since)}. "
            f"The current reference is {self.current}."
        )


def obsolete_references(text: str) -> tuple[Obsolete, ...]:
    """Return the obsolete provisions and phrases in a text, in their order there.

    It reads references as officers write them and free text alike. A section of another Act with the same
    number, named as such, is left alone.
    """
    found = [*_obsolete_sections(text), *_obsolete_regulations(text), *_obsolete_phrases(text)]
    return tuple(sorted(found, key=lambda one: one.position))


def _obsolete_sections(text: str) -> list[Obsolete]:
    found = []
    for match in _OLD_SECTION_40.finditer(text):
        if _NOT_A_SECTION.search(text, max(0, match.start() - _WORD_REACH), match.start()) or any(
            law.match(text, match.end()) for law in (_OF_ANOTHER_LAW, _TITLE_OF_ANOTHER_LAW)
        ):
            continue
        written, current = _became(match.group(), _SECTION_40)
        found.append(
            Obsolete(written, current, _NEW_SECTION_40, match.start(), blocks=True, blocks_claims=True)
        )
    return found


def _obsolete_regulations(text: str) -> list[Obsolete]:
    """Old paragraphs of EIR regulation 13, each named as a regulation: section 13 of the Act is on fees."""
    return [
        Obsolete(*_became(match.group(), _REGULATION_13), _NEW_SECTION_40, match.start())
        for match in _OLD_REGULATION_13.finditer(text)
        if _OF_REGULATIONS.search(text[max(0, match.start() - _WORD_REACH) : match.start()])
    ]


def _became(reference: str, table: dict[str, str]) -> tuple[str, str]:
    """A reference without spaces, and what it became; the longest entry of the table that fits counts."""
    written = re.sub(r"\s+", "", reference).lower()
    return written, next(table[old] for old in sorted(table, reverse=True) if written.startswith(old))


def _obsolete_phrases(text: str) -> list[Obsolete]:
    return [
        Obsolete(
            match.group(), phrase.current, phrase.since, match.start(), blocks_claims=phrase.blocks_claims
        )
        for phrase in _PHRASES
        for match in phrase.pattern.finditer(text)
    ]
