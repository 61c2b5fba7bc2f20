"""An exemption claim as plain values: what is checked, and what a letter says of it."""

from dataclasses import dataclass

from requests_app.rules.exemptions.prejudice import Prejudice
from requests_app.rules.exemptions.questions import Particular


@dataclass(frozen=True)
class LimbFacts:
    """One limb relied on, for example 31(1)(a), with our summary of it."""

    ref: str
    summary: str


@dataclass(frozen=True)
class ClaimFacts:
    """One exemption claim. A claim covers one or more items, named by their labels.

    `particulars` are the answers to what its limbs ask besides the reasons, with what a letter prints of them.
    """

    section: str
    title: str
    absolute: bool
    neither_confirm_nor_deny: bool
    limbs: tuple[LimbFacts, ...]
    item_labels: tuple[str, ...]
    harm_required: bool
    public_interest_required: bool
    why_applies: str
    class_based: bool = False
    public_interest_disputed: bool = False
    prejudice: Prejudice | None = None
    harm: str = ""
    factors_for: str = ""
    factors_against: str = ""
    balance: str = ""
    particulars: tuple[Particular, ...] = ()
    reasons_omitted: bool = False

    @property
    def refs(self) -> tuple[str, ...]:
        return tuple(limb.ref for limb in self.limbs)

    @property
    def answers(self) -> dict[str, str]:
        """The answers by the name of their question."""
        return {one.name: one.answer for one in self.particulars}
