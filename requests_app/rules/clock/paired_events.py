"""A question with its answer, and a notice of a fee with its payment: FOIA ss.1(3) and 9; EIR regs 8 and 9."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Question:
    """Information asked of the applicant; `answered` is None while it has not come."""

    asked: date
    answered: date | None
    restarts: bool


@dataclass(frozen=True, slots=True)
class Charge:
    """A fees notice or the notice of an advance charge. `payable_by` is the last day to pay."""

    notified: date
    payable_by: date
    paid: date | None

    @property
    def is_outstanding(self) -> bool:
        """Whether the duty to comply still waits, or has ended, for want of payment in time."""
        return self.paid is None or self.paid > self.payable_by
