"""An exemption claim as plain values: what is checked, and what a letter says of it."""

from dataclasses import dataclass
from datetime import date

from requests_app.rules.exemptions.prejudice import Prejudice


@dataclass(frozen=True)
class LimbFacts:
    """One limb relied on, for example 31(1)(a), with our summary of it."""

    ref: str
    summary: str


@dataclass(frozen=True)
class ClaimFacts:
    """One exemption claim. A claim covers one or more items, named by their labels."""

    section: str
    title: str
    absolute: bool
    neither_confirm_nor_deny: bool
    limbs: tuple[LimbFacts, ...]
    item_labels: tuple[str, ...]
    harm_required: bool
    public_interest_required: bool
    why_applies: str
    prejudice: Prejudice | None = None
    harm: str = ""
    factors_for: str = ""
    factors_against: str = ""
    balance: str = ""
    purpose: str = ""
    enactment: str = ""
    qualified_person: str = ""
    opinion_on: date | None = None
    reasons_omitted: bool = False

    @property
    def refs(self) -> tuple[str, ...]:
        return tuple(limb.ref for limb in self.limbs)
