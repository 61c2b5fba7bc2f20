"""What an extension of time needs before it can be recorded: FOIA ss.10(3) and 17(2), EIR reg 7."""

from requests_app.rules.clock.events import ClockEvent, ClockOrderError, EventKind
from requests_app.rules.exemptions.catalogue import Catalogue, ExemptionKind
from requests_app.rules.exemptions.references import UnknownLimb


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


def missing_particulars(event: ClockEvent, catalogue: Catalogue) -> tuple[str, ...]:
    """Return everything an extension still lacks, each with its section; empty when it can be recorded."""
    missing = []
    if event.day is None:
        law = "s.17(1)" if event.kind is EventKind.PIT_EXTENSION else "reg 7(3)"
        missing.append(f"Enter the date of the notice ({law}).")
    if event.kind is EventKind.EIR_EXTENSION:
        if not event.reason.strip():
            missing.append("Say why the request is complex and voluminous (reg 7(1)).")
        return tuple(missing)
    if not event.provision.strip():
        missing.append("Name the qualified exemption whose public interest test is not finished (s.10(3)).")
    else:
        try:
            check_provision(event.provision, catalogue)
        except ClockOrderError as error:
            missing.append(str(error))
    if event.estimate is None:
        missing.append("Give the date by which you expect to have decided (s.17(2)).")
    return tuple(missing)
