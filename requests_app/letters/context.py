"""What the letter templates read: the facts, and what can be worked out from them for printing."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from requests_app.letters.kinds import kind_of
from requests_app.letters.phrases import joined, labels_phrase, provisions_phrase, spoken
from requests_app.rules.casework.dispositions import (
    DISCLOSING,
    REFUSING,
    SET_ASIDE,
    Disposition,
)
from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.exemptions.claim_pairs import is_alternative
from requests_app.rules.exemptions.questions import YES, Particular
from requests_app.rules.letters.facts import FigureFacts, FigureSetFacts, ItemFacts, LetterFacts

#: Where a request has one item, only these endings say more than the holding statement above them does.
ADDS_TO_HOLDING = frozenset(
    {
        Disposition.PARTLY_DISCLOSED,
        Disposition.WITHHELD,
        Disposition.ACCESSIBLE,
        Disposition.EXCLUDED,
        Disposition.OUTSIDE_FUNCTIONS,
    }
)


@dataclass(frozen=True)
class Law:
    """The words that differ between the two regimes."""

    title: str
    short: str
    request: str
    provision: str
    exemption: str
    does: str
    asks: str


FOIA = Law(
    title="Freedom of Information Act 2000",
    short="the Act",
    request="Freedom of information request",
    provision="section",
    exemption="exemption",
    does="does",
    asks="asks",
)
EIR = Law(
    title="Environmental Information Regulations 2004",
    short="the Regulations",
    request="Environmental information request",
    provision="regulation",
    exemption="exception",
    does="do",
    asks="ask",
)


@dataclass(frozen=True)
class FigureTable:
    """Figures that share one definition, from one item or several."""

    items: str
    unit_of_count: str
    criteria: tuple[str, ...]
    caveat: str
    figures: tuple[FigureFacts, ...]


@dataclass(frozen=True)
class ClaimBlock:
    """One exemption claim with its printed citation and items.

    `said` are the answers to what its limbs ask that are printed with the reasons.
    """

    claim: ClaimFacts
    citation: str
    items: str
    said: tuple[Particular, ...]

    @property
    def opens_with_words(self) -> bool:
        """Whether the reasons begin with words below a heading of their own."""
        return bool(self.said) and self.said[0].is_words

    @property
    def rests_on_opinion(self) -> bool:
        """Whether the harm is the opinion of a qualified person (FOIA s.36(2))."""
        return "qualified_person" in self.claim.answers

    @property
    def other_information(self) -> bool:
        """Whether a denial concerns what there may be besides the information that is said to be held."""
        return self.claim.answers.get("other_information") == YES

    @property
    def weighed(self) -> str:
        """How the public interest was weighed, as the letter says it ([2025] UKSC 27)."""
        return next((one.text for one in self.claim.particulars if one.name == "weighed"), "")


@dataclass(frozen=True)
class Repetition:
    """Items that repeat another one, and where the answer stands."""

    repeated: str
    count: int
    answered_at: str


def letter_context(facts: LetterFacts) -> dict[str, Any]:
    """Return the template context of a letter.

    Everything in it comes from the facts: the same facts give the same letter.
    """
    law = EIR if facts.regime.upper() == "EIR" else FOIA
    kind = kind_of(facts.kind)
    blocks = tuple(_claim_block(claim, facts.items, law) for claim in facts.claims)
    return {
        "facts": facts,
        "law": law,
        "eir": law is EIR,
        "draft": facts.letter_date is None,
        "title": f"{law.request} {facts.reference}: {kind.label.lower()}",
        "greeting": _greeting(facts),
        "faithfully": not facts.addressee.salutation.strip() and not facts.addressee.name.strip(),
        "itemised": len(facts.items) > 1,
        "dispositions_to_add": ADDS_TO_HOLDING,
        "figure_tables": _figure_tables(facts.items),
        "repetitions": _repetitions(facts.items),
        "claims": blocks,
        **_relied_on_with_one_another(facts.claims),
        "presumes_disclosure": any(claim.section.startswith("12") for claim in facts.claims),
        "notice": kind.requirements.is_refusal_notice or any(block.other_information for block in blocks),
        "denies_other_information": any(block.other_information for block in blocks),
        "explained_differences": tuple(d for d in facts.reference_differences if d.explanation.strip()),
        **_by_disposition(facts.items),
    }


def _greeting(facts: LetterFacts) -> str:
    words = facts.addressee.salutation.strip() or facts.addressee.name.strip() or "Sir or Madam"
    return words if words.lower().startswith("dear ") else f"Dear {words}"


def _by_disposition(items: tuple[ItemFacts, ...]) -> dict[str, Any]:
    """Which items ended how, as printed lists of labels ("" when none), and what that says of the whole."""

    def labels(disposition: Disposition) -> str:
        chosen = [item.label for item in items if item.disposition is disposition]
        return labels_phrase(chosen) if chosen else ""

    live = {item.disposition for item in items if item.disposition} - SET_ASIDE
    return {
        "excluded_items": labels(Disposition.EXCLUDED),
        "ncnd_items": labels(Disposition.NEITHER),
        "outside_items": labels(Disposition.OUTSIDE_FUNCTIONS),
        "not_held_items": labels(Disposition.NOT_HELD),
        "discloses": bool(live & DISCLOSING),
        "nothing_left": bool(items) and not live,
        "only_ncnd": bool(live) and live & REFUSING == {Disposition.NEITHER},
        "only_accessible": bool(live) and live & REFUSING == {Disposition.ACCESSIBLE},
        "only_outside": live == {Disposition.OUTSIDE_FUNCTIONS},
    }


def _figure_tables(items: tuple[ItemFacts, ...]) -> tuple[FigureTable, ...]:
    """One table for each definition, so that criteria shared by several items are printed once."""
    tables: dict[tuple[str, tuple[str, ...], str], list[tuple[ItemFacts, FigureSetFacts]]] = {}
    for item in items:
        for figures in item.figure_sets:
            key = (figures.unit_of_count, figures.criteria, figures.caveat)
            tables.setdefault(key, []).append((item, figures))
    return tuple(
        FigureTable(
            items=labels_phrase(dict.fromkeys(item.label for item, _ in members)),
            unit_of_count=unit,
            criteria=criteria,
            caveat=caveat,
            figures=tuple(figure for _, figures in members for figure in figures.figures),
        )
        for (unit, criteria, caveat), members in tables.items()
    )


def _repetitions(items: tuple[ItemFacts, ...]) -> tuple[Repetition, ...]:
    """Positions are read off the items, never typed."""
    repeated: dict[str, list[str]] = {}
    for item in items:
        if item.disposition is Disposition.DUPLICATE:
            repeated.setdefault(item.duplicate_of, []).append(item.label)
    return tuple(
        Repetition(repeated=labels_phrase(labels), count=len(labels), answered_at=f"item {spoken(original)}")
        for original, labels in repeated.items()
    )


def _claim_block(claim: ClaimFacts, items: tuple[ItemFacts, ...], law: Law) -> ClaimBlock:
    whole = len(items) < 2 or not claim.item_labels
    return ClaimBlock(
        claim=claim,
        citation=provisions_phrase(claim.refs or (claim.section,), law.provision),
        items="your request" if whole else labels_phrase(claim.item_labels),
        said=tuple(one for one in claim.particulars if one.text and one.name != "weighed"),
    )


def _relied_on_with_one_another(claims: tuple[ClaimFacts, ...]) -> dict[str, Any]:
    """The citations of claims that meet on an item and are relied on in the alternative, or together.

    Sections 23(1) and 24(1) may be claimed so that nobody can tell which applies ([2021] UKUT 248 (AAC)); 23(5) and
    24(2) are relied on together; of 30 and 31(1) one covers what the other does not.
    """
    masked, together, plain = "", "", []
    for one, other in combinations(sorted(claims, key=lambda claim: claim.section), 2):
        pair = (one.section, other.section)
        if not _meet(one, other) or one.neither_confirm_nor_deny != other.neither_confirm_nor_deny:
            continue
        cited = joined([f"section {ref}" for ref in (one.refs or pair[:1]) + (other.refs or pair[1:])])
        if pair == ("23", "24") and one.neither_confirm_nor_deny:
            together = cited
        elif is_alternative(one, other) and pair == ("23", "24"):
            masked = cited
        elif is_alternative(one, other) and pair == ("30", "31"):
            plain.append(cited)
    return {"masked_alternative": masked, "relied_on_together": together, "plain_alternatives": tuple(plain)}


def _meet(one: ClaimFacts, other: ClaimFacts) -> bool:
    """Whether two claims concern an item; one without labels covers the whole request."""
    return not one.item_labels or not other.item_labels or bool(set(one.item_labels) & set(other.item_labels))
