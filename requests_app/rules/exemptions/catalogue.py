"""The exemptions of Part II of the Act (FOIA ss.21 to 44): every section, every limb, and what each one asks.

The facts are in `data/exemptions.json`, which `catalogue_data` reads. What a limb asks besides its reasons is in
`questions`; how a reference is read as officers type it is in `references`.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from requests_app.rules.exemptions.obsolete_references import obsolete_references
from requests_app.rules.exemptions.questions import YES, Question
from requests_app.rules.exemptions.references import (
    ReferenceIndex,
    TypedReference,
    UnknownLimb,
    read_references,
)
from requests_app.rules.exemptions.security_bodies import SecurityBodies, SecurityBody

__all__ = [
    "Catalogue",
    "Exemption",
    "ExemptionKind",
    "Limb",
    "ObsoleteReference",
    "Requirements",
    "UnknownLimb",
    "Usable",
]


class ExemptionKind(StrEnum):
    """Whether a public interest test follows (FOIA s.2(3)); mixed when the limb or the holder decides."""

    ABSOLUTE = "absolute"
    QUALIFIED = "qualified"
    MIXED = "mixed"


class Usable(StrEnum):
    """Whether this authority can rely on a section."""

    YES = "yes"
    RARELY = "rarely"
    DOUBTFUL = "doubtful"
    NO = "no"


class ObsoleteReference(UnknownLimb):
    """The reference is to a provision that is no longer law; the message names the current one."""


@dataclass(frozen=True)
class Limb:
    """One limb of an exemption, or one provision on neither confirming nor denying.

    `summary` is a sentence for the applicant; `summary_for_statistics` is said instead where no opinion is needed
    (FOIA s.36(4)). `asks_why` is False where the questions it asks say all of why it applies. `harm_required` asks for
    evidence of harm and `likelihood_required` for “would” or “would be likely to” (s.24 asks for the first alone).
    `class_based` limbs cover a class of information, whatever harm follows. `public_interest_disputed` marks an
    absolute limb for which reasons may be given although none are asked. `needs` are groups of limbs: one of each group
    has to be claimed besides this one. `falls_away_after` is how many years after the year in which a record was made
    the limb ceases to cover it (ss.62, 63). `asks` and `may_ask` name questions.
    """

    ref: str
    section: str
    summary: str
    summary_for_statistics: str
    absolute: bool
    asks_why: bool
    class_based: bool
    harm_required: bool
    likelihood_required: bool
    public_interest_required: bool
    public_interest_disputed: bool
    neither_confirm_nor_deny: bool
    falls_away_after: int | None
    asks: tuple[str, ...]
    may_ask: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    also_written: tuple[str, ...]

    def said(self, answers: Mapping[str, str]) -> str:
        """Return the sentence for the applicant: of statistics no qualified person is spoken (FOIA s.36(4))."""
        return self.summary_for_statistics if answers.get("statistics") == YES else self.summary


@dataclass(frozen=True)
class Requirements:
    """What a claim with certain limbs has to state. `absolute` when every limb is, `class_based` likewise.

    `asks` are the questions that have to be answered, `may_ask` those that may be, in the order of the data file.
    """

    absolute: bool
    why: bool
    class_based: bool
    harm: bool
    likelihood: bool
    public_interest: bool
    public_interest_disputed: bool
    asks: tuple[Question, ...]
    may_ask: tuple[Question, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Those that have to be answered, then those that may be."""
        return self.asks + self.may_ask


