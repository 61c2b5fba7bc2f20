"""The kinds of return, each declared once. Page, files and packs are made from the declaration."""

from dashboard.returns.kinds.annual import ANNUAL
from dashboard.returns.kinds.cabinet_office import CABINET_OFFICE
from dashboard.returns.kinds.declaration import Length, Line, ReturnKind, Section
from dashboard.returns.kinds.monthly import MONTHLY
from dashboard.returns.kinds.s45 import S45

__all__ = ["BY_CODE", "KINDS", "Length", "Line", "ReturnKind", "Section", "name_of"]

#: In the order they are offered.
KINDS: tuple[ReturnKind, ...] = (S45, CABINET_OFFICE, MONTHLY, ANNUAL)

BY_CODE: dict[str, ReturnKind] = {kind.code: kind for kind in KINDS}


def name_of(code: str) -> str:
    """Return what a kind of return is called; its code for one that is declared no more."""
    return BY_CODE[code].name if code in BY_CODE else code
