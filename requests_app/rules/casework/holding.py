"""What the authority says about holding the information (FOIA s.1(1)(a))."""

from enum import StrEnum


class Holding(StrEnum):
    """What a search showed (FOIA s.1(1)(a))."""

    HELD = "held"
    PARTLY_HELD = "partly_held"
    NOT_HELD = "not_held"
    NEITHER = "ncnd"
