"""Operations at intake: log a request, complete the applicant's details, assign it, link it, add a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.accounts.roles import Role
from foitracker.audit.operations import record_access, record_event
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.identity.traces import IdentityTrace, count_by_kind
from foitracker.pages.words import short_date
from requests_app.events.intake import (
    ASSIGNED,
    DETAILS_CHANGED,
    IDENTITY_CHANGED,
    IDENTITY_SEEN,
    LINK_CHANGED,
    LINKED,
    NOTE_WRITTEN,
    REQUEST_LOGGED,
    UNLINKED,
)
from requests_app.models import (
    AccessReason,
    Applicant,
    FoiRequest,
    Level,
    Note,
    Priority,
    ReferenceCounter,
    RequestLink,
    Topic,
)
from requests_app.operations.casework import check_editable, lock_case, move
from requests_app.operations.clock import follow_clock, refresh_due
from requests_app.operations.masking import applicant_masked, look_for_applicant, seal
from requests_app.queries.identity import applicant_of, known_details, validity_of
from requests_app.rules.casework.reference import RequestReference
from requests_app.rules.casework.workflow import Transition
from requests_app.rules.words.masked_copy import masked_copy

#: FOIA s.87 and SI 2004/3122: the right to ask began on this day.
ACT_IN_FORCE = date(2005, 1, 1)


class AlreadyLogged(Exception):
    """The same form was sent before; `case` is the request that was logged from it."""

    def __init__(self, case: FoiRequest) -> None:
        super().__init__(f"Request {case.reference} has already been logged from this form.")
        self.case = case


@dataclass(frozen=True)
class Identity:
    """The applicant's identity: what FOIA s.8(1)(a) and (b) ask for. Any part may be empty."""

    name: str = ""
    organisation: str = ""
    email: str = ""
    postal_address: str = ""
    other_address: str = ""
    salutation: str = ""


@dataclass(frozen=True)
class Details:
    """What an officer may set and change about a request."""

    received_on: date
    channel: str
    subject: str
    regime: str = "FOIA"
    designated_function: str = ""
    interpretation: str = ""
    priority: str = Priority.NORMAL
    priority_reason: str = ""
    topic: Topic | None = None
    risk: str = Level.NOT_ASSESSED
    complexity: str = Level.NOT_ASSESSED


@transaction.atomic
def log_request(
    *,
    by: User,
    at: datetime,
    today: date,
    details: Details,
    words: str,
    identity: Identity,
    officer: User | None = None,
    existing: RequestReference | None = None,
    removed_characters: int = 0,
    intake_key: UUID | None = None,
    masked: Sequence[IdentityTrace] = (),
    left_in: Sequence[IdentityTrace] = (),
) -> FoiRequest:
    """Log a request under the next number of the year it was received in.

    `existing` is the number it already has in a register that is brought over; `officer` takes it at once.
    A request that is not valid under s.8 is logged all the same, with what it lacks, so that it can be
    answered. `words` are sealed as they came; the copy that everybody works with has asterisks for what was found
    of who asks and is `masked`, and keeps what is `left_in`. `intake_key` names the form it comes from. Raises
    NotPossible for a receipt in the future, an officer who cannot work a case or a number already in use;
    AlreadyLogged when the form was sent before.
    """
    check_can(Permission.LOG_REQUEST, by)
    _check_not_logged(intake_key)
    _check_details(details, today)
    reference = _number(existing, details.received_on.year)
    case = FoiRequest(
        number=reference.number,
        year=reference.year,
        reference=str(reference),
        words=masked_copy(words, [(one.start, one.end) for one in masked]),
        logged_by=by,
        logged_at=at,
        intake_key=intake_key,
        version=0,
        **_columns(details),
    )
    applicant = Applicant(foi_request=case, **vars(identity))
    case.validity_gaps = _gaps(case, applicant)
    if officer:
        _give(case, officer)
    _save_new(case, applicant)
    seal(case, words, masked, by=by, at=at)
    refresh_due(case, field="received_on")
    detail = _logged(
        case,
        brought_over=existing is not None,
        unprintable_characters_removed=removed_characters,
        masked=count_by_kind(masked),
        left_in=count_by_kind(left_in),
    )
    return save_with_event(case, event=REQUEST_LOGGED, by=by, at=at, detail=detail)


