"""Why something asked for is not done. Each message says why, and what to do."""

from collections.abc import Sequence
from typing import Any, Protocol


class NotPossible(Exception):
    """The operation is refused; the message says why and what to do.

    `field` names the input at fault, if any.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class VersionedCase(Protocol):
    """A record whose version rises with every change: a request, or a log of the apps above."""

    version: int

    @property
    def reference(self) -> str: ...

    @property
    def title(self) -> str: ...

    def get_absolute_url(self) -> str: ...

    def get_status_display(self) -> str: ...

    def save(self) -> None: ...


class ChangedSince(Exception):
    """Someone else changed what the page is about after it was opened."""


class CaseChanged(ChangedSince):
    """Someone changed the case after the page was opened. Holds the version seen and the one it has now."""

    def __init__(self, case: VersionedCase, seen_version: int) -> None:
        super().__init__(f"{case.title} was changed after you opened this page.")
        self.case: Any = case
        self.seen_version = seen_version


class SettingsChanged(ChangedSince):
    """Another administrator saved the settings after the page was opened."""


class NotReady(Exception):
    """Something is missing before it can go on. `gaps` are all that is missing, each with where it is put right."""

    def __init__(self, message: str, gaps: Sequence[Any]) -> None:
        super().__init__(message)
        self.gaps = tuple(gaps)
