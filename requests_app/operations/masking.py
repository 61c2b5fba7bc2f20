"""Sealing the applicant's words as they came, and masking in the copy that everybody works with what tells who asks.

The sealed words are never changed. A masking is a stretch of them; the copy is made from both. What was made from the
copy (items, drafts, notes) follows when more is masked, and items follow when a masking is lifted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import mask_words as mask_event_words
from foitracker.audit.operations import record_access
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.identity.traces import (
    MASK,
    IdentityTrace,
    count_by_kind,
    find_identity_traces,
    find_traces_of,
    mask,
)
from requests_app.events.masking import (
    APPLICANT_LEFT_IN,
    MASKING_LIFTED,
    SEALED_WORDS_READ,
    WORDS_MASKED,
)
from requests_app.models import AccessReason, Clarification, FoiRequest, Masking, RequestItem, SealedWords
from requests_app.operations.casework import lock_case
from requests_app.queries.case_texts import TextColumns, case_texts, lock_above, subjects_of, texts_of
from requests_app.queries.identity import known_identity_of
from requests_app.queries.sealed_words import maskings_in_force, sealed_words_of
from requests_app.rules.words.masked_copy import (
    Stretch,
    copied_again,
    masked_copy,
    places_of,
    with_phrases_masked,
)

#: Gives a text with what is to be masked in it masked.
Masked = Callable[[str], str]


def seal(
    case: FoiRequest,
    words: str,
    traces: Sequence[IdentityTrace],
    *,
    by: User,
    at: datetime,
    clarification: Clarification | None = None,
) -> dict[str, int]:
    """Keep words as they came, with a masking for each of `traces`; return how many there are of which kind.

    Part of the operation that takes the words in; the copy (`masked_copy`) is stored by it. `traces` were found in
    `words`.
    """
    sealed = SealedWords.objects.create(
        foi_request=case, clarification=clarification, words=words, sealed_at=at
    )
    _add(sealed, {(one.start, one.end): one.kind.value for one in traces}, by, at)
    return count_by_kind(traces)


def found_in_answer(case: FoiRequest, answer: str) -> tuple[IdentityTrace, ...]:
    """Return what in the answer to a clarification may tell who asks; all of it is masked in the copy."""
    return find_identity_traces(answer, known_identity_of(case))


def copy_of_corrected(case: FoiRequest, earlier: Clarification, answer: str) -> str:
    """Return the copy of a corrected answer: as it stands where it was left alone, else with all traces masked.

    Raises NotPossible for asterisks in an answer that was changed: that is not how it came.
    """
    if answer == earlier.answer:
        return answer
    before = SealedWords.objects.filter(clarification=earlier).first()
    if answer.count(MASK) > (before.words.count(MASK) if before else 0):
        raise NotPossible(
            "The answer has **** in it, so it is not as it came. Enter the applicant's words in full; what tells who "
            "asks is masked again.",
            field="answer",
        )
    return mask(answer, found_in_answer(case, answer))


def reseal(
    case: FoiRequest, earlier: Clarification, corrected: Clarification, answer: str, *, by: User, at: datetime
) -> None:
    """Seal the answer of a corrected clarification: as it came before where it was left as it was.

    Part of the operation that corrects it; `answer` is what was entered.
    """
    before = SealedWords.objects.filter(clarification=earlier).first()
    if before and answer == earlier.answer:
        sealed = SealedWords.objects.create(
            foi_request=case, clarification=corrected, words=before.words, sealed_at=before.sealed_at
        )
        _add(sealed, {(one.start, one.end): one.kind for one in maskings_in_force(before)}, by, at)
    elif answer:
        seal(case, answer, found_in_answer(case, answer), by=by, at=at, clarification=corrected)


def applicant_masked(case: FoiRequest) -> Masked:
    """Return what masks this applicant's own details in a text of ours."""
    known = known_identity_of(case)
    return lambda text: mask(text, find_traces_of(text, known))


@transaction.atomic
def read_sealed_words(*, case_id: int, by: User, at: datetime, reason: AccessReason) -> list[SealedWords]:
    """Return the words as they came, with their maskings, after recording the access and its reason."""
    check_can(Permission.SEE_IDENTITY, by)
    case = FoiRequest.objects.get(pk=case_id)
    record_access(event=SEALED_WORDS_READ, by=by, at=at, subject=case.reference, detail={"reason": reason})
    return sealed_words_of(case)