@transaction.atomic
def change_details(
    *, case_id: int, by: User, at: datetime, today: date, details: Details, seen_version: int | None = None
) -> FoiRequest:
    """Change what is recorded about a request and recompute its due date.

    The timeline keeps the old and the new value of what changed. Raises NotPossible, TransitionNotAllowed.
    """
    check_can(Permission.LOG_REQUEST, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_editable(case)
    _check_details(details, today)
    first_question = case.clarifications.values_list("asked_on", flat=True).first()
    if first_question and details.received_on > first_question:
        raise NotPossible(
            f"Clarification was asked on {short_date(first_question)}; the request cannot have come after it.",
            field="received_on",
        )
    if case.responded_on and details.received_on > case.responded_on:
        raise NotPossible(
            f"The request was answered on {short_date(case.responded_on)}; it cannot have come after that.",
            field="received_on",
        )
    changed = {
        name: {"from": getattr(case, name), "to": value}
        for name, value in _columns(details).items()
        if getattr(case, name) != value
    }
    for name, value in _columns(details).items():
        setattr(case, name, value)
    case.validity_gaps = _gaps(case, applicant_of(case))
    follow_clock(case, by=by, today=today, field="regime" if "regime" in changed else "received_on")
    return save_with_event(
        case,
        event=DETAILS_CHANGED,
        by=by,
        at=at,
        detail={"changed": changed},
        masked=applicant_masked(case),
    )


@transaction.atomic
def see_identity(*, case_id: int, by: User, at: datetime, reason: AccessReason) -> Applicant:
    """Return who the applicant is, after recording the access and its reason on the trail."""
    check_can(Permission.SEE_IDENTITY, by)
    applicant = Applicant.objects.select_related("foi_request").get(pk=case_id)
    record_access(
        event=IDENTITY_SEEN,
        by=by,
        at=at,
        subject=applicant.foi_request.reference,
        detail={"reason": reason},
    )
    return applicant


@transaction.atomic
def complete_identity(
    *, case_id: int, by: User, at: datetime, identity: Identity, seen_version: int | None = None
) -> FoiRequest:
    """Replace the applicant's details and check again whether the request is valid (s.8).

    The timeline says that they changed and which, never what they are. Where the new details stand in what is kept of
    the request, that is counted, so that masking it is offered.
    """
    check_can(Permission.SEE_IDENTITY, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    applicant = Applicant.objects.select_for_update().get(pk=case.pk)
    changed = [name for name, value in vars(identity).items() if getattr(applicant, name) != value]
    earlier = known_details(applicant)
    for name, value in vars(identity).items():
        setattr(applicant, name, value)
    applicant.save()
    case.validity_gaps = _gaps(case, applicant)
    look_for_applicant(case, earlier)
    return save_with_event(
        case,
        event=IDENTITY_CHANGED,
        by=by,
        at=at,
        detail={"fields": changed, "validity_gaps": case.validity_gaps},
    )


@transaction.atomic
def assign(
    *, case_id: int, by: User, at: datetime, officer: User, seen_version: int | None = None
) -> FoiRequest:
    """Assign a request to an officer. Raises NotPossible when they cannot work a case."""
    check_can(Permission.ASSIGN, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    _give(case, officer)
    return save_with_event(case, event=ASSIGNED, by=by, at=at, detail={"officer": officer})


@transaction.atomic
def link_requests(
    *,
    case_id: int,
    by: User,
    at: datetime,
    other: FoiRequest,
    kind: str,
    quote_words: bool = False,
    seen_version: int | None = None,
) -> RequestLink:
    """Link a request to another one: follow-up to it, review of it, or related to it."""
    check_can(Permission.LOG_REQUEST, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_editable(case)
    if other.pk == case.pk:
        raise NotPossible("A request cannot be linked to itself.", field="other")
    link, created = RequestLink.objects.update_or_create(
        from_request=case,
        to_request=other,
        defaults={"kind": kind, "quote_words": quote_words, "made_by": by, "made_at": at},
    )
    save_with_event(
        case,
        event=LINKED if created else LINK_CHANGED,
        by=by,
        at=at,
        detail={"kind": kind, "other": other.reference, "quote_words": quote_words},
    )
    return link


@transaction.atomic
def unlink_requests(
    *, case_id: int, by: User, at: datetime, link_id: int, seen_version: int | None = None
) -> FoiRequest:
    """Remove a link; the timeline keeps that it was there."""
    check_can(Permission.LOG_REQUEST, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_editable(case)
    link = RequestLink.objects.select_related("to_request").get(pk=link_id, from_request=case)
    detail = {"kind": link.kind, "other": link.to_request.reference}
    link.delete()
    return save_with_event(case, event=UNLINKED, by=by, at=at, detail=detail)


@transaction.atomic
def write_note(*, case_id: int, by: User, at: datetime, text: str) -> Note:
    """Add a note. Notes do not conflict, so no version is asked for.

    Raises NotPossible for an empty one.
    """
    check_can(Permission.WRITE_NOTE, by)
    if not text.strip():
        raise NotPossible("Write the note.", field="text")
    case = FoiRequest.objects.get(pk=case_id)
    note = Note.objects.create(foi_request=case, text=text, written_by=by, written_at=at)
    record_event(event=NOTE_WRITTEN, by=by, at=at, subject=case.reference, detail={"note": note.pk})
    return note


def _check_not_logged(intake_key: UUID | None) -> None:
    if intake_key and (first := FoiRequest.objects.filter(intake_key=intake_key).first()):
        raise AlreadyLogged(first)


def _number(existing: RequestReference | None, year: int) -> RequestReference:
    if existing is None:
        return RequestReference(ReferenceCounter.allocate(year), year)
    ReferenceCounter.raise_to(existing.year, existing.number)
    return existing


def _save_new(case: FoiRequest, applicant: Applicant) -> None:
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:
        _check_not_logged(case.intake_key)
        if not FoiRequest.objects.filter(year=case.year, number=case.number).exists():
            raise
        raise NotPossible(
            f"Request {case.reference} is already in the register. Open it, or leave the number empty to get the "
            "next free one.",
            field="existing_reference",
        ) from error
    applicant.foi_request = case
    applicant.save(force_insert=True)


def _give(case: FoiRequest, officer: User) -> None:
    if not officer.has_role(Role.OFFICER, Role.DECISION_MAKER):
        raise NotPossible("Choose an active officer or decision maker.", field="officer")
    move(case, Transition.ASSIGN)
    case.officer = officer


def _logged(case: FoiRequest, **told_if_so: object) -> dict[str, object]:
    """What the timeline keeps of a logged request, without what does not apply."""
    return {
        "received_on": case.received_on.isoformat(),
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "validity_gaps": case.validity_gaps,
        **{name: value for name, value in {"officer": case.officer, **told_if_so}.items() if value},
    }


def _check_details(details: Details, today: date) -> None:
    if details.received_on < ACT_IN_FORCE:
        raise NotPossible(
            "The Act has been in force since 1 January 2005; no request can be older. Check the year.",
            field="received_on",
        )
    if details.received_on > today:
        raise NotPossible(
            f"{short_date(details.received_on)} is in the future. Enter the day the request arrived.",
            field="received_on",
        )
    if details.priority != Priority.NORMAL and not details.priority_reason.strip():
        raise NotPossible("Say why the priority is not normal.", field="priority_reason")


def _columns(details: Details) -> dict[str, object]:
    return dict(vars(details))


def _gaps(case: FoiRequest, applicant: Applicant) -> list[str]:
    return [gap.element.value for gap in validity_of(case, applicant)]
