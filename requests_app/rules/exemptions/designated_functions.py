"""The functions for which the authority is covered by the Act (SI 2018/1212 art 2(1); FOIA s.7(5))."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DesignatedFunction:
    """One designated function: its paragraph, a short name and what it covers."""

    ref: str
    title: str
    summary: str


@dataclass(frozen=True)
class Designation:
    """The order that brings an authority under the Act, and the functions it names."""

    order: str
    functions: tuple[DesignatedFunction, ...]
