"""A log that two forces are on, with words that show at once whether one force's page mentions the other."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import (
    Advice,
    AdviceTold,
    ApplicantMark,
    Consultation,
    Correspondence,
    Criterion,
    CriterionDecision,
    ForceContact,
    PortfolioLead,
    Referral,
    ReferralForce,
)
from referrals.queries.forces import find_force
from tests.factories import person
from tests.referrals.factories import RECEIVED, adviser, entry, involved, referral

AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
DAY = date(2026, 3, 4)

#: What only the unit and Kent Police may know. None of it is part of any page's own words.
HIDDEN = (
    "Kent", "kestrelreference", "kumquatwording", "kaleidoscopeadvice", "kangarooletter", "knapweeduptake",
    "marzipanquestion", "mangostaneletter", "macadamiareply", "draughtboarddraft", "dandelionnote",
    "pistachiopriority", "saxifrageaside", "ab12ab12", "several", "3 others", "19/03/2026", "19 March 2026",
    "26/02/2026", "26 February 2026", "12 March 2026", "12/03/2026",
)  # fmt: skip


@dataclass(frozen=True)
class Shared:
    """The log, each force's part, what each was told, and a log that is Kent's alone."""

    log: Referral
    own: ReferralForce
    other: ReferralForce
    told: AdviceTold
    told_other: AdviceTold
    foreign: Referral


def contact(force: str | None = "Lancashire") -> User:
    """Return a force contact, tied to a force unless there is none."""
    user = person(Role.FORCE_CONTACT)
    if force:
        ForceContact.objects.create(user=user, force=find_force(force), since=AT)
    return user


def shared() -> Shared:
    """Return a log of Lancashire and Kent with something of everything, and one of Kent alone."""
    by = adviser()
    log = referral(
        by=by,
        subject="Patrol maps",
        wording="Please send the lollipop map.",
        received_on=date(2026, 2, 26),
        today=RECEIVED,
        forces=[
            entry("Lancashire", reference="LANCS/1", request_received_on=date(2026, 2, 25)),
            entry(
                "Kent",
                came=date(2026, 2, 26),
                reference="kestrelreference",
                stated_due_on=date(2026, 3, 19),
                wording="Please send the kumquatwording.",
            ),
        ],
    )
    own, other = involved(log, "Lancashire"), involved(log, "Kent")
    log.priority, log.priority_reason, log.version = "low", "pistachiopriority", log.version + 1
    log.save()
    _work_inside_the_unit(log, by)
    told = _advise(log, own, by, 1, "Consider the larkspuradvice.", ["31(1)(a)"])
    told_other = _advise(log, other, by, 2, "Consider the kaleidoscopeadvice.", [])
    AdviceTold.objects.filter(pk=told_other.pk).update(
        uptake="departed", uptake_reason="knapweeduptake", uptake_on=DAY, uptake_by=by
    )
    Advice.objects.create(referral=log, number=3, text="draughtboarddraft", adviser=by)
    for force, text in ((own, "lavenderletter"), (other, "kangarooletter"), (None, "mangostaneletter")):
        _write(log, by, text, with_force=force)
    foreign = referral(by=by, forces=["Kent"], subject="kumquatwording of its own")
    return Shared(log, own, other, told, told_other, foreign)


def _work_inside_the_unit(log: Referral, by: User) -> None:
    lead = PortfolioLead.objects.first()
    assert lead is not None
    asked = Consultation.objects.create(
        referral=log, lead=lead, question="marzipanquestion", asked_on=DAY, asked_by=by, reply_by=DAY,
        replied_on=DAY, reply="macadamiareply",
    )  # fmt: skip
    _write(log, by, "dandelionnote", consultation=asked)
    for code, applies, reason in (("drones", True, ""), ("anpr", False, "saxifrageaside")):
        CriterionDecision.objects.create(
            referral=log, criterion=Criterion.objects.get(code=code), applies=applies, reason=reason,
            decided_by=by, decided_at=AT,
        )  # fmt: skip
    ApplicantMark.objects.create(referral=log, kind="email", key=1, digest="ab12" * 16)


def _advise(
    log: Referral, force: ReferralForce, by: User, number: int, text: str, exemptions: list[str]
) -> AdviceTold:
    advice = Advice.objects.create(
        referral=log, number=number, text=text, exemptions=exemptions, adviser=by, given_on=DAY, given_at=AT
    )
    return AdviceTold.objects.create(advice=advice, told_to=force, told_on=DAY, told_at=AT, told_by=by)


def _write(log: Referral, by: User, text: str, **fields: Any) -> None:
    Correspondence.objects.create(
        referral=log, direction="out", dated_on=DAY, text=text, recorded_by=by, recorded_at=AT, **fields
    )
