"""Collects what a referral pack says. Nothing here reads the marks of applicants or a draft."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from referrals.models import (
    Advice,
    AdviceTold,
    Consultation,
    Correspondence,
    CorrespondenceKind,
    Criterion,
    Direction,
    Referral,
    ReferralForce,
)
from referrals.queries.applicants import without_applicants
from referrals.queries.force_view import own_part
from referrals.queries.holding import bearing_on, later_told, replaced_advice
from referrals.queries.unit import unit
from referrals.rules.pack_facts import PackAdvice, PackFacts, PackForce, PackLetter, PackQuestion
from referrals.rules.vocabulary import FORCE_ROLE_LABELS, UPTAKE_LABELS, ForceRole, Marking, Scope, Uptake


def pack_for_force(involved: ReferralForce, *, as_at: datetime) -> PackFacts:
    """Collect the pack of one force: what its contact may read of the log, and nothing else."""
    part = own_part(involved.referral_id, involved.force_id)
    own = part.involvement
    return _pack(
        own.referral,
        prepared_for=own.force.name,
        wording=part.wording,
        criteria=part.criteria,
        forces=(_force(own, name=own.force.name, reference=own.reference),),
        advice=tuple(
            _told_advice(one, own.referral, is_replaced=one.pk in part.replaced) for one in part.told
        ),
        letters=_letters(one for one in part.correspondence if one.kind != CorrespondenceKind.CIRCULATION),
        question=None,
        given=[one.advice for one in part.told],
        as_at=as_at,
    )


def pack_for_lead(consultation: Consultation, *, as_at: datetime) -> PackFacts:
    """Collect the pack of a portfolio lead: the forces' dates, without their references."""
    referral = consultation.referral
    forces = referral.forces.select_related("force").order_by("force__name", "pk")
    given = _given_so_far(referral)
    applied = referral.criterion_decisions.filter(applies=True).select_related("criterion")
    return _pack(
        referral,
        prepared_for=f"{consultation.lead.portfolio} ({consultation.lead.post})",
        wording=referral.wording,
        criteria=[one.criterion for one in applied],
        forces=tuple(_force(one, name=one.force.short, reference="", wording=one.wording) for one in forces),
        advice=tuple(_advice_so_far(referral, given)),
        letters=_letters(consultation.correspondence.exclude(kind=CorrespondenceKind.CONSULTATION)),
        question=PackQuestion(
            text=consultation.question,
            asked_on=consultation.asked_on,
            reply_by=consultation.reply_by,
            replied_on=consultation.replied_on,
            reply=consultation.reply,
        ),
        given=[one for one, _ in given],
        as_at=as_at,
    )


def _pack(
    referral: Referral,
    *,
    prepared_for: str,
    wording: str,
    criteria: Iterable[Criterion],
    forces: tuple[PackForce, ...],
    advice: tuple[PackAdvice, ...],
    letters: tuple[PackLetter, ...],
    question: PackQuestion | None,
    given: Iterable[Advice],
    as_at: datetime,
) -> PackFacts:
    """The facts of a pack. `given` is the advice in it, which may be about other requests of ours than the log is."""
    facts = PackFacts(
        unit=unit().name,
        log_number=referral.log_number,
        subject=referral.subject,
        prepared_for=prepared_for,
        is_national=referral.scope == Scope.NATIONAL,
        received_on=referral.received_on,
        wording=wording,
        criteria=tuple(sorted(one.title for one in criteria)),
        forces=forces,
        advice=advice,
        letters=letters,
        question=question,
        as_at=as_at.astimezone(timezone.get_current_timezone()),
    )
    return _without_applicants(facts, without_applicants([referral, *(one.referral for one in given)]))


def _without_applicants(facts: PackFacts, shown: Callable[[str], str]) -> PackFacts:
    """The pack with who asked in a request of our own masked."""
    question = facts.question
    return replace(
        facts,
        subject=shown(facts.subject),
        wording=shown(facts.wording),
        forces=tuple(replace(one, wording=shown(one.wording)) for one in facts.forces),
        advice=tuple(replace(one, text=shown(one.text)) for one in facts.advice),
        letters=tuple(replace(one, text=shown(one.text)) for one in facts.letters),
        question=question and replace(question, text=shown(question.text), reply=shown(question.reply)),
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


def _told_advice(told: AdviceTold, own_log: Referral, *, is_replaced: bool) -> PackAdvice:
    advice = told.advice
    return PackAdvice(
        number=advice.number,
        given_on=advice.given_on or told.told_on,
        marking=Marking(advice.marking),
        exemptions=tuple(advice.exemptions),
        text=advice.text,
        national_log=_other_log(advice, own_log),
        told_on=told.told_on,
        uptake=UPTAKE_LABELS[Uptake(told.uptake)] if told.uptake else "",
        is_replaced=is_replaced,
    )


def _given_so_far(referral: Referral) -> list[tuple[Advice, bool]]:
    """What was given on the log and on its national one, the first given first, and whether it has given way."""
    own = referral.advice.order_by().values_list("pk", flat=True)
    reached = Q(advice__in=list(own)) | Q(told_to__referral=referral)
    told = list(AdviceTold.objects.filter(reached).annotate(is_replaced=later_told()))
    given = list(
        Advice.objects.filter(bearing_on(referral, told), given_at__isnull=False)
        .select_related("referral__own_request")
        .order_by("given_at", "pk")
    )
    replaced = replaced_advice(given, told)
    return [(one, one.pk in replaced) for one in given]


def _advice_so_far(referral: Referral, given: Iterable[tuple[Advice, bool]]) -> Iterator[PackAdvice]:
    """The advice as a lead is given it: without what forces did with it."""
    for one, is_replaced in given:
        if one.given_on:
            yield PackAdvice(
                number=one.number,
                given_on=one.given_on,
                marking=Marking(one.marking),
                exemptions=tuple(one.exemptions),
                text=one.text,
                national_log=_other_log(one, referral),
                is_replaced=is_replaced,
            )


def _other_log(advice: Advice, own_log: Referral) -> str:
    return advice.referral.log_number if advice.referral_id != own_log.pk else ""


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
