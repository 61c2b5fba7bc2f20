"""The kinds of return, each declared once. Page, files and packs are made from the declaration."""

from dashboard.returns.kinds.annual import ANNUAL
from dashboard.returns.kinds.cabinet_office import CABINET_OFFICE
from dashboard.returns.kinds.declaration import Length, Line, ReturnKind, Section
from dashboard.returns.kinds.monthly import MONTHLY
from dashboard.returns.kinds.s45 import S45

__all__ = ["BY_CODE", "KINDS", "Length", "Line", "ReturnKind", "Section"]

#: In the order they are offered.
KINDS: tuple[ReturnKind, ...] = (S45, CABINET_OFFICE, MONTHLY, ANNUAL)

BY_CODE: dict[str, ReturnKind] = {kind.code: kind for kind in KINDS}
