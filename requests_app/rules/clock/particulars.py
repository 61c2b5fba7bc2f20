"""What has to be recorded of an event: a notice without its particulars is none. FOIA ss.9, 10(3), 17; EIR reg 7."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.events import EventKind, Field, FieldType
from requests_app.rules.exemptions.catalogue import Catalogue, ExemptionKind
from requests_app.rules.exemptions.references import UnknownLimb


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing or cannot be: the name of the field, and what to do about it."""

    field: str
    message: str


def gaps(kind: EventKind, values: Mapping[str, Any], catalogue: Catalogue) -> tuple[Gap, ...]:
    """Return everything that keeps an event from being recorded, by the names of its fields; empty for nothing."""
    found = ((field.name, _gap(field, values, catalogue)) for field in kind.fields)
    return tuple(Gap(name, message) for name, message in found if message)


def _gap(field: Field, values: Mapping[str, Any], catalogue: Catalogue) -> str:
    value: Any = values.get(field.name)
    if _is_empty(field, value):
        return field.missing
    if field.too_early and value < values["on"]:
        return field.too_early
    if field.type is FieldType.EXEMPTION:
        try:
            check_provision(value, catalogue)
        except ClockOrderError as error:
            return str(error)
    return ""


def _is_empty(field: Field, value: Any) -> bool:
    if field.type is FieldType.MONEY:
        return value is None or value <= 0
    return value is None or (isinstance(value, str) and not value.strip())


def check_provision(reference: str, catalogue: Catalogue) -> None:
    """Refuse an extension for anything but a qualified exemption (FOIA s.2(1)(b), (2)(b) and s.10(3)).

    A section of both kinds passes when one of the limbs named asks for a public interest test.
    Raises ClockOrderError for an absolute exemption and for a reference that names no exemption.
    """
    try:
        absolute = _is_absolute(reference, catalogue)
    except UnknownLimb as error:
        raise ClockOrderError(f"The extension names “{reference}”. {error}") from error
    if absolute:
        raise ClockOrderError(
            f"The extension names “{reference}”, which is absolute: no public interest test follows, so the time "
            "cannot be extended for it (s.10(3)). Name the qualified exemption."
        )


def _is_absolute(reference: str, catalogue: Catalogue) -> bool:
    """Whether all that a reference names is absolute; a section may be named without its limbs if they are alike."""
    try:
        kind = catalogue.exemption(reference).kind
    except UnknownLimb:
        kind = ExemptionKind.MIXED
    if kind is ExemptionKind.MIXED:
        return all(limb.absolute for limb in catalogue.lookup(reference))
    return kind is ExemptionKind.ABSOLUTE
