"""Collects what a referral pack says. Nothing here reads the marks of who asks, and nothing a draft."""

from collections.abc import Iterable
from datetime import datetime

from referrals.models import (
    AdviceTold,
    Consultation,
    Correspondence,
    CorrespondenceKind,
    Direction,
    Referral,
    ReferralForce,
)
from referrals.queries.unit import unit
from referrals.rules.pack_facts import PackAdvice, PackFacts, PackForce, PackLetter, PackQuestion
from referrals.rules.vocabulary import FORCE_ROLE_LABELS, UPTAKE_LABELS, ForceRole, Marking, Scope, Uptake


def pack_for_force(involved: ReferralForce, *, as_at: datetime) -> PackFacts:
    """This function will collect the pack of one force: its own dates and letters, and the advice told to it."""
    referral = involved.referral
    told = involved.told.select_related("advice__referral").order_by("advice__given_at", "advice_id")
    return _pack(
        referral,
        prepared_for=involved.force.name,
        wording=involved.wording or referral.wording,
        forces=(_force(involved, name=involved.force.name, reference=involved.reference),),
        advice=tuple(_told_advice(one, referral) for one in told),
        letters=_letters(involved.correspondence.exclude(kind=CorrespondenceKind.CIRCULATION)),
        question=None,
        as_at=as_at,
    )


def pack_for_lead(consultation: Consultation, *, as_at: datetime) -> PackFacts:
    """This function will collect the pack of a portfolio lead: the forces' dates, without their references."""
    referral = consultation.referral
    forces = referral.forces.select_related("force").order_by("force__name", "pk")
    given = referral.advice.filter(given_at__isnull=False).order_by("number")
    return _pack(
        referral,
        prepared_for=f"{consultation.lead.portfolio} ({consultation.lead.post})",
        wording=referral.wording,
        forces=tuple(_force(one, name=one.force.short, reference="", wording=one.wording) for one in forces),
        advice=tuple(
            PackAdvice(
                number=one.number,
                given_on=one.given_on,
                marking=Marking(one.marking),
                exemptions=tuple(one.exemptions),
                text=one.text,
            )
            for one in given
            if one.given_on
        ),
        letters=_letters(consultation.correspondence.exclude(kind=CorrespondenceKind.CONSULTATION)),
        question=PackQuestion(
            text=consultation.question,
            asked_on=consultation.asked_on,
            reply_by=consultation.reply_by,
            replied_on=consultation.replied_on,
            reply=consultation.reply,
        ),
        as_at=as_at,
    )


def _pack(
    referral: Referral,
    *,
    prepared_for: str,
    wording: str,
    forces: tuple[PackForce, ...],
    advice: tuple[PackAdvice, ...],
    letters: tuple[PackLetter, ...],
    question: PackQuestion | None,
    as_at: datetime,
) -> PackFacts:
    applied = referral.criterion_decisions.filter(applies=True).select_related("criterion")
    return PackFacts(
        unit=unit().name,
        log_number=referral.log_number,
        subject=referral.subject,
        prepared_for=prepared_for,
        is_national=referral.scope == Scope.NATIONAL,
        received_on=referral.received_on,
        wording=wording,
        criteria=tuple(sorted(one.criterion.title for one in applied)),
        forces=forces,
        advice=advice,
        letters=letters,
        question=question,
        as_at=as_at,
    )


def _force(involved: ReferralForce, *, name: str, reference: str, wording: str = "") -> PackForce:
    return PackForce(
        name=name,
        role=FORCE_ROLE_LABELS[ForceRole(involved.role)],
        reference=reference,
        form_received_on=involved.form_received_on,
        request_received_on=involved.request_received_on,
        due_on=involved.deadline,
        is_stated=involved.stated_due_on is not None,
        wording=wording,
    )


def _told_advice(told: AdviceTold, own_log: Referral) -> PackAdvice:
    advice = told.advice
    return PackAdvice(
        number=advice.number,
        given_on=advice.given_on or told.told_on,
        marking=Marking(advice.marking),
        exemptions=tuple(advice.exemptions),
        text=advice.text,
        national_log=advice.referral.log_number if advice.referral_id != own_log.pk else "",
        told_on=told.told_on,
        uptake=UPTAKE_LABELS[Uptake(told.uptake)] if told.uptake else "",
    )


def _letters(found: Iterable[Correspondence]) -> tuple[PackLetter, ...]:
    """In the order of their days; what the pack says elsewhere (the question, the advice) is left out."""
    return tuple(
        PackLetter(
            dated_on=one.dated_on,
            what="Chaser" if one.kind == CorrespondenceKind.CHASER else Direction(one.direction).label,
            text=one.text,
        )
        for one in found
    )