@dataclass(frozen=True)
class Exemption:
    """One section of Part II. `limbs` withhold; `neither_confirm_nor_deny` lift the duty of s.1(1)(a)."""

    section: str
    title: str
    kind: ExemptionKind
    source: str
    limbs: tuple[Limb, ...]
    neither_confirm_nor_deny: tuple[Limb, ...]
    usable: Usable
    usable_reason: str
    questions: Mapping[str, Question]

    @property
    def all_limbs(self) -> tuple[Limb, ...]:
        """The limbs that withhold, then those on neither confirming nor denying."""
        return self.limbs + self.neither_confirm_nor_deny

    def limb(self, ref: str) -> Limb:
        """Return the one limb that `ref` names. Raises UnknownLimb, ObsoleteReference."""
        found = self.find(ref)
        if len(found) > 1:
            refs = [limb.ref for limb in found]
            raise UnknownLimb(f"“{ref}” names several limbs: {', '.join(refs)}. Give one.", refs)
        return found[0]

    def find(self, text: str) -> tuple[Limb, ...]:
        """Return the limbs of this section that `text` names, such as “31(1)(a)(b)”.

        Raises UnknownLimb with near suggestions, or ObsoleteReference naming the current provision.
        """
        refuse_obsolete(text)
        typed = read_references(text)
        if other := next((one.section for one in typed if one.section != self.section), None):
            raise UnknownLimb(f"“{text}” names section {other}, not section {self.section}.")
        return self.limbs_typed(typed)

    def limbs_typed(self, typed: Sequence[TypedReference]) -> tuple[Limb, ...]:
        """Return the limbs that references already read name. Raises UnknownLimb."""
        by_ref = {limb.ref: limb for limb in self.all_limbs}
        return tuple(by_ref[ref] for ref in self._index.find(typed))

    @cached_property
    def _index(self) -> ReferenceIndex:
        return ReferenceIndex(self.section, {limb.ref: limb.also_written for limb in self.all_limbs})

    def requirements(self, limbs: Iterable[Limb]) -> Requirements:
        """Return what a claim of this section with these limbs has to state."""
        chosen = tuple(limbs)
        asked = {name for limb in chosen for name in limb.asks}
        offered = {name for limb in chosen for name in limb.may_ask} - asked
        return Requirements(
            absolute=all(limb.absolute for limb in chosen),
            why=any(limb.asks_why for limb in chosen),
            class_based=all(limb.class_based for limb in chosen),
            harm=any(limb.harm_required for limb in chosen),
            likelihood=any(limb.likelihood_required for limb in chosen),
            public_interest=any(limb.public_interest_required for limb in chosen),
            public_interest_disputed=any(limb.public_interest_disputed for limb in chosen),
            asks=tuple(one for name, one in self.questions.items() if name in asked),
            may_ask=tuple(one for name, one in self.questions.items() if name in offered),
        )


def refuse_obsolete(text: str) -> None:
    """Raise ObsoleteReference when `text` names a provision that is no longer law."""
    if old := next((one for one in obsolete_references(text) if one.blocks), None):
        raise ObsoleteReference(old.message, (old.current,))


class Catalogue:
    """All exemptions of Part II, in the order of the Act, and the bodies of s.23(3)."""

    def __init__(self, exemptions: Iterable[Exemption], security_bodies: Iterable[SecurityBody] = ()) -> None:
        self.exemptions = tuple(exemptions)
        self.security_bodies = SecurityBodies(security_bodies)
        self._by_section = {exemption.section: exemption for exemption in self.exemptions}

    @property
    def written_answers(self) -> tuple[str, ...]:
        """The names of the questions whose answers people write in words of their own."""
        questions = {one.name: one for exemption in self.exemptions for one in exemption.questions.values()}
        return tuple(name for name, one in questions.items() if one.is_free_text)

    def exemption(self, section: str) -> Exemption:
        """Return a section, named as “31”, “s.31” or “section 31”. Raises UnknownLimb."""
        typed = read_references(section)
        if len(typed) != 1 or typed[0].parts:
            raise UnknownLimb(f"“{section}” is not a section. Type its number, like 31.")
        return self._section(typed[0].section)

    def limb(self, section: str, ref: str) -> Limb:
        """Return one limb of a section. Raises UnknownLimb, ObsoleteReference."""
        return self.exemption(section).limb(ref)

    def lookup(self, text: str) -> tuple[Limb, ...]:
        """Return the limbs that `text` names, as officers type them, of any sections.

        “s31(1)(a)(b)” gives two limbs. Raises UnknownLimb with near suggestions, or ObsoleteReference
        naming the current provision.
        """
        refuse_obsolete(text)
        runs = itertools.groupby(read_references(text), key=lambda typed: typed.section)
        found = [limb for section, typed in runs for limb in self._section(section).limbs_typed(tuple(typed))]
        return tuple(dict.fromkeys(found))

    def _section(self, section: str) -> Exemption:
        if section not in self._by_section:
            raise UnknownLimb(
                f"Section {section} is not an exemption. Part II has sections 21 to 24 and 26 to 44."
            )
        return self._by_section[section]
