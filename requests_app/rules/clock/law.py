"""The law a request is answered under, and the provisions that what happens to it rests on."""

from dataclasses import dataclass
from enum import StrEnum


class Regime(StrEnum):
    """The law a request is answered under."""

    FOIA = "FOIA"
    EIR = "EIR"


REGIME_NAMES: dict[str, str] = {
    Regime.FOIA: "Freedom of Information Act 2000",
    Regime.EIR: "Environmental Information Regulations 2004",
}


@dataclass(frozen=True, slots=True)
class Law:
    """The provisions something rests on under each regime, in the order they are cited; none where it has no place."""

    foia: tuple[str, ...] = ()
    eir: tuple[str, ...] = ()

    def provisions(self, regime: Regime) -> tuple[str, ...]:
        """Return the provisions under one regime."""
        return self.eir if regime is Regime.EIR else self.foia

    def cited(self, regime: Regime) -> str:
        """Return the provisions under one regime as they are cited: “FOIA s.50; EIR reg 18”."""
        return "; ".join(self.provisions(regime))

    def cited_under_either(self) -> str:
        """Return the provisions of both regimes, each once: “FOIA s.50 or EIR reg 18”."""
        return " or ".join(dict.fromkeys((*self.foia, *self.eir)))


NO_LAW = Law()
