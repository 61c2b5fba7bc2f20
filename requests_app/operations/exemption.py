"""Acts of decision on exemptions: claim one for some items, change the claim, withdraw it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from requests_app.models import ExemptionClaim, FoiRequest
from requests_app.operations.casework import NotPossible, check_editable, lock_case, record, take_up
from requests_app.operations.decision import chosen_items
from requests_app.permissions import Permission, check_can
from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.rules.exemptions import ObsoleteReference, UnknownLimb


@dataclass(frozen=True)
class Reasons:
    """Why an exemption applies, as section 17 asks. All of it may be empty while a case is worked on."""

    why_applies: str = ""
    prejudice: str = ""
    harm: str = ""
    factors_for: str = ""
    factors_against: str = ""
    balance: str = ""
    purpose: str = ""
    enactment: str = ""
    qualified_person: str = ""
    opinion_on: date | None = None
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
    """This function will claim an exemption for items, or change the claim `claim_id`.

    Raises NotPossible for a limb that is not of the section, for an obsolete reference (naming the current
    one), for no items, or when a limb is already claimed on one of them. Reasons may be completed later;
    the completeness check lists what is missing.
    """
    check_can(Permission.WORK_CASE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_editable(case)
    take_up(case, by)
    refs = _known_limbs(section, limbs)
    items = chosen_items(case, item_ids)
    _check_not_claimed_twice(case, refs, item_ids, claim_id)
    claim = case.claims.get(pk=claim_id) if claim_id else ExemptionClaim(foi_request=case)
    claim.section, claim.limbs = section, refs
    claim.neither_confirm_nor_deny = neither_confirm_nor_deny
    for name, value in vars(reasons).items():
        setattr(claim, name, value)
    claim.claimed_by, claim.claimed_at = by, at
    claim.save()
    claim.items.set(items)
    record(
        case,
        act="claim_changed" if claim_id else "exemption_claimed",
        by=by,
        at=at,
        detail={"section": section, "limbs": refs, "items": [item.label for item in items]},
    )
    return claim


@transaction.atomic
def withdraw_claim(
    *, case_id: int, claim_id: int, by: User, at: datetime, seen_version: int | None = None
) -> FoiRequest:
    """This function will take back an exemption claim; the timeline keeps that it was made."""
    check_can(Permission.WORK_CASE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_editable(case)
    claim = case.claims.get(pk=claim_id)
    detail = {
        "section": claim.section,
        "limbs": claim.limbs,
        "items": [item.label for item in claim.items.all()],
    }
    claim.delete()
    return record(case, act="claim_withdrawn", by=by, at=at, detail=detail)


def _known_limbs(section: str, limbs: Sequence[str]) -> list[str]:
    try:
        return [exemption_catalogue().limb(section, ref).ref for ref in limbs] or _no_limb()
    except (UnknownLimb, ObsoleteReference) as error:
        raise NotPossible(str(error), field="limbs") from error


def _no_limb() -> list[str]:
    raise NotPossible("Choose at least one limb of the exemption.", field="limbs")


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