@transaction.atomic
def mask_phrases(
    *, case_id: int, by: User, at: datetime, phrases: Iterable[str], seen_version: int | None = None
) -> int:
    """Mask `phrases` wherever they stand in the applicant's words and in the texts of the case; return how often.

    Raises NotPossible when none of them stands anywhere.
    """
    check_can(Permission.MASK_WORDS, by)
    lock_above(case_id)
    case = lock_case(pk=case_id, seen_version=seen_version)
    wanted = [phrase for phrase in (one.strip() for one in phrases) if phrase]
    if any(len(phrase) < 2 for phrase in wanted):
        raise NotPossible("Enter at least two characters to mask.", field="phrases")
    masked = _mask_in_words(case, lambda words: dict.fromkeys(places_of(wanted, words), ""), by, at)
    hidden = partial(with_phrases_masked, phrases=wanted)
    changed = _mask_in_texts(case, hidden) + _mask_in_events(case, hidden)
    if not masked + changed:
        raise NotPossible(
            "None of this appears in the request. Copy it exactly as it appears.",
            field="phrases",
        )
    save_with_event(case, event=WORDS_MASKED, by=by, at=at, detail={"in_words": masked, "in_texts": changed})
    return masked + changed


@transaction.atomic
def mask_applicant(*, case_id: int, by: User, at: datetime, seen_version: int | None = None) -> int:
    """Mask the applicant's own details wherever they were found; return how often.

    Texts that stay as they were written (clarifications asked, clock events, advice given, correspondence) keep them.
    """
    check_can(Permission.MASK_WORDS, by)
    lock_above(case_id)
    case = lock_case(pk=case_id, seen_version=seen_version)
    known = known_identity_of(case)

    def found(words: str) -> Mapping[Stretch, str]:
        return {(one.start, one.end): one.kind.value for one in find_traces_of(words, known)}

    masked = _mask_in_words(case, found, by, at)
    changed = _mask_in_texts(case, applicant_masked(case)) + _mask_in_events(case, applicant_masked(case))
    case.identity_found = {}
    save_with_event(case, event=WORDS_MASKED, by=by, at=at, detail={"in_words": masked, "in_texts": changed})
    return masked + changed


@transaction.atomic
def leave_applicant_in(
    *, case_id: int, by: User, at: datetime, reason: str, seen_version: int | None = None
) -> FoiRequest:
    """Record that what was found does not tell who asks, or has to stay, and why."""
    check_can(Permission.MASK_WORDS, by)
    if not reason.strip():
        raise NotPossible("Enter the reason for leaving these details unmasked.", field="reason")
    case = lock_case(pk=case_id, seen_version=seen_version)
    left, case.identity_found = sum(case.identity_found.values()), {}
    return save_with_event(
        case,
        event=APPLICANT_LEFT_IN,
        by=by,
        at=at,
        detail={"places": left},
        words={"reason": reason},
        masked=applicant_masked(case),
    )


