"""The engine of a workflow: where a case stands, and which transition leads from where to where. Plain Python.

Each kind of case declares its own statuses and transitions with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

AnyStatus = TypeVar("AnyStatus", bound=StrEnum)
AnyTransition = TypeVar("AnyTransition", bound=StrEnum)


class TransitionNotAllowed(Exception):
    """It is not possible while the case stands where it does; the message says what is."""


@dataclass(frozen=True)
class Workflow(Generic[AnyStatus, AnyTransition]):
    """The transitions of one kind of case: for each, the statuses it is possible from and where it leads.

    `noun` is what a message calls a case (“request”); the labels of transitions read after “You cannot”.
    """

    noun: str
    statuses: Mapping[AnyStatus, str]
    labels: Mapping[AnyTransition, str]
    transitions: Mapping[AnyTransition, Mapping[AnyStatus, AnyStatus]]

    def next_status(self, transition: AnyTransition, status: AnyStatus) -> AnyStatus:
        """Return the status that `transition` leads to from `status`.

        Raises TransitionNotAllowed, naming the statuses the transition is possible from.
        """
        targets = self.transitions[transition]
        if status not in targets:
            possible = ", ".join(self.statuses[source] for source in targets)
            raise TransitionNotAllowed(
                f"You cannot {self.labels[transition]} while the {self.noun} is “{self.statuses[status]}”. "
                f"It is possible while it is: {possible}."
            )
        return targets[status]
