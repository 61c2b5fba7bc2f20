"""Operations on dip samples: draw one, and say what was found of a letter in it."""

import secrets
from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from requests_app.events.supervision import DIP_SAMPLE_DRAWN, SAMPLED_LETTER_ASSESSED
from requests_app.models import DipSample, SampledLetter, Soundness
from requests_app.queries.dip_sample import answers_issued
from requests_app.queries.reviewers import who_was_involved
from requests_app.rules.casework.dip_sample import draw, sample_size


@transaction.atomic
def draw_sample(
    *,
    by: User,
    at: datetime,
    today: date,
    period_from: date,
    period_to: date,
    share: int | None = None,
    number: int | None = None,
    seed: str = "",
) -> DipSample:
    """Draw a random sample of the answers issued from one day to another, both included.

    `share` is in per cent; with `number` so many letters are drawn instead. At least one of each officer is. The seed
    is made here, so that nobody can choose what is drawn; tests give one. Raises NotPossible for days in the wrong
    order or to come, for a share and a number at once or neither, and where no answer was issued.
    """
    check_can(Permission.OVERSEE, by)
    if period_to < period_from:
        raise NotPossible("The last day is before the first.", field="period_to")
    if period_to > today:
        raise NotPossible("The period has to be over: enter today or an earlier day.", field="period_to")
    if (share is None) == (number is None):
        raise NotPossible("Enter a share or a number of letters, one of them.", field="number")
    officers = answers_issued(period_from, period_to, drawn_at=at)
    if not officers:
        raise NotPossible(
            "No answer was issued on these days, so there is nothing to sample.", field="period_from"
        )
    seed = seed or secrets.token_hex(8)
    drawn = draw(officers, sample_size(len(officers), share=share, number=number), seed)
    sample = DipSample.objects.create(
        period_from=period_from,
        period_to=period_to,
        share=share,
        asked_for=number,
        seed=seed,
        population=len(officers),
        drawn_by=by,
        drawn_at=at,
    )
    SampledLetter.objects.bulk_create(
        SampledLetter(sample=sample, letter_id=letter, officer_id=officers[letter]) for letter in drawn
    )
    detail = {
        "from": period_from,
        "to": period_to,
        "population": len(officers),
        "sampled": len(drawn),
        "seed": seed,
    }
    record_event(event=DIP_SAMPLE_DRAWN, by=by, at=at, subject=sample.audit_subject, detail=detail)
    return sample


def check_can_assess(user: User, sampled: SampledLetter) -> None:
    """Raise NotPermitted unless `user` oversees the team and neither took part in deciding the letter nor approved it.

    Whether somebody took part is read from the whole history of the request.
    """
    check_can(Permission.OVERSEE, user)
    case = sampled.letter.foi_request
    if user.pk in who_was_involved(case) | {sampled.letter.decided_by_id, sampled.letter.drafted_by_id}:
        raise NotPermitted("You took part in this answer, so someone else has to assess it.")


@transaction.atomic
def assess_letter(
    *, sampled_id: int, by: User, at: datetime, result: Soundness, comment: str = ""
) -> SampledLetter:
    """Record what was found of a sampled letter.

    Raises NotPossible without a comment where it is not simply sound, or when it has been assessed already;
    NotPermitted.
    """
    sampled = (
        SampledLetter.objects.select_for_update(of=("self",))
        .select_related("sample", "letter__foi_request")
        .get(pk=sampled_id)
    )
    check_can_assess(by, sampled)
    if sampled.result:
        raise NotPossible("This letter has already been assessed. Go back to the sample.")
    if result != Soundness.SOUND and not comment.strip():
        raise NotPossible("Enter a comment: what was found, and what should be done.", field="comment")
    sampled.result, sampled.comment = result, comment.strip()
    sampled.assessed_by, sampled.assessed_at = by, at
    sampled.save()
    detail = {
        "request": sampled.letter.foi_request.reference,
        "letter": sampled.letter_id,
        "result": result,
    }
    record_event(
        event=SAMPLED_LETTER_ASSESSED, by=by, at=at, subject=sampled.sample.audit_subject, detail=detail
    )
    return sampled
