"""How likely the prejudice is that an exemption rests on."""

from enum import StrEnum


class Prejudice(StrEnum):
    """The likelihood relied on: more probable than not, or a real and significant risk."""

    WOULD = "would"
    WOULD_BE_LIKELY = "would_be_likely"
