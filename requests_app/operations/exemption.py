"""Recording exemption claims: claim one for some items, change the claim, withdraw it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from requests_app.events.decision import CLAIM_CHANGED, CLAIM_WITHDRAWN, EXEMPTION_CLAIMED
from requests_app.models import ExemptionClaim, FoiRequest
from requests_app.operations.casework import check_editable, lock_case, take_up
from requests_app.operations.decision import chosen_items
from requests_app.queries.exemption_catalogue import our_catalogue
from requests_app.rules.exemptions.catalogue import UnknownLimb, Usable


@dataclass(frozen=True)
class Reasons:
    """Why an exemption applies, as section 17 asks. All of it may be empty while a case is worked on.

    `answers` are those to the questions of the limbs, by name: a tick is “yes”, a day in ISO form.
    """

    why_applies: str = ""
    prejudice: str = ""
    harm: str = ""
    factors_for: str = ""
    factors_against: str = ""
    balance: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    reasons_omitted: bool = False


@transaction.atomic
def claim_exemption(
    *,
    case_id: int,
    by: User,
    at: datetime,
    section: str,
    limbs: Sequence[str],
    item_ids: Sequence[int],
    reasons: Reasons,
    neither_confirm_nor_deny: bool = False,
    claim_id: int | None = None,
    seen_version: int | None = None,
) -> ExemptionClaim:
    """Claim an exemption for items, or change the claim `claim_id`.

    Raises NotPossible for a section this authority cannot use, for a limb that is not of the section or not
    for this use (s.2(1), (2)), for an obsolete reference (naming the current one), for no items, or when a
    limb is already claimed on one of them. Reasons may be completed later; the completeness check lists what
    is missing.
    """
    check_can(Permission.WORK_CASE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_editable(case)
    take_up(case, by)
    refs = _known_limbs(section, limbs, neither_confirm_nor_deny)
    items = chosen_items(case, item_ids)
    _check_not_claimed_twice(case, refs, item_ids, claim_id)
    claim = _claim_in_hand(case, claim_id) if claim_id else ExemptionClaim(foi_request=case)
    claim.section, claim.limbs = section, refs
    claim.neither_confirm_nor_deny = neither_confirm_nor_deny
    for name, value in vars(reasons).items():
        setattr(claim, name, value)
    claim.claimed_by, claim.claimed_at = by, at
    claim.answers = {name: answer for name, answer in reasons.answers.items() if answer}
    claim.save()
    claim.items.set(items)
    save_with_event(
        case,
        event=CLAIM_CHANGED if claim_id else EXEMPTION_CLAIMED,
        by=by,
        at=at,
        detail={"section": section, "limbs": refs, "items": [item.label for item in items]},
    )
    return claim


@transaction.atomic
def withdraw_claim(
    *, case_id: int, claim_id: int, by: User, at: datetime, seen_version: int | None = None
) -> FoiRequest:
    """Withdraw an exemption claim; the timeline keeps that it was made."""
    check_can(Permission.WORK_CASE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_editable(case)
    claim = _claim_in_hand(case, claim_id)
    detail = {
        "section": claim.section,
        "limbs": claim.limbs,
        "items": [item.label for item in claim.items.all()],
    }
    claim.delete()
    return save_with_event(case, event=CLAIM_WITHDRAWN, by=by, at=at, detail=detail)


def _claim_in_hand(case: FoiRequest, claim_id: int) -> ExemptionClaim:
    claim = case.claims.filter(pk=claim_id).first()
    if claim is None:
        raise NotPossible("This claim has been withdrawn meanwhile. Make it again if it is needed.")
    return claim


def _known_limbs(section: str, limbs: Sequence[str], neither_confirm_nor_deny: bool) -> list[str]:
    try:
        exemption = our_catalogue().exemption(section)
        found = [exemption.limb(ref) for ref in limbs]
    except UnknownLimb as error:
        raise NotPossible(str(error), field="limbs") from error
    if exemption.usable is Usable.NO:
        raise NotPossible(exemption.usable_reason, field="limbs")
    if not found:
        raise NotPossible("Choose at least one limb of the exemption.", field="limbs")
    for limb in found:
        if limb.neither_confirm_nor_deny != neither_confirm_nor_deny:
            only = "neither confirming nor denying" if limb.neither_confirm_nor_deny else "withholding"
            raise NotPossible(f"{limb.ref} is only for {only}. Make a separate claim.", field="limbs")
    return list(dict.fromkeys(limb.ref for limb in found))


def _check_not_claimed_twice(
    case: FoiRequest, refs: Sequence[str], item_ids: Sequence[int], claim_id: int | None
) -> None:
    other = (
        case.claims.filter(limbs__overlap=list(refs), items__in=item_ids).exclude(pk=claim_id or 0).first()
    )
    if other:
        raise NotPossible(
            f"Section {other.section} is already claimed for one of these items with the same limb. "
            "Change that claim instead.",
            field="limbs",
        )
