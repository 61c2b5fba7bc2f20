"""The exemptions of Part II of the Act (FOIA ss.21 to 44): every section, every limb, and what each one asks.

The facts are in `data/exemptions.json`; `Catalogue.parse` turns them into values and refuses a file that
contradicts itself. To add a limb, add it to that file: what is left out of a limb is taken from its section.
How a reference is read as officers type it is in `exemption_references`.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from requests_app.rules.exemptions.obsolete_references import obsolete_references
from requests_app.rules.exemptions.references import (
    ReferenceIndex,
    TypedReference,
    UnknownLimb,
    read_references,
)

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Exemption",
    "ExemptionKind",
    "Limb",
    "ObsoleteReference",
    "Purpose",
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


class CatalogueError(ValueError):
    """The data file of exemptions is incomplete or contradicts itself; the message says where."""


class ObsoleteReference(UnknownLimb):
    """The reference is to a provision that is no longer law; the message names the current one."""


@dataclass(frozen=True)
class Limb:
    """One limb of an exemption, or one provision on neither confirming nor denying.

    `summary` is a sentence for the applicant. `harm_required` asks for evidence of harm and
    `likelihood_required` for “would” or “would be likely to” (s.24 asks for the first alone).
    `public_interest_disputed` marks an absolute limb for which reasons may be given although none are asked.
    `needs` are groups of limbs: one of each group has to be claimed besides this one.
    """

    ref: str
    section: str
    summary: str
    absolute: bool
    harm_required: bool
    likelihood_required: bool
    public_interest_required: bool
    public_interest_disputed: bool
    neither_confirm_nor_deny: bool
    purpose_required: bool
    enactment_required: bool
    needs: tuple[tuple[str, ...], ...]
    also_written: tuple[str, ...]


@dataclass(frozen=True)
class Purpose:
    """A purpose of FOIA s.31(2), to be named with limbs (g), (h) and (i) of s.31(1)."""

    ref: str
    summary: str


@dataclass(frozen=True)
class Requirements:
    """What a claim with certain limbs has to state. `absolute` when every limb is."""

    absolute: bool
    harm: bool
    likelihood: bool
    public_interest: bool
    public_interest_disputed: bool
    purpose: bool
    enactment: bool
    qualified_person: bool


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
    qualified_person_required: bool
    certificate: str
    absolute_when: str
    purposes_31_2: tuple[Purpose, ...]
    limbs_needing_purpose: tuple[str, ...]
    mutually_exclusive_with: tuple[str, ...]
    alternative_with: tuple[str, ...]

    @property
    def all_limbs(self) -> tuple[Limb, ...]:
        """The limbs that withhold, then those on neither confirming nor denying."""
        return self.limbs + self.neither_confirm_nor_deny

    @property
    def enactment_required(self) -> bool:
        """Whether the law, obligation or court order that forbids disclosure has to be named (s.44)."""
        return any(limb.enactment_required for limb in self.all_limbs)

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
        return Requirements(
            absolute=all(limb.absolute for limb in chosen),
            harm=any(limb.harm_required for limb in chosen),
            likelihood=any(limb.likelihood_required for limb in chosen),
            public_interest=any(limb.public_interest_required for limb in chosen),
            public_interest_disputed=any(limb.public_interest_disputed for limb in chosen),
            purpose=any(limb.purpose_required for limb in chosen),
            enactment=any(limb.enactment_required for limb in chosen),
            qualified_person=self.qualified_person_required,
        )


def refuse_obsolete(text: str) -> None:
    """Raise ObsoleteReference when `text` names a provision that is no longer law."""
    if old := next((one for one in obsolete_references(text) if one.is_provision), None):
        raise ObsoleteReference(old.message, (old.current,))


class Catalogue:
    """All exemptions of Part II, in the order of the Act."""

    def __init__(self, exemptions: Iterable[Exemption]) -> None:
        self.exemptions = tuple(exemptions)
        self._by_section = {exemption.section: exemption for exemption in self.exemptions}

    @classmethod
    def parse(cls, entries: Iterable[Mapping[str, Any]]) -> "Catalogue":
        """Turn the entries of the data file into the catalogue.

        Raises CatalogueError when an entry is incomplete, or names a limb or section that is not there.
        """
        catalogue = cls(parse_exemption(entry) for entry in entries)
        catalogue._check()
        return catalogue

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

    def _check(self) -> None:
        if len(self._by_section) != len(self.exemptions):
            raise CatalogueError("A section is listed twice.")
        for exemption in self.exemptions:
            others = {*exemption.mutually_exclusive_with, *exemption.alternative_with}
            if unknown := others - set(self._by_section):
                raise CatalogueError(f"Section {exemption.section} names unknown section {min(unknown)}.")


_SECTION_KEYS = frozenset(
    {
        "section", "title", "kind", "source", "limbs", "neither_confirm_nor_deny", "usable", "usable_reason",
        "qualified_person_required", "certificate", "absolute_when", "purposes_31_2", "limbs_needing_purpose",
        "mutually_exclusive_with", "alternative_with", "harm_required", "likelihood_required",
    }
)  # fmt: skip
_LIMB_KEYS = frozenset(
    {
        "ref", "summary", "kind", "harm_required", "likelihood_required", "public_interest_disputed",
        "enactment_required", "needs", "also_written",
    }
)  # fmt: skip


def parse_exemption(entry: Mapping[str, Any]) -> Exemption:
    """Turn one entry of the data file into a value, limbs resolved from their section.

    Raises CatalogueError when a key is missing or unknown, or a reference in it leads nowhere.
    """
    name = f"Section {entry.get('section', '?')}"
    _check_keys(name, entry, _SECTION_KEYS, ("section", "title", "kind", "source", "limbs"))
    exemption = Exemption(
        section=entry["section"],
        title=entry["title"],
        kind=ExemptionKind(entry["kind"]),
        source=entry["source"],
        limbs=tuple(_limb(entry, limb, ncnd=False) for limb in entry["limbs"]),
        neither_confirm_nor_deny=tuple(
            _limb(entry, limb, ncnd=True) for limb in entry.get("neither_confirm_nor_deny", ())
        ),
        usable=Usable(entry.get("usable", Usable.YES)),
        usable_reason=entry.get("usable_reason", ""),
        qualified_person_required=entry.get("qualified_person_required", False),
        certificate=entry.get("certificate", ""),
        absolute_when=entry.get("absolute_when", ""),
        purposes_31_2=tuple(Purpose(p["ref"], p["summary"]) for p in entry.get("purposes_31_2", ())),
        limbs_needing_purpose=tuple(entry.get("limbs_needing_purpose", ())),
        mutually_exclusive_with=tuple(entry.get("mutually_exclusive_with", ())),
        alternative_with=tuple(entry.get("alternative_with", ())),
    )
    _check_exemption(name, exemption)
    return exemption


def _limb(entry: Mapping[str, Any], limb: Mapping[str, Any], *, ncnd: bool) -> Limb:
    name = f"Limb {limb.get('ref', '?')}"
    _check_keys(name, limb, _LIMB_KEYS, ("ref", "summary"))
    kind = ExemptionKind(limb.get("kind", entry["kind"]))
    if kind is ExemptionKind.MIXED:
        raise CatalogueError(f"{name}: its section is mixed, so it has to say absolute or qualified.")
    harm = limb.get("harm_required", entry.get("harm_required", False))
    return Limb(
        ref=limb["ref"],
        section=entry["section"],
        summary=limb["summary"],
        absolute=kind is ExemptionKind.ABSOLUTE,
        harm_required=harm,
        likelihood_required=limb.get("likelihood_required", entry.get("likelihood_required", harm)) and harm,
        public_interest_required=kind is ExemptionKind.QUALIFIED,
        public_interest_disputed=limb.get("public_interest_disputed", False),
        neither_confirm_nor_deny=ncnd,
        purpose_required=limb["ref"] in entry.get("limbs_needing_purpose", ()),
        enactment_required=limb.get("enactment_required", False),
        needs=tuple(tuple(group) for group in limb.get("needs", ())),
        also_written=tuple(limb.get("also_written", ())),
    )


def _check_keys(name: str, entry: Mapping[str, Any], known: frozenset[str], required: Iterable[str]) -> None:
    if missing := [key for key in required if not entry.get(key)]:
        raise CatalogueError(f"{name} lacks “{missing[0]}”.")
    if unknown := set(entry) - known:
        raise CatalogueError(f"{name} has an unknown key “{min(unknown)}”.")


def _check_exemption(name: str, exemption: Exemption) -> None:
    refs = [limb.ref for limb in exemption.all_limbs]
    if len(set(refs)) != len(refs):
        raise CatalogueError(f"{name} lists a limb twice.")
    named = {ref for limb in exemption.all_limbs for group in limb.needs for ref in group}
    if unknown := (named | set(exemption.limbs_needing_purpose)) - set(refs):
        raise CatalogueError(f"{name} names an unknown limb {min(unknown)}.")
    if exemption.limbs_needing_purpose and not exemption.purposes_31_2:
        raise CatalogueError(f"{name} has limbs that need a purpose and lists none.")
    if (exemption.usable is Usable.YES) == bool(exemption.usable_reason):
        raise CatalogueError(f"{name}: “usable” and “usable_reason” do not go together.")