@transaction.atomic
def lift_maskings(
    *, case_id: int, by: User, at: datetime, masking_ids: Sequence[int], seen_version: int | None = None
) -> int:
    """Show again what was masked, in the copy and in the items taken from it; return how many maskings were lifted.

    Drafts, notes and items written anew keep their asterisks: their words are ours. Raises NotPossible for none.
    """
    check_can(Permission.SEE_IDENTITY, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    lifted = 0
    for sealed in sealed_words_of(case):
        before = maskings_in_force(sealed)
        chosen = [one for one in before if one.pk in masking_ids]
        if not chosen:
            continue
        Masking.objects.filter(pk__in=[one.pk for one in chosen]).update(lifted_by=by, lifted_at=at)
        after = [one for one in before if one not in chosen]
        _store_copy(case, sealed, _stretches(after))
        if sealed.clarification_id is None:
            _copy_items_again(case, sealed.words, _stretches(before), _stretches(after))
        lifted += len(chosen)
    if not lifted:
        raise NotPossible("Select what to unmask.", field="maskings")
    save_with_event(case, event=MASKING_LIFTED, by=by, at=at, detail={"lifted": lifted})
    return lifted


def look_for_applicant(case: FoiRequest, earlier: Sequence[str] = ()) -> None:
    """Count where the applicant's details stand in what is kept of the case, and mask them in its events' words.

    Part of the operation that changed who the applicant is; `earlier` are the details there were before, which stay
    masked in events. The counts offer the masking until it is done, or left.
    """
    known = known_identity_of(case)
    found = {
        "words": sum(
            len(find_traces_of(masked_copy(one.words, _stretches(maskings_in_force(one))), known))
            for one in sealed_words_of(case)
        )
    }
    for texts in case_texts():
        found[texts.label] = found.get(texts.label, 0) + sum(
            len(find_traces_of(text, known))
            for row in texts.rows(case)
            for column in texts.columns
            for text in texts_of(getattr(row, column), texts.written)
        )
    case.identity_found = {label: count for label, count in found.items() if count}
    every = (*known, *earlier)
    _mask_in_events(case, lambda text: mask(text, find_traces_of(text, every)))


def _mask_in_events(case: FoiRequest, masked: Masked) -> int:
    """Show the words of the case's events as `masked` gives them, and of what belongs to it in apps above."""
    return sum(mask_event_words(subject, masked) for subject in subjects_of(case))


def _stretches(maskings: Iterable[Masking]) -> list[Stretch]:
    return [(one.start, one.end) for one in maskings]


def _add(sealed: SealedWords, found: Mapping[Stretch, str], by: User, at: datetime) -> None:
    Masking.objects.bulk_create(
        Masking(sealed=sealed, start=start, end=end, kind=kind, masked_by=by, masked_at=at)
        for (start, end), kind in found.items()
    )


def _mask_in_words(
    case: FoiRequest, find: Callable[[str], Mapping[Stretch, str]], by: User, at: datetime
) -> int:
    """Mask in the applicant's words what `find` finds there and is not masked yet; return how many places."""
    masked = 0
    for sealed in sealed_words_of(case):
        held = _stretches(maskings_in_force(sealed))
        found = {
            (start, end): kind
            for (start, end), kind in find(sealed.words).items()
            if not any(first <= start and end <= last for first, last in held)
        }
        if found:
            _add(sealed, found, by, at)
            _store_copy(case, sealed, [*held, *found])
            hidden = [sealed.words[start:end] for start, end in found]
            _mask_in_texts(case, partial(with_phrases_masked, phrases=hidden))
        masked += len(found)
    return masked


def _store_copy(case: FoiRequest, sealed: SealedWords, stretches: Sequence[Stretch]) -> None:
    """Store the copy of sealed words: of the request itself with the case, which the caller saves."""
    copy = masked_copy(sealed.words, stretches)
    if sealed.clarification_id is None:
        case.words = copy
        return
    Clarification.recorded.filter(pk=sealed.clarification_id).update(answer=copy)


def _mask_in_texts(case: FoiRequest, masked: Masked) -> int:
    """Let the texts of the case read as `masked` gives them, where they can still be changed; return how many did."""
    return sum(_mask_rows(case, texts, masked) for texts in case_texts() if not texts.stay)


def _mask_rows(case: FoiRequest, texts: TextColumns, masked: Masked) -> int:
    changed = 0
    for row in [case] if texts.model is FoiRequest else texts.rows(case).select_for_update(of=("self",)):
        altered = {}
        for column in texts.columns:
            value = getattr(row, column)
            if (new := _masked_value(value, masked, texts.written)) != value:
                longest = getattr(texts.model._meta.get_field(column), "max_length", None)
                altered[column] = new = new[:longest] if isinstance(new, str) else new
                setattr(row, column, new)
        if altered and row is not case:
            texts.model._base_manager.filter(pk=row.pk).update(**altered)
        changed += len(altered)
    return changed


def _masked_value(value: object, masked: Masked, written: frozenset[str] | None) -> object:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {
            name: masked(text) if isinstance(text, str) and (written is None or name in written) else text
            for name, text in value.items()
        }
    if isinstance(value, list):
        return [masked(text) if isinstance(text, str) else text for text in value]
    return value


def _copy_items_again(
    case: FoiRequest, words: str, before: Sequence[Stretch], after: Sequence[Stretch]
) -> None:
    for item in case.items.all():
        text = copied_again(item.text, words, before, after)
        if text != item.text:
            RequestItem.objects.filter(pk=item.pk).update(text=text)
